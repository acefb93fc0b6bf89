"""One row of a list made clean. A bad value never loses the row: it is kept as text that nobody has verified."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from wegweiser.companies import activities, keys
from wegweiser.companies.importing import (
    abroad,
    beside_names,
    cells,
    contacts,
    headcount,
    headers,
    name_cells,
    reached,
    remarks,
    sectors,
    slips,
    values,
)
from wegweiser.companies.importing.cells import Columns
from wegweiser.companies.importing.headers import Head
from wegweiser.companies.importing.reading import UNREADABLE
from wegweiser.companies.importing.region import Region
from wegweiser.companies.importing.row import Row, Warned
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.kernel.sorting import sort_key

# Characters that are kept of a cell; a longer one is cut, told of, and kept whole as text that nobody has verified.
LONGEST = {
    "name": 200,
    "street": 200,
    "place": 100,
    "postcode_place": 106,
    "address": 308,
    "sector": 200,
    "contact": 160,
    "first_name": 80,
    "last_name": 80,
    "function": 100,
    "register": 60,
}
T = TypeVar("T")
SHORTEST_LINE = 6  # digits of a number with its code
NO_COMPANY, EMPTY, HEADER_AGAIN = "no_company", "empty_row", "header_again"


@dataclass(frozen=True)
class Rejected:
    row: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The person a list names at a firm."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


@dataclass(kw_only=True)
class Clean:
    """A firm as one row of a list tells of it; empty means unknown."""

    row: int
    raw: Mapping[str, str]
    headers: Mapping[str, str]
    name: str
    legal_form: str = ""
    is_sole_trader: bool = False
    street: str = ""
    postcode: str = ""
    place: str = ""
    district: str = ""
    phones: tuple[str, ...] = ()
    fax: str = ""
    emails: tuple[str, ...] = ()
    website: str = ""
    contact: Contact | None = None
    sector: str = ""
    wz: str = ""
    wz_edition: int = 2008
    employees_min: int | None = None
    employees_max: int | None = None
    size: str = ""
    craft: bool | None = None
    founded: int | None = None
    vat_id: str = ""
    register: str = ""
    remark: str = ""
    same_as: str = ""  # the name of the row above, where the remark only says that it is that firm
    asides: str = ""  # what stands elsewhere in the row and asks for something; it tells nothing of which firm it is
    first_contact: dt.date | None = None
    held: str = ""
    no_calls: bool = False  # the wish is about the telephone as well
    unverified: dict[str, str] = field(default_factory=dict)
    warnings: list[Warned] = field(default_factory=list)

    @property
    def told(self) -> str:
        """All that somebody has to read who looks at the row."""
        return "\n".join(filter(None, (self.remark, self.asides)))


@dataclass(frozen=True)
class Cleaner:
    """Makes rows clean for one centre: `region` knows its districts, `sectors` its sectors."""

    region: Region
    sectors: Sectors
    today: dt.date

    def rows(
        self, lines: Sequence[Sequence[str]], head: Head, mapping: Mapping[int, str]
    ) -> Iterator[Clean | Rejected]:
        """Every row below the headers; the first one is row 1."""
        columns = Columns.of(lines[head.above :], head.headers, mapping)
        again = [headers.fold(cell) for cell in head.headers if cell]
        in_equivalents = _counts_equivalents(lines[head.above :], columns)
        above: dict[str, str] = {}
        for number, line in enumerate(lines[head.above :], start=1):
            if not any(line):
                yield Rejected(number, EMPTY)
            elif [headers.fold(cell) for cell in line if cell] == again or headers.is_head(line):
                yield Rejected(number, HEADER_AGAIN)
            else:
                made = self._row(number, line, columns, above, in_equivalents=in_equivalents)
                if isinstance(made, Clean):
                    above = dict(made.raw)
                yield made

    def _row(
        self,
        number: int,
        line: Sequence[str],
        columns: Columns,
        above: Mapping[str, str],
        *,
        in_equivalents: bool,
    ) -> Clean | Rejected:
        told = columns.read(line)
        raw, named = told.raw, told.named
        same_as = slips.firm_above(raw, above) if "remark" not in above else ""
        slips.from_above(raw, above)
        same_as = same_as or slips.firm_above(raw, above)
        out_of_the_name = beside_names.put_right(raw, named)
        slips.put_right(raw, named)
        name_cells.put_where_it_belongs(raw, named)
        if _names_no_place(raw) and self.region.is_a_town(raw["contact"]):
            raw["place"] = raw.pop("contact")
            named.setdefault("place", named["contact"])
        row = Row(number, raw, named)
        for text, has_a_cell in out_of_the_name:
            (row.tell if has_a_cell else row.warn)("name", "out_of_the_name", text)
        for header, cell in told.unclear:
            row.warnings.append(Warned(number, header, "unclear", " ".join(cell.split())))
        for column, cell in raw.items():
            if UNREADABLE.search(cell):
                row.warn(column, "unreadable_letters", cell)
            if len(" ".join(cell.split())) > LONGEST.get(column, len(cell)):
                row.warn(column, "too_long", cell)
        name = _name(row)
        if name is None:
            return Rejected(number, NO_COMPANY)
        clean = Clean(
            row=number, raw=raw, headers=named, name=name.text, legal_form=name.legal_form, warnings=row.warnings
        )
        clean.same_as = same_as
        clean.is_sole_trader = row.is_named_after_a_person
        clean.unverified = row.unverified
        self._places(clean, row, told.country)
        _contacts(clean, row)
        self._facts(clean, row, in_equivalents=in_equivalents)
        clean.remark, clean.asides = raw.get("remark", ""), raw.get(cells.ASIDE, "")
        clean.held = cells.wish_of(raw, answers=told.answers)
        rest = "\n".join(line for line in clean.told.split("\n") if line not in told.answers)
        clean.no_calls = bool(clean.held) and (told.no_calls or remarks.forbids_calls(rest))
        return clean

    def _places(self, clean: Clean, row: Row, country: str) -> None:
        street = values.known(row.raw.get("street", ""))
        code, place = "", ""
        if both := row.raw.get("postcode_place"):
            code, place = values.split_place(both)
        if address := row.raw.get("address"):
            there, its_code, its_place = values.split_address(address)
            street, code, place = street or there, code or its_code, place or its_place
        if told := values.known(row.raw.get("postcode", "")):
            found, rest = values.split_place(told) if not values.postcode(told) else (values.postcode(told) or "", "")
            if found:
                code, place = found, place or rest
            else:
                row.warn("postcode", "invalid_postcode", told)
        if told := values.known(row.raw.get("place", "")):
            inside, rest = values.split_place(told)
            code, place = code or inside, rest or place
        whole = values.split_address(row.raw.get("street", "")) if street and not code and not place else ("", "", "")
        if all(whole):  # the whole address in the cell of the street
            street, code, place = whole
        house = values.known(row.raw.get("house_number", ""))
        street, beside = values.with_house(street, house)
        if beside:
            row.warn("house_number", "left_beside", beside)
        if "\n" in row.raw.get("street", "") and not all(whole):
            street = ", ".join(row.raw["street"].split("\n"))
        if told := values.known(row.raw.get("district", "")):
            clean.district = self.region.district(told)
            if not clean.district:
                row.warn("district", "unknown_district", told)
        column = slips.zero_put_back(code, row.raw)
        is_abroad = not self.region.knows(code, place) and abroad.tells(
            row.raw, country=country, code=code, place=place, lost_its_zero=bool(column)
        )
        if is_abroad or (column and not self.region.fits(code, place, clean.district)):
            row.warn_of_code(column, code)  # one of another country, or a digit is missing, and not the first one
            code = ""
        clean.street, clean.postcode, clean.place = street[:200], code, place[:100]
        if not is_abroad:
            clean.district = clean.district or self.region.of_place(code, place)

    def _facts(self, clean: Clean, row: Row, *, in_equivalents: bool) -> None:
        if told := row.raw.get("wz"):
            editions = [edition for edition in sectors.EDITIONS if str(edition) in row.named.get("wz", "")]
            if not self._wz(clean, told, editions[0] if editions else None):
                row.warn("wz", "invalid_wz", told)
        told = values.known(row.raw.get("sector", ""))
        if told and not self._wz(clean, told):
            named = self.sectors.named(told)
            if not named and not clean.sector:
                row.warn("sector", "unknown_sector", told)
            clean.sector = named or clean.sector
        if told := row.raw.get("employees", ""):
            found = headcount.headcount(told, in_equivalents=in_equivalents)
            if found is not None:
                clean.employees_min, clean.employees_max = found.least, found.most
                clean.size = headcount.size_class(found)
                if headcount.has_thousands_in_english(told):
                    row.warn("employees", "comma_in_thousands", told)
                if headcount.names_apprentices(told):
                    row.tell("employees", "left_beside", told)
            elif values.known(told):
                row.warn("employees", "invalid_headcount", told)
        clean.first_contact = row.read("first_contact", lambda text: values.day(text, today=self.today), "invalid_date")
        clean.founded = row.read("founded", lambda text: values.year(text, today=self.today), "invalid_year")
        clean.craft = row.read("craft", values.is_craft, "unclear")
        is_foreign = values.is_foreign_vat_id(row.raw.get("vat_id", ""))
        clean.vat_id = row.read("vat_id", values.vat_id, "foreign_vat_id" if is_foreign else "invalid_vat_id") or ""
        kind = headers.fold(row.named.get("register", ""))[:3].upper()
        begin = f"{kind} " if kind in {"HRA", "HRB"} else ""
        clean.register = row.read("register", partial(_register, begin=begin), "invalid_register") or ""

    def _wz(self, clean: Clean, text: str, edition: int | None = None) -> bool:
        """Whether the edition has such a code. Of one that nobody has, the division still tells the sector."""
        code = activities.read(text, edition=edition)
        division = code or sectors.wz(text)
        if division:
            clean.sector = self.sectors.of_wz(division) or clean.sector
        if code:
            clean.wz, clean.wz_edition = code.code, code.edition
        return code is not None


def _counts_equivalents(lines: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Whether the list tells of full-time equivalents: by its header, or by parts of a person in that column."""
    places = {place: columns.header(place) for place, column in columns.fields.items() if column == "employees"}
    return any(re.search("vza|(?<!krae)fte|vollzeit", headers.fold(header)) for header in places.values()) or any(
        place < len(line) and headcount.has_parts(line[place]) for place in places for line in lines
    )


