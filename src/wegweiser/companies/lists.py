"""What an import of a list would do, row by row: which firm each row is, and what it adds. Reads only."""

import datetime as dt
import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from wegweiser.companies import duplicates, grouping
from wegweiser.companies.importing import headers, reading
from wegweiser.companies.importing.headers import Head
from wegweiser.companies.importing.reading import Grid
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected, Warned
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.likeness import Known, Likeness, profile
from wegweiser.companies.models import ColumnNames, Company, Doubt, Fact, FirmList, ListRow, Position
from wegweiser.consortium import directory
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

CHUNK = 200
MOST_ASKED = 500  # numbers in one question to the database
ALL_PAIRS = 40  # rows of one firm up to which the report names every pair; of more each with the first
CREATED, UPDATED, UNCHANGED, FOLDED = "created", "updated", "unchanged", "folded"
KINDS = (Fact.Kind.SIZE, Fact.Kind.SECTOR, Fact.Kind.DISTRICT, Fact.Kind.WZ, Fact.Kind.CRAFT)


# --- Reading a list ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """A list that was read, where its headers stand, and what its columns mean."""

    grid: Grid
    head: Head
    mapping: Mapping[int, str]
    digest: str

    def sample(self, column: int, *, most: int = 3) -> list[str]:
        """The first values of a column."""
        cells = (line[column] for line in self.grid.lines[self.head.line + 1 :] if column < len(line) and line[column])
        return [" ".join(cell.split())[:80] for cell, _ in zip(cells, range(most), strict=False)]


def open_list(data: bytes, *, changed: Mapping[int, str] | None = None) -> Opened:
    """Read a list; its columns mean what somebody said of these headers before, else what their words say.

    Raises what `reading.read` raises.
    """
    grid = reading.read(data)
    head = headers.head(grid.lines)
    kept = ColumnNames.objects.filter(headers_key=head.key).values_list("mapping", flat=True).first()
    remembered = {int(place): named for place, named in kept.items()} if kept is not None else dict(head.mapping)
    return Opened(grid, head, remembered if changed is None else dict(changed), hashlib.sha256(data).hexdigest())


def content(source: FirmList) -> bytes:
    """The file as it came. Raises DomainError("list_gone")."""
    if source.content is None:
        raise DomainError("list_gone")
    return zlib.decompress(bytes(source.content))


def cleaner() -> Cleaner:
    """Knows the districts, places and sectors of this centre."""
    found = tuple(DistrictName(row.ags, row.name, row.plate) for row in directory.districts())
    labels = {row.key: tuple(row.label.values()) for row in directory.sectors()}
    return Cleaner(Region(found, directory.gazetteer()), Sectors(labels), clock.today())


def clean_rows(opened: Opened) -> list[Clean | Rejected]:
    """Raises DomainError("no_company_column") where no column can name a firm."""
    if not headers.names_a_firm(opened.mapping):
        named = ", ".join(filter(None, opened.head.headers)) or "-"
        raise DomainError("no_company_column", f"No column names a company. The columns are: {named}.", field="mapping")
    return list(cleaner().rows(opened.grid.lines, opened.head, opened.mapping))


