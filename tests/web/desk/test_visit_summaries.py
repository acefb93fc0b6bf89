"""The summary of a visit: it goes out once, and a second text is never said to be on its way."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.crossings import enquiries, firms, visits
from wegweiser.enquiries.actions import appointments
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture
def date(world):
    case = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="+493915550123")
    firms.link(case=case, by=BY)
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def written(world, date, **given):
    told = visits.Told(minutes=45, about="Scanner", day=clock.today(), summary=True)
    who = {"case": date.case, "member": world.anna, "appointment": date, **given}
    return visits.log(told=told, submission=uuid.uuid4(), by=BY, **who).contribution


def address(row):
    return reverse("desk:visit_summary", kwargs={"uuid": row.uuid})


def test_a_second_text_is_refused_and_stays_where_the_first_one_went(anna, world, date):
    row = written(world, date)
    assert anna.post(address(row), {"text": "Erster Text"}).status_code == 302
    refused = anna.post(address(row), {"text": "Zweiter, berichtigter Text"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Die Zusammenfassung ist schon hinausgegangen" in page
    assert "Zweiter, berichtigter Text" in page
    assert "Erster Text" in Letter.objects.get().text


def test_the_same_click_twice_sends_once_also_where_the_case_was_closed_since(anna, world, date):
    row = written(world, date)
    anna.post(address(row), {"text": "Wie besprochen."})
    enquiries.close(case=date.case, outcome="helped", by=BY)
    assert anna.post(address(row), {"text": "Wie besprochen."}).status_code == 302
    assert Letter.objects.count() == 1


def test_the_page_shows_what_went_and_leads_to_an_answer(anna, world, date):
    row = written(world, date)
    anna.post(address(row), {"text": "Wie besprochen."})
    page = anna.get(address(row)).content.decode()
    assert "Wie besprochen." in page
    assert "Jetzt senden" not in page
    assert "Keine Zusammenfassung schicken" not in page
    assert f"{reverse('desk:case', kwargs={'uuid': date.case.uuid})}?oeffnen=answer" in page


def test_what_went_cannot_be_given_up(anna, world, date):
    row = written(world, date)
    visits.send_summary(contribution=row, member=world.anna, text="Wie besprochen.", by=BY)
    with pytest.raises(DomainError) as refusal:
        visits.drop_summary(contribution=row, by=BY)
    assert refusal.value.code == "summary_sent"
    assert "keine Zusammenfassung" not in anna.post(address(row), {"do": "drop"}, follow=True).content.decode()
    assert not FollowUp.objects.filter(done_at=None).exists()