def _register(text: str, *, begin: str) -> str | None:
    """An entry in the register; below a header like "HRB" its kind stands there and not in the cell."""
    return values.register(text) or values.register(begin + text)


def _names_no_place(raw: Mapping[str, str]) -> bool:
    """Whether a row tells a street and somebody, and no place: one may stand where the other belongs."""
    told = {column for column, cell in raw.items() if values.known(cell)}
    return {"street", "contact"} <= told and told.isdisjoint(
        {"place", "postcode", "postcode_place", "address", "district"}
    )


def _name(row: Row) -> values.Name | None:
    """The firm's name with its second line and legal form; without one the person's, or the domain of its mail."""
    told = values.name(row.raw.get("name", ""), is_reached=_is_reached(row.raw))
    if told is None:
        return _name_without_a_firm(row)
    more = values.known(row.raw.get("name_more", ""))
    if more and sort_key(more) not in sort_key(told.text):
        told = values.name(f"{told.text} {more}") or told
    if form := values.known(row.raw.get("legal_form", "")):
        written = values.legal_form(form)
        if not written:
            row.warn("legal_form", "unknown_legal_form", form)
        elif told.legal_form:
            if not values.is_one_form(written, told.legal_form):
                row.warn("legal_form", "legal_form_differs", form)
        elif written == "Einzelunternehmen":
            row.is_named_after_a_person = True
        else:
            told = values.Name(f"{told.text} {written}"[:200], written)
    row.is_named_after_a_person |= told.legal_form in {"e. K.", "e. Kfr.", "Einzelunternehmen"}
    return told


