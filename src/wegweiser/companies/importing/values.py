"""Single values as lists hold them: names, legal forms, postal codes, days, numbers of registers.

Each function gives the clean value, or None where there is none to be had.
"""

import datetime as dt
import re
from dataclasses import dataclass

from wegweiser.companies.importing import days

NOTHING = re.compile(
    r"(?i)[-–—_.?/\\*x\s]*|k\.?\s?a\.?|n\.?\s?/?\s?[abv]\.?|keine?(\s+angabe)?n?|unbekannt|null|none|nan|leer|fehlt|-?nn-?|n\.?n\.?"
    r"|#(nv|n/a|wert!|ref!|name\?|bezug!|value!)"
)
_FORMS: tuple[tuple[str, str], ...] = (
    (r"(gmbh|ag|se|ug)\s*(&|\+|und)\s*co\.?\s*k\.?g\.?a\.?a\.?", "GmbH & Co. KGaA"),
    (r"k\.?\s?g\.?\s?a\.?\s?a\.?|kommanditgesellschaft\s+auf\s+aktien", "KGaA"),
    (r"s\.\s?e\.|se|societas\s+europaea", "SE"),
    (r"a\.?\s?ö\.?\s?r\.?|anstalt\s+(des\s+)?öffentlichen\s+rechts", "AöR"),
    (r"k\.?\s?d?\.?\s?ö\.?\s?r\.?|körperschaft\s+(des\s+)?öffentlichen\s+rechts", "KdöR"),
    (r"ltd\.?|limited", "Ltd."),
    (r"stiftung(\s+(bürgerlichen|des\s+bürgerlichen|öffentlichen|des\s+öffentlichen)\s+rechts)?", "Stiftung"),
    (r"g\.?\s?g\.?\s?m\.?\s?b\.?\s?h\.?|gemeinn(ützige|\.)\s+gmbh", "gGmbH"),
    (
        r"g\.?\s?m\.?\s?b\.?\s?h\.?\s*(&|\+|und|u\.)\s*co\.?\s*(kommanditgesellschaft|k\.?\s?g\.?)?(?![\w])|gmbh\s*&\s*cokg",
        "GmbH & Co. KG",
    ),
    (r"ug\s*\(?haftungsbeschr(änkt|aenkt|\.)\)?\s*(&|\+|und)\s*co\.?\s*k\.?g\.?", "UG (haftungsbeschränkt) & Co. KG"),
    (r"(ug|unternehmergesellschaft)\s*\(?\s*haftungsbeschr(änkt|aenkt|\.)\s*\)?", "UG (haftungsbeschränkt)"),
    (
        r"g\.?\s?m\.?\s?b\.?\s?h\.?|gesellschaft\s+mit\s+beschr(änkter|aenkter|\.)\s+haftung|ges\.?\s?m\.?\s?b\.?\s?h\.?",
        "GmbH",
    ),
    (r"u\.\s?g\.|ug", "UG"),
    (r"a\.\s?g\.|ag|aktiengesellschaft", "AG"),
    (r"o\.?\s?h\.?\s?g\.?|offene\s+handelsgesellschaft", "OHG"),
    (r"g\.?\s?b\.?\s?r\.?|bgb-?gesellschaft|gesellschaft\s+b(ü|ue)rgerlichen\s+rechts", "GbR"),
    (r"part\.?\s?g\.?\s?mbb|partnerschaftsgesellschaft\s+mbb", "PartG mbB"),
    (r"part\.?\s?g\.?|partnerschaftsgesellschaft", "PartG"),
    (r"e\.?\s?k\.?\s?fr\.?|e\.\s?kfr\.?", "e. Kfr."),
    (r"e\.?\s?k\.?|e\.\s?kfm\.?|eingetr(agener|\.)\s+kaufmann", "e. K."),
    (r"e\.\s?g\.|eg|eingetragene\s+genossenschaft", "eG"),
    (r"e\.\s?v\.|ev|eingetragener\s+verein", "e. V."),
    (r"k\.\s?g\.|kg|kommanditgesellschaft", "KG"),
    (r"einzelunternehmen|einzelfirma|einzelunternehmer(in)?", "Einzelunternehmen"),
)
_AT_THE_END = [(re.compile(rf"(?i)(?<=[\s,(])\(?({form})\)?[\s,.]*$"), written) for form, written in _FORMS]
_ALONE = [(re.compile(rf"(?i)\(?({form})\)?\.?"), written) for form, written in _FORMS]
_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"', "´": "'", "`": "'", "’": "'"})
_NO_NAME = re.compile(r"(?i)(privat(person)?|firma)\W*\d*\W*")
# Sums and trials, unless the row tells where such a firm is.
_SUM_OR_TRIAL = re.compile(
    r"(?i)(summe|gesamt(summe|anzahl)?|anzahl|total|test|muster|dummy|beispiel)\W*\d*\W*|\d{1,3}\s?/\s?\d{1,2}"
)


