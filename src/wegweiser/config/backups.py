"""Backup and restore of an installation. Who was erased since a backup does not come back with it."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wegweiser.accounts.actions import users
from wegweiser.config import archives, databases, installation
from wegweiser.config.archives import About, Backup
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Centre
from wegweiser.files import storage
from wegweiser.kernel import audit, clock, erased
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import deliveries

PENDING = "erasures-to-repeat.json"


@dataclass(frozen=True)
class Restored:
    """What a restore did: how many erasures it repeated, and how many mails wait for somebody to look at them.

    `knows_erasures` is False where no database was there before: what was erased since the backup is unknown then.
    """

    backup: Backup
    repeated: int
    held: int
    knows_erasures: bool


def make(*, path: Path, by: Actor) -> Backup:
    """All of this installation but its secret, in one file; the trail tells of it once the file is whole."""
    centre = installation.require()
    if path.exists():
        raise DomainError("file_exists", f"{path} is there already. A backup overwrites nothing.")
    applied = MigrationRecorder(connection).applied_migrations()
    about = About(
        made_at=clock.now().isoformat(timespec="seconds"),
        centre=centre.slug,
        engine=databases.engine(),
        migrations=tuple(sorted(f"{app}.{name}" for app, name in applied)),
    )
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".backup-") as folder:
        dumped = Path(folder) / archives.DATABASE
        databases.dump(dumped)  # first: whatever it names is stored by now
        files = [(digest, storage.path(digest)) for digest, _put in sorted(storage.stored())]
        backup = archives.write(path=path, about=about, database=dumped, files=files)
    _tell(Event.CENTRE_BACKED_UP, backup, by)
    return backup


def restore(*, path: Path, replace: bool = False, by: Actor) -> Restored:
    """Bring an installation back to a backup; `replace` gives up what is there.

    What was erased since is erased again before anybody sees the database, all sessions end, and mails that waited then
    wait for a person: they may have gone out meanwhile.
    """
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        unpacked = Path(folder)
        backup = archives.read(path, unpacked)
        _require_fitting(backup.about)
        was_there = databases.has_tables()
        if was_there and not replace:
            raise DomainError(
                "home_not_empty",
                f"There is an installation in {home}. `--replace` gives it up for the backup; back it up before.",
            )
        if was_there:
            databases.require_alone()
        log = _erasures(was_there=was_there)
        _put_files(unpacked)
        with databases.replaced_by(unpacked / archives.DATABASE):
            installation.migrate()
            repeated = erased.replay(log=log, by=by)
            held = deliveries.doubt_all(reason="restored", by=by)
            users.end_all_sessions(by=by)
            _tell(Event.CENTRE_RESTORED, backup, by)
        _drop_other_files(backup)
    (home / PENDING).unlink(missing_ok=True)
    cache.clear()
    return Restored(backup, repeated, held, knows_erasures=bool(log) or was_there)


def _tell(event: Event, backup: Backup, by: Actor) -> None:
    """All personal data went out, or were replaced: by whom, when, and in which file."""
    with transaction.atomic():
        references = {"digest": backup.digest, "made_at": backup.about.made_at}
        audit.record(event, by=by, subject=Centre.objects.get(), references=references)


def _require_fitting(about: About) -> None:
    if about.engine != databases.engine():
        raise DomainError(
            "backup_of_another_database",
            f"The backup is of {about.engine}, this installation uses {databases.engine()} (DATABASE_URL).",
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := sorted(set(about.migrations) - known):
        raise DomainError("backup_newer", f"The backup was made by a newer version: {unknown[0]} is not known here.")


def _erasures(*, was_there: bool) -> list[Mapping[str, str]]:
    """The log of what is given up, kept in a file until the restore is through: after a failure it would be gone."""
    pending = Path(settings.HOME) / PENDING
    log: list[Mapping[str, str]] = json.loads(pending.read_text()) if pending.exists() else []
    if was_there:
        try:
            log = [*log, *erased.written()]
        except DatabaseError as error:
            if not log:
                raise DomainError(
                    "erasures_unreadable",
                    "The log of erasures cannot be read, so persons who were erased would come back. Move the home "
                    "folder away, restore into an empty one, and repeat what was erased since the backup.",
                ) from error
    if log:
        with os.fdopen(os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(log, out)
    return log


def _put_files(unpacked: Path) -> None:
    """Before the database that names them; each has its content for a name, so nothing is overwritten."""
    for found in (unpacked / "files").glob("*"):
        to = storage.path(found.name)
        to.parent.mkdir(parents=True, exist_ok=True)
        found.replace(to)


def _drop_other_files(backup: Backup) -> None:
    kept = set(backup.files)
    for digest, _put in list(storage.stored()):
        if digest not in kept:
            storage.remove(digest)
