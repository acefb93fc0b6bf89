"""Consents as they were given and withdrawn. Withdrawing is as easy as giving."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from wegweiser.companies.actions import persons
from wegweiser.companies.events import Event
from wegweiser.companies.models import Company, Consent, ConsentRequest, Person
from wegweiser.consortium.models import Topic
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

UNANSWERED = dt.timedelta(days=7)  # so long is kept that somebody typed an address


def give(
    *,
    person: Person,
    purpose: str,
    text_version: str,
    channel: str,
    words: str = "",
    language: str = "",
    evidence: str = "",
    topics: Iterable[Topic] = (),
    asked_at: dt.datetime | None = None,
    by: Actor,
) -> Consent:
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
            person=person,
            purpose=purpose,
            text_version=text_version,
            channel=channel,
            words=words,
            language=language,
            evidence=" ".join(evidence.split())[:200],
            by=str(by),
            asked_at=asked_at,
            given_at=clock.now(),
        )
        consent.topics.set(topics)
        audit.record(Event.CONSENT_GIVEN, by=by, subject=consent, references={"person": person.uuid})
    return consent


def withdraw(*, person: Person, purpose: str, way: str = "", by: Actor) -> Consent:
    """`person` takes the consent back; `way` is how they said so to staff (phone). Raises "consent_not_given"."""
    with transaction.atomic():
        consent = person.consents.select_for_update(no_key=True).filter(purpose=purpose, withdrawn_at=None).first()
        if consent is None:
            raise DomainError("consent_not_given")
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        references = {"person": str(person.uuid), **({"way": way} if way else {})}
        audit.record(Event.CONSENT_WITHDRAWN, by=by, subject=consent, references=references)
    return consent


def narrow(*, consent: Consent, topics: Iterable[Topic], by: Actor) -> Consent:
    """It is for these topics from now on; without any for all. Raises DomainError("consent_not_given")."""
    with transaction.atomic():
        consent.refresh_from_db(from_queryset=Consent.objects.select_for_update(no_key=True))
        if consent.withdrawn_at is not None:
            raise DomainError("consent_not_given")
        wanted = {topic.pk for topic in topics}
        if wanted != set(consent.topics.values_list("pk", flat=True)):
            consent.topics.set(wanted)
            audit.record(Event.CONSENT_CHANGED, by=by, subject=consent, changed=["topics"])
    return consent


# --- By the link of a mail -------------------------------------------------------------------------------------------


def ask(
    *,
    purpose: str,
    name: str,
    email: str,
    language: str,
    text_version: str,
    words: str,
    channel: str,
    topics: Iterable[Topic] = (),
    by: Actor,
) -> ConsentRequest:
    """Somebody typed that they agree. It holds once who reads mails at `email` says so.

    Raises DomainError: name_missing, and what `mail_addresses.kept` raises.
    """
    name = " ".join(name.split())[:160]
    if not name:
        raise DomainError("name_missing", field="name")
    email = mail_addresses.kept(email).lower()
    if not email:
        raise DomainError("email_invalid", field="email")
    with transaction.atomic():
        asked = ConsentRequest.objects.create(
            purpose=purpose,
            name=name,
            email=email,
            language=language,
            text_version=text_version,
            words=words,
            channel=channel,
            by=str(by),
        )
        asked.topics.set(topics)
        audit.record(Event.CONSENT_ASKED, by=by, subject=asked)
    return asked


def confirm(*, asked: ConsentRequest, company: Company | None = None, by: Actor) -> Consent:
    """The owner of the address agrees: from now on it is a consent, with the words and the moment it was asked for.

    Raises DomainError("link_gone") where it was answered already.
    """
    with transaction.atomic():
        row = ConsentRequest.objects.select_for_update().filter(pk=asked.pk).first()
        if row is None:
            raise DomainError("link_gone")
        person = persons.find_or_create(
            name=row.name,
            email=row.email,
            language=row.language,
            company=company,
            word=persons.Word.PROVEN_MAIL,
            by=by,
        )
        topics = list(row.topics.all())
        consent = give(
            person=person,
            purpose=row.purpose,
            text_version=row.text_version,
            channel=row.channel,
            words=row.words,
            language=row.language,
            topics=topics,
            asked_at=row.recorded_at,
            by=by,
        )
        narrow(consent=consent, topics=topics, by=by)  # who had agreed before says anew to what
        row.delete()
    return consent


def erase_request(*, asked: ConsentRequest, by: Actor) -> None:
    with transaction.atomic():
        audit.record(Event.CONSENT_REQUEST_ERASED, by=by, subject=asked)
        asked.delete()


def forget_requests(*, by: Actor) -> int:
    """Who never answered is forgotten. Gives how many."""
    over = list(ConsentRequest.objects.filter(recorded_at__lt=clock.now() - UNANSWERED))
    for asked in over:
        erase_request(asked=asked, by=by)
    return len(over)
