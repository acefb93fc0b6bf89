"""The offers of a centre's file as entries, with the keys under which each duty takes them over later."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Attendance, Availability, Draft, DraftState, Entry, Kind
from wegweiser.catalogue.offers import Offer, event_day, of_network, of_person
from wegweiser.consortium import calendar, loaded
from wegweiser.consortium.actions import rows as loaded_rows
from wegweiser.consortium.centre_file import CentreFile, text
from wegweiser.consortium.loaded import Outcome
from wegweiser.consortium.models import Centre, District, Member, Network, Partner, Sector, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import Translated, translated

ENTRY = "catalogue.entry"  # how `Loaded` calls what is loaded here
DAY_MINUTES, LONGEST_DAY = 8 * 60, 12 * 60
_PLACES = {"on_site": Attendance.ON_SITE, "on_site_or_online": Attendance.HYBRID, "phone": ""}
# Columns of their own, or told by another column.
_COLUMNS = frozenset(
    {"slug", "kind", "format", "title", "title_en", "summary", "summary_en", "partner", "supporting_partners", "topics"}
    | {"contact", "sectors", "languages", "target_group", "target_group_en", "price_eur", "district"}
    | {"text", "text_en", "published_days_ago", "valid_until_in_days", "last_checked_days_ago", "note"}
    | {"starts_on", "starts_in_days", "start_time", "everyday_words", "everyday_words_en"}
)


def load(
    *, file: CentreFile, centre: Centre, base: dt.date | None = None, working_days: bool = False, by: Actor
) -> Counter[str]:
    """Publish what `file` offers; an entry that somebody changed or withdrew since its load stays as it is.

    Days count from `base`, by default the day of the centre's first load. With `working_days` an event that would fall
    on a public holiday of the centre's Land, on Christmas Eve or New Year's Eve moves to the next days it can be on.
    """
    outcomes: Counter[str] = Counter()
    with transaction.atomic():
        as_loaded = _as_loaded()
        for offer in _Reader(file, centre, base or centre.loaded_on, land=centre.land if working_days else "").offers():
            is_same = (_name(offer), offer.content_hash()) in as_loaded
            outcomes[Outcome.UNCHANGED if is_same else _keep(offer, by)] += 1
    return outcomes


def _name(offer: Offer | Entry) -> str:
    return f"{offer.origin}/{offer.kind}/{offer.slug}"


def _as_loaded() -> set[tuple[str, str]]:
    """Name and fingerprint of the entries that are as they were loaded, read at once: most of them, the second time."""
    known = loaded.all_known(ENTRY)
    rows = Entry.objects.filter(withdrawn_at=None).exclude(
        pk__in=_at_work().filter(entry__isnull=False).values("entry")
    )
    rows = rows.only("origin", "kind", "slug", "content_hash")
    return {
        (_name(row), row.content_hash) for row in rows if known.get(loaded.key_hash(_name(row))) == row.content_hash
    }


def _at_work() -> QuerySet[Draft]:
    return Draft.objects.exclude(state=DraftState.PUBLISHED)


def _keep(offer: Offer, by: Actor) -> Outcome:
    kind, name = ENTRY, _name(offer)
    before, wanted = loaded.known(kind, name), offer.content_hash()
    entry = Entry.objects.filter(origin=offer.origin, kind=offer.kind, slug=offer.slug).first()
    if entry is None and before is not None:
        return Outcome.KEPT
    if entry is not None and (entry.content_hash != before or entry.withdrawn_at is not None):
        return Outcome.KEPT
    if entry is not None and _at_work().filter(entry=entry).exists():
        return Outcome.KEPT  # somebody works on it
    if before == wanted:
        return Outcome.UNCHANGED
    entries.publish(offer=offer, by=by)
    loaded_rows.remember(kind=kind, key=name, content_hash=wanted, by=by)
    return Outcome.UPDATED if entry else Outcome.CREATED


class _Reader:
    """Turns the rows of a catalogue file into offers; where `land` is named, events keep its holidays."""

    def __init__(self, file: CentreFile, centre: Centre, base: dt.date, *, land: str) -> None:
        self.catalogue = file.catalogue
        self.base = base
        self.land = land
        self.zone = ZoneInfo(centre.time_zone)
        self.partners = {row.key: row for row in Partner.objects.all()}
        self.topics = {row.key: row for row in Topic.objects.all()}
        self.sectors = {row.key: row for row in Sector.objects.all()}
        self.districts = {row.key: row for row in District.objects.all()}
        self.members = {row.slug: row for row in Member.objects.all()}

    def offers(self) -> list[Offer]:
        rows = self.catalogue
        return [
            *(self._topic(row) for row in rows["topics"]),
            *(self._contact(row) for row in rows["contacts"]),
            *(self._network(row) for row in rows.get("networks", [])),
            *(self._event(row) for row in rows.get("events", [])),
            *(self._demonstrator(row) for row in rows.get("demonstrators", [])),
            *(self._project(row) for row in rows.get("lighthouse_projects", [])),
            *(self._check(row) for row in rows.get("checks", [])),
            *(self._told(row, Kind.GUIDE) for row in rows.get("guides", [])),
            *(self._told(row, Kind.VIDEO) for row in rows.get("videos", [])),
            *(self._told(row, Kind.NEWS) for row in rows.get("news", [])),
            *(self._programme(row) for row in rows.get("programmes", [])),
        ]

    def _common(self, row: dict[str, Any]) -> dict[str, Any]:
        price = row.get("price_eur")
        return {
            "slug": row["slug"],
            "title": text(row, "title"),
            "summary": text(row, "summary"),
            "topics": tuple(self.topics[key] for key in row["topics"] if key in self.topics),
            "partner": self.partners.get(row["partner"]),
            "supporting_partners": tuple(
                self.partners[key] for key in row.get("supporting_partners", []) if key in self.partners
            ),
            "contact": self.members.get(row.get("contact", "")),
            "format": row.get("format") or "",
            "district": self.districts.get(row.get("district") or ""),
            "languages": tuple(row.get("languages", ["de"])),
            "sectors": tuple(self.sectors[key] for key in row.get("sectors", []) if key in self.sectors),
            "target_group": text(row, "target_group"),
            "everyday_words": text(row, "everyday_words"),
            "price": None if price is None else Decimal(str(price)),
            "details": {key: value for key, value in row.items() if key not in _COLUMNS},
        }

    def _topic(self, row: dict[str, Any]) -> Offer:
        return Offer(
            kind=Kind.TOPIC,
            slug=row["slug"],
            title=text(row, "title"),
            summary=text(row, "summary"),
            everyday_words=text(row, "everyday_words"),
            topics=(self.topics[row["key"]],) if row["key"] in self.topics else (),
            partner=self.partners.get(row["partner"]),
            details={"key": row["key"]},
        )

    def _contact(self, row: dict[str, Any]) -> Offer:
        """Somebody whose name or field was changed by hand is shown as they are."""
        told = Offer(
            kind=Kind.CONTACT,
            slug=row["slug"],
            title=translated(row["name"]),
            summary=text(row, "role"),
            text=translated(", ".join(row["expertise"])) if row.get("expertise") else Translated(),
            everyday_words=text(row, "everyday_words"),
            topics=tuple(self.topics[key] for key in row["topics"] if key in self.topics),
            partner=self.partners.get(row["partner"]),
            languages=tuple(row.get("languages", ["de"])),
            details={"expertise": row.get("expertise", []), "note": row.get("note", "")},
        )
        member = self.members.get(row["slug"])
        return of_person(member, partner=told.partner, told=told) if member else told

    def _network(self, row: dict[str, Any]) -> Offer:
        texts = {name: text(row, name) for name in ("name", "scope", "summary", "refer_when")}
        return of_network(Network(slug=row["slug"], **texts))

    def _event(self, row: dict[str, Any]) -> Offer:
        if "starts_on" in row:
            day = dt.date.fromisoformat(row["starts_on"])
        else:
            day = event_day(self.base, row["starts_in_days"])
        if self.land and "starts_on" not in row:
            day = calendar.first_free(day, days=_days(row["duration_minutes"]), land=self.land)
        start = dt.datetime.combine(day, dt.time.fromisoformat(row["start_time"]), self.zone)
        if start <= clock.now():
            availability = Availability.PAST
        else:
            is_full = row.get("registered", 0) >= row.get("capacity", 1)
            availability = Availability.WAITING if is_full else Availability.OPEN
        return Offer(
            kind=Kind.EVENT,
            **self._common(row),
            text=text(row, "description"),
            attendance=Attendance.ONLINE if row.get("is_online") else Attendance.ON_SITE,
            place=_place(row.get("venue"), row.get("city")),
            starts_at=start,
            ends_at=_end(start, row["duration_minutes"]),
            availability=availability,
        )

    def _demonstrator(self, row: dict[str, Any]) -> Offer:
        return Offer(
            kind=Kind.DEMONSTRATOR,
            **self._common(row),
            text=text(row, "shows"),
            attendance=Attendance.ON_SITE,
            place=_place(row.get("site"), row.get("city")),
        )

    def _project(self, row: dict[str, Any]) -> Offer:
        company = row.get("company") or {}
        common = self._common(row)
        common["district"] = self.districts.get(company.get("district") or "")
        parts = [row[name] for name in ("initial_situation", "goal", "solution") if row.get(name)]
        return Offer(
            kind=Kind.LIGHTHOUSE_PROJECT,
            **common,
            text=translated("\n\n".join(parts)) if parts else Translated(),
            place=_place(company.get("city")),
        )

    def _check(self, row: dict[str, Any]) -> Offer:
        return Offer(
            kind=Kind.CHECK,
            **self._common(row),
            text=text(row, "procedure"),
            attendance=_PLACES.get(row.get("location", ""), Attendance.ON_SITE),
        )

    def _told(self, row: dict[str, Any], kind: Kind) -> Offer:
        """What is read or watched: a guide, a video, a piece of news."""
        common = self._common(row)
        if "published_days_ago" in row:
            published = self.base - dt.timedelta(days=row["published_days_ago"])
            common["details"] = {**common["details"], "published_on": published.isoformat()}
        return Offer(kind=kind, **common, text=text(row, "text"))

    def _programme(self, row: dict[str, Any]) -> Offer:
        """A funding programme. It is over in the evening of its last day."""
        common = self._common(row)
        dates, ends_at = {}, None
        if "last_checked_days_ago" in row:
            checked = self.base - dt.timedelta(days=row["last_checked_days_ago"])
            dates["last_checked"] = checked.isoformat()
        last = dt.date.fromisoformat(row["valid_until"]) if "valid_until" in row else None
        if "valid_until_in_days" in row:
            last = self.base + dt.timedelta(days=row["valid_until_in_days"])
            dates["valid_until"] = last.isoformat()
        if last:
            ends_at = dt.datetime.combine(last, dt.time(23, 59), self.zone)
        common["details"] = {**common["details"], **dates}
        return Offer(kind=Kind.PROGRAMME, **common, text=text(row, "text"), ends_at=ends_at)


def _days(minutes: int) -> int:
    """Over how many days it goes: what takes longer than a day is spread over days of at most eight hours."""
    return -(-minutes // DAY_MINUTES) if minutes > LONGEST_DAY else 1


def _end(start: dt.datetime, minutes: int) -> dt.datetime:
    """When it is over. Several days have the same length."""
    days = _days(minutes)
    last = start + dt.timedelta(days=days - 1)  # the same time on the wall
    # Minutes pass on the clock of the world, not on the wall.
    return last.astimezone(dt.UTC) + dt.timedelta(minutes=minutes / days)


def _place(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
