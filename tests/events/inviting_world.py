"""People who agreed to being invited, at firms with facts, for tests."""

from itertools import count

from tests.contact_point import BY
from wegweiser.companies.actions import companies, consents, facts, persons
from wegweiser.companies.consent_words import INVITATION, INVITATION_VERSION
from wegweiser.companies.models import Fact, Person
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter, State

_numbers = count(1)


def person(name: str = "", *, agreed: bool = True, firm: str = "", mail: str = "", topics=(), **known: str) -> Person:
    """Somebody, at a firm with what is `known` of it (sector, district, size)."""
    number = next(_numbers)
    company = companies.find_or_create(name=firm, by=BY) if firm else None
    for kind, value in known.items():
        facts.declare(
            company=company,
            kind=Fact.Kind[kind.upper()],
            value=value,
            valid_from=clock.today(),
            origin=Fact.Origin.DECLARED,
            by=BY,
        )
    row = persons.find_or_create(
        name=name or f"Person {number}", email=mail or f"p{number}@firma.example", company=company, by=BY
    )
    if agreed:
        agree(row, topics=topics)
    return row


def agree(row: Person, topics=()) -> None:
    consents.give(
        person=row,
        purpose=INVITATION,
        text_version=INVITATION_VERSION,
        channel="web",
        words="Ja.",
        language="de",
        topics=topics,
        by=BY,
    )


def deliver() -> None:
    """The mail server takes what waits."""
    Letter.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=clock.now())
