"""The summary of a visit: it goes out once, and a second text is never said to be on its way."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.crossings import enquiries, firms, visits
from wegweiser.enquiries.actions import appointments, cases
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


# --- Where it is offered ---------------------------------------------------------------------------------------------

OFFERED = 'name="summary"'


def firm_sheet(client, **fields):
    made = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    Company.objects.filter(pk=made.pk).update(**fields)
    return client.get(reverse("desk:firm_visit", kwargs={"uuid": made.uuid})).content.decode()


def test_a_firm_with_an_address_of_its_own_gets_one(anna):
    assert OFFERED in firm_sheet(anna, email="info@ahorn.example")


def test_where_there_is_no_address_none_is_offered(anna):
    assert OFFERED not in firm_sheet(anna)


def test_who_wants_letters_gets_one_by_post(anna):
    page = firm_sheet(anna, channel="letter", street="Weg 1", postcode="39104", place="Magdeburg")
    assert OFFERED in page
    assert "Sie geht als Brief hinaus." in page


def test_who_wants_letters_and_has_no_address_is_offered_none(anna):
    assert OFFERED not in firm_sheet(anna, channel="letter")


def test_who_gave_the_case_away_promises_no_summary(anna, world, date):
    sheet = reverse("desk:visit", kwargs={"uuid": date.uuid})
    assert OFFERED in anna.get(sheet).content.decode()
    cases.hand_over(case=date.case, partner=world.other, note="Für euch.", member=world.anna, by=BY)
    assert OFFERED not in anna.get(sheet).content.decode()
    said = {"minutes": "45", "text": "Scanner", "day": clock.today().isoformat(), "kind": "visit"}
    said |= {"format": "inform", "visibility": "partner", "submission": str(uuid.uuid4()), "summary": "on"}
    answer = anna.post(sheet, said, HTTP_ACCEPT="application/json")
    assert answer.json()["summary"] is False
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_what_was_agreed_is_told_in_the_language_of_the_firm(world, date):
    date.case.language = "en"
    date.case.save()
    told = visits.Told(minutes=45, about="Scanner", agreed="Quote by Friday", day=clock.today(), summary=True)
    row = visits.log(case=date.case, member=world.anna, told=told, submission=uuid.uuid4(), by=BY).contribution
    draft = visits.summary_draft(row)
    assert draft.endswith("Scanner\n\nAgreed: Quote by Friday")
    assert "Vereinbart" not in draft


def test_a_follow_up_that_is_too_long_says_so(world, date):
    told = visits.Told(
        minutes=45, about="Scanner", agreed="Angebot " * 60, day=clock.today(), follow_up_on=clock.today()
    )
    visits.log(case=date.case, member=world.anna, told=told, submission=uuid.uuid4(), by=BY)
    note = FollowUp.objects.get().note
    assert len(note) <= 300
    assert note.endswith("…")


def test_a_summary_says_in_its_subject_of_which_day_it_is(anna, world, date):
    anna.post(address(written(world, date)), {"text": "Was wir besprochen haben"})
    letter = Letter.objects.get(text__contains="besprochen haben")
    assert letter.subject == f"Zusammenfassung vom 02.03.2026 zu Ihrem Anliegen {date.case.reference}"
