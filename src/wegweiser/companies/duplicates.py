"""Which known companies may be the same firm as a new one, and what speaks for it. Takes and gives plain values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from wegweiser.kernel.sorting import sort_key

SIMILAR = 88  # of 100, token sort ratio of the names without legal form
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

WEIGHTS = {
    "same_mail": 4,
    "same_phone": 4,
    "same_name": 4,
    "same_mail_domain": 3,
    "similar_name": 2,
    "same_postcode": 2,
    "same_place": 1,
    "different_place": -2,
}
LIKELY = 3


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """What is known of a firm; empty means unknown. `phone` is E.164."""

    name: str
    postcode: str = ""
    place: str = ""
    phone: str = ""
    email: str = ""


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


def evidence(one: Sketch, other: Sketch) -> tuple[str, ...]:
    """What speaks for (or against) the two being one firm, as codes."""
    keys = name_key(one.name), name_key(other.name)
    codes = []
    if keys[0] == keys[1]:
        codes.append("same_name")
    elif fuzz.ratio(*keys) >= SIMILAR or fuzz.token_sort_ratio(*keys) >= SIMILAR:
        codes.append("similar_name")
    if one.phone and one.phone == other.phone:
        codes.append("same_phone")
    if one.email and one.email.casefold() == other.email.casefold():
        codes.append("same_mail")
    elif mail_domain(one.email) and mail_domain(one.email) == mail_domain(other.email):
        codes.append("same_mail_domain")
    places = sort_key(one.place), sort_key(other.place)
    if one.postcode and one.postcode == other.postcode:
        codes.append("same_postcode")
    elif all(places) and places[0] == places[1]:
        codes.append("same_place")
    elif all(places) or (one.postcode and other.postcode):
        codes.append("different_place")
    return tuple(codes)


def weight(codes: Iterable[str]) -> int:
    return sum(WEIGHTS[code] for code in codes)


def likely(codes: Iterable[str]) -> bool:
    """Whether the evidence is worth a look: something beyond the place has to speak for it."""
    codes = tuple(codes)
    places = {"same_place", "same_postcode", "different_place"}
    return weight(codes) >= LIKELY and not set(codes) <= places
