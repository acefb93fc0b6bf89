"""The centre of this installation comes from a file; loading it again keeps what somebody changed since."""

import uuid
from collections import Counter
from dataclasses import astuple, dataclass, field
from typing import Any

from django.db import transaction

from wegweiser.consortium import outlines
from wegweiser.consortium.actions.rows import put, remember
from wegweiser.consortium.centre_file import CentreFile, plain, text
from wegweiser.consortium.events import Event
from wegweiser.consortium.loaded import PLACES, Outcome, fingerprint, known
from wegweiser.consortium.models import (
    Centre,
    District,
    DistrictOutline,
    Member,
    Membership,
    Network,
    Partner,
    PartnerRole,
    Region,
    Role,
    Sector,
    SectorGroup,
    Settlement,
    Topic,
)
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated


@dataclass
class Load:
    """The result of a load: the centre and how many rows were created, updated, unchanged or kept."""

    centre: Centre
    counts: Counter[str] = field(default_factory=Counter)


def load(*, file: CentreFile, by: Actor) -> Load:
    """Centre, partners, topics, dated roles, members, networks, sectors and districts as `file` says.

    Raises DomainError("another_centre") when this installation already is a different one.
    """
    with transaction.atomic():
        present = Centre.objects.select_for_update().first()
        if present and present.slug != file.slug:
            raise DomainError("another_centre", f"This installation is the centre {present.slug!r}, not {file.slug!r}.")
        result = Load(_centre(file, present, by))
        _lists(file, result, by)
        _partners(file, result, by)
        _members(file, result, by)
        if result.counts[Outcome.CREATED] or result.counts[Outcome.UPDATED]:
            audit.record(Event.CENTRE_LOADED, by=by, subject=result.centre)
    return result


def _centre(file: CentreFile, present: Centre | None, by: Actor) -> Centre:
    row, settings = file.catalogue["centre"], file.settings
    values = {
        "name": text(row, "name"),
        "claim": text(row, "claim"),
        "about": text(row, "about"),
        "eligibility": text(row, "eligibility"),
        "region": row["region"],
        "land": settings["land"],
        "time_zone": settings.get("time_zone", "Europe/Berlin"),
        "seat": row["seat"],
        "email": row["email"],
        "phone": row["phone"],
        "office_hours": row.get("office_hours", []),
        "answer_within_working_days": row.get("response_time_working_days", 2),
        "max_employees": settings.get("max_employees"),
        "texts": plain(settings["texts"])
        | ({"funder_logo": logo} if (logo := file.funder_logo) else {})
        | ({"clarifying": file.clarifying} if file.clarifying else {}),
        "look": plain(settings.get("look", {})),
        "emergency": plain(settings["emergency"]),
    }
    first = {"loaded_on": present.loaded_on if present else clock.today()}
    centre, _ = put(by=by, model=Centre, key={"slug": file.slug}, values=values, name="centre", first=first)
    if centre is None:
        raise DomainError("centre_removed", "The centre's own row was removed from the database.")
    _answers(file, centre, by)
    _invitations(file, centre, by)
    _closed_days(file, centre, by)
    return centre


def _answers(file: CentreFile, centre: Centre, by: Actor) -> None:
    """When first answers are reminded of. Apart from the centre's other values, which were loaded before it was."""
    said = file.settings.get("answers", {})
    wanted = [said.get("remind_before", 1), said.get("escalate_after", 1)]
    held = [centre.remind_working_days_before, centre.escalate_working_days_after]
    kind, before = Centre._meta.label_lower, known(Centre._meta.label_lower, "answers")
    if before not in {None, fingerprint(held)}:
        return  # somebody changed them since
    if held != wanted:
        centre.remind_working_days_before, centre.escalate_working_days_after = wanted
        centre.save(update_fields=["remind_working_days_before", "escalate_working_days_after"])
    if before != fingerprint(wanted):
        remember(kind=kind, key="answers", content_hash=fingerprint(wanted), by=by)


