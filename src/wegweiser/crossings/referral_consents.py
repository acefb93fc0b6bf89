"""The consent to pass a case on, taken back: what has not gone out stays here, who may have it is told."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies.models import Person
from wegweiser.crossings import referrals as crossing
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import follow_ups, referrals
from wegweiser.enquiries.models import FollowUp, Referral
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import steps
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

HELD = "referral_consent"  # why its mail was not sent
MAY_BE_THERE = frozenset({LetterState.SENT, LetterState.SENDING, LetterState.UNCLEAR})


@dataclass(frozen=True)
class Withdrawn:
    """`is_still_ours`: nothing reached anybody, and nothing will."""

    is_still_ours: bool


def of(person: Person) -> QuerySet[Referral]:
    """What was passed on of the enquiries of `person`, what may still be on top; what was erased is nobody's."""
    standing = F("withdrawn_at").desc(nulls_first=True)
    return Referral.objects.filter(_asked_by(person)).order_by(standing, "-consent_on", "-id")


def standing_of(people: Iterable[Person]) -> dict[int, list[Referral]]:
    """What was passed on of the enquiries of each of `people` and may still be, as {key of the person: referrals}."""
    people, asked = list(people), Q(pk__in=())
    for person in people:
        asked |= _asked_by(person)
    rows = Referral.objects.filter(asked, withdrawn_at=None).select_related("case").order_by("-consent_on", "-id")
    found = list(rows)
    return {person.pk: [row for row in found if _is_theirs(row, person)] for person in people}


def _asked_by(person: Person) -> Q:
    return Q(case__person=person) | mail_addresses.same("case__email", person.email)


def _is_theirs(row: Referral, person: Person) -> bool:
    return row.case.person_id == person.pk or mail_addresses.equal(row.case.email, person.email)


def unsettled(rows: QuerySet[Referral]) -> set[int]:
    """Those of `rows` whose consent was withdrawn and that somebody has not dealt with: keys of the referrals."""
    withdrawn = rows.filter(withdrawn_at__isnull=False)
    still_open = FollowUp.objects.filter(case__in=withdrawn.order_by().values("case"), done_at=None)
    waiting = set(still_open.values_list("uuid", flat=True))
    if not waiting:
        return set()
    return {row.pk for row in withdrawn.select_related(None).only("uuid") if waiting & {_telling(row), _deciding(row)}}


def stayed(rows: Iterable[Referral]) -> set[int]:
    """Those of `rows` whose consent was withdrawn before anything reached anybody: keys of the referrals."""
    causes = {row.note.uuid: row.pk for row in rows if row.withdrawn_at and row.note}
    if not causes:
        return set()
    mails = list(Letter.objects.filter(cause_uuid__in=causes).values_list("cause_uuid", "state"))
    there = {causes[cause] for cause, state in mails if state in MAY_BE_THERE}
    return {causes[cause] for cause, _state in mails} - there


def withdraw(*, referral: Referral, by: Actor) -> Withdrawn:
    """The consent holds no more. A mail that waits stays here, and the referral counts for nothing then.

    Where it may have arrived, whoever passed it on has to tell the receiver, today. Saying it twice changes nothing.
    """
    with transaction.atomic():
        fresh = referrals.withdraw(referral=referral, by=by)
        if not fresh:
            return Withdrawn(not FollowUp.objects.filter(uuid=_telling(referral)).exists())
        mails = list(Letter.objects.filter(cause_uuid=referral.note.uuid)) if referral.note else []
        there = [_stopped(mail, by) for mail in mails]
        found = Withdrawn(bool(mails) and not any(there))
        crossing.stop_asking(referral=referral, by=by)
        if found.is_still_ours:
            _uncount(referral, by)
            _have_decided(referral, by)
        else:
            _have_told(referral, by)
    return found


def _stopped(mail: Letter, by: Actor) -> bool:
    """Whether it may be there. It goes out no more, neither by itself nor by a button: its words are gone."""
    letters.hold(letter=mail, reason=HELD, by=by)
    may_be_there = mail.state in MAY_BE_THERE
    if mail.state != LetterState.HELD:
        letters.erase(letter=mail, by=by)
    return may_be_there


def _telling(referral: Referral) -> uuid.UUID:
    return uuid.uuid5(referral.uuid, "withdrawn")


def _deciding(referral: Referral) -> uuid.UUID:
    return uuid.uuid5(referral.uuid, "stays")


def _uncount(referral: Referral, by: Actor) -> None:
    step = journey.last_of(crossing.SOURCE, [referral.uuid]).get(referral.uuid)
    if step is not None and journey.reversing(step) is None:
        steps.reverse(step=step, by=by)


def _have_told(referral: Referral, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        note = _(
            "%(recipient)s Bescheid geben: Die Einwilligung ist widerrufen, die Angaben dürfen dort nicht mehr"
            " verwendet werden."
        ) % {"recipient": referral.recipient}
    _follow_up(referral, note, _telling(referral), by)


def _have_decided(referral: Referral, by: Actor) -> None:
    """The enquiry is nobody's else, whether it was closed with the referral or not."""
    with translation.override(settings.LANGUAGE_CODE):
        note = _(
            "Die Einwilligung zur Weitergabe an %(recipient)s ist widerrufen, es ging nichts hinaus:"
            " Wie geht es weiter?"
        ) % {"recipient": referral.recipient}
    _follow_up(referral, note, _deciding(referral), by)


def _follow_up(referral: Referral, note: str, submission: uuid.UUID, by: Actor) -> None:
    follow_ups.set(
        case=referral.case,
        company=referral.case.company,
        partner=referral.case.partner,
        member=referral.member if queries.works_for(referral.member, referral.case.partner) else None,
        due_on=clock.today(),
        note=note,
        submission=submission,
        by=by,
    )
