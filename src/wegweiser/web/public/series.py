"""A series as the public pages show it: its dates in words, each with what is left of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegweiser.catalogue.models import Entry, Kind
from wegweiser.events import whole
from wegweiser.events.models import Event, Joining, Series
from wegweiser.events.whole import Date
from wegweiser.files import queries as files
from wegweiser.kernel import clock
from wegweiser.web.public import enrolment, offers

MOST = 8  # coming dates on the page of one of them; the rest stands on the page of the series
WHOLE_SERIES = "reihe"  # the parameter with which a button asks for all dates; its value is ALL
ALL = "alle"


@dataclass(frozen=True)
class Line:
    """One date. `kind` is how its badge looks, `this` says that the page is about it."""

    date: Date
    href: str
    day: Any
    when: str
    title: str
    where: str
    state: str
    kind: str
    this: bool = False
    language: str = ""


@dataclass(frozen=True)
class Shown:
    """A series on the page of one of its dates, or on its own."""

    series: Series
    coming: Sequence[Line]
    past: Sequence[Line]
    more: int
    href: str
    title: str
    language: str
    rule: str
    enrol: str
    entries: frozenset[int] = frozenset()
    number: str = ""

    @property
    def lines(self) -> list[Line]:
        return [*self.coming, *self.past]


def of(series: int, *, this: int = 0, most: int | None = None) -> Shown | None:
    """The series with its dates: two statements, and one more where a date is over. `this` is the event of the page."""
    dates = whole.dates(series)
    if not dates:
        return None
    found = dates[0].event.series
    assert found is not None  # noqa: S101 - they were found by it
    papers = files.uploads_of([date.event.uuid for date in dates if date.is_over])
    with_papers = {uuid for uuid, rows in papers.items() if any(row.is_offered for row in rows)}
    lines = [_line(date, found, this, with_papers) for date in dates]
    coming = [line for line in lines if not line.date.is_over]
    past = [line for line in lines if line.date.is_over]
    shown = coming if most is None else _around(coming, most)
    return Shown(
        series=found,
        coming=shown,
        past=list(reversed(past)) if most is None else list(reversed(past))[: max(most - len(shown), 1)],
        more=len(lines),
        href=href(found),
        title=str(found.title),
        language=offers.foreign(found.title),
        rule=rule(found, dates),
        enrol=_enrol(found, dates),
        entries=frozenset(date.event.draft.entry.pk for date in dates if date.event.draft.entry),
        number=next(
            (number_of(place, len(dates)) for place, date in enumerate(dates, start=1) if date.event.pk == this), ""
        ),
    )


def lines(dates: Sequence[Date], series: Series) -> list[Line]:
    """Dates in words, without asking for their papers."""
    return [_line(date, series, 0, set()) for date in dates]


def of_event(event: Event) -> Shown | None:
    """The series on the page of one of its dates; nothing is asked where there is none."""
    shown = of(event.series_id, this=event.pk, most=MOST) if event.series_id else None
    return shown if shown and shown.more > 1 else None


def cards(entries: Iterable[Entry]) -> list[offers.Card]:
    """`offers.cards`, each date of a series with which one it is; one statement more where there are dates."""
    rows = list(entries)
    return with_places(offers.cards(rows), rows)


def with_places(cards: Sequence[offers.Card], entries: Sequence[Entry]) -> list[offers.Card]:
    """Cards of `entries`, those of a series with which date they are: `Reihe: 2. von 6 Terminen`. One statement."""
    places = whole.places_of_entries(entry.pk for entry in entries if entry.kind == Kind.EVENT)
    at = {offers.href(entry): places[entry.pk] for entry in entries if entry.pk in places}
    return [_with_place(card, at.get(card.href)) for card in cards]


def _with_place(card: offers.Card, place: whole.Place | None) -> offers.Card:
    if place is None:
        return card
    there = reverse("public:series", kwargs={"uuid": place.series})
    return replace(card, part=number_of(place.number, place.count), part_href=there)


def number_of(number: int, count: int) -> str:
    """`2. von 6 Terminen`."""
    return _("%(number)d. von %(count)d Terminen") % {"number": number, "count": count}


def instead(shown: Shown | None) -> Line | None:
    """The next date of the series that takes place, on the page of one that does not."""
    lines = shown.coming if shown else []
    return next((line for line in lines if not line.this and line.date.is_ahead), None)


def href(series: Series) -> str:
    return reverse("public:series", kwargs={"uuid": series.uuid})


def _around(coming: list[Line], most: int) -> list[Line]:
    """The next ones, and always the one that the page is about."""
    shown = coming[:most]
    return shown + [line for line in coming[most:] if line.this]


def _line(date: Date, series: Series, this: int, with_papers: set[UUID]) -> Line:
    entry = date.event.draft.entry
    assert entry is not None  # noqa: S101 - only public ones are read
    word, kind = state(date)
    if date.event.uuid in with_papers:
        word = _("vorbei, mit Unterlagen")
    return Line(
        date=date,
        href=offers.href(entry),
        day=clock.local(date.starts_at),
        when=when(date),
        title="" if entry.title == series.title else str(entry.title),
        where=offers.where(entry),
        state=word,
        kind=kind,
        this=date.event.pk == this,
        language=offers.foreign(entry.title),
    )


def when(date: Date) -> str:
    """`Donnerstag, 12. März 2026, 16:00 bis 18:30 Uhr`."""
    entry = date.event.draft.entry
    day = date_format(clock.local(date.starts_at), "l j F Y" if get_language() == "en" else "l, j. F Y")
    return f"{day}, {offers.time(entry)}" if entry and entry.starts_at else day


def state(date: Date) -> tuple[str, str]:
    """What is left of a date, as it is counted now, and how its badge looks."""
    if date.event.is_cancelled:
        return _("abgesagt"), "warning"
    if date.is_over:
        return _("vorbei"), "neutral"
    taking_part = enrolment.Enrolment(date.event, date.rooms, date.closed, "")
    if date.closed == "registration_not_open_yet" and date.event.opens_at:
        return enrolment.refusal(taking_part), "neutral"
    if date.closed:
        return _("Anmeldung geschlossen"), "neutral"
    return "; ".join(enrolment.places(taking_part)), "success" if taking_part.has_places else "warning"


def open_dates(dates: Sequence[Date]) -> list[Date]:
    """Those one can register for now, be it for the waiting list."""
    return [date for date in dates if date.takes()]


def rule(series: Series, dates: Sequence[Date]) -> str:
    """How one registers, where that needs a word."""
    left = len(open_dates(dates))
    if left < 2 or series.joining == Joining.SINGLE:
        return ""
    if series.joining == Joining.WHOLE:
        return _("Die Termine gehören zusammen: Sie melden sich für alle %(n)d auf einmal an.") % {"n": left}
    return _("Sie können sich für einen, für mehrere oder für alle Termine auf einmal anmelden.")


def _enrol(series: Series, dates: Sequence[Date]) -> str:
    """The form for all dates at once."""
    left = open_dates(dates)
    if len(left) < 2 or series.joining == Joining.SINGLE:
        return ""
    entry = left[0].event.draft.entry
    slug = entry.slug if entry else ""
    return f"{reverse('public:register', kwargs={'slug': slug})}?{WHOLE_SERIES}={ALL}"


def told(dates: Sequence[Date], places: int = 1) -> str:
    """`an allen noch Plätze`, or at how many one would wait: what comes of registering for all of them."""
    full = sum(not date.fits(places) for date in dates)
    if not full:
        return _("an allen sind noch Plätze frei")
    if full == len(dates):
        return _("überall nur noch Warteliste")
    return ngettext("an %(n)d nur noch Warteliste", "an %(n)d nur noch Warteliste", full) % {"n": full}
