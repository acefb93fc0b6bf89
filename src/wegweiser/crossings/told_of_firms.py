"""What enquirers write of their own firm: offered to who works on the case, and the firm's own word where they take it.

Nothing is written down by itself: a number in a sentence may be of something else, and nobody has proven who asks.
"""

import datetime as dt
from dataclasses import dataclass, fields

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegweiser.companies import queries, written_firms
from wegweiser.companies.actions import companies, facts
from wegweiser.companies.importing.headcount import Headcount, size_class
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Company, Fact
from wegweiser.consortium import directory
from wegweiser.consortium.models import Member
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case, Enquirer, Visibility
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.sorting import sort_key

ADDRESS = ("street", "postcode", "place")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was written of a firm and is not known there. Everything may be empty."""

    name: str = ""  # without the address behind it
    people: int | None = None
    street: str = ""
    postcode: str = ""
    place: str = ""
    district: str = ""  # AGS

    def __bool__(self) -> bool:
        return self != Told()


FIELDS = tuple(field.name for field in fields(Told))


def missing(case: Case) -> Told:
    """What the case tells of its firm and nobody knows there yet; nothing that says otherwise than what is known."""
    written, people = written_firms.read(case.firm), written_firms.people(f"{case.firm}\n{case.text}")
    if case.company is None or case.enquirer != Enquirer.COMPANY or not (people or any(written.there.values())):
        return Told()
    firm = queries.root_of(case.company)
    if firm.is_cover_name or firm.restricted_at is not None:
        return Told()
    there = _address(firm, written)
    known = queries.facts_of([firm], [Fact.Kind.SIZE, Fact.Kind.DISTRICT], clock.today())[firm.pk]
    name = written_firms.read(firm.name).name if there or _is_there(firm, written) else ""
    return Told(
        name=name if name != firm.name else "",
        people=None if known.get(Fact.Kind.SIZE) else people,
        **there,
        district="" if known.get(Fact.Kind.DISTRICT) else _district(firm, there),
    )


def take(*, case: Case, member: Member, said: Told, by: Actor) -> Told:
    """`said` stands at the firm of the case from now on, as its own word on the day it asked; gives what of it was new.

    What somebody else entered meanwhile stays. A note in the case tells where it comes from. Raises what
    `companies.put_right` and `facts.declare` raise.
    """
    with transaction.atomic():
        case.refresh_from_db(fields=["company"])
        if case.company is not None:
            lock_firm(case.company)
            case.company.refresh_from_db()
        lacks = missing(case)
        new = Told(**{field: getattr(said, field) for field in FIELDS if getattr(lacks, field)})
        if case.company is None or not new:
            return Told()
        firm = queries.root_of(case.company)
        there = {field: getattr(new, field) or getattr(firm, field) for field in ("name", *ADDRESS)}
        companies.put_right(company=firm, **there, phone=firm.phone, by=by)
        chosen = {Fact.Kind.DISTRICT: new.district}
        details = {}
        if new.people:
            chosen[Fact.Kind.SIZE] = size_class(Headcount(new.people, new.people))
            details[Fact.Kind.SIZE] = {"employees_min": new.people, "employees_max": new.people}
        for kind, value in chosen.items():
            if value:
                facts.declare(
                    company=firm,
                    kind=kind,
                    value=value,
                    valid_from=_since(firm, kind, clock.local(case.recorded_at).date()),
                    origin=Fact.Origin.DECLARED,
                    details={**details.get(kind, {}), "case": str(case.uuid)},
                    by=by,
                )
        cases.note(case=case, member=member, text=_note(new), visibility=Visibility.ALL, by=by)
    return new


def _address(firm: Company, written: written_firms.Written) -> dict[str, str]:
    """What of the written address the firm lacks; nothing where the one it has is another."""
    there = {field: text for field, text in written.there.items() if text}
    has = {field: getattr(firm, field) for field in there if getattr(firm, field)}
    if any(sort_key(there[field]) != sort_key(text) for field, text in has.items()):
        return {}
    return {field: text for field, text in there.items() if field not in has}


def _is_there(firm: Company, written: written_firms.Written) -> bool:
    return any(text and sort_key(text) == sort_key(getattr(firm, field)) for field, text in written.there.items())


def _district(firm: Company, there: dict[str, str]) -> str:
    """The one district in which the address lies."""
    known = Known(name="", postcode=there.get("postcode", firm.postcode), place=there.get("place", firm.place))
    districts = whereabouts.located(known, directory.gazetteer).districts
    return districts[0] if len(districts) == 1 else ""


def _since(firm: Company, kind: str, day: dt.date) -> dt.date:
    """From the day it was said on; where somebody said since that nobody knows it, from then on."""
    known = queries.known(firm, kind, clock.today())
    return max(day, known.valid_from) if known else day


def _note(new: Told) -> str:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        people = ngettext("%(n)s Person", "%(n)s Personen", new.people) % {"n": new.people} if new.people else ""
        place = f"{new.postcode} {new.place}".strip()
        named = {row.ags: row.name for row in directory.districts()} if new.district else {}
        told = ", ".join(filter(None, [new.name, people, new.street, place, named.get(new.district, "")]))
        return _("Aus dem Anliegen beim Betrieb eingetragen: %(told)s.") % {"told": told}
