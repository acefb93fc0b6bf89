"""What a list of who was there does not say: nobody was there for 0 minutes because nobody could read it."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook

from tests.contact_point import BY, world
from tests.events import gatherings
from wegweiser.companies.importing import reading
from wegweiser.crossings import attendance
from wegweiser.events import meeting_lists, presence_lists
from wegweiser.events.actions import presence_lists as actions
from wegweiser.events.models import PresenceList, PresenceRow, Seat
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

NINE, TEN_THIRTY, LATE, MIDNIGHT = (
    dt.datetime.fromisoformat(f"2026-03-{text}") for text in ("02 09:00", "02 10:30", "02 23:00", "03 00:00")
)
ZOOM = """Meeting-ID,Thema,Startzeit,Endzeit,Benutzer-E-Mail,Dauer (Minuten),Teilnehmer
845 1234 5678,Aufträge,02.03.2026 09:55:00,02.03.2026 12:01:00,host@zentrum.example,126,2

Name (Originalname),Benutzer-E-Mail,Beitrittszeit,Beendigungszeit,Dauer (Minuten),Gast
Jörg Weiß,joerg@weiss.example,02.03.2026 10:00:00,02.03.2026 11:30:00,90,Ja
Petra Müller,petra@mueller.example,02.03.2026 10:00:00,02.03.2026 11:20:00,80,Ja
"""
ZOOM_TODAY = """Thema,ID,Gastgebername,Gastgeber-E-Mail,Dauer (Minuten),Startzeit,Endzeit,Benutzername
Aufträge,123 456,Host,host@zentrum.example,126,02.03.2026 09:55,02.03.2026 12:01,Host

