"""Reads about companies: by their canonical id, by name or phone number, and facts as they were known."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import overload

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from wegweiser.companies import search_words
from wegweiser.companies.counting_facts import DatedFact, counting
from wegweiser.companies.models import Company, Doubt, Fact, ListRow, Merge, Person, Position
from wegweiser.consortium.models import Dated
from wegweiser.kernel import clock
from wegweiser.kernel.models import Erasure

FOUND_AT_MOST = 20


def canonical() -> QuerySet[Company]:
    """The companies that stand for themselves: what lists, counts and searches start from."""
    return Company.objects.filter(canonical=None)


def root_of(company: Company) -> Company:
    """The firm that `company` is: itself, or the one it was merged into."""
    return company.canonical or company


def told_name(company: Company) -> str:
    """What a firm is called in letters and wherever others read it: by the name that it has now.

    Empty where that is nobody's business: a cover name is ours, and of a restricted firm nothing is used.
    """
    root = root_of(company)
    return "" if root.is_cover_name or root.restricted_at else root.name


def same_firm(company: Company) -> QuerySet[Company]:
    """Every row that is the same firm as `company`, itself included, as it stands in the database now."""
    root = Company.objects.filter(pk=company.pk).order_by().values(root=Coalesce("canonical_id", "pk"))
    return Company.objects.filter(Q(pk__in=root) | Q(canonical__in=root))


def forgotten() -> QuerySet[Company]:
    """Firms of which nobody knows any more who they were: not those that somebody keeps under a cover name."""
    gone = _erasures().filter(subject_uuid=OuterRef("uuid"))
    return Company.objects.filter(is_cover_name=True).filter(Exists(gone))


def forgotten_on(company: Company) -> dt.date | None:
    """Since when nobody knows any more who the firm was; None where somebody does."""
    last = _erasures().filter(subject_uuid=company.uuid).order_by("-id").first() if company.is_cover_name else None
    return clock.local(last.recorded_at).date() if last else None


def _erasures() -> QuerySet[Erasure]:
    return Erasure.objects.filter(table=Company._meta.label, state=Erasure.State.ANONYMISED)


def families(companies: Iterable[int]) -> set[int]:
    """The primary keys of these rows and of every row that is the same firm."""
    canonical_of = dict(Company.objects.values_list("pk", "canonical_id"))
    named = {canonical_of.get(pk) or pk for pk in companies}
    return {pk for pk, root in canonical_of.items() if (root or pk) in named}


def roots(*, recorded_by: dt.datetime | None = None) -> Mapping[int, int]:
    """For each merged company the id of the firm it is; companies not named stand for themselves.

    With `recorded_by`: as the merges stood at that moment.
    """
    if recorded_by is None:
        return dict(Company.objects.exclude(canonical=None).values_list("pk", "canonical_id"))
    return followed(_survivors(_standing(recorded_by)))


def _standing(recorded_by: dt.datetime | None) -> QuerySet[Merge]:
    """The merges that stand, or stood at that moment."""
    if recorded_by is None:
        return Merge.objects.filter(undone_at=None)
    return Merge.objects.filter(Q(undone_at=None) | Q(undone_at__gt=recorded_by), recorded_at__lte=recorded_by)


def _survivors(merges: QuerySet[Merge]) -> dict[int, int]:
    """For each row that was merged the one it was merged into, which may have been merged as well."""
    return dict(merges.order_by("id").values_list("loser_id", "survivor_id"))


def followed(links: Mapping[int, int]) -> dict[int, int]:
    """Chains of `links` (loser to survivor) flattened: each loser to the last survivor."""
    ends = {}
    for start in links:
        end, seen = links[start], {start}
        while end in links and end not in seen:
            seen.add(end)
            end = links[end]
        ends[start] = end
    return ends


def working_at(company: Company) -> QuerySet[Person]:
    """Who works for the firm today, across merges; not those who are kept for a proof only."""
    positions = Position.objects.filter(Dated.on(clock.today()), company__in=same_firm(company))
    return Person.objects.filter(pk__in=positions.values("person"), restricted_at=None)


def worked_at(company: Company) -> QuerySet[Person]:
    """Who worked for the firm and does no more; `until` is their last day there, as far as it is known."""
    ended = Position.objects.filter(company__in=same_firm(company), person=OuterRef("pk"), valid_to__isnull=False)
    last = ended.order_by("-valid_to").values("valid_to")[:1]
    people = Person.objects.filter(restricted_at=None).annotate(until=Subquery(last))
    return people.exclude(until=None).exclude(pk__in=working_at(company).values("pk"))


# --- Facts ---------------------------------------------------------------------------------------------------------


class Facts:
    """The facts of all companies as recorded by one moment, read in two or three queries; asked per firm, kind and
    day."""

    def __init__(self, *, kinds: Iterable[str], recorded_by: dt.datetime | None = None) -> None:
        self._recorded_by = recorded_by
        self.roots = roots(recorded_by=recorded_by)
        rows = Fact.objects.filter(kind__in=list(kinds))
        if recorded_by is not None:
            rows = rows.filter(recorded_at__lte=recorded_by)
        self._rows: dict[tuple[int, str], list[DatedFact]] = defaultdict(list)
        columns = ("company", "kind", "valid_from", "recorded_at", "id", "value")
        for company, kind, valid_from, recorded_at, pk, value in rows.values_list(*columns):
            self._rows[self.root(company), kind].append(DatedFact(valid_from, recorded_at, pk, company, value))

    def root(self, company: int) -> int:
        return self.roots.get(company, company)

    def value(self, company: int, kind: str, day: dt.date) -> str:
        """What was known on `day`, empty if nothing; of several rows what `counting` says."""
        root = self.root(company)
        valid = [row for row in self._rows.get((root, kind), ()) if row.valid_from <= day]
        found = counting(valid, root=root, survivors=lambda: self._survivors)
        return found.value if found else ""

    @cached_property
    def _survivors(self) -> dict[int, int]:
        return _survivors(_standing(self._recorded_by))


def fact(company: Company, kind: str, day: dt.date, *, recorded_by: dt.datetime | None = None) -> Fact | None:
    """The one row that counts for `company` itself on `day`."""
    rows = Fact.objects.filter(company=company, kind=kind, valid_from__lte=day)
    if recorded_by is not None:
        rows = rows.filter(recorded_at__lte=recorded_by)
    return rows.order_by("-valid_from", "-recorded_at", "-id").first()


def known(company: Company, kind: str, day: dt.date) -> Fact | None:
    """The one row that counts for the firm on `day`, as `counting` says."""
    rows = Fact.objects.filter(company__in=same_firm(company), kind=kind, valid_from__lte=day)
    root = company.canonical_id or company.pk
    return counting(rows, root=root, survivors=lambda: _survivors(_standing(None).filter(loser__canonical=root)))


def merges_of(company: Company) -> QuerySet[Merge]:
    """The merges that made this firm and stand, the newest first."""
    standing = Merge.objects.filter(undone_at=None, loser__in=same_firm(company))
    return standing.select_related("loser", "survivor").order_by("-recorded_at", "-id")


def facts_of(companies: Iterable[Company], kinds: Iterable[str], day: dt.date) -> dict[int, dict[str, str]]:
    """What was known on `day` of these firms, by primary key and kind: one query or two for all. As in `Facts`."""
    pks = [company.pk for company in companies]
    rows = (
        Fact.objects.filter(kind__in=list(kinds), valid_from__lte=day)
        .annotate(root=Coalesce("company__canonical_id", "company_id"))
        .filter(root__in=pks)
        .values_list("root", "kind", "valid_from", "recorded_at", "id", "company_id", "value")
    )
    told: dict[tuple[int, str], list[DatedFact]] = defaultdict(list)
    for root, kind, valid_from, recorded_at, pk, company, value in rows:
        told[root, kind].append(DatedFact(valid_from, recorded_at, pk, company, value))
    survivors = cache(lambda: _survivors(_standing(None).filter(loser__canonical__in=pks)))
    found: dict[int, dict[str, str]] = {pk: {} for pk in pks}
    for (root, kind), facts in told.items():
        if counts := counting(facts, root=root, survivors=survivors):
            found[root][kind] = counts.value
    return found


def ends(merges: Iterable[Merge]) -> Iterator[tuple[Merge, int]]:
    """Each of `merges`, the oldest first, with the row that its survivor was part of when its turn came."""
    links: dict[int, int] = {}
    for merge in merges:
        end = merge.survivor_id
        while end in links:
            end = links[end]
        yield merge, end
        links[merge.loser_id] = merge.survivor_id


def lent_channels(company: Company) -> QuerySet[Merge]:
    """The merges through which `company` itself, and not a row merged into it, has a stricter channel than its own."""
    standing = Merge.objects.filter(undone_at=None, loser__in=same_firm(company)).order_by("id")
    lent = [merge.pk for merge, end in ends(standing) if end == company.pk and merge.channel_before]
    return Merge.objects.filter(pk__in=lent)


# --- Finding -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What one field "name, phone number or mail address" found."""

    companies: list[Company]
    persons: list[Person]


