"""`wegweiser backup FILE`, `restore FILE` and `verify FILE`: one file holds database and uploads."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from wegweiser.config.commands.shape import Command, print_json


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup, such as wegweiser-2026-01-31.tar.gz")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _configure_restore(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--replace", action="store_true", help="give up the installation that is there")


def _document(backup: Any) -> dict[str, Any]:
    return {
        "centre": backup.about.centre,
        "made_at": backup.about.made_at,
        "database": backup.about.engine,
        "files": len(backup.files),
        "bytes": backup.size,
        "sha256": backup.digest,
    }


def _told(backup: Any) -> str:
    return (
        f"{backup.about.centre}, {backup.about.made_at}: {backup.about.engine} and {len(backup.files)} files, "
        f"{backup.size} bytes.\nSHA-256 {backup.digest}"
    )


def _print(arguments: Namespace, backup: Any) -> int:
    if arguments.json:
        print_json(_document(backup))
    else:
        print(_told(backup))
    return 0


def make(arguments: Namespace) -> int:
    from wegweiser.config import backups
    from wegweiser.kernel.actor import Actor

    return _print(arguments, backups.make(path=arguments.file, by=Actor.system("backup")))


def verify(arguments: Namespace) -> int:
    from wegweiser.config import archives

    return _print(arguments, archives.read(arguments.file))


def restore(arguments: Namespace) -> int:
    from wegweiser.config import backups
    from wegweiser.kernel.actor import Actor

    done = backups.restore(path=arguments.file, replace=arguments.replace, by=Actor.system("restore"))
    if arguments.json:
        figures = {"erasures_repeated": done.repeated, "erasures_known": done.knows_erasures, "mails_held": done.held}
        print_json({**_document(done.backup), **figures})
        return 0
    print(_told(done.backup))
    print(f"Erasures repeated: {done.repeated}. Mails that wait for a person at the desk: {done.held}.")
    if not done.knows_erasures:
        print(f"Nothing was here before: repeat by hand what was erased after {done.backup.about.made_at}.")
    return 0


BACKUP = Command("backup", "Write database and uploads to one file, while the installation works.", make, _file)
VERIFY = Command("verify", "Compare every byte of a backup with its list; needs no installation.", verify, _file)
RESTORE = Command("restore", "Bring back a backup; who was erased since stays erased.", restore, _configure_restore)
