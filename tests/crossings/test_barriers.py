"""A barrier on our own pages reaches somebody: a case with a number at the desk, and a mail to the centre."""

import uuid

import pytest
from django.utils import translation

from tests.contact_point import BY
from wegweiser.crossings import barriers, talks
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, erasures
from wegweiser.enquiries.models import Case, Matter
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

TEXT = "Die Vorlesesoftware nennt den Knopf nicht."


def report(submission=None, **fields):
    barrier = barriers.Barrier(**{"text": TEXT, "page": "/angebote/", **fields})
    return barriers.report(submission=submission or uuid.uuid4(), barrier=barrier, by=VISITOR)


def test_it_is_a_case_of_its_own_kind_at_the_lead_with_page_and_words(world):
    case = report(phone="0391 5550123").case
    assert (case.matter, case.partner, case.text) == (Matter.BARRIER, world.lead, f"/angebote/\n\n{TEXT}")
    assert case in queries.inbox(
        cases=queries.visible_cases(member=world.anna, day=clock.today()), states={"new"}, text=case.reference
    )


def test_the_centre_reads_of_it_by_mail_without_who_reported_it(world):
    world.centre.texts = {"operator": {"accessibility_contact": "barrieren@centre.example"}}
    world.centre.save()
    with translation.override("en"):  # the reader of the mail speaks German
        sent = report(email="jana@firma.example", language="en")
    told = Letter.objects.get(recipient_mail="barrieren@centre.example")
    assert told.subject == f"Barriere gemeldet: {sent.case.reference}"
    assert "/angebote/" in told.text
    assert TEXT in told.text
    assert f"https://zentrum.example/desk/anliegen/{sent.case.uuid}/" in told.text
    assert "jana@firma.example" not in told.text + told.html + told.reply_to + told.subject
    assert Letter.objects.get(recipient_mail="jana@firma.example").language == "en"


def test_without_an_address_of_its_own_the_centre_itself_is_told(world):
    report()
    assert Letter.objects.get().recipient_mail == world.centre.email


def test_nobody_has_to_say_who_they_are(world):
    case = report().case
    assert (case.name, case.email, case.phone) == ("", "", "")
    assert case.asker == "ohne Namen"
    assert not queries.status(case).reachable
    assert queries.status(report(phone="0391 5550123").case).reachable


def test_an_enquiry_still_needs_a_way_back(world):
    with pytest.raises(DomainError) as refused:
        cases.open(
            submission=uuid.uuid4(),
            text=TEXT,
            name="Jana",
            partner=world.lead,
            answer_by=clock.today(),
            intake="web",
            by=BY,
        )
    assert refused.value.code == "contact_missing"


def test_a_report_sent_twice_is_one_case_and_one_mail(world):
    form = uuid.uuid4()
    assert [report(form).fresh, report(form).fresh] == [True, False]
    assert (Case.objects.count(), Letter.objects.count()) == (1, 1)


def test_what_fails_leaves_nothing(world, monkeypatch):
    monkeypatch.setattr(barriers, "render", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        report()
    assert (Case.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_talk_about_it_serves_nobody_the_grant_is_for(world):
    case = report(phone="0391 5550123").case
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=30, topic=world.topic, by=BY)
    assert Step.objects.count() == 0


def test_erasing_who_reported_it_empties_the_mail_to_the_centre_too(world):
    case = report(email="jana@firma.example").case
    erasures.erase_case(case=case, by=BY)
    case.refresh_from_db()
    assert (case.text, case.email, case.matter) == ("", "", Matter.BARRIER)
    assert {(letter.text, letter.html) for letter in Letter.objects.all()} == {("", "")}
