"""What a list says below "Mailing erlaubt" or in any cell binds at once, also where the firm is known already."""

import pytest
from django.db.models import Q

from wegweiser.companies import entries, queries
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import channels, companies, lists
from wegweiser.companies.importing import headers
from wegweiser.companies.models import Company
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
WHERE = "Lindenallee 4;39104;Magdeburg;0391 5550110"


def take(text: str):
    return lists.take(opened=reads.open_list(text.encode()), name="liste.csv", by=BY)


@pytest.mark.parametrize(
    ("header", "cell", "channel"),
    [
        *[("Mailing erlaubt", "nein", "phone"), ("Werbesperre", "x", "phone"), ("Status", "keine Mails", "phone")],
        *[("Löschkennzeichen", "ja", "none"), ("Anrufsperre", "ja", "letter"), ("Status", "keine Anrufe", "letter")],
        *[("Mailing erlaubt", "ja", "mail"), ("Werbesperre", "nein", "mail"), ("Status", "aktiv", "mail")],
    ],
)
@pytest.mark.parametrize("is_known", [False, True])
def test_the_firm_is_left_alone_in_the_way_it_asks_for(header, cell, channel, is_known):
    known = {"street": "Lindenallee 4", "postcode": "39104", "place": "Magdeburg", "phone": "+493915550110"}
    if is_known:
        companies.find_or_create(name="Abel GmbH", **known, by=BY)
    take(f"Firma;Straße;PLZ;Ort;Telefon;E-Mail;{header}\nAbel GmbH;{WHERE};info@abel.example;{cell}\n")
    assert Company.objects.get().channel == channel
    assert [row.told for row in queries.held_rows()] == ([] if channel == "mail" else [f"{header}: {cell}"])


@pytest.mark.parametrize(
    ("header", "cell", "channel"),
    [
        *[("Anrufsperre", "ja", "letter"), ("Status", "keine Anrufe", "letter"), ("Löschkennzeichen", "ja", "none")],
        *[("Werbesperre", "ja", "phone"), ("Anrufsperre", "nein", "phone")],
    ],
)
@pytest.mark.parametrize("where", [WHERE, ";39104;Magdeburg;0391 5550110"])
def test_who_was_on_the_telephone_and_wants_no_calls_leaves_it(header, cell, channel, where):
    known = {"street": "Lindenallee 4", "postcode": "39104", "place": "Magdeburg", "phone": "+493915550110"}
    firm = companies.find_or_create(name="Abel GmbH", **known, by=BY)
    channels.choose(party=firm, channel="phone", by=BY)
    take(f"Firma;Straße;PLZ;Ort;Telefon;{header}\nAbel GmbH;{where};{cell}\n")
    firm.refresh_from_db()
    assert firm.channel == channel


def test_headers_that_were_named_before_say_it_too():
    """What somebody once said of these columns stays, and named nothing for the one that nobody knew then."""
    said = {0: "name", 1: "place"}
    lists.name_columns(headers_key=headers.key(["Firma", "Ort", "Werbesperre"]), mapping=said, by=BY)
    opened = reads.open_list(b"Firma;Ort;Werbesperre\nAbel GmbH;Halle;x\n")
    assert opened.mapping == {0: "name", 1: "place", 2: "blocked"}
    lists.name_columns(headers_key=opened.head.key, mapping={**said, 2: "ignore"}, by=BY)
    opened = reads.open_list(b"Firma;Ort;Werbesperre\nAbel GmbH;Halle;x\n")
    assert opened.mapping == {0: "name", 1: "place", 2: "ignore"}


def test_a_list_brought_again_with_a_wish_written_since_holds_the_firm_once():
    row = f"Abel GmbH;{WHERE};"
    for status in ("aktiv", "bitte löschen", "bitte löschen"):
        take(f"Firma;Straße;PLZ;Ort;Telefon;Status\n{row}{status}\n")
    assert Company.objects.get().channel == "none"
    assert queries.held_rows().count() == 1


def test_a_wish_written_elsewhere_tells_nothing_of_which_firm_it_is_and_stands_on_no_remark():
    take(f"Firma;Straße;PLZ;Ort;Telefon\nAbel GmbH - bitte keine Werbung von Kain;{WHERE}\n")
    (row,) = queries.held_rows()
    assert (row.company.name, row.remark) == ("Abel GmbH", "")
    assert entries.known([row.company], Q(company=row.company))[row.company.pk].remark == ""
