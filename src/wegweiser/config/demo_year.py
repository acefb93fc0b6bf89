"""A fictional year of the model centre, so that figures, maps and reports have something to show.

Every firm is invented and says so by its name; no person is part of it, and the telephone numbers are those of films.
The same seed gives the same year on every machine. It is made once, in one transaction of a few bulk writes for each
month, as if everything had been entered in the month in which it happened; what somebody enters later stays.
"""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company, Fact, Size
from wegweiser.config import demo_people
from wegweiser.consortium import calendar, queries
from wegweiser.consortium.models import District, Partner, Sector, Topic
from wegweiser.funding.queries import running_grant
from wegweiser.journey.actions import years
from wegweiser.journey.actions.steps import Occasion, Source
from wegweiser.journey.actions.years import Happened
from wegweiser.journey.models import Format, Recipient, Step
from wegweiser.journey.served import Hours
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

SEED = 2017
SPACE = UUID("5b7d1c1e-6f0a-4f0e-9c55-2f6f3f3f2017")
FIRMS = 620
DAYS = 365
EVENING = dt.time(18)
BY = Actor.system("demo")

FIRST = ("Erdacht", "Beispiel", "Muster", "Fabel", "Schein", "Wolken", "Traum", "Papier")
TRADES = {
    "mechanical_engineering": "maschinen",
    "metalworking": "metallbau",
    "electrical": "elektro",
    "chemicals_plastics": "kunststoff",
    "food": "bäckerei",
    "construction": "bau",
    "wood_furniture": "tischlerei",
    "crafts": "handwerk",
    "retail_wholesale": "handel",
    "logistics": "spedition",
    "health_care": "pflege",
    "tourism_hospitality": "gasthof",
    "agriculture": "hof",
    "printing_media": "druck",
    "services": "dienste",
    "energy_environment": "energie",
}
FORMS = ("GmbH", "GmbH & Co. KG", "e. K.", "OHG")
# How much happens in each month: quiet in summer and over the turn of the year, busy in spring and autumn.
SEASON = (0.7, 1.0, 1.3, 1.1, 1.1, 1.0, 0.5, 0.5, 1.3, 1.4, 1.4, 0.6)
SIZES = ((Size.MICRO, 30), (Size.SMALL, 40), (Size.MEDIUM, 27), (Size.LARGE, 3))
UNKNOWN = {"size": 0.17, "sector": 0.09, "district": 0.05}  # of the firms nobody has asked yet
SEATS = {"15003": 5.0, "15002": 4.0}  # the centre's own places are nearer to more firms
SHARES = {  # of the topics, in the order of the catalogue
    "digitale-geschaeftsmodelle": 1.1,
    "industriestandort-der-zukunft": 1.3,
    "datensicherheit": 1.6,
    "digitale-vernetzung-und-standardisierung": 1.0,
    "nutzbarkeit-und-akzeptanz": 0.7,
}
KINDS = {  # single meetings: how many in the year, format, hours, occasion
    "talk": (330, Format.INFORM, "0.75"),
    "visit": (170, Format.QUALIFY, "3"),
    "check": (95, Format.QUALIFY, "2"),
    "demonstration": (60, Format.DEMONSTRATE, "1.5"),
    "concept": (34, Format.CONCEPT, "12"),
    "project": (9, Format.IMPLEMENT, "40"),
    "referral": (28, Format.REFER, "0.5"),
}
MET = frozenset({"visit", "check", "demonstration"})  # all of the time was spent with the firm
EVENTS = 64


def make() -> int:
    """The year before today, or nothing where it was made before. Gives the number of steps."""
    grant = running_grant()
    if grant is None or Step.objects.filter(source_kind="demo").exists():
        return 0
    chance = random.Random(SEED)  # noqa: S311  (a fixed year, no secret)
    end = clock.today() - dt.timedelta(days=1)
    start = max(end - dt.timedelta(days=DAYS - 1), grant.starts_on)
    days = [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]
    days = [day for day in days if calendar.is_working_day(day, land=queries.centre().land)]
    met = end - dt.timedelta(days=DAYS + 29)
    with transaction.atomic():
        with clock.stopped_at(clock.at(met, EVENING)):
            firms = _firms(chance, met)
        happened = sorted(_happened(chance, firms, days, grant.slug), key=lambda one: one.day)
        made = 0
        for _month, group in itertools.groupby(happened, key=lambda one: (one.day.year, one.day.month)):
            steps = list(group)
            with clock.stopped_at(clock.at(steps[-1].day, EVENING)):
                made += years.record_many(happened=steps, by=BY)
    return made


