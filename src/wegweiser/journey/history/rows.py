"""One row of a list of past contacts made clean. Pure."""

import datetime as dt
import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from wegweiser.companies.importing import abroad, cells, contacts, pages, phone_cells, remarks, slips, values
from wegweiser.companies.importing.cells import ASIDE
from wegweiser.companies.importing.rows import Rejected, Warned
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.journey.history.headers import IGNORED, OWN, WORDS, Head, fold
from wegweiser.kernel.sorting import sort_key

SPACE = uuid.UUID("6c3d2a0e-6b1b-4f0e-9f5c-2f6f3b6f7a11")  # of the UUIDs made from rows
MOST_HOURS = Decimal(400)
MOST_HEADS = 5_000
WISHES = ("remark", "email", "phone", "contact", "name_more")  # where there was room to write one
COUNTRY = "country"  # among the cells of a row, where a column says it; it makes no other row of it
ALIKE = "alike"  # among the cells of a row, the how-manieth of its list it is that says this
WHO = ("contact", "first_name", "last_name", "email", "phone", "mobile", "company_number")  # beside the firm
OF_THE_EVENT = ("day", "title", "kind", "partner", "topic")
EMPTY, HEADER_AGAIN, NO_DAY, NOBODY = "empty_row", "header_again", "no_day", "nobody"
DAY_AHEAD = "day_ahead"
_KINDS = [
    (re.compile("|".join(rf"\b{word[1:]}" if word[0] == "^" else word for word in row["words"].split())), row)
    for row in WORDS["kinds"]
]

_WHOSE = re.compile("|".join(WORDS["whose"]["words"].split()))
FAIR, REACH = "fair", "appearance"  # others invited: met there, or only reached
OCCASION_OF_MANY = {"event", FAIR, REACH}


Knows = Callable[[str, str], bool]  # a postal code, a place


def nobody_knows(_code: str, _place: str) -> bool:
    return False


@dataclass(frozen=True)
class Refused(Rejected):
    """A row that is no contact, and the cell because of which."""

    column: str = ""  # as the list calls it
    text: str = ""


@dataclass(kw_only=True)
class Contact:
    """What one row says that happened; empty means unknown. `occasion` and `format` as the journey names them."""

    row: int
    raw: Mapping[str, str]
    day: dt.date | None  # None where it tells only nearly when: a person has to say
    kind: str
    occasion: str
    format: str
    title: str
    topic: str
    partner: str
    adviser: str
    hours: Decimal | None
    heads: int
    number: str
    firm: Known | None
    is_abroad: bool = False  # the firm, by what the row says of it
    asks_whose: bool = False  # an event that may be ours or somebody else's
    wish: str = ""  # to be deleted or left alone, as `remarks` names it
    warnings: list[Warned] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """The same for two rows that say the same."""
        told = {name: " ".join(text.split()) for name, text in sorted(self.raw.items()) if name != COUNTRY}
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def is_of(self, *, us: bool) -> None:
        """Somebody says whose event it was: at that of others a firm was met, and a crowd is reach."""
        self.asks_whose = False
        if not us:
            self.occasion = FAIR if self.names_somebody else REACH

    @property
    def names_somebody(self) -> bool:
        return self.firm is not None or any(values.known(self.raw.get(name, "")) for name in WHO)

    @property
    def is_a_guest(self) -> bool:
        """Whether the row stands for one person of whom nothing is told: rows that say the same are as many people."""
        return self.heads == 1 and not self.names_somebody

    @property
    def no_calls(self) -> bool:
        """Whether the wish is about the telephone as well."""
        return bool(self.wish) and any(remarks.forbids_calls(self.raw.get(name, "")) for name in (*WISHES, ASIDE))

    @property
    def source(self) -> uuid.UUID:
        return source_of(self.fingerprint)

    @property
    def occasion_uuid(self) -> uuid.UUID:
        """Rows of one event on one day share it; everything else is an occasion of its own."""
        if self.occasion in OCCASION_OF_MANY and (self.title or not self.firm):
            day = self.day.isoformat() if self.day else ""
            told = (self.occasion, day, sort_key(self.title), sort_key(self.partner))
            return uuid.uuid5(SPACE, "\x1f".join(told))
        return uuid.uuid5(self.source, "occasion")


def source_of(fingerprint: str) -> uuid.UUID:
    """What the step of a row names as its source."""
    return uuid.uuid5(SPACE, fingerprint)


def read_again(number: int, raw: dict[str, str], *, today: dt.date, knows: Knows = nobody_knows) -> Contact | Rejected:
    """A row whose cells are known by field."""
    return _row(number, raw, {}, today, knows)


