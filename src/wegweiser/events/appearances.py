"""Reads of appearances at others' events: the list with its filters, and what it comes to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from wegweiser.consortium.models import District, Partner, Topic
from wegweiser.consortium.rights import Extent
from wegweiser.events.appearance_models import Appearance, Standing


@dataclass(frozen=True)
class Wanted:
    """What a list of appearances is narrowed to."""

    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    kind: str = ""
    partner: Partner | None = None
    topic: Topic | None = None
    district: District | None = None


@dataclass(frozen=True)
class Reach:
    """What appearances come to, without those that were taken back."""

    appearances: int
    heads: int
    firms: int
    guessed: int  # of how many appearances somebody guessed the firms


def within(extent: Extent) -> QuerySet[Appearance]:
    """Those that somebody with this reach may see."""
    rows = Appearance.objects.select_related("partner", "topic", "district")
    return rows if extent.everywhere else rows.filter(partner__in=extent.partners)


def listed(rows: QuerySet[Appearance], wanted: Wanted) -> QuerySet[Appearance]:
    """The newest day first; words may stand in title, organiser or place."""
    given = {
        "day__gte": wanted.start,
        "day__lte": wanted.end,
        "kind": wanted.kind or None,
        "partner": wanted.partner,
        "topic": wanted.topic,
        "district": wanted.district,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    for word in wanted.text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(organiser__icontains=word) | Q(place__icontains=word))
    return rows.order_by("-day", "-id")


def reach(rows: QuerySet[Appearance]) -> Reach:
    """In one statement."""
    standing = rows.filter(state=Standing.RECORDED).order_by()
    found = standing.aggregate(
        number=Count("pk"),
        people=Sum("heads", default=0),
        estimate=Sum("firms", default=0),
        estimated=Count("firms"),
    )
    return Reach(found["number"], found["people"], found["estimate"], found["estimated"])
