"""Lists of firms come into the house: uploaded, taken over in chunks of one transaction each, and forgotten as files.

A kill between two chunks loses nothing: the rows that were taken are known by what they say, and a second run goes on.
"""

import datetime as dt
import zlib
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from django.db import transaction

from wegweiser.companies import lists, queries, row_values
from wegweiser.companies.actions import facts, merges, persons, wishes
from wegweiser.companies.events import Event
from wegweiser.companies.importing.headers import FIELDS, IGNORED, NO_HEADERS, ROWS_ALONE
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.known_firms import Firms, Plan
from wegweiser.companies.lists import Opened
from wegweiser.companies.models import Channel, ColumnNames, Company, Doubt, Fact, FirmList, ListRow
from wegweiser.companies.outcomes import Outcome
from wegweiser.kernel import audit, clock, locks
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
        row = FirmList.objects.select_for_update().get(pk=source.pk)
        if row.facts_since != day:
            row.facts_since = day
            row.save(update_fields=["facts_since"])
            audit.record(Event.LIST_DATED, by=by, subject=row, changed=["facts_since"])
    return row


def order(*, source: FirmList, by: Actor) -> FirmList:
    """Let the worker take the list over."""
    with transaction.atomic():
        row = FirmList.objects.select_for_update().get(pk=source.pk)
        if row.state == FirmList.State.UPLOADED:
            row.state, row.by = FirmList.State.ORDERED, str(by)
            row.save(update_fields=["state", "by"])
    return row


def drop(*, source: FirmList, by: Actor) -> None:
    """Forget a list that was uploaded and not taken over."""
    with transaction.atomic():
        row = FirmList.objects.select_for_update().get(pk=source.pk)
        if row.state != FirmList.State.UPLOADED:
            raise DomainError("list_taken_already")
        audit.record(Event.LIST_DROPPED, by=by, subject=row)
        row.delete()


def take_uploaded(*, source: FirmList, waiting: wishes.Waiting | None = None, by: Actor) -> Outcome:
    """Take over a list that was uploaded; afterwards its file is forgotten."""
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
        with transaction.atomic():
            locks.hold("import companies", *([waiting.lock] if waiting else []))
            firms.catch_up()
            planned = list(firms.plan(chunk))
            fresh = [plan for plan in planned if not plan.is_known]
            if fresh:
                source = source or _source(opened, name, facts_since, by)
                before = _channels(fresh, firms)
                _write(fresh, source, firms, by)
                _note_channels(fresh, before, firms)
                _hold(before, waiting, by)
        plans += planned
    outcome = Outcome(plans, lists.rejected(rows, firms), firms)
    if source is not None:
        _finish(source, outcome, opened, by)
    return outcome


def _source(opened: Opened, name: str, facts_since: dt.date | None, by: Actor) -> FirmList:
    found = FirmList.objects.filter(digest=opened.digest, state=FirmList.State.ORDERED).first()
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
    of_the_file = {"above": opened.head.above, **lists.sheets(opened.grid)}
    with transaction.atomic():
        source.state, source.content, source.finished_at = FirmList.State.DONE, None, clock.now()
        source.counts = {**outcome.counts(), "rejected": rejected, **of_the_file}
        source.save(update_fields=["state", "content", "finished_at", "counts"])
        audit.record(Event.LIST_TAKEN, by=by, subject=source)


def _write(plans: Sequence[Plan], source: FirmList, firms: Firms, by: Actor) -> None:
    made = [plan for plan in plans if plan.is_new]
    companies = Company.objects.bulk_create([_company(plan.row) for plan in made], batch_size=500)
    for plan, company in zip(made, companies, strict=True):
        firms.made(plan.key, company.pk)
    if companies:
        audit.record(
            Event.COMPANIES_CREATED,
            by=by,
            subject=companies[0],
            references={"last": companies[-1].uuid, "list": source.uuid},
        )
    _write_new_facts(made, companies, source.facts_since, by)
    _rows(plans, source, firms)
    for plan in plans:
        _merge(plan, firms, by)
        _complete(plan, firms, source.facts_since, by)
        _contact(plan, firms, by)
    _doubts(plans, firms)


def _channels(plans: Sequence[Plan], firms: Firms) -> dict[int, str]:
    """How each row of a known firm that the plans touch is reached now, by primary key."""
    keys = {key for plan in plans for key in (plan.key, plan.root, *(key for key, _ in plan.joined)) if key is not None}
    known = {firms.pks[key] for key in keys if key in firms.pks}
    rows = Company.objects.filter(pk__in=known).values_list("pk", "channel", "canonical__channel")
    return {pk: of_root or own for pk, own, of_root in rows}


def _note_channels(plans: Sequence[Plan], before: Mapping[int, str], firms: Firms) -> None:
    """How the firm of a held row was reached before the list, and is now: to be given back where it was no wish."""
    for plan in plans:
        if plan.row.held:
            root = plan.root if plan.root is not None else plan.key
            row = ListRow.objects.select_related("company__canonical").get(fingerprint=plan.mark)
            now = queries.root_of(row.company).channel
            row.more |= {"channel_before": before.get(firms.pk(root), Channel.MAIL), "channel": now}
            row.save(update_fields=["more"])


