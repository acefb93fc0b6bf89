"""Each term of the policy file ends on its day and not before, contact begins it anew, and no figure changes by it."""

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contact_point import BY
from tests.crossings.test_erasure import MAIL, TODAY, ask, consenting, forget, handled, report, run, tables
from tests.journey import builders
from wegweiser.catalogue.models import Example
from wegweiser.companies.actions import companies, consents
from wegweiser.companies.actions.erasures import NAMELESS
from wegweiser.companies.models import Company, Consent, Person
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.journey import indicators
from wegweiser.journey.actions import aid
from wegweiser.journey.models import Step
from wegweiser.kernel import clock, erasure
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter

MONTHS_24, MONTHS_36 = dt.date(2028, 3, 2), dt.date(2029, 3, 2)  # after the day of the fixture
DAY = dt.timedelta(days=1)


def at(day):
    return clock.stopped_at(dt.datetime.combine(day, dt.time(9), dt.UTC))


def erased(day, table):
    """How many rows of a table go on a day."""
    return sum(name == table for name, _ in tables(run(day)))


def figures():
    counted = indicators.figures(start=dt.date(2020, 1, 1), end=dt.date(2040, 1, 1))
    return {key: (row.total, row.by) for key, row in counted.items()}


def test_a_closed_case_ends_with_its_link_and_with_what_was_learnt_from_it(world):
    sent = handled(world)
    cases.close(case=sent.case, outcome="helped", by=BY)
    assert erased(MONTHS_24, "enquiries.Case") == 0
    assert Example.objects.exists()
    assert erased(MONTHS_24 + DAY, "enquiries.Case") == 1
    assert not Example.objects.exists()
    assert queries.case_behind(sent.status_secret) is None
    sent.case.refresh_from_db()
    assert (sent.case.person, sent.case.outcome, sent.case.topic) == (None, "helped", world.topic)


def test_an_open_case_stays_however_old_it_is(world):
    case = ask().case
    run(dt.date(2036, 1, 1))
    case.refresh_from_db()
    assert (case.name, case.text) == ("Jana Ölmann", "Die Fräse steht zu oft.")


def test_every_letter_loses_what_it_said_and_to_whom(world):
    handled(world)
    assert erased(TODAY + dt.timedelta(days=200), "outbox.Letter") == Letter.objects.count() > 1
    told = {
        (row.recipient_mail, row.recipient_name, row.subject, row.text, row.reply_to) for row in Letter.objects.all()
    }
    assert told == {("",) * 5}


@pytest.mark.parametrize("state", ["queued", "unclear"])
def test_a_letter_that_may_still_go_out_is_given_up_with_its_words(world, state):
    ask()
    Letter.objects.update(state=state, next_attempt_at=clock.now())
    letters.erase(letter=Letter.objects.get(), by=BY)
    assert [(row.state, row.failure, row.text) for row in Letter.objects.all()] == [("failed", "erased", "")]


def test_people_and_firms_are_forgotten_when_nobody_was_in_touch_for_three_years(world):
    case = handled(world).case  # with a visit three days later, the last contact
    cases.close(case=case, outcome="helped", by=BY)
    before, told = figures(), report(world)
    assert not {"companies.Person", "companies.Company"} & dict(tables(run(MONTHS_36 + 3 * DAY))).keys()
    gone = dict(tables(run(MONTHS_36 + 4 * DAY)))
    assert gone["companies.Person"] == "anonymised"
    assert not Person.objects.exists()
    run(dt.date(2036, 1, 1))
    firm = Company.objects.get()
    assert (firm.name, firm.is_cover_name, firm.email) == (NAMELESS, True, "")
    assert Step.objects.filter(company=firm).exists()
    assert (figures(), report(world)) == (before, told)


def test_a_new_enquiry_keeps_the_person_and_the_firm(world):
    cases.close(case=handled(world).case, outcome="helped", by=BY)
    person, firm = Person.objects.get(), Company.objects.get()
    with at(MONTHS_36 - 200 * DAY):
        again = ask(text="Noch etwas.", person=person).case
        Case.objects.filter(pk=again.pk).update(company=firm)
    run(MONTHS_36 + 200 * DAY)
    firm.refresh_from_db()
    assert firm.restricted_at is None
    assert Person.objects.get() == person


@pytest.mark.parametrize(("day", "name"), [(dt.date(2036, 3, 2), "Muster GmbH"), (dt.date(2036, 3, 4), NAMELESS)])
def test_a_firm_with_aid_keeps_its_name_for_ten_years(world, day, name):
    firm = companies.find_or_create(name="Muster GmbH", by=BY)
    aid.declare(company=firm, granted_on=TODAY, amount=1000, rule="2023/2831", by=BY)
    run(MONTHS_36 + DAY)
    run(day)
    firm.refresh_from_db()
    assert firm.name == name


def test_a_consent_that_stands_keeps_its_person_and_the_proof_of_a_withdrawn_one_ends(world):
    person = consenting()
    with at(dt.date(2031, 1, 1)):
        erasure.run(day=clock.today(), by=BY)
        assert Person.objects.filter(restricted_at=None).exists()
        consents.withdraw(person=person, purpose="news", by=BY)
    run(dt.date(2033, 12, 31))
    assert Consent.objects.exists()
    run(dt.date(2034, 1, 2))
    assert not Consent.objects.exists()
    run(dt.date(2034, 1, 3))
    assert not Person.objects.exists()


def test_who_asks_is_found_in_any_spelling_and_nobody_else_is(world):
    case, shouted = ask().case, ask(email=MAIL.upper()).case
    other = ask(name="Ben Andere", email="ben@andere.example", firm="Andere GmbH", phone="", text="Server").case
    assert tables(forget()).count(("enquiries.Case", "anonymised")) == 2
    assert set(Case.objects.filter(pk__in=[case.pk, shouted.pk]).values_list("name", "email")) == {("", "")}
    other.refresh_from_db()
    assert (other.name, other.text) == ("Ben Andere", "Server")
    assert not Letter.objects.filter(recipient_mail__iexact=MAIL).exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(months=st.integers(0, 200), firms=st.integers(1, 3))
def test_no_figure_changes_whatever_goes_when(world, months, firms):
    for number in range(firms):
        firm = companies.find_or_create(name=f"Firma {number} {uuid.uuid4()}", by=BY)
        builders.step(firm, topic=world.topic, partner=world.lead)
    before = figures()
    run(TODAY + dt.timedelta(days=round(months * 30.44)))
    assert figures() == before
