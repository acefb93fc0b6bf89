"""Who reads a firm's plan by a link of their own, and who of them asked to be reminded."""

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company, Person
from wegweiser.journey import queries
from wegweiser.journey.events import Event
from wegweiser.journey.models import PlanReader
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor


def add(*, company: Company, person: Person | None = None, by: Actor) -> PlanReader:
    """`person`, or the firm itself, as a reader of the plan; known ones are found."""
    with transaction.atomic():
        firm = lock_firm(company)[0]
        known = PlanReader.objects.filter(company__in=companies.same_firm(firm), person=person).order_by("id").first()
        if known is not None:
            return known
        reader = PlanReader.objects.create(company=firm, person=person)
        references = {"company": firm.uuid, **({"person": person.uuid} if person else {})}
        audit.record(Event.PLAN_READER_ADDED, by=by, subject=reader, references=references)
    return reader


def remind(*, reader: PlanReader, wanted: bool, by: Actor) -> PlanReader:
    """They ask to be reminded of what falls due, or not any more. Nobody is reminded who did not ask.

    Who says no is left alone by every row of the firm, wherever they asked for it.
    """
    with transaction.atomic():
        rows = list(queries.same_reader(reader).order_by("id").select_for_update(no_key=True, of=("self",)))
        if not wanted or not any(row.reminders_since for row in rows):
            for row in rows:
                if row.pk == reader.pk if wanted else row.reminders_since:
                    _set(row, wanted, by)
        return next(row for row in rows if row.pk == reader.pk)


def _set(reader: PlanReader, wanted: bool, by: Actor) -> None:
    reader.reminders_since = clock.now() if wanted else None
    reader.save(update_fields=["reminders_since"])
    event = Event.PLAN_READER_REMINDED if wanted else Event.PLAN_READER_QUIET
    audit.record(event, by=by, subject=reader, changed=["reminders_since"])


def join(*, person: Person, other: Person, by: Actor) -> None:
    """`other` is `person`: what was sent to them opens the plan as before, once for each firm."""
    with transaction.atomic():
        for reader in PlanReader.objects.select_for_update(of=("self",)).filter(person=other).order_by("id"):
            there = PlanReader.objects.filter(company__in=companies.same_firm(reader.company), person=person)
            mine = there.order_by("id").first()
            if mine is None:
                reader.person = person
                reader.save(update_fields=["person"])
                references = {"company": reader.company.uuid, "person": person.uuid}
                audit.record(Event.PLAN_READER_ADDED, by=by, subject=reader, references=references)
                continue
            if reader.reminders_since:
                remind(reader=mine, wanted=True, by=by)
            erase(reader=reader, by=by)


def erase(*, reader: PlanReader, by: Actor) -> None:
    """They read the plan no more; their links open nothing."""
    with transaction.atomic():
        audit.record(Event.PLAN_READER_ERASED, by=by, subject=reader, references={"company": reader.company.uuid})
        reader.delete()
