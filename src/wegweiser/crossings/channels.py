"""A changed channel reaches what already waits: a mail that may no longer go out is held, so that somebody calls."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegweiser.companies import queries as companies
from wegweiser.companies.actions import channels, wishes
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case, Referral
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import Why
from wegweiser.kernel import locks
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
        waiting = Letter.objects.filter(cause_uuid__in=_causes(party), channel="mail", state=State.QUEUED)
        rows = list(waiting.order_by("id"))
        for letter in rows:
            letters.hold(letter=letter, reason=f"channel_{channel}", by=by)
    return len(rows)


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
    found = {
        cause
        for case in Case.objects.filter(mine)
        for cause in queries.letters_of(case).values_list("cause_uuid", flat=True)
    }
    passed_on = Referral.objects.filter(note__uuid__in=found).values_list("note__uuid", flat=True)
    return list(found - set(passed_on))