def _invitations(file: CentreFile, centre: Centre, by: Actor) -> None:
    """How often somebody may be invited. Apart from the centre's other values, which were loaded before it was."""
    wanted = file.settings.get("invitations", {}).get("most_per_month", 2)
    kind, before = Centre._meta.label_lower, known(Centre._meta.label_lower, "invitations")
    if before not in {None, fingerprint(centre.most_invitations_per_month)}:
        return  # somebody changed it since
    if centre.most_invitations_per_month != wanted:
        centre.most_invitations_per_month = wanted
        centre.save(update_fields=["most_invitations_per_month"])
    if before != fingerprint(wanted):
        remember(kind=kind, key="invitations", content_hash=fingerprint(wanted), by=by)


def _closed_days(file: CentreFile, centre: Centre, by: Actor) -> None:
    """When nobody is there. Apart from the centre's other values, which were loaded before it was."""
    wanted = plain(file.settings.get("holidays", {}).get("closed", []))
    kind, before = Centre._meta.label_lower, known(Centre._meta.label_lower, "closed_days")
    if before not in {None, fingerprint(centre.closed_days)}:
        return  # somebody changed it since
    if centre.closed_days != wanted:
        centre.closed_days = wanted
        centre.save(update_fields=["closed_days"])
    if before != fingerprint(wanted):
        remember(kind=kind, key="closed_days", content_hash=fingerprint(wanted), by=by)


def _lists(file: CentreFile, result: Load, by: Actor) -> None:
    for row in file.catalogue.get("sectors", []):
        _, outcome = put(
            by=by, model=Sector, key={"key": row["key"]}, values={"label": text(row, "label")}, name=row["key"]
        )
        result.counts[outcome] += 1
    for key, group in file.settings.get("sector_groups", {}).items():
        values = {
            "label": Translated(group["label"]),
            "note": Translated(group.get("note", {})),
            "sectors": list(group["sectors"]),
        }
        _, outcome = put(by=by, model=SectorGroup, key={"key": key}, values=values, name=key)
        result.counts[outcome] += 1
    for row in file.catalogue.get("districts", []):
        values = {"key": row["key"], "name": row["label"], "plate": row.get("plate") or ""}
        _, outcome = put(by=by, model=District, key={"ags": row["ags"]}, values=values, name=row["ags"])
        result.counts[outcome] += 1
    _outlines(file, result, by)
    _places(file, result, by)
    for row in file.catalogue.get("networks", []):
        values = {name: text(row, name) for name in ("name", "scope", "summary", "refer_when")}
        if row.get("email"):
            values["email"] = row["email"]
        _, outcome = put(by=by, model=Network, key={"slug": row["slug"]}, values=values, name=row["slug"])
        result.counts[outcome] += 1


def _outlines(file: CentreFile, result: Load, by: Actor) -> None:
    """Where the districts lie, for a centre whose file names a map."""
    if file.districts_map is None:
        return
    ags = [row["ags"] for row in file.catalogue.get("districts", [])]
    drawn = outlines.read(file.districts_map, ags)
    if drawn is None:
        return
    for outline in drawn.outlines:
        values = {name: getattr(outline, name) for name in ("path", "x", "y", "latitude", "longitude")}
        values |= {"width": drawn.width, "height": drawn.height}
        _, outcome = put(
            by=by, model=DistrictOutline, key={"district_id": outline.ags}, values=values, name=outline.ags
        )
        result.counts[outcome] += 1


def _places(file: CentreFile, result: Load, by: Actor) -> None:
    """The places and regions that visitors may name: all as the files say, since nobody changes one by hand."""
    places, regions = file.places, file.regions
    content = fingerprint([*map(astuple, places), *([regions] if regions else ())])
    before = known(PLACES, "all")
    if content == before or not (places or before):
        return
    present = set(District.objects.values_list("ags", flat=True))
    Settlement.objects.all().delete()
    Settlement.objects.bulk_create(
        Settlement(
            name=place.name,
            district_id=place.district if place.district in present else None,
            area=place.area,
            latitude=place.latitude,
            longitude=place.longitude,
            population=place.population,
            postcodes=list(place.postcodes),
        )
        for place in places
    )
    Region.objects.all().delete()
    Region.objects.bulk_create(Region(name=name, districts=list(ags)) for name, ags in regions.items())
    remember(kind=PLACES, key="all", content_hash=content, by=by)
    result.counts[Outcome.UPDATED if before else Outcome.CREATED] += len(places)


