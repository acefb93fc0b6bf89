"""An answer goes out over a mail server, is answered from a mailbox, and that answer is fetched into the thread."""

import datetime as dt
import uuid
from email.message import EmailMessage

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import take
from wegweiser.consortium.models import Member
from wegweiser.crossings import appointments, enquiries, fetching, referrals
from wegweiser.enquiries import unseen
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.outbox import delivery


def test_a_conversation_over_real_servers(world, smtp, imap, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    case = contact_point.case(world.lead)
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    assert delivery.send_due() == {"sent": 1}
    (got,) = smtp.messages

    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = got["To"], got["Reply-To"], f"AW: {got['Subject']}"
    reply["Message-ID"], reply["In-Reply-To"] = "<antwort@firma.example>", got["Message-ID"]
    quoted = "".join(f"> {line}\n" for line in got.get_body(("plain",)).get_content().splitlines())
    reply.set_content(f"Ja, Montag passt.\n\nAm 2. März 2026 um 10:00 schrieb Zentrum:\n{quoted}")
    imap.deliver(reply.as_bytes())
    imap.deliver(got.as_bytes())  # our own mail comes back, by a forwarding of theirs
    assert fetching.fetch(by=BY) == 2
    assert [row.text for row in case.thread.all()] == ["Passt Montag?", "Ja, Montag passt."]

    enquiries.answer(case=case, member=world.anna, text="Bis Montag!", seen=unseen.last(case), by=BY)
    assert delivery.send_due() == {"sent": 1}
    last = smtp.messages[-1]
    assert last["In-Reply-To"] == "<antwort@firma.example>"
    assert last["References"].split() == [got["Message-ID"], "<antwort@firma.example>"]
    assert last["Reply-To"] == got["Reply-To"]


def test_what_a_person_wrote_is_a_persons_mail_at_another_centre(world, smtp, settings):
    case = contact_point.case(world.lead, topic=world.topic, phone="0391 5550123")
    enquiries.confirm_by_mail(case=case, status_secret="geheim", by=BY)
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    at = MONDAY + dt.timedelta(days=3)
    appointments.arrange(case=case, member=world.anna, kind="talk", starts_at=at, invite=True, by=BY)
    referrals.refer(
        case=case,
        member=world.anna,
        recipient="Zentrum Nord",
        mail="post@nord.example",
        passed=["name", "phone"],
        message="Bitte melden.",
        agreed=Agreed(by="Jana Ölmann", way="phone", on=MONDAY.date(), text="Ich bin einverstanden.", version="1"),
        submission=uuid.uuid4(),
        by=BY,
    )
    assert delivery.send_due() == {"sent": 4}
    assert [mail["Auto-Submitted"] for mail in smtp.messages] == ["auto-generated", None, None, None]

    settings.BASE_URL, settings.DEFAULT_FROM_EMAIL = "https://nord.example", "post@nord.example"
    Member.objects.update(email="jemand@nord.example")
    came = take(smtp.messages[-1]).mail
    assert (came.state, came.case.email) == ("opened", "anna@centre.example")
