"""Examples of routed cases, from which the matching learns; each is erased with its source."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import anonymous
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.models import Partner, Topic
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.records import Record

MOST_OFFERS = 5


def learn(
    *,
    text: str,
    topics: Sequence[Topic],
    offers: Sequence[Entry] = (),
    source: Record,
    partner: Partner | None = None,
    names: Collection[str] = (),
    read: bool = True,
    by: Actor,
) -> Example:
    """The next question like `text` leads to these topics, the main one first, and to these offers; to one of both.

    `names` are those who asked: a text that holds one, or anything with the form of an address or a number, is
    refused. A source teaches once: what it taught before is replaced. `read`: somebody has read the text.
    """
    text = anonymous.kept(text, names=names)
    if not topics and not offers:
        raise DomainError("topic_missing", field="topic")
    if len(offers) > MOST_OFFERS:
        raise DomainError("too_many_offers", field="offers")
    with transaction.atomic():
        forget(kind=source._meta.label_lower, source=source.uuid, by=by)
        example = Example.objects.create(
            text=text,
            topics=[topic.slug for topic in topics],
            offers=[str(entry.uuid) for entry in offers],
            source_kind=source._meta.label_lower,
            source_uuid=source.uuid,
            partner=partner,
            read=read,
        )
        audit.record(Event.EXAMPLE_LEARNT, by=by, subject=example, references={"source": source.uuid})
    return example


def unlearn(*, example: Example, by: Actor) -> None:
    """The matching forgets the example. Its source may teach again."""
    with transaction.atomic():
        found = Example.objects.select_for_update().filter(pk=example.pk).first()
        if found is None:
            return
        audit.record(Event.EXAMPLE_UNLEARNT, by=by, subject=found, references={"source": found.source_uuid})
        found.delete()


def forget(*, kind: str, source: UUID, by: Actor) -> int:
    """Erase what was learnt from one record. Gives how many examples went; the action it belongs to records it."""
    return Example.objects.filter(source_kind=kind, source_uuid=source).delete()[0]
