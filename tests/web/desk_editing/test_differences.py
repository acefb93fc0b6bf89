"""Who saves second reads everything that the first one wrote: every field of every kind."""

import pytest

from tests.web.public.conftest import small_centre
from wegweiser.catalogue.content import empty
from wegweiser.catalogue.fields import KINDS, TRANSLATED
from wegweiser.web.desk import editing_differences
from wegweiser.web.desk.editing_forms import COMPANY

LISTS = {"topics", "supporting_partners", "languages", "sectors"}
MOMENTS = {"starts_at", "ends_at"}


@pytest.fixture
def world(db):
    yield from small_centre()


def fields(kind: str) -> dict[tuple[str, str], object]:
    """(place in the content, key): another value, for everything that a kind can say."""
    found: dict[tuple[str, str], object] = {
        ("", name): {"de": "Anders", "en": "Different"} for name in TRANSLATED if name in KINDS[kind].columns
    }
    for name in set(empty(kind)) - set(TRANSLATED) - {"details"}:
        found["", name] = ["x"] if name in LISTS else "2026-05-04T08:00:00+00:00" if name in MOMENTS else "x"
    for row in KINDS[kind].details:
        for name in (row.name, f"{row.name}_en") if row.translated else (row.name,):
            found["details", name] = ["x"] if row.shape == "points" else "x"
    if "company" in KINDS[kind].columns:
        found |= {("company", name): "x" for name in COMPANY}
    if "results" in KINDS[kind].columns:
        found["details", "results"] = [{"label": "x"}]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_shows_up_and_nothing_else(world, kind):
    ours = empty(kind)
    assert editing_differences.found(kind, ours, empty(kind)) == []
    for (place, name), value in fields(kind).items():
        theirs = empty(kind)
        if place == "company":
            theirs["details"]["company"] = {name: value}
        else:
            (theirs["details"] if place else theirs)[name] = value
        told = editing_differences.found(kind, ours, theirs)
        assert len(told) == 1, (place, name)
        assert told[0][0], (place, name)


def test_rows_are_called_by_their_names(world):
    theirs = {**empty("event"), "topics": ["netz"], "partner": "other", "starts_at": "2026-03-12T09:00:00+00:00"}
    theirs |= {"availability": "off", "price": "12.00", "details": {"capacity": 77}}
    told = dict(editing_differences.found("event", empty("event"), theirs))
    assert told["Hauptthema"] == "Vernetzung"
    assert told["Partner"] == "Other"
    assert told["Beginn"] == "12.03.2026 10:00"
    assert told["Zahl der Plätze"] == "77"
    assert told["Plätze"] == "abgesagt"
