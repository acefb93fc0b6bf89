"""`wegweiser export person MAIL` and `wegweiser erase person MAIL`: the rights of persons."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["person"], help="whose data")
    parser.add_argument("mail", metavar="MAIL", help="the person's mail address")


def configure_export(parser: ArgumentParser) -> None:
    _configure(parser)
    parser.add_argument("-o", "--output", metavar="FILE.zip", required=True, help="where to write the data")


def configure_erase(parser: ArgumentParser) -> None:
    _configure(parser)
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def export(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import persons

    installation.require()
    data = persons.export(mail=arguments.mail)
    try:
        Path(arguments.output).write_bytes(data)
    except OSError as error:
        raise DomainError("output_not_written", f"{arguments.output}: {error.strerror}.") from error
    return 0


def erase(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import persons
    from wegweiser.kernel.actor import Actor

    installation.require()
    counts = persons.erase(mail=arguments.mail, by=Actor.system("erase"))
    if arguments.json:
        print_json({"removed": counts})
    else:
        print("\n".join(f"{table:<10}{count:>8} removed" for table, count in counts.items()))
    return 0


EXPORT = Command("export", "Write everything about a person into a ZIP file.", export, configure_export)
ERASE = Command("erase", "Remove everything about a person.", erase, configure_erase)
