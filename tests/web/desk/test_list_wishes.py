"""What lists brought that waits for a person is told to who may do it, and ticked off where it is done."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.companies import lists, queries
from wegweiser.companies.actions import lists as actions
from wegweiser.companies.models import Company, Doubt, FirmList, ListRow
from wegweiser.consortium.models import Role
from wegweiser.journey.models import ContactList, ContactRow
from wegweiser.kernel import clock

NUMBER = 23  # rows: more than one page
HEAD = "Firma;PLZ;Ort;Bemerkung\n"


def take(text: str, name: str = "kammer.csv") -> FirmList:
    """As `wegweiser import companies` does at a terminal."""
    data = (HEAD + text).encode()
    return actions.take(opened=lists.open_list(data), name=name, by=BY) and FirmList.objects.get(name=name)


def a_wish(text: str = "bitte alle Daten löschen") -> ListRow:
    take(f"Abelguss GmbH;39104;Magdeburg;{text}\n")
    return ListRow.objects.get()


@pytest.fixture
def manager(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    return client


def shown(client, name: str, **kwargs) -> str:
    return client.get(reverse(name, kwargs=kwargs)).content.decode()


def test_a_list_taken_at_a_terminal_is_told_on_the_first_screen(manager):
    take("Abelguss GmbH;39104;Magdeburg;bitte löschen\nKainbau GmbH;06108;Halle;keine Mails mehr\n")
    with clock.stopped_at(MONDAY + dt.timedelta(days=2)):
        take("Lothholz GmbH;38820;Halberstadt;bitte alle Daten löschen\n", name="zweite.csv")
        page = shown(manager, "desk:today")
    assert "2 Betriebe bitten vielleicht um Löschung, der erste eingelesen am 02.03.2026." in page
    assert "Ein Betrieb möchte vielleicht keine Post." in page
    assert f'href="{reverse("desk:list_wishes")}"' in page
    for words in (page, shown(manager, "desk:list_wishes")):
        assert "Die Frist von einem Monat läuft ab der Bitte, nicht ab dem Einlesen." in words
    assert "Alles erledigt" not in page


def test_pairs_and_past_contacts_are_told_too(manager):
    one, other = (Company.objects.create(name=f"Abel {number}") for number in range(2))
    Doubt.objects.create(one=one, other=other)
    source = ContactList.objects.create(name="alt.csv", digest="1", by="x", state=ContactList.State.DONE)
    for number, held in enumerate(["firm_unsure", "topic_unknown", "wish_deletion"]):
        ContactRow.objects.create(source=source, row=number, fingerprint=str(number), held=held, said="{}")
    page = shown(manager, "desk:today")
    assert "Ein Paar von Betrieben ist vielleicht doppelt." in page
    assert "2 Zeilen mit früheren Kontakten sind zu klären." in page
    assert "Ein Betrieb bittet vielleicht um Löschung, eingelesen am 02.03.2026." in page
    assert "alt.csv, Zeile 3" in shown(manager, "desk:list_wishes")
    assert "3 Zeilen warten auf Sie" in shown(manager, "desk:histories")
    assert "Vielleicht doppelt (1)" in shown(manager, "desk:companies")


def test_who_may_only_bring_lists_is_told_of_no_pairs(client, world):
    a_wish()
    one, other = (Company.objects.create(name=f"Kain {number}") for number in range(2))
    Doubt.objects.create(one=one, other=other)
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    page = shown(client, "desk:today")
    assert "Ein Betrieb bittet vielleicht um Löschung" in page
    assert "vielleicht doppelt" not in page
    wishes = shown(client, "desk:list_wishes")
    assert "Abelguss" in wishes
    assert "/desk/betriebe/" + str(Company.objects.get(name="Abelguss GmbH").uuid) not in wishes


def test_an_adviser_sees_at_the_firm_that_it_waits_and_is_not_asked_to_do_it(anna):
    row = a_wish()
    assert "Löschung" not in shown(anna, "desk:today")
    page = shown(anna, "desk:company", uuid=row.company.uuid)
    assert "Bittet vielleicht um Löschung" in page
    assert reverse("desk:list_row_settle", kwargs={"uuid": row.uuid}) not in page


@pytest.mark.parametrize(
    ("where", "name"),
    [("betrieb", "desk:company"), ("personen", "desk:firm_accesses"), ("wuensche", "desk:list_wishes")],
)
def test_it_is_ticked_off_where_one_deletes(manager, where, name):
    row = a_wish()
    kwargs = {} if where == "wuensche" else {"uuid": row.company.uuid}
    page, done = shown(manager, name, **kwargs), reverse("desk:list_row_settle", kwargs={"uuid": row.uuid})
    assert done in page
    assert f'name="weiter" value="{where}"' in page
    answer = manager.post(done, {"weiter": where})
    assert answer["Location"] == reverse(name, kwargs=kwargs)
    assert done not in shown(manager, name, **kwargs)
    assert not queries.held_rows().exists()
    assert "Aus Listen" not in shown(manager, "desk:today")


def test_what_was_no_wish_is_said_for_all_rows_with_these_words(manager):
    take("".join(f"Abel {number} GmbH;39104;Magdeburg;keine Mails mehr\n" for number in range(3)))
    page, first = shown(manager, "desk:list_wishes"), queries.held_rows()[0]
    assert "Auch für die 2 anderen Zeilen mit diesen Worten" in page
    done = reverse("desk:list_row_settle", kwargs={"uuid": first.uuid})
    manager.post(done, {"weiter": "wuensche", "do": "none", "alle": "ja"})
    assert not queries.held_rows().exists()
    assert set(Company.objects.values_list("channel", flat=True)) == {"mail"}
    assert "3 Zeilen: wieder wie vor der Liste erreichbar." in shown(manager, "desk:list_wishes")


def test_nothing_is_cut_at_ten(manager):
    source = take("".join(f"Abel {number} GmbH;39104;Magdeburg;bitte löschen\n" for number in range(NUMBER)))
    for name, kwargs in (("desk:list", {"uuid": source.uuid}), ("desk:list_wishes", {})):
        first, second = (
            manager.get(reverse(name, kwargs=kwargs), {"seite": number}).content.decode() for number in (1, 2)
        )
        assert f'<span class="ww-count">{NUMBER}</span>' in first
        assert first.count("/erledigt/") + second.count("/erledigt/") == NUMBER
    assert f"{NUMBER} Zeilen warten auf Sie" in shown(manager, "desk:lists")


def test_deletions_come_before_who_wants_no_mail(manager):
    take("Abelguss GmbH;39104;Magdeburg;keine Mails mehr\nKainbau GmbH;06108;Halle;bitte löschen\n")
    page = shown(manager, "desk:list_wishes")
    assert page.index("Kainbau") < page.index("Abelguss")


def test_wishes_of_past_contacts_come_in_pages_and_deletions_first(manager):
    source = ContactList.objects.create(name="alt.csv", digest="1", by="x", state=ContactList.State.DONE)
    for number in range(NUMBER):
        held = "wish_deletion" if number == NUMBER - 1 else "wish_objection"
        ContactRow.objects.create(source=source, row=number, fingerprint=str(number), held=held, said="{}")
    first, second = (
        manager.get(reverse("desk:list_wishes"), {"kontakte": number}).content.decode() for number in (1, 2)
    )
    assert f'<span class="ww-count">{NUMBER}</span>' in first
    assert first.count("alt.csv, Zeile") + second.count("alt.csv, Zeile") == NUMBER
    assert second.count("alt.csv, Zeile") == NUMBER - 20
    assert first.index(f"Zeile {NUMBER}") < first.index("Zeile 1<")


def test_past_contacts_that_wait_are_all_listed(manager):
    source = ContactList.objects.create(name="alt.csv", digest="1", by="x", state=ContactList.State.DONE)
    source.counts = {"recorded": 0, "rejected_rows": [[number, "no_day"] for number in range(NUMBER)]}
    source.finished_at = clock.now()
    source.save()
    for number in range(NUMBER):
        ContactRow.objects.create(source=source, row=number, fingerprint=str(number), held="topic_unknown", said="{}")
    pages = [
        manager.get(reverse("desk:history", kwargs={"uuid": source.uuid}), {"seite": number}).content.decode()
        for number in (1, 2)
    ]
    assert sum(page.count("So eintragen") for page in pages) == NUMBER
    assert pages[0].count("kein Tag, der sicher zu lesen ist") == NUMBER


def test_pairs_are_counted_as_they_are_listed(world):
    firms = [Company.objects.create(name=f"Abel {number}") for number in range(6)]
    asked = Doubt.objects.create(one=firms[0], other=firms[1])
    Doubt.objects.create(one=firms[2], other=firms[3], apart_at=clock.now(), apart_by="x")
    Doubt.objects.create(one=firms[0], other=firms[4], later_until=clock.today() + dt.timedelta(days=9))
    # Said of two other rows of the same two firms, the other way round.
    Company.objects.filter(pk=firms[5].pk).update(canonical=firms[2])
    Doubt.objects.create(one=firms[3], other=firms[5])
    assert list(queries.doubts(clock.today())) == [asked]
    assert queries.doubts_count(clock.today()) == 1


@pytest.mark.parametrize("name", ["desk:company", "desk:firm_accesses", "desk:list_wishes"])
@pytest.mark.parametrize(
    "text",
    [
        "Firma;PLZ;Ort\nAbelguss GmbH - bitte alle Daten löschen;39104;Magdeburg\n",
        "Firma;PLZ;Ort;Status\nAbelguss GmbH;39104;Magdeburg;bitte alle Daten löschen\n",
    ],
)
def test_a_wish_that_stands_in_no_remark_is_read_wherever_somebody_is_asked_to_do_it(manager, name, text):
    actions.take(opened=lists.open_list(text.encode()), name="kammer.csv", by=BY)
    (row,) = queries.held_rows()
    page = shown(manager, name, **({} if name == "desk:list_wishes" else {"uuid": row.company.uuid}))
    box = page[: page.index(reverse("desk:list_row_settle", kwargs={"uuid": row.uuid}))]
    assert row.remark == ""
    assert "bitte alle Daten löschen" in box[box.rindex("ittet vielleicht um Löschung") :]
