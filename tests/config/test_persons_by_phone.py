"""Who is known by a phone number only can be told what is kept about them, and be forgotten."""

import json
import zipfile

import pytest

from tests import contact_point
from tests.crossings.test_erasure import handled, traces
from wegweiser.config import cli, installation
from wegweiser.consortium.models import Centre
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock

PHONE = "+493915550123"


@pytest.fixture
def world(db, monkeypatch, settings):
    settings.BASE_URL = "https://zentrum.example"
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.mark.parametrize("typed", [PHONE, "0391 / 555 0123", "(0391) 5550-123"])
def test_a_person_by_phone_is_forgotten_however_the_number_is_typed(world, typed, capsys):
    contact_point.case(world.lead, name="Berta Callisto", email="", phone=PHONE)
    other = contact_point.case(world.lead, name="Doris Bleibt", email="", phone="+493915550124")
    assert cli.main(["erase", "person", typed]) == 0
    assert "Callisto" not in capsys.readouterr().out
    assert traces("callisto", PHONE) == set()
    assert Case.objects.get(pk=other.pk).name == "Doris Bleibt"


def test_what_is_kept_under_the_mail_address_left_with_it_is_told_too(world, tmp_path):
    handled(world, phone=PHONE)
    contact_point.case(world.lead, name="Jana Ölmann", email="jana@firma.example", phone="")
    told = {}
    for who in ("jana@firma.example", PHONE):
        path = tmp_path / "copy.zip"
        assert cli.main(["export", "person", who, "-o", str(path)]) == 0
        told[who] = json.loads(zipfile.ZipFile(path).read("auskunft.json"))["data"]
    assert {row["table"] for row in told[PHONE]} >= {"enquiries.Case", "enquiries.Contribution"}

    def cases(rows):
        return sorted(row["values"]["text"] for row in rows if row["table"] == "enquiries.Case")

    assert len(cases(told[PHONE])) == 2
    assert cases(told[PHONE]) == cases(told["jana@firma.example"])


def test_several_people_of_one_number_are_listed_and_nothing_goes(world, capsys):
    for name in ("Berta Callisto", "Udo Callisto"):
        contact_point.case(world.lead, name=name, email="", phone=PHONE)
    assert cli.main(["erase", "person", PHONE]) != 0
    assert "Berta Callisto, Udo Callisto" in capsys.readouterr().err
    assert Case.objects.filter(name="").count() == 0
    assert cli.main(["erase", "person", PHONE, "--name", "Udo Callisto"]) == 0
    assert [case.name for case in Case.objects.order_by("id")] == ["Berta Callisto", ""]


@pytest.mark.parametrize("typed", ["0391 5550199", "12", "Berta"])
def test_an_unknown_number_is_refused(world, typed):
    assert cli.main(["erase", "person", typed]) != 0
