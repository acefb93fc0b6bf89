"""Who is named as the contact of an offer."""

from dataclasses import fields
from typing import Any

from django.db import transaction

from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Draft, Entry
from wegweiser.catalogue.offers import RELATIONS, Offer
from wegweiser.consortium.models import Member
from wegweiser.kernel.actor import Actor


def replace(*, entry: Entry, contact: Member, by: Actor) -> Entry:
    """The same offer with another contact, published as a change."""
    with transaction.atomic():
        columns: dict[str, Any] = {
            item.name: getattr(entry, item.name) for item in fields(Offer) if item.name not in RELATIONS
        }
        columns |= {"contact": contact, "languages": tuple(entry.languages)}
        relations: dict[str, Any] = {
            "topics": tuple(row.topic for row in entry.topic_rows.select_related("topic")),
            "supporting_partners": tuple(entry.supporting_partners.all()),
            "sectors": tuple(entry.sectors.all()),
        }
        published = entries.publish(offer=Offer(**columns, **relations), by=by)
        for draft in Draft.objects.filter(entry=entry):  # what somebody is writing names the heir too
            draft.content, draft.contact = {**draft.content, "contact": contact.slug}, contact
            draft.version += 1
            draft.save(update_fields=["content", "contact", "version"])
        return published
