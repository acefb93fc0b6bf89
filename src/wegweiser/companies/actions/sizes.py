"""What the size of a firm by the definition of the EU is made of: figures by year, and shares held and owned."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from wegweiser.companies import sizes
from wegweiser.companies.actions import facts
from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Fact, Share, YearFigures
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

EARLIEST = 2000
LONGEST_REASON = 300
MOST_PEOPLE, MOST_EUROS = Decimal(1_000_000), Decimal(1_000_000_000_000)


def enter_figures(
    *,
    company: Company,
    year: int,
    headcount: Decimal,
    turnover: Decimal | None = None,
    balance: Decimal | None = None,
    by: Actor,
) -> YearFigures:
    """What the firm says of a closing date; what was said of it before stays written down.

    Raises DomainError: year_out_of_range, headcount_out_of_range, amount_out_of_range.
    """
    if not EARLIEST <= year <= clock.today().year:
        raise DomainError("year_out_of_range", field="year")
    _check(headcount, turnover, balance)
    with transaction.atomic():
        made = YearFigures.objects.create(
            company=company, year=year, headcount=headcount, turnover=turnover, balance=balance, by=str(by)
        )
        audit.record(Event.FIGURES_ENTERED, by=by, subject=made, references={"company": company.uuid})
    return made


def add_share(
    *,
    company: Company,
    direction: str,
    kind: str,
    valid_from: dt.date,
    percent: Decimal | None = None,
    other: Company | None = None,
    name: str = "",
    controls: bool = False,
    headcount: Decimal | None = None,
    turnover: Decimal | None = None,
    balance: Decimal | None = None,
    by: Actor,
) -> Share:
    """From a day on somebody holds a share of the firm, or the firm one of another, or both belong to the same people.

    The last needs no `percent`: they count together as a whole. Raises DomainError: share_unknown, name_missing,
    percent_out_of_range, person_links_nothing, same_people_of_a_firm, day_in_future, same_company_already, and as
    `enter_figures`.
    """
    name = " ".join(name.split())[:200]
    if direction not in Share.Direction.values or kind not in Share.Kind.values:
        raise DomainError("share_unknown", field="direction")
    if other is None and not name:
        raise DomainError("name_missing", field="name")
    if direction == Share.Direction.SAME:
        percent, controls = Decimal(100), False
        if kind != Share.Kind.ENTERPRISE:
            raise DomainError("same_people_of_a_firm", field="kind")
    if kind == Share.Kind.PERSON and controls:
        raise DomainError("person_links_nothing", field="controls")
    if percent is None or not 0 < percent <= 100:
        raise DomainError("percent_out_of_range", field="percent")
    if valid_from > clock.today():
        raise DomainError("day_in_future", field="valid_from")
    if other is not None and other.pk == company.pk:
        raise DomainError("same_company_already", field="name")
    if headcount is not None:
        _check(headcount, turnover, balance)
    with transaction.atomic():
        made = Share.objects.create(
            company=company,
            direction=direction,
            other=other,
            name="" if other else name,
            kind=kind,
            percent=percent,
            controls=controls,
            headcount=headcount,
            turnover=turnover,
            balance=balance,
            valid_from=valid_from,
            by=str(by),
        )
        audit.record(Event.SHARE_ADDED, by=by, subject=made, references={"company": company.uuid})
    return made


def end_share(*, share: Share, last_day: dt.date, by: Actor) -> Share:
    """The share was held until a day, which counts as well. Raises DomainError: day_in_future, change_before_known,
    share_withdrawn_already."""
    if last_day > clock.today():
        raise DomainError("day_in_future", field="last_day")
    with transaction.atomic():
        row = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if row.withdrawn_at is not None:
            raise DomainError("share_withdrawn_already")
        if last_day < row.valid_from:
            raise DomainError("change_before_known", field="last_day")
        if row.valid_to is None or row.valid_to != last_day:
            row.valid_to = last_day
            row.save(update_fields=["valid_to"])
            audit.record(Event.SHARE_ENDED, by=by, subject=row, references={"company": row.company.uuid})
    return row


def withdraw_share(*, share: Share, reason: str, by: Actor) -> Share:
    """The share never was as it was entered: it counts on no day, and stays written down with `reason`.

    Raises DomainError: reason_missing, reason_too_long, share_withdrawn_already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise DomainError("reason_missing", field="reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError("reason_too_long", field="reason")
    with transaction.atomic():
        row = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if row.withdrawn_at is not None:
            raise DomainError("share_withdrawn_already")
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), str(by), reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        audit.record(Event.SHARE_WITHDRAWN, by=by, subject=row, references={"company": row.company.uuid})
    return row


def complete_share(
    *, share: Share, headcount: Decimal, turnover: Decimal | None = None, balance: Decimal | None = None, by: Actor
) -> Share:
    """Figures of the other one, where it is a name only and nobody knew any when the share was added.

    Raises DomainError: figures_known_already, and as `enter_figures`.
    """
    _check(headcount, turnover, balance)
    with transaction.atomic():
        row = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
        if row.other_id is not None or row.headcount is not None or row.withdrawn_at is not None:
            raise DomainError("figures_known_already", field="headcount")
        row.headcount, row.turnover, row.balance = headcount, turnover, balance
        row.save(update_fields=["headcount", "turnover", "balance"])
        audit.record(
            Event.SHARE_COMPLETED,
            by=by,
            subject=row,
            references={"company": row.company.uuid},
            changed=["headcount", "turnover", "balance"],
        )
    return row


def settle(*, company: Company, since: dt.date | None = None, by: Actor) -> Fact:
    """From a day on, today unless said, the firm's size is what follows from its figures and shares as of that day.

    Raises DomainError: day_in_future, size_not_determined, size_incomplete (figures of somebody who is counted in are
    missing, and could change it).
    """
    since = since or clock.today()
    if since > clock.today():
        raise DomainError("day_in_future", field="since")
    found = sizes.determined(company, on=since)
    if found is None or found.status is None:
        raise DomainError("size_not_determined")
    if not found.is_settled_by_figures:
        raise DomainError("size_incomplete", f"No figures are known of {', '.join(found.missing)}.")
    return facts.declare(
        company=company,
        kind=Fact.Kind.SIZE,
        value=found.status.name.lower(),
        details={
            "rule": sizes.RULE,
            "year": found.year,
            "headcount": str(found.latest.total.headcount),
            "sme": found.is_sme,
            "counted": len(found.latest.parts),
            "estimate": found.is_estimate,
        },
        valid_from=since,
        by=by,
    )


def _check(headcount: Decimal, turnover: Decimal | None, balance: Decimal | None) -> None:
    if not 0 <= headcount <= MOST_PEOPLE:
        raise DomainError("headcount_out_of_range", field="headcount")
    for field, amount in (("turnover", turnover), ("balance", balance)):
        if amount is not None and not 0 <= amount <= MOST_EUROS:
            raise DomainError("amount_out_of_range", field=field)
