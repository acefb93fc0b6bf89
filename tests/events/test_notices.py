"""The mails around an event: when they go, to whom, and that nobody has one twice or against their will."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.world import ENDS, STARTS
from wegweiser.accounts.queries import valid_token
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.offers import of_entry
from wegweiser.companies.models import Channel, Person
from wegweiser.events.actions import attendance, events, notices, registrations
from wegweiser.events.models import Event, Moment, NoticeSent, Presence, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

DUE = dt.datetime(2026, 3, 5, 8, tzinfo=dt.UTC)  # Thursday, nine o'clock, before a Monday
AFTER = dt.datetime(2026, 3, 10, 8, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        found = world.held(places=5)
        world.register(found, 1)
        yield found


def send(moment: dt.datetime) -> list[Letter]:
    """What the job writes at a moment."""
    last = Letter.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with clock.stopped_at(moment):
        count = notices.send_due(by=BY)
    new = list(Letter.objects.filter(id__gt=last).order_by("id"))
    assert len(new) == count
    return new


def came(held, number: int = 1, presence: str = Presence.ATTENDED) -> None:
    with clock.stopped_at(ENDS):
        row = held.event.registrations.order_by("id")[number - 1]
        attendance.set_presence(seat=row.seats.get(), presence=presence, by=BY)


def test_the_reminder_goes_two_working_days_before_and_once(held):
    assert send(DUE - MINUTE) == []
    (letter,) = send(DUE)
    assert letter.subject == "Wir sehen uns bald: Aufträge im Blick"
    assert "Halle, Marktplatz 1" in letter.text
    assert "/anmeldung/" in letter.text
    assert send(DUE + MINUTE) == []


def test_who_takes_part_online_has_the_link_to_join(db):
    with clock.stopped_at(MONDAY):
        held = world.held(join_link="https://raum.example/7")
        held.event.pools.update(way="online")
        world.register(held, 1)
    (letter,) = send(DUE)
    assert "https://raum.example/7" in letter.text
    assert "Marktplatz" not in letter.text


def test_who_registers_after_it_was_due_is_not_reminded_of_what_they_just_did(held):
    with clock.stopped_at(DUE + MINUTE):
        world.register(held, 2)
    assert [row.recipient_mail for row in send(DUE + 2 * MINUTE)] == ["gast1@firma.example"]


def test_nobody_is_reminded_of_what_has_begun(held):
    assert send(STARTS) == []


def test_who_cancelled_or_waits_is_not_reminded(held):
    with clock.stopped_at(MONDAY):
        registrations.cancel(registration=held.event.registrations.get(), by=VISITOR)
    assert send(DUE) == []


def test_nothing_is_sent_once_it_was_cancelled(held):
    came_too_late = DUE - MINUTE
    with clock.stopped_at(came_too_late):
        events.cancel(event=held.event, reason="Sturm", by=BY)
    assert send(DUE) == []
    assert send(AFTER) == []


def test_an_event_that_moves_moves_its_mails(held):
    with clock.stopped_at(MONDAY):
        entry = held.event.draft.entry
        later = {"starts_at": STARTS + dt.timedelta(days=7), "ends_at": ENDS + dt.timedelta(days=7)}
        entries.publish(offer=_changed(of_entry(entry), **later), by=BY)
        events.follow(event=held.event, by=BY)
    assert send(DUE) == []
    assert len(send(DUE + dt.timedelta(days=7))) == 1


def _changed(offer, **values):
    from dataclasses import replace

    return replace(offer, **values)


def test_thanks_go_the_day_after_to_those_who_came_with_a_link_for_feedback(held):
    with clock.stopped_at(MONDAY):
        world.register(held, 2)
    came(held, 1)
    came(held, 2, Presence.ABSENT)
    assert send(AFTER - MINUTE) == []
    (letter,) = send(AFTER)
    assert letter.recipient_mail == "gast1@firma.example"
    secret = letter.text.split("/rueckmeldung/")[1].split("/")[0]
    with clock.stopped_at(AFTER):
        assert valid_token(purpose=notices.FEEDBACK, secret=secret)
    assert send(AFTER + MINUTE) == []


def test_who_turns_out_to_have_been_there_later_is_thanked_then_but_not_after_a_fortnight(held):
    assert send(AFTER) == []
    came(held)
    assert len(send(AFTER + dt.timedelta(days=5))) == 1
    NoticeSent.objects.all().delete()
    assert send(AFTER + dt.timedelta(days=14)) == []


def test_who_did_not_come_hears_nothing_unless_it_is_switched_on_with_own_words(held):
    came(held, 1, Presence.ABSENT)
    assert send(AFTER) == []
    words = {"de": "Im Mai gibt es noch einen Termin.", "en": ""}
    notices.set(event=held.event, moment=Moment.MISSED, is_on=True, hours=None, words=words, by=BY)
    (letter,) = send(AFTER)
    assert "Im Mai gibt es noch einen Termin." in letter.text
    assert "/rueckmeldung/" not in letter.text


def test_hours_and_own_words_replace_what_is_usual(held):
    given = {"is_on": True, "hours": 3, "words": {"de": "Bitte bringen Sie einen Auftrag mit.", "en": ""}}
    notices.set(event=held.event, moment=Moment.REMINDER, **given, by=BY)
    assert send(DUE) == []
    (letter,) = send(STARTS - dt.timedelta(hours=3))
    assert "Bitte bringen Sie einen Auftrag mit." in letter.text
    assert "bald ist es so weit" not in letter.text


def test_a_mail_that_is_off_is_not_sent(held):
    notices.set(event=held.event, moment=Moment.REMINDER, is_on=False, hours=None, words={}, by=BY)
    assert send(DUE) == []


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.LETTER, Channel.NONE])
def test_who_wants_no_mail_gets_none(held, channel):
    Person.objects.create(name="Gast 1", email="gast1@firma.example", channel=channel)
    assert send(DUE) == []


def test_nobody_gets_more_than_three_mails(held):
    send(DUE)
    came(held)
    send(AFTER)
    row = held.event.registrations.get()
    assert row.state == State.CONFIRMED
    assert Letter.objects.filter(cause_uuid=row.uuid).count() == 3


def test_an_english_guest_reads_english(held):
    held.event.registrations.update(language="en")
    (letter,) = send(DUE)
    assert letter.subject == "See you soon: Orders in view"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"moment": "never"}, "choice_unknown"),
        ({"hours": 24 * 60 + 1}, "hours_not_allowed"),
        ({"words": {"de": "x" * 2001}}, "text_too_long"),
    ],
)
def test_settings_that_make_no_sense_are_refused(held, values, code):
    told = {"moment": Moment.REMINDER, "is_on": True, "hours": None, "words": {}, **values}
    with pytest.raises(DomainError) as refusal:
        notices.set(event=held.event, **told, by=BY)
    assert refusal.value.code == code


def test_many_guests_cost_as_many_statements_each_time_nothing_is_due(held, django_assert_num_queries):
    with clock.stopped_at(DUE - MINUTE), django_assert_num_queries(4):
        notices.send_due(by=BY)
    for number in range(2, 5):
        with clock.stopped_at(MONDAY):
            world.register(held, number)
    with clock.stopped_at(DUE - MINUTE), django_assert_num_queries(4):
        notices.send_due(by=BY)
    assert Event.objects.count() == 1
