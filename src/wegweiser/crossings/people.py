"""Who works here, and how visitors find them: every change of a person or a role changes the entry of the person, too.

Whether somebody can be asked on a day follows from their roles when it is read. The entry is there from the day a role
is entered, so that it is ready when the role begins, and goes some time after the last one has ended.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.actions import contacts
from wegweiser.consortium import teams
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Membership, Partner, Topic
from wegweiser.kernel.actor import Actor


def change(*, member: Member, values: Mapping[str, Any], topics: Iterable[Topic] | None = None, by: Actor) -> Member:
    """`members.change`, and visitors find the new name, field and topics."""
    with transaction.atomic():
        changed = members.change(member=member, values=values, topics=topics, by=by)
        show(member=changed, by=by)
    return changed


def grant(
    *, member: Member, role: str, partner: Partner | None, since: dt.date, until: dt.date | None = None, by: Actor
) -> Membership:
    """`members.grant`, and visitors find who can be asked in this role."""
    with transaction.atomic():
        granted = members.grant(member=member, role=role, partner=partner, since=since, until=until, by=by)
        show(member=member, by=by)
    return granted


def end(*, membership: Membership, on: dt.date, by: Actor) -> None:
    """`members.end`; who holds or awaits no other role is found no more."""
    with transaction.atomic():
        members.end(membership=membership, on=on, by=by)
        show(member=membership.member, by=by)


def show(*, member: Member, by: Actor) -> None:
    """Bring the entry of `member` in line with who they are and what they do."""
    with transaction.atomic():
        teams.lock()
        member = Member.objects.get(pk=member.pk)
        if role := teams.public_role(member):
            contacts.show(member=member, partner=role.partner, by=by)
        else:
            contacts.hide(member=member, by=by)


def show_all(*, by: Actor) -> None:
    """What time alone has changed: roles that ended, or went over to another partner."""
    for member in catalogue.contact_persons():
        show(member=member, by=by)
