"""Promises with a date: somebody, or anybody at the partner, will come back to it."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Member, Partner
from wegweiser.enquiries import queries
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, FollowUp
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

NOTE_LENGTH = 300


def set(  # noqa: A001
    *,
    partner: Partner,
    due_on: dt.date,
    note: str,
    case: Case | None = None,
    company: Company | None = None,
    person: Person | None = None,
    member: Member | None = None,
    submission: UUID | None = None,
    by: Actor,
) -> tuple[FollowUp, bool]:
    """Come back to the case or company on `due_on`; without a member, whoever is at the partner. Also: is it new."""
    if case is None and company is None:
        raise DomainError("follow_up_of_nothing")
    fields = {"partner": partner, "due_on": due_on, "note": _note(note), "case": case, "company": company}
    fields |= {"person": person}
    identity = {"uuid": submission} if submission else {}
    with transaction.atomic():
        try:
            with transaction.atomic():
                follow_up = FollowUp.objects.create(member=member, **fields, **identity)
        except IntegrityError:
            # Of a double it went along to the case in which that goes on.
            there = Q(case__in=[case, queries.survivor(case)]) if case else Q(case=None)
            mine = FollowUp.objects.filter(there)
            mine = mine.filter(company__in=companies.same_firm(company)) if company else mine.filter(company=None)
            known = mine.filter(uuid=submission).first() if submission else None
            if known is None:
                raise
            return known, False
        audit.record(Event.FOLLOW_UP_SET, by=by, subject=follow_up, references={"partner": partner.uuid})
    return follow_up, True


def move(*, follow_up: FollowUp, due_on: dt.date, note: str = "", by: Actor) -> FollowUp:
    """To another day, with another note where one is given."""
    with transaction.atomic():
        _lock_open(follow_up)
        follow_up.due_on = due_on
        follow_up.note = _note(note) if note.strip() else follow_up.note
        follow_up.save(update_fields=["due_on", "note"])
        audit.record(Event.FOLLOW_UP_MOVED, by=by, subject=follow_up, changed=["due_on"])
    return follow_up


def hand_over(*, case: Case, partner: Partner, by: Actor) -> int:
    """What is still open about `case` is `partner`'s from now on, whoever there keeps it; returns how many."""
    with transaction.atomic():
        rows = list(FollowUp.objects.select_for_update().filter(case=case, done_at=None).order_by("id"))
        for row in rows:
            before = row.partner
            row.partner, row.member = partner, None
            row.save(update_fields=["partner", "member"])
            references = {"from": before.uuid, "to": partner.uuid}
            changed = ["partner", "member"]
            audit.record(Event.FOLLOW_UP_HANDED_OVER, by=by, subject=row, changed=changed, references=references)
    return len(rows)


def done(*, follow_up: FollowUp, by: Actor) -> FollowUp:
    """The promise was kept. Saying so twice changes nothing."""
    with transaction.atomic():
        follow_up.refresh_from_db(from_queryset=FollowUp.objects.select_for_update())
        if follow_up.done_at:
            return follow_up
        follow_up.done_at, follow_up.done_by = clock.now(), str(by)
        follow_up.save(update_fields=["done_at", "done_by"])
        audit.record(Event.FOLLOW_UP_DONE, by=by, subject=follow_up, changed=["done_at"])
    return follow_up


def reopen(*, follow_up: FollowUp, by: Actor) -> FollowUp:
    """It was ticked off by mistake, and is owed on its day again. Saying so twice changes nothing."""
    with transaction.atomic():
        follow_up.refresh_from_db(from_queryset=FollowUp.objects.select_for_update())
        if follow_up.done_at is None:
            return follow_up
        follow_up.done_at, follow_up.done_by = None, ""
        follow_up.save(update_fields=["done_at", "done_by"])
        audit.record(Event.FOLLOW_UP_REOPENED, by=by, subject=follow_up, changed=["done_at"])
    return follow_up


def _lock_open(follow_up: FollowUp) -> None:
    follow_up.refresh_from_db(from_queryset=FollowUp.objects.select_for_update())
    if follow_up.done_at:
        raise DomainError("follow_up_done", "It is done already.")


def _note(note: str) -> str:
    note = " ".join(note.replace("\0", "").split())
    if not note:
        raise DomainError("note_missing", field="note")
    return note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1].rstrip()}…"
