"""What is said on the telephone: to those without a mail address, and for those who ask us to do it for them."""

from django.db import transaction

from wegweiser.events import hosting, whole
from wegweiser.events.actions import registrations, whole_series
from wegweiser.events.models import Registration
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Dismissal

ACTS = {"confirm": whole_series.confirm, "accept": whole_series.accept, "cancel": registrations.cancel}


def called(*, registration: Registration, by: Actor) -> int:
    """Somebody told them: no letter to them waits for a call any more. Gives how many did."""
    with transaction.atomic():
        held = list(hosting.held_letters(Registration.objects.filter(pk=registration.pk)))
        for letter in held:
            letters.dismiss(letter=letter, reason=Dismissal.CALLED, by=by)
    return len(held)


def act(*, registration: Registration, verb: str, by: Actor) -> Registration:
    """Confirm, accept or cancel for somebody one talks to; what waited to be told them is told with it.

    verb: confirm, accept, cancel. Raises DomainError("transition_not_allowed") where it was too late.
    """
    with transaction.atomic():
        row = ACTS[verb](registration=registration, by=by)
        if not row.email:
            for one in (whole.of_bundle(row.bundle) if verb != "cancel" else []) or [row]:
                called(registration=one, by=by)
    return row
