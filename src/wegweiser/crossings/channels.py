"""A changed channel reaches what already waits: a mail that may no longer go out is held, so that somebody calls.

Each mail is asked once more before it goes to the mail server (`refusal`), also one that was on its way or unclear.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.companies import queries as companies
from wegweiser.companies.actions import channels, wishes
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.consortium.models import Dated
from wegweiser.crossings import plans, recipients
from wegweiser.enquiries import correspondence, queries
from wegweiser.enquiries.models import Case, Matter, Referral
from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import Why
from wegweiser.events.models import Invitee
from wegweiser.journey.models import PlanReader
from wegweiser.kernel import clock, locks, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter, State


def choose(*, party: Company | Person, channel: str, by: Actor) -> int:
    """`party` wants to be reached by `channel`. Returns how many waiting mails are held because of it."""
    with transaction.atomic():
        locks.hold(invitations.LOCK)  # a portion that has read the old channel comes first, so that it is found here
        if not channels.choose(party=party, channel=channel, by=by) or channel == Channel.MAIL:
            return 0
        return hold(party=party, channel=channel, by=by)


def hold(*, party: Company | Person, channel: str, by: Actor) -> int:
    """What waits for `party` goes out by mail no more, because of `channel`. Returns how many letters."""
    with transaction.atomic():
        people = [party] if isinstance(party, Person) else list(companies.working_at(party))
        for person in people:
            invitations.recall(person=person, why=Why.CHANNEL, by=by)
        waiting = Q(state=State.QUEUED) | Q(state=State.UNCLEAR, next_attempt_at__isnull=False)
        found = Letter.objects.filter(waiting, cause_uuid__in=_causes(party), channel="mail")
        rows = list(found.order_by("id"))
        for letter in rows:
            letters.hold(letter=letter, reason=f"channel_{channel}", by=by)
    return len(rows)


def refusal(letter: Letter) -> str:
    """Why `letter` may not go out by mail as things are now, as a reason to hold it; else empty.

    What somebody asked for themselves a moment ago, such as a code for the login, is not asked about.
    """
    if letter.cause_kind == Invitee._meta.label_lower:
        return _refusal_of_invitation(letter)
    channel = _channel_today(letter)
    return "" if channel == Channel.MAIL else f"channel_{channel}"


def _refusal_of_invitation(letter: Letter) -> str:
    person = Person.objects.filter(invitations__uuid=letter.cause_uuid).first()
    if person is None:
        return ""
    if not inviting.agreed().filter(person=person).exists():
        return f"invitation_{Why.CONSENT}"
    works = person.positions.filter(Dated.on(clock.today())).select_related("company__canonical")
    chosen = {person.channel, *(companies.root_of(position.company).channel for position in works)}
    return "" if chosen == {Channel.MAIL} else f"invitation_{Why.CHANNEL}"


def _channel_today(letter: Letter) -> str:
    if letter.cause_kind == PlanReader._meta.label_lower:
        reader = PlanReader.objects.select_related("person", "company").filter(uuid=letter.cause_uuid).first()
        return plans.channel_of(reader) if reader else Channel.MAIL
    case = correspondence.case_behind(letter)
    return recipients.channel(case) if case and not _is_to_somebody_else(letter, case) else Channel.MAIL


def _is_to_somebody_else(letter: Letter, case: Case) -> bool:
    """A referral, or that somebody reported a barrier."""
    if case.matter == Matter.BARRIER and not mail_addresses.equal(letter.recipient_mail, recipients.mail(case)):
        return True
    return Referral.objects.filter(note__uuid=letter.cause_uuid).exists()


WAITING = wishes.Waiting(invitations.LOCK, hold)


def hold_all(*, by: Actor) -> int:
    """What still waits for firms that want no mail is held: their channel may be older than the way to hold it.

    Returns how many letters. A second time changes nothing.
    """
    count = 0
    for firm in Company.objects.filter(canonical=None).exclude(channel=Channel.MAIL).order_by("pk"):
        with transaction.atomic():
            locks.hold(invitations.LOCK)
            firm.refresh_from_db(fields=["channel", "canonical"])
            if firm.channel != Channel.MAIL and firm.canonical is None:
                count += hold(party=firm, channel=firm.channel, by=by)
    return count


def _causes(party: Company | Person) -> list[UUID]:
    """Whatever letters to them were written for; a referral is a letter to somebody else."""
    mine = Q(person=party) if isinstance(party, Person) else Q(company__in=companies.same_firm(party))
    if party.email:
        mine |= mail_addresses.same("email", party.email)
    found = {
        cause
        for case in Case.objects.filter(mine)
        for cause in queries.letters_of(case).values_list("cause_uuid", flat=True)
    }
    passed_on = Referral.objects.filter(note__uuid__in=found).values_list("note__uuid", flat=True)
    return list(found - set(passed_on))
