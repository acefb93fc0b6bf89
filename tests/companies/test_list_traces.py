"""Who is erased leaves nothing in what lists said of the firm they worked for."""

import pytest

from wegweiser.companies import lists as reads
from wegweiser.companies.actions import erasures, lists
from wegweiser.companies.models import ListRow, Person
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
HEAD = "Firma;Straße;PLZ;Ort;Telefon;Mobil;E-Mail;Ansprechpartner;Bemerkung\n"
FIRM = "Quappe Stanzteile GmbH;Weg 1;39104;Magdeburg;0391 5448619;0171 1234567"
MAILS = "info@quappe.example, kurt.quappe@quappe.example"

pytestmark = pytest.mark.django_db


def take(text: str) -> ListRow:
    lists.take(opened=reads.open_list((HEAD + text).encode()), name="liste.csv", by=BY)
    return ListRow.objects.latest("pk")


@pytest.mark.parametrize("restrict", [False, True])
def test_number_mail_and_remark_go_with_the_person(restrict):
    row = take(f"{FIRM};{MAILS};Kurt Quappe;Kurt Quappe ist nach OP bis Mai krank\n")
    assert row.more["phones"] == ["+491711234567"]
    erasures.erase_person(person=Person.objects.get(), restrict=restrict, by=BY)
    row.refresh_from_db()
    assert row.remark == ""
    for stored in (row.more, row.unverified):
        assert not any(theirs in str(stored) for theirs in ("1711234567", "kurt", "Kurt"))


def test_what_is_not_theirs_stays():
    row = take(f"{FIRM};info@quappe.example, lea.kain@quappe.example;Kurt Quappe;macht Stanzteile\n")
    other = take(f"{FIRM};info@quappe.example;Lea Kain;fragt nach Förderung\n")
    erasures.erase_person(person=Person.objects.get(name="Kurt Quappe"), restrict=False, by=BY)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.remark, other.remark) == ("macht Stanzteile", "fragt nach Förderung")
    assert row.more["emails"] == ["lea.kain@quappe.example"]


@pytest.mark.parametrize(
    ("remark", "left"),
    [
        ("hat lange nicht reagiert, wünscht keine Mails", "hat lange nicht reagiert, wünscht keine Mails"),
        ("Lange nicht mehr gesehen", "Lange nicht mehr gesehen"),
        ("Herr Lange will nichts", ""),
        ("bitte Uwe Lange anrufen", ""),
    ],
)
def test_a_surname_that_is_a_word_as_well_is_only_theirs_where_it_is_a_name(remark, left):
    row = take(f"{FIRM};info@quappe.example;Uwe Lange;{remark}\n")
    erasures.erase_person(person=Person.objects.get(), restrict=False, by=BY)
    row.refresh_from_db()
    assert row.remark == left
