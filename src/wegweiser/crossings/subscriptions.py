"""Who wants to be invited to events: asked for, confirmed by the link of a mail, changed and ended.

What is ended also holds back what was written and not yet sent. Whether an address is known here is told to nobody but
its mailbox.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_token
from wegweiser.companies import consent_words, phones
from wegweiser.companies.actions import consents, persons
from wegweiser.companies.consent_words import INVITATION, INVITATION_VERSION
from wegweiser.companies.models import Consent, ConsentRequest, Person
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Topic
from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.actions.invitations import SUBSCRIPTION
from wegweiser.events.invitation_models import Why
from wegweiser.kernel import addresses, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.records import Record
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

CONFIRM = "invitations-confirm"  # the purpose of the link that makes a consent of what somebody typed
KEPT = dt.timedelta(days=1)  # of what such a mail says, after its link is over


def words(language: str) -> str:
    """What one agrees to, as pages show it."""
    return consent_words.invitation(consortium.centre().name.text(language), language)


# --- Giving ----------------------------------------------------------------------------------------------------------


def ask(
    *, name: str, email: str, language: str, topics: Iterable[Topic] = (), channel: str, by: Actor
) -> ConsentRequest | None:
    """Somebody wants to be invited; their mailbox gets a link to say so. Who is invited already gets their own page.

    channel: web, registration, phone. Raises DomainError: name_missing, and what `mail_addresses.kept` raises.
    """
    with transaction.atomic():
        known = inviting.agreed().filter(mail_addresses.same("person__email", email)).select_related("person").first()
        if known is not None:
            _write(
                known, "invitations_known", known.person.name, known.person.email, language, _own(known.person, by), by
            )
            return None
        asked = consents.ask(
            purpose=INVITATION,
            name=name,
            email=email,
            language=language,
            text_version=INVITATION_VERSION,
            words=words(language),
            channel=channel,
            topics=topics,
            by=by,
        )
        secret = tokens.issue(purpose=CONFIRM, subject=asked.uuid, expires=clock.now() + consents.UNANSWERED, by=by)
        link = addresses.confirm_invitations(secret, language=language)
        _write(asked, "invitations_confirm", asked.name, asked.email, language, link, by)
    return asked


def asked_for(secret: str) -> ConsentRequest | None:
    """What waits behind the link of a mail; None where it was answered or is over."""
    token = valid_token(purpose=CONFIRM, secret=secret)
    return ConsentRequest.objects.filter(uuid=token.subject_uuid).first() if token else None


def confirm(*, secret: str, by: Actor) -> Consent:
    """Whoever reads the mails of the address agrees. Raises DomainError("link_gone")."""
    token = valid_token(purpose=CONFIRM, secret=secret)
    asked = asked_for(secret)
    if token is None or asked is None:
        raise DomainError("link_gone")
    with transaction.atomic():
        tokens.take(token=token, by=by)
        return consents.confirm(asked=asked, by=by)


def note(*, name: str, email: str, language: str, topics: Iterable[Topic] = (), evidence: str, by: Actor) -> Consent:
    """Somebody signed on paper that they want to be invited. `evidence` says where the paper lies.

    Raises DomainError: name_missing, email_missing, evidence_missing.
    """
    if not email.strip():
        raise DomainError("email_missing", field="email")
    if not evidence.strip():
        raise DomainError("evidence_missing", field="evidence")
    with transaction.atomic():
        person = persons.find_or_create(name=name, email=email, language=language, by=by)
        topics = list(topics)
        consent = consents.give(
            person=person,
            purpose=INVITATION,
            text_version=INVITATION_VERSION,
            channel="paper",
            words=words(language),
            language=language,
            evidence=evidence,
            topics=topics,
            by=by,
        )
        return consents.narrow(consent=consent, topics=topics, by=by)


# --- One's own page --------------------------------------------------------------------------------------------------


def behind(secret: str) -> Person | None:
    """Whose page of invitations it is; None where the link is unknown or over, or they were erased."""
    token: Token | None = valid_token(purpose=SUBSCRIPTION, secret=secret)
    return Person.objects.filter(uuid=token.subject_uuid, restricted_at=None).first() if token else None


def standing(person: Person) -> Consent | None:
    """The consent to being invited that stands."""
    return inviting.agreed().filter(person=person).prefetch_related("topics").first()


def again(*, person: Person, by: Actor) -> Consent:
    """They thought better of it, on the page that only their mailbox leads to."""
    language = person.language
    return consents.give(
        person=person,
        purpose=INVITATION,
        text_version=INVITATION_VERSION,
        channel="web",
        words=words(language),
        language=language,
        by=by,
    )


def own_page(*, person: Person, by: Actor) -> str:
    """The secret of somebody's own page."""
    return invitations.subscription_link(person=person, by=by)


MAILED = {INVITATION, "news", "newsletter"}  # consents to mails


def withdraw(*, person: Person, purpose: str, way: str = "", by: Actor) -> Consent:
    """A consent is taken back, whatever it is to; invitations that still wait stay here. `way` as in `consents`.

    Who wants no more mails of a kind says so for the mailbox (§ 7 UWG): whoever else is known with the address gets
    none either. Raises DomainError("consent_not_given").
    """
    with transaction.atomic():
        found = Consent.objects.filter(purpose=purpose, withdrawn_at=None)
        theirs = found.filter(mail_addresses.same("person__email", person.email)) if purpose in MAILED else found.none()
        people = [person, *Person.objects.filter(pk__in=theirs.values("person")).exclude(pk=person.pk).order_by("pk")]
        if len(people) > 1 and not found.filter(person=person).exists():
            del people[0]
        ended = [consents.withdraw(person=one, purpose=purpose, way=way, by=by) for one in people]
        if purpose == INVITATION:
            for one in people:
                invitations.recall(person=one, why=Why.CONSENT, by=by)
    return ended[0]


def end(*, person: Person, by: Actor) -> bool:
    """No invitations any more. Tells whether there was a consent; saying it twice changes nothing."""
    try:
        withdraw(person=person, purpose=INVITATION, by=by)
    except DomainError:
        return False
    return True


def with_uuid(uuid: UUID) -> Person | None:
    return Person.objects.filter(uuid=uuid, restricted_at=None).first()


def _own(person: Person, by: Actor) -> str:
    return addresses.own_invitations(own_page(person=person, by=by), language=person.language)


def _write(cause: Record, template: str, name: str, mail: str, language: str, link: str, by: Actor) -> None:
    centre = consortium.centre()
    context = {
        "name": name,
        "link": link,
        "words": words(language),
        "days": consents.UNANSWERED.days,
        "phone": phones.shown(centre.phone),
        "centre": centre.name.text(language),
        "signature": "",
    }
    letters.write(
        cause=cause,
        rendered=render(f"companies/mails/{template}", language, context),
        name=name,
        mail=mail,
        language=language,
        reply_to=centre.email,
        body_until=clock.today() + consents.UNANSWERED + KEPT,
        by=by,
    )
