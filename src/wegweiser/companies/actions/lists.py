"""Lists of firms come into the house: uploaded, taken over in chunks of one transaction each, and forgotten as files.

A kill between two chunks loses nothing: the rows that were taken are known by what they say, and a second run goes on.
"""

import datetime as dt
import zlib
from collections.abc import Collection, Mapping
from itertools import islice

from django.db import transaction

from wegweiser.companies import list_claims, lists
from wegweiser.companies.actions import list_chunks, wishes
from wegweiser.companies.events import Event
from wegweiser.companies.importing.headers import FIELDS, IGNORED, NO_HEADERS, ROWS_ALONE, names_a_firm
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.known_firms import Firms, Plan
from wegweiser.companies.lists import Opened
from wegweiser.companies.models import ColumnNames, FirmList
from wegweiser.companies.outcomes import Outcome
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def upload(*, name: str, data: bytes, sheet: str | None = None, by: Actor) -> FirmList:
    """Keep a file, or a `sheet` of it, until somebody has seen its preview. Raises what `lists.open_list` raises."""
    opened = lists.open_list(data, sheet=sheet)
    with transaction.atomic():
        kept = FirmList.objects.create(
            name=name.strip()[:200] or "Liste",
            digest=opened.digest,
            content=zlib.compress(data),
            mapping={str(place): named for place, named in opened.mapping.items()},
            counts={"sheet": opened.grid.sheet} if opened.grid.others else {},
            by=str(by),
        )
        audit.record(Event.LIST_UPLOADED, by=by, subject=kept)
    return kept


def name_columns(
    *, headers_key: str, mapping: Mapping[int, str], fields: Collection[str] = FIELDS, by: Actor
) -> ColumnNames:
    """Remember what the columns of these headers mean. Raises DomainError: headers_missing, column_unknown."""
    if not headers_key:
        raise DomainError("headers_missing", "A list without headers has none to be known by.")
    if not set(mapping.values()) <= {*fields, IGNORED}:
        raise DomainError("column_unknown", field="mapping")
    told = {str(place): named for place, named in sorted(mapping.items())}
    with transaction.atomic():
        row, made = ColumnNames.objects.get_or_create(
            headers_key=headers_key, defaults={"mapping": told, "by": str(by)}
        )
        if made or row.mapping != told:
            row.mapping, row.by = told, str(by)
            row.save(update_fields=["mapping", "by"])
            audit.record(Event.COLUMNS_NAMED, by=by, subject=row)
    return row


def change_mapping(*, source: FirmList, mapping: Mapping[int, str], by: Actor) -> FirmList:
    """Correct what the columns of an uploaded list mean, and remember it for lists with the same headers.

    Raises DomainError("column_unknown").
    """
    if not set(mapping.values()) <= {*FIELDS, IGNORED}:
        raise DomainError("column_unknown", field="mapping")
    opened = lists.open_list(lists.content(source), changed=mapping, **lists.said(source.counts))
    with transaction.atomic():
        list_claims.lock_to_correct(source)
        if not opened.head.is_none:
            name_columns(headers_key=opened.head.key, mapping=mapping, by=by)
        source.mapping = {str(place): named for place, named in mapping.items()}
        source.save(update_fields=["mapping"])
    return source


def say_head(*, source: FirmList, line: int, by: Actor) -> FirmList:
    """Somebody says in which line of an uploaded list its headers stand, from 0, or that it has none (NO_HEADERS, or
    ROWS_ALONE where its first line is no title either).

    Raises DomainError("head_outside").
    """
    sheet = source.counts.get("sheet")
    opened = lists.open_list(lists.content(source), head=line, sheet=sheet)
    if line < ROWS_ALONE or opened.head.line != max(line, NO_HEADERS):
        raise DomainError("head_outside", field="head")
    return _read_otherwise(source, opened, {"head": line, "sheet": sheet}, by)


def say_sheet(*, source: FirmList, sheet: str, by: Actor) -> FirmList:
    """Somebody says on which sheet of an uploaded workbook the list is. Raises DomainError("sheet_unknown")."""
    opened = lists.open_list(lists.content(source), sheet=sheet)
    return _read_otherwise(source, opened, {"sheet": opened.grid.sheet}, by)


def _read_otherwise(source: FirmList, opened: Opened, counts: Mapping[str, object], by: Actor) -> FirmList:
    """Keep what somebody says of where in the file the list stands, and what its columns mean there."""
    with transaction.atomic():
        list_claims.lock_to_correct(source)
        source.mapping = {str(place): named for place, named in opened.mapping.items()}
        source.counts, source.digest = dict(counts), opened.digest
        source.save(update_fields=["mapping", "counts", "digest"])
        audit.record(Event.COLUMNS_NAMED, by=by, subject=source, changed=["mapping"])
    return source


