"""Reads of the room files."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from wegweiser.files.models import Picture, Rendition


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
