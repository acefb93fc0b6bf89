"""A case from the first sentence to its outcome."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection, connections, transaction

from tests import contact_point
from tests.contact_point import BY, case
from wegweiser.enquiries import references
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import LIFECYCLE, Case, Change, Contribution, Outcome, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

TODAY = contact_point.MONDAY.date()

VERBS = {
    "take": lambda found, world: cases.take(case=found, member=world.anna, by=BY),
    "hand_over": lambda found, world: cases.hand_over(case=found, partner=world.other, note="Bitte.", by=BY),
    "answer": lambda found, world: cases.answer(case=found, member=world.anna, text="Gern.", by=BY),
    "close": lambda found, world: cases.close(case=found, outcome=Outcome.HELPED, by=BY),
    "reopen": lambda found, world: cases.reopen(case=found, member=world.anna, reply_by=TODAY, by=BY),
}


def in_state(state, world):
    found = case(world.lead)
    if state != State.NEW:
        cases.take(case=found, member=world.anna, by=BY)
    if state == State.ANSWERED:
        cases.answer(case=found, member=world.anna, text="Gern.", by=BY)
    if state == State.CLOSED:
        cases.close(case=found, outcome=Outcome.HELPED, by=BY)
    return found


def test_every_verb_of_the_table_has_an_action():
    # A talk may be logged in every state, see below; what a mail does stands in tests/crossings/test_mails.
    assert {*VERBS, "talk", "reply", "come_back", "set_free"} == set(LIFECYCLE.transitions)


@pytest.mark.parametrize("state", State.values)
def test_a_talk_answers_what_waits_for_us_and_leaves_the_rest(state, world):
    found = in_state(state, world)
    changes = found.changes.count()
    cases.log(case=found, member=world.anna, kind="talk", day=TODAY, minutes=20, by=BY)
    found = Case.objects.get()
    waited = "talk" in LIFECYCLE.verbs(state)
    assert found.state == (State.ANSWERED if waited else state)
    assert found.changes.count() == changes + waited
    assert found.adviser == world.anna


def test_who_logs_a_talk_for_another_partner_does_not_answer_for_the_case(world):
    found = case(world.lead)
    cases.log(case=found, member=world.ben, kind="talk", day=TODAY, minutes=20, by=BY)
    found.refresh_from_db()
    assert (found.state, found.adviser) == (State.NEW, None)


def test_a_closed_case_gets_no_new_date_but_keeps_the_ones_it_has(world):
    found = case(world.lead)
    given = {"case": found, "member": world.anna, "kind": "talk", "starts_at": contact_point.MONDAY, "by": BY}
    first, _fresh = appointments.arrange(**given)
    cases.close(case=found, outcome=Outcome.HELPED, by=BY)
    assert appointments.arrange(**given) == (first, False)
    with pytest.raises(DomainError) as refusal:
        appointments.arrange(**{**given, "kind": "visit"})
    assert refusal.value.code == "case_closed"


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_action_does_what_the_table_says(state, verb, world):
    found = in_state(state, world)
    changes = found.changes.count()
    if verb not in LIFECYCLE.verbs(state):
        with pytest.raises(DomainError, match="does not lead on") as refusal:
            VERBS[verb](found, world)
        assert refusal.value.code == "transition_not_allowed"
        assert (Case.objects.get().state, found.changes.count()) == (state, changes)
        return
    VERBS[verb](found, world)
    same = verb == "take" and state == State.TAKEN  # taken by the same member again: nothing new
    assert Case.objects.get().state == LIFECYCLE.transitions[verb].target
    assert found.changes.count() == changes + (0 if same else 1)
    if not same:
        last = found.changes.order_by("-id").first()
        assert (last.verb, last.source, last.target) == (verb, state, LIFECYCLE.transitions[verb].target)


def test_handing_over_clears_the_adviser_and_leaves_the_note(world):
    found = in_state(State.TAKEN, world)
    cases.hand_over(case=found, partner=world.other, note="Kennt sich aus.", member=world.anna, by=BY)
    found = Case.objects.get()
    assert (found.partner, found.adviser, found.state) == (world.other, None, State.NEW)
    assert found.thread.get().text == "Kennt sich aus."


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (lambda f, w: cases.hand_over(case=f, partner=w.lead, note="x", by=BY), "partner_same"),
        (lambda f, w: cases.hand_over(case=f, partner=w.other, note=" ", by=BY), "note_missing"),
        (lambda f, w: cases.take(case=f, member=w.ben, by=BY), "member_elsewhere"),
        (lambda f, w: cases.close(case=f, outcome="gone", by=BY), "outcome_unknown"),
        (lambda f, w: cases.note(case=f, member=w.anna, text="", by=BY), "text_missing"),
        (lambda f, w: cases.answer(case=f, member=w.anna, text="x" * 10_001, by=BY), "text_too_long"),
        (lambda f, w: log(f, w, day=TODAY + dt.timedelta(days=1)), "day_in_future"),
        (lambda f, w: log(f, w, minutes=0), "minutes_out_of_range"),
        (lambda f, w: log(f, w, kind="note"), "kind_unknown"),
        (lambda f, w: log(f, w, format="dance"), "format_unknown"),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_nothing(action, code, world):
    found = case(world.lead)
    audits = AuditEvent.objects.count()
    with pytest.raises(DomainError) as refusal:
        action(found, world)
    assert refusal.value.code == code
    assert (AuditEvent.objects.count(), Change.objects.count(), Contribution.objects.count()) == (audits, 0, 0)


def log(found, world, **fields):
    given = {"kind": "talk", "day": TODAY, "minutes": 20}
    return cases.log(case=found, member=world.anna, by=BY, **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  "}, "text_missing"),
        ({"email": "a@b\r\nBcc: x@y.de"}, "email_invalid"),
        ({"email": "", "phone": ""}, "contact_missing"),
        ({"name": "", "phone": ""}, "name_missing"),
        ({"enquirer": "king"}, "enquirer_unknown"),
        ({"intake": "pigeon"}, "intake_unknown"),
    ],
)
def test_a_case_needs_what_it_needs(fields, code, world):
    with pytest.raises(DomainError) as refusal:
        case(world.lead, **fields)
    assert refusal.value.code == code


def test_at_the_desk_a_number_is_enough(world):
    assert case(world.lead, intake="phone", name="", email="", phone="0391 5550123").phone == "+493915550123"


def test_a_number_nobody_understands_stays_as_it_was_written(world):
    assert case(world.lead, phone="Durchwahl  7").phone == "Durchwahl 7"


def test_the_same_form_twice_is_one_case(world):
    form = uuid.uuid4()
    assert case(world.lead, submission=form).pk == case(world.lead, submission=form).pk
    assert AuditEvent.objects.filter(event="case:opened").count() == 1


def test_a_form_with_other_words_is_another_case(world):
    form = uuid.uuid4()
    first, second, again = (case(world.lead, submission=form, text=text) for text in ("eins", "zwei", "zwei"))
    assert first.pk != second.pk
    assert second.pk == again.pk


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_once_is_one_case():
    with clock.stopped_at(contact_point.MONDAY):
        lead = contact_point.world().lead
    form, found, start = uuid.uuid4(), [], threading.Barrier(4)

    def send():
        try:
            start.wait()
            found.append(case(lead, submission=form).pk)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Case.objects.count() == 1


def test_a_reference_number_met_twice_is_drawn_again(world, monkeypatch):
    drawn = iter(["W-22222", "W-22222", "W-33333"])
    monkeypatch.setattr(references, "fresh", lambda: next(drawn))
    assert [case(world.lead).reference for _ in range(2)] == ["W-22222", "W-33333"]


def test_reference_numbers_have_their_shape():
    assert all(references.normalised(number) == number for number in (references.fresh() for _ in range(200)))


@pytest.mark.parametrize(("written", "number"), [(" w 7f3k9", "W-7F3K9"), ("W–7F3K9", "W-7F3K9"), ("W-7F3KO", "")])
def test_reference_numbers_are_read_as_people_write_them(written, number):
    assert references.normalised(written) == number


@pytest.mark.parametrize("action", ["answer", "note", "log"])
def test_a_form_of_the_thread_sent_twice_is_one_row(action, world):
    found, form = case(world.lead), uuid.uuid4()
    given = {"day": TODAY, "minutes": 5, "kind": "talk"} if action == "log" else {}
    rows = [
        getattr(cases, action)(case=found, member=world.anna, text="Gut.", submission=form, by=BY, **given)
        for _ in range(2)
    ]
    assert [fresh for _, fresh in rows] == [True, False]
    assert Contribution.objects.count() == 1


def test_what_is_rolled_back_leaves_no_trace(world):
    found = case(world.lead)
    audits = AuditEvent.objects.count()
    with transaction.atomic():
        cases.take(case=found, member=world.anna, by=BY)
        transaction.set_rollback(True)
    assert (Case.objects.get().state, Change.objects.count(), AuditEvent.objects.count()) == ("new", 0, audits)


def test_a_log_answers_its_appointment_once(world):
    found = case(world.lead)
    date = appointments.arrange(case=found, member=world.anna, kind="talk", starts_at=contact_point.MONDAY, by=BY)[0]
    row, _ = log(found, world, appointment=date)
    assert (date.log, appointments.Appointment.objects.get().log) == (row, row)
    with pytest.raises(DomainError, match="before"):
        log(found, world, appointment=date)
    with pytest.raises(DomainError) as refusal:
        appointments.cancel(appointment=date, by=BY)
    assert refusal.value.code == "appointment_not_open"


def test_the_same_date_twice_is_one_and_can_be_cancelled_twice(world):
    found = case(world.lead)
    given = {"case": found, "member": world.anna, "kind": "visit", "starts_at": contact_point.MONDAY, "by": BY}
    (date, fresh), (again, fresh_again) = appointments.arrange(**given), appointments.arrange(**given)
    assert (date.pk, fresh, fresh_again) == (again.pk, True, False)
    first = appointments.cancel(appointment=date, by=BY).cancelled_at
    assert appointments.cancel(appointment=again, by=BY).cancelled_at == first


def test_a_follow_up_is_set_moved_and_done(world):
    found, form = case(world.lead), uuid.uuid4()
    given = {"case": found, "partner": world.lead, "note": "Anrufen", "due_on": TODAY, "submission": form, "by": BY}
    (promise, fresh), (again, fresh_again) = follow_ups.set(**given), follow_ups.set(**given)
    assert (promise.pk, fresh, fresh_again) == (again.pk, True, False)
    later = TODAY + dt.timedelta(days=3)
    assert follow_ups.move(follow_up=promise, due_on=later, by=BY).due_on == later
    done = follow_ups.done(follow_up=promise, by=BY).done_at
    assert follow_ups.done(follow_up=promise, by=BY).done_at == done
    with pytest.raises(DomainError) as refusal:
        follow_ups.move(follow_up=promise, due_on=later, by=BY)
    assert refusal.value.code == "follow_up_done"


def test_a_follow_up_is_of_something(world):
    with pytest.raises(DomainError) as refusal:
        follow_ups.set(partner=world.lead, note="?", due_on=TODAY, by=BY)
    assert refusal.value.code == "follow_up_of_nothing"


def test_the_audit_trail_holds_no_personal_value(world):
    found = case(world.lead)
    cases.note(case=found, member=world.anna, text="Geheimnis", by=BY)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {AuditEvent._meta.db_table}")
        trail = str(cursor.fetchall())
    assert "Ölmann" not in trail
    assert "Geheimnis" not in trail
