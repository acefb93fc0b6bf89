"""The same card taken by two at once is one enquiry. Without the lock it becomes two."""

import contextlib
import threading
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection

from tests import contact_point
from tests.contact_point import BY
from wegweiser.crossings import fairs
from wegweiser.enquiries import fairs as reads
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Card, Case
from wegweiser.journey.models import Step
from wegweiser.kernel import clock

LONG_ENOUGH = 1.0  # seconds the one who holds the lock waits for somebody else to look


@pytest.fixture
def takes(contended, settings):
    """The same card twice, and what takes each of them."""
    settings.ROOT_URLCONF = "tests.crossings.urls"
    world = contact_point.world()
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair, _ = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)
    said = {"name": "Jana Ölmann", "firm": "Fräserei Ölmann", "contact": "jana@fraese.example"}
    noted = [cards.note(fair=fair, submission=uuid.uuid4(), **said, by=BY)[0] for _ in range(2)]
    return [lambda pk=card.pk: fairs.take(card=Card.objects.get(pk=pk), member=world.anna, by=BY) for card in noted]


@pytest.fixture
def both_look_before_one_writes(monkeypatch):
    """Who has looked waits for the other to look too; with a lock the other cannot come."""
    barrier, look = threading.Barrier(2), reads.repeated

    def slow(card):
        found = look(card)
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(LONG_ENOUGH)
        return found

    monkeypatch.setattr(reads, "repeated", slow)


@pytest.fixture
def without_lock(monkeypatch):
    """Take the protocol apart: on PostgreSQL the lock, on SQLite the immediate transaction that stands for it."""
    monkeypatch.setattr(cards, "lock_fair", lambda fair: None)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(fairs, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))


def test_without_the_lock_one_card_becomes_two_enquiries(takes, at_once, both_look_before_one_writes, without_lock):
    at_once(*takes)
    assert Case.objects.count() == 2


def test_with_the_lock_it_is_one_enquiry_with_one_step(takes, at_once, both_look_before_one_writes):
    one, other = at_once(*takes)
    assert one == other
    assert (Case.objects.count(), Step.objects.count()) == (1, 1)
    assert sorted(Card.objects.values_list("end", flat=True)) == ["", "again"]
