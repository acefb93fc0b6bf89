"""What the rows of a list do to the firms: founded, completed, merged, silenced, doubted; one chunk after the other."""

import datetime as dt
from collections.abc import Mapping, Sequence

from wegweiser.companies import queries, row_values
from wegweiser.companies.actions import facts, merges, persons, wishes
from wegweiser.companies.events import Event
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.known_firms import Firms, Plan
from wegweiser.companies.models import Channel, Company, Doubt, Fact, FirmList, ListRow, Person, Position
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.records import Record


def write(
    *, plans: Sequence[Plan], source: FirmList, firms: Firms, waiting: wishes.Waiting | None = None, by: Actor
) -> None:
    """Do what `plans` say, in the transaction of the caller, who holds the lock on imports."""
    before = _channels(plans, firms)
    _write(plans, source, firms, by)
    _note_channels(plans, before, firms)
    _hold(before, waiting, by)


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
    rows = _rows(plans, source, firms)
    before: dict[type[Record], int] = {model: _last(model) for model in (Fact, Person, Position)}
    for plan, row in zip(plans, rows, strict=True):
        did = {
            "made": plan.is_new,
            "merges": _merge(plan, firms, by),
            **_complete(plan, firms, source.facts_since, before[Fact], by),
            **_contact(plan, firms, before, by),
        }
        row.did = {key: told for key, told in did.items() if told}
    ListRow.objects.bulk_update(rows, ["did"], batch_size=500)
    _doubts(plans, firms)


def _last(model: type[Record]) -> int:
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0  # noqa: SLF001


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


def _rows(plans: Sequence[Plan], source: FirmList, firms: Firms) -> list[ListRow]:
    return ListRow.objects.bulk_create(
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


def _merge(plan: Plan, firms: Firms, by: Actor) -> list[str]:
    """A sure case, and firms that the row showed to be one. The older entry stays. Gives the merges."""
    made = []
    if plan.root is not None and plan.because is not None:
        loser, survivor = Company.objects.get(pk=firms.pk(plan.key)), Company.objects.get(pk=firms.pk(plan.root))
        root = survivor.canonical or survivor
        made.append(merges.merge(loser=loser, survivor=root, evidence=plan.because.evidence, by=by))
        if plan.row.held:
            _silence(root, plan.row, by)
    for key, likeness in plan.joined:
        loser, survivor = Company.objects.get(pk=firms.pk(key)), Company.objects.get(pk=firms.pk(plan.key))
        loser, survivor = loser.canonical or loser, survivor.canonical or survivor
        if loser.pk != survivor.pk:
            made.append(merges.merge(loser=loser, survivor=survivor, evidence=likeness.evidence, by=by))
    return [str(merge.uuid) for merge in made]


def _silence(company: Company, row: Clean, by: Actor) -> None:
    """A wish not to be written to holds for the firm, whichever of its rows tells of it."""
    wishes.silence(company=company, wish=row.held, no_calls=row.no_calls, is_held=True, by=by)


def _complete(plan: Plan, firms: Firms, since: dt.date | None, last: int, by: Actor) -> dict[str, list[str]]:
    """What a known firm lacked. Gives the names of the fields, and the facts, all of them newer than `last`."""
    if plan.is_new:
        return {}
    company = Company.objects.select_for_update(no_key=True).get(pk=firms.pk(plan.key))
    filled = [name for name in plan.fills if not getattr(company, name)]
    for name in filled:
        setattr(company, name, plan.fills[name])
    if filled:
        company.save(update_fields=filled)
        audit.record(Event.COMPANY_COMPLETED, by=by, subject=company, changed=filled)
    told = []
    for kind, value in plan.facts.items():
        is_other = queries.known(company, kind, clock.today()) is not None  # what was known before keeps its time
        fact = facts.declare(
            company=company,
            kind=kind,
            value=value,
            details=row_values.details_of(plan.row, kind, since=None if is_other else since),
            valid_from=clock.today() if is_other else row_values.first_day(plan.row, since),
            origin=Fact.Origin.IMPORT,
            by=by,
        )
        if fact.pk > last:
            told.append(str(fact.uuid))
    if plan.row.held:
        for firm in filter(None, (company, company.canonical)):
            _silence(firm, plan.row, by)
    return {"filled": filled, "facts": told}


def _contact(plan: Plan, firms: Firms, last: Mapping[type[Record], int], by: Actor) -> dict[str, str]:
    """The person of the row. Gives who is new, and where they work since: all newer than `last`."""
    told = plan.row.contact
    if told is None:
        return {}
    person = persons.find_or_create(
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
    position = person.positions.filter(pk__gt=last[Position]).order_by("-pk").first()
    return {
        "person": str(person.uuid) if person.pk > last[Person] else "",
        "position": str(position.uuid) if position else "",
    }


def _doubts(plans: Sequence[Plan], firms: Firms) -> None:
    found = []
    for plan in plans:
        for key, likeness in plan.unsure:
            one, other = sorted((firms.pk(plan.key), firms.pk(key)))
            found.append(Doubt(one_id=one, other_id=other, evidence=list(likeness.evidence), weight=likeness.weight))
    Doubt.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
