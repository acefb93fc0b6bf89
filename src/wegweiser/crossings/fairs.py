"""A business card becomes a case, with firm, person and one step for each firm and occasion; then one follow-up.

A card is no consent to mail: what goes out is one personal answer that somebody has read, by the channel that binds.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies import queries as known
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import enquiries, firms, recipients, thread_steps
from wegweiser.enquiries import business_cards, entered, fairs, queries, unseen
from wegweiser.enquiries.actions import cards, cases, follow_ups
from wegweiser.enquiries.locks import lock_card
from wegweiser.enquiries.models import Card, Case, Contribution, Fair, Intake, Outcome, State, Visibility
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import corrections, steps
from wegweiser.journey.models import Format, Step
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SOURCE, ROLE, OCCASION = "enquiries.fair", "contact", "fair"


def take(*, card: Card, member: Member, nothing_more: bool = False, by: Actor) -> Case:
    """The case of `card`, made once: with the firm and the person behind it, and the step of this contact.

    The same card once more goes to the case of the first one, as a note. Cards of one occasion that are the same firm
    make one firm. Raises DomainError("firm_doubtful") while nobody has said which firm it is; a doubt that came up
    since the card was typed stays with it. And DomainError("card_untyped") for one that is a photo so far;
    `nothing_more`: somebody says that it names no way to reach them.
    """
    if card.case is None and not (card.is_whole or (nothing_more and card.is_named)):
        raise DomainError("card_untyped", field="name")
    with transaction.atomic():
        cards.match(card=card, by=by)  # its lock of the occasion is kept: nobody else takes the same card meanwhile
        case = card.case or _join(card, member, by) or (None if card.is_doubtful else _become(card, member, by))
    if case is None:
        raise DomainError("firm_doubtful", field="company")
    return case


@dataclass(frozen=True)
class Taken:
    """How many cards were taken, those of which somebody has to say first which firm it is, and how many came again."""

    number: int
    doubtful: list[Card]
    again: int = 0


def take_all(*, fair: Fair, member: Member, by: Actor) -> Taken:
    """Every card without a doubt, each in a transaction of its own: one that fails keeps none of the others."""
    doubtful, number, again = [], 0, 0
    for card in fair.cards.filter(case=None).order_by("id"):
        if not card.is_whole:
            continue  # it waits for somebody to type it
        try:
            take(card=card, member=member, by=by)
        except DomainError as refusal:
            if refusal.code != "firm_doubtful":
                raise
            doubtful.append(card)
        else:
            number += 1
            again += card.end == Card.End.AGAIN
    return Taken(number, doubtful, again)


def draft(card: Card) -> str:
    """A personal follow-up to begin with; salutation and closing are added by the letter."""
    if card.draft:
        return card.draft
    keyword = business_cards.topic_of(card.keyword)
    with translation.override(card.case.language if card.case else settings.LANGUAGE_CODE):
        opening = _("schön, dass wir uns bei „%(fair)s“ getroffen haben.") % {"fair": card.fair.title}
        about = _("Wir sprachen über: %(keyword)s.") % {"keyword": keyword} if keyword else ""
        closing = _("Wenn Sie mögen, sehen wir uns das gemeinsam an. Wann passt es Ihnen?")
    return "\n\n".join(filter(None, [" ".join(filter(None, [opening, about])), closing]))


def writable(card: Card) -> bool:
    """Whether a mail or letter to them may go out."""
    return card.case is not None and recipients.writable(card.case)


def write(*, card: Card, member: Member, text: str, seen: UUID | None = None, by: Actor) -> enquiries.Answered:
    """Send the follow-up that `member` has read; the same once more sends nothing.

    Raises DomainError: card_not_taken, card_settled, case_elsewhere, case_closed, not_writable, and came_meanwhile
    where they wrote after the entry `seen`.
    """
    submission = uuid.uuid5(card.uuid, "follow up")
    with transaction.atomic():
        case = _lock(card)
        if card.settled_at is not None:
            sent = case.thread.filter(uuid=submission, text=entered.text(text))
            _ensure(card.end == Card.End.WRITTEN and sent.exists())
        elif case.state == State.CLOSED:
            raise DomainError("case_closed", "A closed case has to be reopened first.")
        elif not recipients.writable(case):
            raise DomainError("not_writable", "Their channel allows no mail.")
        answered = enquiries.answer(case=case, member=member, text=text, seen=seen, submission=submission, by=by)
        cards.settle(card=card, end=Card.End.WRITTEN, by=by)
    return answered


def reopen(*, card: Card, member: Member, by: Actor) -> Case:
    """The case of a card that is not settled yet goes on, so that they can be written to; an open one stays as it is.

    Raises DomainError: card_not_taken, card_settled, case_elsewhere.
    """
    with transaction.atomic():
        case = _lock(card)
        _ensure(card.settled_at is None)
        return enquiries.reopen(case=case, member=member, by=by) if case.state == State.CLOSED else case


def call(*, card: Card, member: Member, due_on: dt.date, by: Actor) -> Card:
    """Put them on the list of those to be called, by `due_on`; the same once more changes nothing.

    Raises DomainError: card_not_taken, card_settled, case_elsewhere.
    """
    submission = fairs.call_of(card)
    with transaction.atomic():
        case = _lock(card)
        if card.settled_at is not None:
            _ensure(card.end == Card.End.CALL and case.follow_ups.filter(uuid=submission, due_on=due_on).exists())
        note = _call_note(card.fair.title, card.keyword or card.words)
        follow_ups.set(
            case=case,
            company=case.company,
            partner=case.partner,
            member=member,
            due_on=due_on,
            note=note,
            submission=submission,
            by=by,
        )
        return cards.settle(card=card, end=Card.End.CALL, by=by)


def let_be(*, card: Card, member: Member, by: Actor) -> bool:
    """Nobody follows up; gives whether the case is over. The contact counts all the same.

    Where it went on without the card (somebody else works on it, something was said, arranged or promised), it stays.
    Raises DomainError: card_not_taken, card_settled.
    """
    with transaction.atomic():
        case = _lock(card, is_ours=False)
        _ensure(card.settled_at is None or card.end == Card.End.NOTHING)
        cards.settle(card=card, end=Card.End.NOTHING, by=by)
        if case.state != State.CLOSED and not _went_on(case, card, member):
            enquiries.close(case=case, outcome=Outcome.SETTLED, seen=unseen.last(case), by=by)
    return case.state == State.CLOSED


def _went_on(case: Case, card: Card, member: Member) -> bool:
    """Whether more became of the case than the card made, or somebody else than `member` works on it."""
    return (
        case.partner_id != card.fair.partner_id
        or case.adviser not in {None, member}
        or case.thread.exclude(kind=Contribution.Kind.NOTE).exists()
        or case.appointments.filter(cancelled_at=None).exists()
        or queries.open_promises(case).exists()
    )


def _lock(card: Card, *, is_ours: bool = True) -> Case:
    """The case of `card`, both read again under a lock. Who gave the case away speaks for it no more (`is_ours`)."""
    lock_card(card)
    if card.case is None:
        raise DomainError("card_not_taken", "It has to be a case first.")
    card.case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    if is_ours and card.settled_at is None and card.case.partner_id != card.fair.partner_id:
        raise DomainError("case_elsewhere", "Another partner has it now.")
    return card.case


def _ensure(is_the_same: bool) -> None:
    if not is_the_same:
        raise DomainError("card_settled", "Somebody has written, called or let it be.")


def _become(card: Card, member: Member, by: Actor) -> Case:
    fair = card.fair
    enquiry = enquiries.Enquiry(
        text=_text(fair.title),
        name=card.name,
        email=card.email,
        phone=card.phone,
        firm=card.firm,
        intake=Intake.FAIR,
        topic=fair.topic,
        partner=fair.partner,
        company=card.company,
    )
    identity = uuid.uuid5(card.uuid, "case")
    case = enquiries.desk_open(submission=identity, enquiry=enquiry, member=member, by=by).case
    firm = firms.link(case=case, company=card.company, is_another=card.is_another, by=by)
    _step(card, fair, firm, by)
    cards.take(card=card, case=case, by=by)
    _note_keyword(card, case, member, by)
    return case


def _join(card: Card, member: Member, by: Actor) -> Case | None:
    """The case of the card that this one repeats: what it adds is noted there, and nobody follows up twice."""
    first = fairs.repeated(card)
    if first is None or first.case is None:
        return None
    fair, case = card.fair, first.case
    fields = ("name", "firm", "email", "phone")
    new = [getattr(card, field) for field in fields if getattr(card, field)]
    known = {getattr(first, field) for field in fields}
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        note = _("Die Karte gab es bei „%(fair)s“ noch einmal.") % {"fair": fair.title}
    words = "\n".join([note, *(word for word in new if word not in known)])
    cases.note(
        case=case,
        member=member,
        text=words,
        visibility=Visibility.ALL,
        submission=uuid.uuid5(card.uuid, "again"),
        by=by,
    )
    if card.keyword != first.keyword:
        _note_keyword(card, case, member, by)
    cards.take(card=card, case=case, by=by)
    cards.settle(card=card, end=Card.End.AGAIN, by=by)
    return case


def _text(title: str) -> str:
    """Nobody asked anything, and the firm reads the text of a case as its own: so no word of ours about them."""
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        return _("Getroffen bei „%(fair)s“.") % {"fair": title}


def _call_note(title: str, keyword: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        return _("Nach „%(fair)s“ anrufen: %(keyword)s") % {"fair": title, "keyword": keyword}


def _retitle(fair: Fair, before: str, by: Actor) -> None:
    """What we wrote in its name and nobody changed since: what the firm reads of the case, and who is to be called."""
    cards.retitle(fair=fair, before=_text(before), now=_text(fair.title), by=by)
    was, now = _call_note(before, "").strip(), _call_note(fair.title, "").strip()
    for card in fair.cards.filter(end=Card.End.CALL).order_by("id"):
        promise = queries.open_follow_up(fairs.call_of(card))
        if promise and promise.note.startswith(was):
            note = now + promise.note.removeprefix(was)
            follow_ups.move(follow_up=promise, due_on=promise.due_on, note=note, by=by)


def _note_keyword(card: Card, case: Case, member: Member, by: Actor) -> None:
    if card.keyword:
        cases.note(case=case, member=member, text=card.keyword, submission=uuid.uuid5(card.uuid, "keyword"), by=by)


def change(*, fair: Fair, title: str, day: dt.date, partner: Partner, topic: Topic, by: Actor) -> Fair:
    """Put the occasion right, with all that came of it: steps that stand, the topic of cases that nobody changed, its
    name where we wrote it.

    Raises what `cards.change_fair` raises.
    """
    with transaction.atomic():
        before = cards.change_fair(fair=fair, title=title, day=day, partner=partner, topic=topic, by=by)
        if before.keys() & {"day", "topic"}:
            with translation.override(settings.LANGUAGE_CODE):  # all staff read it
                reason = _("Anlass berichtigt: %(fair)s") % {"fair": fair.title}
            made = Step.objects.filter(occasion_kind=OCCASION, occasion_uuid=fair.uuid, reverses=None, reversed_by=None)
            for step in made.order_by("id"):
                corrections.follow_occasion(
                    step=step, day=day, topic=topic, grant=thread_steps.grant_on(day), reason=reason, by=by
                )
        if "title" in before:
            _retitle(fair, before["title"], by)
        if "topic" in before:
            for case in Case.objects.filter(cards__fair=fair, topic=before["topic"]).distinct().order_by("id"):
                cases.link(case=case, topic=topic, by=by)
    return fair


def is_taken_back(card: Card) -> bool:
    """Whether somebody took the contact with this firm at this occasion back, so that its cards count nowhere."""
    last = journey.last_of(SOURCE, [_source(card, card.case.company if card.case else None)])
    return any(journey.reversing(step) is not None for step in last.values())


def _source(card: Card, firm: Company | None) -> UUID:
    return uuid.uuid5(card.fair.uuid, str(known.root_of(firm).uuid)) if firm else card.uuid


def _step(card: Card, fair: Fair, firm: Company | None, by: Actor) -> Step:
    """One for each firm and occasion, however many of its cards there are; a card without a firm is one contact.

    What was taken back stays taken back.
    """
    root = known.root_of(firm) if firm else None
    source = _source(card, firm)
    if last := journey.last_of(SOURCE, [source]).get(source):
        return last
    return steps.record(
        day=fair.day,
        source=steps.Source(SOURCE, source, ROLE),
        occasion=steps.Occasion(OCCASION, fair.uuid),
        format=Format.INFORM,
        topic=fair.topic,
        partner=fair.partner,
        company=root,
        contacts_without_firm=0 if root else 1,
        grant=thread_steps.grant_on(fair.day),
        by=by,
    )
