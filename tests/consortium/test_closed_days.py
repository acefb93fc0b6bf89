"""When nobody is at the centre, as its file says it: read and checked, loaded, and kept where somebody changed it."""

import datetime as dt
from pathlib import Path

import pytest

from wegweiser.consortium import centre_file, queries
from wegweiser.consortium.actions import centres
from wegweiser.consortium.models import Centre
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SMALL = Path(__file__).parents[1] / "centres" / "klein.toml"
EACH_YEAR = '{ from = "12-24", to = "01-01" }'
ONCE = "{ from = 2027-05-07, to = 2027-05-07 }"


@pytest.fixture
def written(tmp_path):
    """The small centre with closed days, as the path of its file."""
    (tmp_path / "klein.json").write_text(SMALL.with_suffix(".json").read_text())

    def write(*rows):
        (tmp_path / "klein.toml").write_text(f"{SMALL.read_text()}\n[holidays]\nclosed = [{', '.join(rows)}]\n")
        return tmp_path / "klein.toml"

    return write


def load(path):
    return centres.load(file=centre_file.read(path), by=Actor.system("test"))


@pytest.mark.django_db
def test_days_of_the_file_are_those_of_the_centre(written):
    load(written(EACH_YEAR, ONCE))
    assert Centre.objects.get().closed_days == [
        {"from": "12-24", "to": "01-01"},
        {"from": "2027-05-07", "to": "2027-05-07"},
    ]
    assert queries.working_day(dt.date(2026, 12, 24)) == dt.date(2027, 1, 4)
    assert queries.working_day(dt.date(2027, 5, 7)) == dt.date(2027, 5, 10)


@pytest.mark.django_db
def test_the_file_brings_them_up_to_date_unless_somebody_changed_them(written):
    load(SMALL)
    load(written(ONCE))
    assert Centre.objects.get().closed_days == [{"from": "2027-05-07", "to": "2027-05-07"}]
    Centre.objects.update(closed_days=[])
    load(written(EACH_YEAR))
    assert Centre.objects.get().closed_days == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('{ from = "02-30", to = "03-01" }', "'02-30' is no day"),
        ("{ from = 2027-05-07, to = 2027-05-06 }", "ends before it begins"),
        ('{ from = 2027-05-07, to = "05-08" }', "a year or none"),
        ('{ from = "01-01", to = "12-31" }', "more than 60 days"),
        ("{ from = 2027-05-07 }", "to: is missing"),
        ('{ from = "7.5.", to = "8.5." }', "has not the form"),
    ],
)
def test_what_leaves_nobody_there_or_is_no_day_is_refused(written, row, told):
    with pytest.raises(DomainError, match=told):
        centre_file.read(written(row))
