"""Whoever came while two firms were one goes to the one where they belong."""

from django.db import transaction

from wegweiser.companies.events import Event
from wegweiser.companies.models import Access, Company, Position
from wegweiser.companies.newcomers import Newcomer
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor


def take_along(*, newcomer: Newcomer, company: Company, by: Actor) -> None:
    """`company` is where they work and what they may enter, instead of the firm it was one with.

    Who was there before and has an access keeps that one.
    """
    person = newcomer.person
    works = bool(newcomer.accesses) or any(position.valid_to is None for position in newcomer.positions)
    with transaction.atomic():
        there = set(Position.objects.filter(person=person, company=company).values_list("valid_from", flat=True))
        for position in newcomer.positions:
            if position.valid_from in there:
                position.delete()
                continue
            before, position.company = position.company, company
            position.save(update_fields=["company"])
            references = {"from": before.uuid, "to": company.uuid}
            audit.record(Event.POSITION_MOVED, by=by, subject=person, references=references)
        if works and not Position.objects.filter(person=person, company=company, valid_to=None).exists():
            Position.objects.create(person=person, company=company, valid_from=clock.today())
        is_inside = Access.objects.filter(person=person, company=company, ended_at=None).exists()
        for access in newcomer.accesses:
            if is_inside:
                access.ended_at, access.ended_by = clock.now(), str(by)
                access.save(update_fields=["ended_at", "ended_by"])
                audit.record(Event.ACCESS_ENDED, by=by, subject=access, references={"person": person.uuid})
                continue
            is_inside, access.company = True, company
            access.save(update_fields=["company"])
            references = {"company": company.uuid, "person": person.uuid}
            audit.record(Event.ACCESS_MOVED, by=by, subject=access, references=references)
