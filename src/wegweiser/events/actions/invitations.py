"""Inviting people to an event: ordering it, sending it in portions, and what they answer.

A portion is one short transaction, so that nobody who registers waits for it. In it everything is asked anew: whether
they still agree, how often they were invited meanwhile, whether the event still takes somebody.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.companies.models import Consent, Person
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.events import invitation_words, inviting, papers, queries
from wegweiser.events.events import Event as Audited
from wegweiser.events.invitation_models import ANSWER, SENDING, UNDER_WAY, Answer, Sending, Why
from wegweiser.events.inviting import Audience, Filter
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Invitation, Invitee, Registration
from wegweiser.events.papers import Kind, Written
from wegweiser.kernel import addresses, audit, clock, fences, locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Dismissal, Letter

LOCK = "invitations"  # two portions at once could both give somebody their last invitation of the month
LISTED = 500  # people in one transaction
PORTION = 10
WAITING_MOST = 100  # invitations before the mail server: a confirmation never waits behind thousands of them
SUBSCRIPTION = "invitations"  # the purpose of the link to one's own consent


def order(*, event: Event, submission: UUID, chosen: Filter, by: Actor) -> Invitation:
    """Invite whom the filter finds, in the words that the event has for it now; the worker does it. The same form sent
    twice is one invitation.

    Raises DomainError: invitations_off, and what `inviting.why_not` says.
    """
    if consortium.centre().most_invitations_per_month == 0:
        raise DomainError("invitations_off")
    with transaction.atomic():
        event = lock_event(event)
        if known := Invitation.objects.filter(submission=submission).first():
            return known
        if reason := inviting.why_not(event):
            raise DomainError(reason)
        row = Invitation.objects.create(
            event=event,
            submission=submission,
            filter=chosen.data(),
            words=papers.own_words(event, Kind.INVITATION),
            by=str(by),
        )
        audit.record(Audited.INVITATION_ORDERED, by=by, subject=row, references={"event": event.uuid})
    return row


def stop(*, invitation: Invitation, by: Actor) -> Invitation:
    """Who has not been written to yet is not. Raises DomainError("transition_not_allowed") where all have."""
    with transaction.atomic():
        _end(_locked(invitation), "staff", by)
    invitation.refresh_from_db()
    return invitation


def try_out(*, event: Event, language: str, name: str, mail: str, by: Actor) -> None:
    """Send the invitation to somebody at the desk, with links that answer for nobody."""
    with transaction.atomic():
        centre = consortium.centre()
        rendered = invitation_words.preview(event=event, language=language, name=name, centre=centre)
        letters.write(
            cause=event, rendered=rendered, name=name, mail=mail, language=language, reply_to=centre.email, by=by
        )


# --- Sending ---------------------------------------------------------------------------------------------------------


def send_due(*, by: Actor) -> int:
    """Go on with every invitation that is under way, where it stopped. Gives how many letters were written.

    What waits for the mail server although its event takes nobody any more is taken back. An invitation that cannot be
    sent holds up no other.
    """
    written: list[int] = []

    def go_on(invitation: Invitation) -> None:
        if invitation.state == Sending.LISTING:
            _list(invitation, by)
        written.append(_send(invitation, by))

    _take_back_late(by)
    fences.each(Invitation.objects.filter(state__in=UNDER_WAY).order_by("id"), go_on)
    return sum(written)


def _list(invitation: Invitation, by: Actor) -> None:
    """Write down whom the filter finds now, of those who agreed to being invited at all. May be repeated; once
    somebody ended it, nobody more is listed."""
    event = Event.objects.select_related("draft__entry").get(pk=invitation.event_id)
    people = inviting.matching(Filter.read(invitation.filter))
    audience, without, found = Audience(event, people, most=_most()), 0, []
    for person in people:
        why = audience.refusal(person)
        if why == Why.CONSENT:
            without += 1
            continue
        if not why:
            audience.invite(person)
        found.append((person, why))
    for start in range(0, len(found), LISTED):
        with transaction.atomic():
            if _locked(invitation).state != Sending.LISTING:
                return
            rows = [
                Invitee(
                    invitation=invitation,
                    event=event,
                    person_id=person,
                    state=Answer.HELD if why else Answer.WAITING,
                    why=why,
                )
                for person, why in found[start : start + LISTED]
            ]
            Invitee.objects.bulk_create(rows, ignore_conflicts=True)
    with transaction.atomic():
        row = _locked(invitation)
        if row.state == Sending.LISTING:
            row.state, row.without_consent = SENDING.target(state=row.state, verb="list"), without
            row.save(update_fields=["state", "without_consent"])


def _send(invitation: Invitation, by: Actor) -> int:
    """As many portions as the mail server has room for."""
    written, room = 0, WAITING_MOST - inviting.on_their_way()
    while True:
        done = _portion(invitation, min(PORTION, room - written), by)
        if done is None:
            return written
        written += done


def _portion(invitation: Invitation, most: int, by: Actor) -> int | None:
    """Some letters, or the end: None where there is nothing more to do now."""
    with transaction.atomic():
        locks.hold(LOCK)
        row = _locked(invitation)
        if row.state != Sending.SENDING:
            return None
        event = Event.objects.select_related("draft__entry").get(pk=row.event_id)
        waiting = row.invitees.filter(state=Answer.WAITING).order_by("id")
        if not waiting.exists():
            row.state, row.ended_at = SENDING.target(state=row.state, verb="finish"), clock.now()
            row.save(update_fields=["state", "ended_at"])
            audit.record(Audited.INVITATION_DONE, by=by, subject=row)
            return None
        if reason := inviting.why_not(event):
            _end(row, reason, by)
            return None
        if most <= 0:
            return None
        some = list(waiting.select_for_update(of=("self",))[:most])
        return _write(row, event, some, by)


def _write(invitation: Invitation, event: Event, some: list[Invitee], by: Actor) -> int:
    keys = [row.person_id for row in some if row.person_id]
    # Held until the end: who withdraws now is served after us, and finds the letter to hold back.
    standing = inviting.agreed().select_for_update(of=("self",), no_key=True).filter(person__in=keys)
    consents = {row.person_id: row for row in standing.order_by("pk")}
    people, centre = Person.objects.in_bulk(keys), consortium.centre()
    audience, written = Audience(event, keys, most=centre.most_invitations_per_month), 0
    texts = {
        language: invitation_words.prepared(event, invitation.words, language, centre)
        for language in {person.language for person in people.values()}
    }
    for row in some:
        person = people.get(row.person_id or 0)
        why = audience.refusal(person.pk, listing=False) if person else str(Why.CONSENT)
        if person is None or why:
            row.state, row.why = ANSWER.target(state=row.state, verb="hold"), why
            row.save(update_fields=["state", "why"])
            continue
        audience.invite(person.pk)
        row.state, row.sent_at = ANSWER.target(state=row.state, verb="send"), clock.now()
        row.save(update_fields=["state", "sent_at"])
        _letter(event, row, person, consents[person.pk], texts[person.language], centre, by)
        written += 1
    audit.record(Audited.INVITATION_SENT, by=by, subject=invitation, references={"letters": str(written)})
    return written


def _letter(
    event: Event, row: Invitee, person: Person, consent: Consent, text: Written, centre: Centre, by: Actor
) -> Letter:
    language = person.language
    ends = queries.ends_at(event) or clock.now()
    answer = tokens.issue(purpose=inviting.LINK, subject=row.uuid, expires=max(ends, clock.now()), by=by)
    own = subscription_link(person=person, by=by)
    form = addresses.register(event.draft.entry.slug if event.draft.entry else "", language=language)
    links = invitation_words.Links(
        register=f"{form}?{inviting.PARAMETER}={answer}",
        decline=addresses.invitation(answer, language=language),
        subscription=addresses.own_invitations(own, language=language),
    )
    rendered = invitation_words.composed(
        text=text,
        language=language,
        name=person.name,
        centre=centre,
        links=links,
        since=consent.given_at,
    )
    return letters.write(
        cause=row,
        rendered=rendered,
        name=person.name,
        mail=person.email,
        language=language,
        reply_to=centre.email,
        unsubscribe=addresses.end_invitations(own, language=language),
        by=by,
    )


def subscription_link(*, person: Person, by: Actor) -> str:
    """A secret that opens a person's own consent to being invited, and ends it. It outlives the mail it stands in."""
    return tokens.issue(purpose=SUBSCRIPTION, subject=person.uuid, expires=clock.now() + inviting.LINK_KEPT, by=by)


