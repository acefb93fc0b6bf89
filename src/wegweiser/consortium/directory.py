"""Who and what the centre consists of today, for pages that show it again and again. The objects are sealed."""

import datetime as dt

from django.db.models import QuerySet

from wegweiser.consortium import presence
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.consortium.loaded import PLACES
from wegweiser.consortium.models import (
    Absence,
    Centre,
    District,
    DistrictOutline,
    Loaded,
    Member,
    Membership,
    Partner,
    PartnerRole,
    Region,
    Role,
    Sector,
    SectorGroup,
    Settlement,
    Topic,
)
from wegweiser.consortium.presence import Away
from wegweiser.kernel import clock
from wegweiser.kernel.fingerprints import Fingerprint
from wegweiser.kernel.kept import Kept, Prepared

PUBLIC_ROLES = (Role.ADVISER, Role.MANAGEMENT)


def _roles(day: dt.date) -> QuerySet[PartnerRole]:
    return PartnerRole.objects.filter(PartnerRole.on(day)).select_related("partner").order_by("valid_from", "id")


def _present(day: dt.date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(Membership.on(day), role__in=PUBLIC_ROLES, member__is_public=True)
    return rows.select_related("member", "partner").order_by("id")


def _absences(day: dt.date) -> QuerySet[Absence]:
    rows = Absence.objects.filter(last_day__gte=day).select_related("member", "deputy")
    return rows.order_by("first_day", "id")


def _centre() -> QuerySet[Centre, tuple[object, ...]]:
    names = [field.attname for field in Centre._meta.concrete_fields if field.name != "texts"]
    return Centre.objects.order_by("pk").values_list(*names, Fingerprint("texts"))[:1]


centre = Kept(Centre.objects.first, _centre)
topics = Kept(lambda: tuple(Topic.objects.all()), Topic.objects.all)
partners = Kept(lambda: tuple(Partner.objects.all()), Partner.objects.all)
sectors = Kept(lambda: tuple(Sector.objects.all()), Sector.objects.all)
sector_groups = Kept(lambda: tuple(SectorGroup.objects.all()), SectorGroup.objects.all)
districts = Kept(lambda: tuple(District.objects.all()), District.objects.all)


def _outlines() -> QuerySet[DistrictOutline]:
    return DistrictOutline.objects.select_related("district").order_by("district__sort_key")


outlines = Kept(lambda: tuple(_outlines()), _outlines)
_held_roles = Kept(lambda day: tuple(_roles(day)), _roles)
_held_people = Kept(
    lambda day: tuple(_present(day).prefetch_related("member__topics")),
    _present,
    lambda _day: Member.topics.through.objects.select_related("topic").order_by("id"),
)

_held_absences = Kept(lambda day: tuple(_absences(day)), _absences)
_held_slugs = Prepared(lambda day: _present(day).order_by().values_list("member__slug").distinct())


def names() -> tuple[int, ...]:
    """Other numbers as soon as a topic, partner, sector or district is called otherwise: for what holds their names."""
    return tuple(table.versioned()[0] for table in (topics, partners, sectors, districts))


_places_loaded = Prepared(lambda: Loaded.objects.filter(kind=PLACES).values_list("content_hash"))
_gazetteer: tuple[object, Gazetteer] = (None, Gazetteer(()))


def gazetteer() -> Gazetteer:
    """The places of the centre; empty where its file names none. Read anew when they were loaded anew."""
    global _gazetteer  # noqa: PLW0603
    here = centre()
    land = here.region if here else ""
    version = (*places_version(), land)
    held = _gazetteer
    if held[0] != version:
        rows = Settlement.objects.values_list(
            *("name", "district_id", "area", "latitude", "longitude", "population", "postcodes")
        )
        found = tuple(
            Place(name, ags or "", area, latitude, longitude, population, tuple(codes))
            for name, ags, area, latitude, longitude, population, codes in rows
        )
        regions = {row.name: tuple(row.districts) for row in Region.objects.all()}
        known = districts()
        plates = {row.plate: row.ags for row in known if row.plate}
        held = _gazetteer = (version, Gazetteer(found, {row.ags: row.name for row in known}, regions, plates, land))
    return held[1]


def places_version() -> tuple[object, ...]:
    """Another value as soon as other places were loaded, or a district is called otherwise."""
    return tuple(_places_loaded.rows()), districts.versioned()[0]


class Directory:
    """Who does what on a day: the partners with their roles, and the people one can ask. Read when it is asked."""

    def __init__(self, day: dt.date) -> None:
        self.day = day

    @property
    def roles(self) -> tuple[PartnerRole, ...]:
        """In the order they began."""
        return _held_roles(self.day)

    @property
    def present(self) -> tuple[Membership, ...]:
        """Memberships of those who can be asked, the oldest first."""
        return _held_people(self.day)

    def lead(self) -> Partner | None:
        return next((row.partner for row in reversed(self.roles) if row.kind == PartnerRole.Kind.LEAD), None)

    def owners(self) -> dict[int, Partner]:
        """The partner that answers for each topic, by the id of the topic."""
        return {row.topic_id: row.partner for row in self.roles if row.topic_id is not None}

    def partners(self) -> list[Partner]:
        """Those who carry the centre, by name."""
        found = {row.partner_id: row.partner for row in self.roles}
        return sorted(found.values(), key=lambda row: row.sort_key)

    def people(self) -> dict[Member, Partner | None]:
        """Everybody who can be asked, with their partner."""
        found: dict[Member, Partner | None] = {}
        for row in self.present:
            found.setdefault(row.member, row.partner)
        return found

    def slugs(self) -> frozenset[str]:
        """The addresses of everybody who can be asked: for what only asks whether somebody is among them."""
        return frozenset(slug for (slug,) in _held_slugs.rows(self.day))

    def away(self) -> dict[int, Away]:
        """Who is not there today, by id."""
        here = centre()
        if here is None:
            return {}
        return presence.away(_held_absences(self.day), self.day, land=here.land, closed=here.closed_days)

    def office(self, partner: Partner | None) -> Member | None:
        """Who answers for a partner when nobody else does: the management, else who is there longest."""
        rows = [row for row in self.present if partner is not None and row.partner_id == partner.pk]
        return next((row.member for row in [*(r for r in rows if r.role == Role.MANAGEMENT), *rows]), None)

    def member(self, pk: int | None) -> Member | None:
        """Who can be asked, by id."""
        return next((row.member for row in self.present if row.member_id == pk), None)


def today() -> Directory:
    return Directory(clock.today())
