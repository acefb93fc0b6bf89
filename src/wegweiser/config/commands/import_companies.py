"""`wegweiser import companies FILE`: take over a list of firms, CSV or XLSX; doing it twice changes nothing."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from wegweiser.config.commands.shape import Command, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="companies", choices=["companies"], help="what the list holds: companies")
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV in any usual encoding and separator, or XLSX")
    parser.add_argument(
        "--map",
        metavar="HEADER=FIELD",
        action="append",
        default=[],
        help="what a column means; remembered for its headers",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, write nothing")
    parser.add_argument("--report", metavar="REPORT.json", type=Path, help="write the report to a file")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.companies import lists
    from wegweiser.companies.actions import lists as actions
    from wegweiser.config import installation
    from wegweiser.kernel.actor import Actor

    installation.require()
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise DomainError("file_missing", f"{arguments.file}: {error.strerror}.") from error
    by = Actor.system("import")
    opened = lists.open_list(data)
    if changed := _changed(arguments.map, opened.head.headers):
        opened = lists.open_list(data, changed={**opened.mapping, **changed})
        if not arguments.dry_run:
            actions.name_columns(headers_key=opened.head.key, mapping=opened.mapping, by=by)
    outcome = (
        lists.preview(opened) if arguments.dry_run else actions.take(opened=opened, name=arguments.file.name, by=by)
    )
    report = outcome.document()
    if arguments.report:
        arguments.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if arguments.json:
        print_json(report)
    else:
        counts = ", ".join(f"{name} {number}" for name, number in outcome.counts().items())
        print(f"{counts}, rejected {len(report['rejected'])}.")
        waiting = f"to be looked at {len(report['held'])}, may be one {len(report['proposed'])}"
        print(f"Warnings {len(report['warnings'])}, {waiting}.")
    return 0


def _changed(asked: list[str], headers: tuple[str, ...]) -> dict[int, str]:
    """Columns by number. Raises DomainError("column_unknown")."""
    from wegweiser.companies.importing.headers import FIELDS, fold

    places = {fold(header): place for place, header in enumerate(headers) if header}
    found = {}
    for text in asked:
        header, sign, named = text.rpartition("=")
        if not sign or fold(header) not in places or named not in FIELDS:
            raise DomainError(
                "column_unknown", f"--map {text}: HEADER must be in the file, FIELD one of {', '.join(FIELDS)}."
            )
        found[places[fold(header)]] = named
    return found


COMMAND = Command("import", "Take over a list of companies, and find those that are there twice.", run, configure)
