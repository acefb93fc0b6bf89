"""A name in a list of who was online is deleted with one button, which no Enter in a field can press."""

import pytest
from django.urls import reverse

from tests.events import gatherings
from wegweiser.events.models import PresenceRow


@pytest.fixture
def here(world):
    return gatherings.of_today(world.lead)


def test_a_name_in_a_list_is_deleted_and_the_minutes_stay(anna, here):
    kept = gatherings.online_list(here)
    row = kept.rows.get(name="Uwe")
    address = reverse("desk:presence_list", kwargs={"uuid": here.event.uuid, "found": kept.uuid})
    page = anna.get(address, {"zeige": "alle"}).text
    assert f'form="erase" name="erase" value="{row.uuid}"' in page
    anna.post(address, {"erase": str(row.uuid)})
    assert list(PresenceRow.objects.filter(name="").values_list("minutes", flat=True)) == [9]


def test_nothing_is_chosen_beforehand_for_a_name_that_is_only_alike(anna, here):
    kept = gatherings.online_list(here, "Name;Minuten\nGast 1 Halle;90\n")
    address = reverse("desk:presence_list", kwargs={"uuid": here.event.uuid, "found": kept.uuid})
    page = anna.get(address).text
    assert "nur ein Teil des Namens" in page
    assert " selected" not in page.partition('name="row-')[2].partition("</select>")[0]
