"""A date that was arranged reaches the calendar of the enquirer, and leaves it again."""

import datetime as dt

import pytest
from icalendar import Calendar

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Channel
from wegweiser.crossings import appointments
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import FollowUp
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


def wants_calls(case):
    person = persons.find_or_create(name="Jana Ölmann", email=case.email, channel=Channel.PHONE, by=BY)
    cases.link(case=case, person=person, by=BY)


def test_who_takes_no_mail_any_more_is_called_when_a_date_is_off(world):
    case = contact_point.case(world.other)
    appointment = arrange(world, case)
    wants_calls(case)
    appointments.cancel(appointment=appointment, by=BY)
    assert Letter.objects.count() == 1
    call = FollowUp.objects.get()
    assert (call.member, call.due_on, call.case) == (world.ben, MONDAY.date(), case)
    assert call.note == "Bitte anrufen: Der Vor-Ort-Termin am 03.03.2026 um 10:00 Uhr fällt aus."
    assert appointments.owed_call(appointment) == call


def test_a_date_that_was_arranged_on_the_telephone_is_called_off_there(world):
    appointments.cancel(appointment=arrange(world, contact_point.case(world.other), invite=False), by=BY)
    assert FollowUp.objects.count() == 1


def test_of_a_date_that_is_over_nobody_has_to_call(world):
    over = arrange(world, contact_point.case(world.other), starts_at=MONDAY - dt.timedelta(days=1))
    appointments.cancel(appointment=over, by=BY)
    assert not FollowUp.objects.exists()


def test_a_date_that_moves_moves_in_their_calendar(world):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.change(appointment=appointment, starts_at=TOMORROW + dt.timedelta(minutes=30), by=BY)
    appointments.cancel(appointment=appointment, by=BY)
    invited, moved, cancelled = (event(letter) for letter in Letter.objects.order_by("id"))
    assert invited["uid"] == moved["uid"] == cancelled["uid"]
    assert [invited["sequence"], moved["sequence"], cancelled["sequence"]] == [0, 1, 2]
    letter = Letter.objects.order_by("id")[1]
    assert letter.subject == "Verschoben: Ihr Termin am Dienstag, 3. März 2026 um 10:30 Uhr"
    assert "bisher Dienstag, 3. März 2026, 10:00 Uhr" in letter.text
    assert "METHOD:REQUEST" in letter.calendar


def test_what_is_the_same_as_before_is_told_to_nobody(world):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.change(appointment=appointment, starts_at=TOMORROW, minutes=90, place="Halle 3", by=BY)
    assert Letter.objects.count() == 1


def test_they_learn_who_comes_instead(world):
    appointment = arrange(world, contact_point.case(world.other))
    carla = contact_point.member("Carla", world.other)
    appointments.change(appointment=appointment, member=carla, by=BY)
    letter = Letter.objects.order_by("id")[1]
    assert "Ihre Ansprechperson bei diesem Termin ist jetzt Carla." in letter.text
    assert letter.subject == "Geändert: Ihr Termin am Dienstag, 3. März 2026 um 10:00 Uhr"


def test_who_works_elsewhere_is_given_no_date(world):
    appointment = arrange(world, contact_point.case(world.other))
    with pytest.raises(DomainError, match="They do not work there"):
        appointments.change(appointment=appointment, member=world.anna, by=BY)


def test_what_is_off_cannot_move(world):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.cancel(appointment=appointment, by=BY)
    with pytest.raises(DomainError, match="It is off"):
        appointments.change(appointment=appointment, minutes=30, by=BY)


@pytest.mark.parametrize(("tell", "letters", "calls"), [("write", 2, 0), ("call", 1, 1), ("known", 1, 0)])
def test_how_they_hear_of_a_change_is_chosen(world, tell, letters, calls):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.change(appointment=appointment, minutes=45, tell=tell, by=BY)
    assert (Letter.objects.count(), FollowUp.objects.count()) == (letters, calls)


def test_a_later_change_takes_the_place_of_a_call_that_nobody_made_yet(world):
    appointment = arrange(world, contact_point.case(world.other), invite=False)
    appointments.change(appointment=appointment, minutes=45, tell="call", by=BY)
    appointments.cancel(appointment=appointment, by=BY)
    assert FollowUp.objects.get().note.endswith("fällt aus.")


def test_an_heir_is_announced_and_their_calendar_can_still_drop_the_date(world):
    appointment = arrange(world, contact_point.case(world.other))
    carla = contact_point.member("Carla", world.other)
    assert appointments.inherit(rows=[appointment], heir=carla, by=BY) == 1
    appointment.refresh_from_db()
    appointments.cancel(appointment=appointment, by=BY)
    files = [event(letter) for letter in Letter.objects.order_by("id")]
    assert {str(file["organizer"]) for file in files} == {"mailto:post@centre.example"}
    assert [file["sequence"] for file in files] == [0, 1, 2]


