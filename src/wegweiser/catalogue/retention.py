"""The page of a contact person ends with their work at the centre."""

import datetime as dt

from django.db.models import Q, QuerySet

from wegweiser.catalogue import queries
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import HERE, Entry, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.kernel import erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows


def _due(since: dt.date) -> QuerySet[Member]:
    named = Entry.objects.filter(contact__isnull=False).values("contact")
    pages = Entry.objects.filter(origin=HERE, kind=Kind.CONTACT).values("slug")
    return consortium.left_before(since).filter(Q(pk__in=named) | Q(slug__in=pages))


def _erase(member: Member, restricted: bool, by: Actor) -> None:
    entries.forget_member(member=member, by=by)


def _parts(member: Member) -> Rows:
    return {"catalogue.Entry": Entry.objects.filter(queries.naming(member), kind=Kind.CONTACT)}


erasure.declare(
    erasure.Fate(
        table="catalogue.Entry",
        purpose="staff",
        starts="end of membership",
        rows=Member,
        due=_due,
        of=consortium.members_of,
        erase=_erase,
        parts=_parts,
    )
)
