"""Publishing and withdrawing. Every duty calls these inside its own action."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from wegweiser.catalogue import queries
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.models import HERE, Change, Entry, EntryTopic, EntryVector, FormerSlug, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Member
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated


def publish(*, offer: Offer, by: Actor) -> Entry:
    """Make the catalogue show `offer`: a new entry, a change of a known one, or nothing where nothing changed.

    A withdrawn entry comes back.
    """
    content_hash = offer.content_hash()
    with transaction.atomic():
        change = _lock()
        entry = Entry.objects.filter(origin=offer.origin, kind=offer.kind, slug=offer.slug).first()
        if entry and entry.content_hash == content_hash and entry.withdrawn_at is None:
            return entry
        entry = entry or Entry()
        columns = offer.columns()
        changed = [name for name, value in columns.items() if getattr(entry, name) != value]
        for name, value in columns.items():
            setattr(entry, name, value)
        entry.content_hash = content_hash
        entry.withdrawn_at = None
        entry.changed = _next(change)
        entry.save()
        _set_relations(entry, offer)
        audit.record(Event.ENTRY_PUBLISHED, by=by, subject=entry, changed=changed)
    return entry


def withdraw(*, kind: str, slug: str, origin: str = HERE, by: Actor) -> Entry | None:
    """Take an entry out of every list; its row stays as a tombstone for those who follow the changes."""
    with transaction.atomic():
        change = _lock()
        entry = Entry.objects.filter(origin=origin, kind=kind, slug=slug).first()
        if entry is None or entry.withdrawn_at is not None:
            return entry
        entry.withdrawn_at = clock.now()
        entry.changed = _next(change)
        entry.save(update_fields=["withdrawn_at", "changed"])
        audit.record(Event.ENTRY_WITHDRAWN, by=by, subject=entry)
    return entry


def say_availability(*, entry: Entry, availability: str, by: Actor) -> Entry:
    """Let a published entry say whether there are places. What its duty counts is no edit: the fingerprint stays."""
    with transaction.atomic(savepoint=False):
        number = _number()
        other = Entry.objects.filter(pk=entry.pk).exclude(availability=availability)
        if other.update(availability=availability, changed=number):
            entry.changed = number
            audit.record(Event.ENTRY_PUBLISHED, by=by, subject=entry, changed=["availability"])
        entry.availability = availability
    return entry


def say_facts(*, entry: Entry, facts: Mapping[str, Any], by: Actor) -> Entry:
    """Let a published entry say what its duty knows better than its editors, by the names of columns. It is no edit
    either: the fingerprint stays."""
    changed = {name: value for name, value in facts.items() if getattr(entry, name) != value}
    if not changed:
        return entry
    with transaction.atomic():
        number = _number()
        Entry.objects.filter(pk=entry.pk).update(**changed, changed=number)
        for name, value in changed.items():
            setattr(entry, name, value)
        entry.changed = number
        audit.record(Event.ENTRY_PUBLISHED, by=by, subject=entry, changed=sorted(changed))
    return entry


def forget_member(*, member: Member, by: Actor) -> int:
    """Erase the page of a member as a contact person, and name them on no other entry. Gives how many changed."""
    with transaction.atomic():
        change = _lock()
        entries = list(Entry.objects.filter(queries.naming(member)))
        for entry in entries:
            entry.contact = None
            entry.changed = _next(change)
            if entry.kind == Kind.CONTACT:
                entry.slug = f"contact-{entry.uuid.hex}"
                for name in ("title", "summary", "text", "everyday_words"):
                    setattr(entry, name, Translated())
                entry.image, entry.details, entry.content_hash = "", {}, ""
                entry.withdrawn_at = entry.withdrawn_at or clock.now()
                EntryVector.objects.filter(entry=entry).delete()
                entry.former_slugs.all().delete()
            entry.save()
            audit.record(Event.ENTRY_FORGOT_MEMBER, by=by, subject=entry, changed=["contact"])
    return len(entries)


def rename(*, entry: Entry, slug: str, by: Actor) -> Entry:
    """Give an entry another address; the old one leads to it from now on."""
    with transaction.atomic():
        change = _lock()
        entry = Entry.objects.get(pk=entry.pk)
        if entry.slug == slug:
            return entry
        others = Entry.objects.filter(origin=entry.origin, kind=entry.kind, slug=slug)
        if others.exists() or FormerSlug.objects.filter(kind=entry.kind, slug=slug).exclude(entry=entry).exists():
            raise DomainError("slug_taken", field="slug")
        entry.former_slugs.filter(slug=slug).delete()
        entry.former_slugs.get_or_create(kind=entry.kind, slug=entry.slug)
        entry.slug, entry.changed = slug, _next(change)
        entry.save(update_fields=["slug", "changed"])
        audit.record(Event.ENTRY_RENAMED, by=by, subject=entry, changed=["slug"])
    return entry


def hold(*, by: Actor) -> None:
    """Wait for the catalogue's lock before reading what one is about to change; held until the transaction ends."""
    _lock()


def _lock() -> Change:
    """The one row that hands out numbers; held until the transaction ends, so numbers become visible in order."""
    Change.objects.get_or_create(pk=1)
    return Change.objects.select_for_update().get(pk=1)


def _number() -> int:
    """Lock that row and take the next number, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_change SET last = last + 1 WHERE id = 1 RETURNING last")
        found = cursor.fetchone()
    return int(found[0]) if found else _next(_lock())


def _next(change: Change) -> int:
    change.last += 1
    change.save(update_fields=["last"])
    return change.last


def _set_relations(entry: Entry, offer: Offer) -> None:
    entry.topic_rows.all().delete()
    EntryTopic.objects.bulk_create(
        EntryTopic(entry=entry, topic=topic, position=position) for position, topic in enumerate(offer.topics)
    )
    entry.supporting_partners.set(offer.supporting_partners)
    entry.sectors.set(offer.sectors)
