"""Which enquiries a firm finds in "Mein Betrieb", and whom it asks about them."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BEGIN, BY, MONDAY
from wegweiser.consortium.models import Membership
from wegweiser.crossings import enquiries
from wegweiser.enquiries.actions import appointments, cases, erasures, referrals
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import Intake, Outcome


@pytest.fixture
def called(world, firm):
    """A number was enough: nothing else is known of who called but the firm."""
    case = contact_point.case(
        world.lead, text="", name="", email="", phone="+493915550177", intake=Intake.PHONE, company=firm
    )
    cases.take(case=case, member=world.anna, by=BY)
    return case


def test_a_call_of_which_only_the_number_is_known_stands_among_the_enquiries(inside, called):
    assert called.reference in inside.get("/mein-betrieb/anliegen/").text
    assert inside.get(f"/mein-betrieb/anliegen/{called.uuid}/").status_code == 200


def test_so_does_the_date_that_was_arranged_for_it(inside, world, called):
    start = MONDAY + dt.timedelta(days=2)
    appointments.arrange(case=called, member=world.anna, kind="visit", starts_at=start, place="Im Werk", by=BY)
    assert "Im Werk" in inside.get("/mein-betrieb/termine/").text


def test_what_was_erased_does_not(inside, called):
    erasures.erase_case(case=called, by=BY)
    assert called.reference not in inside.get("/mein-betrieb/anliegen/").text


def test_who_left_is_not_named_any_more_but_who_is_asked_instead(inside, world, called):
    enquiries.close(case=called, outcome=Outcome.HELPED, by=BY)
    carl = contact_point.member("Carl", world.lead)
    yesterday = MONDAY.date() - dt.timedelta(days=1)
    Membership.objects.filter(member=world.anna).update(valid_from=BEGIN, valid_to=yesterday)
    questions = inside.get(f"/mein-betrieb/anliegen/{called.uuid}/").text.partition("Rückfragen")[2]
    assert "Anna" not in questions
    assert carl.name in questions


def test_to_whom_it_was_passed_on_stands_beside_it(inside, world, called):
    agreed = Agreed(by="Jana", way="phone", on=MONDAY.date(), text="Ja.", version="1")
    given = {"network": None, "recipient": "Netz Nord", "mail": "hilfe@netz.example", "passed": ["phone"]}
    given |= {"message": "", "agreed": agreed, "submission": uuid.uuid4()}
    referrals.record(case=called, member=world.anna, **given, by=BY)
    page = inside.get(f"/mein-betrieb/anliegen/{called.uuid}/").text
    assert "Weitergegeben: Telefon" in page.partition("Netz Nord")[2]
