"""`wegweiser import companies|history FILE`: take over a list, CSV or XLSX; doing it twice changes nothing."""

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from wegweiser.config.commands.shape import Command, day, print_json
from wegweiser.kernel.errors import DomainError


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        metavar="companies|history",
        choices=["companies", "history"],
        help="what the list holds: companies, or past contacts, events and attendances",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV in any usual encoding and separator, or XLSX")
    parser.add_argument(
        "--map",
        metavar="HEADER=FIELD",
        action="append",
        default=[],
        help="what a column means; remembered for its headers. One without is called by its number, from 1",
    )
    parser.add_argument(
        "--facts-since", metavar="DATE", help="companies: since when it holds what rows tell without a first contact"
    )
    parser.add_argument(
        "--header-row",
        metavar="N",
        type=int,
        help="the row the headers stand in, blank lines of a CSV not counted; 0 where there are none, -1 where there "
        "is no title either",
    )
    parser.add_argument(
        "--sheet", metavar="NAME", help="the sheet of a workbook, where the one that is found is not meant"
    )
    parser.add_argument("--partner", metavar="KEY", help="history: the partner, where a row names none")
    parser.add_argument("--topic", metavar="SLUG", help="history: the topic, where a row names none")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, write nothing")
    parser.add_argument("--report", metavar="REPORT.json", type=Path, help="write the report to a file")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import installation

    installation.require()
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise DomainError("file_missing", f"{arguments.file}: {error.strerror}.") from error
    take = _history if arguments.kind == "history" else _companies
    with _kept_for(arguments.report) as out:
        return take(arguments, data, out)


@contextmanager
def _kept_for(path: Path | None) -> Iterator[IO[str] | None]:
    """The file of the report, opened before anything is imported: what an import did is told once.

    It names people, so nobody else may read it. A report of before stays until this one is whole.

    Raises DomainError("output_not_writable").
    """
    if path is None:
        yield None
        return
    is_device = path.exists() and not path.is_file()
    part = path if is_device else path.with_name(f"{path.name}.part")
    try:
        with open(part, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
            if not is_device:
                part.chmod(0o600)  # one that was left there keeps its rights
            yield out
        if not is_device:
            part.replace(path)
    except OSError as error:
        raise DomainError("output_not_writable", f"{path} cannot be written: {error.strerror}.") from error
    finally:
        if not is_device:
            with suppress(OSError):
                part.unlink()


def _companies(arguments: Namespace, data: bytes, out: IO[str] | None) -> int:
    from wegweiser.companies import lists
    from wegweiser.companies.actions import lists as actions
    from wegweiser.companies.importing.headers import FIELDS
    from wegweiser.crossings import firm_lists
    from wegweiser.kernel.actor import Actor

    by, since, head = Actor.system("import"), day(arguments.facts_since, "--facts-since"), _head(arguments)
    opened = lists.open_list(data, head=head, sheet=arguments.sheet)
    _require_head(arguments, opened.head.line)
    if changed := _changed(arguments.map, opened, FIELDS):
        opened = lists.open_list(data, changed={**opened.mapping, **changed}, head=head, sheet=arguments.sheet)
        if not arguments.dry_run and not opened.head.is_none:
            actions.name_columns(headers_key=opened.head.key, mapping=opened.mapping, by=by)
    if arguments.dry_run:
        outcome = lists.preview(opened)
    else:
        outcome = firm_lists.take(opened=opened, name=arguments.file.name, facts_since=since, by=by)
    report = {**outcome.document(), **_file(opened)}
    counts = ", ".join(f"{name} {number}" for name, number in outcome.counts().items())
    waiting = f"to be looked at {len(report['held'])}, rows that may be a firm that is there {len(outcome.doubtful())}"
    _tell(
        arguments,
        out,
        report,
        f"{counts}, rejected {len(report['rejected'])}.",
        f"Warnings {len(report['warnings'])}, {waiting}.",
        *_of_the_file(report),
    )
    return 0


def _file(opened: Any) -> dict[str, Any]:
    """What the report says of the file itself."""
    return {
        "sheet": opened.grid.sheet or None,
        "sheets_not_read": [{"name": one.name, "rows": one.rows} for one in opened.grid.others],
        "has_headers": not opened.head.is_none,
        "rows_above": opened.rows_above,
        "unmapped": opened.unmapped,
        "unheard": [{"header": header, "rows": rows} for header, rows in opened.unheard],
    }


def _of_the_file(report: dict[str, Any]) -> list[str]:
    """What of the file was not read, or was guessed."""
    told = []
    if report["sheets_not_read"]:
        others = ", ".join(f"{one['name']} ({one['rows']} rows)" for one in report["sheets_not_read"])
        told.append(f"Read: sheet {report['sheet']}. Not read: {others} (--sheet NAME reads one of them).")
    if not report["has_headers"]:
        told.append("No headers found: what the columns hold is guessed (--header-row says where they stand).")
    if report["rows_above"]:
        rows = ", ".join(map(str, report["rows_above"][:20]))
        why = "as they stand above the headers" if report["has_headers"] else "taken for a title"
        way = "" if report["has_headers"] else " --header-row -1 reads them."
        told.append(f"Not read, {why}: rows {rows}.{way}")
    told += [
        f"{one['header']} is not taken, and {one['rows']} rows say no there: these firms would get mail "
        "(--map HEADER=remark reads it)."
        for one in report["unheard"]
    ]
    if report["unmapped"]:
        told.append(f"Columns not taken: {', '.join(report['unmapped'])} (--map HEADER=FIELD takes them).")
    return told


def _head(arguments: Namespace) -> int | None:
    """The line that somebody says the headers stand in, from 0, negative for none; None where nobody says it."""
    return None if arguments.header_row is None else max(arguments.header_row, -1) - 1


def _require_head(arguments: Namespace, line: int) -> None:
    said = _head(arguments)
    if said is not None and max(said, -1) != line:
        raise DomainError("head_outside", f"--header-row {arguments.header_row}: the file has fewer rows.")


def _history(arguments: Namespace, data: bytes, out: IO[str] | None) -> int:
    from wegweiser.companies.actions import lists as columns
    from wegweiser.crossings import histories
    from wegweiser.journey.history import lists
    from wegweiser.journey.history.headers import FIELDS
    from wegweiser.kernel.actor import Actor

    by, head = Actor.system("import"), _head(arguments)
    opened = lists.open_list(data, head=head, sheet=arguments.sheet)
    _require_head(arguments, opened.head.line)
    if changed := _changed(arguments.map, opened, FIELDS):
        opened = lists.open_list(data, changed={**opened.mapping, **changed}, head=head, sheet=arguments.sheet)
        if not arguments.dry_run and not opened.head.is_none:
            columns.name_columns(headers_key=opened.head.key, mapping=opened.mapping, fields=FIELDS, by=by)
    unsaid = lists.unsaid(opened.head.key)
    chosen = {
        "partner": _partner(arguments.partner) or unsaid["partner"],
        "topic": _topic(arguments.topic) or unsaid["topic"],
    }
    if arguments.dry_run:
        outcome = lists.preview(opened, **chosen)
    else:
        outcome = histories.take(opened=opened, name=arguments.file.name, **chosen, by=by)
    report = {**outcome.document(), **_file(opened)}
    counts = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in outcome.counts().items())
    hours = ", ".join(f"{partner} {number:g}" for partner, number in report["hours"].items()) or "none"
    told = f"Warnings {len(report['warnings'])}. Hours: {hours}."
    _tell(arguments, out, report, f"{counts}.", told, *_of_the_file(report))
    return 0


