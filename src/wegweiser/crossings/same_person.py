"""Two records are one person: everything of the one is the other's from now on, wherever it lies.

It cannot be undone: what both had is no longer told apart. So somebody says it who sees both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from wegweiser.accounts.actions import tokens
from wegweiser.companies import person_names
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.actions import same_person
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Access, Channel, Company, Person, Position
from wegweiser.crossings import channels, entrances
from wegweiser.crossings.company_data import ERASE
from wegweiser.enquiries.actions import askers
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import Why
from wegweiser.journey.actions import readers
from wegweiser.kernel import locks, mail_addresses
from wegweiser.kernel.actor import Actor

MOST = 30  # who else may be meant


@dataclass(frozen=True)
class Other:
    """Somebody whom `person` may be, and whether the name says so, too."""

    person: Person
    is_likely: bool


def others(person: Person, company: Company) -> list[Other]:
    """Who else worked at the firm, and who has the same name, address or number elsewhere; the likely ones first."""
    there = Position.objects.filter(company__in=companies.same_firm(company)).values("person")
    same = Q(sort_key=person.sort_key) | mail_addresses.same("email", person.email)
    if person.phone:
        same |= Q(phone=person.phone)
    known = Person.objects.filter(Q(pk__in=there) | same, restricted_at=None).exclude(pk=person.pk)
    found = list(known[:MOST])
    likely = {row.pk for row in person_names.perhaps_one([person, *found]).get(person.pk, [])}
    rows = [Other(row, row.pk in likely) for row in found]
    return sorted(rows, key=lambda row: not row.is_likely)


def join(*, person: Person, other: Person, by: Actor) -> Person:
    """`other` is `person`, whose name, address and number stay; what is blank comes from `other`, whose record goes.

    Where both may enter a firm, the greater right holds; sessions of `other` end. The stricter channel and what they
    said last of each consent bind. Links that were sent to `other` go on working. Raises what
    `same_person.take_over` raises.
    """
    with transaction.atomic():
        locks.hold(invitations.LOCK)  # as in `channels.choose`
        _enter_as_one(person, other, by)
        before = person.channel
        ended = same_person.take_over(person=person, other=other, by=by)
        askers.join(person=person, other=other, by=by)
        readers.join(person=person, other=other, by=by)
        invitations.join(person=person, other=other, by=by)
        tokens.hand_over(purpose=invitations.SUBSCRIPTION, subject=other.uuid, to=person.uuid, by=by)
        tokens.revoke(purpose=ERASE, subject=other.uuid, by=by)
        if INVITATION in ended:
            invitations.recall(person=person, why=Why.CONSENT, by=by)
        if person.channel not in {before, Channel.MAIL}:
            channels.hold(party=person, channel=person.channel, by=by)
        same_person.let_go(other=other, by=by)
    return person


def _enter_as_one(person: Person, other: Person, by: Actor) -> None:
    """Of two accesses to one firm one is left, with the greater right; who logged in as `other` logs in once more."""
    for access in Access.objects.filter(person=other, ended_at=None).select_related("company").order_by("pk"):
        lock_firm(access.company)
        mine = _accesses(person, access.company)
        if not mine:
            entrances.end_sessions(access=access, by=by)
            continue
        if not mine[0].may(access.right):
            acting.change(access=mine[0], right=access.right, by=by)
        entrances.end(access=access, may_be_last=True, by=by)


def _accesses(person: Person, company: Company) -> Sequence[Access]:
    rows = Access.objects.filter(person=person, ended_at=None, company__in=companies.same_firm(company))
    return list(rows.order_by("pk"))
