"""What the programs write about who was there online: samples after their documented formats, each as one list."""

import io

import pytest
from openpyxl import Workbook

from wegweiser.companies.importing import reading
from wegweiser.events import meeting_lists
from wegweiser.events.whose import Guest, Register
from wegweiser.kernel.errors import DomainError

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
845 1234 5678,Aufträge im Blick,03/02/2026 09:55:00 AM,03/02/2026 12:01:00 PM,host@zentrum.example,126,4

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
Petra (Petra Müller),petra@mueller.example,03/02/2026 09:59:00 AM,03/02/2026 10:29:00 AM,30,Yes,,No
Petra (Petra Müller),petra@mueller.example,03/02/2026 10:35:00 AM,03/02/2026 12:00:00 PM,85,Yes,,No
iPhone von Uwe,,03/02/2026 10:00:00 AM,03/02/2026 10:20:00 AM,20,Yes,,No
Uwe Krause,,03/02/2026 09:50:00 AM,03/02/2026 10:00:00 AM,10,Yes,,Yes
"""
ZOOM_GERMAN = """Name (Originalname),Benutzer-E-Mail,Beitrittszeit,Beendigungszeit,Dauer (Minuten),Gast
Jörg Weiß,joerg@weiss.example,02.03.2026 10:00:00,02.03.2026 11:30:00,90,Ja
"""
TEAMS_OLD = """Full Name\tUser Action\tTimestamp
Petra Müller\tJoined\t3/2/2026, 9:58:00 AM
Uwe Krause\tJoined before\t3/2/2026, 10:00:00 AM
Petra Müller\tLeft\t3/2/2026, 10:30:00 AM
Petra Müller\tJoined\t3/2/2026, 10:40:00 AM
Petra Müller\tLeft\t3/2/2026, 12:00:00 PM
"""
TEAMS_NEW = """1. Summary
Meeting title\tAufträge im Blick
Attended participants\t2
Start time\t3/2/26, 9:58:12 AM
End time\t3/2/26, 12:00:00 PM
Meeting duration\t2h 1m 48s
Average attendance time\t1h 2m

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Petra Müller\t3/2/26, 9:58:12 AM\t3/2/26, 12:00:00 PM\t1h 50m 12s\tpetra@mueller.example\tp@m.example\tAttendee
Uwe Krause (Extern)\t3/2/26, 10:00:00 AM\t3/2/26, 10:14:40 AM\t14m 40s\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Petra Müller\t3/2/26, 9:58:12 AM\t3/2/26, 12:00:00 PM\t2h 1m 48s\tpetra@mueller.example\tAttendee
"""
TEAMS_GERMAN = """1. Zusammenfassung
Titel der Besprechung\tAufträge