def say_since(*, source: FirmList, day: dt.date | None, by: Actor) -> FirmList:
    """What an uploaded list tells holds since `day`, where a row does not say it.

    Raises DomainError("day_in_future").
    """
    if day is not None and day > clock.today():
        raise DomainError("day_in_future", field="facts_since")
    with transaction.atomic():
        row = list_claims.lock_open(source)
        if row.facts_since != day:
            row.facts_since = day
            row.save(update_fields=["facts_since"])
            audit.record(Event.LIST_DATED, by=by, subject=row, changed=["facts_since"])
    return row


def order(*, source: FirmList, by: Actor) -> FirmList:
    """Let the worker take the list over.

    Raises DomainError: no_company_column, list_gone, list_being_taken, list_taken_already.
    """
    with transaction.atomic():
        row = list_claims.lock_open(source)
        if not names_a_firm({int(place): named for place, named in row.mapping.items()}):
            raise DomainError("no_company_column", field="mapping")
        row.state, row.failure, row.by = FirmList.State.ORDERED, "", str(by)
        row.save(update_fields=["state", "failure", "by"])
    return row


def drop(*, source: FirmList, by: Actor) -> None:
    """Forget a list that was uploaded and not taken over.

    Raises DomainError: list_gone, list_being_taken, list_taken_already, list_taken_in_part.
    """
    with transaction.atomic():
        row = list_claims.lock_open(source)
        if row.rows.exists():
            raise DomainError("list_taken_in_part")
        audit.record(Event.LIST_DROPPED, by=by, subject=row)
        row.delete()


def take_uploaded(*, source: FirmList, waiting: wishes.Waiting | None = None, by: Actor) -> Outcome:
    """Take over a list that was uploaded; afterwards its file is forgotten.

    Raises what `take` and `list_claims.claimed` raise; the list is failed then, and says why.
    """
    with list_claims.claimed(source):
        opened = lists.open_uploaded(source)
        return take(opened=opened, name=source.name, source=source, waiting=waiting, by=by)


def take(
    *,
    opened: Opened,
    name: str,
    source: FirmList | None = None,
    facts_since: dt.date | None = None,
    waiting: wishes.Waiting | None = None,
    by: Actor,
) -> Outcome:
    """Take over a list. Doing it twice changes nothing. `facts_since`: since when what it tells holds.

    Raises DomainError: no_company_column, day_in_future.
    """
    if facts_since is not None and facts_since > clock.today():
        raise DomainError("day_in_future", field="facts_since")
    rows = lists.clean_rows(opened)
    firms = Firms(digest=opened.digest)
    good = iter([row for row in rows if isinstance(row, Clean)])
    plans: list[Plan] = []
    while chunk := list(islice(good, lists.CHUNK)):
        with list_claims.chunk(source, "import companies", *([waiting.lock] if waiting else [])):
            firms.catch_up()
            planned = list(firms.plan(chunk))
            fresh = [plan for plan in planned if not plan.is_known]
            if fresh:
                source = source or _source(opened, name, facts_since, by)
                list_chunks.write(plans=fresh, source=source, firms=firms, waiting=waiting, by=by)
        plans += planned
    outcome = Outcome(plans, lists.rejected(rows, firms), firms)
    if source is not None:
        _finish(source, outcome, opened, by)
    return outcome


def _source(opened: Opened, name: str, facts_since: dt.date | None, by: Actor) -> FirmList:
    found = FirmList.objects.filter(digest=opened.digest, state=FirmList.State.ORDERED, content=None).first()
    mapping = {str(place): named for place, named in opened.mapping.items()}
    return found or FirmList.objects.create(
        name=name[:200],
        digest=opened.digest,
        mapping=mapping,
        facts_since=facts_since,
        state=FirmList.State.ORDERED,
        by=str(by),
    )


def _finish(source: FirmList, outcome: Outcome, opened: Opened, by: Actor) -> None:
    rejected = [[row.row, row.reason] for row in outcome.rejected[:1000]]
    with list_claims.chunk(source):
        source.state, source.content, source.finished_at, source.claimed_at = (
            FirmList.State.DONE,
            None,
            clock.now(),
            None,
        )
        source.counts = {**outcome.counts(), "rejected": rejected, **opened.of_the_file()}
        source.save(update_fields=["state", "content", "finished_at", "claimed_at", "counts"])
        audit.record(Event.LIST_TAKEN, by=by, subject=source)
