"""A small centre for tests of the contact point: two partners, a member each, one topic, one grant."""

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import count

from wegweiser.accounts.actions import users
from wegweiser.consortium.actions import members as actions
from wegweiser.consortium.models import Centre, Member, Membership, Partner, PartnerRole, Role, Topic
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case, Intake
from wegweiser.funding.models import Grant
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BEGIN = dt.date(2020, 1, 1)
MONDAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)  # 10 o'clock at the centre
BY = Actor.staff(uuid.UUID(int=1))
_numbers = count(1)


@dataclass(frozen=True)
class World:
    centre: Centre
    lead: Partner
    other: Partner
    topic: Topic
    anna: Member
    ben: Member
    grant: Grant


def partner(name: str) -> Partner:
    return Partner.objects.create(
        key=name.lower(), slug=name.lower(), name=translated(name), short_name=name, city="Halle"
    )


def member(name: str, partner: Partner) -> Member:
    number = next(_numbers)
    row = Member.objects.create(
        staff_number=uuid.UUID(int=number),
        slug=f"member-{number}",
        name=name,
        email=f"{name.lower()}@centre.example",
        phone="+493915550100",
    )
    Membership.objects.create(member=row, partner=partner, role=Role.ADVISER, valid_from=BEGIN)
    return row


def let_in(*members: Member) -> None:
    """Each gets a login: only who has one is offered where something is given to somebody."""
    for member in members:
        user = users.create(email=member.email, name=member.name, password="drei-lange-woerter", by=BY)
        actions.link(member=member, user=user, by=BY)
        member.refresh_from_db()


def world() -> World:
    centre = Centre.objects.create(
        slug="zentrum",
        name=translated("Zentrum", "Centre"),
        region="Region",
        land="ST",
        seat="Halle",
        email="post@centre.example",
        phone="+493915550199",
        office_hours=[{"weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "08:30", "to": "16:30"}],
        loaded_on=BEGIN,
    )
    lead, other = partner("Lead"), partner("Other")
    topic = Topic.objects.create(key="netz", slug="netz", title=translated("Vernetzung"))
    PartnerRole.objects.create(partner=lead, kind="lead", valid_from=BEGIN)
    PartnerRole.objects.create(partner=other, kind="topic", topic=topic, valid_from=BEGIN)
    grant = Grant.objects.create(
        slug="foerderung",
        title=translated("Förderung"),
        funder=translated("Bund"),
        amount=1,
        starts_on=BEGIN,
        ends_on=dt.date(2030, 1, 1),
    )
    return World(centre, lead, other, topic, member("Anna", lead), member("Ben", other), grant)


def case(partner: Partner, **fields: object) -> Case:
    given = {
        "submission": uuid.uuid4(),
        "text": "Unsere Fräse steht zu oft.",
        "name": "Jana Ölmann",
        "email": "jana@firma.example",
        "intake": Intake.WEB,
        "answer_by": dt.date(2026, 3, 4),
    }
    return cases.open(partner=partner, by=BY, **{**given, **fields})[0]