def _end(invitation: Invitation, reason: str, by: Actor) -> None:
    """It stops here, for a reason; what lies before the mail server is taken back."""
    invitation.state, invitation.stopped = SENDING.target(state=invitation.state, verb="stop"), reason
    invitation.ended_at = clock.now()
    invitation.save(update_fields=["state", "stopped", "ended_at"])
    invitation.invitees.filter(state=Answer.WAITING).update(state=Answer.HELD, why=Why.EVENT)
    _take_back(invitation.invitees.filter(state=Answer.SENT), Why.EVENT, by)
    audit.record(Audited.INVITATION_STOPPED, by=by, subject=invitation)


def _take_back_late(by: Actor) -> None:
    waiting = inviting.letters().filter(state__in=inviting.ON_THEIR_WAY).values("cause_uuid")
    rows = Invitee.objects.filter(uuid__in=waiting, state=Answer.SENT)
    found = rows.order_by().values_list("event", flat=True).distinct()
    for event in Event.objects.select_related("draft__entry").filter(pk__in=list(found)).order_by("pk"):
        if inviting.why_not(event):
            with transaction.atomic():
                _take_back(rows.filter(event=event), Why.EVENT, by)


def recall(*, person: Person, why: str, by: Actor) -> int:
    """Invitations to somebody that the mail server has not taken yet do not go out any more. Gives how many.

    `why` is a key of `Why`: they withdrew their consent, or want to be reached otherwise.
    """
    with transaction.atomic():
        return _take_back(Invitee.objects.filter(person=person, state=Answer.SENT), why, by)


