"""Who is answered: whom a mail names in its Reply-To, as forms on websites do, else who sent it."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.mailing import came
from wegweiser.companies.actions import persons
from wegweiser.crossings import enquiries, mails
from wegweiser.enquiries import correspondence, retention
from wegweiser.enquiries.actions import mails as actions
from wegweiser.enquiries.models import Mail
from wegweiser.outbox.models import Letter

FORM = "Website <wordpress@zentrum-alt.example>"
UWE = "Uwe Krause <uwe@krause.example>"


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    settings.DEFAULT_FROM_EMAIL = "Zentrum <zentrum@centre.example>"


def from_form(text: str = "Unsere Fräse steht still.", **heads: str) -> Mail:
    return came(text, **{"from": FORM, "reply_to": UWE, "subject": "Anfrage über das Kontaktformular"} | heads)


def test_who_typed_into_a_form_is_asked_back_and_not_the_form(world):
    mail = from_form()
    assert (mail.state, mail.case.email, mail.case.name) == ("opened", "uwe@krause.example", "Uwe Krause")
    assert Letter.objects.get().recipient_mail == "uwe@krause.example"
    assert (mail.sender_mail, mail.other_mail) == ("wordpress@zentrum-alt.example", "uwe@krause.example")


@pytest.mark.parametrize(
    ("sender", "reply_to", "name"),
    [
        (FORM, "uwe@krause.example", ""),
        ("Uwe Krause <wordpress@zentrum-alt.example>", "uwe@krause.example", "Uwe Krause"),
        ("Jörg Müller <joerg@gmx.example>", "info@mueller-bau.example", "Jörg Müller"),
        ("Uwe Krause <uwe@krause.example>", "buero@krause.example", "Uwe Krause"),
        (FORM, "Büro Krause <buero@krause.example>", ""),
    ],
)
def test_the_name_beside_another_address_counts_where_it_fits(world, sender, reply_to, name):
    mail = from_form(**{"from": sender, "reply_to": reply_to})
    assert (mail.case.email, mail.case.name) == (reply_to.rpartition("<")[2].rstrip(">"), name)


@pytest.mark.parametrize(
    "reply_to",
    ["antwort@centre.example", "post@centre.example", "Anna <anna@centre.example>", "kaputt", "jana@firma.example"],
)
def test_what_names_one_of_us_or_nobody_else_is_answered_to_its_sender(world, reply_to):
    mail = came("Unsere Fräse steht.", subject="Frage", reply_to=reply_to)
    assert (mail.case.email, mail.other_mail) == ("jana@firma.example", "")


@pytest.mark.parametrize(
    "local",
    ["noreply", "no-reply", "No_Reply", "noreply-crm", "noreply+7", "donotreply", "do-not-reply", "nicht-antworten"],
)
def test_an_address_that_nobody_reads_is_not_answered(world, local):
    mail = came("Unsere Fräse steht.", subject="Frage", reply_to=f"{local}@firma.example")
    assert (mail.case.email, mail.other_mail) == ("jana@firma.example", "")
    assert Letter.objects.get().recipient_mail == "jana@firma.example"


def test_an_address_that_only_begins_like_it_is_answered(world):
    mail = came("Unsere Fräse steht.", subject="Frage", reply_to="nora@firma.example, noah.reply@firma.example")
    assert mail.case.email == "nora@firma.example"


def test_a_form_that_sends_under_our_own_address_is_no_mail_that_came_back(world):
    mail = from_form(**{"from": "Zentrum <zentrum@centre.example>"})
    assert (mail.state, mail.case.email) == ("opened", "uwe@krause.example")
    letter = Letter.objects.get()
    again = from_form(**{"from": "Zentrum <zentrum@centre.example>", "message_id": letter.message_id})
    assert (again.state, again.reason) == ("aside", "loop")


def test_a_form_that_sends_as_a_colleague_is_a_draft_with_whom_it_is_about(world):
    mail = from_form(**{"from": f"Anna <{world.anna.email}>", "reply_to": UWE})
    assert (mail.state, mail.direction, mail.other_mail) == ("draft", "in", "uwe@krause.example")


@pytest.mark.parametrize("form", [FORM, "Website <website@centre.example>", "post@centre.example"])
def test_each_who_writes_by_a_form_of_ours_is_counted_alone(world, settings, form):
    settings.MAIL_FORMS = ["wordpress@zentrum-alt.example"]
    given = {"from": form}
    sent = [from_form(reply_to=f"u{number}@krause.example", **given) for number in range(mails.MOST_IN_AN_HOUR + 2)]
    assert {mail.state for mail in sent} == {"opened"}
    assert Letter.objects.count() == mails.MOST_IN_AN_HOUR, "a form sends nobody's mailbox full by way of us"
    many = [from_form(f"Nummer {number}", **given) for number in range(mails.MOST_IN_AN_HOUR + 1)]
    assert (many[-2].state, many[-1].reason) == ("opened", "too_many")


def test_who_names_a_stranger_in_each_mail_is_counted_as_who_sends(world):
    sent = [from_form(reply_to=f"u{number}@krause.example") for number in range(mails.MOST_IN_AN_HOUR + 2)]
    assert [mail.state for mail in sent[-3:]] == ["opened", "aside", "aside"]
    assert sent[-1].reason == "too_many"
    assert Letter.objects.count() == mails.MOST_CONFIRMED, "nobody has us write to many strangers"


def test_a_doubtful_sender_is_no_form_of_ours(world):
    doubt = {"from": "Website <website@centre.example>", "authentication_results": "mx.centre.example; dmarc=fail"}
    sent = [from_form(reply_to=f"u{number}@krause.example", **doubt) for number in range(mails.MOST_IN_AN_HOUR + 1)]
    assert sent[-1].reason == "too_many"


def test_a_case_of_the_same_address_is_offered_and_learns_no_form(world):
    first = contact_point.case(world.lead, email="uwe@krause.example", topic=world.topic)
    called = contact_point.case(world.lead, email="", phone="+493915550111", intake="phone")
    mail = from_form()
    found = correspondence.elsewhere(mail=mail, cases=type(first).objects.all())
    assert [(row.case, str(row.why)) for row in found] == [(first, "address")]
    actions.move(mail=mail, case=called, theirs=True, reply_by=contact_point.MONDAY.date(), by=BY)
    called.refresh_from_db()
    assert called.email == "uwe@krause.example"


def test_who_answers_from_the_phone_stays_the_enquirer_and_the_other_address_is_told(world):
    case = contact_point.case(world.lead, email="office@firma.example")
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    mail = came(
        to=Letter.objects.get().reply_to, **{"from": "Jana <jana@gmx.example>", "reply_to": "office@firma.example"}
    )
    assert (mail.state, mail.answer_mail, mail.sender_mail) == ("filed", "office@firma.example", "jana@gmx.example")


def test_what_is_known_of_the_address_that_is_answered_is_erased_with_it(world):
    persons.find_or_create(name="Uwe Krause", email="uwe@krause.example", by=BY)
    mail = from_form()
    assert list(retention._mails_of("uwe@krause.example")) == [mail]
    actions.erase(mail=mail, by=BY)
    mail.refresh_from_db()
    assert (mail.other_mail, mail.other_name) == ("", "")
