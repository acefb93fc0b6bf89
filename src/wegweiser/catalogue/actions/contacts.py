"""Contact persons: the entry by which they are found, who is named as the contact of an offer, and who no more."""

import dataclasses
from collections.abc import Iterable

from django.db import transaction

from wegweiser.catalogue import queries
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.models import HERE, Draft, Entry, Kind, Published
from wegweiser.catalogue.offers import of_entry, of_person
from wegweiser.consortium.models import Member, Partner
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def show(*, member: Member, partner: Partner | None, by: Actor) -> Entry:
    """`member` can be found as a contact person of `partner`, as they are now; nothing where nothing changed."""
    with transaction.atomic():
        entry = Entry.objects.filter(origin=HERE, kind=Kind.CONTACT, slug=member.slug).first()
        told = of_entry(entry) if entry else None
        return entries.publish(offer=of_person(member, partner=partner, told=told), by=by)


def hide(*, member: Member, by: Actor) -> None:
    """`member` is no contact person any more."""
    entries.withdraw(kind=Kind.CONTACT, slug=member.slug, by=by)


def replace(*, entry: Entry, contact: Member, by: Actor) -> Entry:
    """The same offer with another contact, published as a change. Its draft follows where it named the same one."""
    with transaction.atomic():
        before = entry.contact
        published = entries.publish(offer=dataclasses.replace(of_entry(entry), contact=contact), by=by)
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
