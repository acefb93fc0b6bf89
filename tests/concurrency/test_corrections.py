"""Two who put the same thing right at once have one effect."""

import contextlib
import threading

import pytest

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.journey import queries
from wegweiser.journey.actions import corrections, steps
from wegweiser.journey.models import Reversal, Step
from wegweiser.kernel.errors import DomainError

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    barrier = threading.Barrier(2)
    look = steps._is_reversed

    def slow(step):
        found = look(step)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(steps, "_is_reversed", slow)


def test_two_who_move_one_step_to_two_firms_move_it_once(at_once, both_look_before_one_writes):
    wrong, one, other = (builders.company(name) for name in ("Falsch", "Eins", "Zwei"))
    step = builders.step(wrong)
    moves = [lambda to=to: corrections.move(step=step, company=to, reason="verwechselt", by=BY) for to in (one, other)]
    results = at_once(*moves)
    refused = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in refused] == ["reversed_already"]
    assert (Step.objects.count(), Reversal.objects.count()) == (3, 1)
    assert queries.timeline(one).count() + queries.timeline(other).count() == 1