Name (Originalname),E-Mail,Teilnahmezeitpunkt,Austrittszeit,Dauer (Minuten),Gast
Petra Müller,petra@mueller.example,02.03.2026 09:59,02.03.2026 10:29,30,Ja
Jörg Weiß,joerg@weiss.example,02.03.2026 09:59,02.03.2026 10:29,30,Ja
"""
WEBEX = """Meetingname\tAnzeigename\tRolle\tE-Mail-Adresse des Teilnehmers\tBeitrittszeit\tAustrittszeit\tTeilnahmedauer
Audit\tPetra Müller\tTeilnehmer\tpetra@mueller.example\t="2026-03-02 09:59:00"\t="2026-03-02 11:59:00"\t120 Minuten
"""
WEBEX_CLASSIC = """Session detail for "Audit":
Participant\tName\tEmail\tInvited\tDate\tStart time\tEnd time\tDuration
1\tPetra\tp@mueller.example\tNo\t3/2/26\t9:59 am\t11:59 am\t120 mins
"""
TICKED = [["Name", "Firma", "anwesend"], ["Petra", "M", "x"], ["Uwe", "K", "ja"], ["Ina", "K", "nein"], ["Tom"]]
TICKED_SAID = {"Petra": True, "Uwe": True, "Ina": False, "Tom": False}


def book(rows):
    made, file = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def taken(data, **more):
    data = book(data) if isinstance(data, list) else data.encode()
    return meeting_lists.take(reading.read(data, times=True).lines, **more)


def told(data, **more):
    return [(row.name, row.minutes) for row in taken(data, **more).rows]


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ([["Name", "von", "bis"], ["Petra", NINE, TEN_THIRTY]], 90),
        ([["Name", "von", "bis"], ["Petra", NINE.time(), TEN_THIRTY.time()]], 90),
        ([["Name", "von", "bis"], ["Petra", LATE, MIDNIGHT]], 60),
        ([["Name", "Dauer"], ["Petra", dt.timedelta(hours=25)]], meeting_lists.MOST_MINUTES),
        ([["Name", "Dauer"], ["Petra", dt.timedelta(hours=1, minutes=30)]], 90),
        ([["Name", "Dauer (Stunden)"], ["Petra", 1.5]], 90),
        ([["Name", "von", "bis"], ["Petra", "9 Uhr", "10.30 Uhr"]], 90),
    ],
)
def test_times_of_a_spreadsheet_are_what_they_show(rows, minutes):
    assert told(rows) == [("Petra", minutes)]


@pytest.mark.parametrize("zoom", [ZOOM, ZOOM_TODAY])
def test_the_head_of_a_meeting_is_not_who_was_there(zoom):
    assert [(row.name, row.email) for row in taken(zoom).rows] == [
        ("Jörg Weiß", "joerg@weiss.example"),
        ("Petra Müller", "petra@mueller.example"),
    ]


def test_the_head_of_a_meeting_alone_names_nobody():
    with pytest.raises(DomainError) as refusal:
        taken("\n".join(ZOOM.splitlines()[:2]))
    assert refusal.value.code == "columns_unknown"


def test_webex_in_german_keeps_the_address():
    found = taken(WEBEX)
    assert found.source == "webex"
    assert [(row.name, row.email, row.minutes) for row in found.rows] == [
        ("Petra Müller", "petra@mueller.example", 120)
    ]


def test_a_column_that_counts_participants_is_not_their_name():
    assert told(WEBEX_CLASSIC) == [("Petra", 120)]


def test_a_host_is_nobodys_address():
    assert taken("Name,Host email,Mail des Gastes,Minuten\nPetra,h@x.example,p@m.example,5\n").rows[0].email == (
        "p@m.example"
    )


@pytest.mark.parametrize("columns", [None, {"name": "Name", "minutes": "anwesend"}, {"name": "A", "there": "C"}])
def test_a_list_that_ticks_who_was_there_says_that_and_no_minutes(columns):
    found = taken(TICKED, columns=columns)
    assert {row.name: row.there for row in found.rows} == TICKED_SAID
    assert {row.minutes for row in found.rows} == {None}


def test_a_column_of_who_was_there_that_holds_minutes_gives_them():
    assert told([["Name", "Anwesenheit"], ["Petra", 55], ["Uwe", 0]]) == [("Petra", 55), ("Uwe", 0)]


@pytest.mark.parametrize("cell", ["lange", "-5", "1e3", "-", "", "0,0625", "99999999", "1900-01-01 01:00"])
def test_what_says_no_time_is_no_time_and_stands_there(cell):
    row = next(row for row in taken(f'Name;Minuten\nPetra;"{cell}"\nUwe;5\n').rows if row.name == "Petra")
    assert (row.minutes, row.there, row.told) == (None, None, cell)


def test_of_whom_one_row_cannot_be_read_no_minutes_are_known():
    row = taken("Name;Minuten\nPetra;12\nPetra;später\n").rows[0]
    assert (row.minutes, row.told) == (None, "12 min; später")


def test_who_only_left_is_still_in_the_list():
    text = "Full Name\tUser Action\tTimestamp\nPetra\tLeft\t3/2/2026, 10:30:00 AM\n"
    text += "Uwe\tJoined\t3/2/2026, 9:30:00 AM\nUwe\tLeft\t3/2/2026, 10:30:00 AM\n"
    assert told(text) == [("Petra", None), ("Uwe", 60)]


# --- What follows from it --------------------------------------------------------------------------------------------


@pytest.fixture
def here(db):
    with clock.stopped_at(clock.now()):
        yield gatherings.of_today(world().lead, guests=4)


def settled():
    attendance.take_list(presence_list=PresenceList.objects.get(), by=BY)
    return list(Seat.objects.order_by("registration__email").values_list("presence", "minutes"))


def row(name):
    return PresenceRow.objects.get(name=name)


@pytest.mark.django_db
def test_nobody_was_absent_because_a_list_cannot_be_read(here):
    found = gatherings.online_list(here, "Name;Minuten\nGast 1;lange\nGast 2;90\nGast 3;\n")
    assert (presence_lists.undecided(found), presence_lists.unread(here.event)) == (2, 2)
    assert settled() == [("", None), ("attended", 90), ("", None), ("", None)]


@pytest.mark.django_db
def test_nothing_is_settled_by_itself_as_long_as_somebody_has_to_be_asked_about(here):
    gatherings.online_list(here, "Name;Minuten\nGast 1;lange\nGast 2;90\n")
    settled()
    with clock.stopped_at(clock.now() + dt.timedelta(days=3)):
        assert attendance.settle_all(by=BY) == 0
        actions.set_there(row=row("Gast 1"), there=True, by=BY)
        assert settled()[0] == ("attended", None)
        assert attendance.settle_all(by=BY) == 1


@pytest.mark.django_db
def test_what_somebody_says_of_them_counts_and_can_be_taken_back(here):
    gatherings.online_list(here, "Name;Minuten\nGast 1;lange\nGast 2;kurz\nGast 3;5\n")
    actions.set_there(row=row("Gast 1"), there=True, by=BY)
    actions.set_there(row=row("Gast 2"), there=False, by=BY)
    assert settled() == [("attended", None), ("absent", None), ("absent", 5), ("", None)]
    actions.set_there(row=row("Gast 1"), there=None, by=BY)
    assert settled()[0] == ("", None)
    with pytest.raises(DomainError) as refusal:
        actions.set_there(row=row("Gast 3"), there=True, by=BY)
    assert refusal.value.code == "minutes_known"


@pytest.mark.django_db
def test_who_is_ticked_came_and_who_was_not_registered_is_taken_in(here):
    gatherings.online_list(here, "Name;anwesend\nGast 1;x\nGast 2;\nUwe Neu;x\n")
    actions.decide(row=row("Uwe Neu"), whose="new", by=BY)
    settled()
    assert dict(Seat.objects.values_list("name", "presence")) == {
        "Gast 1": "attended",
        "Gast 2": "absent",
        "Gast 3": "",
        "Gast 4": "",
        "Uwe Neu": "attended",
    }


@pytest.mark.django_db
def test_a_row_that_is_clear_does_not_decide_for_one_that_is_not(here):
    gatherings.online_list(here, "Name;Minuten\nGast 1;5\nUwe;lange\n")
    actions.decide(row=row("Uwe"), whose="guest", seat=Seat.objects.get(name="Gast 1"), by=BY)
    assert settled()[0] == ("", 5)
    actions.set_there(row=row("Uwe"), there=True, by=BY)
    assert settled()[0] == ("attended", 5)


@pytest.mark.django_db
def test_the_same_file_again_keeps_what_was_said(here):
    text = "Name;Minuten\nGast 1;lange\n"
    gatherings.online_list(here, text)
    actions.set_there(row=row("Gast 1"), there=True, by=BY)
    gatherings.online_list(here, text)
    assert row("Gast 1").there is True


@pytest.mark.django_db
def test_what_stood_in_the_list_goes_with_the_name(here):
    gatherings.online_list(here, "Name;Minuten\nGast 1;lange wie Gast 2\n")
    actions.erase(row=row("Gast 1"), by=BY)
    assert PresenceRow.objects.get().told == ""
