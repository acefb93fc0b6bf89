"""What is removed of people and firms when its time is over, or when somebody asks. Figures stay as they were."""

from django.db import transaction

from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Person
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor

BLANK = ("street", "email", "phone", "website")


def forget(*, person: Person, by: Actor) -> None:
    """Remove `person` with positions and consents. The trail keeps the id alone, so that a restore can follow."""
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person.pk).first()
        if row is None:
            return
        audit.record(Event.PERSON_ERASED, by=by, subject=row)
        row.delete()


def blank(*, company: Company, by: Actor) -> Company:
    """Take name and addresses from `company`; facts, steps and aid stay. From then on it has a cover name."""
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        row.name, row.is_cover_name, row.is_sole_trader = f"Betrieb {row.pk}", True, False
        for field in BLANK:
            setattr(row, field, "")
        row.save()
        audit.record(Event.COMPANY_BLANKED, by=by, subject=row, changed=["name", *BLANK])
    return row
