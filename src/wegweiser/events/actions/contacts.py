"""How a guest is reached, put right: a mistyped mail address, the firm, what they want us to know.

Whoever holds the wrong address was sent a link to the registration. It ends with the address, and so does the calendar
that went there: both show what only the guest may see. A fresh link goes to the new address, and only it proves it.
"""

from django.db import transaction
from django.db.models import Q

from wegweiser.accounts.actions import tokens
from wegweiser.events import correcting, guests, queries
from wegweiser.events.actions import letters
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_events
from wegweiser.events.models import ACTIVE, UNCONFIRMED, Change, Event, Registration, State
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.kernel import audit, clock, mail_addresses, visible
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError

_ONE = {State.CONFIRMED: "confirmed", State.WAITING: "waiting", State.OFFERED: "offered"}


def correct(
    *,
    registration: Registration,
    email: str | None = None,
    firm: str | None = None,
    note: str | None = None,
    by: Actor,
) -> str:
    """Put right how they are reached, at all dates that were registered for with the same form.

    Where the address changes, how it stands is told to the new one; an address that is not confirmed stays so. Gives
    the secret of a link to their page for who put it right, empty where the address stayed: it is not the one in the
    mail, so it confirms nothing that is not confirmed.

    Raises DomainError: email_missing, email_invalid, email_umlauts, registered_already (the same name has a
    registration with that address), transition_not_allowed (it is over, or a guest may not any more).
    """
    with transaction.atomic():
        rows = _locked(registration)
        this = next(row for row in rows if row.pk == registration.pk)
        if not this.is_active:
            raise DomainError("transition_not_allowed")
        told = {
            "email": _mail(email, this, by),
            "firm": this.firm if firm is None else _line(firm),
            "note": this.note if note is None else visible.text(note, 1000),
        }
        moves = mail_addresses.key(told["email"]) != mail_addresses.key(this.email)
        if moves and by.kind != ActorKind.STAFF and not correcting.may_correct(this):
            raise DomainError("transition_not_allowed")
        rows = [row for row in rows if row.is_active]
        if moves:
            _ensure_nobody_else(rows, told["email"])
        for row in rows:
            _write(row, told if row.pk == this.pk else {**told, "note": row.note}, by)
        if not moves:
            return ""
        return _tell(this, rows, by)


def _tell(this: Registration, rows: list[Registration], by: Actor) -> str:
    """A fresh link to the new address, and one for who put it right."""
    for row in rows:
        for purpose in (queries.LINK, CALENDAR):
            tokens.revoke(purpose=purpose, subject=row.uuid, by=by)
        Change.objects.create(registration=row, verb="address", by=str(by))
    standing = [row for row in rows if not row.event.is_cancelled and not _is_over(row)]
    if this.email and standing:
        unconfirmed = any(row.state in UNCONFIRMED for row in standing)
        if len(standing) > 1:
            letters.tell_of_several(registrations=standing, what="opt_in" if unconfirmed else "registered", by=by)
        else:
            what = "opt_in" if unconfirmed else _ONE[State(standing[0].state)]
            letters.tell(registration=standing[0], what=what, by=by)
    purpose = queries.FORM_LINK if this.state in UNCONFIRMED else queries.LINK
    return letters.link(registration=this, purpose=purpose, by=by)


def _write(row: Registration, told: dict[str, str], by: Actor) -> None:
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, told[name])
    row.save(update_fields=[*changed, *(["firm_key"] if "firm" in changed else [])])
    audit.record(Audited.CHANGED, by=by, subject=row, changed=changed, references={"event": row.event.uuid})


def _ensure_nobody_else(rows: list[Registration], email: str) -> None:
    """The same name with the same address is one registration, as the form has it."""
    if not email:
        return
    same = Registration.objects.filter(
        mail_addresses.same("email", email), event__in=[row.event_id for row in rows], state__in=ACTIVE
    )
    for other in same.exclude(pk__in=[row.pk for row in rows]):
        if any(other.event_id == row.event_id and guests.same_person(other.name, row.name) for row in rows):
            raise DomainError("registered_already", field="email")


def _mail(email: str | None, row: Registration, by: Actor) -> str:
    if email is None:
        return row.email
    told = mail_addresses.kept(email).lower()
    if not told and by.kind != ActorKind.STAFF:
        raise DomainError("email_missing", field="email")
    return told


def _is_over(row: Registration) -> bool:
    ends = queries.ends_at(row.event)
    return ends is not None and ends <= clock.now()


def _line(text: str) -> str:
    return visible.line(text, 200)


def _locked(registration: Registration) -> list[Registration]:
    same = Q(bundle=registration.bundle) if registration.bundle else Q(pk=registration.pk)
    events = lock_events(Event.objects.filter(pk__in=Registration.objects.filter(same).values("event")))
    rows = list(Registration.objects.filter(same).select_related("pool").order_by("id"))
    for row in rows:
        row.event = events[row.event_id]
    return rows
