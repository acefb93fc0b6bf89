"""Who asked to be forgotten is not brought back by the next list."""

import datetime as dt
from uuid import uuid4

import pytest

from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists, persons
from wegweiser.companies.models import Company, ListRow, Person
from wegweiser.kernel import clock, erased, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import Erasure

BY = Actor.system("test")
HEAD = "Firma;Straße;PLZ;Ort;E-Mail;Ansprechpartner\n"
ROW = "Quappe Orgelbau e. K.;Dorfstr. 1;39606;Osterburg;kurt@quappe.example;Kurt Quappe\n"

pytestmark = pytest.mark.django_db


def take(text: str):
    return lists.take(opened=reads.open_list((HEAD + text).encode()), name="liste.csv", by=BY)


def erase(mail: str) -> None:
    erasure.erase(items=erasure.plan_of(mail, day=clock.today()), by=BY)


def reasons(outcome) -> list[str]:
    return [row.reason for row in outcome.rejected]


@pytest.mark.parametrize(
    "again",
    [
        ROW,
        "Orgelbau Quappe;;39606;Osterburg;;\n",
        "Orgeln aus Osterburg;;39606;Osterburg;Kurt@Quappe.example;\n",
    ],
)
def test_a_firm_that_asked_to_be_forgotten_stays_away(again):
    take(ROW)
    erase("kurt@quappe.example")
    assert not Person.objects.exists()
    would = reads.preview(reads.open_list((HEAD + again).encode()))
    told = take(again)
    assert reasons(told) == reasons(would) == ["was_forgotten"]
    assert (Company.objects.count(), Person.objects.count(), ListRow.objects.count()) == (1, 0, 0)


def test_another_firm_of_the_town_is_taken():
    take(ROW)
    erase("kurt@quappe.example")
    assert reasons(take("Tischlerei Abel;;39606;Osterburg;info@abel.example;\n")) == []


def test_a_firm_that_came_back_by_itself_is_known():
    take(ROW)
    erase("kurt@quappe.example")
    Company.objects.create(name="Quappe Orgelbau e. K.", street="Dorfstr. 1", postcode="39606", place="Osterburg")
    assert reasons(take(ROW)) == []


def test_what_went_by_its_term_may_come_back():
    take(ROW)
    items = erasure.plan_of("kurt@quappe.example", day=clock.today())
    erasure.erase(items=items, reason=Erasure.Reason.TERM, by=BY)
    assert reasons(take(ROW)) == []


def test_a_restricted_firm_gets_no_second_entry():
    take("Tischlerei Kurt Quappe;;39104;Magdeburg;;\n")
    Company.objects.update(restricted_at=clock.now())
    told = take("Tischlerei Kurt Quappe;;39104;Magdeburg;info@quappe.example;Jana Quappe\n")
    assert reasons(told) == ["is_restricted"]
    assert list(Company.objects.values_list("email", flat=True)) == [""]
    assert not Person.objects.exists()


def test_a_person_of_a_firm_that_stays_is_not_named_again():
    take("Quappe GmbH;Weg 1;39104;Magdeburg;kurt@quappe.example;Kurt Quappe\n")
    take("Quappe GmbH;Weg 1;39104;Magdeburg;kurt@quappe.example;Jana Abel\n")
    kurt = Person.objects.get(name="Kurt Quappe")
    erasure.erase(items=erasure.plan_rows("companies.Person", [kurt], day=clock.today()), by=BY)
    told = take("Quappe GmbH;Weg 1;39104;Magdeburg;;Kurt Quappe\nQuappe GmbH;Weg 1;39104;Magdeburg;;Lea Kain\n")
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Jana Abel", "Lea Kain"]
    assert ("person_forgotten", "") in [(one.reason, one.text) for plan in told.plans for one in plan.row.warnings]


@pytest.mark.parametrize("name", ["Quappe, Kurt", "Quappe Kurt", "Herr Quappe", "K. Quappe", "Kurt Quappe, Dipl.-Ing."])
def test_nor_under_another_spelling(name):
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;Kurt Quappe\n")
    erasure.erase(items=erasure.plan_rows("companies.Person", Person.objects.all(), day=clock.today()), by=BY)
    told = take(f"Quappe GmbH;Weg 1;39104;Magdeburg;;{name}\nQuappe GmbH;Weg 1;39104;Magdeburg;;Karl Quappe\n")
    assert list(Person.objects.values_list("name", flat=True)) == ["Karl Quappe"]
    assert [one.row for plan in told.plans for one in plan.row.warnings if one.reason == "person_forgotten"] == [1]


def test_who_is_known_by_an_initial_is_forgotten_in_full_too():
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;K. Quappe\n")
    erasure.erase(items=erasure.plan_rows("companies.Person", Person.objects.all(), day=clock.today()), by=BY)
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;Kurt Quappe\nQuappe GmbH;Weg 1;39104;Magdeburg;;Anna Quappe\n")
    assert list(Person.objects.values_list("name", flat=True)) == ["Anna Quappe"]


def test_a_surname_alone_is_of_whoever_is_known_there():
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;Kurt Quappe\n")
    erasure.erase(items=erasure.plan_rows("companies.Person", Person.objects.all(), day=clock.today()), by=BY)
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;Anna Quappe\n")
    told = take("Quappe GmbH;Weg 1;39104;Magdeburg;0391 5550100;Fr. Quappe\n")
    assert not [one for plan in told.plans for one in plan.row.warnings if one.reason == "person_forgotten"]


def test_a_mailbox_that_others_have_as_well_keeps_none_of_them_away():
    take("Kurt Quappe Tischlermeister;Dorfstr. 1;39606;Osterburg;info@agentur.example;\n")
    erase("info@agentur.example")
    agency = "Agentur Nord GmbH;Weg 1;39104;Magdeburg;info@agentur.example;\n"
    same = "Kurt Quappe Tischlermeister;;;;info@agentur.example;\n"
    assert reasons(take(same)) == ["was_forgotten"]
    assert reasons(take(agency)) == []
    assert Company.objects.filter(name="Agentur Nord GmbH").exists()


def test_a_person_who_is_known_again_is_named():
    take("Quappe GmbH;Weg 1;39104;Magdeburg;;Kurt Quappe\n")
    items = erasure.plan_rows("companies.Person", Person.objects.all(), day=clock.today())
    erasure.erase(items=items, by=BY)
    firm = Company.objects.get()
    persons.find_or_create(name="Kurt Quappe", company=firm, by=BY)
    told = take("Quappe GmbH;Weg 1;39104;Magdeburg;0391 5550100;Kurt Quappe\n")
    assert not [one for plan in told.plans for one in plan.row.warnings if one.reason == "person_forgotten"]


def test_marks_tell_nothing_and_survive_a_restore():
    take(ROW)
    erase("kurt@quappe.example")
    log = erased.written()
    assert "quappe" not in str(log).lower()
    before = [row.marks for row in Erasure.objects.order_by("id")]
    erased.replay(log=[{**entry, "uuid": str(uuid4())} for entry in log], by=BY)
    assert [row.marks for row in Erasure.objects.order_by("id")] == before * 2


def test_a_log_of_an_older_release_has_no_marks():
    entry = {"uuid": "0b2e6c1e-3a9c-4f43-9a1f-8d5f0a3d7b11", "subject": "0b2e6c1e-3a9c-4f43-9a1f-8d5f0a3d7b12"}
    entry |= {"recorded_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC).isoformat(), "table": "companies.Company"}
    erased.replay(log=[{**entry, "purpose": "relationship", "state": "anonymised", "reason": "request"}], by=BY)
    assert Erasure.objects.get().marks == []
