"""`wegweiser init`: a centre of one's own."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from wegweiser.config.commands.shape import Command, print_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("centre", metavar="CENTRE.toml", type=Path, help="the file that describes the centre")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--administrator", metavar="MAIL", help="make the first administrator, with a password")


def run(arguments: Namespace) -> int:
    from wegweiser.config import administrators, installation
    from wegweiser.kernel.actor import Actor

    if arguments.administrator is not None:
        administrators.require_mail(arguments.administrator)
    installed = installation.install(path=arguments.centre, by=Actor.system("init"))
    counts = {name: installed.counts[name] for name in ("created", "updated", "unchanged", "kept")}
    document: dict[str, Any] = {"centre": installed.centre.slug, **counts}
    made = None
    if arguments.administrator is not None:
        made = administrators.make_first(email=arguments.administrator, by=Actor.system("init"))
        document["administrator"] = {"email": made.email, "created": made.created, "password": made.password}
    if arguments.json:
        print_json(document)
    else:
        print(f"{installed.centre.name}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
        if made:
            print(made.told())
    return 0


COMMAND = Command("init", "Set up a centre from its file, or bring it up to date with the file.", run, configure)
