"""`wegweiser retention run`: remove what the policy file no longer lets us keep."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", choices=["run"], help="what to do")
    parser.add_argument("--dry-run", action="store_true", help="only count what would be removed")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import retention
    from wegweiser.kernel import clock
    from wegweiser.kernel.actor import Actor

    installation.require()
    counts = retention.counted() if arguments.dry_run else retention.run(by=Actor.system("retention"))
    document = {"on": clock.today().isoformat(), "dry_run": arguments.dry_run, "removed": counts}
    if arguments.json:
        print_json(document)
    else:
        verb = "would be removed" if arguments.dry_run else "removed"
        print("\n".join(f"{table:<10}{count:>8} {verb}" for table, count in counts.items()))
    return 0


COMMAND = Command("retention", "Remove what the policy file no longer lets us keep.", run, configure)
