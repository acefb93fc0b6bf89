"""Business cards: an occasion once, then one row after the other, each kept at once. What counts is made elsewhere."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.companies import alike
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.enquiries import business_cards as typed
from wegweiser.enquiries import entered, fairs
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.locks import lock_card, lock_fair
from wegweiser.enquiries.models import Card, Case, Fair
from wegweiser.files import queries as files
from wegweiser.files.actions import uploads
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SAID = ("name", "firm", "email", "phone", "keyword")


def open_fair(
    *, title: str, day: dt.date, partner: Partner, topic: Topic, member: Member, submission: UUID, by: Actor
) -> tuple[Fair, bool]:
    """The occasion on which the cards were given, and whether it is new: the same form sent twice is one."""
    title = _title(title, day)
    with transaction.atomic():
        fair, fresh = Fair.objects.get_or_create(
            uuid=submission, defaults={"title": title, "day": day, "partner": partner, "topic": topic, "member": member}
        )
        if fresh:
            audit.record(Event.FAIR_OPENED, by=by, subject=fair, references={"partner": partner.uuid})
    return fair, fresh


def change_fair(*, fair: Fair, title: str, day: dt.date, partner: Partner, topic: Topic, by: Actor) -> dict[str, Any]:
    """Put right what was said of the occasion; gives what it was before, of the fields that changed.

    Cases that were made of its cards lie at its partner: from the first one on it stays. Raises DomainError:
    title_missing, day_in_future, fair_taken.
    """
    said: dict[str, Any] = {"title": _title(title, day), "day": day, "partner": partner, "topic": topic}
    with transaction.atomic():
        lock_fair(fair)
        before = {field: getattr(fair, field) for field, value in said.items() if getattr(fair, field) != value}
        if "partner" in before and fair.cards.exclude(case=None).exists():
            raise DomainError("fair_taken", "Enquiries were made of its cards.", field="partner")
        if before:
            for field in before:
                setattr(fair, field, said[field])
            fair.save(update_fields=list(before))
            audit.record(Event.FAIR_CHANGED, by=by, subject=fair, changed=list(before))
    return before


def retitle(*, fair: Fair, before: str, now: str, by: Actor) -> int:
    """Cases of its cards that still hold the words `before` hold `now`; returns how many."""
    with transaction.atomic():
        made = Case.objects.filter(pk__in=fair.cards.values("case"), text=before)
        cases = list(made.select_for_update().order_by("id"))
        for case in cases:
            case.text = now
            case.save(update_fields=["text"])
            audit.record(Event.FAIR_CHANGED, by=by, subject=fair, changed=["text"], references={"case": case.uuid})
    return len(cases)


def remove_fair(*, fair: Fair, by: Actor) -> None:
    """It was opened by mistake. Raises DomainError("fair_has_cards") once a card was noted."""
    with transaction.atomic():
        lock_fair(fair)
        if fair.cards.exists():
            raise DomainError("fair_has_cards", "Its cards would go with it.")
        audit.record(Event.FAIR_REMOVED, by=by, subject=fair, references={"partner": fair.partner.uuid})
        fair.delete()


def note(
    *,
    fair: Fair,
    submission: UUID,
    name: str = "",
    firm: str = "",
    contact: str = "",
    keyword: str = "",
    company: Company | None = None,
    is_another: bool = False,
    photo: Prepared | None = None,
    by: Actor,
) -> tuple[Card, bool]:
    """A card as it was typed, and whether it is new. `contact` is a phone number, a mail address, or both.

    A `photo` is kept until the card is settled: it is there to read what was not typed, and alone it is a card, too.
    The same form sent again with other words puts the card right until it is a case.

    Raises DomainError: name_missing, contact_missing, email_invalid, and what `change` raises.
    """
    said = typed.card(name, firm, contact, keyword, has_photo=photo is not None)
    with transaction.atomic():
        card, fresh = Card.objects.get_or_create(uuid=submission, defaults={"fair": fair, **said})
        if fresh:
            _tell_apart(card, company, is_another)
            if photo is not None:
                uploads.attach(owner=card, prepared=[photo], by=by)
            audit.record(Event.CARD_NOTED, by=by, subject=card, references={"fair": fair.uuid})
        elif any(getattr(card, field) != value for field, value in said.items()):
            words = {"name": name, "firm": firm, "contact": contact, "keyword": keyword}
            change(card=card, **words, company=company, is_another=is_another, by=by)
    return card, fresh


def change(
    *,
    card: Card,
    name: str,
    firm: str,
    contact: str,
    keyword: str,
    company: Company | None = None,
    is_another: bool = False,
    by: Actor,
) -> Card:
    """Put right what was typed, or say which firm it is, until the card has become a case."""
    said = typed.card(name, firm, contact, keyword, has_photo=bool(files.uploads_of([card.uuid])))
    with transaction.atomic():
        _lock_untaken(card)
        for field, value in said.items():
            setattr(card, field, value)
        card.save(update_fields=list(said))
        _tell_apart(card, company, is_another)
        audit.record(Event.CARD_CHANGED, by=by, subject=card, changed=list(said))
    return card


def remove(*, card: Card, by: Actor) -> None:
    """It was typed by mistake. What has become a case stays."""
    with transaction.atomic():
        _lock_untaken(card)
        uploads.remove_of(owners=[card.uuid], by=by)
        audit.record(Event.CARD_REMOVED, by=by, subject=card, references={"fair": card.fair.uuid})
        card.delete()


def match(*, card: Card, by: Actor) -> Card:
    """Tell once more which firm it is: since it was typed one may have come, also with another card of this occasion.

    What somebody said, and a firm found when it was typed, stays.
    """
    with transaction.atomic():
        lock_fair(card.fair)
        lock_card(card)
        if card.case_id is None and card.company_id is None and not card.is_another:
            before = (card.company_id, card.is_doubtful)
            _tell_apart(card, fairs.same_firm(card), is_another=False)
            if (card.company_id, card.is_doubtful) != before:
                audit.record(Event.CARD_CHANGED, by=by, subject=card, changed=["company"])
    return card


def take(*, card: Card, case: Case, by: Actor) -> Card:
    """The card has become `case`."""
    with transaction.atomic():
        lock_card(card)
        if card.case_id != case.pk:
            card.case, card.company, card.is_doubtful = case, case.company, False
            card.save(update_fields=["case", "company", "is_doubtful"])
            audit.record(Event.CARD_TAKEN, by=by, subject=card, references={"case": case.uuid})
    return card


def keep_draft(*, card: Card, text: str, by: Actor) -> Card:
    """The follow-up as somebody changed it, until the card is settled: whoever goes on finds it.

    Raises DomainError: text_missing, card_not_taken, card_settled.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise DomainError("text_missing", field="text")
    with transaction.atomic():
        lock_card(card)
        if card.case_id is None:
            raise DomainError("card_not_taken", "It has to be a case first.")
        if card.settled_at is not None:
            raise DomainError("card_settled", "Somebody has written, called or let it be.")
        if card.draft != text:
            card.draft = text
            card.save(update_fields=["draft"])
            audit.record(Event.CARD_CHANGED, by=by, subject=card, changed=["draft"])
    return card


