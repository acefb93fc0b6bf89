"""Consents as they were given and withdrawn. Withdrawing is as easy as giving."""

from django.db import transaction

from wegweiser.companies.events import Event
from wegweiser.companies.models import Consent, Person
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def give(*, person: Person, purpose: str, text_version: str, channel: str, by: Actor) -> Consent:
    """`person` agreed to `purpose` in the words of `text_version`. An open consent to other words is closed first."""
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        standing = person.consents.filter(purpose=purpose, withdrawn_at=None).first()
        if standing is not None and standing.text_version == text_version:
            return standing
        if standing is not None:
            standing.withdrawn_at = clock.now()
            standing.save(update_fields=["withdrawn_at"])
            audit.record(Event.CONSENT_WITHDRAWN, by=by, subject=standing, references={"person": person.uuid})
        consent = Consent.objects.create(
            person=person, purpose=purpose, text_version=text_version, channel=channel, given_at=clock.now()
        )
        audit.record(Event.CONSENT_GIVEN, by=by, subject=consent, references={"person": person.uuid})
    return consent


def withdraw(*, person: Person, purpose: str, by: Actor) -> Consent:
    """`person` takes the consent back. Raises DomainError("consent_not_given")."""
    with transaction.atomic():
        consent = person.consents.select_for_update(no_key=True).filter(purpose=purpose, withdrawn_at=None).first()
        if consent is None:
            raise DomainError("consent_not_given")
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        audit.record(Event.CONSENT_WITHDRAWN, by=by, subject=consent, references={"person": person.uuid})
    return consent
