"""What one row of a list of past contacts makes: its firm, its step, and the row itself."""

import json
from collections.abc import Callable
from decimal import Decimal

from wegweiser.companies.actions import companies, facts
from wegweiser.companies.models import Company
from wegweiser.journey.actions import steps
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import Meant
from wegweiser.journey.history.rows import Contact
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel.actor import Actor

GrantOn = Callable[..., str]  # the slug of the grant of a day: grants live upstairs


def founded(*, contact: Contact, is_another: bool = False, by: Actor) -> Company:
    firm = contact.firm
    assert firm is not None  # noqa: S101 (the caller has looked)
    return companies.find_or_create(
        name=firm.name,
        street=firm.street,
        postcode=firm.postcode,
        place=firm.place,
        email=next(iter(firm.emails), ""),
        phone=next(iter(firm.phones), ""),
        website=firm.website,
        is_another=is_another,
        by=by,
    )


def write(*, meant: Meant, source: ContactList, recorded: dict[int, Step], grant_on: GrantOn, by: Actor) -> None:
    contact = meant.contact
    if not meant.held:
        recorded[contact.row] = step(meant=meant, grant_on=grant_on, by=by)
    ContactRow.objects.create(
        source=source,
        row=contact.row,
        fingerprint=contact.fingerprint,
        company=meant.company if contact.wish or not meant.held else None,  # whom a wish silenced: see `settle`
        said=json.dumps(dict(contact.raw), ensure_ascii=False) if meant.held else "",
        held=meant.held,
        is_founder=meant.is_new and not meant.held,
    )


def step(*, meant: Meant, grant_on: GrantOn, by: Actor) -> Step:
    contact = meant.contact
    assert meant.partner and meant.topic and contact.day  # noqa: S101, PT018 (the caller has looked)
    measures: dict[str, float] = {}
    if contact.hours:
        measures["minutes"] = round(contact.hours * 60)  # hundredths of hours: 0.33 are twenty
    if contact.heads:
        measures["participants"] = contact.heads
    if meant.company is not None:
        facts.reach_back(company=meant.company, day=contact.day, by=by)
    return steps.record(
        day=contact.day,
        source=steps.Source(lists.SOURCE, contact.source, lists.ROLE),
        occasion=steps.Occasion(contact.occasion, contact.occasion_uuid),
        format=contact.format,
        topic=meant.topic,
        partner=meant.partner,
        company=meant.company,
        contacts_without_firm=lists.without_firm(meant),
        grant=grant_on(contact.day),
        measures=measures,
        contributions=[steps.Hours(meant.partner, Decimal(contact.hours), None)] if contact.hours else [],
        by=by,
    )
