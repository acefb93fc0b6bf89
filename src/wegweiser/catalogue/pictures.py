"""Which pictures something shows or could show again, and who may see one that is not public yet."""

import re
from uuid import UUID

from django.db.models import Q

from wegweiser.catalogue.models import Draft, Entry, Published
from wegweiser.consortium.models import Member, Partner
from wegweiser.consortium.rights import Extent
from wegweiser.files.models import Picture, Rendition

_DIGEST = re.compile(r"[0-9a-f]{64}")


def in_use() -> set[UUID]:
    """The pictures of entries, also withdrawn ones, of drafts, and of former versions: all of these can be shown."""
    named = {
        *Entry.objects.values_list("details__picture__uuid", flat=True).distinct(),
        *Draft.objects.values_list("content__picture", flat=True).distinct(),
        *Published.objects.values_list("content__picture", flat=True).distinct(),
    }
    # Who published without saying which picture it is named a file; all pictures with it stay.
    unnamed = Entry.objects.exclude(image="").filter(details__picture__isnull=True)
    addresses = unnamed.values_list("image", flat=True).distinct()
    digests = {found[0] for address in addresses if (found := _DIGEST.search(address))}
    shown = Rendition.objects.filter(digest__in=digests).values_list("picture__uuid", flat=True)
    return {UUID(uuid) for uuid in named if uuid} | set(shown)


def may_see(picture: Picture, reach: Extent, member: Member | None) -> bool:
    """Whether somebody with this reach may see `picture` before it is public: it is their partner's, or one of the
    offers with it is at their partner or names them."""
    if reach.everywhere or Picture.objects.filter(pk=picture.pk, owner__in=_uuids(reach)).exists():
        return True
    mine = Q(partner__in=reach.partners)
    if reach.assigned and member:
        mine |= Q(contact=member)
    uuid = str(picture.uuid)
    return (
        Draft.objects.filter(mine, content__picture=uuid).exists()
        or Entry.objects.filter(mine, details__picture__uuid=uuid).exists()
    )


def _uuids(reach: Extent) -> list[UUID]:
    return list(Partner.objects.filter(pk__in=reach.partners).values_list("uuid", flat=True))
