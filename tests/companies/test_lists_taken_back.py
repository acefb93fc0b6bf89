"""A list of firms that was taken over by mistake is taken back: afterwards all is known as before."""

import datetime as dt

import pytest

from tests.companies.test_lists import TWICE
from wegweiser.companies import lists as reads
from wegweiser.companies import queries
from wegweiser.companies.actions import companies, facts, list_undo, lists, merges, persons
from wegweiser.companies.models import Company, Doubt, Fact, FirmList, ListRow, Merge, Person, Position
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
pytestmark = pytest.mark.django_db


def take(text=TWICE, **said):
    lists.take(opened=reads.open_list(text.encode()), name="liste.csv", by=BY, **said)
    return FirmList.objects.order_by("-id").first()


def undo(source):
    return list_undo.undo(source=source, by=BY)


def refused(source):
    with pytest.raises(DomainError) as refusal:
        undo(source)
    return refusal.value.code


def state():
    """What is known, of whom, and what waits: all but the trail."""
    today = clock.today()
    firms = [
        (
            *(getattr(firm, field) for field in ("pk", "name", "channel", "canonical_id", *merges.FILLED)),
            {kind: found.value for kind in Fact.Kind.values if (found := queries.known(firm, kind, today))},
        )
        for firm in Company.objects.order_by("pk")
    ]
    told = [{kind: value for kind, value in firm[-1].items() if value} for firm in firms]
    return (
        [(*firm[:-1], facts_) for firm, facts_ in zip(firms, told, strict=True)],
        sorted(Person.objects.values_list("pk", "name", "channel")),
        sorted(Position.objects.values_list("pk", "person", "company", "valid_to")),
        sorted(Merge.objects.filter(undone_at=None).values_list("loser", "survivor", "channel_before")),
        sorted(Doubt.objects.values_list("one", "other", "apart_by")),
        sorted(ListRow.objects.values_list("row", "company", "fingerprint")),
    )


def known(**more):
    return companies.find_or_create(
        name="Mödebeck Kühlgeräte GmbH", street="Lindenallee 4", postcode="39104", place="Magdeburg", by=BY, **more
    )


def test_nothing_is_left_of_firms_that_only_the_list_told_of():
    known(phone="0391 5550110")
    before = state()
    source = take()
    assert len(state()[0]) > 2
    told = undo(source)
    assert state() == before
    assert (told.removed, told.kept) == (2, 0)
    source.refresh_from_db()
    assert (source.state, source.undone_by, refused(source)) == ("undone", "system:test", "list_not_taken")


def test_what_a_known_firm_lacked_and_was_told_of_is_unknown_again():
    firm = known()
    facts.declare(company=firm, kind="size", value="small", valid_from=dt.date(2024, 1, 1), origin="import", by=BY)
    companies.find_or_create(name="Abel Mechanik GmbH", place="Magdeburg", by=BY)
    before = state()
    text = "Firma;Straße;PLZ;Ort;Telefon;MA;Branche;Ansprechpartner\n"
    source = take(f"{text}Mödebeck Kühlgeräte GmbH;Lindenallee 4;39104;Magdeburg;0391 5550110;120;Bäckerei;Jana Abel\n")
    assert state() != before
    firm.refresh_from_db()
    assert (firm.phone, queries.known(firm, "size", clock.today()).value) == ("+493915550110", "medium")
    undo(source)
    assert state() == before


def test_what_somebody_said_since_stays():
    firm = known()
    told = "Lindenallee 4;39104;Magdeburg;0391 1234567;a@b.example;12"
    source = take(f"Firma;Straße;PLZ;Ort;Telefon;E-Mail;MA\n{firm.name};{told}\n")
    assert Company.objects.count() == 1
    firm.refresh_from_db()
    where = {"street": firm.street, "postcode": "39104", "place": "Magdeburg"}
    companies.put_right(company=firm, name=firm.name, phone="0391 7654321", **where, by=BY)
    facts.declare(company=firm, kind="size", value="medium", valid_from=clock.today(), by=BY)
    undo(source)
    firm.refresh_from_db()
    assert (firm.phone, firm.email) == ("+493917654321", "")
    assert queries.known(firm, "size", clock.today()).value == "medium"


def test_two_of_ours_that_a_row_joined_are_two_again_and_nobody_said_so():
    one, other = Company.objects.create(name="Mödebeck Kühlgeräte"), Company.objects.create(name="Kain")
    source = take("Firma;Ort\nSeth GmbH;Halle\n")
    made = merges.merge(loser=other, survivor=one, evidence=["same_mail"], by=BY)
    row = ListRow.objects.get()
    row.did = {**row.did, "merges": [str(made.uuid)]}
    row.save()
    undo(source)
    other.refresh_from_db()
    assert (other.canonical, Doubt.objects.count()) == (None, 0)


def test_a_firm_that_was_worked_with_since_stays_as_it_is():
    source = take()
    firm = Company.objects.get(name__startswith="Moedebeck")
    persons.find_or_create(name="Nora Neu", company=firm, by=BY)
    told = undo(source)
    assert (told.removed, told.kept) == (2, 2)
    assert [row.name for row in Company.objects.order_by("pk")] == [
        "Moedebeck Kuehlgeraete GmbH",
        "Mödebeck Kühlgeräte",
    ]
    assert queries.canonical().count() == 1, "its other entry too"
    assert set(Person.objects.values_list("name", flat=True)) == {"Nora Neu", "Ralf Mödebeck"}
    assert ListRow.objects.count() == 2, "where it came from"


def test_what_another_list_tells_too_stays():
    first = take("Firma;PLZ;Ort;Telefon\nAbel GmbH;39104;Magdeburg;0391 5550110\nKain GmbH;06108;Halle;\n")
    take("Firma;PLZ;Ort;Telefon;MA\nAbel GmbH;39104;Magdeburg;0391 5550110;12\n")
    undo(first)
    assert list(Company.objects.values_list("name", flat=True)) == ["Abel GmbH"]


@pytest.mark.parametrize("written", ["Mödebeck Kühlgeräte GmbH", "Mödebeck Kühlgeräte"])
def test_a_wish_of_a_firm_that_was_here_before_stays_until_somebody_has_looked(written):
    firm = known(phone="0391 5550110")
    source = take(
        "Firma;Straße;PLZ;Ort;Telefon;Bemerkung\n"
        f"{written};Lindenallee 4;39104;Magdeburg;0391 5550110;bitte keine Mails\nKain;;;;;bitte keine Mails\n"
    )
    undo(source)
    firm.refresh_from_db()
    assert Company.objects.get() == firm
    assert (firm.channel, queries.held_rows().get().company) == ("phone", firm)


def test_a_corrected_list_is_taken_over_afterwards_as_if_for_the_first_time():
    source = take()
    first = sorted(Company.objects.values_list("name", flat=True))
    undo(source)
    take()
    assert sorted(Company.objects.values_list("name", flat=True)) == first


def test_a_list_of_an_older_release_did_not_write_down_what_it_changed():
    source = take()
    ListRow.objects.filter(row=1).update(did=None)
    assert refused(source) == "list_too_old"


def test_what_was_taken_in_part_is_as_it_was_uploaded():
    source = lists.upload(name="liste.csv", data=TWICE.encode(), by=BY)
    lists.take_uploaded(source=source, by=BY)
    FirmList.objects.update(state="failed", failure="list_broken", content=b"x")
    undo(source)
    assert (source.state, source.failure, Company.objects.count()) == ("uploaded", "", 0)
