"""`wegweiser retention run`: erase now what has had its time, or show how much that would be."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("verb", metavar="run", choices=["run"], help="run: what the worker does once a day")
    parser.add_argument("--dry-run", action="store_true", help="count only, erase nothing")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import personal_data
    from wegweiser.kernel import clock, erasure
    from wegweiser.kernel.actor import Actor

    installation.require()
    day = clock.today()
    items = erasure.plan(day) if arguments.dry_run else erasure.run(day=day, by=Actor.system("retention"))
    counts = personal_data.counted(items)
    if arguments.json:
        print_json({"on": day.isoformat(), "dry_run": arguments.dry_run, "rows": len(items), "counts": counts})
    else:
        print("\n".join(f"{row['rows']:>6}  {row['state']:<10}  {row['table']}" for row in counts) or "Nothing is due.")
    return 0


COMMAND = Command("retention", "Erase what has had its time, as the worker does daily.", run, configure)