def known(text: str) -> str:
    """`text` on one line, empty where it only says that nothing is known."""
    flat = " ".join(text.split())
    return "" if NOTHING.fullmatch(flat) else flat


@dataclass(frozen=True)
class Name:
    """A firm's name as it is stored, and its legal form where it has one."""

    text: str
    legal_form: str = ""


_HOUSE_AT_THE_END = re.compile(r"(?i)\D\d+\s*[a-z]?(\s*[-/+]\s*\d*\s*[a-z]?)?\s*$")
_SQUARE = re.compile(r"[A-U]\s?[1-7]")  # of Mannheim: the house is numbered behind it


def with_house(street: str, house: str) -> tuple[str, str]:
    """The street with the number of a column beside it, and that number where the street has its own.

    >>> with_house("Am Markt", "3"), with_house("Weg 5", "1"), with_house("Weg 5", "5"), with_house("", "7")
    (('Am Markt 3', ''), ('Weg 5', '1'), ('Weg 5', ''), ('', ''))
    """
    if not house or not street or street.endswith(house):
        return street, ""
    if _HOUSE_AT_THE_END.search(street) and not _SQUARE.fullmatch(street):
        return street, house
    return f"{street} {house}", ""


def legal_form(text: str) -> str:
    """One legal form in one spelling; empty if it is none.

    >>> legal_form("G.m.b.H."), legal_form("gmbh + co kg"), legal_form("Verein")
    ('GmbH', 'GmbH & Co. KG', '')
    """
    flat = " ".join(text.split())
    return next((written for form, written in _ALONE if form.fullmatch(flat)), "")


_ONE_PERSON = {"Einzelunternehmen", "e. K.", "e. Kfr."}


def is_one_form(one: str, other: str) -> bool:
    """Whether two spellings do not contradict each other: a merchant is a sole trader, a UG has limited liability.

    >>> is_one_form("UG", "UG (haftungsbeschränkt)"), is_one_form("GmbH", "AG")
    (True, False)
    """
    return one == other or {one, other} <= _ONE_PERSON or {one, other} == {"UG", "UG (haftungsbeschränkt)"}


def name(text: str, *, is_reached: bool = False) -> Name | None:
    """`is_reached`: the row tells where the firm is, so "Total" and "24/7" are names there, no sum and no figure.

    >>> name('  "Moedebeck\\nKuehlgeraete"   G.m.b.H. ')
    Name(text='"Moedebeck Kuehlgeraete" GmbH', legal_form='GmbH')
    >>> name("Total"), name("Total", is_reached=True), name("24/7"), name("24/7", is_reached=True).text
    (None, Name(text='Total', legal_form=''), None, '24/7')
    """
    flat = known(text.translate(_QUOTES))
    flat = re.sub(r"(?i)^firma\s*:?\s+(?=\w)|^fa\.\s*", "", flat).strip(" ,;")
    if flat.startswith('"') and flat.endswith('"') and flat.count('"') == 2:
        flat = flat.strip('" ')
    is_formula = re.match(r"[=+@]\S", flat)  # it is only text here
    if _SUM_OR_TRIAL.fullmatch(flat):
        return Name(flat) if is_reached else None
    if _NO_NAME.fullmatch(flat) or not (is_formula or re.search(r"[^\W\d_]|^\d+\s?[&+]\s?\d+$", flat)):
        return None
    for form, written in _AT_THE_END:
        if told := form.search(flat):
            before = flat[: told.start()].rstrip(" ,(")
            if re.search(r"\w", before):
                return Name(f"{before} {written}"[:200], written)
    return Name(flat[:200])


# --- Places --------------------------------------------------------------------------------------------------------

_POSTCODE = re.compile(r"(?i)(?:(?:d|de|deutschland)\s?[-–]?\s?)?(\d{5})(?:\.0)?")
_FOREIGN = re.compile(r"(?i)(a|at|ch|fl|li|pl|cz|nl|f|fr|it|i|b|be|l|lu|dk)\s?[-–]\s?\d{4,5}(?!\d)")


def postcode(text: str) -> str | None:
    """Five digits; a zero in front that a spreadsheet took away is put back.

    >>> postcode("6108"), postcode("D-39104"), postcode("39l04")
    ('06108', '39104', None)
    """
    flat = re.sub(r"(?<=\d)[\s.](?=\d{3}$|\d{2}$)", "", " ".join(text.split())).strip("'")
    if _FOREIGN.fullmatch(flat):
        return None
    if re.fullmatch(r"\d{4}(\.0)?", flat):
        flat = "0" + flat[:4]
    told = _POSTCODE.fullmatch(flat)
    return told[1] if told and "01001" <= told[1] <= "99998" else None


