"""`wegweiser erase person MAIL`: forget a person who asked for it."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="person", choices=["person"], help="what is erased: person")
    parser.add_argument("mail", metavar="MAIL", help="the person's mail address")
    parser.add_argument("--dry-run", action="store_true", help="count only, erase nothing")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation, persons
    from wegweiser.kernel import clock, erasure
    from wegweiser.kernel.actor import Actor

    installation.require()
    items = erasure.plan_of(arguments.mail, clock.today())
    if not items:
        raise DomainError("person_unknown", "Nothing is kept about a person with this mail address.")
    if not arguments.dry_run:
        erasure.erase(items=items, by=Actor.system("erase"))
    counts = persons.counted(items)
    if arguments.json:
        document = {"on": clock.today().isoformat(), "dry_run": arguments.dry_run, "rows": len(items), "counts": counts}
        print_json(document)
    else:
        print("\n".join(f"{row['rows']:>6}  {row['state']:<10}  {row['table']}" for row in counts))
    return 0


COMMAND = Command("erase", "Erase a person who asked for it; no figure changes.", run, configure)
