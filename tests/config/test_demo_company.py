"""The demo's firm: made once, with something in every section, and a code that opens it."""

import datetime as dt

import pytest

from tests.contact_point import MONDAY
from tests.web.public.conftest import small_centre
from wegweiser.companies.models import Company
from wegweiser.config import demo_company
from wegweiser.consortium import calendar, directory
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.consortium.models import Centre
from wegweiser.enquiries.models import Contribution
from wegweiser.journey.models import PlannedStep, Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.fixture
def advisers(db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            yield [(world.anna, world.lead)]


def test_the_firm_is_made_once_and_counts_nowhere(advisers):
    firm = demo_company.make(advisers)
    assert demo_company.make(advisers) == firm
    assert Company.objects.count() == 1
    assert not Step.objects.exists()
    assert not Letter.objects.exists()


def test_the_firm_lies_where_the_centre_does(advisers, monkeypatch):
    Centre.objects.update(seat="Wilhelmshaven")
    place = Place("Wilhelmshaven", "03405", "", 53.53, 8.11, postcodes=("26382", "26384"))
    monkeypatch.setattr(directory, "gazetteer", lambda: Gazetteer((place,)))
    firm = demo_company.make(advisers)
    assert (firm.postcode, firm.place) == ("26382", "Wilhelmshaven")


def test_each_start_tells_a_code_that_opens_every_section(client, advisers):
    demo_company.make(advisers)
    found = demo_company.login()
    assert found.code in demo_company.told(found)
    client.post("/mein-betrieb/code/", {"code": found.code})
    shown = client.get("/mein-betrieb/").content.decode()
    for text in ("1 Anliegen läuft", "Schritte stehen an", "2 Zugänge", "1 erteilt"):
        assert text in shown
    assert demo_company.login().code != found.code


def test_without_anybody_to_answer_there_is_no_firm(advisers):
    assert demo_company.make([]) is None
    assert demo_company.told(demo_company.login()) == ""


@pytest.mark.parametrize("after", [0, 3, 30, 37, 299])
def test_what_is_ticked_off_of_the_plan_had_the_time_it_took(advisers, after):
    """Two weeks of writing down lie between the answer and the tick, over Easter and Christmas, too."""
    with clock.stopped_at(MONDAY + dt.timedelta(days=after)):
        firm = demo_company.make(advisers)
        answer = Contribution.objects.get(case__company=firm, kind="mail_out")
        assert clock.local(answer.recorded_at).date() <= answer.case.answer_by
        done = PlannedStep.objects.exclude(done_at=None).get(company=firm)
        assert "zwei Wochen" in done.title
        assert done.done_at - answer.recorded_at >= dt.timedelta(days=14)
        assert done.recorded_at == answer.recorded_at
        dues = list(PlannedStep.objects.filter(company=firm).exclude(due_on=None).values_list("due_on", flat=True))
        assert dues == sorted(dues)
        assert all(calendar.is_working_day(due, land="ST") for due in dues)