def kind_of(text: str) -> tuple[str, str] | None:
    """Occasion and format of what lists call it.

    >>> kind_of("Firmenbesuch vor Ort"), kind_of("Online-Seminar"), kind_of("Sonstiges")
    (('visit', 'inform'), ('event', 'qualify'), None)
    """
    key = " ".join(fold(word) for word in re.split(r"[\s/,;-]+", text))
    for told in (key.replace(" ", ""), key):
        for pattern, row in _KINDS:
            if pattern.search(told):
                return row["occasion"], row["format"]
    return None


def hours_of(text: str, *, unit: str = "") -> Decimal | None:
    """Hours out of "1,5", "1:30", "90 min", "2 Std."; `unit` is "minutes" where the column says so.

    >>> hours_of("1:30"), hours_of("90 min"), hours_of("0,5 h"), hours_of("45", unit="minutes"), hours_of("lang")
    (Decimal('1.50'), Decimal('1.50'), Decimal('0.50'), Decimal('0.75'), None)
    """
    flat = values.known(text).casefold().replace(",", ".")
    if told := re.fullmatch(r"(\d{1,3}):(\d{2})(:\d{2})?\s*(h|std\.?|uhr)?", flat):
        found = Decimal(told[1]) + Decimal(told[2]) / 60
    elif told := re.fullmatch(r"(?:ca\.?\s*)?(\d+(?:\.\d+)?)\s*(h|std\.?|stunden?|min\.?|minuten?|pt|tage?|m)?", flat):
        try:
            found = Decimal(told[1])
        except InvalidOperation:
            return None
        named = told[2] or ("min" if unit == "minutes" else "h")
        found = found / 60 if named.startswith("m") else found * 8 if named[0] in "pt" else found
    else:
        return None
    found = found.quantize(Decimal("0.01"))
    return found if 0 < found <= MOST_HOURS else None


def rows(
    lines: Sequence[Sequence[str]],
    head: Head,
    mapping: Mapping[int, str],
    *,
    today: dt.date,
    knows: Knows = nobody_knows,
) -> Iterator[Contact | Rejected]:
    """Every row below the headers; the first one is row 1. A day or a title that stands only once holds on below it.

    `knows`: whether a postal code and a place belong together here, though the row looks like one from abroad.
    """
    columns = {
        place: (named, head.headers[place] if place < len(head.headers) else "")
        for place, named in mapping.items()
        if named and named != IGNORED
    }
    again = [fold(cell) for cell in head.headers if cell]
    telling = cells.Columns.of(lines[head.above :], head.headers, mapping, OWN)
    above: dict[str, str] = {}
    guests: Counter[str] = Counter()
    for number, line in enumerate(lines[head.above :], start=1):
        if not any(line):
            above = {}
            yield Rejected(number, EMPTY)
            continue
        if [fold(cell) for cell in line if cell] == again:
            yield Rejected(number, HEADER_AGAIN)
            continue
        raw: dict[str, str] = {}
        named: dict[str, str] = {}
        for place, (column, header) in columns.items():
            cell = line[place] if place < len(line) else ""
            named.setdefault(column, header)
            if cell:
                raw[column] = f"{raw[column]}\n{cell}" if column in raw else cell
        if wishes := telling.wishes(line):
            raw[ASIDE] = "\n".join(wishes)
            words = cells.wish_of(raw, WISHES)
            if (why := remarks.strictest([words, *wishes.values()])) != words:
                raw[cells.ANSWERED] = why  # a row that waits is read again by its cells alone
        from_above = _filled(raw, above)
        if telling.country is not None and telling.country < len(line) and (land := line[telling.country]):
            raw[COUNTRY] = land
        made = _row(number, raw, named, today, knows)
        if isinstance(made, Contact):
            above = raw
            if from_above:
                made.warnings.append(Warned(number, named.get("day", "day"), "day_from_above", raw["day"]))
            if made.is_a_guest:
                guests[mark := made.fingerprint] += 1
                if guests[mark] > 1:
                    raw[ALIKE] = str(guests[mark])
        yield made


def _filled(raw: dict[str, str], above: Mapping[str, str]) -> bool:
    """Of an event with merged cells only the first row says when and what: take it from there. Tells whether it was."""
    same = all(name not in raw or raw[name] == above.get(name) for name in ("title", "kind"))
    if values.known(raw.get("day", "")) or "name" not in raw or "title" not in above or not same:
        return False
    raw.update({name: above[name] for name in OF_THE_EVENT if name in above and name not in raw})
    return True


