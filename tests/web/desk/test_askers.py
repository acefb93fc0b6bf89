"""On the page of a case: the wrong firm and the wrong enquirer are put right, with what was made of the mistake."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Company, Person
from wegweiser.crossings import askers, company_cases, corrections, enquiries, entrances, firms, recipients, talks
from wegweiser.enquiries import queries, teaching
from wegweiser.enquiries.actions import cases, erasures, follow_ups
from wegweiser.enquiries.models import Case
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

NUMBER = "+493915550142"


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def halle(world):
    return companies.find_or_create(name="Müller Metallbau GmbH", place="Halle", by=BY)


@pytest.fixture
def stendal(world, halle):
    return companies.find_or_create(name="Müller Metallbau GmbH", place="Stendal", is_another=True, by=BY)


@pytest.fixture
def case(world, halle):
    """Put at the firm in Halle, though it is the one in Stendal that asks."""
    row = contact_point.case(world.lead, name="Jana Müller", firm=halle.name, email="", phone=NUMBER)
    firms.link(case=row, company=halle, by=BY)
    return row


def address(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def send(client, case, do, **said):
    given = {"submission": uuid.uuid4(), **said}
    return client.post(address(case), {"do": do, **{f"{do}-{name}": value for name, value in given.items()}})


def asker(client, case, **said):
    given = {"enquirer": case.enquirer, "name": case.name, "phone": case.phone, "email": case.email, **said}
    return send(client, case, "asker", **given)


def code(refused):
    return refused.value.code


# --- The firm ------------------------------------------------------------------------------------------------------


def test_the_page_offers_to_change_the_firm_and_never_the_wrong_one_again(anna, case, halle, stendal):
    page = anna.get(address(case))
    assert "Betrieb ändern" in page.text
    offered = page.context["forms"]["change_firm"].fields["company"].queryset
    assert list(offered) == [stendal]


def test_a_known_firm_is_chosen_and_the_first_one_reads_no_more(anna, case, halle, stendal):
    inside = persons.find_or_create(name="Karl Kurz", email="karl@halle.example", company=halle, by=BY)
    access = entrances.open_for(company=halle, person=inside, right="all", by=BY)
    follow_ups.set(case=case, company=halle, partner=case.partner, due_on=clock.today(), note="Anrufen", by=BY)
    assert list(company_cases.of(access)) == [case]
    assert send(anna, case, "change_firm", firm="Müller Metallbau", company=stendal.pk).status_code == 302
    case.refresh_from_db()
    assert (case.company, case.follow_ups.get().company) == (stendal, stendal)
    assert [row.company for row in case.person.positions.all()] == [stendal]
    assert not company_cases.of(access).exists()
    event = AuditEvent.objects.get(event="case:firm_changed")
    assert event.references == {"from": str(halle.uuid), "to": str(stendal.uuid)}


def test_a_new_firm_is_made_where_none_of_those_is_meant(anna, case, halle):
    send(anna, case, "change_firm", firm="Müller Stahlbau", asked="Müller Stahlbau", company="other")
    case.refresh_from_db()
    assert case.company.name == "Müller Stahlbau"


def test_it_may_be_open_again_whose_it_is(anna, case):
    assert send(anna, case, "change_firm", nobody="on").status_code == 302
    case.refresh_from_db()
    assert (case.company, case.person.positions.count()) == (None, 0)
    assert "Vielleicht schon bekannt" in anna.get(address(case)).text


def test_without_a_name_nothing_is_changed(anna, case, halle):
    case.firm = ""
    case.save()
    assert send(anna, case, "change_firm", firm="").status_code == 422
    case.refresh_from_db()
    assert case.company == halle


@pytest.mark.parametrize("why", ["asked before", "known before", "enters"])
def test_who_is_of_the_first_firm_by_anything_else_stays_there(world, case, halle, stendal, why):
    person = case.person
    if why == "asked before":
        contact_point.case(world.lead, company=halle, person=person)
    elif why == "known before":
        Case.objects.filter(pk=case.pk).update(recorded_at=MONDAY + contact_point.dt.timedelta(hours=1))
    else:
        Person.objects.filter(pk=person.pk).update(email="jana@halle.example")
        person.refresh_from_db()
        entrances.open_for(company=halle, person=person, right="all", by=BY)
    askers.change_firm(case=case, company=stendal, by=BY)
    assert [row.company for row in person.positions.all()] == [halle]


def test_what_counts_is_put_right_through_its_entry(anna, world, case, halle, stendal):
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=20, topic=world.topic, by=BY)
    page = anna.get(address(case))
    step = Step.objects.get()
    assert "change_firm" not in page.context["forms"]
    assert reverse("desk:step", kwargs={"uuid": step.uuid}) in page.text
    with pytest.raises(DomainError) as refused:
        askers.change_firm(case=case, company=stendal, by=BY)
    assert code(refused) == "firm_counted"
    corrections.move(step=step, company=stendal, reason="Falscher Betrieb.", with_case=True, by=BY)
    case.refresh_from_db()
    assert case.company == stendal


def test_the_same_firm_is_no_change(case, halle):
    with pytest.raises(DomainError) as refused:
        askers.change_firm(case=case, company=halle, by=BY)
    assert code(refused) == "firm_same"


def test_while_one_types_the_wrong_firm_is_not_offered_either(anna, case, halle, stendal):
    there = reverse("desk:case_firms", kwargs={"uuid": case.uuid})
    said = anna.post(there, {"do": "change_firm", "change_firm-firm": "Müller Metallbau"}).text
    assert "Stendal" in said
    assert "Halle" not in said


def test_who_may_only_read_changes_neither(client, world, case, stendal):
    client.force_login(staff.login(world.ben))
    assert send(client, case, "change_firm", company=stendal.pk).status_code == 404
    assert asker(client, case, name="Anders").status_code == 404


# --- Who asks ------------------------------------------------------------------------------------------------------


def test_a_misheard_name_number_and_a_mail_are_put_right(anna, case):
    Case.objects.filter(pk=case.pk).update(company=None, person=None)
    page = anna.get(address(case)).text
    assert "E-Mail-Adresse eintragen" in page
    assert asker(anna, case, name="Jana Möller", phone="0391 5550143", email="jana@moeller.example").status_code == 302
    case.refresh_from_db()
    assert (case.name, case.phone, case.email) == ("Jana Möller", "+493915550143", "jana@moeller.example")
    assert recipients.writable(case)
    assert AuditEvent.objects.get(event="case:asker_changed").changed == ["email", "name", "phone"]
    asker(anna, case)
    assert AuditEvent.objects.filter(event="case:asker_changed").count() == 1, "the same again is no change"


def test_an_answer_that_goes_to_an_address_of_before_says_so(anna, case):
    """Whoever called did not name it: somebody may have left it beside their name and number."""
    Person.objects.filter(pk=case.person.pk).update(email="jana@mueller.example")
    page = anna.get(address(case)).text
    assert "jana@mueller.example" in page
    assert "steht bei Jana Müller, in diesem Anliegen nicht genannt" in page


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": "", "phone": ""}, "name"), ({"email": "jana@"}, "email"), ({"phone": "x"}, "phone")]
)
def test_a_mistake_is_said_beside_its_field_and_changes_nothing(anna, case, wrong, field):
    response = asker(anna, case, **wrong)
    assert response.status_code == 422
    assert list(response.context["forms"]["asker"].errors) == [field]
    before = (case.name, case.phone, case.email)
    case.refresh_from_db()
    assert (case.name, case.phone, case.email) == before


def test_another_person_who_asks_is_another_person(case, halle):
    """The first one was made with this case, and never was at the firm."""
    first = case.person
    askers.put_right(case=case, enquirer="company", name="Bea Boss", phone=NUMBER, email="", by=BY)
    case.refresh_from_db()
    assert (case.person.name, first.positions.count()) == ("Bea Boss", 0)


def test_the_persons_own_record_is_put_right_where_one_says_so(anna, case):
    person = case.person
    asker(anna, case, email="jana@mueller.example")
    person.refresh_from_db()
    assert person.email == "", "a mail opens a workspace: somebody has to say whose it is"
    case.refresh_from_db()
    asker(anna, case, name="Jana Mueller", phone="", with_person="on")
    person.refresh_from_db()
    case.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("Jana Mueller", "jana@mueller.example", NUMBER)
    assert case.person == person


def test_a_link_that_went_to_the_wrong_address_opens_nothing_any_more(world):
    given = enquiries.Enquiry(text="Unsere Kasse streikt.", name="Jana", email="jana@flasch.example")
    sent = enquiries.send(submission=uuid.uuid4(), enquiry=given, by=BY)
    said = {"enquirer": "company", "name": "Jana", "by": BY}
    askers.put_right(case=sent.case, email="Jana@flasch.example", phone=NUMBER, **said)
    assert queries.case_behind(sent.status_secret) is not None
    askers.put_right(case=sent.case, email="jana@falsch.example", phone=NUMBER, **said)
    assert queries.case_behind(sent.status_secret) is None


def test_who_was_taken_for_a_vendor_counts_and_teaches_from_now_on(anna, world, case):
    Case.objects.filter(pk=case.pk).update(enquirer="vendor", topic=world.topic, company=None, person=None)
    case.refresh_from_db()
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=20, by=BY)
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=5, by=BY)
    assert not Step.objects.exists()
    assert teaching.example(case) is None
    page = asker(anna, case, enquirer="company")
    assert page.status_code == 302
    (step,) = Step.objects.all()
    assert (step.measures, step.topic, step.partner) == ({"minutes": 20}, world.topic, world.lead)
    case.refresh_from_db()
    assert case.enquirer == "company"
    assert teaching.example(case).topics == [world.topic.slug]
    assert "link" in anna.get(address(case)).context["forms"]


def test_what_was_counted_is_taken_back_before_it_is_the_press_that_asks(world, case):
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=20, topic=world.topic, by=BY)
    for enquirer in ("press", "private"):
        with pytest.raises(DomainError) as refused:
            askers.put_right(case=case, enquirer=enquirer, name=case.name, phone=NUMBER, email="", by=BY)
        assert code(refused) == "asker_counted"
        assert case.enquirer == "company", "nor does the page that says so show it otherwise"
    askers.put_right(case=case, enquirer="multiplier", name=case.name, phone=NUMBER, email="", by=BY)


def test_what_the_press_asked_teaches_nothing_any_more(world, case):
    cases.link(case=case, topic=world.topic, by=BY)
    cases.take(case=case, member=world.anna, by=BY)
    enquiries.close(case=case, outcome="helped", by=BY)
    askers.put_right(case=case, enquirer="private", name=case.name, phone=NUMBER, email="", by=BY)
    assert teaching.example(case) is not None
    askers.put_right(case=case, enquirer="press", name=case.name, phone=NUMBER, email="", by=BY)
    assert teaching.example(case) is None


def test_of_an_erased_case_nothing_is_said(anna, case):
    erasures.erase_case(case=case, by=BY)
    assert "asker" not in anna.get(address(case)).context["forms"]
    with pytest.raises(DomainError, match="erased"):
        askers.put_right(case=case, enquirer="company", name="Jana", phone="", email="", by=BY)
    assert Company.objects.exists()


def test_three_talks_cost_as_many_statements_as_one(anna, world, case, django_assert_num_queries):
    said = {"case": case, "member": world.anna, "kind": "talk", "day": clock.today(), "minutes": 5, "by": BY}
    talks.log(**said)
    anna.get(address(case))
    with CaptureQueriesContext(connection) as one:
        anna.get(address(case))
    for _ in range(2):
        talks.log(**said)
    with django_assert_num_queries(len(one)):
        anna.get(address(case))


def test_of_a_firm_that_named_nobody_the_rest_can_be_put_right(anna, case):
    Case.objects.filter(pk=case.pk).update(name="", phone="")
    assert asker(anna, case, name="", phone="", email="post@mueller.example").status_code == 302
    case.refresh_from_db()
    assert case.email == "post@mueller.example"
