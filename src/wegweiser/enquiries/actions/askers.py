"""Who asks is somebody whose mail address or number was put right: their open enquiries follow."""

from django.db import transaction

from wegweiser.companies.models import Person
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import OPEN, Case
from wegweiser.kernel import audit, mail_addresses
from wegweiser.kernel.actor import Actor


def follow(*, person: Person, email: str, phone: str, by: Actor) -> int:
    """Open enquiries of `person` that still name the old `email` or `phone` have the new ones; gives how many."""
    moved = 0
    with transaction.atomic():
        rows = Case.objects.select_for_update().filter(person=person, state__in=OPEN).order_by("id")
        for case in rows:
            new = {}
            if mail_addresses.equal(case.email, email) and not mail_addresses.equal(email, person.email):
                new["email"] = person.email
            if phone and case.phone == phone != person.phone:
                new["phone"] = person.phone
            if new:
                for field, value in new.items():
                    setattr(case, field, value)
                case.save(update_fields=list(new))
                audit.record(Event.LINKED, by=by, subject=case, changed=list(new))
                moved += 1
    return moved
