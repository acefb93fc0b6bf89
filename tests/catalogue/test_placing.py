"""The district of an offer follows from its place, unless somebody chose it."""

import pytest

from tests import places
from tests.catalogue.test_drafts import content, create, publish, write
from tests.catalogue.test_drafts import world as world
from tests.places import BOERDE, HARZ, STENDAL
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import placing
from wegweiser.catalogue.models import Draft, Kind
from wegweiser.catalogue.readiness import Code


@pytest.fixture(autouse=True)
def gazetteer(world):
    places.load()


@pytest.mark.parametrize(
    ("place", "district"),
    [
        ("Rathaus, Stendal", STENDAL),
        ("Werkhalle 3, 38820 Halberstadt", HARZ),
        ("Werkhalle 3, 38820", HARZ),
        ("Gutshaus, Walbeck", ""),  # there are two
        ("Raum 4", ""),
        ("", ""),
    ],
)
def test_the_district_is_that_of_the_place_where_it_is_known(world, place, district):
    assert create(world, place=place).content["district"] == district


def test_what_is_online_lies_nowhere(world):
    assert create(world, place="Stendal", attendance="online").content["district"] == ""


def test_what_somebody_chose_stays(world):
    draft = create(world, place="Rathaus, Stendal", district=BOERDE)
    assert draft.content["district"] == BOERDE
    write(draft, {**draft.content, "summary": {"de": "Anders."}})
    assert Draft.objects.get().content["district"] == BOERDE


def test_another_place_takes_its_own_district_along(world):
    draft = create(world, place="Halberstadt")
    write(draft, {**draft.content, "place": "Stendal, Markt 1"})
    assert Draft.objects.get().content["district"] == STENDAL


def test_a_district_chosen_with_the_place_stays(world):
    draft = create(world, place="Halberstadt")
    write(draft, {**draft.content, "place": "Stendal, Markt 1", "district": BOERDE})
    assert Draft.objects.get().content["district"] == BOERDE


def test_what_was_written_before_gets_its_district_when_it_becomes_public(world):
    draft = create(world, place="Stendal")
    Draft.objects.update(content={**draft.content, "district": ""})
    entry = publish(draft)
    assert entry.district_id == STENDAL
    assert Draft.objects.get().content["district"] == STENDAL


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"place": "Raum 4"}, True),
        ({"place": "Walbeck"}, True),
        ({"place": "Stendal"}, False),
        ({"place": "Raum 4", "district": HARZ}, False),
        ({"place": "Raum 4", "attendance": "online"}, False),
        ({"place": ""}, False),  # that it lacks a place is said anyway
    ],
)
def test_before_publishing_it_is_said_that_an_event_lies_in_no_district(world, changes, told):
    found = works.work(create(world, **changes).uuid).readiness
    assert (Code.REGION in {finding.code for finding in found.advice}) is told


def test_spaces_and_capitals_make_no_other_place(world):
    told = content(world, place=" Rathaus,  STENDAL", district=HARZ)
    assert placing.followed(Kind.EVENT, told, {**told, "place": "Rathaus, Stendal"})["district"] == HARZ
