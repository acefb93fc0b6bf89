"""Spam opens nothing, and nobody gets an answer whose address somebody else may have written there."""

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came, take, written
from wegweiser.enquiries import answer_times, automatic, reply_addresses, suggestions
from wegweiser.enquiries.actions import cases
from wegweiser.files.models import Upload
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.mark.parametrize(
    "heads",
    [
        {"x_spam_flag": "YES"},
        {"x_spam_status": "Yes, score=9.1 required=5.0"},
        {"x_spam": "Yes"},
        {"x_forefront_antispam_report": "CIP:1.2.3.4;CTRY:;SFV:SPM;H:x"},
        {"subject": "*** SPAM *** Kredit"},
        {"subject": "*****SPAM***** Kredit"},
        {"subject": "[EXTERN] [SPAM?] Kredit"},
        {"subject": "[Spam-Verdacht] Kredit"},
        {"subject": "{Spam?} Kredit"},
    ],
)
def test_what_the_server_calls_spam_is_set_aside_with_its_files(world, heads):
    mail = written("Sie brauchen Geld.", **{"subject": "Kredit", **heads})
    mail.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="plan.pdf")
    found = take(mail).mail
    assert (found.state, found.reason, found.case) == ("aside", "spam", None)
    assert not Letter.objects.exists()
    assert Upload.objects.get().owner_uuid == found.uuid


@pytest.mark.parametrize(
    "heads",
    [
        {"subject": "Spam in unserem Postfach"},
        {"subject": "Frage zu *Spam* und mehr"},
        {"x_spam_flag": "NO", "x_spam_status": "No, score=0.1"},
    ],
)
def test_a_question_about_spam_is_none(world, heads):
    assert came("Was hilft?", **{"subject": "Frage", **heads}).state == "opened"


def test_an_answer_to_us_is_filed_whatever_a_filter_thinks_of_it(world):
    case = contact_point.case(world.lead)
    assert came("Ja.", to=reply_addresses.of(case), x_spam_flag="YES").state == "filed"


FAIL = "mx.centre.example; spf=fail smtp.mailfrom=x.example; dkim=none; dmarc=fail (p=REJECT) header.from=bank.example"


@pytest.mark.parametrize(
    ("results", "unproven"),
    [
        ([FAIL], True),
        (["mx.a; dmarc=pass", "mx.a; spf=fail"], False),
        (["mx.a; spf=fail; dkim=pass"], False),
        (["mx.a; spf=fail"], True),
        (["mx.a; spf=softfail"], False),
        (["mx.a; dkim=fail", "mx.a; dmarc=fail"], True),
        (["mx.a; dmarc=pass", "foreign.b; dmarc=fail"], False),
        (["mx.a 1; spf=none", "foreign.b; dmarc=fail"], False),
        ([""], False),
        ([], False),
    ],
)
def test_only_our_own_server_says_whether_a_sender_is_proven(results, unproven):
    assert automatic.is_unproven(results) is unproven


def test_who_may_not_have_written_gets_no_confirmation_and_is_not_lost(world):
    mail = came("Fräse steht.", subject="Frage", authentication_results=FAIL, **{"from": "opfer@bank.example"})
    assert (mail.state, mail.reason) == ("opened", "unproven")
    assert not Letter.objects.exists()


def test_what_was_closed_as_spam_counts_nowhere(world):
    mail = came("Kredit", subject="Kredit")
    type(mail.case).objects.update(suggested={"topics": [], "in_scope": False})
    assert len(suggestions.routed(start=MONDAY.date(), end=MONDAY.date())) == 1
    cases.close(case=mail.case, outcome="spam", by=BY)
    assert answer_times.asked(world.centre, start=MONDAY.date(), end=MONDAY.date()) == []
    assert suggestions.routed(start=MONDAY.date(), end=MONDAY.date()) == []
