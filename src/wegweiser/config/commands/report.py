"""`wegweiser report`: what was reached under a grant, as the funder wants it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command, day, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("grant", metavar="GRANT", help="the grant's slug")
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day (the grant's first day)")
    parser.add_argument("--to", dest="end", metavar="DATE", help="last day (the grant's last day)")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write: .pdf, .xlsx or .json")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation
    from wegweiser.funding import queries, reports
    from wegweiser.funding.models import Grant

    installation.require()
    if arguments.output is None and not arguments.json:
        raise DomainError("output_missing", "Name a file with -o FILE, or print the report with --json.")
    start, end = day(arguments.start, "--from"), day(arguments.end, "--to")
    grant = Grant.objects.filter(slug=arguments.grant).first()
    if grant is None:
        known = ", ".join(Grant.objects.values_list("slug", flat=True)) or "none"
        raise DomainError("grant_unknown", f"There is no grant {arguments.grant!r}. Known: {known}.")
    if (start or grant.starts_on) > (end or grant.ends_on):
        raise DomainError("period_backwards", "The period ends before it starts.")
    if arguments.output is not None:
        try:
            reports.write_report(grant, start, end, arguments.output)
        except OSError as error:
            message = f"{arguments.output} cannot be written: {error.strerror}."
            raise DomainError("output_not_writable", message) from error
    if arguments.json:
        print_json(queries.report(grant, start, end))
    return 0


COMMAND = Command("report", "Report what was reached under a grant, as PDF, XLSX or JSON.", run, configure)