_A_TRIAL = re.compile(r"(?i)(test|muster|dummy|beispiel)")


def _is_reached(raw: Mapping[str, str]) -> bool:
    """Whether the row tells of somewhere or a line, none of it made up: "Musterstraße 1", "test@…"."""
    told = {column: values.known(cell) for column, cell in raw.items()}
    lines = [told.get(column, "") for column in ("phone", "mobile", "fax")]
    where = [told.get(column, "") for column in ("street", "address", "email")]
    if any(_A_TRIAL.match(cell) for cell in (*where, told.get("place", ""))):
        return False
    return any(len(re.sub(r"\D", "", cell)) >= SHORTEST_LINE for cell in lines) or any(
        re.search(r"[^\W\d_]", cell) for cell in where
    )


def _name_without_a_firm(row: Row) -> values.Name | None:
    if person := _person(row):
        row.is_named_after_a_person = True
        row.warn("name" if "name" in row.named else _first(row, "last_name", "contact"), "name_from_person", person)
        row.unverified.pop("name", None)
        return values.name(person)
    for address in contacts.mails(row.raw.get("email", "")).good:
        if domain := keys.mail_domain(address):
            row.warn("email", "name_from_domain", domain)
            row.unverified.pop("email", None)
            return values.Name(domain)
        if called := beside_names.of_a_mailbox(address):
            row.tell("email", "name_from_mailbox", called)
            return values.Name(called)
    return None


def _first(row: Row, *columns: str) -> str:
    return next((column for column in columns if column in row.named), columns[0])


def _person(row: Row) -> str:
    parts = [values.known(row.raw.get(column, "").split("\n")[0]) for column in ("title", "first_name", "last_name")]
    name = " ".join(filter(None, parts)) if parts[2] else ""
    if not name:
        name = values.known(row.raw.get("contact", "").split("\n")[0]) or parts[1]
    name = name_cells.without_greeting(name)
    return name.strip(" ,")[:160] if any(sign.isalpha() for sign in name) else ""


def _contacts(clean: Clean, row: Row) -> None:
    found = reached.read(row)
    clean.phones, clean.fax, clean.emails, clean.website = found.phones, found.fax, found.emails, found.website
    name = _person(row)
    if not name:
        return
    words = {word for word in sort_key(name).split() if len(word) > 2}
    own = next((mail for mail in found.emails if words & set(sort_key(mail.partition("@")[0]).split())), "")
    clean.contact = Contact(
        name=name,
        function=values.known(row.raw.get("function", ""))[:100],
        email=own,
        phone=found.mobile,
    )
