"""Who is not there on a day, until when, and who stands in. Pure: the rows come from `directory` or a query."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from wegweiser.consortium import calendar
from wegweiser.consortium.models import Absence, Member


@dataclass(frozen=True)
class Away:
    """Somebody is not there up to and including `last_day`, and again on `back_on`; `deputy` is there meanwhile."""

    member: Member
    last_day: dt.date
    back_on: dt.date
    deputy: Member | None


def away(rows: Iterable[Absence], day: dt.date, *, land: str, closed: calendar.Closed = ()) -> dict[int, Away]:
    """Who is not there on `day`, by id. Absences with only days off between them are one.

    A deputy who is not there either is stood in for by their own, and so on; nobody where that leads nowhere.
    """
    by_member: dict[int, list[Absence]] = {}
    for row in sorted(rows, key=lambda row: (row.first_day, row.pk or 0)):
        by_member.setdefault(row.member_id, []).append(row)
    now = {member: held for member, found in by_member.items() if (held := _on(found, day))}
    return {
        member: Away(held.member, last, back, _deputy(held, now))
        for member, held in now.items()
        for last, back in [_end(by_member[member], held, land, closed)]
    }


def _on(rows: list[Absence], day: dt.date) -> Absence | None:
    return next((row for row in rows if row.first_day <= day <= row.last_day), None)


def _end(rows: list[Absence], held: Absence, land: str, closed: calendar.Closed) -> tuple[dt.date, dt.date]:
    last = held.last_day
    back = calendar.add_working_days(last, 1, land=land, closed=closed)
    for row in rows:
        if row.first_day <= back and row.last_day > last:
            last, back = row.last_day, calendar.add_working_days(row.last_day, 1, land=land, closed=closed)
    return last, back


def _deputy(held: Absence, now: dict[int, Absence]) -> Member | None:
    seen = {held.member_id}
    deputy = held.deputy
    while deputy is not None and deputy.pk in now:
        if deputy.pk in seen:
            return None
        seen.add(deputy.pk)
        deputy = now[deputy.pk].deputy
    return None if deputy is None or deputy.pk in seen else deputy