def is_code_abroad(text: str) -> bool:
    """Whether a postal code says by the letters in front of it that it is one of another country.

    >>> is_code_abroad("A-1010 Wien"), is_code_abroad("D-80331 München"), is_code_abroad("1010 Wien")
    (True, False, False)
    """
    return bool(_FOREIGN.match(known(text)))


def split_place(text: str) -> tuple[str, str]:
    """Postal code and place out of one cell; each may be empty. Of one abroad only the place counts.

    >>> split_place("D-80331 München"), split_place("Buchholz (Aller) 1234"), split_place("CH-8001 Zürich")
    (('80331', 'München'), ('01234', 'Buchholz (Aller)'), ('', 'Zürich'))
    """
    flat = known(text)
    if (told := _FOREIGN.match(flat)) and (place := flat[told.end() :].strip(" ,")):
        return "", place
    first = re.fullmatch(r"(?i)((?:d|de)?\s?-?\s?\d{4,5})[\s,/]+(\D.*)", flat)
    last = re.fullmatch(r"(\D.*?)[\s,/]+(\d{4,5})", flat)
    if first and (code := postcode(first[1])):
        return code, first[2].strip(" ,")
    if last and (code := postcode(last[2])):
        return code, last[1].strip(" ,")
    if code := postcode(flat):
        return code, ""
    return "", flat


def split_address(text: str) -> tuple[str, str, str]:
    """Street, postal code and place out of an address in one cell, over lines or commas.

    >>> split_address("Hauptstr. 5, 80331 München")
    ('Hauptstr. 5', '80331', 'München')
    """
    parts = [part.strip() for part in re.split(r"[\n;|]|,(?=\s|\D)", text) if known(part)]
    if len(parts) == 1 and (told := re.fullmatch(r"(.+?\d+\s?[a-zA-Z]?)\s+((?:D-)?\d{5}\s+\D.*)", parts[0])):
        parts = [told[1], told[2]]
    street, code, place = "", "", ""
    for part in parts:
        found, rest = split_place(part)
        if found and not code:
            code, place = found, rest or place
        elif re.search(r"\d", part) or not street:
            street = street or part
        elif not place:
            place = part
    if len(parts) == 1 and not code and street and not re.search(r"\d", street):
        return "", "", street if not re.search(r"(?i)(str\.?|straße|strasse|weg|platz|allee|gasse)$", street) else ""
    return street[:200], code, place[:100]


# --- Days ----------------------------------------------------------------------------------------------------------

EARLIEST = dt.date(1970, 1, 1)


def day(text: str, *, today: dt.date) -> dt.date | None:
    """A day between 1970 and today: 17.01.2019, 2019-01-17, 43482 (Excel), 17. Januar 2019; times are dropped.

    >>> str(day("43482", today=dt.date(2026, 1, 1))), day("03/04/2019", today=dt.date(2026, 1, 1))
    ('2019-01-17', None)
    """
    found = days.first(known(text), today)
    return found if found is not None and EARLIEST <= found <= today else None


def is_ahead(text: str, *, today: dt.date) -> bool:
    """Whether a cell holds a day that is still to come.

    >>> is_ahead("01.12.2026", today=dt.date(2026, 11, 27)), is_ahead("32.12.2026", today=dt.date(2026, 11, 27))
    (True, False)
    """
    found = days.first(known(text), today)
    return found is not None and found > today


def is_span(text: str, *, today: dt.date) -> bool:
    """Whether a cell holds several days, of which `day` gives the first.

    >>> is_span("12./13.03.2019", today=dt.date(2026, 1, 1)), is_span("12.03.2019", today=dt.date(2026, 1, 1))
    (True, False)
    """
    flat = days.bare(known(text))
    return days.one(flat, today) is None and days.first_of_several(flat, today) is not None


def names_a_time(text: str) -> bool:
    """Whether a cell without a day tells nearly when it was: a month, a year, a day that is none.

    >>> names_a_time("März 2019"), names_a_time("03/2019"), names_a_time("32.1.2019"), names_a_time("Summe 2019")
    (True, True, True, False)
    """
    flat = known(text).casefold()
    is_sum = re.search(r"\b(summe|gesamt|anzahl|total|insgesamt|übertrag)", flat)
    return not is_sum and bool(re.search(rf"\d|\b({'|'.join(days.MONTHS)}|maer|mrz)", flat))


