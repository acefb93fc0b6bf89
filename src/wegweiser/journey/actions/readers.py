"""Who reads a firm's plan by a link of their own, and who of them asked to be reminded."""

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company, Person
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
    """They ask to be reminded of what falls due, or not any more. Nobody is reminded who did not ask."""
    with transaction.atomic():
        row = PlanReader.objects.select_for_update(no_key=True, of=("self",)).get(pk=reader.pk)
        if bool(row.reminders_since) == wanted:
            return row
        row.reminders_since = clock.now() if wanted else None
        row.save(update_fields=["reminders_since"])
        event = Event.PLAN_READER_REMINDED if wanted else Event.PLAN_READER_QUIET
        audit.record(event, by=by, subject=row, changed=["reminders_since"])
    return row


def erase(*, reader: PlanReader, by: Actor) -> None:
    """They read the plan no more; their links open nothing."""
    with transaction.atomic():
        audit.record(Event.PLAN_READER_ERASED, by=by, subject=reader, references={"company": reader.company.uuid})
        reader.delete()
