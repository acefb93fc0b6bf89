"""Pictures come in once; another cut or other words make a new row beside the same bytes."""

import datetime as dt
from collections.abc import Set as Collection
from uuid import UUID

from django.db import transaction

from wegweiser.files import images, queries, storage
from wegweiser.files.events import Event
from wegweiser.files.models import Focus, Picture, Ratio, Rendition
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated

KEPT = 90  # quality of the whole
ALT_LENGTH = 300
UPLOAD = dt.timedelta(hours=24)  # from the first file of an upload to its row, with much to spare


def add(
    *,
    data: bytes,
    alt: Translated,
    credit: str = "",
    licence: str = "",
    ratio: str = Ratio.WIDE,
    focus: str = Focus.CENTRE,
    owner: UUID | None = None,
    by: Actor,
) -> Picture:
    """A new picture from an upload. All sizes are made before the transaction begins."""
    described = _described(alt)
    whole = images.whole(data)
    return _store(whole, images.encoded(whole, KEPT), described, credit, licence, ratio, focus, owner, by)


def recut(
    *, picture: Picture, alt: Translated, credit: str, licence: str, ratio: str, focus: str, by: Actor
) -> Picture:
    """The same picture with another cut or other words; the old one stays for those who use it."""
    described = _described(alt)
    told = (dict(described), credit, licence, ratio, focus)
    if told == (dict(picture.alt), picture.credit, picture.licence, picture.ratio, picture.focus):
        return picture
    data = storage.read(picture.digest)
    if data is None:
        raise DomainError("picture_gone", f"{picture.digest} is not in {storage.folder()}.")
    return _store(images.decoded(data), data, described, credit, licence, ratio, focus, picture.owner, by)


def note_use(*, used: Collection[UUID], by: Actor) -> int:
    """Write down that nothing but `used` is shown any more, and since when; what is shown again starts anew.

    Gives how many are newly unused. No audit row: this is a count of days, the removal is told.
    """
    with transaction.atomic():
        Picture.objects.filter(uuid__in=used).exclude(unused_since=None).update(unused_since=None)
        fresh = Picture.objects.filter(unused_since=None).exclude(uuid__in=used)
        return fresh.update(unused_since=clock.today())


def remove(*, picture: Picture, by: Actor) -> None:
    """The row goes, and each file that no other picture needs."""
    with transaction.atomic():
        digests = {picture.digest, *picture.renditions.values_list("digest", flat=True)}
        audit.record(Event.PICTURE_REMOVED, by=by, subject=picture)
        picture.delete()
        transaction.on_commit(lambda: _clear(digests))


def clear(*, by: Actor) -> int:
    """Remove files that no row names; gives how many."""
    return _clear({digest for digest, _put in storage.stored()})


def _clear(digests: Collection[str]) -> int:
    """What was put lately stays: its row may still be on the way."""
    put = dict(storage.stored())
    gone = [
        digest for digest in digests - queries.named(digests) if digest in put and put[digest] < clock.now() - UPLOAD
    ]
    for digest in gone:
        storage.remove(digest)
    return len(gone)


def _described(alt: Translated) -> Translated:
    german, english = alt.get("de", "").strip(), alt.get("en", "").strip()
    if not german:
        raise DomainError("alt_missing", "A picture needs words for those who do not see it.", field="alt_de")
    if max(len(german), len(english)) > ALT_LENGTH:
        raise DomainError("text_too_long", field="alt_de")
    return translated(german, english)


def _store(
    whole: images.Image.Image,
    data: bytes,
    alt: Translated,
    credit: str,
    licence: str,
    ratio: str,
    focus: str,
    owner: UUID | None,
    by: Actor,
) -> Picture:
    shown = images.sizes(whole, Ratio(ratio), Focus(focus))
    rows = [(True, sized) for sized in shown] + [(False, images.to_choose(whole))]
    digests = [storage.put(sized.data) for _, sized in rows]
    digest = storage.put(data)
    with transaction.atomic():
        picture = Picture.objects.create(
            digest=digest,
            width=whole.width,
            height=whole.height,
            alt=alt,
            credit=credit.strip(),
            licence=licence.strip(),
            ratio=ratio,
            focus=focus,
            owner=owner,
        )
        Rendition.objects.bulk_create(
            Rendition(
                picture=picture,
                shown=is_shown,
                width=sized.width,
                height=sized.height,
                size=len(sized.data),
                digest=name,
            )
            for (is_shown, sized), name in zip(rows, digests, strict=True)
        )
        audit.record(Event.PICTURE_ADDED, by=by, subject=picture)
    return picture
