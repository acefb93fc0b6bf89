"""`wegweiser init`: a centre of one's own."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command, print_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("centre", metavar="CENTRE.toml", type=Path, help="the file that describes the centre")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.kernel.actor import Actor

    installed = installation.install(path=arguments.centre, by=Actor.system("init"))
    counts = {name: installed.counts[name] for name in ("created", "updated", "unchanged", "kept")}
    if arguments.json:
        print_json({"centre": installed.centre.slug, **counts})
    else:
        print(f"{installed.centre.name}: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
    return 0


COMMAND = Command("init", "Set up a centre from its file, or bring it up to date with the file.", run, configure)
