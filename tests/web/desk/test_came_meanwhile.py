"""What the enquirer writes while somebody answers, logs, closes or passes on is read first, and never ticked off."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.consortium.models import Network
from wegweiser.crossings import company_cases, enquiries, mails, visits
from wegweiser.enquiries import correspondence, queries, reply_addresses
from wegweiser.enquiries.actions import appointments, cases
from wegweiser.enquiries.models import Contribution, FollowUp, Mail, Outcome, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

NEWS = "Montag geht doch nicht."
FORMS = {
    "answer": {"text": "Bis Montag!"},
    "log": {"kind": "talk", "day": "2026-03-02", "minutes": 20, "format": "inform", "text": "Am Telefon."},
    "close": {"outcome": Outcome.HELPED},
}


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    found = contact_point.case(world.lead, topic=world.topic)
    cases.take(case=found, member=world.anna, by=BY)
    enquiries.answer(case=found, member=world.anna, text="Passt Montag?", by=BY)
    return found


def hidden(html, name):
    """The value of a hidden field, as a browser sends it along."""
    field = next((tag for tag in re.findall(r"<input[^>]*>", html) if f'name="{name}"' in tag), "")
    found = re.search(r'value="([^"]*)"', field)
    return found[1] if found else ""


def opened(client, case, verb):
    """The page of the case as somebody has it before them; gives what sending its form sends."""
    html = client.get(reverse("desk:case", kwargs={"uuid": case.uuid})).text
    return {"do": verb, **{f"{verb}-{name}": hidden(html, f"{verb}-{name}") for name in ("submission", "seen")}}


def press(client, case, verb, given):
    typed = {f"{verb}-{name}": value for name, value in FORMS[verb].items()}
    return client.post(reverse("desk:case", kwargs={"uuid": case.uuid}), {**typed, **given})


def by_mail(case):
    came(NEWS, to=reply_addresses.of(case))


def by_link(case):
    company_cases.write_by_link(case=case, text=NEWS, by=Actor.link(case.uuid))


def waits(world, case):
    """Whether the first screen still leads to what came."""
    unread = correspondence.unread(member=world.anna, day=MONDAY.date())
    promised = FollowUp.objects.filter(case=case, done_at=None, note__startswith="Neue Nachricht")
    return bool(unread) or promised.exists()


@pytest.mark.parametrize("verb", sorted(FORMS))
@pytest.mark.parametrize("write", [by_mail, by_link])
def test_what_came_meanwhile_is_shown_first_and_stays_open(anna, world, case, write, verb):
    given = opened(anna, case, verb)
    write(case)
    told = press(anna, case, verb, given)
    assert told.status_code == 422
    assert "Inzwischen ist eine Nachricht gekommen" in told.text
    assert NEWS in told.text.split("</form>")[0] + told.text.partition(f'value="{verb}"')[2].split("</form>")[0]
    case.refresh_from_db()
    assert (case.state, bool(case.reply_by), waits(world, case)) == (State.TAKEN, True, True)
    assert not Mail.objects.exclude(read_at=None).exists()


@pytest.mark.parametrize("verb", sorted(FORMS))
def test_what_was_typed_is_kept_and_the_second_press_goes_through(anna, world, case, verb):
    given = opened(anna, case, verb)
    by_mail(case)
    told = press(anna, case, verb, given).text
    if "text" in FORMS[verb]:
        assert FORMS[verb]["text"] in told
    again = {name: hidden(told, name) for name in given if name != "do"}
    assert press(anna, case, verb, {"do": verb, **again}).status_code == 302
    case.refresh_from_db()
    assert case.state == (State.CLOSED if verb == "close" else State.ANSWERED)


def test_a_second_click_on_an_answer_is_no_refusal(anna, world, case):
    given = opened(anna, case, "answer")
    assert press(anna, case, "answer", given).status_code == 302
    by_mail(case)
    assert press(anna, case, "answer", given).status_code == 302
    case.refresh_from_db()
    assert (case.state, waits(world, case)) == (State.TAKEN, True)


def test_an_absence_notice_holds_up_nobody(anna, case):
    given = opened(anna, case, "answer")
    came("Ich bin bis Montag nicht da.", to=reply_addresses.of(case), auto_submitted="auto-replied")
    assert press(anna, case, "answer", given).status_code == 302


def test_a_form_that_does_not_say_what_it_showed_answers_nothing_that_came(anna, world, case):
    by_mail(case)
    assert press(anna, case, "answer", {"do": "answer"}).status_code == 422
    assert waits(world, case)


def test_read_means_what_the_page_showed(anna, world, case):
    by_mail(case)
    page = reverse("desk:case", kwargs={"uuid": case.uuid})
    seen = hidden(anna.get(page).text, "seen")
    came("Und noch etwas.", to=reply_addresses.of(case))
    anna.post(reverse("desk:case_mail", kwargs={"uuid": case.uuid}), {"do": "read", "seen": seen})
    (left,) = correspondence.unread(member=world.anna, day=MONDAY.date())
    assert left.text == "Und noch etwas."


def test_a_talk_of_last_week_answers_nothing_of_today(anna, world, case):
    by_link(case)
    given = opened(anna, case, "log") | {"log-day": "2026-02-27"}
    assert press(anna, case, "log", given).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reply_by, waits(world, case)) == (State.TAKEN, dt.date(2026, 3, 4), True)


# --- Where a log, a summary or a referral ends something too -------------------------------------------------------


@pytest.mark.parametrize(("minutes", "stays"), [(-30, False), (+30, True)])
def test_a_visit_answers_what_came_before_it(world, case, minutes, stays):
    start = MONDAY + dt.timedelta(hours=1)
    date, _fresh = appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)
    with clock.stopped_at(start + dt.timedelta(minutes=minutes)):
        by_link(case)
    with clock.stopped_at(start + dt.timedelta(hours=2)):
        told = visits.Told(minutes=60, about="Vor Ort.", day=MONDAY.date())
        visits.log(case=case, member=world.anna, told=told, appointment=date, submission=uuid.uuid4(), by=BY)
    case.refresh_from_db()
    assert (case.state, waits(world, case)) == (State.TAKEN if stays else State.ANSWERED, stays)


def test_a_summary_is_held_until_what_came_was_read(anna, world, case):
    told = visits.Told(minutes=60, about="Vor Ort.", day=MONDAY.date(), summary=True)
    row = visits.log(case=case, member=world.anna, told=told, submission=uuid.uuid4(), by=BY).contribution
    address = reverse("desk:visit_summary", kwargs={"uuid": row.uuid})
    seen = hidden(anna.get(address).text, "seen")
    by_link(case)
    letters = Letter.objects.count()
    told = anna.post(address, {"do": "send", "text": "Danke für Ihre Zeit.", "seen": seen})
    assert (told.status_code, Letter.objects.count(), waits(world, case)) == (422, letters, True)
    assert NEWS in told.text
    seen = hidden(told.text, "seen")
    assert anna.post(address, {"do": "send", "text": "Danke für Ihre Zeit.", "seen": seen}).status_code == 302


def test_passing_on_closes_nothing_that_waits(anna, world, case):
    Network.objects.create(slug="n", name=translated("Netz Nord"))
    address = reverse("desk:refer", kwargs={"uuid": case.uuid})
    given = {
        "network": Network.objects.get().pk,
        "mail": "post@nord.example",
        "passed": ["text"],
        "close": "on",
        "consent_by": "Jana",
        "consent_way": "phone",
        "consent_on": "2026-03-02",
        "seen": hidden(anna.get(address).text, "seen"),
    }
    shown = hidden(anna.post(address, given).text, "shown")
    by_link(case)
    told = anna.post(address, {**given, "do": "send", "agreed": "on", "shown": shown})
    case.refresh_from_db()
    assert (told.status_code, case.state, waits(world, case)) == (422, State.TAKEN, True)


def test_a_second_case_is_not_closed_over_a_letter_that_nobody_read(anna, world):
    first = contact_point.case(world.lead, email="jana@firma.example")
    second = came("Noch eine Frage.", subject="Neues").case
    page = anna.get(reverse("desk:case", kwargs={"uuid": second.uuid})).text
    seen = hidden(page, "seen")
    by_mail(second)
    move = {"do": "move", "case": first.uuid, "seen": seen}
    anna.post(reverse("desk:case_mail", kwargs={"uuid": second.uuid}), move)
    second.refresh_from_db()
    assert (second.state, waits(world, second)) == (State.NEW, True)


def test_a_copy_answers_only_what_was_there_when_it_went_out(world, case):
    by_link(case)
    heads = {"from": "Anna <anna@centre.example>", "to": "jana@firma.example", "cc": reply_addresses.of(case)}
    draft = came("Am Dienstag?", **heads)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=5)):
        by_link(case)
        mails.confirm(mail=draft, case=case, member=world.anna, by=BY)
    case.refresh_from_db()
    assert (case.state, case.reply_by) == (State.TAKEN, dt.date(2026, 3, 4))
    assert queries.status(case).state == State.TAKEN
    assert Contribution.objects.filter(kind="mail_copy").count() == 1
