"""Small worlds for tests of what happened."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

from wegweiser.companies.actions import facts, sizes
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Sector, Topic
from wegweiser.journey.actions import steps
from wegweiser.journey.actions.steps import Occasion, Source
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
DAY = dt.date(2026, 5, 4)


def partner(key: str = "ifak") -> Partner:
    return Partner.objects.get_or_create(
        key=key, defaults={"slug": key, "name": {"de": key}, "short_name": key, "city": "Magdeburg"}
    )[0]


def topic(slug: str = "digitale-vernetzung") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"key": slug, "title": {"de": slug}})[0]


def company(name: str = "Muster GmbH", **facts_known: str) -> Company:
    made = Company.objects.create(name=name)
    for kind, value in facts_known.items():
        if kind == "sector":
            Sector.objects.get_or_create(key=value, defaults={"label": {"de": value}})
        facts.declare(company=made, kind=kind, value=value, valid_from=dt.date(2020, 1, 1), by=BY)
    return made


def sized(name: str = "Muster GmbH", *, headcount: int = 20) -> Company:
    """A firm whose size by the definition of the EU holds, as aid demands it."""
    made = company(name)
    with clock.stopped_at(dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)):
        sizes.enter_figures(company=made, year=2025, headcount=Decimal(headcount), by=BY)
        sizes.settle(company=made, since=dt.date(2026, 1, 1), by=BY)
    return made


def source(role: str = "served") -> Source:
    return Source("test", uuid4(), role)


def step(served: Company | None = None, **columns: object) -> Step:
    """A visit on a working day, unless `columns` say otherwise."""
    given = {
        "day": DAY,
        "source": source(),
        "occasion": Occasion("visit", uuid4()),
        "format": "inform",
        "topic": topic(),
        "partner": partner(),
        "company": served,
        "by": BY,
    }
    return steps.record(**{**given, **columns})
