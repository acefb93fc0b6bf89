"""Loading a centre: twice changes nothing, and what somebody edited stays."""

import json
from pathlib import Path

import pytest

from wegweiser.consortium import centre_file, queries
from wegweiser.consortium.actions import centres
from wegweiser.consortium.models import Centre, Member, Membership, Partner, PartnerRole, Sector, SectorGroup, Topic
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

BY = Actor.system("test")
SMALL = Path(__file__).parents[1] / "centres" / "klein.toml"

pytestmark = pytest.mark.django_db


def load(path=None):
    return centres.load(file=centre_file.read(path or centre_file.model_centre()), by=BY)


def test_the_model_centre_has_five_partners_each_with_its_topic():
    load()
    owners = {topic.slug: queries.owner(topic).key for topic in Topic.objects.all()}
    assert owners == {
        "digitale-geschaeftsmodelle": "iff",
        "industriestandort-der-zukunft": "zpvp",
        "datensicherheit": "fin",
        "digitale-vernetzung-und-standardisierung": "ifak",
        "nutzbarkeit-und-akzeptanz": "zsh",
    }
    assert queries.lead().key == "iff"


def test_loading_twice_changes_nothing():
    load()
    before = AuditEvent.objects.count()
    counts = load().counts
    assert set(counts) == {"unchanged"}
    assert AuditEvent.objects.count() == before


def test_what_somebody_edited_stays_and_the_rest_is_updated(tmp_path):
    load()
    Partner.objects.filter(key="fin").update(phone="+49 30 23125-999")
    source = centre_file.model_centre().parent
    catalogue = json.loads((source / "catalogue.json").read_text())
    for partner in catalogue["partners"]:
        partner["city"] = "Schönebeck"
    (tmp_path / "catalogue.json").write_text(json.dumps(catalogue))
    (tmp_path / "centre.toml").write_text((source / "centre.toml").read_text())
    for name in ("districts.geojson", "content.json", "places.csv", "postcodes.csv", "clarifying.toml"):
        (tmp_path / name).write_text((source / name).read_text())
    load(tmp_path / "centre.toml")
    assert Partner.objects.get(key="fin").phone == "+49 30 23125-999"
    assert Partner.objects.get(key="fin").city == "Magdeburg"
    assert Partner.objects.get(key="iff").city == "Schönebeck"


def test_a_membership_that_was_ended_stays_ended():
    load()
    role = Membership.objects.filter(role="management").get()
    role.valid_to = role.valid_from
    role.save()
    load()
    assert Membership.objects.get(role="management").valid_to == role.valid_from


def test_a_member_that_was_removed_does_not_come_back():
    load()
    Membership.objects.filter(member__slug="gero-papenbrink").delete()
    Member.objects.get(slug="gero-papenbrink").delete()
    load()
    assert not Member.objects.filter(slug="gero-papenbrink").exists()


def test_another_centre_is_refused_and_changes_nothing():
    load()
    with pytest.raises(DomainError) as caught:
        load(SMALL)
    assert caught.value.code == "another_centre"
    assert Partner.objects.count() == 5


def test_a_small_centre_carries_no_word_of_the_model_centre():
    load(SMALL)
    centre = Centre.objects.get()
    assert centre.land == "NI"
    shown = json.dumps(list(Centre.objects.values()) + list(Partner.objects.values()), default=str, ensure_ascii=False)
    assert "Magdeburg" not in shown
    assert "Sachsen-Anhalt" not in shown
    assert PartnerRole.objects.filter(kind="lead").get().partner.key == "hafen"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('land = "NI"', 'land = "XX"', "land: must be one of"),
        ("valid_from = 2024-04-01", "", "consortium.valid_from: is missing"),
        ('catalogue = "klein.json"', 'catalogue = "none.json"', "none.json"),
        ("[texts]", "[texts", "centre.toml"),
    ],
)
def test_a_mistake_in_the_file_is_named_and_nothing_is_written(tmp_path, old, new, told):
    (tmp_path / "klein.json").write_text((SMALL.parent / "klein.json").read_text())
    (tmp_path / "centre.toml").write_text(SMALL.read_text().replace(old, new, 1))
    with pytest.raises(DomainError, match=told):
        load(tmp_path / "centre.toml")
    assert not Centre.objects.exists()


def test_a_key_that_does_not_exist_is_named(tmp_path):
    catalogue = json.loads((SMALL.parent / "klein.json").read_text())
    catalogue["events"][0]["contact"] = "niemand"
    (tmp_path / "klein.json").write_text(json.dumps(catalogue))
    (tmp_path / "centre.toml").write_text(SMALL.read_text())
    with pytest.raises(DomainError, match="events/kuehlkette-ohne-zettel/contact: 'niemand' is not known"):
        load(tmp_path / "centre.toml")


def test_the_crafts_of_the_model_centre_are_several_sectors_with_a_note():
    load()
    group = SectorGroup.objects.get(key="all_crafts")
    assert set(group.sectors) <= set(Sector.objects.values_list("key", flat=True))
    assert {"crafts", "wood_furniture", "construction"} <= set(group.sectors)
    assert "Handwerksrolle" in str(group.note)


@pytest.mark.parametrize(
    ("key", "sectors", "told"), [("all", ["crafts", "nothing"], "'nothing'"), ("crafts", ["crafts"], "key of a sector")]
)
def test_a_group_of_sectors_that_makes_no_sense_is_refused(tmp_path, key, sectors, told):
    source = centre_file.model_centre().parent
    text = (source / "centre.toml").read_text().split("[sector_groups.all_crafts]")[0]
    text += f'[sector_groups.{key}]\nsectors = {json.dumps(sectors)}\nlabel = {{ de = "Gewerke" }}\n\n[texts]\n'
    text += (source / "centre.toml").read_text().split("[texts]\n")[1]
    (tmp_path / "centre.toml").write_text(text)
    for name in (
        "catalogue.json",
        "districts.geojson",
        "content.json",
        "places.csv",
        "postcodes.csv",
        "clarifying.toml",
    ):
        (tmp_path / name).write_text((source / name).read_text())
    with pytest.raises(DomainError, match=told):
        centre_file.read(tmp_path / "centre.toml")
