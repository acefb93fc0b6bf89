"""What the fictional year passed on: an enquiry with its referral behind every one that the figures count, and some
that went from one partner to another. People and answers are invented; nothing here writes a letter or makes a step.
"""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry
from wegweiser.companies.models import Company
from wegweiser.config import demo_people
from wegweiser.config.demo_cases import FITTING
from wegweiser.config.demo_words import ELSEWHERE, MOVED, REFERRED, Firms, Question
from wegweiser.consortium import calendar, queries
from wegweiser.consortium.models import Member, Network, Partner, Topic
from wegweiser.crossings import referrals as crossings
from wegweiser.enquiries.actions import cases, follow_ups, referrals
from wegweiser.enquiries.models import Case, Intake, Outcome, Referral
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

SEED = 2020
SPACE = UUID("8c4f1d3a-6b0e-4a52-9d77-1c2f3f3f2020")
BY = Actor.system("demo")
ASKED, ANSWERED, GONE = dt.time(8, 20), dt.time(10, 40), dt.time(11, 5)
HANDED = 12  # enquiries that went to another partner
HANDED_WITHIN = 240  # days before today
HEARD_AFTER = 26  # days until somebody asked what became of a referral, before they were to
FIRST_NAME = 60  # of those people, after the ones that ask in the day's work
ANSWER = "Danke für Ihre Frage. Dafür kennen wir eine bessere Stelle und stellen gern den Kontakt her: {network}."
THEIR_ANSWER = (
    "Danke für Ihre Frage. {colleague} hat sie an mich weitergegeben. Unten finden Sie, womit andere Betriebe "
    "angefangen haben; hilft Ihnen das nicht weiter, melden Sie sich gern noch einmal."
)
NOTE = "Das ist eher euer Feld. Bitte meldet euch dort."
MESSAGE = "Bitte nehmen Sie Kontakt auf; worum es geht, steht unten."
ENDS = (
    *(((Referral.Outcome.HELPED, "Termin hat stattgefunden"),) * 4),
    *(((Referral.Outcome.RUNNING, ""),) * 2),
    (Referral.Outcome.DECLINED, "Zurzeit keine Kapazität"),
    (Referral.Outcome.UNKNOWN, ""),
)


def make(advisers: Iterable[tuple[Member, Partner]]) -> int:
    """Once. Gives the number of enquiries."""
    who = {partner.pk: member for member, partner in advisers}
    steps = indicators.standing().filter(source_kind="demo", occasion_kind="referral", partner__in=who)
    counted = list(steps.select_related("company", "partner", "topic").order_by("day", "id"))
    networks = list(Network.objects.order_by("id"))
    if not counted or not networks or Referral.objects.filter(uuid=counted[0].occasion_uuid).exists():
        return 0
    firms = Firms(Company.objects.filter(steps__source_kind="demo").distinct().order_by("id"))
    chance = random.Random(SEED)  # noqa: S311  (the same for everybody, no secret)
    with transaction.atomic():
        for number, step in enumerate(counted):
            _refer(number, step, who[step.partner_id], chance.choice(networks), firms, chance)
        return len(counted) + _hand_over(who, firms, len(counted), chance)


def _refer(number: int, step: Step, member: Member, network: Network, firms: Firms, chance: random.Random) -> None:
    """The enquiry behind a referral that is counted; what became of it was heard of, unless it is new."""
    asked = firms.what_is_asked(REFERRED.get(network.slug, ELSEWHERE), step.company, number)
    with clock.stopped_at(clock.at(step.day, ASKED)):
        case = _open(f"referral/{number}", asked, number, step.topic, step.partner, step.company, chance)
        cases.take(case=case, member=member, by=_by(member))
    with clock.stopped_at(clock.at(step.day, ANSWERED)):
        text = ANSWER.format(network=network.name)
        cases.answer(case=case, member=member, text=text, by=_by(member))
    passed = [Referral.Passed.NAME, Referral.Passed.FIRM, Referral.Passed.PHONE, Referral.Passed.QUESTION]
    name = str(network.name)
    agreed = referrals.Agreed(
        by=case.name,
        way=Referral.Way.PHONE,
        on=step.day,
        text=crossings.consent_text(recipient=name, passed=passed, language=case.language),
        version=crossings.VERSION,
    )
    with clock.stopped_at(clock.at(step.day, GONE)):
        referral, _fresh = referrals.record(
            case=case,
            member=member,
            network=network,
            recipient=name,
            mail=f"post@{network.slug}.example",
            passed=passed,
            message=MESSAGE,
            agreed=agreed,
            submission=step.occasion_uuid,
            by=_by(member),
        )
        note, _fresh = cases.note(case=case, member=member, text=f"Weitervermittelt an {name}.", by=_by(member))
        referrals.attach(referral=referral, note=note, by=_by(member))
        follow_ups.set(
            case=case,
            company=case.company,
            partner=step.partner,
            member=member,
            due_on=crossings.asked_on(step.day),
            note=f"Nachfragen, was aus der Weitervermittlung an {name} geworden ist.",
            submission=crossings.asking(referral),
            by=_by(member),
        )
        cases.close(case=case, outcome=Outcome.REFERRED, by=_by(member))
    heard = step.day + dt.timedelta(days=HEARD_AFTER)
    end, told = chance.choice(ENDS)
    if heard < clock.today():
        heard = calendar.working_days_before(heard, 0, land=queries.centre().land)
        with clock.stopped_at(clock.at(heard, ANSWERED)):
            crossings.conclude(referral=referral, outcome=end, on=heard, note=told, by=_by(member))
            for promise in case.follow_ups.filter(done_at=None):
                follow_ups.done(follow_up=promise, by=_by(member))


