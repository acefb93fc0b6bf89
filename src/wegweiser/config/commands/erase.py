"""`wegweiser erase person MAIL|PHONE`: forget a person who asked for it."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="person", choices=["person"], help="what is erased: person")
    parser.add_argument("who", metavar="MAIL|PHONE", help="the person's mail address or phone number")
    parser.add_argument("--name", default="", help="the person's name, where several share the phone number")
    parser.add_argument("--dry-run", action="store_true", help="count only, erase nothing")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.crossings import personal_data
    from wegweiser.kernel import clock, erasure
    from wegweiser.kernel.actor import Actor

    installation.require()
    items = erasure.plan_of(*personal_data.who(arguments.who, arguments.name), day=clock.today())
    if not items:
        raise DomainError("person_unknown", personal_data.UNKNOWN)
    if not arguments.dry_run:
        erasure.erase(items=items, by=Actor.system("erase"))
    counts = personal_data.counted(items)
    if arguments.json:
        document = {"on": clock.today().isoformat(), "dry_run": arguments.dry_run, "rows": len(items), "counts": counts}
        print_json(document)
    else:
        print("\n".join(f"{row['rows']:>6}  {row['state']:<10}  {row['table']}" for row in counts))
    return 0


COMMAND = Command("erase", "Erase a person who asked for it; no figure changes.", run, configure)
