"""`wegweiser privacy`: the papers of data protection, drafted from the policy file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="FOLDER", type=Path, required=True, help="folder to write the four drafts to"
    )


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import privacy

    centre = installation.require()
    papers = privacy.papers(centre)
    try:
        arguments.output.mkdir(parents=True, exist_ok=True)
        for name, text in papers.items():
            (arguments.output / name).write_text(text, encoding="utf-8")
            print(arguments.output / name)
    except OSError as error:
        message = f"{arguments.output} cannot be written: {error.strerror}."
        raise DomainError("output_not_writable", message) from error
    return 0


COMMAND = Command("privacy", "Draft the papers of data protection from the policy file (in German).", run, configure)
