"""A letter that was held goes on by the way that its reader takes today: by mail after all, or on paper."""

from django.db import transaction

from wegweiser.companies.models import Channel
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import recipients, undelivered
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Case, Contribution, State
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

CHANNEL_CHOSEN = frozenset({"channel_phone", "channel_none", "channel_letter", "no_address", "no_mail"})


def way(*, letter: Letter, case: Case, chosen: str = "") -> str:
    """`mail` or `letter` where it may go on so today, else empty. `chosen` spares a read.

    An invitation to a date is no such letter: the date may be over, and somebody called.
    """
    causes = (Case._meta.label_lower, Contribution._meta.label_lower)
    is_held = letter.state == LetterState.HELD and letter.hold_reason in CHANNEL_CHOSEN and bool(letter.text)
    if not is_held or letter.cause_kind not in causes or case.state == State.CLOSED:
        return ""
    channel = chosen or recipients.channel(case)
    return ("letter" if channel == Channel.LETTER else "mail") if recipients.writable(case, channel) else ""


def send_on(*, letter: Letter, case: Case, by: Actor) -> Letter:
    """Let it go on, to where the enquirer is reached today. Nobody has to call because of it any more.

    Raises transition_not_allowed where their channel, or what is missing, forbids it still; so it does for a referral,
    which is a letter to somebody else.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        by_way = way(letter=letter, case=case)
        if not by_way or _is_to_somebody_else(letter):
            raise DomainError("transition_not_allowed", "Nothing may be written to them that way.")
        letter = letters.readdress(
            letter=letter,
            channel=by_way,
            name=case.name,
            mail=recipients.mail(case),
            address=recipients.address(case) if by_way == "letter" else (),
            reply_to=recipients.answer_to(case, consortium.centre().email),
            by=by,
        )
        if call := queries.open_follow_up(undelivered.asking(letter)):
            follow_ups.done(follow_up=call, by=by)
    return letter


def _is_to_somebody_else(letter: Letter) -> bool:
    entry = Contribution.objects.filter(uuid=letter.cause_uuid).first()
    return entry is not None and entry.kind != Contribution.Kind.MAIL_OUT
