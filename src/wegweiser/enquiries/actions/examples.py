"""A case whose answer is confirmed becomes an example for the matching, without who asked."""

from collections.abc import Sequence

from django.db import transaction

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


def unlearn(*, case: Case, by: Actor) -> None:
    """Take back what this case taught."""
    with transaction.atomic():
        if example := teaching.example(case):
            examples.unlearn(example=example, by=by)
