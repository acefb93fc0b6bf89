"""Pages of one thing that show lists: one more of everything on them costs no more queries."""

import datetime as dt
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.actions import tokens, users
from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Published
from wegweiser.catalogue.offers import Offer
from wegweiser.companies.actions import accesses, consents, lists, persons
from wegweiser.consortium.models import Role
from wegweiser.crossings import entrances
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.journey.actions import plans
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import translated

# Queries of each page, with the session and the user.
BUDGETS = {
    "desk:offer": 15,
    # four for what else is open of the same address, person or firm, one for where a known address comes from
    "desk:case": 54,
    "desk:team_leave": 20,
    "desk:list": 27,
    "desk:visit": 25,
    "company:people": 14,
    "company:papers": 7,
    "company:consents": 7,
}
LAST_DAY = "?tag=2026-03-31"


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def firm(world):
    return builders.company("Fräserei Ölmann")


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Ölmann", email="jana@oelmann.example", company=firm, by=BY)


@pytest.fixture
def case(world, firm, jana):
    found = contact_point.case(world.lead, name="Jana", company=firm, person=jana, topic=world.topic)
    cases.take(case=found, member=world.anna, by=BY)
    return found


@pytest.fixture
def date(world, case):
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


@pytest.fixture
def draft(world):
    content = {**contents.empty("news"), "title": translated("Neues Labor"), "partner": world.other.key}
    return drafts.create(kind="news", content=content, submission=uuid.uuid4(), by=BY)


@pytest.fixture
def pages(world, firm, jana, case, date, draft):
    """Where each page stands and who opens it."""
    access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    _asks("uwe@firma.example", firm=firm.name)
    anna = staff.login(world.anna)
    return {
        "desk:offer": ({"uuid": draft.uuid}, lambda: staff.hire(Role.EDITOR, world.other)),
        "desk:case": ({"uuid": case.uuid}, lambda: anna),
        "desk:visit": ({"uuid": date.uuid}, lambda: anna),
        "desk:team_leave": ({"uuid": world.ben.uuid}, lambda: staff.hire(Role.ADMINISTRATOR, None)),
        "desk:list": (None, lambda: staff.hire(Role.MANAGEMENT, world.lead)),
        **dict.fromkeys(("company:people", "company:papers", "company:consents"), (None, lambda: access)),
    }


def add(world, firm, jana, case, draft, number: int) -> None:
    """One more of everything that one of the pages shows."""
    colleague = users.create(email=f"wer-{number}@centre.example", name=f"Wer {number}", by=BY)
    version = {"slug": draft.slug, "content": draft.content, "by": f"staff:{colleague.uuid}"}
    Published.objects.create(draft=draft, number=number, **version)
    member = contact_point.member(f"Kollegin {number}", world.lead)
    start = clock.now() + dt.timedelta(days=number)
    appointments.arrange(case=case, member=member, kind="talk", starts_at=start, by=BY)
    due = {"due_on": clock.today(), "partner": world.lead}
    follow_ups.set(case=case, company=firm, member=member, note=f"Muster {number}", **due, by=BY)
    cases.note(case=case, member=member, text=f"Notiz {number}", by=BY)
    plans.plan(company=firm, title=f"Schritt {number}", by=BY)
    answer, _ = cases.answer(case=case, member=member, text=f"Anbei Plan {number}.", by=BY)
    prepared = uploading.prepare(name=f"plan-{number}.txt", declared_type="text/plain", data=b"Plan %d" % number)
    with transaction.atomic():
        uploads.attach(owner=answer, prepared=[prepared], by=BY)
    contact_point.case(world.lead, name="Jana", text=f"Noch etwas {number}", company=firm, person=jana)
    _left_by_ben(world, number)
    mail = f"kollege-{number}@oelmann.example"
    person = persons.find_or_create(name=f"Kollege {number}", email=mail, company=firm, by=BY)
    entrances.open_for(company=firm, person=person, right="own", by=BY)
    _asks(f"wartet-{number}@firma.example", firm=f"Gießerei {number}")
    consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
    consents.withdraw(person=jana, purpose="news", by=BY)


def _asks(mail: str, *, firm: str) -> None:
    """Somebody asks to be let in at a firm."""
    asked = accesses.start(email=mail, language="de", by=VISITOR)
    accesses.ask(asked=asked, name="Uwe", firm=firm, by=VISITOR)


def _left_by_ben(world, number: int) -> None:
    """One more of everything that hangs on Ben."""
    case = contact_point.case(world.other, name=f"Uwe {number}", company=builders.company(f"Firma {number}"))
    cases.take(case=case, member=world.ben, by=BY)
    start = clock.now() + dt.timedelta(days=60, minutes=number)
    appointments.arrange(case=case, member=world.ben, kind="talk", starts_at=start, by=BY)
    due = {"due_on": clock.today(), "partner": world.other}
    follow_ups.set(case=case, member=world.ben, note=f"Rückruf {number}", **due, by=BY)
    elsewhere = contact_point.partner(f"Partner-{number}")
    follow_ups.set(case=case, member=world.ben, note="Anrufen", **{**due, "partner": elsewhere}, by=BY)
    content = {**contents.empty("news"), "title": translated(f"Entwurf {number}"), "partner": world.other.key}
    drafts.create(kind="news", content={**content, "contact": world.ben.slug}, submission=uuid.uuid4(), by=BY)
    given = {"topics": (world.topic,), "partner": world.other, "contact": world.ben}
    entries.publish(
        offer=Offer(kind="check", slug=f"mehr-{number}", title=translated(f"Mehr {number}"), **given), by=BY
    )


def of_list(number: int) -> str:
    rows = "".join(f"Neue Firma {row};keine Mails\n" for row in range(number))
    source = lists.upload(name=f"liste-{number}.csv", data=f"Firma;Bemerkung\n{rows}".encode(), by=BY)
    return reverse("desk:list", kwargs={"uuid": source.uuid})


@pytest.mark.parametrize("name", BUDGETS)
def test_three_of_everything_cost_as_many_queries_as_one(client, world, firm, jana, case, draft, pages, name):
    parameters, reader = pages[name]
    if name.startswith("company:"):
        until = clock.now() + entrances.QUICK
        secret = tokens.issue(purpose=entrances.LOGIN, subject=reader().uuid, expires=until, by=VISITOR)
        client.post(reverse("company:entrance", kwargs={"token": secret}))
    else:
        client.force_login(reader())
    counts, sizes = [], []
    for further in ((1,), (2, 3)):
        for number in further:
            add(world, firm, jana, case, draft, number)
        address = of_list(number) if name == "desk:list" else reverse(name, kwargs=parameters)
        address += LAST_DAY if name == "desk:team_leave" else ""
        client.get(address)  # what the process keeps is read again
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200
        counts.append(len(queries))
        sizes.append(len(response.content))
    assert sizes[1] > sizes[0], "the page did not grow, so the budget says nothing"
    assert counts == [BUDGETS[name]] * 2
