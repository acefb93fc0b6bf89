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
# Kind, title, who invited, place, district, head count, estimated firms, days ago.
MADE: tuple[tuple[str, str, str, str, str, int, int | None, int], ...] = (
    ("talk", "Was ein Betrieb zuerst digitalisiert", "Tag des Handwerks (fiktiv)", "Halle", "15002", 140, 60, 31),
    ("panel", "Wem gehören die Daten der Maschine?", "Industrieabend (fiktiv)", "Magdeburg", "15003", 85, 40, 58),
    ("stand", "Retrofit zum Anfassen", "Regionalmesse Harz (fiktiv)", "Wernigerode", "15085", 220, 90, 96),
    ("workshop", "Sicher im kleinen Büro", "Unternehmerinnenfrühstück (fiktiv)", "Stendal", "15090", 18, 15, 134),
    ("talk", "Vom Zettel zum Auftrag", "Innung der Tischler (fiktiv)", "Dessau-Roßlau", "15001", 45, 38, 187),
    ("talk", "Neue Geschäfte mit Daten", "Hochschultag Mittelstand (fiktiv)", "Merseburg", "15088", 110, None, 241),
    ("panel", "Technik, die Menschen mögen", "Kreiswirtschaftstag (fiktiv)", "Salzwedel", "15081", 70, 35, 289),
)


def make(advisers: list[tuple[Member, Partner]]) -> int:
    """A few talks, panels and stands, each by a partner on one of its topics. Gives how many were made."""
    if Appearance.objects.exists() or not advisers:
        return 0
    chance = random.Random(SEED)  # noqa: S311 - an example, no secret
    known = queries.owners()
    owners = {known[topic.pk].pk: topic for topic in queries.topics() if topic.pk in known}
    speakers = [(member, partner) for member, partner in advisers if partner.pk in owners]
    districts = {row.ags: row for row in District.objects.all()}
    with transaction.atomic():
        for number, (kind, title, organiser, place, ags, heads, firms, ago) in enumerate(MADE):
            member, partner = chance.choice(speakers)
            day = clock.today() - dt.timedelta(days=ago)
            said = Said(
                kind=kind,
                title=title,
                organiser=organiser,
                day=day,
                topic=owners[partner.pk],
                partner=partner,
                heads=heads,
                firms=firms,
                place=place,
                district=districts.get(ags),
            )
            with clock.stopped_at(clock.at(day, EVENING)):
                appearances.record(submission=uuid5(SPACE, str(number)), said=said, people=[member], by=BY)
    return len(MADE)
