"""By its subject alone an absence notice is known, and a question about absence notices is not taken for one."""

import pytest

from tests.mailing import written
from wegweiser.enquiries import mail_reading


def told(subject, **heads):
    return mail_reading.read(written(subject=subject, **heads).as_bytes()).automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Abwesenheitsnotiz - wie geht das in Outlook?",
        "Out of Office - wie richten wir das ein",
        "Abwesenheitsnachricht: was ist erlaubt?",
        "Abwesenheitsnotiz: Dürfen wir das?",
        "Abwesend gemeldet und trotzdem gebucht",
        "Out of office: how do we set it up",
        "Abwesenheit: digitale Urlaubsplanung",
        "Abwesenheit (Urlaub) digital planen",
        "Abwesend - Fertigung ohne Meister",
        "Out of office: Arbeitszeit erfassen",
        "Abwesenheit",
        "Abwesenheitsassistent: Programm gesucht",
    ],
)
def test_who_asks_about_them_is_a_person(subject):
    assert told(subject) == ""


@pytest.mark.parametrize(
    "subject",
    [
        "Abwesend: Ihre Anfrage",
        "Abwesenheitsassistent: Antwort auf Ihr Anliegen W-7F3K9",
        "Automatische Eingangsbestätigung",
        "Automatische Eingangsbestätigung: Ihre Nachricht",
        "Abwesenheitsnotiz: AW: Wie geht es weiter?",
        "Out of Office: AW: Ihr Termin",
        "Out of Office AutoReply: Ihr Termin",
        "Abwesenheitsnotiz: Was wird aus W-7F3K9?",
    ],
)
def test_what_a_program_wrote_is_known_without_its_heads(subject):
    assert told(subject) == "auto_reply"


def test_what_answers_a_question_of_ours_repeats_it():
    assert told("Abwesenheitsnotiz: Wann passt es Ihnen?", in_reply_to="<1@centre.example>") == "auto_reply"