def _hold(before: Mapping[int, str], waiting: wishes.Waiting | None, by: Actor) -> None:
    """What waits for a firm that wants no mail since goes out no more."""
    if waiting is None:
        return
    rows = Company.objects.filter(pk__in=before).select_related("canonical")
    quiet = {
        firm.pk: firm for row in rows if (firm := row.canonical or row).channel not in {Channel.MAIL, before[row.pk]}
    }
    for _, firm in sorted(quiet.items()):
        waiting.hold(party=firm, channel=firm.channel, by=by)


def _company(row: Clean) -> Company:
    return Company(
        name=row.name,
        is_sole_trader=row.is_sole_trader or None,
        channel=_channel(row),
        **row_values.values_of_row(row),
    )


def _channel(row: Clean) -> str:
    return (
        row_values.wished_channel(
            row.held, has_phone=bool(row.phones) and not row.no_calls, has_street=bool(row.street)
        )
        if row.held
        else Channel.MAIL
    )


def _write_new_facts(plans: Sequence[Plan], companies: Sequence[Company], since: dt.date | None, by: Actor) -> None:
    Fact.objects.bulk_create(
        [
            Fact(
                company=company,
                kind=kind,
                value=value,
                details=row_values.details_of(plan.row, kind, since=since),
                valid_from=row_values.first_day(plan.row, since),
                origin=Fact.Origin.IMPORT,
                by=str(by),
            )
            for plan, company in zip(plans, companies, strict=True)
            for kind, value in plan.facts.items()
        ],
        batch_size=500,
    )


def _rows(plans: Sequence[Plan], source: FirmList, firms: Firms) -> None:
    ListRow.objects.bulk_create(
        [
            ListRow(
                source=source,
                row=plan.row.row,
                company_id=firms.pk(plan.key),
                fingerprint=plan.mark,
                first_contact=plan.row.first_contact,
                more=row_values.more_of(plan.row),
                unverified=[[told.column, told.reason, told.text] for told in plan.row.warnings],
                remark=plan.row.remark,
                held=plan.row.held,
            )
            for plan in plans
        ],
        batch_size=500,
    )


def _merge(plan: Plan, firms: Firms, by: Actor) -> None:
    """A sure case, and firms that the row showed to be one. The older entry stays."""
    if plan.root is not None and plan.because is not None:
        loser, survivor = Company.objects.get(pk=firms.pk(plan.key)), Company.objects.get(pk=firms.pk(plan.root))
        merges.merge(loser=loser, survivor=survivor.canonical or survivor, evidence=plan.because.evidence, by=by)
        if plan.row.held:
            _silence(survivor.canonical or survivor, plan.row, by)
    for key, likeness in plan.joined:
        loser, survivor = Company.objects.get(pk=firms.pk(key)), Company.objects.get(pk=firms.pk(plan.key))
        loser, survivor = loser.canonical or loser, survivor.canonical or survivor
        if loser.pk != survivor.pk:
            merges.merge(loser=loser, survivor=survivor, evidence=likeness.evidence, by=by)


def _silence(company: Company, row: Clean, by: Actor) -> None:
    """A wish not to be written to holds for the firm, whichever of its rows tells of it."""
    wishes.silence(company=company, wish=row.held, no_calls=row.no_calls, by=by)


def _complete(plan: Plan, firms: Firms, since: dt.date | None, by: Actor) -> None:
    if plan.is_new:
        return
    company = Company.objects.select_for_update(no_key=True).get(pk=firms.pk(plan.key))
    filled = [name for name in plan.fills if not getattr(company, name)]
    for name in filled:
        setattr(company, name, plan.fills[name])
    if filled:
        company.save(update_fields=filled)
        audit.record(Event.COMPANY_COMPLETED, by=by, subject=company, changed=filled)
    for kind, value in plan.facts.items():
        is_other = queries.known(company, kind, clock.today()) is not None  # what was known before keeps its time
        facts.declare(
            company=company,
            kind=kind,
            value=value,
            details=row_values.details_of(plan.row, kind, since=None if is_other else since),
            valid_from=clock.today() if is_other else row_values.first_day(plan.row, since),
            origin=Fact.Origin.IMPORT,
            by=by,
        )
    if plan.row.held:
        for firm in filter(None, (company, company.canonical)):
            _silence(firm, plan.row, by)


def _contact(plan: Plan, firms: Firms, by: Actor) -> None:
    told = plan.row.contact
    if told is None:
        return
    persons.find_or_create(
        name=told.name,
        email=told.email,
        phone=told.phone,
        company=Company.objects.get(pk=firms.pk(plan.key)),
        function=told.function,
        channel=_channel(plan.row),
        since=row_values.first_day(plan.row),
        may_return=False,  # a list is as old as it is
        by=by,
    )


def _doubts(plans: Sequence[Plan], firms: Firms) -> None:
    found = []
    for plan in plans:
        for key, likeness in plan.unsure:
            one, other = sorted((firms.pk(plan.key), firms.pk(key)))
            found.append(Doubt(one_id=one, other_id=other, evidence=list(likeness.evidence), weight=likeness.weight))
    Doubt.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
