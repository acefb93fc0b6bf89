"""Who is named as the contact of an offer, and who is named no more."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.db import transaction

from wegweiser.catalogue import queries
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.models import Draft, Entry, Published
from wegweiser.catalogue.offers import RELATIONS, Offer
from wegweiser.consortium.models import Member
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def replace(*, entry: Entry, contact: Member, by: Actor) -> Entry:
    """The same offer with another contact, published as a change. Its draft follows where it named the same one."""
    with transaction.atomic():
        before = entry.contact
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
        if before:
            for draft in Draft.objects.filter(queries.drafted_for(before), entry=entry):
                _name(draft, contact)
        return published


def inherit_drafts(*, drafts: Iterable[Draft], heir: Member, by: Actor) -> int:
    """`heir` is named in what is not published yet, and may go on with it; returns how many."""
    with transaction.atomic():
        entries.hold(by=by)
        rows = list(Draft.objects.filter(pk__in=[draft.pk for draft in drafts]))
        for draft in rows:
            _name(draft, heir)
            audit.record(Event.DRAFT_INHERITED, by=by, subject=draft, changed=["contact"])
    return len(rows)


def _name(draft: Draft, contact: Member) -> None:
    draft.content, draft.contact = {**draft.content, "contact": contact.slug}, contact
    draft.version += 1
    draft.save(update_fields=["content", "contact", "version"])


def forget(*, member: Member, by: Actor) -> None:
    """Erase the page about `member`, and name them nowhere: on no offer, in no draft, in nothing published before."""
    with transaction.atomic():
        entries.hold(by=by)
        entries.forget_member(member=member, by=by)
        for draft in Draft.objects.filter(queries.drafted_for(member)):
            if draft.content.get("contact") == member.slug:
                draft.content = {**draft.content, "contact": ""}
            draft.contact = None
            draft.version += 1
            draft.save(update_fields=["content", "contact", "version"])
            audit.record(Event.DRAFT_FORGOT_MEMBER, by=by, subject=draft, changed=["contact"])
        for row in Published.objects.filter(content__contact=member.slug):
            row.content = {**row.content, "contact": ""}
            row.save(update_fields=["content"])
