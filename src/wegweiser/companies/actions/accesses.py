"""Who may enter the workspace of a firm: asked for, given, changed and ended."""

import datetime as dt

from django.db import transaction

from wegweiser.companies import accesses, phones
from wegweiser.companies.events import Event
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Access, AccessRequest, Company, Person, Right
from wegweiser.kernel import audit, clock, mail_addresses, visible
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

OPEN = frozenset({AccessRequest.State.STARTED, AccessRequest.State.ASKED})  # can still be filled in
UNPROVEN = dt.timedelta(days=2)  # so long is kept that somebody typed an address
DECIDED = dt.timedelta(days=90)
MOST = 50  # persons of one firm


def start(*, email: str, language: str, by: Actor) -> AccessRequest:
    """Somebody typed an address that opens nothing. Asking again finds what is still open.

    Raises DomainError: what `mail_addresses.kept` raises.
    """
    email = mail_addresses.kept(email).lower()
    if not email:
        raise DomainError("email_invalid", field="email")
    with transaction.atomic():
        known = AccessRequest.objects.filter(mail_addresses.same("email", email), state__in=OPEN).order_by("id").last()
        return known or AccessRequest.objects.create(email=email, language=language)


def ask(
    *, asked: AccessRequest, name: str, firm: str, postcode: str = "", place: str = "", phone: str = "", by: Actor
) -> AccessRequest:
    """The owner of the address says who they are and where they work.

    Raises DomainError: name_missing, firm_missing, invalid_phone, transition_not_allowed.
    """
    name, firm = _line(name, 160), _line(firm, 200)
    if not name:
        raise DomainError("name_missing", field="name")
    if not firm:
        raise DomainError("firm_missing", field="firm")
    number = phones.e164(phone)
    with transaction.atomic():
        _lock(asked)
        if asked.state not in OPEN:
            raise DomainError("transition_not_allowed", "It was decided before.")
        asked.state, asked.asked_at = AccessRequest.State.ASKED, clock.now()
        asked.name, asked.firm, asked.phone = name, firm, number
        asked.postcode, asked.place = _line(postcode, 5), _line(place, 100)
        asked.save()
        audit.record(Event.ACCESS_ASKED, by=by, subject=asked, changed=["state"])
    return asked


def grant(*, asked: AccessRequest, access: Access, by: Actor) -> AccessRequest:
    """`access` is what was asked for."""
    return _decide(asked, AccessRequest.State.GRANTED, access, by)


def refuse(*, asked: AccessRequest, by: Actor) -> AccessRequest:
    """They do not belong to the firm, or nobody can say that they do."""
    return _decide(asked, AccessRequest.State.REFUSED, None, by)


def give(*, company: Company, person: Person, right: str, evidence: str, by: Actor) -> Access:
    """`person` may enter the workspace of the firm. Who already may keeps their access, with the greater right.

    Raises DomainError: right_unknown, contact_missing, too_many_persons.
    """
    if right not in Right.values:
        raise DomainError("right_unknown", field="right")
    if not person.email:
        raise DomainError("contact_missing", "A login needs a mail address.", field="email")
    with transaction.atomic():
        firm = lock_firm(company)[0]
        inside = accesses.of_firm(firm)
        known = inside.filter(person=person).first()
        if known is not None:
            return known if known.may(right) else change(access=known, right=right, by=by)
        if inside.count() >= MOST:
            raise DomainError("too_many_persons", field="email")
        access = Access.objects.create(company=firm, person=person, right=right, evidence=evidence, given_by=str(by))
        references = {"company": firm.uuid, "person": person.uuid}
        audit.record(Event.ACCESS_GIVEN, by=by, subject=access, references=references)
    return access


def change(*, access: Access, right: str, by: Actor) -> Access:
    """They see more or less from now on. Raises DomainError: right_unknown, last_manager."""
    if right not in Right.values:
        raise DomainError("right_unknown", field="right")
    with transaction.atomic():
        row = _locked(access)
        if row.right == right:
            return row
        if row.right == Right.PERSONS:
            _stays_managed(row)
        row.right = right
        row.save(update_fields=["right"])
        audit.record(Event.ACCESS_CHANGED, by=by, subject=row, changed=["right"])
    return row


def end(*, access: Access, by: Actor, may_be_last: bool = False) -> Access:
    """They may not enter any more. Ending twice changes nothing.

    Raises DomainError("last_manager") where others stay and nobody is left to decide about them, unless `may_be_last`.
    """
    with transaction.atomic():
        row = _locked(access)
        if row.ended_at:
            return row
        if row.right == Right.PERSONS and not may_be_last:
            _stays_managed(row)
        row.ended_at, row.ended_by = clock.now(), str(by)
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(Event.ACCESS_ENDED, by=by, subject=row, references={"person": row.person.uuid})
    return row


def code_told(*, access: Access, by: Actor) -> None:
    """A code that opens the workspace once was read out or put on paper; what it says is nowhere."""
    with transaction.atomic():
        audit.record(Event.ACCESS_CODE_TOLD, by=by, subject=access, references={"person": access.person.uuid})


def erase_request(*, asked: AccessRequest, by: Actor) -> None:
    """Forget who asked."""
    with transaction.atomic():
        audit.record(Event.ACCESS_REQUEST_ERASED, by=by, subject=asked)
        asked.delete()


def forget_requests(*, by: Actor) -> int:
    """Addresses that nobody proved to be theirs go after two days, what was decided after ninety. Gives how many."""
    now, started = clock.now(), AccessRequest.State.STARTED
    old = AccessRequest.objects.filter(state=started, recorded_at__lt=now - UNPROVEN)
    decided = AccessRequest.objects.filter(decided_at__lt=now - DECIDED)
    rows = [*old, *decided]
    for asked in rows:
        erase_request(asked=asked, by=by)
    return len(rows)


def _decide(asked: AccessRequest, state: str, access: Access | None, by: Actor) -> AccessRequest:
    with transaction.atomic():
        _lock(asked)
        if asked.state != AccessRequest.State.ASKED:
            raise DomainError("transition_not_allowed", "It was decided before.")
        asked.state, asked.access = state, access
        asked.decided_at, asked.decided_by = clock.now(), str(by)
        asked.save(update_fields=["state", "access", "decided_at", "decided_by"])
        if access is None:
            audit.record(Event.ACCESS_REFUSED, by=by, subject=asked, changed=["state"])
    return asked


def _stays_managed(access: Access) -> None:
    """Raises DomainError("last_manager") if nobody else of the firm decides about persons, and there are others."""
    lock_firm(access.company)
    others = accesses.of_firm(access.company).exclude(pk=access.pk)
    if others.exists() and not others.filter(right=Right.PERSONS).exists():
        raise DomainError("last_manager", "Somebody has to decide who may enter.", field="right")


def _lock(asked: AccessRequest) -> None:
    asked.refresh_from_db(from_queryset=AccessRequest.objects.select_for_update())


def _locked(access: Access) -> Access:
    return Access.objects.select_for_update(of=("self",)).select_related("person", "company").get(pk=access.pk)


def _line(text: str, length: int) -> str:
    return visible.line(text, length)
