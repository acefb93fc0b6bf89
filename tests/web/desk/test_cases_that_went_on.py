"""A case that went to another partner while somebody wrote: nothing typed is lost, and late talks are still told."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.crossings import promises
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Appointment, Case, Contribution, FollowUp, State
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()


@pytest.fixture
def world(db, settings):
    settings.EMAIL_HOST = "mail.example"
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def send(client, case, verb, **fields):
    given = {f"{verb}-{name}": value for name, value in {"submission": uuid.uuid4(), **fields}.items()}
    return client.post(page(case), {"do": verb, **given}, follow=True)


def given_away(world, *, member=None, **fields):
    """A case of the lead that went to the other partner; without a member the management gave it."""
    case = contact_point.case(world.lead, topic=world.topic, **fields)
    cases.hand_over(case=case, partner=world.other, note="Bitte", member=member, by=BY)
    return case


@pytest.mark.parametrize("by_a_colleague", [True, False])
@pytest.mark.parametrize(("verb", "field"), [("answer", "text"), ("note", "text"), ("hand_over", "note")])
def test_what_was_typed_stands_on_the_page_to_copy(anna, world, verb, field, by_a_colleague):
    case = given_away(world, member=world.anna if by_a_colleague else None)
    before = Contribution.objects.count()
    fields = {field: "Kommen <b>Sie</b> vorbei.", "partner": world.other.pk, "visibility": "partner"}
    shown = send(anna, case, verb, **fields)
    assert shown.status_code == 409
    assert "gehört jetzt Other" in shown.text
    assert "Es ging am 02.03.2026 um 10:00 Uhr an diesen Partner." in shown.text
    assert "Kommen &lt;b&gt;Sie&lt;/b&gt; vorbei." in shown.text
    assert (Contribution.objects.count(), Letter.objects.count()) == (before, 0)


@pytest.mark.parametrize("verb", ["answer", "nonsense"])
def test_who_never_had_it_learns_nothing(client, world, verb):
    case = contact_point.case(world.lead)
    client.force_login(staff.login(world.ben))
    assert send(client, case, verb, text="Hallo").status_code == 404
    assert client.get(page(case)).status_code == 404


def test_who_could_only_ever_read_it_is_not_told_that_it_went_away(client, world):
    case = contact_point.case(world.lead)
    cases.note(case=case, member=world.ben, text="dazu", by=BY)
    client.force_login(staff.login(world.ben))
    shown = send(client, case, "answer", text="Kommen Sie vorbei.")
    assert (shown.status_code, "Kommen Sie vorbei." in shown.text) == (409, True)
    assert "Das Anliegen gehört Lead" in shown.text
    assert "Es liegt nicht bei Ihrem Partner: Sie können es lesen" in shown.text
    assert "Es ging am" not in shown.text


def test_who_may_answer_nowhere_gets_no_page(client, world):
    case = given_away(world)
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert send(client, case, "answer", text="Hallo").status_code == 403


def test_a_second_click_on_handing_over_says_that_it_is_done(anna, world):
    case = contact_point.case(world.lead)
    fields = {"submission": uuid.uuid4(), "partner": world.other.pk, "note": "Gehört zu Ihnen."}
    for _click in range(2):
        answer = send(anna, case, "hand_over", **fields)
        assert (answer.status_code, "Das Anliegen ist weitergegeben." in answer.text) == (200, True)
    assert case.thread.filter(kind=Contribution.Kind.HAND_OVER).count() == 1


def test_a_second_click_after_it_went_on_is_no_second_answer(anna, world):
    case = contact_point.case(world.lead)
    fields = {"submission": uuid.uuid4(), "text": "Kommen Sie vorbei."}
    send(anna, case, "answer", **fields)
    cases.hand_over(case=case, partner=world.other, note="Bitte", member=world.anna, by=BY)
    assert "Ihre Antwort steht im Verlauf." in send(anna, case, "answer", **fields).text
    assert Letter.objects.count() == 1


# --- A talk of before, logged late ---------------------------------------------------------------------------------


TALK = {"kind": "talk", "minutes": 30, "format": "inform", "text": "Am Telefon geklärt."}


def with_a_date(world, days):
    """A case of the lead that Anna had a date for, given away by the management since."""
    case = contact_point.case(world.lead, topic=world.topic)
    starts_at = MONDAY + dt.timedelta(days=days)
    appointments.arrange(case=case, member=world.anna, kind="talk", starts_at=starts_at, by=BY)
    cases.hand_over(case=case, partner=world.other, note="Bitte", by=BY)
    return case


def test_who_talked_before_it_went_on_logs_it_as_their_own(anna, world):
    case = with_a_date(world, days=-1)
    cases.take(case=case, member=world.ben, by=BY)
    date = case.appointments.get()
    promise = promises.of(case, promises.CALL)
    follow_ups.set(case=case, partner=world.other, due_on=TODAY, note="Ruf", submission=promise, by=BY)
    assert set(anna.get(page(case)).context["forms"]) == {"log", "missed"}
    day = TODAY - dt.timedelta(days=1)
    assert "Festgehalten." in send(anna, case, "log", day=day, appointment=date.pk, **TALK).text
    step = Step.objects.get()
    assert (step.partner, step.day) == (world.lead, day)
    date.refresh_from_db()
    assert date.log
    case.refresh_from_db()
    assert (case.state, case.adviser) == (State.TAKEN, world.ben)  # who has it now still has to answer
    assert FollowUp.objects.get(uuid=promise).done_at is None


def test_a_talk_of_after_the_hand_over_is_not_theirs(anna, world):
    case = with_a_date(world, days=2)
    with clock.stopped_at(MONDAY + dt.timedelta(days=3)):
        answer = send(anna, case, "log", day=TODAY + dt.timedelta(days=1), **TALK)
        assert "lag das Anliegen schon bei einem anderen Partner" in answer.text
        assert not Step.objects.exists()
        assert "Festgehalten." in send(anna, case, "log", day=TODAY, **TALK).text


def test_the_dates_of_the_partner_that_has_it_now_are_not_theirs(anna, world):
    case = with_a_date(world, days=-1)
    yesterday = MONDAY - dt.timedelta(days=1)
    appointments.arrange(case=case, member=world.ben, kind="talk", starts_at=yesterday, by=BY)
    theirs = Appointment.objects.get(member=world.ben)
    assert send(anna, case, "log", day=yesterday.date(), appointment=theirs.pk, **TALK).status_code == 422
    assert not Step.objects.exists()


@pytest.mark.parametrize("verb", ["answer", "arrange", "note", "close", "take"])
def test_a_talk_of_before_opens_nothing_else(anna, world, verb):
    case = with_a_date(world, days=-1)
    assert send(anna, case, verb, text="Hallo", outcome="helped").status_code == 409


def test_who_never_had_it_logs_nothing(client, world):
    case = contact_point.case(world.lead, topic=world.topic)
    cases.note(case=case, member=world.ben, text="dazu", by=BY)  # so Ben may read it
    client.force_login(staff.login(world.ben))
    assert "log" not in client.get(page(case)).context["forms"]
    assert send(client, case, "log", day=TODAY, **TALK).status_code == 409
    assert not Step.objects.exists()
    assert Case.objects.get().state == State.NEW
