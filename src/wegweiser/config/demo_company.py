"""A fictional firm at the centre's seat that uses "Mein Betrieb": two people, an enquiry with its answer, and a plan.

Everything is invented and says so. It is made once; a login code is made anew whenever the demo starts, because no mail
goes out and each code works once.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import queries as catalogue
from wegweiser.companies import accesses
from wegweiser.companies.actions import companies, consents, persons
from wegweiser.companies.models import Access, Company, Right
from wegweiser.config import demo_people
from wegweiser.consortium import calendar, directory, queries
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import entrances
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Intake
from wegweiser.journey.actions import plans
from wegweiser.journey.models import Doer
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.actor import Actor

SPACE = UUID("3d0c8a52-7f1e-4f8e-8f3b-9a7f3f3f2019")
BY = Actor.system("demo")
FIRM = "Beispielfräserei Ölmann GmbH (fiktiv)"
OWNER, COLLEAGUE = ("Jana Ölmann (fiktiv)", "jana@oelmann.example"), ("Ben Krüger (fiktiv)", "ben@oelmann.example")
TOPIC = "industriestandort-der-zukunft"
TEXT = "Die Fräse steht jeden zweiten Tag still, und keiner weiß genau, warum. Wie kommen wir dahinter?"
ANSWER = (
    "Guten Tag Frau Ölmann,\n\ndas lässt sich mit wenig Aufwand messen. Am besten sehen wir uns die Maschine zusammen "
    "an; vorher hilft eine Strichliste der Stillstände, zwei Wochen lang. Was wir verabredet haben, steht in Ihrem "
    "Fahrplan."
)
ASKED_BEFORE = 26  # days: the firm has written down its standstills for two weeks since it was answered
STEPS = (
    (Doer.COMPANY, "Stillstände zwei Wochen lang mitschreiben", "Strichliste genügt: Uhrzeit, Dauer, Grund.", -6),
    (Doer.BOTH, "Maschine zusammen ansehen", "Etwa anderthalb Stunden, bei Ihnen in der Halle.", 6),
    (Doer.COMPANY, "Angebot für einen Stromsensor einholen", "", 20),
    (Doer.COMPANY, "Eine Woche lang mit dem Sensor messen", "", 48),
    (Doer.CENTRE, "Auswertung der Messung schicken", "", 62),
)
CHECK = "vernetzungs-check-maschinenpark"
MORNING = dt.time(9, 20)


@dataclass(frozen=True)
class Login:
    """The demo's way into "Mein Betrieb"."""

    mail: str
    firm: str
    page: str
    code: str


def make(advisers: list[tuple[Member, Partner]]) -> Company | None:
    """The firm with its people, enquiry and plan, once; None where there is no adviser to answer."""
    known = Company.objects.filter(name=FIRM).first()
    if known is not None or not advisers:
        return known
    topic = Topic.objects.filter(slug=TOPIC).first() or Topic.objects.first()
    owner_of_it = queries.owner(topic) if topic else None
    member, partner = next((row for row in advisers if row[1] == owner_of_it), advisers[0])
    seat = queries.centre().seat
    found = directory.gazetteer().look_up(seat).place
    with transaction.atomic():
        firm = companies.find_or_create(
            name=FIRM,
            street="Beispielweg 1",
            postcode=found.postcodes[0] if found and found.postcodes else "",
            place=seat,
            phone=demo_people.OWN_FIRM,
            website="https://www.oelmann.example/",
            is_another=True,
            by=BY,
        )
        owner = persons.find_or_create(
            name=OWNER[0], email=OWNER[1], phone=demo_people.OWNER, company=firm, function="Inhaberin", by=BY
        )
        colleague = persons.find_or_create(name=COLLEAGUE[0], email=COLLEAGUE[1], company=firm, by=BY)
        entrances.open_for(company=firm, person=owner, right=Right.PERSONS, by=BY)
        entrances.open_for(company=firm, person=colleague, right=Right.OWN, by=BY)
        consents.give(person=owner, purpose="news", text_version="2026-01", channel="web", by=BY)
        answered = _enquiry(firm, member, partner, topic)
        _plan(firm, answered, Actor.staff(member.user.uuid) if member.user else BY)
    return firm


def _enquiry(firm: Company, member: Member, partner: Partner, topic: Topic | None) -> dt.date:
    """What the owner asked, and its answer on the working day after; gives that day."""
    owner = accesses.by_mail(OWNER[1])[0].person
    land = queries.centre().land
    asked = calendar.working_days_before(clock.today() - dt.timedelta(days=ASKED_BEFORE), 0, land=land)
    answered = calendar.add_working_days(asked, 1, land=land)
    by = Actor.staff(member.user.uuid) if member.user else BY
    with clock.stopped_at(clock.at(asked, MORNING)):
        case, _fresh = cases.open(
            submission=uuid5(SPACE, "case"),
            text=TEXT,
            name=OWNER[0],
            email=OWNER[1],
            firm=firm.name,
            company=firm,
            person=owner,
            partner=partner,
            topic=topic,
            answer_by=calendar.answer_by(queries.centre(), clock.today()),
            intake=Intake.WEB,
            by=BY,
        )
        cases.take(case=case, member=member, by=by)
    with clock.stopped_at(clock.at(answered, MORNING)):
        cases.answer(case=case, member=member, text=ANSWER, by=by)
    return answered


def _plan(firm: Company, made_on: dt.date, by: Actor) -> None:
    """Agreed on the day of the answer; what lies behind was done on its day."""
    today, land = clock.today(), queries.centre().land
    for doer, title, note, days in STEPS:
        due = calendar.add_working_days(today + dt.timedelta(days=days), 0, land=land)
        with clock.stopped_at(clock.at(made_on, MORNING)):
            step = plans.plan(company=firm, title=title, note=note, doer=doer, due_on=due, by=by)
        if days < 0:
            with clock.stopped_at(min(clock.at(due, MORNING), clock.now())):
                plans.tick_off(planned=step, by=BY)
    checks = catalogue.attachable().filter(kind="check")
    check = checks.filter(slug=CHECK).first() or checks.first()
    if check is not None:
        plans.plan(company=firm, title=str(check.title), entry=check.uuid, doer=Doer.COMPANY, by=by)


def login() -> Login | None:
    """A fresh code for the owner, shown to whoever starts the demo."""
    found: Access | None = next(iter(accesses.by_mail(OWNER[1])), None)
    if found is None:
        return None
    with transaction.atomic():
        code = entrances.code(access=found, by=BY)
    return Login(OWNER[1], FIRM, addresses.company_code(), code)


def told(found: Login | None) -> str:
    """The login for a terminal; nothing where there is none."""
    if found is None:
        return ""
    return "\n".join(
        [
            f"“Mein Betrieb” of a demo firm: code {found.code} at {found.page} (two hours, once),",
            f"  or type {found.mail} at {addresses.company_home()}: the demo shows the mail instead of sending it.",
        ]
    )
