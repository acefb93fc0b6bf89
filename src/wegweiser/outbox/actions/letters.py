"""Letters are written in the transaction of their cause; a cause that is rolled back leaves no letter."""

import datetime as dt
import html
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction

from wegweiser.kernel import addresses, audit, clock, mail_addresses, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.records import Record
from wegweiser.outbox import queries
from wegweiser.outbox.events import Event
from wegweiser.outbox.models import Dismissal, Letter, State
from wegweiser.outbox.rendering import Rendered, one_line

PERSONAL = (
    *("subject", "text", "html", "calendar", "recipient_name", "recipient_mail", "recipient_address"),
    *("reply_to", "failure", "in_reply_to", "references", "attachments", "unsubscribe"),
)
LISTS = frozenset({"recipient_address", "attachments"})
GONE = ("erased", "expired")  # failures: what it said went before it arrived
REFERENCES_LENGTH = 4000  # of a header; mail servers refuse longer ones


def write(
    *,
    cause: Record,
    rendered: Rendered,
    channel: str = "mail",
    name: str = "",
    mail: str = "",
    address: Sequence[str] = (),
    language: str = "de",
    reply_to: str = "",
    calendar: str = "",
    in_reply_to: str = "",
    references: str = "",
    unsubscribe: str = "",
    by_hand: bool = False,
    attachments: Sequence[Mapping[str, str]] = (),
    body_until: dt.date | None = None,
    by: Actor,
) -> Letter:
    """One letter to one recipient, whose `channel` (mail, phone, letter, none) binds.

    By mail it waits for delivery, on paper for the printer; what the channel forbids, or what lacks an address, is
    held with a reason, so that somebody can call instead. How long its words are kept says the policy file;
    `body_until` is for what has to go sooner, such as a link that opens a login. `attachments` are files of ours
    ({name, type, digest}); `in_reply_to` and `references` put the mail into a conversation. `unsubscribe` is an address
    that ends such mails when it is sent to, without a question. `by_hand` is what a person wrote or arranged with this
    recipient: it does not say that a machine made it, so their absence notice comes back and no program sets it aside.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A letter belongs into the transaction of its cause.")
    if channel not in {"mail", "phone", "letter", "none"}:
        raise ValueError(f"{channel!r} is no channel.")
    paper = channel == "letter"
    reason = ""
    if channel in {"phone", "none"}:
        reason = f"channel_{channel}"
    elif paper and not any(address):
        reason = "no_address"
    elif not paper and not mail:
        reason = "no_mail"
    identity = uuid.uuid4()
    letter = Letter(
        uuid=identity,
        channel="letter" if paper else "mail",
        state=State.HELD if reason else State.QUEUED,
        hold_reason=reason,
        cause_kind=cause._meta.label_lower,
        cause_uuid=cause.uuid,
        recipient_name=one_line(name, length=160),
        recipient_mail=mail_addresses.sent_to(mail),
        recipient_address=[one_line(line) for line in address if line.strip()],
        language=language,
        subject=one_line(rendered.subject),
        text=rendered.text,
        html=rendered.html,
        calendar=calendar,
        reply_to=reply_to,
        message_id=f"<{addresses.identity(identity)}>",
        in_reply_to=one_line(in_reply_to, length=250),
        references=one_line(references, length=REFERENCES_LENGTH),
        unsubscribe=unsubscribe,
        by_hand=by_hand,
        attachments=[dict(file) for file in attachments],
        body_until=body_until,
    )
    together.add(letter)
    audit.record(Event.WRITTEN, by=by, subject=letter, references={letter.cause_kind: letter.cause_uuid})
    return letter


def hold(*, letter: Letter, reason: str, by: Actor) -> Letter:
    """A mail that waits may no longer go out, for `reason`; one that is on its way cannot be called back.

    One that may have arrived stays unclear: it only goes out no more by itself.
    """
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if letter.state == State.UNCLEAR and letter.next_attempt_at:
            letter.next_attempt_at = None
            letter.save(update_fields=["next_attempt_at"])
            audit.record(Event.HELD, by=by, subject=letter, changed=["next_attempt_at"])
        elif letter.state == State.QUEUED and letter.channel == "mail":
            letter.state, letter.hold_reason, letter.next_attempt_at = State.HELD, reason, None
            letter.save(update_fields=["state", "hold_reason", "next_attempt_at"])
            audit.record(Event.HELD, by=by, subject=letter, changed=["state", "hold_reason"])
    return letter


def release(*, letter: Letter, by: Actor) -> Letter:
    """Let a failed or unclear mail go out once more, with the same Message-ID: somebody decided that it should.

    A held letter stays held: the channel a person chose binds, until they choose another (`readdress`). Where it was
    chosen since, or a consent withdrawn, this raises may_not_go, whose message is the reason.
    """
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if letter.state not in {State.FAILED, State.UNCLEAR}:
            raise DomainError("transition_not_allowed", f"release does not lead on from {letter.state}.")
        if not letter.text:
            raise DomainError("body_blanked", "What it said is gone.")
        if reason := queries.refusal(letter):
            raise DomainError("may_not_go", reason)
        letter.state, letter.attempts, letter.next_attempt_at, letter.failure = State.QUEUED, 0, None, ""
        letter.dismissed_at, letter.dismissal = None, ""
        letter.save(update_fields=["state", "attempts", "next_attempt_at", "failure", "dismissed_at", "dismissal"])
        audit.record(Event.RELEASED, by=by, subject=letter, changed=["state"])
    return letter


def readdress(
    *,
    letter: Letter,
    channel: str,
    name: str,
    mail: str = "",
    address: Sequence[str] = (),
    reply_to: str = "",
    rendered: Rendered | None = None,
    by: Actor,
) -> Letter:
    """A held letter goes on by `channel` (mail, letter), which its reader takes by now, to where they are today.

    `rendered` is what it says that way, under the same subject; without it the words stay as they were.
    """
    if channel not in {"mail", "letter"} or not (any(address) if channel == "letter" else mail):
        raise ValueError(f"It cannot go by {channel!r}.")
    fields = ["channel", "state", "hold_reason", "recipient_name", "recipient_mail", "recipient_address", "reply_to"]
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if letter.state != State.HELD or not letter.text:
            raise DomainError("transition_not_allowed", f"readdress does not lead on from {letter.state}.")
        letter.channel, letter.state, letter.hold_reason = channel, State.QUEUED, ""
        if rendered:
            letter.text, letter.html = rendered.text, rendered.html
            fields += ["text", "html"]
        letter.recipient_name = one_line(name, length=160) or letter.recipient_name
        letter.recipient_mail, letter.reply_to = mail_addresses.sent_to(mail), reply_to
        letter.recipient_address = [one_line(line) for line in address if line.strip()]
        letter.attempts, letter.next_attempt_at, letter.dismissed_at, letter.dismissal = 0, None, None, ""
        letter.save(update_fields=[*fields, "attempts", "next_attempt_at", "dismissed_at", "dismissal"])
        audit.record(Event.RELEASED, by=by, subject=letter, changed=fields)
    return letter


def dismiss(*, letter: Letter, reason: str, by: Actor) -> Letter:
    """Nobody has to do anything with it any more, for `reason`; nor does it go out once more by itself.

    What happened to it stays as it is. Who thinks better of it may still release a mail.
    """
    if reason not in Dismissal.values:
        raise DomainError("reason_unknown", field="reason")
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if not queries.needing_a_person().filter(pk=letter.pk).exists():
            raise DomainError("transition_not_allowed", "It needs nobody.")
        letter.dismissed_at, letter.dismissal, letter.next_attempt_at = clock.now(), reason, None
        letter.save(update_fields=["dismissed_at", "dismissal", "next_attempt_at"])
        audit.record(Event.DISMISSED, by=by, subject=letter, changed=["dismissed_at", "dismissal"])
    return letter


def redirect_replies(*, mail: str, to: str, by: Actor) -> int:
    """Answers to what still waits come to `to` and no longer to `mail`. Returns how many letters it concerns."""
    waiting = {State.QUEUED, State.FAILED, State.UNCLEAR, State.HELD}
    with transaction.atomic():
        rows = list(Letter.objects.select_for_update().filter(mail_addresses.same("reply_to", mail), state__in=waiting))
        for letter in rows:
            letter.reply_to = to
            letter.save(update_fields=["reply_to"])
            audit.record(Event.REPLY_MOVED, by=by, subject=letter, changed=["reply_to"])
    return len(rows)


def mark_printed(*, letter: Letter, on: dt.date, by: Actor) -> Letter:
    """A paper letter was printed and posted on that day."""
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if letter.channel != "letter" or letter.state != State.QUEUED:
            raise DomainError("transition_not_allowed", "Only a paper letter that waits can be printed.")
        letter.state, letter.printed_on = State.PRINTED, on
        letter.save(update_fields=["state", "printed_on"])
        audit.record(Event.PRINTED, by=by, subject=letter, changed=["state", "printed_on"])
    return letter


def unprint(*, letter: Letter, by: Actor) -> Letter:
    """It was not printed after all, or did not get out of the printer: it waits for it again."""
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if letter.state != State.PRINTED or not letter.text:
            raise DomainError("transition_not_allowed", "Only a letter that was printed and still says something.")
        letter.state, letter.printed_on = State.QUEUED, None
        letter.save(update_fields=["state", "printed_on"])
        audit.record(Event.UNPRINTED, by=by, subject=letter, changed=["state", "printed_on"])
    return letter


def blank(*, day: dt.date, by: Actor) -> int:
    """Remove what letters said, and to whom, that had to go by `day`, sooner than the rest. Returns how many.

    A mail that still waited is given up: an empty one must never go out.
    """
    with transaction.atomic():
        over = Letter.objects.select_for_update().filter(body_until__lte=day).exclude(subject="", text="")
        letters = list(over.exclude(state=State.SENDING))
        for letter in letters:
            _blank(letter, reason="expired", by=by)
    return len(letters)


def erase(*, letter: Letter, by: Actor) -> Letter:
    """Remove what a letter said and to whom, at once; also one that is being sent is given up."""
    with transaction.atomic():
        letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
        if any(getattr(letter, field) for field in PERSONAL):
            _blank(letter, reason="erased", by=by)
    return letter


def unname(*, causes: Iterable[UUID], name: str, by: Actor) -> int:
    """Take the name of somebody who is not whom they are to out of letters about these records. Gives how many."""
    word = re.compile(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(html.escape(name))})(?!\w)")
    changed = 0
    with transaction.atomic():
        for letter in Letter.objects.select_for_update().filter(cause_uuid__in=list(causes)).order_by("id"):
            text, page = word.sub("…", letter.text), word.sub("…", letter.html)
            if (text, page) != (letter.text, letter.html):
                letter.text, letter.html = text, page
                letter.save(update_fields=["text", "html"])
                audit.record(Event.BLANKED, by=by, subject=letter, changed=["text", "html"])
                changed += 1
    return changed


def _blank(letter: Letter, *, reason: str, by: Actor) -> None:
    ended = letter.state in {State.QUEUED, State.SENDING, State.UNCLEAR, State.FAILED}
    for field in PERSONAL:
        setattr(letter, field, [] if field in LISTS else "")
    letter.next_attempt_at = None
    if ended:  # a server's words name the recipient; without any it would wait for somebody to see to it
        letter.state, letter.failure = State.FAILED, reason
    letter.save(update_fields=[*PERSONAL, "next_attempt_at", "state"])
    audit.record(Event.BLANKED, by=by, subject=letter, changed=PERSONAL)
