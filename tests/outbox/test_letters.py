"""Letters belong to their cause, and the chosen channel binds."""

import datetime as dt

import pytest
from django.db import transaction

from tests.letters import BY, RENDERED, write
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox import jobs, queries
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import one_line

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_letter_needs_the_transaction_of_its_cause(cause):
    with pytest.raises(RuntimeError, match="transaction of its cause"):
        letters.write(cause=cause, rendered=RENDERED, mail="a@b.example", by=BY)


def test_what_is_rolled_back_leaves_no_letter_and_no_audit_row(cause):
    audits = AuditEvent.objects.count()
    with transaction.atomic():
        write(cause)
        transaction.set_rollback(True)
    assert (Letter.objects.count(), AuditEvent.objects.count()) == (0, audits)


@pytest.mark.parametrize(
    ("channel", "given", "state", "reason"),
    [
        ("mail", {}, "queued", ""),
        ("mail", {"mail": ""}, "held", "no_mail"),
        ("phone", {}, "held", "channel_phone"),
        ("none", {}, "held", "channel_none"),
        ("letter", {"address": ["Firma", "Weg 1", "39104 Magdeburg"]}, "queued", ""),
        ("letter", {}, "held", "no_address"),
    ],
)
def test_the_chosen_channel_binds(cause, channel, given, state, reason):
    letter = write(cause, channel=channel, **given)
    assert (letter.state, letter.hold_reason) == (state, reason)


def test_the_message_id_is_made_of_the_letter_and_the_host(cause, settings):
    settings.BASE_URL = "https://zentrum.example:8443"
    letter = write(cause)
    assert letter.message_id == f"<{letter.uuid}@zentrum.example>"


def test_a_paper_letter_is_printed_once(cause):
    letter = write(cause, channel="letter", address=["Firma"])
    assert letters.mark_printed(letter=letter, on=dt.date(2026, 3, 2), by=BY).state == "printed"
    with pytest.raises(DomainError, match="waits"):
        letters.mark_printed(letter=letter, on=dt.date(2026, 3, 2), by=BY)


@pytest.mark.parametrize("state", ["queued", "held"])
def test_only_what_failed_or_is_unclear_is_released(cause, state):
    letter = write(cause, channel="mail" if state == "queued" else "none")
    with pytest.raises(DomainError) as refusal:
        letters.release(letter=letter, by=BY)
    assert refusal.value.code == "transition_not_allowed"


def test_bodies_are_blanked_when_their_time_is_over_and_are_never_sent_empty(cause):
    day = clock.today()
    over, kept = write(cause, body_until=day), write(cause, body_until=day + dt.timedelta(days=1))
    assert letters.blank(day=day, by=BY) == 1
    assert letters.blank(day=day, by=BY) == 0
    over.refresh_from_db()
    kept.refresh_from_db()
    assert (over.subject, over.text, over.html, over.calendar, over.state) == ("", "", "", "", "failed")
    assert (kept.text, kept.state) == ("Hallo\n", "queued")
    with pytest.raises(DomainError) as refusal:
        letters.release(letter=over, by=BY)
    assert refusal.value.code == "body_blanked"


def test_letters_go_by_the_one_term_of_the_policy_file_after_they_were_sent(cause):
    written = dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC)
    with clock.stopped_at(written):
        letter = write(cause)
    assert letter.body_until is None
    Letter.objects.update(state="sent", sent_at=written + dt.timedelta(days=30))
    for day, kept in ((dt.date(2026, 7, 20), True), (dt.date(2026, 8, 9), True), (dt.date(2026, 8, 10), False)):
        with clock.stopped_at(clock.at(day, dt.time(6))):
            jobs.blank()
            erasure.run(day=day, by=BY)
        letter.refresh_from_db()
        assert (bool(letter.text), bool(letter.recipient_mail)) == (kept, kept), day


def test_the_overview_shows_what_waits_and_since_when(cause, settings):
    settings.EMAIL_HOST = ""
    first = write(cause)
    for channel in ("mail", "none", "letter"):
        write(cause, channel=channel, address=["Firma"])
    overview = queries.overview()
    assert (overview.configured, overview.waiting, overview.waiting_since) == (False, 2, first.recorded_at)
    assert (overview.to_print, overview.held, overview.unclear, overview.failed) == (1, 1, 0, 0)
    assert queries.needing_a_person().count() == 2


@pytest.mark.parametrize(
    "hostile", ["Hallo\r\nBcc: x@y.example", "Hallo\x00\n\x0bBcc: x@y.example", "Hallo\u2028 Bcc: x@y.example"]
)
def test_a_header_is_one_line(hostile):
    assert one_line(hostile) == "Hallo Bcc: x@y.example"