def search(text: str, *, limit: int = FOUND_AT_MOST, places: bool = False) -> Found:
    """Companies and persons by a (part of a) name, number or mail; a merged company is found as the firm it is.

    With `places` also firms whose postal code, place or district the words name; those with the name come first.
    """
    company_condition, person_condition = search_words.conditions(text)
    if company_condition is None or person_condition is None:
        return Found([], [])
    known = Company.objects.filter(company_condition).exclude(pk__in=forgotten().values("pk"))
    hits = known.values_list("pk", "canonical_id")[: limit * 3]
    firms = list(listed().filter(pk__in=[root or pk for pk, root in hits])[:limit])
    if places and len(firms) < limit:
        firms += search_words.there(text, among=listed()).exclude(pk__in=[firm.pk for firm in firms])[
            : limit - len(firms)
        ]
    persons = Person.objects.filter(person_condition, restricted_at=None).prefetch_related("positions__company")[:limit]
    return Found(firms, list(persons))


def listed() -> QuerySet[Company]:
    """The companies that a list may show: not those that are kept for a proof only, nor those that have no name."""
    return canonical().filter(restricted_at=None).exclude(pk__in=forgotten().values("pk"))


# --- What waits for a person ---------------------------------------------------------------------------------------


class Doubts(Sequence[Doubt]):
    """Doubts by their primary keys, in that order; what is asked for is fetched, and no more at once than `CHUNK`: a
    database takes no statement with any number of keys."""

    CHUNK = 500

    def __init__(self, pks: Sequence[int]) -> None:
        self._pks = pks

    def __len__(self) -> int:
        return len(self._pks)

    @overload
    def __getitem__(self, place: int) -> Doubt: ...
    @overload
    def __getitem__(self, place: slice) -> list[Doubt]: ...
    def __getitem__(self, place: int | slice) -> Doubt | list[Doubt]:
        if isinstance(place, int):
            return self._fetched([self._pks[place]])[0]
        pks = self._pks[place]
        parts = (pks[start : start + self.CHUNK] for start in range(0, len(pks), self.CHUNK))
        return [row for part in parts for row in self._fetched(part)]

    def __iter__(self) -> Iterator[Doubt]:
        for start in range(0, len(self), self.CHUNK):
            yield from self[start : start + self.CHUNK]

    def _fetched(self, pks: Sequence[int]) -> list[Doubt]:
        found = Doubt.objects.select_related("one__canonical", "other__canonical").in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