def _tell(arguments: Namespace, out: IO[str] | None, report: dict[str, Any], *lines: str) -> None:
    if arguments.json:
        print_json(report)
    else:
        print("\n".join(lines))
    if out:
        out.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _partner(key: str | None) -> Any:
    from wegweiser.consortium.models import Partner

    found = Partner.objects.filter(key=key).first() if key else None
    if key and found is None:
        known = ", ".join(Partner.objects.values_list("key", flat=True))
        raise DomainError("partner_unknown", f"--partner {key}: the partners are {known}.")
    return found


def _topic(slug: str | None) -> Any:
    from wegweiser.consortium.models import Topic

    found = Topic.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        known = ", ".join(Topic.objects.values_list("slug", flat=True))
        raise DomainError("topic_unknown", f"--topic {slug}: the topics are {known}.")
    return found


def _changed(asked: list[str], opened: Any, fields: Collection[str]) -> dict[int, str]:
    """Columns by number; one without a header is called by its own. Raises DomainError("column_unknown")."""
    from wegweiser.companies.importing.headers import fold

    width = max(map(len, opened.grid.lines))
    headers = [*opened.head.headers, *[""] * (width - len(opened.head.headers))]
    places = {fold(header) or str(place): place - 1 for place, header in enumerate(headers, start=1)}
    found = {}
    for text in asked:
        header, sign, named = text.rpartition("=")
        if not sign or fold(header) not in places or named not in fields:
            raise DomainError(
                "column_unknown", f"--map {text}: HEADER must be in the file, FIELD one of {', '.join(fields)}."
            )
        found[places[fold(header)]] = named
    return found


COMMAND = Command("import", "Take over a list of companies or of past contacts; twice changes nothing.", run, configure)