def year(text: str, *, today: dt.date) -> int | None:
    """The year of a foundation, alone or in a date."""
    told = re.fullmatch(r"(?:ca\.?|seit|um|anno)?\s*(\d{4})", known(text), re.IGNORECASE)
    if told and 1200 <= int(told[1]) <= today.year:
        return int(told[1])
    found = days.one(known(text), today)
    return found.year if found and found <= today else None


# --- Registers -----------------------------------------------------------------------------------------------------


def vat_id(text: str) -> str | None:
    """A German VAT number whose check digit fits (ISO 7064, MOD 11, 10).

    >>> vat_id("de 136 695 976"), vat_id("DE136695975")
    ('DE136695976', None)
    """
    flat = re.sub(r"[\s.\-/]", "", known(text)).upper()
    if not re.fullmatch(r"(DE)?\d{9}", flat):
        return None
    digits = flat[-9:]
    product = 10
    for digit in digits[:8]:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return f"DE{digits}" if (11 - product) % 10 == int(digits[8]) else None


# By shape only: what the letters of the states are followed by.
_VAT_ABROAD = re.compile(
    r"ATU\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}"
    r"|FR[A-Z0-9]{2}\d{9}|HR\d{11}|HU\d{8}|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|IT\d{11}|LT(\d{9}|\d{12})|LU\d{8}|LV\d{11}"
    r"|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}"
)


def is_foreign_vat_id(text: str) -> bool:
    """Whether it has the shape of a VAT number of another state of the EU; whether it is one is not checked.

    >>> is_foreign_vat_id("ATU 13585627"), is_foreign_vat_id("DE136695976")
    (True, False)
    """
    return bool(_VAT_ABROAD.fullmatch(re.sub(r"[\s.\-/]", "", known(text)).upper()))


_ENTRY = re.compile(
    r"(?i)\b(hr\s?[ab]|gnr|vr|pr)(?:[\s.:-]*(?:nr|nummer)\b)?[\s.:-]*(\d{1,3}(?:[. ]\d{3})+|\d{1,7})\b(?:\s([a-z])\b)?"
)
_NO_COURT = re.compile(
    r"(?i)\b(amtsgericht|registergericht|handelsregister|register|register-?n(umme)?r|nummer|nr|ag|beim?|des|am)\b|[,:;()/|]"
    r"|(?<!\w)[-–.]+(?!\w)|(?<=\w)\.(?!\w)"
)
# What stands behind the entry and is none of it.
_NO_ENTRY = re.compile(
    r"(?i)[\s,;/|(–-]*\b(gf|geschäftsführ\w*|inh\w*|vertreten|ust\w*|steuer\w*|seit|vom|eingetragen|\d{5})\b.*"
)


def register(text: str) -> str | None:
    """Kind, number and court of an entry in the commercial register; no court where the cell has none.

    >>> register("Amtsgericht Köln, HRB 12345"), register("hra1234 AG Köln"), register("HRB 01.234")
    ('HRB 12345 Köln', 'HRA 1234 Köln', 'HRB 1234')
    """
    flat = known(text)
    told = _ENTRY.search(flat)
    if not told or not (number := re.sub(r"\D", "", told[2]).lstrip("0")):
        return None
    rest = _NO_COURT.sub(" ", f"{flat[: told.start()]} {_NO_ENTRY.sub('', flat[told.end() :])}")
    letter = f" {told[3].upper()}" if told[3] and told[3].isupper() else ""
    kind = re.sub(r"\s", "", told[1]).upper()
    return " ".join(f"{kind} {number}{letter} {rest}".split())[:60]


_YES = re.compile(r"(?i)(ja|j|x|wahr|true|1|yes|y|eingetragen|mitglied)")
_NO = re.compile(r"(?i)(nein|n|0|falsch|false|no|nicht.*|kein.*)")
_CRAFT = re.compile(r"(?i)\b(hwk|handwerk\w*)\b")
_NO_CRAFT = re.compile(
    r"(?i)\b(nein|nicht|kein\w*|ohne|no)\b[^,;/]*\b(hwk|handwerk\w*)|\b(hwk|handwerk\w*)\s*[:=(]?\s*(nein|no)\b"
)
_TRADE = re.compile(r"(?i)(nein\W+)?\b(ihk|industrie-? und handelskammer)\b.*")


def is_craft(text: str) -> bool | None:
    """Whether a cell says that the firm is a craft; who is a member of both chambers is. None where it is not clear.

    >>> is_craft("IHK/HWK"), is_craft("ja (HWK)"), is_craft("IHK, nicht HWK"), is_craft("HWK?")
    (True, True, False, None)
    """
    flat = " ".join(text.split())
    if "?" in flat:
        return None
    if _CRAFT.search(flat):
        return not _NO_CRAFT.search(flat)
    if _YES.fullmatch(flat):
        return True
    return False if _TRADE.fullmatch(flat) or _NO.fullmatch(flat) else None
