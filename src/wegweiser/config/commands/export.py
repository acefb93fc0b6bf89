"""`wegweiser export person MAIL|PHONE -o FILE.zip`: the copy a person may ask for (GDPR Art. 15)."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="person", choices=["person"], help="what is told: person")
    parser.add_argument("who", metavar="MAIL|PHONE", help="the person's mail address or phone number")
    parser.add_argument("--name", default="", help="the person's name, where several share the phone number")
    parser.add_argument("-o", "--output", metavar="FILE.zip", type=Path, required=True, help="file to write")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import personal_data

    centre = installation.require()
    rows = personal_data.write(centre, arguments.who, arguments.output, arguments.name)
    print(f"{arguments.output}: {rows} rows.")
    return 0


COMMAND = Command("export", "Write everything about a person to a ZIP, for them.", run, configure)