def settle(*, card: Card, end: str, by: Actor) -> Card:
    """Somebody wrote, will call, or lets it be. Said twice, the first holds."""
    entered.one_of(Card.End.values, end, "end")
    with transaction.atomic():
        lock_card(card)
        if card.case_id is None:
            raise DomainError("card_not_taken", "It has to be a case first.")
        if card.settled_at is None:
            card.end, card.settled_at, card.draft = end, clock.now(), ""  # what went out stands in the thread
            card.save(update_fields=["end", "settled_at", "draft"])
            uploads.remove_of(owners=[card.uuid], by=by)
            audit.record(Event.CARD_SETTLED, by=by, subject=card, changed=["end"])
    return card


def erase(*, card: Card, by: Actor) -> Card:
    """Forget whose card it was."""
    with transaction.atomic():
        fields = (*SAID, "draft")
        for field in fields:
            setattr(card, field, "")
        card.save(update_fields=list(fields))
        uploads.remove_of(owners=[card.uuid], by=by)
        audit.record(Event.CARD_ERASED, by=by, subject=card, changed=list(fields))
    return card


def _tell_apart(card: Card, company: Company | None, is_another: bool) -> None:
    """Which known firm it is: as somebody said, else where there is no doubt; a likely one is left to a person."""
    card.company, card.is_another, card.is_doubtful = company, is_another, False
    if company is None and not is_another and card.firm:
        known = typed.known(card)
        card.company = alike.certain(known)
        card.is_doubtful = card.company is None and bool(alike.likely(known, limit=1))
    card.save(update_fields=["company", "is_another", "is_doubtful"])


def _lock_untaken(card: Card) -> None:
    lock_card(card)
    if card.case_id is not None:
        raise DomainError("card_taken", "It is a case already.")


def _title(title: str, day: dt.date) -> str:
    title = entered.line(title, 120)
    if not title:
        raise DomainError("title_missing", field="title")
    if day > clock.today():
        raise DomainError("day_in_future", field="day")
    return title
