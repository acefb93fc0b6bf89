"""The answer to a question: what matching found, as the page shows it. Nothing here is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegweiser.catalogue import matches
from wegweiser.catalogue.matching.wants import Want
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.importing import trades
from wegweiser.consortium import asking, calendar, directory
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.web import replies
from wegweiser.web.public import elsewhere, funding, offers, paths, reads, shortcuts
from wegweiser.web.public.offers import Card

ASKING_KINDS = frozenset({"company", "multiplier", "public_body", "other"})
NAMED = frozenset({"word", "related"})  # reasons that name words of the question
BEFORE_ASKING = 2  # offers above a question back: results come first, and below four of them nobody finds it
TELLING = 3  # cases from which their number is told


@dataclass(frozen=True)
class TopicLine:
    """A topic with the partner that answers for it."""

    title: str
    href: str
    partner: str


@dataclass(frozen=True)
class PersonCard:
    """The right person. `phone` is her own, or the centre's."""

    name: str
    role: str
    organisation: str
    phone: str
    mail: str
    href: str
    again: str = ""  # from when they are there again, where they are not


@dataclass(frozen=True)
class Answer:
    """What the answer page says to one question."""

    text: str
    way: paths.Way
    beside: paths.Beside | None
    chosen: str  # for whom it answers, where that was said with a button
    urgent: bool
    topics: list[TopicLine]
    person: PersonCard | None
    first_aid: offers.Card | None  # in an emergency: the guide for what has happened
    offers: list[offers.Card]
    shortcuts: list[shortcuts.Shortcut]
    similar: str
    ask: matches.Ask | None
    given: list[replies.Line]
    answered: str
    programmes: list[funding.Line]
    asks_money: bool
    elsewhere: elsewhere.Elsewhere | None  # where a firm writes from, outside the region
    provider_topic: str | None  # where somebody asks who builds it: the slug of their topic, or ""

    @property
    def first_offers(self) -> list[Card]:
        """All of them, or those above the question back."""
        return self.offers[:BEFORE_ASKING] if self.ask else self.offers

    @property
    def further_offers(self) -> list[Card]:
        """Those below the question back."""
        return self.offers[len(self.first_offers) :]


def person_card(member: Member | None, *, phone: str, partner: Partner | None = None) -> PersonCard | None:
    """`partner` where it is known already."""
    if member is None:
        return None
    partner = partner or reads.partner_of(member)
    return PersonCard(
        name=member.name,
        role=str(member.position),
        organisation=str(partner.name) if partner else "",
        phone=member.phone or phone,
        mail=member.email,
        href=reverse("public:contact", kwargs={"slug": member.slug}),
    )


def with_return(card: PersonCard | None, member: Member | None) -> PersonCard | None:
    """The card of somebody who is not there says from when they are again, and who stands in."""
    away = directory.today().away().get(member.pk) if card and member else None
    if card is None or away is None:
        return card
    told = {"day": date_format(away.back_on, "l j F" if get_language() == "en" else "l, j. F")}
    if away.deputy and directory.today().member(away.deputy.pk):
        told["name"] = away.deputy.name
        return replace(card, again=_("Wieder da ab %(day)s. Bis dahin hilft %(name)s.") % told)
    return replace(card, again=_("Wieder da ab %(day)s.") % told)


def topic_line(topic: Topic, partner: Partner | None) -> TopicLine:
    return TopicLine(
        title=str(topic.title),
        href=reverse("public:topic", kwargs={"slug": topic.slug}),
        partner=str(partner.name) if partner else "",
    )


def _similar(count: int) -> str:
    """Fewer than three could lead to whoever asked: then no number is said."""
    if count >= TELLING:
        return ngettext("Ähnlich wie %(n)s früheres Anliegen.", "Ähnlich wie %(n)s frühere Anliegen.", count) % {
            "n": count
        }
    return _("Ähnliche Anliegen kennen wir schon.") if count else ""