def _partners(file: CentreFile, result: Load, by: Actor) -> None:
    catalogue, since = file.catalogue, file.settings["consortium"]["valid_from"]
    for row in catalogue["partners"]:
        values = {
            "slug": row["slug"],
            "name": text(row, "name"),
            "short_name": row["short_name"],
            "profile": text(row, "profile"),
            "city": row["city"],
            "email": row.get("email") or "",
            "phone": row.get("phone") or "",
        }
        _, outcome = put(by=by, model=Partner, key={"key": row["key"]}, values=values, name=row["key"])
        result.counts[outcome] += 1
    for position, row in enumerate(catalogue["topics"]):
        values = {
            "slug": row["slug"],
            "title": text(row, "title"),
            "summary": text(row, "summary"),
            "position": position,
        }
        _, outcome = put(by=by, model=Topic, key={"key": row["key"]}, values=values, name=row["key"])
        result.counts[outcome] += 1
    roles = [
        {"partner": row["key"], "kind": PartnerRole.Kind.LEAD} for row in catalogue["partners"] if row.get("is_lead")
    ]
    roles += [
        {"partner": row["partner"], "kind": PartnerRole.Kind.TOPIC, "topic": row["key"]} for row in catalogue["topics"]
    ]
    roles += file.settings["consortium"].get("roles", [])
    for role in roles:
        key = {
            "partner": Partner.objects.get(key=role["partner"]),
            "kind": str(role["kind"]),
            "topic": Topic.objects.get(key=role["topic"]) if role.get("topic") else None,
            "valid_from": role.get("valid_from", since),
        }
        name = f"{role['partner']}/{role['kind']}/{role.get('topic', '')}/{key['valid_from']}"
        _, outcome = put(
            by=by, model=PartnerRole, key=_lookup(key), values={"valid_to": role.get("valid_to")}, name=name, first=key
        )
        result.counts[outcome] += 1


def _lookup(key: dict[str, Any]) -> dict[str, Any]:
    """`key` for a search: None has to be asked for by name."""
    return {
        (f"{name}__isnull" if value is None else name): (True if value is None else value)
        for name, value in key.items()
    }


def _members(file: CentreFile, result: Load, by: Actor) -> None:
    consortium = file.settings["consortium"]
    topics = {topic.key: topic for topic in Topic.objects.all()}
    partners = {partner.key: partner for partner in Partner.objects.all()}
    for row in file.catalogue["contacts"]:
        values = {
            "name": row["name"],
            "position": text(row, "role"),
            "email": row.get("email") or "",
            "phone": row.get("phone") or "",
            "languages": row.get("languages", ["de"]),
            "expertise": translated(", ".join(row["expertise"])) if row.get("expertise") else Translated(),
        }
        member, outcome = put(
            by=by,
            model=Member,
            key={"slug": row["slug"]},
            values=values,
            name=row["slug"],
            first={"staff_number": uuid.uuid4()},
            many={"topics": [topics[key] for key in row["topics"] if key in topics]},
        )
        result.counts[outcome] += 1
        roles = [Role.ADVISER, *consortium.get("members", {}).get(row["slug"], {}).get("roles", [])]
        for role in dict.fromkeys(map(str, roles)) if member and row["partner"] in partners else ():
            key = {
                "member": member,
                "partner": partners[row["partner"]],
                "role": role,
                "valid_from": consortium["valid_from"],
            }
            _, outcome = put(
                by=by,
                model=Membership,
                key=key,
                values={"valid_to": None},
                name=f"{row['slug']}/{row['partner']}/{role}/{key['valid_from']}",
            )
            result.counts[outcome] += 1