def _row(
    number: int, raw: dict[str, str], named: Mapping[str, str], today: dt.date, knows: Knows
) -> Contact | Rejected:
    warnings: list[Warned] = []

    def warn(column: str, reason: str) -> None:
        text = " ".join(raw.get(column, "").split())
        warnings.append(Warned(number, named.get(column, column), reason, text[:200]))

    when = raw.get("day", "")
    day = values.day(when, today=today)
    is_ahead = day is None and values.is_ahead(when, today=today)
    if day is None and (is_ahead or not values.names_a_time(when)):
        reason = DAY_AHEAD if is_ahead else NO_DAY
        return Refused(number, reason, named.get("day", ""), " ".join(when.split())[:200])
    if values.is_span(when, today=today):
        warn("day", "day_of_several")
    firm, is_abroad = _firm(raw, knows)
    told = values.known(raw.get("kind", ""))
    title = values.known(raw.get("title", ""))[:200]
    found = kind_of(told) if told else None
    found = found or (kind_of(title) if title else None)
    if found is None:
        warn("kind", "kind_unknown")
        found = ("event", "inform") if title and not told else ("talk", "inform")
    heads = 0
    if asked := values.known(raw.get("heads", "")):
        count = re.fullmatch(r"(?:ca\.?\s*)?(\d{1,4})(?:\.0)?\s*\D{0,15}", asked)
        heads = int(count[1]) if count and int(count[1]) <= MOST_HEADS else 0
        if not heads and asked != "0":
            warn("heads", "invalid_heads")
    person = values.known(raw.get("contact", "")) or values.known(raw.get("last_name", ""))
    number_of_firm = values.known(raw.get("company_number", ""))
    if firm is None and not number_of_firm and not heads and not person and not values.known(raw.get("email", "")):
        return Rejected(number, NOBODY)
    hours = None
    for column, unit in (("hours", ""), ("duration", ""), ("minutes", "minutes")):
        if hours is None and values.known(raw.get(column, "")):
            hours = hours_of(
                raw[column], unit=unit or ("minutes" if column == "duration" and _as_minutes(raw[column]) else "")
            )
            if hours is None:
                warn(column, "invalid_hours")
    if hours is None and found[0] == "talk":
        warn(next((name for name in ("hours", "duration", "minutes") if name in named), "hours"), "duration_unknown")
    made = Contact(
        row=number,
        raw=raw,
        day=day,
        kind=told,
        occasion=found[0],
        format=found[1],
        title=title,
        topic=values.known(raw.get("topic", ""))[:200],
        partner=values.known(raw.get("partner", ""))[:200],
        adviser=values.known(raw.get("adviser", ""))[:160],
        hours=hours,
        heads=heads,
        number=number_of_firm,
        firm=firm,
        is_abroad=is_abroad,
        asks_whose=found[0] == "event" and _asks_whose(told, title),
        wish=cells.wish_of(raw, WISHES),
        warnings=warnings,
    )
    if made.occasion == FAIR:
        made.is_of(us=False)
    return made


def _asks_whose(told: str, title: str) -> bool:
    """Whether the kind of an event, or its title where the kind says no more than that it was one, may be of others."""
    flat = "".join(map(fold, told.split()))
    is_plain = flat in {"", "veranstaltung", "veranstaltungen", "event", "teilnahme"}
    text = "".join(map(fold, title.split())) if is_plain else flat
    return bool(_WHOSE.search(text)) or (is_plain and kind_of(title) == (FAIR, "inform"))


def _as_minutes(text: str) -> bool:
    """A plain "Dauer" of ten or more is in minutes: nobody talks for ten hours."""
    return bool(re.fullmatch(r"\s*\d{2,3}\s*", text))


def _firm(raw: Mapping[str, str], knows: Knows) -> tuple[Known | None, bool]:
    """Which firm the row names, None where it names none; and whether it is in another country."""
    name = values.name(remarks.without_a_wish(raw.get("name", "")))
    if name is None:
        return None, False
    street, code, place = values.known(raw.get("street", "")), "", ""
    if address := raw.get("address"):
        there, code, place = values.split_address(address)
        street = street or there
    for cell in (raw.get("postcode_place", ""), raw.get("place", "")):
        its_code, its_place = values.split_place(cell)
        code, place = code or its_code, place or its_place
    code = values.postcode(raw.get("postcode", "")) or code
    lost_its_zero, country = bool(slips.zero_put_back(code, raw)), raw.get(COUNTRY, "")
    is_abroad = abroad.tells(raw, country=country, code=code, place=place, lost_its_zero=lost_its_zero)
    is_abroad = is_abroad and not knows(code, place)
    if is_abroad:
        code = ""
    street, _ = values.with_house(street, values.known(raw.get("house_number", "")))
    firm = Known(
        name=name.text,
        street=street[:200],
        postcode=code,
        place=place[:100],
        phones=tuple(
            dict.fromkeys(
                number for column in ("phone", "mobile") for number in phone_cells.numbers(raw.get(column, "")).good
            )
        ),
        emails=contacts.mails(raw.get("email", "")).good,
        website=pages.website(raw.get("website", "")) or "",
        vat_id=values.vat_id(raw.get("vat_id", "")) or "",
        register=values.register(raw.get("register", "")) or "",
    )
    return firm, is_abroad
