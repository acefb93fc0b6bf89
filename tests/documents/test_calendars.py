"""Calendar files are read by a library of their own kind, as a calendar would read them."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from wegweiser.documents import calendars
from wegweiser.documents.calendars import Date, Method
from wegweiser.kernel import clock

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


def read(text: str):
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def date(**fields) -> Date:
    return Date(
        **{"uid": "1@zentrum.example", "title": "Gespräch", "starts_at": BEGIN, "ends_at": BEGIN + HOUR, **fields}
    )


def test_a_date_keeps_its_moment_whatever_the_zone_it_was_given_in():
    berlin = dt.timezone(HOUR)
    _, event = read(calendars.file(date(starts_at=BEGIN.astimezone(berlin), ends_at=(BEGIN + HOUR).astimezone(berlin))))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (BEGIN, BEGIN + HOUR)


def test_a_cancelled_date_has_the_same_uid_and_a_higher_sequence():
    _, before = read(calendars.file(date(), method=Method.REQUEST))
    calendar, after = read(calendars.file(date(sequence=1), method=Method.CANCEL))
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert (calendar["method"], after["status"]) == ("CANCEL", "CANCELLED")


def test_an_invitation_names_who_invites_and_who_is_invited():
    invited = date(organiser="anna@zentrum.example", organiser_name="Anna Öl, IT", attendee="jana@firma.example")
    _, event = read(calendars.file(invited, method=Method.REQUEST))
    assert event["organizer"] == "mailto:anna@zentrum.example"
    assert event["organizer"].params["CN"] == "Anna Öl, IT"
    assert event["attendee"] == "mailto:jana@firma.example"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_file_that_is_only_to_keep_invites_nobody(agreed):
    """RFC 5546, 3.2.1: no ATTENDEE with METHOD:PUBLISH."""
    mine = date(organiser="anna@zentrum.example", attendee="jana@firma.example", agreed=agreed)
    anna = calendars.Organiser("anna@zentrum.example", "Anna")
    feed = calendars.feed([mine], name="Termine", organiser=anna)
    for text in (calendars.file(mine), calendars.files([mine]), feed):
        calendar, event = read(text)
        assert (calendar["method"], "attendee" in event, "organizer" in event) == ("PUBLISH", False, True)


@given(title=TEXTS, place=TEXTS)
def test_no_text_breaks_the_file_and_each_comes_back_as_it_was(title: str, place: str):
    text = calendars.file(date(title=title, place=place))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    _, event = read(text)
    assert (str(event["summary"]), str(event["location"])) == (title, place)


WORDS = st.text(st.sampled_from('aä ,;:\\"\n^'), max_size=90)
PLAIN = st.from_regex(r"[A-Za-z0-9_.@+-]{1,160}", fullmatch=True)


ANY = PLAIN | st.text(st.sampled_from("aä ,;:'%"), min_size=1)


@given(uid=ANY, attendee=ANY, words=WORDS, agreed=st.booleans(), method=st.sampled_from(list(Method)))
def test_what_all_guests_have_in_common_is_made_once_and_says_the_same(uid, attendee, words, agreed, method):
    told = {"title": f"x{words}", "place": f"UID:u {words}", "organiser": "a@b.de", "organiser_name": words}
    found = date(uid=uid, attendee=attendee, agreed=agreed, **told)
    with clock.stopped_at(BEGIN):
        alone = calendars._file([replace(found, cancelled=method == Method.CANCEL)], method)
        assert [calendars.file(found, method=method) for _time in range(2)] == [alone, alone]