def fingerprint(row: Clean) -> str:
    """The same for two rows that say the same."""
    told = json.dumps({name: " ".join(text.split()) for name, text in sorted(row.raw.items())}, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


# --- Knowing what is there -----------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Plan:
    """What one row does. `key` and `root` are keys of `Firms`: a primary key, or less than zero for a new company."""

    row: Clean
    mark: str
    key: int
    is_new: bool = False
    is_known: bool = False  # the very row was imported before
    root: int | None = None
    because: Likeness | None = None
    joined: tuple[tuple[int, Likeness], ...] = ()
    unsure: tuple[tuple[int, Likeness], ...] = ()
    fills: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def adds(self) -> bool:
        return bool(self.fills or self.facts or self.is_new or self.joined)


class Firms:
    """All firms as they are known, to find the one that a row tells of. Grows with what an import creates."""

    def __init__(self, *, digest: str) -> None:
        self.groups = grouping.Groups()
        self.pks: dict[int, int] = {}
        self._values: dict[int, dict[str, str]] = {}
        self._facts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._marks: dict[str, int] = {}
        self._last_row = 0
        self._of_this_list = set(ListRow.objects.filter(source__digest=digest).values_list("company_id", flat=True))
        self._last = 0
        self._new = 0
        self._mine: set[int] = set()
        self.catch_up()
        self.groups.keep_apart(Doubt.objects.exclude(apart_at=None).values_list("one_id", "other_id"))
        rows = Fact.objects.filter(kind__in=KINDS, valid_from__lte=clock.today())
        for company, kind, value, origin in rows.order_by("valid_from", "recorded_at", "id").values_list(
            "company_id", "kind", "value", "origin"
        ):
            self._facts[company][kind] = (value, origin)

    def catch_up(self) -> None:
        """Learn of firms and rows that somebody else entered meanwhile."""
        for number, mark, company in ListRow.objects.filter(pk__gt=self._last_row).values_list(
            "pk", "fingerprint", "company_id"
        ):
            self._marks.setdefault(mark, company)
            self._last_row = max(self._last_row, number)
        rows = Company.objects.filter(pk__gt=self._last, is_cover_name=False, restricted_at=None).order_by("pk")
        found = list(rows.values_list("pk", flat=True))
        if not found:
            return
        theirs = set(found) - self._mine
        fresh = [row for row in rows.iterator(chunk_size=2000) if row.pk in theirs] if theirs else []
        within = {"company__pk__gt": self._last}
        people: dict[int, list[str]] = defaultdict(list)
        for company, name in Position.objects.filter(**within, valid_to=None).values_list("company_id", "person__name"):
            people[company].append(name)
        more: dict[int, dict[str, list[str]]] = {}
        for company, told in ListRow.objects.filter(**within).values_list("company_id", "more"):
            more.setdefault(company, told)
        for row in fresh:
            extra = more.get(row.pk, {})
            known = Known(
                name=row.name,
                street=row.street,
                postcode=row.postcode,
                place=row.place,
                phones=tuple(filter(None, [row.phone, *extra.get("phones", ())])),
                emails=tuple(filter(None, [row.email, *extra.get("emails", ())])),
                website=row.website,
                vat_id=row.vat_id,
                register=row.register_entry,
                persons=tuple(people.get(row.pk, ())),
            )
            self._know(row.pk, known, row)
        self._last = found[-1]

    def made(self, key: int, company: int) -> None:
        """A new company is stored and has its number."""
        self.pks[key] = company
        self._mine.add(company)

    def _know(self, key: int, known: Known, row: Company) -> None:
        self.groups.know(profile(key, known), root=row.canonical_id)
        self.pks[key] = row.pk
        self._values[key] = values_of(row)

    def pk(self, key: int) -> int:
        return self.pks[key]

    def plan(self, rows: Iterable[Clean]) -> Iterator[Plan]:
        """What each row does, in their order."""
        for row in rows:
            mark = fingerprint(row)
            if mark in self._marks:
                yield Plan(row=row, mark=mark, key=self._marks[mark], is_known=True)
                continue
            plan = self._placed(row, mark)
            self._marks[mark] = plan.key
            yield plan

    def _placed(self, row: Clean, mark: str) -> Plan:
        known = known_of(row)
        one = profile(self._new - 1, known)
        for key, likeness in self.groups.index.alike(one):
            if key > 0 and key not in self._of_this_list and self._is_exact(row, key, likeness):
                fills = self._fills(row, key)
                self._tell_what_differs(row, key)
                self._values[key].update(fills)
                return Plan(row=row, mark=mark, key=key, fills=fills, facts=self._new_facts(row, key))
        self._new -= 1
        placed = self.groups.place(one)
        self._values[one.key] = values_of_row(row)
        return Plan(
            row=row,
            mark=mark,
            key=one.key,
            is_new=True,
            root=placed.root,
            because=placed.because,
            joined=placed.joined,
            unsure=placed.unsure,
            facts=facts_of(row),
        )

    def _is_exact(self, row: Clean, key: int, likeness: Likeness) -> bool:
        """The very same name and nothing that differs: no need of a second entry for what the row adds."""
        here = self.groups.index.profiles[key].known
        same = duplicates.name_key(row.name) == duplicates.name_key(here.name)
        return bool(
            same
            and likeness.verdict == 2
            and not any(code.startswith(("other_", "different_")) for code in likeness.evidence)
        )

    def _tell_what_differs(self, row: Clean, key: int) -> None:
        """What is known stays; what the list says otherwise is kept beside it."""
        there = self._values[key]
        for name, value in values_of_row(row).items():
            if name in COMPARED and value and there.get(name) and value.casefold() != there[name].casefold():
                row.warnings.append(Warned(row.row, row.headers.get(name, name), "differs", value))

    def _fills(self, row: Clean, key: int) -> dict[str, str]:
        given, there = values_of_row(row), self._values[key]
        return {name: value for name, value in given.items() if value and not there.get(name)}

    def _new_facts(self, row: Clean, key: int) -> dict[str, str]:
        """What the list knows and nobody said; a person's word counts more, whenever it was given."""
        found = {}
        root = self.groups.root(key)
        family = [member for member in {key, root} if member > 0]
        for kind, value in facts_of(row).items():
            known = [self._facts[member][kind] for member in family if kind in self._facts[member]]
            if any(origin != Fact.Origin.IMPORT for _, origin in known) or any(value == told for told, _ in known):
                continue
            found[kind] = value
            self._facts[key][kind] = (value, Fact.Origin.IMPORT)
        return found


def known_of(row: Clean) -> Known:
    return Known(
        name=row.name,
        street=row.street,
        postcode=row.postcode,
        place=row.place,
        phones=row.phones,
        emails=row.emails,
        website=row.website,
        vat_id=row.vat_id,
        register=row.register,
        persons=(row.contact.name,) if row.contact else (),
    )


COMPARED = ("email", "phone", "website", "vat_id")
FIELDS = ("street", "postcode", "place", "email", "phone", "website", "vat_id", "register_entry")


def values_of(company: Company) -> dict[str, str]:
    return {name: getattr(company, name) for name in FIELDS}


def values_of_row(row: Clean) -> dict[str, str]:
    return {
        "street": row.street,
        "postcode": row.postcode,
        "place": row.place,
        "email": next(iter(row.emails), "")[:254],
        "phone": next(iter(row.phones), ""),
        "website": row.website,
        "vat_id": row.vat_id,
        "register_entry": row.register,
    }


def facts_of(row: Clean) -> dict[str, str]:
    found = {
        Fact.Kind.SIZE: row.size,
        Fact.Kind.SECTOR: row.sector,
        Fact.Kind.DISTRICT: row.district,
        Fact.Kind.WZ: row.wz,
        Fact.Kind.CRAFT: {True: "yes", False: "no", None: ""}[row.craft],
    }
    return {str(kind): value for kind, value in found.items() if value}


def details_of(row: Clean, kind: str) -> dict[str, Any]:
    """What the value was made from."""
    if kind == Fact.Kind.SIZE:
        return {"employees_min": row.employees_min, "employees_max": row.employees_max}
    return {"edition": 2008} if kind == Fact.Kind.WZ else {}


# --- Telling -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of all rows: plans in the order of the list, what was rejected, and the firm of each plan."""

    plans: Sequence[Plan]
    rejected: Sequence[Rejected]
    firms: Firms

    def kinds(self) -> dict[int, str]:
        """What happened to each row that was not rejected: the first row of a firm tells what became of the firm."""
        found: dict[int, str] = {}
        seen: set[int] = set()
        for plan in self.plans:
            root = self._root(plan)
            if root in seen:
                found[plan.row.row] = FOLDED
                continue
            seen.add(root)
            if plan.is_known or not plan.adds:
                found[plan.row.row] = UNCHANGED
            elif plan.is_new and plan.root is None:
                found[plan.row.row] = CREATED
            else:
                found[plan.row.row] = UPDATED
        return found

    def groups(self) -> list[list[int]]:
        """Rows of the list that are one firm."""
        found: dict[int, list[int]] = defaultdict(list)
        for plan in self.plans:
            found[self._root(plan)].append(plan.row.row)
        return [rows for rows in found.values() if len(rows) > 1]

    def merged(self) -> list[list[int]]:
        """Pairs of such rows."""
        pairs: list[list[int]] = []
        for rows in self.groups():
            if len(rows) <= ALL_PAIRS:
                pairs += [list(pair) for pair in combinations(rows, 2)]
            else:
                pairs += [[rows[0], other] for other in rows[1:]]
        return pairs

    def proposed(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Row, key of the company it may be the same as, and why."""
        found = []
        for plan in self.plans:
            for key, likeness in plan.unsure:
                if self.firms.groups.root(key) != self._root(plan):
                    found.append((plan.row.row, key, likeness.evidence))
        return found

    def counts(self) -> dict[str, int]:
        counted = Counter(self.kinds().values())
        records = len(self.plans) + len(self.rejected)
        return {"records": records, **{kind: counted[kind] for kind in (CREATED, UPDATED, UNCHANGED, FOLDED)}}

    def _root(self, plan: Plan) -> int:
        return self.firms.groups.root(plan.key)

    def document(self) -> dict[str, Any]:
        """The report as `wegweiser import companies` prints it."""
        rows_of = {plan.key: plan.row.row for plan in reversed(self.plans)}
        roots = {self._root(plan): plan for plan in self.plans}
        doubtful = self.proposed()
        pks = {self.firms.pks[key] for key in (*roots, *(key for _, key, _ in doubtful)) if key in self.firms.pks}
        uuids = dict(Company.objects.filter(pk__in=pks if len(pks) < MOST_ASKED else ()).values_list("pk", "uuid"))
        if len(pks) >= MOST_ASKED:
            uuids = dict(Company.objects.values_list("pk", "uuid"))
        proposed: list[list[Any]] = []
        evidence: list[dict[str, Any]] = []
        for row, key, codes in doubtful:
            other: Any = rows_of.get(key)
            if other is None:
                other = str(uuids[self.firms.pk(key)])
            pair = [row, other] if isinstance(other, str) else sorted((row, other))
            proposed.append(pair)
            evidence.append({"pair": pair, "evidence": list(codes)})
        return {
            **self.counts(),
            "merged": self.merged(),
            "proposed": proposed,  # rows, or a row and the UUID of a company that was there
            "evidence": evidence,
            "rejected": [{"row": row.row, "reason": row.reason} for row in self.rejected],
            "warnings": [
                {"row": told.row, "column": told.column, "reason": told.reason}
                for plan in self.plans
                for told in plan.row.warnings
            ],
            "held": [{"row": plan.row.row, "reason": plan.row.held} for plan in self.plans if plan.row.held],
            "cleaned": [self._cleaned(plan, uuids) for plan in self.plans],
        }

    def _cleaned(self, plan: Plan, uuids: Mapping[int, object]) -> dict[str, Any]:
        row = plan.row
        company = uuids.get(self.firms.pks.get(self._root(plan), 0))
        return {
            "row": row.row,
            "company": str(company) if company else None,
            "name": row.name,
            "street": row.street or None,
            "postcode": row.postcode or None,
            "place": row.place or None,
            "district": row.district or None,
            "sector": row.sector or None,
            "employees_min": row.employees_min,
            "employees_max": row.employees_max,
            "email": next(iter(row.emails), None),
            "phone": next(iter(row.phones), None),
            "website": row.website or None,
            "first_contact": row.first_contact.isoformat() if row.first_contact else None,
        }


def preview(opened: Opened, *, most: int | None = None) -> Outcome:
    """What an import would do now, of the first rows or of all; nothing is written."""
    rows = clean_rows(opened)[:most]
    firms = Firms(digest=opened.digest)
    return Outcome(
        list(firms.plan(row for row in rows if isinstance(row, Clean))),
        [row for row in rows if isinstance(row, Rejected)],
        firms,
    )


def first_day(row: Clean) -> dt.date:
    """From when on what a list tells of a firm holds."""
    return row.first_contact or clock.today()
