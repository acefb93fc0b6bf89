"""What two spellings of one firm have in common: the key of its name, and the domain of its mail. Pure."""

import re
import tomllib
from pathlib import Path

from wegweiser.kernel import mail_addresses
from wegweiser.kernel.sorting import sort_key

_LISTS = tomllib.loads((Path(__file__).parent / "mail_domains.toml").read_text(encoding="utf-8"))
FREE_MAIL = frozenset(_LISTS["free"])
SHARED = frozenset(_LISTS["shared"]) | FREE_MAIL  # pages of many firms stand there
_LEGAL_FORMS = re.compile(
    r"\b(g?gmbh|mbh|ug|haftungsbeschr\w+|ag|kgaa|kg|ohg|gbr|e ?g|e ?v|e ?k|e kfr|e kfm|se|inc|ltd|limited"
    r"|partg(mbb)?|g m b h"
    r"|gesellschaft mit beschr\w+ haftung|aktiengesellschaft|kommanditgesellschaft|inh|inhaber|inhaberin)\b"
)
_LINKS = re.compile(r"\b(und|and|u|co|cie|der|die|das|firma|fa)\b")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def name_key(name: str) -> str:
    """A firm's name without legal form, umlauts, linking words and order of words.

    >>> name_key("Müller & Söhne GmbH") == name_key("Soehne und Mueller")
    True
    """
    whole = sort_key(name.casefold().translate(_UMLAUTS))
    short = _LINKS.sub(" ", _LEGAL_FORMS.sub(" ", whole))
    return " ".join(sorted(short.split())) or whole


def mail_domain(email: str) -> str:
    """The domain of a firm's own mail; empty for free-mail providers."""
    return own_domain(email.lower().rpartition("@")[2])


def own_domain(domain: str) -> str:
    """`domain` as the network has it, unless thousands have their mail or their page there.

    >>> own_domain("abel.example"), own_domain("facebook.com"), own_domain("abel.jimdofree.com")
    ('abel.example', '', 'abel.jimdofree.com')
    """
    if domain.removeprefix("m.") in SHARED:
        return ""
    return domain if domain.isascii() else mail_addresses.domain_key(domain)