def join(*, person: Person, other: Person, by: Actor) -> None:
    """`other` is `person`: invitations to them are. Where both were invited to one event, the letter to `other` that is
    not under way yet stays here, and that somebody was invited remains as a number."""
    with transaction.atomic():
        known = Invitee.objects.filter(person=person)
        lists = set(known.values_list("invitation", flat=True))
        events = set(known.exclude(state=Answer.HELD).values_list("event", flat=True))
        for row in Invitee.objects.select_for_update(of=("self",)).filter(person=other).order_by("id"):
            is_invited = row.state != Answer.HELD
            if row.invitation_id in lists or (is_invited and row.event_id in events):
                _take_back([row] if row.state == Answer.SENT else [], Why.INVITED, by)
                erase(invitee=row, by=by)
                continue
            row.person = person
            row.save(update_fields=["person"])
            lists.add(row.invitation_id)
            events |= {row.event_id} if is_invited else set()


def _take_back(rows: Iterable[Invitee], why: str, by: Actor) -> int:
    """Hold the letters to these that still wait; a letter under way cannot be called back."""
    uuids = [row.uuid for row in rows]
    count = 0
    for start in range(0, len(uuids), LISTED):
        some = uuids[start : start + LISTED]
        waiting = inviting.letters().filter(cause_uuid__in=some, state__in=inviting.ON_THEIR_WAY)
        for letter in waiting.order_by("id"):
            held = letters.hold(letter=letter, reason=f"invitation_{why}", by=by)
            if not held.hold_reason:
                continue
            letters.dismiss(letter=held, reason=Dismissal.NOT_NEEDED, by=by)
            row = Invitee.objects.select_for_update().get(uuid=letter.cause_uuid)
            row.state, row.why, row.sent_at = ANSWER.target(state=row.state, verb="recall"), why, None
            row.save(update_fields=["state", "why", "sent_at"])
            audit.record(Audited.INVITEE_HELD, by=by, subject=row, changed=["state"])
            count += 1
    return count


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update().get(pk=invitation.pk)


def _most() -> int:
    return consortium.centre().most_invitations_per_month


# --- Answers ---------------------------------------------------------------------------------------------------------


def decline(*, invitee: Invitee, by: Actor) -> Invitee:
    """Not this time. Saying it twice changes nothing; who registered by it gives their place back instead.

    Raises DomainError("transition_not_allowed").
    """
    with transaction.atomic():
        row = Invitee.objects.select_for_update().get(pk=invitee.pk)
        if row.state == Answer.DECLINED:
            return row
        row.state, row.answered_at = ANSWER.target(state=row.state, verb="decline"), clock.now()
        row.save(update_fields=["state", "answered_at"])
        audit.record(Audited.INVITEE_DECLINED, by=by, subject=row, changed=["state"])
    return row


def registered(*, invitee: Invitee, registration: Registration, by: Actor) -> Invitee:
    """Somebody registered by the link of this invitation. The first registration counts."""
    with transaction.atomic():
        row = Invitee.objects.select_for_update().get(pk=invitee.pk)
        if row.state not in {Answer.SENT, Answer.DECLINED} or row.event_id != registration.event_id:
            return row
        row.state, row.answered_at = ANSWER.target(state=row.state, verb="register"), clock.now()
        row.registration = registration
        row.save(update_fields=["state", "answered_at", "registration"])
        audit.record(Audited.INVITEE_REGISTERED, by=by, subject=row, changed=["state", "registration"])
    return row


def erase(*, invitee: Invitee, by: Actor) -> None:
    """Forget who it was; that somebody was invited, and what became of it, stays as a number."""
    with transaction.atomic():
        row = Invitee.objects.select_for_update().get(pk=invitee.pk)
        row.person = None
        row.save(update_fields=["person"])
        audit.record(Audited.INVITEE_ERASED, by=by, subject=row, changed=["person"])
