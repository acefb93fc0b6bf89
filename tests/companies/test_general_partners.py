"""A GmbH & Co. KG and its GmbH: one firm as lists write it, two where both legal persons are told apart."""

import doctest
from decimal import Decimal

import pytest

from tests.companies.rows import HERE, verdict
from tests.contact_point import BY
from wegweiser.companies import alike
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists, sizes
from wegweiser.companies.linkage.pair import general_partners
from wegweiser.companies.linkage.row import registers
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company, Merge, Share
from wegweiser.kernel import clock

KG, GMBH = "Autohaus Rehbein GmbH & Co. KG", "Autohaus Rehbein GmbH"


@pytest.mark.parametrize("module", [general_partners, registers])
@pytest.mark.one_database
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.one_database
def test_one_name_with_and_without_the_partnership_is_one_firm():
    assert verdict(Known(name=KG, **HERE), Known(name=GMBH, **HERE)) == Verdict.SURE


@pytest.mark.parametrize(
    ("kg", "gmbh"),
    [
        ({"register": "HRA 4471 Stendal"}, {"register": "HRB 18230 Stendal"}),
        ({"vat_id": "DE136695976"}, {"vat_id": "DE811569869"}),
        ({"remark": "HRA 4471"}, {"remark": "HRB 18230, Inhaber Rehbein"}),
        ({}, {"remark": "phG, kein operatives Geschäft"}),
        ({}, {"remark": "Komplementärin"}),
        ({}, {"trade": "Komplementär-GmbH"}),
    ],
)
@pytest.mark.one_database
def test_two_legal_persons_that_are_told_apart_wait_for_a_person(kg, gmbh):
    assert verdict(Known(name=KG, **HERE, **kg), Known(name=GMBH, **HERE, **gmbh)) == Verdict.UNSURE


@pytest.mark.one_database
def test_who_is_liable_is_told_of_the_partnership_itself():
    """Negative control: the remark stands at the KG, so it is about somebody else."""
    here = Known(name=KG, remark="Komplementärin ist die Verwaltungs GmbH", **HERE)
    assert verdict(here, Known(name="Autohaus Rehbein", **HERE)) == Verdict.SURE


@pytest.mark.django_db
def test_firms_of_which_one_owns_the_other_are_not_made_one_by_a_list():
    kg, gmbh = (Company.objects.create(name=name, **HERE) for name in (KG, GMBH))
    assert [hit.company for hit in alike.likely_of(kg)] == [gmbh]
    share = {"company": kg, "direction": Share.Direction.OWNER, "other": gmbh, "kind": Share.Kind.ENTERPRISE}
    sizes.add_share(**share, percent=Decimal(100), valid_from=clock.today(), by=BY)
    assert alike.likely_of(kg) == []
    row = f"Firma;Straße;PLZ;Ort;Telefon\nAutohaus Rehbein;{';'.join(HERE.values())};0391 5448619\n"
    lists.take(opened=reads.open_list(row.encode()), name="liste.csv", by=BY)
    assert {Company.objects.get(pk=firm.pk).canonical_id for firm in (kg, gmbh)} == {None}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "merges"), [(KG, 1), (GMBH, 0)])
def test_a_partnership_in_a_list_keeps_an_entry_of_its_own_to_be_taken_apart_by(name, merges):
    Company.objects.create(name=GMBH, **HERE)
    row = f"Firma;Straße;PLZ;Ort\n{name};{';'.join(HERE.values())}\n"
    lists.take(opened=reads.open_list(row.encode()), name="liste.csv", by=BY)
    assert Merge.objects.count() == merges
