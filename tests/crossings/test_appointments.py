"""A date that was arranged reaches the calendar of the enquirer, and leaves it again."""

import datetime as dt

import pytest
from icalendar import Calendar

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Channel
from wegweiser.crossings import appointments
from wegweiser.enquiries.actions import cases
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import delivery
from wegweiser.outbox.models import Letter

TOMORROW = MONDAY + dt.timedelta(days=1)


def arrange(world, case, **fields):
    given = {"kind": "visit", "starts_at": TOMORROW, "minutes": 90, "place": "Halle 3", "invite": True}
    return appointments.arrange(case=case, member=world.ben, by=BY, **{**given, **fields})


def event(letter: Letter):
    return Calendar.from_ical(letter.calendar).walk("VEVENT")[0]


def test_the_invitation_tells_day_place_and_length_and_brings_a_calendar_file(world):
    arrange(world, contact_point.case(world.other))
    letter = Letter.objects.get()
    assert "Dienstag, 3. März 2026, 10:00 Uhr, etwa 90 Minuten\nHalle 3" in letter.text
    assert letter.reply_to == "ben@centre.example"
    found = event(letter)
    assert found.decoded("dtend") - found.decoded("dtstart") == dt.timedelta(minutes=90)


def test_arranging_twice_tells_once(world):
    case = contact_point.case(world.other)
    assert arrange(world, case) == arrange(world, case)
    assert Letter.objects.count() == 1


def test_cancelling_tells_whoever_was_told_and_the_calendar_drops_the_very_date(world):
    case = contact_point.case(world.other)
    appointments.cancel(appointment=arrange(world, case), by=BY)
    invited, cancelled = Letter.objects.order_by("id")
    assert event(invited)["uid"] == event(cancelled)["uid"]
    assert event(cancelled)["status"] == "CANCELLED"
    assert cancelled.subject == "Abgesagt: Ihr Termin am Dienstag, 3. März 2026 um 10:00 Uhr"


def test_cancelling_twice_tells_once(world):
    appointment = arrange(world, contact_point.case(world.other))
    for _ in range(2):
        appointments.cancel(appointment=appointment, by=BY)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "given",
    [{"invite": False}, {"starts_at": MONDAY - dt.timedelta(days=1)}],
    ids=["nobody wants a mail", "it is over already"],
)
def test_nobody_is_told_where(world, given):
    appointment = arrange(world, contact_point.case(world.other), **given)
    appointments.cancel(appointment=appointment, by=BY)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.NONE, Channel.LETTER])
def test_the_channel_they_chose_binds(world, channel):
    case = contact_point.case(world.other)
    person = persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", channel=channel, by=BY)
    cases.link(case=case, person=person, by=BY)
    arrange(world, case)
    assert not Letter.objects.exists()  # a letter needs an address, and there is none


def test_english_people_read_english(world):
    arrange(world, contact_point.case(world.other, language="en"))
    letter = Letter.objects.get()
    assert "Tuesday 3 March 2026, 10:00, about 90 minutes" in letter.text
    assert str(event(letter)["summary"]) == "On-site visit with Ben, Centre"


def test_it_takes_at_least_a_minute(world):
    with pytest.raises(DomainError, match="minutes_out_of_range"):
        arrange(world, contact_point.case(world.other), minutes=0)


def test_the_mail_says_by_its_type_what_a_calendar_has_to_do(world, smtp):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.cancel(appointment=appointment, by=BY)
    delivery.send_due()
    methods = [part.get_param("method") for mail in smtp.messages for part in mail.iter_attachments()]
    assert methods == ["REQUEST", "CANCEL"]
