"""What the public pages read of the rooms below, in the shape they need it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from wegweiser.catalogue import held, matches, related
from wegweiser.catalogue.held import Place
from wegweiser.catalogue.matching.wants import Want
from wegweiser.catalogue.models import Availability, Entry, Kind
from wegweiser.consortium import asking, directory
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.sorting import by_surname

LISTED = 24
OFFERS = 4  # on the answer page
PROGRAMMES = 3  # at most, in a block of their own
READ = 1_500  # whoever tells a long story says first what it is about
LIKELY_TOPIC = 0.25  # chance from which a second topic is named


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def next_dates(count: int) -> list[Entry]:
    """The dates that begin next."""
    return held.by_ids([row.pk for row in held.coming_dates()[:count]])


def kinds() -> frozenset[str]:
    """The kinds of which we have anything."""
    return held.kinds()


def newest(kind: Kind, count: int) -> list[Entry]:
    """Our entries of a kind, the last changed first."""
    rows = sorted((row for row in held.places() if row.kind == kind), key=lambda row: -row.changed)
    return held.by_ids([row.pk for row in rows[:count]])


def entry(kind: Kind, slug: str) -> Entry | None:
    """Our entry behind an address, withdrawn ones too."""
    return held.entry(kind, slug)


def contact_of(entry: Entry) -> Member | None:
    """Who answers for an offer today."""
    if here := directory.today().member(entry.contact_id):
        return here
    left = Member.objects.filter(pk=entry.contact_id).first() if entry.contact_id else None
    return asking.instead_of(left, partner=entry.partner)


NO_OFFER = frozenset({Kind.TOPIC, Kind.CONTACT})


def _places() -> list[Place]:
    """What we offer: neither over nor called off."""
    now = clock.now()
    rows = (row for row in held.places() if row.kind not in NO_OFFER and row.availability != Availability.CANCELLED)
    return [row for row in rows if not row.is_over(now=now)]


def similar(of: Entry, count: int, *, beside: Collection[int] = ()) -> list[Entry]:
    """Offers about the same that are still to come: by the matching's vectors, else by the main topic.

    `beside` are entries that the page shows already, such as the other dates of a series. Dates of the same name are
    one offer: the next of them stands for all."""
    shown = {of.pk, *beside}
    others = {row.pk: row for row in _places() if row.pk not in shown and row.kind != Kind.NEWS}
    near = next(
        (found for encoder in matches.encoders() if (found := related.nearest(of, list(others), encoder=encoder))),
        [],
    )
    if near:
        return held.by_ids(_once_each((others[number] for number in near), others.values(), count))
    first = next(iter(of.topic_rows.all()), None)  # by position, and read with the entry
    if first is None:
        return []
    same = [row for row in others.values() if row.topics[:1] == (first.topic_id,)]
    same.sort(key=lambda row: row.kind != of.kind)  # the same kind first, each by name
    return held.by_ids(_once_each(same, others.values(), count))


def _once_each(rows: Iterable[Place], others: Collection[Place], count: int) -> list[int]:
    found: dict[tuple[str, str], Place] = {}
    for row in rows:
        if len(found) == count:
            break
        found.setdefault((row.kind, row.sort_key), row)
    return [_next_of_its_name(row, others).pk if row.kind == Kind.EVENT else row.pk for row in found.values()]


def _next_of_its_name(date: Place, others: Collection[Place]) -> Place:
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    same = (row for row in others if row.kind == date.kind and row.sort_key == date.sort_key)
    return min(same, key=lambda row: (row.starts_at or never, row.pk))


def entry_about(topic: Topic) -> Entry | None:
    """What the catalogue says about a topic itself."""
    found = [row.pk for row in held.places() if (row.kind, row.slug) == (Kind.TOPIC, topic.slug) and not row.withdrawn]
    return next(iter(held.by_ids(found)), None)


def entries_for(topic: Topic) -> list[Entry]:
    """The offers of a topic, dates that are over left out; dates first, in their order."""
    return _dates_first(row for row in _places() if topic.pk in row.topics)


def entries_of(member: Member) -> list[Entry]:
    """The offers that name a person as their contact."""
    return _dates_first(row for row in _places() if row.contact == member.pk)


def _dates_first(rows: Iterable[Place]) -> list[Entry]:
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    found = sorted(rows, key=lambda row: (row.starts_at or never, row.sort_key))
    return held.by_ids([row.pk for row in found[:LISTED]])


def partner_for(topic: Topic) -> Partner | None:
    return directory.today().owners().get(topic.pk)


def people() -> list[tuple[Member, Partner | None]]:
    """Everybody who can be asked today, with their partner, by surname."""
    return sorted(directory.today().people().items(), key=lambda pair: by_surname(pair[0].name))


def people_of(partner: Partner) -> list[Member]:
    """Everybody who can be asked at a partner today, by surname."""
    return [member for member, at in people() if at == partner]


def entries_by(partner: Partner) -> list[Entry]:
    """The offers of a partner, dates that are over left out; dates first, in their order."""
    return _dates_first(row for row in _places() if row.partner == partner.pk)


def news(count: int) -> list[Entry]:
    """The newest news first."""
    rows = held.by_ids([row.pk for row in held.places() if row.kind == Kind.NEWS])
    return sorted(rows, key=lambda row: row.details.get("published_on", ""), reverse=True)[:count]


def partner_of(member: Member) -> Partner | None:
    return directory.today().people().get(member)


def members_for(topic: Topic) -> list[tuple[Member, Partner | None]]:
    """Who answers for a topic today, and for which partner; people of the partner that owns it first."""
    today = directory.today()
    owner = today.owners().get(topic.pk)
    found = [pair for pair in today.people().items() if topic in pair[0].topics.all()]
    return sorted(found, key=lambda pair: (owner is None or pair[1] != owner, by_surname(pair[0].name)))


@dataclass(frozen=True)
class Found:
    """What matching said, with the rows it means; `suggested` gives what is kept with the case when it is sent.

    `similar` is how many cases were like it; which ones they are is nobody's business here.
    """

    in_scope: bool
    urgent: bool
    unsure: bool
    kind: str
    topics: list[tuple[Topic, Partner | None]]
    contact: Member | None
    offers: list[matches.Offer]
    suggested: Callable[[str], dict[str, object]]  # by the text of the case
    wants: frozenset[Want] = frozenset()
    similar: int = 0
    ask: matches.Ask | None = None
    given: tuple[matches.Given, ...] = ()
    introduced: bool = False


def _helps(entry: Entry, *, urgent: bool) -> bool:
    """Programmes have a block of their own. In an emergency only what can be read now helps, no date in ten days."""
    return entry.kind == Kind.GUIDE if urgent else entry.kind != Kind.PROGRAMME


def match(text: str, *, language: str, replies: Sequence[tuple[str, str]] = ()) -> Found | None:
    """What fits `text` by its first READ signs, and what was answered since; None when there is nothing to go by."""
    found = matches.match(text[:READ], lang=language, limit=OFFERS + PROGRAMMES, replies=replies)
    if found is None:
        return None
    likely = [topic for place, topic in enumerate(found.topics) if place == 0 or topic.score >= LIKELY_TOPIC]
    rows = Topic.objects.in_bulk([topic.slug for topic in likely[:2]], field_name="slug")
    topics = [rows[topic.slug] for topic in likely[:2] if topic.slug in rows]
    offers = tuple(offer for offer in found.offers if _helps(offer.entry, urgent=found.urgent))[:OFFERS]
    return Found(
        in_scope=found.in_scope,
        urgent=found.urgent,
        unsure=found.unsure,
        kind=found.kind,
        topics=[(topic, consortium.owner(topic)) for topic in topics],
        contact=_named(found.contact.slug, topics[:1]) if found.contact else None,
        offers=list(offers),
        suggested=replace(found, offers=offers).as_document,  # what was shown, and nothing else
        wants=found.wants,
        similar=len(found.similar),
        ask=found.ask,
        given=found.given,
        introduced=found.introduced,
    )


def programmes(
    topics: Sequence[Topic],
    *,
    asked: bool,
    trades: Collection[str] = (),
    holds: Callable[[str], bool] | None = None,
) -> list[Entry]:
    """Funding programmes that can still be applied for, those of the topics first; others only where money is `asked`
    for. Before them come those that say themselves that they are for one of the `trades` that were named (keys of
    sectors). What is not checked any more says so itself: its day stands beside it.

    `holds` says of an area, as it is written in German, whether a firm that is elsewhere gets anything there."""
    wanted = [topic.pk for topic in topics]
    near = [
        (next((place for place, topic in enumerate(wanted) if topic in row.topics), len(wanted)), row)
        for row in _places()
        if row.kind == Kind.PROGRAMME
    ]
    if holds:
        areas = Entry.objects.filter(pk__in=[row.pk for _, row in near]).values_list("pk", "details__region")
        there = {pk for pk, area in areas if holds(_german(area))}
        near = [(place, row) for place, row in near if row.pk in there]
    fitting = [(place, row) for place, row in near if asked or place == 0]
    meant = _for_trades([row.pk for _, row in near], trades) if fitting and trades else frozenset()
    fitting += [(place, row) for place, row in near if row.pk in meant and (place, row) not in fitting]
    fitting.sort(key=lambda pair: (pair[1].pk not in meant, pair[0], pair[1].sort_key))
    return held.by_ids([row.pk for _, row in fitting[: PROGRAMMES if asked else 2]])


def _german(said: object) -> str:
    """A fact of an entry, be it written in one language or in several."""
    return str((said.get("de") if isinstance(said, dict) else said) or "")


def _for_trades(ids: Sequence[int], trades: Collection[str]) -> frozenset[int]:
    return frozenset(Entry.objects.filter(pk__in=ids, sectors__key__in=trades).values_list("pk", flat=True))


def _named(slug: str, main: list[Topic]) -> Member | None:
    """Who is named for a question, and is there: see `_nearest`. Where nobody for its topic is, the nearest stays."""
    named = _nearest(slug, main)
    return _there(named, main) if named else None


def _there(named: Member, main: list[Topic]) -> Member:
    """`named`, or while they are not there their deputy, else somebody who is and has the same topic."""
    today = directory.today()
    away = today.away()
    if named.pk not in away:
        return named
    deputy = today.member(away[named.pk].deputy.pk) if away[named.pk].deputy else None  # type: ignore[union-attr]
    if deputy:
        return deputy
    others = [member for topic in main for member, _at in members_for(topic) if member.pk not in away]
    return next(iter(others), named)


def _nearest(slug: str, main: list[Topic]) -> Member | None:
    """The nearest for the main topic; where nobody has it, the office of its partner."""
    today = directory.today()
    nearest = next((row for row in today.people() if row.slug == slug), None)
    for topic in main:
        if nearest is None or topic not in nearest.topics.all():
            return today.office(today.owners().get(topic.pk)) or nearest
    return nearest
