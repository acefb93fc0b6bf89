"""The page of a contact person ends with their work at the centre, and no offer, draft or older version names them.

A picture that nothing shows any more ends some time later.
"""

import datetime as dt

from django.db.models import Q, QuerySet

from wegweiser.catalogue import pictures, queries
from wegweiser.catalogue.actions import contacts
from wegweiser.catalogue.models import HERE, Draft, Entry, Kind, Published
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.files.actions import pictures as files
from wegweiser.files.models import Picture
from wegweiser.kernel import erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows


def _due(since: dt.date) -> QuerySet[Member]:
    named = Entry.objects.filter(contact__isnull=False).values("contact")
    pages = Entry.objects.filter(origin=HERE, kind=Kind.CONTACT).values("slug")
    drafted = Draft.objects.filter(contact__isnull=False).values("contact")
    written = [*_slugs(Draft), *_slugs(Published)]
    slugs = Q(slug__in=pages) | Q(slug__in=written)
    return consortium.left_before(since).filter(Q(pk__in=named) | Q(pk__in=drafted) | slugs)


def _slugs(table: type[Draft | Published]) -> set[str]:
    """Whom the documents of a table name as the contact."""
    return {slug for slug in table.objects.values_list("content__contact", flat=True).distinct() if slug}


def _erase(member: Member, restricted: bool, by: Actor) -> None:
    contacts.forget(member=member, by=by)


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
        covers=("catalogue.Draft", "catalogue.Published"),
        parts=_parts,
    )
)


def _unused(since: dt.date) -> QuerySet[Picture]:
    """What nothing showed since before that day, and nothing shows now: the note may be a day old."""
    return Picture.objects.filter(unused_since__lt=since).exclude(uuid__in=pictures.in_use())


def _remove(picture: Picture, restricted: bool, by: Actor) -> None:
    """A restore repeats what was removed, but a picture that the older state shows stays."""
    if picture.uuid not in pictures.in_use():
        files.remove(picture=picture, by=by)


erasure.declare(
    erasure.Fate(
        table="files.Picture",
        purpose="picture",
        starts="last use",
        rows=Picture,
        due=_unused,
        of=lambda mail: Picture.objects.none(),  # a credit is a name without an address
        erase=_remove,
    )
)
