"""How whoever wrote a mail is called, by the name that their mail program gives; a greeting is made of it."""

import re
from dataclasses import dataclass

from wegweiser.companies.linkage.row import trades, vocabulary
from wegweiser.kernel.sorting import sort_key

_BESIDE = re.compile(r"\s+[-–—|/•]\s+|\s*[|•]\s*")  # "Uwe Krause | Krause GmbH"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LEGAL_FORM = re.compile(
    r"\b(?:g?GmbH|mbH|UG|AG|KG|KGaA|OHG|GbR|SE|eG|Ltd|Inc|PartG(?:mbB)?)\b|\be\.\s?(?:K|G|V|Kfr|Kfm)\.", re.ASCII
)
_LAST = r"(?:(?:von|vom|zu|zur|van|de|der|den|di|da|dos|el|al|ter)\s+)*[^\W\d_]+(?:['’-][^\W\d_]+)*"
_LAST_NAME = re.compile(_LAST, re.IGNORECASE)
_TITLE = re.compile(r"(?:Dr|Prof|Dipl|Ing|Mag)\b\.?(?:-?[^\W\d_]+\.)?\s*", re.IGNORECASE)
_FIRST_NAMES = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?){0,2}")
_SEVERAL = re.compile(r"[&+]|\b(?:und|u\.|and)(?=\s)", re.IGNORECASE)  # "Kain, Abel und Partner": nobody's first name
_PARTNERS = re.compile(
    r"(?:[&+]|\b(?:und|u\.))\s*(?:Partner|S(?:ö|oe)hne|Sohn|Co|Kollegen)\b|^Gebr(?:\.|üder)", re.IGNORECASE
)
_HOUSE = re.compile(r"(?:Fa\.?|Firma)\s+(?P<firm>\S.*)", re.IGNORECASE)
_OWNER = re.compile(r"[\s,]+Inh(?:aber(?:in)?\b|\.|\b)[:.]?\s*(?P<who>\S.*)", re.IGNORECASE)
_WAY = re.compile(r"\s+(?:via|on behalf of|im Auftrag von)\s.*", re.IGNORECASE)  # "Uwe Krause via LinkedIn"
_DEVICE = re.compile(r"\b(?:iphone|ipad|smartphone|handy|galaxy|tablet)\b", re.IGNORECASE)
# How words for a desk or department begin, or are; without umlauts.
_DESK = re.compile(
    r"(?:anfrage|annahme|auftrag|bestell|bewerb|buchhalt|dispo|donotreply|einkauf|empfang|fertigung|geschaeftsfuehr"
    r"|geschaeftsleit|geschaeftsstelle|kunden|marketing|noreply|personal|produktion|rechnung|rezeption|sekretariat"
    r"|support|verkauf|versand|vertrieb|verwaltung|webmaster|werkstatt|zentrale)[a-z]*"
    r"|(?:accounting|admin|administrator|buero|contact|halle|info|information|kontakt|lager|logistik|mail|office|post"
    r"|presse|purchasing|reply|sales|service|team)"
)
# Words for what is done somewhere that nobody is called; "Maler" and "Gärtner" many are.
_WORKS = re.compile(
    r"(?:erei|bau|technik|haus|handel|handlung|dienst|service|werk|werke|werkstatt|betrieb|buero|praxis|kanzlei|hotel"
    r"|verwaltung|vermietung|apotheke|schule|montage|verein|laden|studio|manufaktur)$"
)


@dataclass(frozen=True)
class Called:
    """The name of a person and of a firm; each may be empty."""

    name: str = ""
    firm: str = ""


def read(label: str) -> Called:
    """Who `label` names. A mail address, a device and a desk are nobody; what has a legal form or a trade is a firm.

    What may be either is left out: whoever reads "Guten Tag," misses nothing.

    >>> read("Krause, Uwe"), read("uwe.krause@gmx.example"), read("Info")
    (Called(name='Uwe Krause', firm=''), Called(name='', firm=''), Called(name='', firm=''))
    >>> read("Tischlerei Krause, Inh. Uwe Krause")
    Called(name='Uwe Krause', firm='Tischlerei Krause')
    """
    label = _WAY.sub("", " ".join(label.split()).strip(" \"'"))
    beside = [_tidy(one) for one in _IN_BRACKETS.findall(label)]
    pieces = [_tidy(piece) for piece in _BESIDE.split(_IN_BRACKETS.sub(" ", label))]
    firms: list[str] = []
    persons: list[str] = []
    for piece in pieces:
        owned = _OWNER.search(piece)
        if owned and owned.start():
            firms.append(_tidy(piece[: owned.start()]))
            persons.append(_tidy(owned["who"]))
        elif house := _HOUSE.fullmatch(piece):
            firms.append(house["firm"])
        elif _is_a_firm(piece):
            firms.append(piece)
        elif _is_a_name(piece):
            persons.append(piece)
    firms += [piece for piece in beside if _is_a_firm(piece)]
    if persons and not firms and " " not in persons[0] and any(map(_is_a_desk, pieces)):
        firms = [persons.pop(0)]  # "Vertrieb | Krause"
    return Called(_first_name_first(persons[0]) if persons else "", firms[0] if firms else "")


def _tidy(piece: str) -> str:
    return " ".join(piece.split()).strip(" ,;\"'")


def _words(piece: str) -> list[str]:
    """As the word lists have them: small, without umlauts."""
    return [sort_key(vocabulary.folded(word).replace("ph", "f")) for word in re.findall(r"[^\W\d_]+", piece)]


def _is_a_firm(piece: str) -> bool:
    if _LEGAL_FORM.search(piece) or _PARTNERS.search(piece):
        return True
    words = _words(piece)
    if len(words) < 2 or _is_a_desk(piece):
        return False
    if any(trades.is_trade(word) and _WORKS.search(word) for word in words):
        return True
    is_last_first = "," in piece or words[1] in vocabulary.FIRST_NAMES  # "Maler, Uwe"
    return trades.is_trade(words[0]) and not is_last_first


def _is_a_desk(piece: str) -> bool:
    """Also "Einkauf Metallwerk": what begins with a desk is read by whoever sits there. "Post, Uwe" does not."""
    if "," in piece and {*_words(piece)[1:]} & vocabulary.FIRST_NAMES:
        return False
    whole = _words(piece.replace("-", ""))
    return any(words and _DESK.fullmatch(words[0]) for words in (whole, _words(piece)))


def _is_a_name(piece: str) -> bool:
    if not piece or any(sign == "@" or sign.isdigit() for sign in piece) or _DEVICE.search(piece) or _is_a_desk(piece):
        return False
    words = _words(piece)
    return bool(words) and not (len(words) == 1 and trades.is_trade(words[0]) and _WORKS.search(words[0]))


def _first_name_first(name: str) -> str:
    last, comma, first = (part.strip() for part in name.partition(","))
    if not (comma and last and first) or _SEVERAL.search(name):
        return name
    return f"{first} {last}" if _LAST_NAME.fullmatch(last) and _is_first(first) else name


def _is_first(text: str) -> bool:
    """Titles, one by one since one pattern for many of them never ends on some names, and up to three first names."""
    while found := _TITLE.match(text):
        text = text[found.end() :]
    return not text or _FIRST_NAMES.fullmatch(text) is not None