def doubts(day: dt.date) -> Doubts:
    """Pairs of firms that may be one and that somebody has to look at, those that look most alike first.

    Each pair stands for the firms its rows belong to by now. Firms that were told to be two are left out, whichever of
    their rows that was said of.
    """
    return Doubts(_asked_about(day))


def doubts_count(day: dt.date) -> int:
    """How many pairs `doubts` gives."""
    return len(_asked_about(day))


def _asked_about(day: dt.date) -> list[int]:
    """The primary keys of the doubts that wait on `day`, one of each pair, those that look most alike first.

    Several rows of two firms may look alike: that is one question. Pairs are compared here: a database compares each
    with all.
    """
    rows = Doubt.objects.annotate(
        left=Coalesce("one__canonical_id", "one_id"), right=Coalesce("other__canonical_id", "other_id")
    ).order_by()
    settled = rows.filter(Q(apart_at__isnull=False) | Q(later_until__gt=day)).values_list("left", "right")
    told = {frozenset(pair) for pair in settled}
    waiting = rows.filter(apart_at=None).exclude(left=F("right"))
    for side in ("one", "other"):  # who was erased is asked about no more
        waiting = waiting.filter(**{f"{side}__restricted_at": None, f"{side}__is_cover_name": False})
    asked: dict[frozenset[int], int] = {}
    for pk, left, right in waiting.order_by("-weight", "id").values_list("pk", "left", "right"):
        asked.setdefault(frozenset((left, right)), pk)
    return [pk for pair, pk in asked.items() if pair not in told]


