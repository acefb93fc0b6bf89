"""What a centre's files may say: each key is described, no other is taken, and days may be dates."""

import json
from pathlib import Path

import pytest

from tests import centre_files
from wegweiser.catalogue.actions import offers
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
SMALL = Path(__file__).parents[1] / "centres" / "klein.toml"


@pytest.fixture
def changed(tmp_path):
    """The small centre after a change of its catalogue, as the path of its file."""
    (tmp_path / "klein.toml").write_text(SMALL.read_text())

    def change(**groups):
        catalogue = json.loads(SMALL.with_suffix(".json").read_text())
        for group, values in groups.items():
            row = catalogue[group] if isinstance(catalogue[group], dict) else catalogue[group][0]
            row |= values
            for name in [name for name, value in values.items() if value is ...]:
                del row[name]
        (tmp_path / "klein.json").write_text(json.dumps(catalogue))
        return tmp_path / "klein.toml"

    return change


@pytest.mark.parametrize("name", centre_files.FILES)
def test_every_key_is_described(name):
    root = centre_files.schema(name)
    assert [path for path, one, _needed in centre_files.keys(root, root) if not one.get("description")] == []


def test_the_page_about_the_keys_is_up_to_date():
    assert centre_files.FILE.read_text(encoding="utf-8") == centre_files.document()


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"events": {"start_on": "2026-12-09"}}, r"events\[1\].start_on: is not known here. Is starts_on meant\?"),
        ({"centre": {"opening_hours": []}}, "centre.opening_hours: is not known here"),
        ({"events": {"starts_on": "2026-12-09"}}, "either starts_on or starts_in_days"),
        ({"events": {"starts_in_days": ...}}, "starts_on is missing"),
        ({"events": {"starts_in_days": ..., "starts_on": "2026-02-30"}}, "'2026-02-30' is no day"),
    ],
)
def test_what_nobody_would_read_is_refused(changed, groups, told):
    with pytest.raises(DomainError, match=told):
        centre_file.read(changed(**groups))


def test_the_example_of_the_documentation_is_read():
    file = centre_file.read(centre_files.FILE.parent / "examples" / "centre.toml")
    assert file.catalogue["events"][0]["starts_on"]
    assert file.settings["holidays"]["closed"]


@pytest.mark.django_db
def test_an_event_is_on_its_date_whenever_the_centre_was_loaded(changed):
    path = changed(events={"starts_in_days": ..., "starts_on": "2030-12-25", "registered": 0})
    file = centre_file.read(path)
    centre = centres.load(file=file, by=BY).centre
    offers.load(file=file, centre=centre, working_days=True, by=BY)
    event = Entry.objects.get(kind="event")
    assert event.starts_at.date().isoformat() == "2030-12-25"
    assert event.availability == Availability.OPEN
    assert "starts_on" not in event.details