2. Teilnehmer
Name\tErster Beitritt\tLetztes Verlassen\tBesprechungsdauer\tE-Mail\tTeilnehmer-ID (UPN)\tRolle
Petra Müller\t02.03.26, 09:58:12\t02.03.26, 12:00:00\t1 Std. 50 Min. 12 Sek.\tpetra@mueller.example\t\tTeilnehmer
"""
BIGBLUEBUTTON = """"Name","Moderator","Activity score","Talk time","Messages","Emojis","Join","Left","Duration"
"Petra Müller","No","6.5","00:01:10","3","1","3/2/2026, 9:59:00 AM","3/2/2026, 12:00:00 PM","02:01:00"
"Uwe","Yes","1","00:00:10","0","0","3/2/2026, 9:59:00 AM","3/2/2026, 10:14:30 AM","00:15:30"
"""
TIMES = ('="2026-03-02 09:59:00"', '="2026-03-02 11:59:00"')
WEBEX = "\n".join(
    "\t".join(row)
    for row in (
        ("Meeting Name", "Display Name", "Role", "Attendee Email", "Join Time", "Leave Time", "Attendance Duration"),
        ("Aufträge", "Petra Müller", "Attendee", "petra@mueller.example", *TIMES, "120 mins"),
    )
)


def taken(text, encoding="utf-8", **more):
    return meeting_lists.take(reading.read(text.encode(encoding)).lines, **more)


def told(text, encoding="utf-8", **more):
    return [(row.name, row.email, row.minutes) for row in taken(text, encoding, **more).rows]


def test_zoom_with_its_head_sums_who_came_back_and_leaves_out_the_waiting_room():
    assert taken(ZOOM).source == "zoom"
    assert told(ZOOM) == [
        ("iPhone von Uwe", "", 20),
        ("Petra (Petra Müller)", "petra@mueller.example", 115),
    ]


def test_zoom_in_german_in_the_encoding_of_excel():
    assert told(ZOOM_GERMAN, "cp1252") == [("Jörg Weiß", "joerg@weiss.example", 90)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_teams_of_old_gives_who_came_and_went(encoding):
    assert taken(TEAMS_OLD, encoding).source == "teams"
    assert told(TEAMS_OLD, encoding) == [("Petra Müller", "", 112), ("Uwe Krause", "", 120)]


def test_teams_of_today_is_read_by_its_section_of_people():
    assert taken(TEAMS_NEW, "utf-16").source == "teams"
    assert told(TEAMS_NEW, "utf-16") == [
        ("Petra Müller", "petra@mueller.example", 110),
        ("Uwe Krause (Extern)", "", 15),
    ]
    assert told(TEAMS_GERMAN, "utf-16") == [("Petra Müller", "petra@mueller.example", 110)]


def test_bigbluebutton_from_its_dashboard():
    assert taken(BIGBLUEBUTTON).source == "bigbluebutton"
    assert told(BIGBLUEBUTTON) == [("Petra Müller", "", 121), ("Uwe", "", 16)]


def test_webex_with_its_wrapped_cells():
    assert taken(WEBEX, "utf-16").source == "webex"
    assert told(WEBEX, "utf-16") == [("Petra Müller", "petra@mueller.example", 120)]


def test_a_table_of_a_partner_with_headings_of_its_own():
    book = Workbook()
    for row in (("Liste vom 2. März",), ("Wer", "Kontakt", "Wie lange"), ("Müller, Petra", "P@Mueller.example", 95)):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    lines = reading.read(file.getvalue()).lines
    with pytest.raises(DomainError) as error:
        meeting_lists.take(lines)
    assert error.value.code == "columns_unknown"
    found = meeting_lists.take(lines, columns={"name": "Wer", "mail": "b", "minutes": "Wie lange"})
    assert [(row.name, row.email, row.minutes) for row in found.rows] == [("Müller, Petra", "p@mueller.example", 95)]


def test_a_second_device_at_the_same_time_counts_no_minute_twice():
    text = "Name;E-Mail;Beitrittszeit;Austrittszeit\nPetra;p@m.example;10:00;11:00\nPetra;;10:30;11:30\n"
    assert told(text) == [("Petra", "p@m.example", 90)]


def test_two_of_one_name_with_an_address_each_stay_two():
    text = "Name;E-Mail;Minuten\nUwe;a@a.example;5\nUwe;b@b.example;7\nUwe;;9\n"
    assert sorted(told(text)) == [("Uwe", "", 9), ("Uwe", "a@a.example", 5), ("Uwe", "b@b.example", 7)]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+Petra", "@Petra", "-Petra"])
def test_no_name_is_a_formula(name):
    assert told(f'Name;Minuten\n"{name}";5\n')[0][0][0] not in "=+-@"


@pytest.mark.parametrize("text", ["Name;Ort\nPetra;Halle\n", "nichts\n", "Name;Minuten\n"])
def test_what_names_nobody_or_no_time_is_refused(text):
    with pytest.raises(DomainError):
        taken(text)


def test_names_stand_in_names():
    assert meeting_lists.names("Petra (Müller, Petra)") == [
        "Petra (Müller, Petra)",
        "Petra",
        "Müller, Petra",
        "Petra Müller",
    ]


REGISTER = Register(
    [
        Guest(1, "Petra Müller", "petra@mueller.example"),
        Guest(2, "Uwe Krause", "uwe@krause.example"),
        Guest(3, "Jana Meier", "buero@meier.example"),
        Guest(4, "Jörg Meier", "buero@meier.example"),
        Guest(5, "Uwe Krause", "uwe2@krause.example"),
        Guest(6, "", ""),
    ]
)


@pytest.mark.parametrize(
    ("name", "email", "guest"),
    [
        ("Irgendwer", "PETRA@mueller.example", 1),
        ("mueller petra", "", None),
        ("Müller, Petra", "", 1),
        ("Petra (PETRA MÜLLER)", "", 1),
        ("Uwe Krause", "", None),
        ("Jana Meier", "buero@meier.example", 3),
        ("Büro", "buero@meier.example", None),
        ("", "", None),
    ],
)
def test_an_address_or_a_name_that_one_guest_alone_has_is_certain(name, email, guest):
    assert REGISTER.certain(name, email) == guest


def test_a_name_that_is_nearly_one_is_suggested_and_a_device_is_not():
    assert REGISTER.alike("Petra Mueller")[0][0] == 1
    assert [guest for guest, _why in REGISTER.alike("petra m.")[:1]] in ([1], [])
    assert REGISTER.alike("Galaxy S21") == []
