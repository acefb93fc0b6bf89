"""The size of a firm by the definition of the EU, from the figures and shares that are stored. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Coalesce

from wegweiser.companies import keys, queries, size_rules
from wegweiser.companies.models import Company, Fact, Share, YearFigures
from wegweiser.companies.size_rules import Class, Figures, Kind, Result, Tie
from wegweiser.kernel import clock

RULE = "2003/361/EC"
FRESH = 2  # years: accounts of the year before the last are the oldest that may still be the last approved ones
CLOSING = (12, 31)  # month and day of closing dates; a fiscal year that ends earlier counts no sooner
DEEPEST = 6  # shares of shares of …: more rounds of reading than this are no group of a small firm

Key = int | str  # a firm that is known, or the share that names one which is not


@dataclass(frozen=True)
class Determined:
    """The result for the last closed year with figures, and after the two-year rule; `names` of all that is counted in.

    `is_estimate`: no year is closed yet, the running one is estimated in good faith (Art. 4(3)). `waiting`: a year with
    figures that counts when it is closed.
    """

    year: int
    latest: Result
    by_year: Mapping[int, Class]
    status: Class | None
    names: Mapping[Key, str]
    is_estimate: bool = False
    waiting: int | None = None

    @property
    def is_settled_by_figures(self) -> bool:
        """Whether no missing figure can change the size: what is counted in only makes it larger."""
        return not self.latest.missing or self.status == Class.LARGE

    @property
    def missing(self) -> list[str]:
        """Who belongs to the firm, without figures."""
        return [self.names.get(key, "?") for key in self.latest.missing]  # type: ignore[call-overload]

    @property
    def is_sme(self) -> bool:
        return self.status is not None and self.status != Class.LARGE and not self.latest.is_public


def determined(company: Company, *, on: dt.date | None = None) -> Determined | None:
    """None where the firm has said nothing of any year."""
    day = on or clock.today()
    root = queries.root_of(company)
    ties, names, inline = _graph(root, day)
    stored = _figures([key for key in names if isinstance(key, int)])
    told = sorted(year for year in stored.get(root.pk, {}) if year <= day.year)
    closed = [year for year in told if dt.date(year, *CLOSING) < day]
    years = closed or told
    if not years:
        return None
    results = {year: size_rules.result(root.pk, ties, _of_year(year, stored, inline)) for year in years}
    by_year = {year: found.size for year, found in results.items()}
    return Determined(
        years[-1],
        results[years[-1]],
        by_year,
        size_rules.status(by_year),
        names,
        is_estimate=not closed,
        waiting=told[-1] if closed and told[-1] != closed[-1] else None,
    )


def by_definition(company: Company, *, on: dt.date) -> Fact | None:
    """The size by the definition of the EU that holds for the firm on a day, if there is one.

    It was taken over by then, from figures that are not too old, and nothing else is known of that day: neither a
    size that was said, nor shares or figures from which another one follows or of which some are missing.
    """
    known = queries.known(company, Fact.Kind.SIZE, on)
    rows = Fact.objects.filter(company__in=queries.same_firm(company), kind=Fact.Kind.SIZE, valid_from__lte=on)
    found = rows.filter(details__rule=RULE).order_by("-valid_from", "-recorded_at", "-id").first()
    if found is None or known is None or known.value != found.value:
        return None
    return found if found.details["year"] >= on.year - FRESH and _still_follows(found, company, on) else None


def _still_follows(fact: Fact, company: Company, on: dt.date) -> bool:
    now = determined(company, on=on)
    if now is None or now.status is None or not now.is_settled_by_figures:
        return False
    return (now.status.name.lower(), now.is_sme) == (fact.value, fact.details["sme"])


def shares_of(company: Company) -> list[Share]:
    """Shares of the firm and what it holds, those that count today first, those that never were last."""
    rows = Share.objects.filter(company__in=queries.same_firm(company)).select_related("other__canonical")
    return sorted(
        rows, key=lambda row: (row.withdrawn_at is not None, row.valid_to is not None, row.direction, -row.percent)
    )


def figures_of(company: Company) -> dict[int, YearFigures]:
    """By year what counts, the newest year first."""
    rows = YearFigures.objects.filter(company__in=queries.same_firm(company)).order_by("recorded_at", "id")
    last = {row.year: row for row in rows}
    return dict(sorted(last.items(), reverse=True))


def _graph(root: Company, day: dt.date) -> tuple[list[Tie], dict[Key, str], dict[Key, Figures]]:
    """Ties from firm to firm, level by level, the names of all, and the figures of those that are not known here.

    What one owner bought bit by bit adds up; what both firms tell of one share is told once.
    """
    names: dict[Key, str] = {root.pk: root.name}
    inline: dict[Key, Figures] = {}
    unknown: dict[tuple[int, str, str], Key] = {}
    told: dict[tuple[Key, Key, Kind], dict[int, list[Share]]] = {}
    read = set[int]()
    waiting, seen = {root.pk}, set[int]()
    for _ in range(DEEPEST):
        if not waiting:
            break
        seen |= waiting
        rows = (
            Share.objects.filter(valid_from__lte=day, withdrawn_at=None)
            .filter(Q(valid_to=None) | Q(valid_to__gte=day))
            .annotate(
                here=Coalesce("company__canonical_id", "company_id"), there=Coalesce("other__canonical_id", "other_id")
            )
            .filter(Q(here__in=waiting) | Q(there__in=waiting))
            .select_related("company__canonical", "other__canonical")
        )
        found: set[int] = set()
        for row in rows.order_by("id"):
            if row.pk in read:
                continue
            read.add(row.pk)
            here = queries.root_of(row.company)
            names[here.pk] = here.name
            found.add(here.pk)
            if row.other is not None:
                there = queries.root_of(row.other)
                key: Key = there.pk
                names[key] = there.name
                found.add(there.pk)
            else:
                key = f"share:{row.pk}"
                if row.name:  # of one owner's shares the first stands for all
                    key = unknown.setdefault((here.pk, row.direction, keys.name_key(row.name)), key)
                names.setdefault(key, row.name)
                if row.headcount is not None:
                    inline[key] = Figures(row.headcount, row.turnover, row.balance)
            owner, owned = (key, here.pk) if row.direction == Share.Direction.OWNER else (here.pk, key)
            kind = Kind.JOINT if row.direction == Share.Direction.SAME else Kind(row.kind)
            told.setdefault((owner, owned, kind), {}).setdefault(here.pk, []).append(row)
        waiting = found - seen
    ties = [
        Tie(
            owner,
            owned,
            min(size_rules.WHOLE, max(sum((row.percent for row in rows), Decimal(0)) for rows in by_firm.values())),
            kind,
            any(row.controls for rows in by_firm.values() for row in rows),
        )
        for (owner, owned, kind), by_firm in told.items()
    ]
    return ties, names, inline


def _figures(companies: list[int]) -> dict[int, dict[int, Figures]]:
    rows = (
        YearFigures.objects.annotate(root=Coalesce("company__canonical_id", "company_id"))
        .filter(root__in=companies)
        .order_by("recorded_at", "id")
    )
    found: dict[int, dict[int, Figures]] = defaultdict(dict)
    for row in rows:
        found[row.root][row.year] = Figures(row.headcount, row.turnover, row.balance)
    return found


def _of_year(
    year: int, stored: Mapping[int, Mapping[int, Figures]], inline: Mapping[Key, Figures]
) -> dict[Key, Figures]:
    """Of each the figures of that year, else of the last one before, else of the first one after."""
    found: dict[Key, Figures] = dict(inline)
    for key, by_year in stored.items():
        before = [one for one in by_year if one <= year]
        found[key] = by_year[max(before) if before else min(by_year)]
    return found
