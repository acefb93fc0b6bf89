"""What two spellings of one firm have in common: the key of its name, and the domain of its mail. Pure."""

import re

from wegweiser.kernel.sorting import sort_key

FREE_MAIL = frozenset(
    {
        *(
            "aol.com",
            "arcor.de",
            "email.de",
            "freenet.de",
            "gmail.com",
            "gmx.at",
            "gmx.de",
            "gmx.net",
            "googlemail.com",
        ),
        *("hotmail.com", "hotmail.de", "icloud.com", "kabelmail.de", "live.de", "magenta.de", "mail.de", "mailbox.org"),
        *(
            "me.com",
            "online.de",
            "outlook.com",
            "outlook.de",
            "posteo.de",
            "proton.me",
            "protonmail.com",
            "t-online.de",
        ),
        *("vodafone.de", "vodafonemail.de", "web.de", "yahoo.com", "yahoo.de"),
    }
)
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
    domain = email.casefold().rpartition("@")[2]
    return "" if domain in FREE_MAIL else domain