def test_whoever_invited_before_stays_the_organiser(world):
    """Calendars heed a change only from the organiser that invited: dates of an earlier release named the adviser."""
    appointment = arrange(world, contact_point.case(world.other))
    letter = Letter.objects.get()
    Letter.objects.update(calendar=letter.calendar.replace("post@centre.example", "ben@centre.example"))
    appointments.cancel(appointment=appointment, by=BY)
    assert str(event(Letter.objects.last())["organizer"]) == "mailto:ben@centre.example"


def test_the_heir_of_a_date_of_which_nobody_wrote_calls(world):
    appointment = arrange(world, contact_point.case(world.other), invite=False)
    carla = contact_point.member("Carla", world.other)
    appointments.inherit(rows=[appointment], heir=carla, by=BY)
    call = FollowUp.objects.get()
    assert call.member == carla
    assert call.note == "Bitte anrufen: Der Vor-Ort-Termin am 03.03.2026 um 10:00 Uhr: Carla statt Ben."


def by_call(appointment, days, **given):
    return appointments.change(appointment=appointment, starts_at=TOMORROW + dt.timedelta(days=days), **given, by=BY)


@pytest.mark.parametrize("tell", ["write", "known"])
def test_who_knows_of_a_later_change_is_not_called_about_the_one_before(world, tell):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    by_call(appointment, 2, tell=tell)
    assert appointments.owed_call(appointment) is None
    assert FollowUp.objects.get().done_at


def test_a_letter_after_a_call_that_nobody_made_names_the_day_they_know(world):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    by_call(appointment, 2, tell="write")
    assert "bisher Dienstag, 3. März 2026, 10:00 Uhr" in Letter.objects.order_by("id").last().text


def test_who_calls_after_several_changes_names_the_day_they_know(world):
    appointment = arrange(world, contact_point.case(world.other))
    for days in (1, 2, 3):
        by_call(appointment, days, tell="call")
    assert FollowUp.objects.get().note == (
        "Bitte anrufen: Der Vor-Ort-Termin am 03.03.2026 um 10:00 Uhr ist jetzt am 06.03.2026 um 10:00 Uhr."
    )


def test_what_is_called_off_before_anybody_called_is_named_by_the_day_they_know(world):
    appointment = arrange(world, contact_point.case(world.other), invite=False)
    by_call(appointment, 1, tell="call")
    appointments.cancel(appointment=appointment, by=BY)
    assert FollowUp.objects.get().note == "Bitte anrufen: Der Vor-Ort-Termin am 03.03.2026 um 10:00 Uhr fällt aus."


def test_once_they_were_called_they_know_the_new_day(world):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    by_call(appointment, 2, tell="call")
    assert appointments.owed_call(appointment).note.startswith("Bitte anrufen: Der Vor-Ort-Termin am 04.03.2026")


def test_a_date_that_moves_back_before_anybody_called_stays(world):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    by_call(appointment, 0, tell="call")
    assert FollowUp.objects.get().note == "Bitte anrufen: Der Vor-Ort-Termin am 03.03.2026 um 10:00 Uhr bleibt."


def test_a_promise_that_was_put_back_as_open_ends_with_the_next_change(world):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    first = FollowUp.objects.get()
    follow_ups.done(follow_up=first, by=BY)
    by_call(appointment, 2, tell="call")
    follow_ups.reopen(follow_up=first, by=BY)
    by_call(appointment, 3, tell="call")
    assert FollowUp.objects.filter(done_at=None).count() == 1


def test_whoever_changes_it_calls_also_where_a_colleague_had_promised_to(world):
    appointment = arrange(world, contact_point.case(world.other))
    by_call(appointment, 1, tell="call")
    carla = contact_point.member("Carla", world.other)
    by_call(appointment, 2, tell="call", caller=carla)
    assert [row.member for row in FollowUp.objects.filter(done_at=None)] == [carla]


@pytest.mark.parametrize(("tell", "letters", "calls"), [("write", 2, 0), ("call", 1, 1), ("known", 1, 0)])
def test_how_they_hear_that_it_is_off_is_chosen(world, tell, letters, calls):
    appointment = arrange(world, contact_point.case(world.other))
    appointments.cancel(appointment=appointment, tell=tell, by=BY)
    assert (Letter.objects.count(), FollowUp.objects.count()) == (letters, calls)
