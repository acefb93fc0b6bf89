"""`wegweiser init`: a centre of one's own."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from wegweiser.config.commands.shape import Command, print_json, stage

# What was found of each row of the files: partners, topics, people, offers, text blocks and so on.
COUNTS = {
    "created": "created",
    "updated": "updated from the files",
    "unchanged": "unchanged",
    "kept": "kept as they were changed at the desk",
}
MOST_REMARKS = 10


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("centre", metavar="CENTRE.toml", type=Path, help="the file that describes the centre")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--administrator", metavar="MAIL", help="make the first administrator, with a password")


def run(arguments: Namespace) -> int:
    from wegweiser.config import administrators, installation
    from wegweiser.kernel.actor import Actor

    if arguments.administrator is not None:
        administrators.require_mail(arguments.administrator)
    installed = installation.install(path=arguments.centre, tell=stage, by=Actor.system("init"))
    counts = {name: installed.counts[name] for name in COUNTS}
    document: dict[str, Any] = {"centre": installed.centre.slug, **counts}
    for remark in installed.remarks[:MOST_REMARKS]:
        print(remark, file=sys.stderr)
    if len(installed.remarks) > MOST_REMARKS:
        print(f"{len(installed.remarks) - MOST_REMARKS} more of these.", file=sys.stderr)
    made = None
    if arguments.administrator is not None:
        made = administrators.make_first(email=arguments.administrator, by=Actor.system("init"))
        document["administrator"] = {"email": made.email, "created": made.created, "password": made.password}
    if arguments.json:
        print_json(document)
    else:
        print(f"{installed.centre.name}: {', '.join(f'{counts[name]} {words}' for name, words in COUNTS.items())}.")
        if made:
            print(made.told())
    return 0


COMMAND = Command("init", "Set up a centre from its file, or bring it up to date with the file.", run, configure)
