"""The command `wegweiser`. Exits 0 on success, 1 when the input is at fault, 2 on wrong usage."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from wegweiser.config.commands import (
    aid,
    backup,
    check,
    demo,
    erase,
    export,
    import_lists,
    init,
    match,
    migrate,
    privacy,
    receive,
    report,
    retention,
    serve,
    worker,
)
from wegweiser.config.commands.shape import Command
from wegweiser.config.environment import EnvironmentMistake
from wegweiser.kernel.errors import DomainError

COMMANDS: tuple[Command, ...] = (
    *(module.COMMAND for module in (init, demo, serve, worker, migrate, check, match, report, aid)),
    *(module.COMMAND for module in (import_lists, receive, privacy, retention, erase, export)),
    *(backup.BACKUP, backup.RESTORE, backup.VERIFY),
)
OK, FAULT, USAGE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    main_parser = argparse.ArgumentParser(
        prog="wegweiser",
        description="The platform a competence centre runs on.",
        epilog="State lies in WEGWEISER_HOME (default ./var); DATABASE_URL names a PostgreSQL database.",
    )
    rooms = main_parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        own = rooms.add_parser(command.name, help=command.summary, description=command.summary)
        command.configure(own)
        own.set_defaults(run=command.run, serves=command.serves, is_demo=command.is_demo)
    return main_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as end:  # argparse: 0 after --help, 2 on wrong usage
        return end.code if isinstance(end.code, int) else USAGE
    try:
        # Read by the settings, which the children of a serving command share with it.
        if arguments.serves:
            os.environ["WEGWEISER_HASHED_STATIC"] = "1"
        if arguments.is_demo:
            os.environ["WEGWEISER_DEMO"] = "1"
        _wake()
        return int(arguments.run(arguments))
    except (DomainError, EnvironmentMistake) as error:
        print(f"wegweiser {arguments.command}: {error}", file=sys.stderr)
        return FAULT
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return 130


def _wake() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegweiser.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        gc.disable()  # what is imported stays: to look through it again and again takes a tenth of the start
        django.setup()
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
