"""All firms as they are known, and what each row of a list would do to them. Reads only."""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from wegweiser.companies import alike, entries, keys, told_apart, uses
from wegweiser.companies.forgotten import Forgotten
from wegweiser.companies.importing.rows import Clean, Rejected, Warned
from wegweiser.companies.importing.told import fingerprint, known_of
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import Likeness
from wegweiser.companies.linkage.pair.general_partners import is_partnership
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known, Profile, profile
from wegweiser.companies.models import Company, Fact, ListRow
from wegweiser.companies.row_values import COMPARED, facts_of, values_of, values_of_row
from wegweiser.consortium import directory
from wegweiser.kernel import clock, mail_addresses

KINDS = (Fact.Kind.SIZE, Fact.Kind.SECTOR, Fact.Kind.DISTRICT, Fact.Kind.WZ, Fact.Kind.CRAFT)
AS_NEW_AS = 5.0  # seconds: how new what the house works with has to be while a list is taken over


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
    """All firms as they are known, to find the one that a row tells of. Grows with what an import creates.

    With `near` only those that share something with one of these rows, as the database finds them: for who waits.
    """

    def __init__(self, *, digest: str, near: Iterable[Clean] | None = None) -> None:
        self.groups = grouping.Groups()
        self.pks: dict[int, int] = {}
        self._values: dict[int, dict[str, str]] = {}
        self._facts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._marks: dict[str, int] = {}
        self._last_row = 0
        self._served_until = -math.inf
        self._of_this_list = set(ListRow.objects.filter(source__digest=digest).values_list("company_id", flat=True))
        self._last = 0
        self._new = 0
        self._gazetteer = cache(directory.gazetteer)
        self._mine: set[int] = set()
        self._forgotten = Forgotten()
        self.left_out: list[Rejected] = []
        if near is None:
            self.catch_up()
            self._learn_facts(Q())
        else:
            self._look_up(near)
        self.groups.keep_apart(told_apart.pairs())

    def _learn_facts(self, within: Q) -> None:
        rows = Fact.objects.filter(within, kind__in=KINDS, valid_from__lte=clock.today())
        for company, kind, value, origin in rows.order_by("valid_from", "recorded_at", "id").values_list(
            "company_id", "kind", "value", "origin"
        ):
            self._facts[company][kind] = (value, origin)

    def _look_up(self, rows: Iterable[Clean]) -> None:
        """Learn of what rows are and of the firms that they may be, however many others are known."""
        self._learn_what_is_served()
        asked = {fingerprint(row): row for row in rows}
        for marks in _chunks(asked):
            taken = ListRow.objects.filter(fingerprint__in=marks)
            self._marks.update(taken.values_list("fingerprint", "company_id"))
        ones = (self._profiled(row, alike.NEW) for mark, row in asked.items() if mark not in self._marks)
        for pks in _chunks({*alike.near(ones), *self._marks.values()}):
            fresh = list(_comparable().filter(pk__in=pks))
            known = entries.known(fresh, Q(company__in=pks))
            for company in fresh:
                self._know(company.pk, known[company.pk], company)
            self._learn_facts(Q(company__in=pks))

    def _profiled(self, row: Clean, key: int) -> Profile:
        return profile(key, whereabouts.located(known_of(row), self._gazetteer))

    def _learn_what_is_served(self) -> None:
        """What the house works with: it reads a dozen tables, so not for each chunk of a long list."""
        if time.monotonic() >= self._served_until:
            self.groups.serve(uses.served())
            self._served_until = time.monotonic() + AS_NEW_AS

    def catch_up(self) -> None:
        """Learn of firms and rows that somebody else entered meanwhile, and of what came to hang on firms."""
        self._learn_what_is_served()
        for number, mark, company in ListRow.objects.filter(pk__gt=self._last_row).values_list(
            "pk", "fingerprint", "company_id"
        ):
            self._marks.setdefault(mark, company)
            self._last_row = max(self._last_row, number)
        rows = _comparable().filter(pk__gt=self._last)
        found = list(rows.values_list("pk", flat=True))
        if not found:
            return
        theirs = set(found) - self._mine
        fresh = [row for row in rows.iterator(chunk_size=2000) if row.pk in theirs] if theirs else []
        known = entries.known(fresh, Q(company__pk__gt=self._last))
        for row in fresh:
            self._know(row.pk, known[row.pk], row)
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
        """What each row does, in their order; rows of who asked to be forgotten do nothing and stand in `left_out`."""
        for row in rows:
            mark = fingerprint(row)
            if mark in self._marks:
                yield Plan(row=row, mark=mark, key=self._marks[mark], is_known=True)
                continue
            one = self._profiled(row, self._new - 1)
            hits = self.groups.index.alike(one)
            reason = "" if any(likeness.verdict == 2 for _, likeness in hits) else self._away(row, one)
            if reason:
                self.left_out.append(Rejected(row.row, reason))
                continue
            plan = self._placed(row, mark, one, hits)
            self._marks[mark] = plan.key
            self._name_nobody_forgotten(plan)
            yield plan

    def _away(self, row: Clean, one: Profile) -> str:
        if self._forgotten.is_restricted(one):
            return "is_restricted"
        return "was_forgotten" if self._forgotten.is_firm(row) else ""

    def _name_nobody_forgotten(self, plan: Plan) -> None:
        """Who asked to be forgotten is not made a person again by the next list that names them."""
        family = [self.pks[key] for key in self.groups.members(plan.key) if key in self.pks]
        if self._forgotten.is_person(plan.row, family):
            column = plan.row.headers.get("contact", "")
            plan.row.contact = None
            plan.row.warnings.append(Warned(plan.row.row, column, "person_forgotten"))

    def _placed(self, row: Clean, mark: str, one: Profile, hits: list[tuple[int, Likeness]]) -> Plan:
        for key, likeness in hits:
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
        """The very same name and nothing that differs: no need of a second entry for what the row adds. A partnership
        and its company get one each, so that they can be taken apart."""
        here = self.groups.index.profiles[key].known
        same = keys.name_key(row.name) == keys.name_key(here.name)
        same = same and is_partnership(row.name) == is_partnership(here.name)
        return bool(
            same
            and likeness.verdict == 2
            and not any(code.startswith(("other_", "different_")) for code in likeness.evidence)
        )

    def _tell_what_differs(self, row: Clean, key: int) -> None:
        """What is known stays; what the list says otherwise is kept beside it."""
        there = self._values[key]
        for name, value in values_of_row(row).items():
            if name in COMPARED and value and there.get(name) and not _same(name, value, there[name]):
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


def _same(field: str, one: str, other: str) -> bool:
    return mail_addresses.equal(one, other) if field == "email" else one.casefold() == other.casefold()


def _comparable() -> QuerySet[Company]:
    return Company.objects.filter(is_cover_name=False, restricted_at=None).order_by("pk")


def _chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    found = sorted(keys)
    return (found[start : start + alike.MOST_ASKED] for start in range(0, len(found), alike.MOST_ASKED))
