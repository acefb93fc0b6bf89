"""A letter that was held goes on by the way that its reader takes today: by mail after all, or on paper."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from wegweiser.catalogue.models import Entry
from wegweiser.companies.models import Channel
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import enquiries, offers, recipients, undelivered
from wegweiser.enquiries import queries, unseen
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Case, Contribution, FollowUp, State
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.outbox.rendering import Rendered

CHANNEL_CHOSEN = frozenset({"channel_phone", "channel_none", "channel_letter", "no_address", "no_mail"})


def way(*, letter: Letter, case: Case) -> str:
    """`mail` or `letter` where it may go on so today, else empty."""
    return ways([(letter, case)]).get(letter.uuid, "")


def ways(pairs: Iterable[tuple[Letter, Case]]) -> dict[UUID, str]:
    """By what each of these letters may go on today, by its UUID; what may not is left out. The same reads for many.

    An invitation to a date is no such letter: the date may be over, and somebody called. Nor is what somebody told on
    the telephone, or what was written before more came or went in its case: it would be told twice, or too late.
    """
    rows = [(letter, case) for letter, case in pairs if _waits(letter, case)]
    if not rows:
        return {}
    wishes = recipients.wishes_at(filter(None, {recipients.mail(case) for _letter, case in rows}))
    told = _told([letter for letter, _case in rows]) | _overtaken([letter for letter, _case in rows])
    found = {}
    for letter, case in rows:
        there = wishes.get(mail_addresses.key(recipients.mail(case)), set())
        channel = recipients.strictest({recipients.channel_of(case.person, case.company), *there})
        if letter.uuid not in told and recipients.writable(case, channel):
            found[letter.uuid] = "letter" if channel == Channel.LETTER else "mail"
    return found


def _waits(letter: Letter, case: Case) -> bool:
    causes = (Case._meta.label_lower, Contribution._meta.label_lower)
    is_held = letter.state == LetterState.HELD and letter.hold_reason in CHANNEL_CHOSEN and bool(letter.text)
    return is_held and letter.cause_kind in causes and case.state != State.CLOSED


def _told(letters_held: Sequence[Letter]) -> set[UUID]:
    """Those because of which somebody called already."""
    asked = {undelivered.asking(letter): letter.uuid for letter in letters_held}
    done = FollowUp.objects.filter(uuid__in=asked, done_at__isnull=False).values_list("uuid", flat=True)
    return {asked[uuid] for uuid in done}


def _overtaken(letters_held: Sequence[Letter]) -> set[UUID]:
    """The answers after which we answered once more, or the enquirer wrote."""
    entries = Contribution.objects.filter(uuid__in=[letter.cause_uuid for letter in letters_held])
    later = Contribution.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk")).exclude(mail__automatic=True)
    later = later.filter(kind__in=unseen.THEIRS | {Contribution.Kind.MAIL_OUT})
    known = set(entries.filter(Exists(later)).values_list("uuid", flat=True))
    return {letter.uuid for letter in letters_held if letter.cause_uuid in known}


def send_on(*, letter: Letter, case: Case, by: Actor) -> Letter:
    """Let it go on, to where the enquirer is reached today. Nobody has to call because of it any more.

    Raises may_not_go, whose message is the reason, where their channel, or what is missing, forbids it still;
    told_meanwhile where it is no news any more (see `ways`); transition_not_allowed for what is no such letter, such as
    a referral, which is one to somebody else.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        letter.refresh_from_db()
        if not _waits(letter, case) or _is_to_somebody_else(letter):
            raise DomainError("transition_not_allowed", "It is no letter that goes on.")
        if _told([letter]) or _overtaken([letter]):
            raise DomainError("told_meanwhile", "Somebody called, or more was written since.")
        by_way = way(letter=letter, case=case)
        if not by_way:
            raise DomainError("may_not_go", _reason(case))
        letter = letters.readdress(
            letter=letter,
            channel=by_way,
            rendered=_for_paper(letter, case) if by_way == "letter" else None,
            name=case.name,
            mail=recipients.mail(case),
            address=recipients.address(case) if by_way == "letter" else (),
            reply_to=recipients.answer_to(case, consortium.centre().email),
            by=by,
        )
        if call := queries.open_follow_up(undelivered.asking(letter)):
            follow_ups.done(follow_up=call, by=by)
    return letter


def _for_paper(letter: Letter, case: Case) -> Rendered | None:
    """An answer as one writes it on paper, which nobody can just reply to; what else there is goes as it was."""
    entry = Contribution.objects.select_related("member").filter(uuid=letter.cause_uuid).first()
    if entry is None or entry.member is None or not entry.text:
        return None
    known = {str(uuid) for uuid in Entry.objects.filter(uuid__in=entry.offers).values_list("uuid", flat=True)}
    entries = offers.entries([UUID(one) for one in entry.offers if one in known])  # what is offered no more is left out
    return enquiries.written(case=case, member=entry.member, text=entry.text, entries=entries)


def _reason(case: Case) -> str:
    """Why nothing may be written to them, as a reason to hold a letter."""
    channel = recipients.channel(case)
    missing: dict[str, str] = {Channel.MAIL: "no_mail", Channel.LETTER: "no_address"}
    return missing.get(channel, f"channel_{channel}")


def _is_to_somebody_else(letter: Letter) -> bool:
    entry = Contribution.objects.filter(uuid=letter.cause_uuid).first()
    return entry is not None and entry.kind != Contribution.Kind.MAIL_OUT
