"""Reads of the room files."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from wegweiser.files.models import Picture, Rendition, Upload


def picture(uuid: str | UUID | None) -> Picture | None:
    """The picture of that id, with its sizes; None for what is none."""
    try:
        wanted = UUID(str(uuid))
    except ValueError:
        return None
    return Picture.objects.filter(uuid=wanted).prefetch_related("renditions").first()


def address(digest: str) -> str:
    """Where a size of a picture is sent from: it says what is there, so browsers may keep it for ever."""
    return reverse("picture", kwargs={"digest": digest})


def document(picture: Picture) -> dict[str, Any]:
    """All that a page needs to show the picture: [{width, height, src}], the smallest first, and its words."""
    return {
        "uuid": str(picture.uuid),
        "alt": dict(picture.alt),
        "credit": picture.credit,
        "licence": picture.licence,
        "sizes": [
            {"width": row.width, "height": row.height, "src": address(row.digest)}
            for row in picture.renditions.all()
            if row.shown
        ],
    }


def to_choose(picture: Picture) -> Rendition | None:
    """The whole picture, by which the cut is chosen."""
    return next((row for row in picture.renditions.all() if not row.shown), None)


def image(picture: Picture) -> str:
    """The address of its largest size: how an entry names it."""
    return max((row.width, address(row.digest)) for row in picture.renditions.all() if row.shown)[1]


def renditions(digest: str) -> list[Rendition]:
    """Every row that a stored file stands for; two pictures with the same cut share their files."""
    return list(
        Rendition.objects.filter(digest=digest).select_related("picture").prefetch_related("picture__renditions")
    )


def named(digests: Collection[str]) -> set[str]:
    """Those of `digests` that a row still needs."""
    pictures = Picture.objects.filter(digest__in=digests)
    renditions = Rendition.objects.filter(digest__in=digests)
    uploads = Upload.objects.filter(digest__in=digests, withheld="")
    return {digest for rows in (pictures, renditions, uploads) for digest in rows.values_list("digest", flat=True)}


def uploads_of(owners: Iterable[UUID]) -> dict[UUID, list[Upload]]:
    """The files of these records, by the record."""
    found: dict[UUID, list[Upload]] = {}
    for upload in Upload.objects.filter(owner_uuid__in=list(owners)).order_by("id"):
        found.setdefault(upload.owner_uuid, []).append(upload)
    return found
