"""What people say who need an offer, as its editors write it down: the matching reads it from the next question on."""

import uuid as ids
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import anonymous
from wegweiser.catalogue.events import Event
from wegweiser.catalogue.models import Entry, Example
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

KIND = Entry._meta.label_lower
MOST = 40  # of one offer


def write(*, entry: Entry, text: str, by: Actor) -> Example:
    """A question that leads to `entry` from now on; the same one twice is there once.

    Raises DomainError: example_short, text_too_long, example_personal, too_many_questions.
    """
    text = anonymous.kept(text)
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=entry.pk)
        held = Example.objects.filter(entry=entry)
        if found := held.filter(text=text).first():
            return found
        if held.count() >= MOST:
            raise DomainError("too_many_questions", field="text")
        written = _keep(entry, text, ids.uuid4())
        audit.record(Event.SAMPLE_QUESTION_WRITTEN, by=by, subject=written, references={"entry": entry.uuid})
    return written


def change(*, question: Example, text: str, by: Actor) -> Example:
    """The question in other words. It becomes a new row with the old id: that is how an index notices."""
    text = anonymous.kept(text)
    with transaction.atomic():
        held = Example.objects.select_for_update().filter(pk=question.pk).first()
        if held is None or held.entry is None:
            raise DomainError("changed_meanwhile", field="text")
        if held.text == text:
            return held
        held.delete()
        written = _keep(held.entry, text, question.uuid)
        references = {"entry": held.entry.uuid}
        audit.record(Event.SAMPLE_QUESTION_CHANGED, by=by, subject=written, changed=["text"], references=references)
    return written


def remove(*, question: Example, by: Actor) -> None:
    """The question counts no more. Nothing happens where somebody was faster."""
    with transaction.atomic():
        held = Example.objects.select_for_update().filter(pk=question.pk).first()
        if held is None or held.entry is None:
            return
        audit.record(Event.SAMPLE_QUESTION_REMOVED, by=by, subject=held, references={"entry": held.entry.uuid})
        held.delete()


def _keep(entry: Entry, text: str, uuid: UUID) -> Example:
    return Example.objects.create(
        uuid=uuid,
        text=text,
        offers=[str(entry.uuid)],
        entry=entry,
        partner=entry.partner,
        source_kind=KIND,
        source_uuid=uuid,
    )
