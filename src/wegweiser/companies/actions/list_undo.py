"""A list of firms is taken back: what only it told goes, what it changed is as before; what was worked with stays.

A wish that it told of a firm that was here before stays until somebody has looked: a false alarm costs a look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from wegweiser.companies import queries, undoable
from wegweiser.companies.actions import facts, merges, wishes
from wegweiser.companies.events import Event
from wegweiser.companies.models import (
    Channel,
    Company,
    ContactEntry,
    Fact,
    FirmList,
    ListRow,
    Merge,
    NumberEntry,
    Person,
    Position,
)
from wegweiser.companies.row_values import CONTACT
from wegweiser.kernel import audit, clock, locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Undone:
    """How many firms went, and how many stay as the house works with them since."""

    removed: int
    kept: int


def undo(*, source: FirmList, by: Actor) -> Undone:
    """Take back what a list did, in one transaction. It may be taken over again afterwards.

    Raises DomainError: list_gone, list_being_taken, list_not_taken, list_too_old (its rows did not write it down).
    """
    with transaction.atomic():
        locks.hold("import companies")
        locked = FirmList.objects.select_for_update().filter(pk=source.pk).first()
        if locked is None:
            raise DomainError("list_gone")
        if locked.state in {FirmList.State.ORDERED, FirmList.State.TAKING}:
            raise DomainError("list_being_taken")
        rows = list(locked.rows.order_by("-id"))
        if not rows or locked.state == FirmList.State.UNDONE:
            raise DomainError("list_not_taken")
        if any(row.did is None for row in rows):
            raise DomainError("list_too_old")
        kept = undoable.worked_with(rows)
        going = [row for row in rows if row.company_id not in kept]
        made = {row.company_id for row in going if row.changes.get("made")}
        wishful = _wishes_of_known(going, made)
        _separate(going, by)
        for chunk in undoable.in_chunks(row.changes["position"] for row in going if row.changes.get("position")):
            Position.objects.filter(uuid__in=chunk).delete()
        for row in going:
            _take_back(row, by)
        _keep(wishful, by)
        removed = _remove(going, made, by)
        _forget_people(going, by)
        _end(locked, by)
    source.refresh_from_db()
    return Undone(removed, len(kept))


def _wishes_of_known(rows: Sequence[ListRow], made: set[int]) -> dict[ListRow, Company]:
    """Rows that tell of a wish, founded as an entry of a firm that was here before, with that firm."""
    held = [row for row in rows if row.held and row.company_id in made and not row.more.get("was_none")]
    roots = {row: queries.root_of(row.company) for row in held}
    return {row: root for row, root in roots.items() if root.pk not in made}


def _keep(wishful: Mapping[ListRow, Company], by: Actor) -> None:
    """The firm is left alone as before; its own entry holds the row now."""
    for row, firm in wishful.items():
        row.company = firm
        row.save(update_fields=["company"])
        no_calls = firm.channel not in {Channel.MAIL, Channel.PHONE}
        wishes.silence(company=firm, wish=row.held, no_calls=no_calls, is_held=True, by=by)


def _separate(rows: Sequence[ListRow], by: Actor) -> None:
    """The last merge first, as if none had ever been."""
    for row in rows:
        for uuid in reversed(row.changes.get("merges", [])):
            merge = Merge.objects.filter(uuid=uuid, undone_at=None).first()
            if merge is not None:
                merges.undo(merge=merge, are_two=False, by=by)


def _take_back(row: ListRow, by: Actor) -> None:
    if row.changes.get("made"):
        return
    for uuid in row.changes.get("facts", []):
        fact = Fact.objects.filter(uuid=uuid).first()
        if fact is not None:
            _as_before(fact, by)
    if filled := row.changes.get("filled"):
        _empty(row, filled, by)


def _as_before(fact: Fact, by: Actor) -> None:
    """What was known before holds again, also for the time that a first contact reached back to."""
    same = Fact.objects.filter(company=fact.company, kind=fact.kind)
    told = same.filter(origin=Fact.Origin.IMPORT, value=fact.value, recorded_at__gte=fact.recorded_at)
    reached = [row for row in told.filter(valid_from__lt=fact.valid_from) if row.details.get("since") == CONTACT]
    mine = [fact.pk, *(row.pk for row in reached)]
    for row in (fact, *reached):
        counts = same.filter(valid_from=row.valid_from).order_by("-recorded_at", "-id").first()
        if counts is None or counts.pk != row.pk:
            continue  # somebody said otherwise of that day since
        before = same.filter(valid_from__lte=row.valid_from).exclude(pk__in=mine)
        last = before.order_by("-valid_from", "-recorded_at", "-id").first()
        value, details = (last.value, last.details) if last else ("", {})
        facts.correct(fact=row, value=value, details=details, by=by)


def _empty(row: ListRow, filled: Sequence[str], by: Actor) -> None:
    """What was blank is blank again, but for what somebody put right since; an address is one thing."""
    company = Company.objects.select_for_update(no_key=True).get(pk=row.company_id)
    entries = ContactEntry.objects.filter(company=company, recorded_at__gte=row.recorded_at)
    numbers = NumberEntry.objects.filter(company=company, recorded_at__gte=row.recorded_at)
    changed = {*entries.values_list("kind", flat=True), *numbers.values_list("kind", flat=True)}
    if changed.intersection(merges.ADDRESS):
        changed.update(merges.ADDRESS)
    blank = [field for field in filled if field not in changed and getattr(company, field)]
    if blank:
        for field in blank:
            setattr(company, field, "")
        company.save(update_fields=blank)
        audit.record(Event.COMPANY_CHANGED, by=by, subject=company, changed=blank)


def _remove(rows: Sequence[ListRow], made: set[int], by: Actor) -> int:
    """Firms that only the list told of, and the rows themselves, but for wishes of firms that were here before."""
    for chunk in undoable.in_chunks(row.pk for row in rows if row.company_id in made or not row.held):
        ListRow.objects.filter(pk__in=chunk).delete()
    for chunk in undoable.in_chunks(made):
        firms = list(Company.objects.filter(pk__in=chunk))
        audit.record_many(Event.COMPANY_REMOVED, by=by, subjects=((firm, {}) for firm in firms))
        Merge.objects.filter(loser__in=chunk).delete()
        Merge.objects.filter(survivor__in=chunk).delete()
        Company.objects.filter(pk__in=chunk).delete()
    return len(made)


def _forget_people(rows: Sequence[ListRow], by: Actor) -> None:
    """Who came by the list and works nowhere now, and with whom nobody had to do."""
    told = [row.changes["person"] for row in rows if row.changes.get("person")]
    for people in undoable.people_of_nothing(told):
        audit.record_many(Event.PERSON_ERASED, by=by, subjects=((person, {}) for person in people))
        Person.objects.filter(pk__in=[person.pk for person in people]).delete()


def _end(source: FirmList, by: Actor) -> None:
    """Where the file is still there, the list is as it was uploaded: it was not taken over as a whole."""
    source.rows.update(did={})  # nothing of those that stay is taken back twice
    if source.content is None:
        source.state, source.undone_at, source.undone_by = FirmList.State.UNDONE, clock.now(), str(by)
    else:
        source.state, source.failure = FirmList.State.UPLOADED, ""
    source.save(update_fields=["state", "failure", "undone_at", "undone_by"])
    audit.record(Event.LIST_UNDONE, by=by, subject=source)
