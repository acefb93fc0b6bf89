"""`wegweiser export person MAIL -o FILE.zip`: the copy a person may ask for (GDPR Art. 15)."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="person", choices=["person"], help="what is told: person")
    parser.add_argument("mail", metavar="MAIL", help="the person's mail address")
    parser.add_argument("-o", "--output", metavar="FILE.zip", type=Path, required=True, help="file to write")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation, persons

    centre = installation.require()
    rows = persons.write(centre, arguments.mail, arguments.output)
    print(f"{arguments.output}: {rows} rows.")
    return 0


COMMAND = Command("export", "Write everything about a person to a ZIP, for them.", run, configure)
