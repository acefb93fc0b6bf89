"""What a duty says about one of its things when it publishes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from wegweiser.catalogue.models import HERE, Availability, Kind
from wegweiser.consortium.loaded import fingerprint
from wegweiser.consortium.models import District, Member, Network, Partner, Sector, Topic
from wegweiser.kernel.translated import Translated

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
