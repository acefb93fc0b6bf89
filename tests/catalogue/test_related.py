"""What a process holds of vectors is as new as they are, and is read once for each encoder."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue import related
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import EntryVector, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel.translated import translated

NEAR, ALIKE, FAR, APART = (100, 10, 0), (90, 20, 0), (0, 0, 100), (-100, 0, 50)


@pytest.fixture
def guides(db):
    related.forget()
    contact_point.world()
    offers = [
        Offer(kind=Kind.GUIDE, slug=f"leitfaden-{number}", title=translated(f"Nr. {number}")) for number in range(4)
    ]
    yield [entries.publish(offer=offer, by=BY) for offer in offers]
    related.forget()


@dataclass(frozen=True)
class Named:
    """As much of an encoder as is asked for."""

    name: str
    version: str = "1"


ONE, TWO = Named("one"), Named("two")


def store(entry, encoder, direction, version="1"):
    EntryVector.objects.filter(entry=entry, encoder=encoder).delete()
    vector = b"\0\0\0\0" + np.array(direction, np.int8).tobytes()
    own = {"entry": entry, "encoder": encoder, "language": "de", "version": version}
    EntryVector.objects.create(**own, text_hash="0" * 64, vector=vector)


def test_vectors_of_two_versions_are_not_compared(guides):
    first, alike, far, apart = guides
    for entry, direction in zip(guides, (NEAR, ALIKE, FAR, APART), strict=True):
        store(entry, "one", direction)
    store(alike, "one", ALIKE, version="0")
    store(far, "one", FAR, version="")  # a row of before the version was kept
    assert set(related.nearest(first, [alike.pk, far.pk, apart.pk], encoder=ONE)) == {far.pk, apart.pk}


def test_what_is_alike_comes_first_until_it_says_something_else(guides):
    first, alike, far, apart = guides
    for entry, direction in zip(guides, (NEAR, ALIKE, FAR, APART), strict=True):
        store(entry, "one", direction)
    among = [far.pk, apart.pk, alike.pk, first.pk]
    assert related.nearest(first, among, encoder=ONE)[0] == alike.pk
    store(alike, "one", APART)
    store(far, "one", ALIKE)
    assert related.nearest(first, among, encoder=ONE)[0] == far.pk


def test_two_encoders_do_not_take_each_others_place(guides, django_assert_num_queries):
    first, alike, far, apart = guides
    for entry in (alike, far, apart):
        store(entry, "one", FAR)
    for entry, direction in zip(guides, (NEAR, ALIKE, FAR, APART), strict=True):
        store(entry, "two", direction)
    among = [far.pk, apart.pk, alike.pk]

    def ask():
        return [related.nearest(first, among, encoder=encoder) for encoder in (ONE, TWO)]

    assert ask()[0] == []  # the first encoder knows nothing of it
    with django_assert_num_queries(2):  # whether there are newer vectors, once each
        assert ask()[1][0] == alike.pk
