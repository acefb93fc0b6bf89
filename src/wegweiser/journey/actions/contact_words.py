"""What lists of past contacts mean by a word, or leave unsaid, is remembered."""

from django.db import transaction

from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey.events import Event
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactList, ContactRow, ContactWord
from wegweiser.kernel import audit, locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.sorting import sort_key

WORD = 200  # characters that are remembered


def answer(*, row: ContactRow, partner: Partner | None = None, topic: Topic | None = None, by: Actor) -> None:
    """What somebody said of a held row holds for its words in all lists of past contacts, unless they name one by
    themselves; where it has no word, for the other rows of its list that have none."""
    contact = lists.said_by(row)
    told = (("partner", contact.partner, partner), ("topic", contact.topic, topic)) if contact else ()
    with transaction.atomic():
        source = ContactList.objects.select_for_update(of=("self",)).defer("content").get(pk=row.source_id)
        for kind, word, means in told:
            if means is not None and (key := sort_key(word)[:WORD]):
                _remember("", key, kind, means, by)
            elif means is not None:
                setattr(source, kind, means)
                source.save(update_fields=[kind])


def remember_unsaid(*, headers_key: str, partner: Partner | None, topic: Topic | None, by: Actor) -> None:
    """Whose work it was and what it was about, in lists with these headers where a row does not say; None: nothing."""
    if headers_key:
        with_both: tuple[tuple[str, Partner | Topic | None], ...] = (("partner", partner), ("topic", topic))
        with transaction.atomic():
            for kind, means in with_both:
                _remember(headers_key, "", kind, means, by)


def _remember(headers_key: str, word: str, kind: str, means: Partner | Topic | None, by: Actor) -> None:
    other = {"partner": "topic", "topic": "partner"}[kind]
    locks.hold("contact words")
    row = ContactWord.objects.filter(headers_key=headers_key, word=word, **{other: None}).first()
    if means is None:
        if row is not None:
            audit.record(Event.WORD_NAMED, by=by, subject=row, changed=[kind])
            row.delete()
    elif row is None:
        row = ContactWord.objects.create(headers_key=headers_key, word=word, by=str(by), **{kind: means})
        audit.record(Event.WORD_NAMED, by=by, subject=row, changed=[kind])
    elif getattr(row, f"{kind}_id") != means.pk:
        setattr(row, kind, means)
        row.by = str(by)
        row.save(update_fields=[kind, "by"])
        audit.record(Event.WORD_NAMED, by=by, subject=row, changed=[kind])
