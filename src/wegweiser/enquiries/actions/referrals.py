"""A referral is written down with the consent it rests on; later, with what became of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from wegweiser.consortium.models import Member, Network
from wegweiser.enquiries import entered
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Contribution, Referral
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

WRITTEN_DOWN_WITHIN = dt.timedelta(days=7)  # what was said by word of mouth is typed later
ERASED = ("recipient_mail", "message", "consent_by", "outcome_note")


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """A consent as it was given: by whom, on which way and day, to which words."""

    by: str
    way: str
    on: dt.date
    text: str
    version: str


def record(
    *,
    case: Case,
    member: Member,
    network: Network | None,
    recipient: str,
    mail: str,
    passed: Sequence[str],
    message: str,
    agreed: Agreed,
    submission: UUID,
    by: Actor,
) -> tuple[Referral, bool]:
    """The referral of `case`, and whether it is new: a form sent twice is one.

    Raises DomainError: consent_missing, day_in_future, consent_too_early for one of before the enquiry,
    recipient_missing, nothing_passed, email_invalid.
    """
    if not agreed.by.strip() or not agreed.text.strip():
        raise DomainError("consent_missing", field="consent_by")
    if agreed.on > clock.today():
        raise DomainError("day_in_future", field="consent_on")
    if agreed.on < _began(case):
        raise DomainError("consent_too_early", "The words name what was asked.", field="consent_on")
    name = str(network.name) if network else entered.line(recipient, 160)
    if not name or not mail.strip():
        raise DomainError("recipient_missing", field="recipient")
    if not passed or set(passed) - set(Referral.Passed.values):
        raise DomainError("nothing_passed", field="passed")
    entered.one_of(Referral.Way.values, agreed.way, "consent_way")
    with transaction.atomic():
        referral, fresh = Referral.objects.get_or_create(
            uuid=submission,
            defaults={
                "case": case,
                "network": network,
                "recipient": name,
                "recipient_mail": entered.mail(mail),
                "partner": case.partner,
                "member": member,
                "passed": list(passed),
                "message": message.strip()[: entered.TEXT_LENGTH],
                "consent_text": agreed.text,
                "consent_version": agreed.version,
                "consent_by": entered.line(agreed.by, 160),
                "consent_way": agreed.way,
                "consent_on": agreed.on,
            },
        )
        if fresh:
            audit.record(Event.REFERRED, by=by, subject=referral, references={"case": case.uuid})
    return referral, fresh


def _began(case: Case) -> dt.date:
    """From when on one can have agreed: it is often written down days after the talk, the card or the mail."""
    first = case.thread.aggregate(day=Min("day"))["day"]
    met = case.cards.aggregate(day=Min("fair__day"))["day"]
    sent = case.mails.aggregate(sent=Min("sent_at"), came=Min("recorded_at"))
    moments = [case.recorded_at, *filter(None, sent.values())]
    days = [first, met, *(clock.local(moment).date() for moment in moments)]
    return min(filter(None, days)) - WRITTEN_DOWN_WITHIN


def attach(*, referral: Referral, note: Contribution, by: Actor) -> Referral:
    """Where it stands in the thread of its case."""
    with transaction.atomic():
        referral.note = note
        referral.save(update_fields=["note"])
    return referral


def conclude(*, referral: Referral, outcome: str, on: dt.date, note: str = "", by: Actor) -> Referral:
    """What became of it, as one heard on a day; heard again later, the last word counts."""
    entered.one_of(Referral.Outcome.values, outcome, "outcome")
    if on > clock.today():
        raise DomainError("day_in_future", field="on")
    with transaction.atomic():
        referral.refresh_from_db(from_queryset=Referral.objects.select_for_update())
        if on < clock.local(referral.recorded_at).date():
            raise DomainError("outcome_before_referral", field="on")
        referral.outcome, referral.outcome_on, referral.outcome_note = outcome, on, entered.line(note, 300)
        referral.save(update_fields=["outcome", "outcome_on", "outcome_note"])
        audit.record(Event.REFERRAL_CONCLUDED, by=by, subject=referral, changed=["outcome"])
    return referral


def withdraw(*, referral: Referral, by: Actor) -> bool:
    """The consent is taken back from now on; False where that was said before."""
    with transaction.atomic():
        referral.refresh_from_db(from_queryset=Referral.objects.select_for_update())
        if referral.withdrawn_at:
            return False
        referral.withdrawn_at, referral.withdrawn_by = clock.now(), str(by)
        referral.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record(Event.REFERRAL_WITHDRAWN, by=by, subject=referral, changed=["withdrawn_at"])
    return True


def erase(*, referral: Referral, by: Actor) -> Referral:
    """Forget who agreed and what was written; that there was a referral, and how it ended, stays."""
    with transaction.atomic():
        for field in ERASED:
            setattr(referral, field, "")
        referral.save(update_fields=list(ERASED))
        audit.record(Event.REFERRAL_ERASED, by=by, subject=referral, changed=list(ERASED))
    return referral
