"""A case whose answer is confirmed becomes an example for the matching, without who asked."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import anonymous
from wegweiser.catalogue.actions import examples
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.models import Topic
from wegweiser.enquiries import teaching
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def learn(*, case: Case, text: str, topic: Topic, offers: Sequence[Entry] = (), by: Actor) -> Example:
    """Questions like this one lead to `topic` and `offers` from now on; the case itself is put right with it.

    Raises DomainError("example_not_yet") before the case was answered or closed.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if not teaching.can_teach(case):
            raise DomainError("example_not_yet", "It was not answered yet, or holds no question for us.")
        cases.link(case=case, topic=topic, by=by)
        return examples.learn(
            text=text,
            topics=[topic],
            offers=offers,
            source=case,
            partner=case.partner,
            names=teaching.names(case),
            by=by,
        )


def notice(*, case: Case, by: Actor) -> Example | None:
    """What was just done with the case (given away, its topic said, offers sent or named) teaches at once.

    Nobody has to press anything, and nobody has read the text: it is kept without what is known to lead to a person,
    and shown only where the case may be read. None where there is nothing to learn; then nothing of before is left
    either. What somebody taught by hand keeps its words and offers and follows the topic, also where it names
    somebody by now (`teaching.names_somebody`); what somebody took back stays so.
    """
    with transaction.atomic():
        held, topic = teaching.example(case), teaching.topic_of(case)
        if not teaching.is_asked(case) or teaching.was_taken_back(case):
            return held
        names: Sequence[str] = teaching.names(case)
        if held and held.read:
            if topic is None or held.topics == [topic.slug]:
                return held
            # Which names were known was asked when it was taught: one that came since is for people to judge.
            text, offers, names = held.text, _entries([UUID(uuid) for uuid in held.offers]), ()
            if not _may_be_kept(text, names):
                return held
        else:
            text, offers = teaching.proposal(case), _entries(teaching.attached(case))
        if (topic is None and not offers) or not _may_be_kept(text, names):
            examples.forget(kind=case._meta.label_lower, source=case.uuid, by=by)
            return None
        return examples.learn(
            text=text,
            topics=[topic] if topic else [],
            offers=offers,
            source=case,
            partner=case.partner,
            names=names,
            read=bool(held and held.read),
            by=by,
        )


def unlearn(*, case: Case, by: Actor) -> None:
    """Take back what this case taught."""
    with transaction.atomic():
        if example := teaching.example(case):
            examples.unlearn(example=example, by=by)


def _entries(uuids: Sequence[UUID]) -> list[Entry]:
    """Those that are still there, in the same order; no more than an example holds."""
    found = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in=uuids)}
    return [found[uuid] for uuid in uuids if uuid in found][: examples.MOST_OFFERS]


def _may_be_kept(text: str, names: Sequence[str]) -> bool:
    try:
        anonymous.kept(text, names=names)
    except DomainError:
        return False
    return True
