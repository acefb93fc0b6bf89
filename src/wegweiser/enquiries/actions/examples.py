"""A case whose answer is confirmed becomes an example for the matching, without who asked."""

from collections.abc import Sequence

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
    """What was just done with the case (given to another partner, offers sent or named) teaches at once.

    Nobody has to press anything, and nobody has read the text: it is kept without what is known to lead to a person,
    and shown only where the case may be read. None where there is nothing to learn, where somebody has taught this case
    by hand, or has taken it back.
    """
    with transaction.atomic():
        held = teaching.example(case)
        if not teaching.holds_a_question(case) or (held and held.read) or teaching.was_taken_back(case):
            return held
        topic = teaching.topic_of(case)
        found = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in=teaching.attached(case))}
        offers = [found[uuid] for uuid in teaching.attached(case) if uuid in found][: examples.MOST_OFFERS]
        if topic is None:
            return None
        try:
            text = anonymous.kept(teaching.proposal(case), names=teaching.names(case))
        except DomainError:
            return None
        return examples.learn(
            text=text, topics=[topic], offers=offers, source=case, partner=case.partner, read=False, by=by
        )


def unlearn(*, case: Case, by: Actor) -> None:
    """Take back what this case taught."""
    with transaction.atomic():
        if example := teaching.example(case):
            examples.unlearn(example=example, by=by)