def evidence_between(pairs: Iterable[tuple[Company, Company]]) -> dict[frozenset[int], list[str]]:
    """What was noticed between any rows of two firms that stand for themselves, by their keys: as codes, the strongest
    doubt first. Rows change their firm. One query for all pairs."""
    found: dict[frozenset[int], list[str]] = {frozenset((one.pk, other.pk)): [] for one, other in pairs}
    firms = {pk for pair in found for pk in pair}
    rows = Doubt.objects.annotate(
        left=Coalesce("one__canonical_id", "one_id"), right=Coalesce("other__canonical_id", "other_id")
    )
    told = rows.filter(left__in=firms, right__in=firms).order_by("-weight", "id")
    for left, right, codes in told.values_list("left", "right", "evidence"):
        found.get(frozenset((left, right)), []).extend(codes)
    return found


def doubts_between(one: Company, other: Company) -> QuerySet[Doubt]:
    """What was noticed or said between any rows of two firms, the strongest doubt first: rows change their firm."""
    mine, theirs = same_firm(one), same_firm(other)
    rows = Doubt.objects.filter(Q(one__in=mine, other__in=theirs) | Q(one__in=theirs, other__in=mine))
    return rows.order_by("-weight", "id")


def held_rows() -> QuerySet[ListRow]:
    """Rows of lists whose remark somebody has to read before anybody writes to the firm."""
    rows = ListRow.objects.exclude(held="").filter(settled_at=None).defer("source__content")
    return rows.select_related("company__canonical", "source")


_ASIDE = Coalesce(KeyTextTransform("asides", "more"), Value(""), output_field=TextField())


def held_alike(row: ListRow) -> QuerySet[ListRow]:
    """Rows of the same list that wait with the very same words, `row` itself among them, in their order."""
    rows = held_rows().annotate(aside=_ASIDE)
    return rows.filter(source=row.source_id, held=row.held, remark=row.remark, aside=row.more.get("asides", ""))


def how_many_alike(rows: Iterable[ListRow]) -> dict[int, int]:
    """Of each row, by its primary key, how many others of its list wait with the very same words."""
    rows = list(rows)
    waiting = held_rows().filter(source__in={row.source_id for row in rows}).order_by().annotate(aside=_ASIDE)
    told = waiting.values_list("source_id", "held", "remark", "aside").annotate(number=Count("pk"))
    counted = {tuple(words): number for *words, number in told}
    keys = {row.pk: (row.source_id, row.held, row.remark, row.more.get("asides", "")) for row in rows}
    return {pk: counted.get(key, 1) - 1 for pk, key in keys.items()}


def held_of(company: Company) -> QuerySet[ListRow]:
    """Those of them that tell of this firm, the oldest first."""
    return held_rows().filter(company__in=same_firm(company)).order_by("recorded_at", "id")


def list_rows(company: Company) -> QuerySet[ListRow]:
    """What lists said of a firm, the newest first."""
    rows = ListRow.objects.filter(company__in=same_firm(company)).select_related("source")
    return rows.defer("source__content").order_by("-recorded_at", "-id")
