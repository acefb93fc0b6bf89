"""Reads of business cards: the occasions of a partner, and cards that are there twice."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid5

from django.db.models import Count, F, Q, QuerySet

from wegweiser.companies import keys
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company
from wegweiser.companies.queries import root_of
from wegweiser.enquiries import business_cards as typed
from wegweiser.enquiries.models import Card, Fair
from wegweiser.kernel import mail_addresses


def fairs(*, partners: Collection[int], everywhere: bool = False) -> QuerySet[Fair]:
    """Occasions of these partners, the newest first, with how many cards there are and how many are settled."""
    found = Fair.objects.all() if everywhere else Fair.objects.filter(partner__in=partners)
    settled = Count("cards", filter=Q(cards__settled_at__isnull=False))
    counted = found.select_related("partner", "topic").annotate(number=Count("cards"), settled=settled)
    return counted.order_by("-day", "-id")  # a query that counts leaves the order of the model


def cards(fair: Fair) -> QuerySet[Card]:
    """The cards of an occasion, the last one first: it stands where one has just typed."""
    return fair.cards.select_related("company__canonical", "case").order_by("-id")


def twins(rows: Sequence[Card]) -> dict[UUID, Card]:
    """For each card that repeats an earlier one of the same occasion, that earlier one.

    The same mail address or number is the same card; of the same name only where both name the same firm.
    """
    seen: dict[tuple[str, ...], Card] = {}
    found: dict[UUID, Card] = {}
    for card in sorted(rows, key=lambda row: row.pk):
        firm = keys.name_key(card.firm) if card.firm else ""
        person = keys.name_key(card.name) if card.name else ""
        ways: list[tuple[str, ...]] = [("mail", mail_addresses.key(card.email), person)] if card.email else []
        ways += [("phone", card.phone, person)] if card.phone else []
        ways += [("both", firm, person)] if firm else []
        earlier = next((seen[key] for key in ways if key in seen), None)
        if earlier is not None:
            found[card.uuid] = earlier
        for key in ways:
            seen.setdefault(key, card)
    return found


def same_firm(card: Card) -> Company | None:
    """The firm of another card of the same occasion that is surely the firm of `card`, or the same card once more."""
    others = card.fair.cards.exclude(pk=card.pk).exclude(company=None).exclude(company__is_cover_name=True)
    for other in others.select_related("company", "case__company").order_by("id"):
        if _is_one_firm(card, other):
            return other.case.company if other.case and other.case.company else other.company
    return None


def repeated(card: Card) -> Card | None:
    """The card of the same occasion that `card` repeats and that is a case already: the same person of the same firm.

    Not where somebody said of `card` that it is another firm.
    """
    if card.is_another:
        return None
    others = card.fair.cards.exclude(pk=card.pk).exclude(case=None)
    for other in others.select_related("company", "case__company").order_by("id"):
        if twins([card, other]) and _is_one_firm(card, other) and _agrees(card, other):
            return other
    return None


def without_doubt(rows: Sequence[Card]) -> list[Card]:
    """Those that can become cases at once: nothing is to be asked, or they repeat a card of which it is known."""
    repeated = twins(rows)
    return [
        card
        for card in rows
        if card.case_id is None
        and card.is_whole
        and (not card.is_doubtful or (card.uuid in repeated and repeated[card.uuid].company_id is not None))
    ]


def _is_one_firm(card: Card, other: Card) -> bool:
    is_twin = bool(twins([card, other]))
    if not card.firm or not other.firm:
        return is_twin
    likeness = compare(profile(card.pk, typed.known(card)), profile(other.pk, typed.known(other)))
    if likeness.verdict == Verdict.SURE or not is_twin:
        return likeness.verdict == Verdict.SURE
    # Somebody may have two firms and one address: what both cards share of a person says nothing of the firm.
    names = compare(profile(card.pk, Known(name=card.firm)), profile(other.pk, Known(name=other.firm)))
    return names.verdict > Verdict.NO


def _agrees(card: Card, other: Card) -> bool:
    """Whether what is known of the firm of `card` says nothing else than the case of the other."""
    firm = other.case.company if other.case else None
    return card.company is None or (firm is not None and root_of(card.company) == root_of(firm))


def next_open(fair: Fair, after: Card | None = None) -> Card | None:
    """The next card that has become a case and waits for somebody to follow up, in the order they were typed."""
    waiting = fair.cards.filter(case__isnull=False, settled_at=None).order_by("id")
    later = waiting.filter(pk__gt=after.pk) if after else waiting
    return later.first() or waiting.first()


def untyped(rows: Iterable[Card]) -> list[Card]:
    """Those that are a photo so far, in the order they came; those that only lack a way to reach them come last."""
    waiting = (card for card in rows if card.case_id is None and not card.is_whole)
    return sorted(waiting, key=lambda row: (row.is_named, row.pk))


def call_of(card: Card) -> UUID:
    """The UUID of the follow-up that stands for the call which was promised instead of a mail."""
    return uuid5(card.uuid, "call")


def calls(fair: Fair) -> list[Card]:
    """Whom somebody still has to call: settled as such, with that very promise still open."""
    rows = fair.cards.filter(end=Card.End.CALL, case__follow_ups__done_at=None, case__follow_ups__isnull=False)
    rows = rows.annotate(promise=F("case__follow_ups__uuid")).select_related("case", "company").order_by("id")
    return [card for card in rows if card.promise == call_of(card)]