def _source(kind: str, name: str) -> Source:
    return Source("demo", uuid5(SPACE, f"{kind}/{name}"), kind)


def _firms(chance: random.Random, since: dt.date) -> list[Company]:
    """Firms with what is known of them; some nobody has asked for their size, sector or district."""
    sectors, districts = list(Sector.objects.all()), list(District.objects.all())
    made: list[companies.New] = []
    for number in range(1, FIRMS + 1):
        sector = chance.choice(sectors)
        district = chance.choices(districts, [SEATS.get(row.ags, 1.5) for row in districts])[0]
        size = chance.choices([size for size, _ in SIZES], [weight for _, weight in SIZES])[0]
        name = f"{chance.choice(FIRST)}{TRADES.get(sector.key, 'betrieb')} {number} {chance.choice(FORMS)} (fiktiv)"
        said = {"size": size.value, "sector": sector.key, "district": district.ags}
        known = {kind: value for kind, value in said.items() if chance.random() >= UNKNOWN[kind]}
        made.append(companies.New(name=name, facts=known, phone=demo_people.number(demo_people.FIRMS, number)))
    return companies.create_many(new=made, valid_from=since, origin=Fact.Origin.ADVISER, by=BY)


def _day(chance: random.Random, days: list[dt.date]) -> dt.date:
    return chance.choices(days, [SEASON[day.month - 1] for day in days])[0]


def _topics() -> list[tuple[Topic, Partner, float]]:
    found = []
    for topic in Topic.objects.all():
        partner = queries.owner(topic)
        if partner is not None:
            found.append((topic, partner, SHARES.get(topic.slug, 1.0)))
    return found


def _happened(chance: random.Random, firms: list[Company], days: list[dt.date], grant: str) -> Iterator[Happened]:
    topics = _topics()
    # A few firms come again and again, many come once.
    weights = [1 / (1 + number % 97) for number in range(len(firms))]

    def theme() -> tuple[Topic, Partner]:
        topic, partner, _ = chance.choices(topics, [share for _, _, share in topics])[0]
        return topic, partner

    for event in range(EVENTS):
        topic, partner = theme()
        day, occasion = _day(chance, days), Occasion("event", uuid5(SPACE, f"event/{event}"))
        shape = chance.choice((Format.INFORM, Format.INFORM, Format.INFORM, Format.QUALIFY))
        for seat, firm in enumerate(chance.sample(firms, chance.randint(5, 18))):
            source = _source("event", f"{event}/{seat}")
            yield Happened(
                day=day,
                source=source,
                occasion=occasion,
                format=shape,
                topic=topic,
                partner=partner,
                company=firm,
                grant=grant,
                contributions=(Hours(partner, Decimal(4)),) if seat == 0 else (),
            )
        yield Happened(
            day=day,
            source=_source("event", f"{event}/guests"),
            occasion=occasion,
            format=shape,
            topic=topic,
            partner=partner,
            other_recipient=Recipient.MULTIPLIER,
            contacts_without_firm=chance.randint(1, 9),
            grant=grant,
        )
    for kind, (count, shape, hours) in KINDS.items():
        for number in range(count):
            topic, partner = theme()
            firm = chance.choices(firms, weights)[0]
            name = f"{kind}/{number}"
            measures: dict[str, float] = {"minutes": chance.choice((15, 20, 30, 45, 60))} if kind == "talk" else {}
            if kind in MET:
                measures = {"minutes": float(Decimal(hours) * 60)}
            if kind == "check" and chance.random() < 0.4:
                measures |= {"maturity_gain": chance.choice((0.2, 0.3, 0.5, 0.8))}
            yield Happened(
                day=_day(chance, days),
                source=_source(kind, name),
                occasion=Occasion(kind, uuid5(SPACE, f"occasion/{name}")),
                format=shape,
                topic=topic,
                partner=partner,
                company=firm,
                grant=grant,
                contributions=(Hours(partner, Decimal(hours)),),
                measures=measures,
            )
