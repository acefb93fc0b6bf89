"""Two copy the same event at once: each copy has an address of its own."""

import uuid

from tests.concurrency.meeting import Meeting, on_monday
from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.catalogue.models import Draft
from wegweiser.events.actions import copies
from wegweiser.events.actions.copies import When
from wegweiser.kernel import clock


def test_both_copies_find_an_address(contended, at_once, monkeypatch):
    with clock.stopped_at(MONDAY):
        held = world.held()
    meeting = Meeting()
    monkeypatch.setattr(copies.drafts, "create", meeting.before(copies.drafts.create))
    given = {"source": held.draft.uuid, "when": When(starts_at=world.STARTS), "by": BY}
    both = [on_monday(lambda: copies.make(submission=uuid.uuid4(), **given)) for _number in range(2)]
    assert at_once(*both) == [None, None]
    assert Draft.objects.values("slug").distinct().count() == 3