def _hand_over(who: dict[int, Member], firms: Firms, before: int, chance: random.Random) -> int:
    """Enquiries that matching sent to one partner and that another one answered."""
    topics = {topic: queries.owner(topic) for topic in Topic.objects.all()}
    owned = [(topic, partner) for topic, partner in topics.items() if partner and partner.pk in who]
    if len({partner.pk for _topic, partner in owned}) < 2:
        return 0
    for number in range(HANDED):
        there, other = chance.choice([row for row in owned if row[0].slug in MOVED])
        topic, partner = chance.choice([row for row in owned if row[1].pk != other.pk])
        day = _working_day(clock.today() - dt.timedelta(days=chance.randint(20, HANDED_WITHIN)))
        member, colleague = who[partner.pk], who[other.pk]
        with clock.stopped_at(clock.at(day, ASKED)):
            asked = chance.choice(MOVED[there.slug])
            firm, name = firms.who_asks(asked, chance), before + number
            case = _open(f"moved/{number}", asked, name, topic, partner, firm, chance, _offers(there))
            cases.take(case=case, member=member, by=_by(member))
        with clock.stopped_at(clock.at(day, ANSWERED)):
            cases.hand_over(
                case=case, partner=other, note=NOTE, member=member, adviser=colleague, topic=there, by=_by(member)
            )
            cases.take(case=case, member=colleague, by=_by(colleague))
        with clock.stopped_at(clock.at(_working_day(day + dt.timedelta(days=1)), ANSWERED)):
            offers = [entry.uuid for entry in _offers(there)[:1]]
            text = THEIR_ANSWER.format(colleague=member.name)
            cases.answer(case=case, member=colleague, text=text, offers=offers, by=_by(colleague))
        with clock.stopped_at(clock.at(_working_day(day + dt.timedelta(days=14)), ANSWERED)):
            cases.close(case=case, outcome=Outcome.SETTLED, by=_by(colleague))
    return HANDED


def _offers(topic: Topic) -> list[Entry]:
    return list(catalogue.attachable().filter(topics=topic, kind__in=FITTING)[:3])


def _open(
    name: str,
    asked: Question,
    place: int,
    topic: Topic,
    partner: Partner,
    firm: Company | None,
    chance: random.Random,
    offers: Sequence[Entry] = (),
) -> Case:
    asker, number = demo_people.name(FIRST_NAME + place), chance.randint(100, 999)
    person = demo_people.at(firm, asker) if firm else None
    case, _fresh = cases.open(
        submission=uuid5(SPACE, name),
        text=asked.text,
        name=asker,
        phone=person.phone if person else demo_people.number(demo_people.UNKNOWN, number),
        firm=firm.name if firm else "",
        company=firm,
        person=person,
        partner=partner,
        topic=topic,
        answer_by=calendar.answer_by(queries.centre(), clock.today()),
        intake=Intake.WEB,
        suggested={
            "topics": [{"slug": topic.slug, "score": 0.7}],
            "offers": [{"kind": entry.kind, "slug": entry.slug} for entry in offers],
            "kind": "company",
            "in_scope": True,
        },
        by=BY,
    )
    return case


def _working_day(day: dt.date) -> dt.date:
    """This day, or the next on which somebody is there."""
    return queries.working_day(day)


def _by(member: Member) -> Actor:
    return Actor.staff(member.user.uuid) if member.user else BY
