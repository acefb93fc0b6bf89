"""What the public pages read of the rooms below, in the shape they need it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When

from wegweiser.catalogue import matches, queries, related
from wegweiser.catalogue.models import HERE, Entry, EntryTopic, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member, Membership, Partner, Role, Topic
from wegweiser.kernel import clock

LISTED = 24
OFFERS = 4  # on the answer page
READ = 1_500  # whoever tells a long story says first what it is about
SECOND_TOPIC = 0.25  # chance from which a second topic is named
PUBLIC_ROLES = (Role.ADVISER, Role.MANAGEMENT)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _shown() -> QuerySet[Entry]:
    """Our entries that are not withdrawn, for cards: those show neither topics nor partner nor person."""
    return _alone(queries.shown().filter(origin=HERE))


def _alone(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related(None).prefetch_related(None)


def next_dates(count: int) -> list[Entry]:
    """The dates that begin next."""
    return list(_alone(queries.upcoming_events().filter(origin=HERE))[:count])


def newest(kind: Kind, count: int) -> list[Entry]:
    """Our entries of a kind, the last changed first."""
    return list(_shown().filter(kind=kind).order_by("-changed", "id")[:count])


def entry(kind: Kind, slug: str) -> Entry | None:
    """Our entry behind an address, withdrawn ones too."""
    rows = Entry.objects.filter(origin=HERE, kind=kind, slug=slug).select_related("partner", "contact")
    topics = Prefetch("topic_rows", EntryTopic.objects.select_related("topic").order_by("position"))
    return rows.prefetch_related(topics, "sectors", "supporting_partners").first()


def _not_over() -> Q:
    return Q(starts_at=None) | Q(starts_at__gte=clock.now())


def similar(of: Entry, count: int) -> list[Entry]:
    """Offers about the same that are still to come: by the matching's vectors, else by the main topic."""
    others = _shown().filter(_not_over()).exclude(pk=of.pk).exclude(kind__in=[Kind.TOPIC, Kind.CONTACT, Kind.NEWS])
    ids = list(others.order_by().values_list("pk", flat=True))
    near = next(
        (found for encoder in matches.encoders() if (found := related.nearest(of, ids, encoder=encoder.name))), []
    )
    if near:
        rows = others.in_bulk(near[:count])
        return [rows[number] for number in near[:count]]
    first = next(iter(of.topic_rows.all()), None)  # by position, and read with the entry
    if first is None:
        return []
    same = others.filter(topic_rows__topic=first.topic_id, topic_rows__position=0)
    other_kind = Case(When(kind=of.kind, then=Value(0)), default=Value(1))
    return list(same.order_by(other_kind, "sort_key", "id")[:count])


def entries_for(topic: Topic) -> list[Entry]:
    """The offers of a topic, dates that are over left out; dates first, in their order."""
    rows = _shown().filter(_not_over(), topic_rows__topic=topic).exclude(kind__in=[Kind.TOPIC, Kind.CONTACT])
    return _dates_first(rows)


def entries_of(member: Member) -> list[Entry]:
    """The offers that name a person as their contact."""
    rows = _shown().filter(_not_over(), contact=member).exclude(kind__in=[Kind.TOPIC, Kind.CONTACT])
    return _dates_first(rows)


def _dates_first(rows: Iterable[Entry]) -> list[Entry]:
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(rows, key=lambda row: (row.starts_at or never, row.sort_key))[:LISTED]


def partner_for(topic: Topic) -> Partner | None:
    return consortium.owner(topic)


def _present() -> QuerySet[Membership]:
    return Membership.objects.filter(Membership.on(clock.today()), role__in=PUBLIC_ROLES)


def people() -> list[tuple[Member, Partner | None]]:
    """Everybody who can be asked today, with their partner, by name."""
    rows = _present().select_related("member", "partner").prefetch_related("member__topics").order_by("id")
    found: dict[Member, Partner | None] = {}
    for row in rows:
        found.setdefault(row.member, row.partner)
    return sorted(found.items(), key=lambda pair: pair[0].sort_key)


def people_of(partner: Partner) -> list[Member]:
    """Everybody who can be asked at a partner today, by name."""
    return [member for member, at in people() if at == partner]


def entries_by(partner: Partner) -> list[Entry]:
    """The offers of a partner, dates that are over left out; dates first, in their order."""
    rows = _shown().filter(_not_over(), partner=partner).exclude(kind__in=[Kind.TOPIC, Kind.CONTACT])
    return _dates_first(rows)


def news(count: int) -> list[Entry]:
    """The newest news first."""
    rows = _shown().filter(kind=Kind.NEWS)
    return sorted(rows, key=lambda row: row.details.get("published_on", ""), reverse=True)[:count]


def works_here(member: Member) -> bool:
    return _present().filter(member=member).exists()


def partner_of(member: Member) -> Partner | None:
    row = _present().filter(member=member).select_related("partner").order_by("id").first()
    return row.partner if row else None


def members_for(topic: Topic) -> list[tuple[Member, Partner | None]]:
    """Who answers for a topic today, and for which partner; people of the partner that owns it first."""
    owner = consortium.owner(topic)
    present = _present().filter(member__topics=topic).select_related("member", "partner").order_by("id")
    rows = sorted(present, key=lambda row: (owner is None or row.partner_id != owner.pk, row.member.sort_key))
    found: dict[Member, Partner | None] = {}
    for row in rows:
        found.setdefault(row.member, row.partner)
    return list(found.items())


def first_contact() -> Member | None:
    """Who answers when nothing else is known: the office of the lead partner."""
    lead = consortium.lead()
    rows = _present().filter(partner=lead).select_related("member").order_by("id")
    chosen = rows.filter(role=Role.MANAGEMENT).first() or rows.first()
    return chosen.member if chosen else None


@dataclass(frozen=True)
class Found:
    """What matching said, with the rows it means; `suggested` is kept with the case when the question is sent."""

    in_scope: bool
    urgent: bool
    unsure: bool
    kind: str
    topics: list[tuple[Topic, Partner | None]]
    contact: Member | None
    offers: list[matches.Offer]
    suggested: dict[str, object]


def match(text: str, *, language: str) -> Found | None:
    """What fits `text` by its first READ signs; None when there is nothing to go by."""
    found = matches.match(text[:READ], lang=language, limit=OFFERS)
    if found is None:
        return None
    likely = [topic for place, topic in enumerate(found.topics) if place == 0 or topic.score >= SECOND_TOPIC]
    rows = Topic.objects.in_bulk([topic.slug for topic in likely[:2]], field_name="slug")
    topics = [rows[topic.slug] for topic in likely[:2] if topic.slug in rows]
    contact = found.contact.contact or Member.objects.filter(slug=found.contact.slug).first() if found.contact else None
    return Found(
        in_scope=found.in_scope,
        urgent=found.urgent,
        unsure=found.unsure,
        kind=found.kind,
        topics=[(topic, consortium.owner(topic)) for topic in topics],
        contact=contact,
        offers=list(found.offers),
        suggested=found.as_document(),
    )
