"""People at the model centre's firms who agreed to being invited to events, so that a newcomer can try inviting.

Everybody is invented and says so. It is made once, with a fixed seed.
"""

import random

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.actions import consents, persons
from wegweiser.companies.consent_words import INVITATION, INVITATION_VERSION
from wegweiser.companies.models import Consent
from wegweiser.consortium.models import Topic
from wegweiser.crossings import subscriptions
from wegweiser.kernel.actor import Actor

BY = Actor.system("demo")
SEED = 5
FIRMS = 60
AGREE, SOME_TOPICS = 0.7, 0.4  # shares of the people, and of those who agreed
FIRST = ("Anke", "Bernd", "Cem", "Dörte", "Elke", "Falk", "Grit", "Holger", "Ines", "Jens")
LAST = ("Ackermann", "Bauer", "Çelik", "Dreßler", "Ebert", "Förster", "Günther", "Hahn", "Jahn", "Köhler")


def make() -> int:
    """Consents on paper, once. Gives how many were made."""
    if Consent.objects.filter(purpose=INVITATION).exists():
        return 0
    chance, topics = random.Random(SEED), list(Topic.objects.all())  # noqa: S311 - an example, no secret
    words, made = subscriptions.words("de"), 0
    with transaction.atomic():
        for number, firm in enumerate(companies.listed().filter(is_cover_name=False).order_by("pk")[:FIRMS]):
            person = persons.find_or_create(
                name=f"{chance.choice(FIRST)} {chance.choice(LAST)} (fiktiv)",
                email=f"kontakt{number}@beispiel.example",
                company=firm,
                by=BY,
            )
            if chance.random() >= AGREE:
                continue
            consents.give(
                person=person,
                purpose=INVITATION,
                text_version=INVITATION_VERSION,
                channel="paper",
                words=words,
                language="de",
                evidence="Beispiel ohne Papier",
                topics=chance.sample(topics, 2) if len(topics) > 1 and chance.random() < SOME_TOPICS else [],
                by=BY,
            )
            made += 1
    return made
