"""Publishing: the same again changes nothing, and `changed` only grows."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.services import migrated
from wegweiser.catalogue import matches, queries
from wegweiser.catalogue.actions import entries, vectors
from wegweiser.catalogue.models import Entry, EntryVector, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Topic
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
ROOT = Path(__file__).parents[2]


def offer(slug="a", title="Titel", **more):
    return Offer(kind=Kind.TOOL, slug=slug, title=translated(title), **more)


@pytest.fixture(autouse=True)
def _own_index():
    matches.forget()
    yield
    matches.forget()


@pytest.mark.django_db
def test_publishing_the_same_again_changes_nothing():
    first = entries.publish(offer=offer(), by=BY)
    second = entries.publish(offer=offer(), by=BY)
    assert (second.pk, second.changed) == (first.pk, first.changed)
    assert AuditEvent.objects.filter(subject_uuid=first.uuid).count() == 1


@pytest.mark.django_db
def test_a_change_gets_a_higher_number_and_keeps_the_entry():
    first = entries.publish(offer=offer(), by=BY)
    entries.publish(offer=offer("b"), by=BY)
    second = entries.publish(offer=offer(title="Neuer Titel"), by=BY)
    assert second.uuid == first.uuid
    assert second.changed == 3
    assert [row.slug for row in Entry.objects.filter(changed__gt=2)] == ["a"]


@pytest.mark.django_db
def test_topics_keep_their_order():
    topics = [Topic.objects.create(key=key, slug=key, title={"de": key}) for key in ("x", "y")]
    entry = entries.publish(offer=offer(topics=(topics[1], topics[0])), by=BY)
    assert [row.topic.key for row in entry.topic_rows.all()] == ["y", "x"]
    turned = entries.publish(offer=offer(topics=(topics[0], topics[1])), by=BY)
    assert [row.topic.key for row in turned.topic_rows.all()] == ["x", "y"]
    assert turned.changed > entry.changed


@pytest.mark.django_db
def test_a_withdrawn_entry_leaves_a_tombstone_and_may_come_back():
    entry = entries.publish(offer=offer(), by=BY)
    gone = entries.withdraw(kind=Kind.TOOL, slug="a", by=BY)
    assert gone.withdrawn_at is not None
    assert gone.changed > entry.changed
    assert queries.entry(Kind.TOOL, "a") is None
    assert entries.withdraw(kind=Kind.TOOL, slug="a", by=BY).changed == gone.changed
    assert entries.publish(offer=offer(), by=BY).withdrawn_at is None
    assert queries.entry(Kind.TOOL, "a").changed > gone.changed


@pytest.mark.django_db
def test_withdrawing_what_was_never_there_is_no_mistake():
    assert entries.withdraw(kind=Kind.TOOL, slug="a", by=BY) is None


class Counting:
    """An encoder that tells how much it was asked."""

    name, dimensions = "counting", 3

    def __init__(self, version="1"):
        self.version = version
        self.asked = 0

    def encode_offers(self, texts):
        self.asked += len(texts)
        return np.ones((len(texts), 3), np.float32)

    encode_questions = encode_offers


@pytest.mark.django_db
def test_vectors_are_made_once_and_again_when_the_text_changes():
    encoder = Counting()
    entries.publish(offer=offer(), by=BY)
    assert vectors.encode(encoders=[encoder], by=BY) == 1
    assert vectors.encode(encoders=[encoder], by=BY) == 0
    entries.publish(offer=offer(title="Neuer Titel"), by=BY)
    assert vectors.encode(encoders=[encoder], by=BY) == 1
    assert EntryVector.objects.count() == 1
    assert encoder.asked == 2
    assert vectors.encode(encoders=[Counting(version="2")], by=BY) == 1


@pytest.mark.django_db
def test_the_index_notices_a_new_entry(monkeypatch):
    monkeypatch.setattr(matches, "encoders", lambda: ())
    entries.publish(offer=offer("staplerfahrer", "Staplerfahrer finden"), by=BY)
    first = matches.index()
    assert matches.index() is first
    entries.publish(offer=offer("b", "Rechnungen"), by=BY)
    assert matches.index() is not first


WRITER = """
import django; django.setup()
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated
import sys
for number in range(15):
    offer = Offer(kind="tool", slug=f"{sys.argv[1]}-{number}", title=translated("T"))
    entries.publish(offer=offer, by=Actor.system("t"))
"""
PREPARE = "import django; django.setup(); from wegweiser.config import installation; installation.migrate()"
COUNT = """
import django; django.setup()
from wegweiser.catalogue.models import Change, Entry
print(sorted(Entry.objects.values_list("changed", flat=True)) == list(range(1, 31)), Change.objects.get().last)
"""


def test_numbers_neither_repeat_nor_miss_with_two_processes_writing(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"WEGWEISER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
    environment["PYTHONPATH"] = str(ROOT / "src")

    def python(code, *arguments):
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments], env=environment, stdout=subprocess.PIPE, text=True
        )

    def told(process):
        return process.communicate()[0].split(), process.returncode

    migrated.copy_into(tmp_path)
    assert told(python(PREPARE)) == ([], 0)
    writers = [python(WRITER, name) for name in ("a", "b")]
    assert [told(writer) for writer in writers] == [([], 0), ([], 0)]
    assert told(python(COUNT)) == (["True", "30"], 0)
