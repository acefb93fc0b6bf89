"""A remark that was no wish gives back what the list took: the channel of the firm, and of the person it brought."""

import pytest

from wegweiser.companies import lists as reads
from wegweiser.companies import queries
from wegweiser.companies.actions import channels, held_rows, lists, merges, persons, wishes
from wegweiser.companies.models import Channel, Company, ListRow, Person
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
HEAD = "Firma;Straße;PLZ;Telefon;Bemerkung;Ansprechpartner\n"
WISH = "keine Mails mehr"

pytestmark = pytest.mark.django_db


def take(text: str) -> None:
    lists.take(opened=reads.open_list((HEAD + text).encode()), name="liste.csv", by=BY)


def row(name: str = "") -> ListRow:
    return queries.held_rows().filter(company__name__startswith=name).get()


def channel(name: str) -> str:
    return queries.root_of(Company.objects.get(name=name)).channel


def test_a_firm_that_came_with_the_list_is_written_to_again():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};Kurt Kain\n")
    assert (channel("Abel GmbH"), Person.objects.get().channel) == (Channel.PHONE, Channel.PHONE)
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert (channel("Abel GmbH"), Person.objects.get().channel) == (Channel.MAIL, Channel.MAIL)
    assert not queries.held_rows().exists()


def test_a_wish_that_was_granted_stays():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};Kurt Kain\n")
    held_rows.settle(row=row(), by=BY)
    assert (channel("Abel GmbH"), Person.objects.get().channel) == (Channel.PHONE, Channel.PHONE)


@pytest.mark.parametrize("name", ["Abel GmbH", "Abel Metallbau GmbH"])
@pytest.mark.parametrize("before", [Channel.MAIL, Channel.LETTER])
def test_a_known_firm_gets_the_channel_it_had(name, before):
    known = Company.objects.create(name="Abel GmbH", street="Weg 1", postcode="39104", phone="+493915550100")
    channels.choose(party=known, channel=before, by=BY)
    take(f"{name};Weg 1;39104;0391 5550100;{WISH};\n")
    assert channel("Abel GmbH") != Channel.MAIL
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert channel("Abel GmbH") == before


def test_what_somebody_chose_since_stays():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};\n")
    channels.choose(party=Company.objects.get(), channel=Channel.NONE, by=BY)
    channels.choose(party=Company.objects.get(), channel=Channel.PHONE, by=BY)
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.PHONE


def test_what_another_row_asks_for_stays():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};\n")
    take("Abel GmbH;Weg 1;39104;0391 5550100;bitte nicht mehr anschreiben;\n")
    first, second = queries.held_rows().order_by("id")
    held_rows.settle(row=first, was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.PHONE
    held_rows.settle(row=second, was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.MAIL


def test_rows_with_the_very_same_words_are_settled_at_once():
    names = ("Abel GmbH", "Kain GmbH", "Lot GmbH")
    words = (WISH, WISH, "bitte nicht mehr anschreiben")
    take("".join(f"{name};Weg 1;39104;;{word};\n" for name, word in zip(names, words, strict=True)))
    abel = row("Abel")
    assert sorted(queries.how_many_alike(queries.held_rows()).values()) == [0, 1, 1]
    assert held_rows.settle_alike(row=abel, was_none=True, by=BY) == 2
    assert [one.company.name for one in queries.held_rows()] == ["Lot GmbH"]
    assert [channel(name) for name in names] == [Channel.MAIL, Channel.MAIL, Channel.LETTER]


def test_what_the_firm_said_itself_is_no_false_alarm_though_it_changed_nothing():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};\n")
    assert not channels.choose(party=Company.objects.get(), channel=Channel.PHONE, by=BY)
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.PHONE


def test_what_another_entry_of_the_firm_chose_stays():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};\n")
    other = Company.objects.create(name="Abel Guss GmbH", phone="+493915550101")
    channels.choose(party=other, channel=Channel.PHONE, by=BY)
    merges.merge(loser=other, survivor=Company.objects.get(name="Abel GmbH"), by=BY)
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.PHONE


def test_what_a_list_of_contacts_tells_stays():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};\n")
    assert not wishes.silence(company=Company.objects.get(), wish="objection", by=BY)
    held_rows.settle(row=row(), was_none=True, by=BY)
    assert channel("Abel GmbH") == Channel.PHONE


def test_a_person_whom_somebody_entered_beside_the_list_keeps_their_channel():
    take(f"Abel GmbH;Weg 1;39104;0391 5550100;{WISH};Kurt Kain\n")
    given = {"name": "Jana Lot", "email": "jana@abel.example", "channel": Channel.NONE}
    jana = persons.find_or_create(company=Company.objects.get(), **given, by=BY)
    held_rows.settle(row=row(), was_none=True, by=BY)
    jana.refresh_from_db()
    assert (jana.channel, Person.objects.get(name="Kurt Kain").channel) == (Channel.NONE, Channel.MAIL)
