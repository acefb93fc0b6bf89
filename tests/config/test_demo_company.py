"""The demo's firm: made once, with something in every section, and a code that opens it."""

import pytest

from tests.contact_point import MONDAY
from tests.web.public.conftest import small_centre
from wegweiser.companies.models import Company
from wegweiser.config import demo_company
from wegweiser.consortium import directory
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.consortium.models import Centre
from wegweiser.journey.models import Step
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
