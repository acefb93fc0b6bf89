"""Files that come with a mail or an answer, by the record that owns them (`uploading` has stored their content)."""

import datetime as dt
import logging
import time
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Q, When

from wegweiser.files import queries, scanning, storage
from wegweiser.files.events import Event
from wegweiser.files.models import Scan, Upload, Withheld
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.records import Record

log = logging.getLogger(__name__)
MOST = 20  # files of one mail or answer
A_MOMENT = dt.timedelta(milliseconds=1)  # by which a file system may round
FIRST_TRIED_AGAIN_AFTER = dt.timedelta(hours=1)  # it may have been short of memory, or have been started anew
TRIED_AGAIN_AFTER = dt.timedelta(days=1)  # what the scanner refused: its limits may be raised meanwhile
MOST_IN_A_RUN = 100  # files that are scanned
UNJUDGED = frozenset({Scan.UNSCANNED, Scan.STUMBLED, Scan.FAILED})
TRIED_FOR = dt.timedelta(days=7)
LONGEST = 120.0  # seconds of one run after which no further file is begun: mails and reminders wait for it


def attach(*, owner: Record, prepared: Iterable[Prepared], by: Actor) -> list[Upload]:
    """The rows of files that belong to `owner`; of too many only the names are kept."""
    now = clock.now()
    with transaction.atomic():
        rows = []
        for number, one in enumerate(prepared):
            withheld = one.withheld or (Withheld.TOO_MANY if number >= MOST else "")
            row = Upload.objects.create(
                digest=one.digest,
                size=one.size,
                name=one.name,
                declared_type=one.declared_type,
                sniffed_type=one.sniffed_type,
                owner_kind=owner._meta.label_lower,
                owner_uuid=owner.uuid,
                scan=one.scan,
                scanned_at=now if one.scan != Scan.UNSCANNED else None,
                withheld=withheld,
            )
            audit.record(Event.UPLOAD_ADDED, by=by, subject=row, references={row.owner_kind: row.owner_uuid})
            rows.append(row)
    return rows


def scan(*, by: Actor) -> int:
    """Have everything scanned that was not yet; gives how many were. Without a scanner nothing happens.

    What the scanner refuses holds up nothing else. Unless it is too large for it, it is tried again after an hour; then
    a person decides about it. It is still tried each day for a week. What one run does not get to the next one does.
    """
    if not scanning.is_configured():
        return 0
    done, now = 0, clock.now()
    tried: set[str] = set()  # the same content once a run
    due = Q(scan=Scan.UNSCANNED) | Q(scan=Scan.STUMBLED, scanned_at__lte=now - FIRST_TRIED_AGAIN_AFTER)
    due |= Q(scan=Scan.FAILED, scanned_at__lte=now - TRIED_AGAIN_AFTER, recorded_at__gte=now - TRIED_FOR)
    new_first = Case(When(scan=Scan.UNSCANNED, then=0), default=1)
    waiting = Upload.objects.filter(due, withheld="").order_by(new_first, "id")
    keys = list(waiting.values_list("pk", "digest"))
    begun = time.monotonic()
    if keys and not _is_there():
        return 0
    for key, digest in keys:
        if time.monotonic() - begun > LONGEST:
            break
        # What is not there, as after a restore, waits for its content and holds up nothing.
        if digest in tried or storage.last_put(digest) is None:
            continue
        upload, data = Upload.objects.filter(pk=key).first(), storage.read(digest)
        if upload is None or data is None:
            continue
        if len(tried) >= MOST_IN_A_RUN:
            break
        tried.add(digest)
        try:
            infected = scanning.is_infected(data)
        except scanning.ScannerUnreachableError as error:
            log.warning("The virus scanner cannot be reached: %s", error)
            break
        except scanning.ScannerRefusedError as error:
            log.warning("The virus scanner refuses the file %s: %s", upload.uuid, error)
            _note(upload, Scan.FAILED if error.for_good or _was_refused(upload) else Scan.STUMBLED, by=by)
            continue
        _note(upload, Scan.INFECTED if infected else Scan.CLEAN, by=by)
        done += 1
    return done


def _is_there() -> bool:
    """Whether the scanner answers at all: known within seconds, where a file would be waited for longer."""
    try:
        scanning.ping()
    except scanning.ScannerUnreachableError as error:
        log.warning("The virus scanner cannot be reached: %s", error)
        return False
    return True


def _was_refused(upload: Upload) -> bool:
    """Whether the scanner did not judge this content before, be it under another name."""
    return Upload.objects.filter(digest=upload.digest, scan__in=[Scan.STUMBLED, Scan.FAILED]).exists()


def _note(upload: Upload, said: Scan, *, by: Actor) -> None:
    """What holds a virus is not kept. The same content under another name is judged with it."""
    with transaction.atomic():
        unjudged = Upload.objects.filter(digest=upload.digest, withheld="").exclude(
            scan__in=[Scan.CLEAN, Scan.INFECTED]
        )
        for row in unjudged.select_for_update():
            row.scan, row.scanned_at = said, clock.now()
            row.withheld = Withheld.INFECTED if said == Scan.INFECTED else ""
            row.save(update_fields=["scan", "scanned_at", "withheld"])
            audit.record(Event.UPLOAD_SCANNED, by=by, subject=row, changed=["scan"])
        if said == Scan.INFECTED:
            transaction.on_commit(lambda: storage.remove(upload.digest) if not queries.named({upload.digest}) else None)


def note_unchecked(*, upload: Upload, by: Actor) -> Upload:
    """Somebody took a file that the scanner did not judge: who took the risk is known."""
    with transaction.atomic():
        references = {upload.owner_kind: upload.owner_uuid}
        audit.record(Event.UPLOAD_UNCHECKED, by=by, subject=upload, references=references)
    return upload


def remove_of(*, owners: Iterable[UUID], by: Actor) -> int:
    """The files of these records go, rows and content. Gives how many."""
    with transaction.atomic():
        rows = list(Upload.objects.select_for_update().filter(owner_uuid__in=list(owners)))
        for row in rows:
            audit.record(Event.UPLOAD_REMOVED, by=by, subject=row)
            row.delete()
        transaction.on_commit(lambda: _drop(rows))
    return len(rows)


def remove(*, upload: Upload, by: Actor) -> None:
    """One file goes, row and content; whoever comes second finds it gone."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if row is None:
            return
        audit.record(Event.UPLOAD_REMOVED, by=by, subject=row, references={row.owner_kind: row.owner_uuid})
        row.delete()
        transaction.on_commit(lambda: _drop([row]))


def move(*, source: Record, target: Record, by: Actor) -> None:
    """The files of `source` belong to `target` from now on."""
    with transaction.atomic():
        rows = Upload.objects.filter(owner_uuid=source.uuid)
        rows.update(owner_uuid=target.uuid, owner_kind=target._meta.label_lower)


def _drop(rows: Iterable[Upload]) -> None:
    """The content of rows that are gone, unless others need it.

    What was put again after the last of them was written is about to get another row. Should that fail, the daily
    `clear` finds it.
    """
    written: dict[str, dt.datetime] = {}
    for row in rows:
        if row.digest:
            written[row.digest] = max(row.recorded_at, written.get(row.digest, row.recorded_at))
    for digest in written.keys() - queries.named(written):
        put = storage.last_put(digest)
        if put is not None and put <= written[digest] + A_MOMENT:
            storage.remove(digest)