def _first_aid(fitting: Sequence[matches.Offer], topics: Sequence[Topic]) -> offers.Card | None:
    """The best guide about the main topic, where it is named for words that were written: what merely lies near could
    lead the wrong way at the worst moment."""
    for hit in fitting:
        said = any(reason.kind in NAMED for reason in hit.reasons)
        if hit.entry.kind == Kind.GUIDE and said and topics and topics[0] in hit.entry.topics.all():
            return offers.card(hit.entry)
    return None


def _elsewhere(text: str) -> elsewhere.Elsewhere | None:
    centre = directory.centre()
    if centre is None:
        return None
    rows, lands = centre.texts.get("elsewhere", []), calendar.other_lands(centre.land)
    return elsewhere.told(text, directory.gazetteer(), rows, lands=lands)


def _holds(area: str, there: elsewhere.Elsewhere) -> bool:
    centre = directory.centre()
    lands, ours = (calendar.other_lands(centre.land), centre.region) if centre else ((), "")
    return elsewhere.holds(area, there, directory.gazetteer(), ours=ours, lands=lands)


def answer(text: str, *, phone: str, given: Sequence[tuple[str, str]] = (), chosen: str = "") -> Answer | None:
    """What fits `text` and what was answered since (`given`); None when there is nothing to go by.

    `chosen` is the kind of enquirer that somebody said they are.
    """
    language = (get_language() or "de")[:2]
    match = reads.match(text, language=language, replies=given)
    if match is None:
        return None
    kind = paths.asked_as(match.kind, introduced=match.introduced, in_scope=match.in_scope, chosen=chosen)
    way = paths.way(kind, in_scope=match.in_scope, unsure=match.unsure, urgent=match.urgent)
    direct = [] if match.urgent else shortcuts.of(text)
    wanted = match.wants if kind in ASKING_KINDS and not match.urgent else frozenset()
    # Programmes are for firms: whoever else asks only loses time with an application that is refused.
    money = Want.MONEY in wanted and kind not in paths.WAYS
    rows = [topic for topic, _partner in match.topics] if match.in_scope else []
    there = None if match.urgent or kind in paths.WAYS else _elsewhere(text)
    programmes: list[Entry] = []
    if not match.urgent and kind not in paths.WAYS and (money or (rows and way.offers)):
        programmes = reads.programmes(
            rows, asked=money, trades=trades.named(text), holds=partial(_holds, there=there) if there else None
        )
    if (direct or (money and programmes)) and way is paths.OUTSIDE:  # a page of ours fits, if no offer does
        way = paths.UNSURE
    back = match.ask if way in {paths.FIRM, paths.UNSURE} else None
    if back:
        way = paths.ASKING
    fitting = match.offers if way.offers and match.in_scope else []
    contact = match.contact or asking.first_contact()
    cards = [offers.card(hit.entry, why=hit.why[0] if hit.why else "") for hit in fitting]
    first_aid = _first_aid(fitting, rows) if match.urgent else None
    return Answer(
        text=text,
        way=way,
        beside=paths.beside(
            match.kind, asked=kind, introduced=match.introduced, in_scope=match.in_scope, urgent=match.urgent
        ),
        chosen=chosen if chosen in paths.BESIDE else "",
        first_aid=first_aid,
        urgent=match.urgent,
        topics=[topic_line(topic, partner) for topic, partner in match.topics] if match.in_scope else [],
        person=with_return(person_card(contact, phone=phone), contact),
        offers=[card for card in cards if card.href],
        shortcuts=direct,
        similar=_similar(match.similar) if match.in_scope and way.offers else "",
        ask=back,
        given=replies.lines(match.given),
        programmes=[funding.line(entry) for entry in programmes],
        asks_money=money,
        elsewhere=there,
        provider_topic=(rows[0].slug if rows else "") if Want.PROVIDER in wanted and match.in_scope else None,
        answered=replies.written((one.key, one.reply) for one in match.given),
    )
