"""Some appearances of the model centre at others' events in its fictional year, with a fixed seed, made once."""

import datetime as dt
import random
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.consortium import queries
from wegweiser.consortium.models import District, Member, Partner
from wegweiser.crossings import appearances
from wegweiser.events.actions.appearances import Said
from wegweiser.events.models import Appearance
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

SEED = 1729
SPACE = UUID("c4bd3ad4-5f5e-4a52-9d8e-1f6a0b2c1729")
BY = Actor.system("demo")
EVENING = dt.time(19)
# Kind, title, who invited, head count, estimated firms, days ago. Where it was is one district of the centre each.
MADE: tuple[tuple[str, str, str, int, int | None, int], ...] = (
    ("talk", "Was ein Betrieb zuerst digitalisiert", "Tag des Handwerks (fiktiv)", 140, 60, 31),
    ("panel", "Wem gehören die Daten der Maschine?", "Industrieabend (fiktiv)", 85, 40, 58),
    ("stand", "Retrofit zum Anfassen", "Regionalmesse (fiktiv)", 220, 90, 96),
    ("workshop", "Sicher im kleinen Büro", "Unternehmerinnenfrühstück (fiktiv)", 18, 15, 134),
    ("talk", "Vom Zettel zum Auftrag", "Innung der Tischler (fiktiv)", 45, 38, 187),
    ("talk", "Neue Geschäfte mit Daten", "Hochschultag (fiktiv)", 110, None, 241),
    ("panel", "Technik, die Menschen mögen", "Wirtschaftstag im Kreis (fiktiv)", 70, 35, 289),
)


def make(advisers: list[tuple[Member, Partner]]) -> int:
    """A few talks, panels and stands, each by a partner on one of its topics. Gives how many were made."""
    if Appearance.objects.exists() or not advisers:
        return 0
    chance = random.Random(SEED)  # noqa: S311 - an example, no secret
    known = queries.owners()
    owners = {known[topic.pk].pk: topic for topic in queries.topics() if topic.pk in known}
    speakers = [(member, partner) for member, partner in advisers if partner.pk in owners]
    districts = list(District.objects.order_by("ags"))
    with transaction.atomic():
        for number, (kind, title, organiser, heads, firms, ago) in enumerate(MADE):
            member, partner = chance.choice(speakers)
            day = clock.today() - dt.timedelta(days=ago)
            district = districts[number * 2 % len(districts)] if districts else None
            said = Said(
                kind=kind,
                title=title,
                organiser=organiser,
                day=day,
                topic=owners[partner.pk],
                partner=partner,
                heads=heads,
                firms=firms,
                place=str(district or ""),
                district=district,
            )
            with clock.stopped_at(clock.at(day, EVENING)):
                appearances.record(submission=uuid5(SPACE, str(number)), said=said, people=[member], by=BY)
    return len(MADE)
