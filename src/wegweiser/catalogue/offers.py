"""What a duty says about one of its things when it publishes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from wegweiser.catalogue.models import HERE, Availability, Entry, Kind
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.loaded import fingerprint
from wegweiser.consortium.models import District, Member, Network, Partner, Sector, Topic
from wegweiser.kernel.translated import Translated, translated

RELATIONS = ("topics", "supporting_partners", "sectors")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The content of an entry; `kind` is a catalogue.Kind, the first of `topics` is the main one."""

    kind: str
    slug: str
    title: Translated
    origin: str = HERE
    summary: Translated = field(default_factory=Translated)
    text: Translated = field(default_factory=Translated)
    topics: tuple[Topic, ...] = ()
    partner: Partner | None = None
    supporting_partners: tuple[Partner, ...] = ()
    contact: Member | None = None
    format: str = ""
    attendance: str = ""
    place: str = ""
    district: District | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    languages: tuple[str, ...] = ("de",)
    sectors: tuple[Sector, ...] = ()
    target_group: Translated = field(default_factory=Translated)
    everyday_words: Translated = field(default_factory=Translated)
    price: Decimal | None = None
    image: str = ""
    availability: str = Availability.OPEN
    details: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    source_url: str = ""

    def columns(self) -> dict[str, Any]:
        """The values of the entry's own columns."""
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in RELATIONS}
        return values | {"languages": list(self.languages), "details": dict(self.details)}

    def content_hash(self) -> str:
        """The same for the same content, in any process and on both databases."""
        values = {name: _plain(value) for name, value in self.columns().items()}
        values |= {name: [str(row.pk) for row in getattr(self, name)] for name in ("topics",)}
        values |= {
            name: sorted(str(row.pk) for row in getattr(self, name)) for name in ("supporting_partners", "sectors")
        }
        return fingerprint(values)


def of_entry(entry: Entry) -> Offer:
    """What `entry` shows, as the duty said it."""
    columns: dict[str, Any] = {item.name: getattr(entry, item.name) for item in fields(Offer)}
    columns |= {
        "topics": tuple(row.topic for row in entry.topic_rows.select_related("topic")),
        "supporting_partners": tuple(entry.supporting_partners.all()),
        "sectors": tuple(entry.sectors.all()),
        "languages": tuple(entry.languages),
    }
    return Offer(**columns)


def of_person(member: Member, *, partner: Partner | None, told: Offer | None = None) -> Offer:
    """`member` as a contact person of `partner`, found by name and field.

    What only the centre's file says (`told`) stays: in which order the topics come, and the everyday words as long as
    one of the topics does.
    """
    told = told or Offer(kind=Kind.CONTACT, slug=member.slug, title=Translated(), details={"note": ""})
    topics, details = list(member.topics.all()), told.details
    owners = consortium.owners()
    topics.sort(key=lambda row: owners.get(row.pk) != partner)
    topics.sort(key=lambda row: told.topics.index(row) if row in told.topics else len(told.topics))
    if "expertise" not in details or told.text != member.expertise:
        parts = member.expertise.get("de", "").split(",")
        details = {**details, "expertise": [part.strip() for part in parts if part.strip()]}
    stays = not told.topics or bool(set(told.topics) & set(topics))
    return replace(
        told,
        title=translated(member.name),
        summary=member.position,
        text=member.expertise,
        everyday_words=told.everyday_words if stays else Translated(),
        topics=tuple(topics),
        partner=partner,
        contact=member,
        languages=tuple(member.languages),
        details=details,
    )


def of_network(network: Network) -> Offer:
    """How a network stands in the catalogue."""
    return Offer(
        kind=Kind.NETWORK,
        slug=network.slug,
        title=network.name,
        summary=network.summary,
        text=network.refer_when,
        details={"scope": network.scope},
    )


def event_day(base: dt.date, offset: int) -> dt.date:
    """The day `offset` days after `base`; a weekend moves to Monday."""
    day = base + dt.timedelta(days=offset)
    return day + dt.timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def _plain(value: Any) -> Any:
    if isinstance(value, (District, Member, Partner)):
        return value.pk
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
