"""Registering for several dates with one form: one bundle, one letter, and for each date a registration of its own."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from tests.events.in_a_row import register, row, states
from wegweiser.events import jobs, queries, whole
from wegweiser.events.actions import (
    admissions,
    calls,
    door,
    events,
    letters,
    line,
    multipliers,
    questions,
    registrations,
    series,
    whole_series,
)
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Joining, Registration, Seat, State
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

LINK = Actor.link(uuid.UUID(int=9))


@pytest.fixture(autouse=True)
def _monday(db):
    with clock.stopped_at(MONDAY):
        yield


def refused(code, call, **given):
    with pytest.raises(DomainError) as error:
        call(**given)
    assert error.value.code == code


def dates_of(letter: Letter):
    return Calendar.from_ical(letter.calendar).walk("VEVENT")


def test_the_letter_about_several_dates_names_who_comes_along():
    register(row(), places=2, names=["Ada", "Bo"])
    letter = Letter.objects.get()
    for words in (letter.text, letter.html):
        assert "2 Plätze: Ada, Bo" in words


def test_all_dates_are_registered_with_one_letter_and_one_calendar_file():
    found = row()
    done = register(found)
    assert states(found) == [["confirmed"]] * 3
    assert {one.bundle for one in done.registrations} == {done.registrations[0].bundle}
    (letter,) = Letter.objects.all()
    assert letter.subject == "Ihre Anmeldung: Werkstattabende"
    assert [letter.text.count(text) for text in ("angemeldet\n", "Halle, Marktplatz 1")] == [3, 3]
    uids = {str(date["uid"]).partition("@")[0] for date in dates_of(letter)}
    assert uids == {str(one.uuid) for one in done.registrations}
    assert str(Calendar.from_ical(letter.calendar)["method"]) == "PUBLISH"


def test_a_multiplier_brought_to_a_date_only_who_comes_to_it():
    found = row()
    link = multipliers.give_link(event=found.dates[1].event, name="IHK", by=BY)
    register(found, multiplier=link)
    register(found, 2, guest_number=2, multiplier=link)
    (brought,) = queries.brought(found.dates[1].event)
    assert (brought.registrations, brought.places, brought.elsewhere) == (1, 1, 3)


def test_some_dates_are_chosen_and_the_others_stay_as_they_are():
    found = row()
    register(found, 0, 2)
    assert states(found) == [["confirmed"], [], ["confirmed"]]


def test_the_same_form_twice_is_one_bundle():
    found, form = row(), uuid.uuid4()
    first = register(found, submission=form)
    again = register(found, 0, submission=form)
    assert (first.fresh, again.fresh) == (True, False)
    assert {one.pk for one in again.registrations} == {one.pk for one in first.registrations}
    assert again.secret
    assert Registration.objects.count() == 3
    assert Letter.objects.count() == 1


def test_a_form_sent_for_one_date_and_then_for_all_stays_what_it_was():
    found, form = row(), uuid.uuid4()
    held = found.dates[0]
    registrations.register(event=held.event, pool=held.pool, submission=form, guest=world.guest(), by=VISITOR)
    assert not register(found, submission=form).fresh
    assert Registration.objects.count() == 1


def test_who_is_registered_for_a_date_stays_so_and_is_added_to_the_others():
    found = row()
    first = world.register(found.dates[1]).registration
    done = register(found)
    assert [one.pk for one in done.before] == [first.pk]
    assert states(found) == [["confirmed"]] * 3
    first.refresh_from_db()
    assert first.bundle is None


def test_another_spelling_of_the_firm_makes_nobody_a_second_guest_of_a_date():
    found = row()
    first = world.register(found.dates[1], firm="Betrieb 1").registration
    assert [one.pk for one in register(found).before] == [first.pk]


def test_who_is_registered_for_all_of_them_gets_no_link_from_another_form():
    found = row()
    register(found)
    again = register(found)
    assert (again.fresh, again.secret) == (False, "")
    assert Registration.objects.count() == 3


def test_each_date_has_a_place_or_its_waiting_list():
    found = row(places=1)
    world.register(found.dates[1], 7)
    register(found)
    assert states(found) == [["confirmed"], ["confirmed", "waiting"], ["confirmed"]]
    letter = Letter.objects.latest("id")
    assert "Nicht an allen Terminen war noch ein Platz frei" in letter.text
    assert len(dates_of(letter)) == 2


def test_one_date_without_a_place_and_without_a_line_refuses_all():
    found = row(places=1, waiting_list=False)
    world.register(found.dates[2], 7)
    refused("full", register, found=found)
    assert states(found) == [[], [], ["confirmed"]]
    assert Letter.objects.count() == 1


def test_nothing_is_stored_where_the_last_date_fails():
    found = row()
    events.cancel(event=found.dates[2].event, reason="Krank", by=BY)
    refused("event_cancelled", register, found=found)
    assert (Registration.objects.count(), Seat.objects.count(), Letter.objects.count()) == (0, 0, 0)


def test_colleagues_come_to_every_date():
    found = row()
    done = register(found, places=2, names=["Ada", "Bo"])
    assert [list(one.seats.values_list("name", flat=True)) for one in done.registrations] == [["Ada", "Bo"]] * 3


def test_names_stay_away_from_dates_that_only_count_heads():
    found = row()
    events.change(event=found.dates[1].event, settings={"listing": "heads"}, by=BY)
    register(found, places=2, names=["Ada", "Bo"])
    assert [held.event.registrations.get().seats.last().name for held in found.dates] == ["Bo", "", "Bo"]


def test_dates_of_two_series_do_not_go_together():
    one = row(count=1)
    other = row(count=1, centre=one.centre)
    refused(
        "not_one_series",
        whole_series.register,
        choices=[*one.choices(), *other.choices()],
        submission=uuid.uuid4(),
        guest=world.guest(),
        by=VISITOR,
    )


@pytest.mark.parametrize(
    ("joining", "chosen", "code"),
    [
        (Joining.SINGLE, (0, 1), "one_date_only"),
        (Joining.WHOLE, (0, 1), "whole_series_only"),
        (Joining.WHOLE, (0,), "whole_series_only"),
    ],
)
def test_guests_choose_what_the_series_allows_and_staff_what_they_like(joining, chosen, code):
    found = row(joining=joining)
    with pytest.raises(DomainError) as error:
        register(found, *chosen)
    assert error.value.code == code
    register(found, *chosen, by=BY)
    assert Registration.objects.count() == len(chosen)


def test_a_date_of_a_whole_series_is_not_to_be_had_alone():
    found = row(joining=Joining.WHOLE)
    refused("whole_series_only", world.register, held=found.dates[0])
    world.register(found.dates[0], by=BY)


def test_the_last_open_date_of_a_whole_series_may_be_had_alone():
    found = row(count=2, joining=Joining.WHOLE)
    with clock.stopped_at(world.STARTS + dt.timedelta(days=1)):
        assert world.register(found.dates[1]).fresh


def test_one_click_confirms_all_dates():
    found = row(places=1)
    world.register(found.dates[1], 7)
    events.change(event=found.dates[0].event, settings={"opt_in": True}, by=BY)
    done = register(found)
    assert states(found) == [["pending"], ["confirmed", "asked"], ["pending"]]
    assert len({one.until for one in done.registrations}) == 1
    mailed = letters.link(registration=done.registrations[0], by=VISITOR)
    assert queries.behind(done.secret).by_mail is False
    assert queries.behind(mailed).by_mail is True
    whole_series.confirm(registration=done.registrations[2], by=LINK)
    assert states(found) == [["confirmed"], ["confirmed", "waiting"], ["confirmed"]]
    whole_series.confirm(registration=done.registrations[0], by=LINK)
    assert [letter.subject.partition(":")[0] for letter in Letter.objects.order_by("id")][1:] == [
        "Bitte bestätigen Sie Ihre Anmeldung",
        "Ihre Anmeldung",
    ]


def test_what_nobody_confirmed_lapses_at_all_dates_without_a_letter():
    found = row(opt_in=True)
    register(found)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        assert line.lapse(by=BY) == 3
    assert states(found) == [["lapsed"]] * 3
    assert Letter.objects.count() == 1
    assert Letter.objects.latest("id").text.count("Marktplatz") == 3


def test_one_date_is_cancelled_and_its_calendar_entry_goes_under_the_same_name():
    found = row()
    done = register(found)
    registrations.cancel(registration=done.registrations[1], by=LINK)
    assert states(found) == [["confirmed"], ["cancelled"], ["confirmed"]]
    letter = Letter.objects.latest("id")
    (date,) = dates_of(letter)
    before = {str(one["uid"]): one["sequence"] for one in dates_of(Letter.objects.earliest("id"))}
    assert date["sequence"] > before[str(date["uid"])]
    assert str(Calendar.from_ical(letter.calendar)["method"]) == "CANCEL"


def test_all_remaining_dates_are_given_back_with_one_letter():
    found = row(places=1)
    done = register(found)
    for held in found.dates:
        world.register(held, 2)
    with clock.stopped_at(world.STARTS + dt.timedelta(hours=1)):
        gone = whole_series.cancel_rest(registration=done.registrations[0], by=LINK)
        again = whole_series.cancel_rest(registration=done.registrations[0], by=LINK)
    assert (len(gone), again) == (2, [])
    assert states(found) == [["confirmed", "waiting"], ["cancelled", "offered"], ["cancelled", "offered"]]
    letter = Letter.objects.get(subject="Ihre Anmeldung ist abgesagt: Werkstattabende")
    assert [str(date["status"]) for date in dates_of(letter)] == ["CANCELLED"] * 2


def test_how_all_dates_stand_is_sent_again_once_in_ten_minutes():
    found = row()
    done = register(found)
    assert not whole_series.resend(registration=done.registrations[1], by=LINK)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=11)):
        assert whole_series.resend(registration=done.registrations[1], by=LINK)
    assert [letter.subject for letter in Letter.objects.all()] == ["Ihre Anmeldung: Werkstattabende"] * 2


def test_who_has_no_mail_address_is_registered_by_phone_for_all_dates():
    found = row()
    register(found, by=BY, email="")
    assert states(found) == [["confirmed"]] * 3
    assert Letter.objects.count() == 0


def test_who_is_forgotten_is_forgotten_at_all_dates_with_their_letter():
    found = row(places=1)
    done = register(found, note="Rollstuhl")
    register(found, guest_number=2)
    fate = erasure.fates()["events.Registration"]
    for one in fate.of(done.registrations[0].email):
        fate.erase(one, False, BY)
    rows = Registration.objects.filter(bundle=done.registrations[0].bundle)
    assert {(one.name, one.email, one.note, one.state) for one in rows} == {("", "", "", "cancelled")}
    assert not Letter.objects.filter(recipient_mail="gast1@firma.example").exists()
    assert states(found) == [["cancelled", "offered"]] * 3


def test_who_is_forgotten_at_a_date_that_is_off_did_not_give_it_back():
    found = row(count=2)
    done = register(found)
    events.cancel(event=found.dates[0].event, reason="Krank", by=BY)
    registrations.erase(registration=done.registrations[0], by=BY)
    assert states(found) == [["confirmed"], ["confirmed"]]
    assert Registration.objects.get(pk=done.registrations[0].pk).name == ""


# --- Only the whole -----------------------------------------------------------------------------------------------


def full_at_one(**settings):
    """Two dates of which the second is full."""
    found = row(count=2, joining=Joining.WHOLE, places=1, **settings)
    return found, world.register(found.dates[1], 7, by=BY).registration


def test_the_whole_is_had_at_all_dates_or_waited_for_at_all():
    found, _other = full_at_one()
    done = register(found)
    assert states(found) == [["waiting"], ["confirmed", "waiting"]]
    assert all(one.together for one in done.registrations)
    assert "Warteliste für die ganze Reihe" in Letter.objects.latest("id").text


def test_who_waits_for_the_whole_moves_up_at_all_dates_at_once():
    found, other = full_at_one(offer_hours=0)
    register(found)
    registrations.cancel(registration=other, by=LINK)
    assert states(found) == [["confirmed"], ["cancelled", "confirmed"]]
    letter = Letter.objects.latest("id")
    assert letter.subject == "Sie sind nachgerückt: Werkstattabende"
    assert len(dates_of(letter)) == 2


def test_an_offer_of_the_whole_is_taken_at_all_dates_or_lapses_at_all():
    found, other = full_at_one()
    done = register(found)
    register(found, guest_number=2)
    registrations.cancel(registration=other, by=LINK)
    assert states(found) == [["offered", "waiting"], ["cancelled", "offered", "waiting"]]
    with clock.stopped_at(MONDAY + dt.timedelta(hours=25)):
        line.lapse(by=BY)
        assert states(found) == [["lapsed", "offered"], ["cancelled", "lapsed", "offered"]]
        refused("transition_not_allowed", whole_series.accept, registration=done.registrations[0], by=LINK)
        second = Registration.objects.get(event=found.dates[0].event, state=State.OFFERED)
        whole_series.accept(registration=second, by=LINK)
    assert states(found) == [["lapsed", "confirmed"], ["cancelled", "lapsed", "confirmed"]]


def test_nobody_new_goes_past_those_who_wait_for_the_whole():
    found, _other = full_at_one()
    register(found)
    held = found.dates[0]
    assert world.register(held, 8, by=BY).registration.state == State.WAITING


def test_who_waits_for_the_whole_holds_up_a_line_unless_it_is_filled():
    found, _other = full_at_one(offer_hours=0)
    register(found)
    world.register(found.dates[0], 8, by=BY)
    line.serve(event=found.dates[0].event, by=BY)
    assert states(found)[0] == ["waiting", "waiting"]
    found.dates[0].event.refresh_from_db()
    events.change(event=found.dates[0].event, settings={"fill": True}, by=BY)
    assert states(found)[0] == ["waiting", "confirmed"]


def test_more_places_let_the_whole_move_up():
    found, _other = full_at_one(offer_hours=0)
    register(found)
    held = found.dates[1]
    events.set_places(event=held.event, pools=[Places(chairs=2, pool=held.pool)], by=BY)
    assert states(found) == [["confirmed"], ["confirmed", "confirmed"]]


def test_whom_somebody_prefers_goes_first_at_all_dates():
    found, other = full_at_one(offer_hours=0)
    register(found)
    second = register(found, guest_number=2)
    whole_series.prefer(registration=second.registrations[0], reason="Kommt von weit her", by=BY)
    registrations.cancel(registration=other, by=LINK)
    assert states(found) == [["waiting", "confirmed"], ["cancelled", "waiting", "confirmed"]]


def test_how_one_registers_does_not_change_under_those_who_wait_for_the_whole():
    found, _other = full_at_one()
    done = register(found)
    refused("whole_is_waited_for", whole_series.set_joining, series=found.series, joining=Joining.CHOICE, by=BY)
    whole_series.cancel_rest(registration=done.registrations[0], by=LINK)
    whole_series.set_joining(series=found.series, joining=Joining.CHOICE, by=BY)
    found.series.refresh_from_db()
    assert found.series.joining == Joining.CHOICE


def test_who_waits_for_the_whole_moves_up_once_the_full_date_is_called_off():
    found, _other = full_at_one(offer_hours=0)
    register(found)
    events.cancel(event=found.dates[1].event, reason="Der Saal ist nicht frei", by=BY)
    jobs.serve_wholes()
    assert states(found) == [["confirmed"], ["confirmed", "waiting"]]


def test_who_waits_for_the_whole_moves_up_once_the_full_date_has_begun():
    found = row(count=2, joining=Joining.WHOLE, places=1, offer_hours=0)
    world.register(found.dates[0], 7, by=BY)
    register(found)
    jobs.serve_wholes()
    assert states(found)[1] == ["waiting"]
    with clock.stopped_at(found.dates[0].draft.starts_at):
        jobs.serve_wholes()
    assert states(found)[1] == ["confirmed"]


def test_no_date_is_taken_out_while_somebody_waits_for_the_whole():
    """They would be first in its line for ever, and nobody behind them could be served."""
    found, _other = full_at_one()
    done = register(found)
    refused("whole_is_waited_for", series.take_out, event=found.dates[0].event, by=BY)
    whole_series.cancel_rest(registration=done.registrations[0], by=LINK)
    assert series.take_out(event=found.dates[0].event, by=BY).series is None


def test_who_was_let_in_keeps_that_date_when_the_rest_is_given_back():
    found = row(count=2)
    first = register(found).registrations[0]
    with clock.stopped_at(found.dates[0].draft.starts_at - dt.timedelta(minutes=20)):
        door.check_in(seat=first.seats.get(), entry=uuid.uuid4(), by=BY)
        given_back = whole_series.cancel_rest(registration=first, by=LINK)
    assert states(found) == [["confirmed"], ["cancelled"]]
    assert [one.event for one in given_back] == [found.dates[1].event]


def test_who_waits_for_the_whole_and_is_let_in_holds_up_nobody_any_more():
    found = row(count=2, joining=Joining.WHOLE, places=3, offer_hours=0)
    world.register(found.dates[1], 7, by=BY, places=3)
    first = register(found).registrations[0]
    world.register(found.dates[0], 8, by=BY)
    assert states(found)[0] == ["waiting", "waiting"]
    admissions.admit(registration=first, by=BY)
    assert states(found)[0] == ["confirmed", "confirmed"]


def test_on_the_telephone_all_dates_of_an_offer_are_taken():
    found, other = full_at_one()
    done = register(found, by=BY, email="")
    registrations.cancel(registration=other, by=LINK)
    calls.act(registration=done.registrations[0], verb="accept", by=BY)
    assert states(found) == [["confirmed"], ["cancelled", "confirmed"]]
    assert not Letter.objects.filter(state="held", dismissed_at=None, cause_uuid=done.registrations[0].uuid).exists()


# --- Questions ----------------------------------------------------------------------------------------------------


def test_the_same_question_is_asked_once_and_answered_at_every_date():
    found = row(count=2)
    machine = Asked(kind="text", label=translated("Ihre Maschine"), required=True)
    photos = Asked(kind="consent", label=translated("Fotos dürfen gezeigt werden."))
    hall = Asked(kind="text", label=translated("Kommen Sie mit dem Auto?"))
    questions.set_all(event=found.dates[0].event, asked=[machine, photos], by=BY)
    questions.set_all(event=found.dates[1].event, asked=[machine, hall, photos], by=BY)
    asked = whole.asked([held.event for held in found.dates])
    assert [str(one.label) for one in asked.questions] == [
        "Ihre Maschine",
        "Fotos dürfen gezeigt werden.",
        "Kommen Sie mit dem Auto?",
    ]
    given = {str(one.uuid): answer for one, answer in zip(asked.questions, ["Säge", True, "ja"], strict=True)}
    done = register(found, answers=asked.spread(given))
    kept = [sorted(map(str, one.answers)) for one in done.registrations]
    own = [sorted(str(one.uuid) for one in queries.questions(held.event)) for held in found.dates]
    assert kept == own
    assert [[a["text"] for a in one.answers.values() if isinstance(a, dict)] for one in done.registrations] == [
        ["Fotos dürfen gezeigt werden."]
    ] * 2


def test_two_questions_of_one_date_with_the_same_words_stay_two():
    found = row(count=2)
    twice = [Asked(kind="text", label=translated("Name")), Asked(kind="text", label=translated("Name"))]
    for held in found.dates:
        questions.set_all(event=held.event, asked=twice, by=BY)
    asked = whole.asked([held.event for held in found.dates])
    assert [len(copies) for copies in asked.copies.values()] == [2, 2]


# --- What it costs ------------------------------------------------------------------------------------------------


def test_each_date_costs_the_same():
    def cost(count, number):
        found = in_a_row.row(count=count, centre=first.centre)
        with CaptureQueriesContext(connection) as said:
            register(found, guest_number=number)
        return len(said)

    first = row(count=1)
    two, three, five = cost(2, 1), cost(3, 2), cost(5, 3)
    assert five - three == 2 * (three - two)
    print(two, three, five)
    assert three - two <= 9
