"""`wegweiser aid`: the state aid a company got and may still get."""

import uuid
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from wegweiser.config.commands.shape import Command, day, print_json
from wegweiser.kernel.errors import DomainError

if TYPE_CHECKING:
    from wegweiser.companies.models import Company

NUMBER_DIGITS = 18  # any more is no number of a row


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("company", metavar="COMPANY", help="the company's number or UUID")
    parser.add_argument("--on", metavar="DATE", help="the day that counts (today)")
    parser.add_argument("--json", action="store_true", help="print the statement as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.journey import queries

    installation.require()
    statement = queries.aid_statement(_company(arguments.company), day(arguments.on, "--on"))
    if arguments.json:
        print_json(statement)
    else:
        print(as_text(statement))
    return 0


def _company(text: str) -> "Company":
    from wegweiser.companies.models import Company

    if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS:
        found = Company.objects.filter(pk=int(text)).first()
    else:
        try:
            found = Company.objects.filter(uuid=uuid.UUID(text)).first()
        except ValueError:
            message = f"{text!r} is neither a company's number nor a UUID."
            raise DomainError("company_invalid", message) from None
    if found is None:
        raise DomainError("company_unknown", f"There is no company {text}.")
    return found


def as_text(statement: dict[str, Any]) -> str:
    """A statement for a terminal; amounts in EUR."""
    lines = [f"On {statement['on']} under {statement['rule']}, in EUR:"]
    lines += [f"  {name:<9}{statement[name]:>12,.2f}" for name in ("ceiling", "used", "reserved", "headroom")]
    lines += [
        f"  {award['day']}  {award['amount']:>12,.2f}  {award['rule']}  {award['granting_body'] or award['source']}"
        for award in statement["awards"]
    ]
    return "\n".join(lines)


COMMAND = Command("aid", "Show the state aid a company got and may still get.", run, configure)
