"""Text blocks at the desk, and in the form of an answer."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.catalogue.models import Entry
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases, text_blocks
from wegweiser.enquiries.models import Contribution, TextBlock
from wegweiser.outbox.models import Letter

URL = "/desk/anliegen/textbausteine/"


def block(text="Danke, {name}. {angebote} Ihre {ansprechperson}, {telefon}", **given):
    usual = {"title": "Erste Antwort", "language": "de", "partner": None}
    return text_blocks.write(**{**usual, **given}, text=text, by=BY)[0]


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead)
    cases.take(case=row, member=world.anna, by=BY)
    return row


def insert(client, case, chosen, **more):
    data = {"do": "answer", "insert": "1", "block": str(chosen.uuid), "answer-text": "", **more}
    return client.post(f"/desk/anliegen/{case.uuid}/", data)


def test_a_block_is_inserted_filled_in_and_nothing_is_sent(anna, case):
    offer = Entry.objects.filter(kind="check").first()
    page = insert(anna, case, block(), **{"answer-text": "Guten Morgen", "answer-more": [str(offer.uuid)]})
    text = page.context["forms"]["answer"]["text"].value()
    assert page.status_code == 200
    assert text == f"Guten Morgen\n\nDanke, Jana Ölmann. - {offer.title} Ihre Anna, 0391 5550100"
    assert str(offer.uuid) in page.context["forms"]["answer"]["more"].value()
    assert not Contribution.objects.exists()


def test_it_goes_where_the_cursor_was(anna, case):
    page = insert(anna, case, block(text="Mitte."), **{"answer-text": "Anfang. Ende.", "cursor": "8"})
    assert page.context["forms"]["answer"]["text"].value() == "Anfang.\n\nMitte.\n\nEnde."


@pytest.mark.parametrize("cursor", ["-1", "99999999999", "x", ""])
def test_an_odd_cursor_means_the_end(anna, case, cursor):
    page = insert(anna, case, block(text="Ende."), **{"answer-text": "Anfang.", "cursor": cursor})
    assert page.context["forms"]["answer"]["text"].value() == "Anfang.\n\nEnde."


def test_no_block_is_chosen_beforehand_and_the_chosen_one_stays_so(anna, case):
    row = block()
    fresh = anna.get(f"/desk/anliegen/{case.uuid}/").text.partition('id="answer-block"')[2].partition("</select>")[0]
    assert "Bitte wählen" in fresh.partition(str(row.uuid))[0]
    assert "selected" not in fresh
    chosen = insert(anna, case, row).text.partition('id="answer-block"')[2].partition("</select>")[0]
    assert "selected" in chosen.partition(str(row.uuid))[2]


def test_a_block_of_another_partner_inserts_nothing(anna, case, world):
    page = insert(anna, case, block(partner=world.other), **{"answer-text": "Ja."})
    assert page.context["forms"]["answer"]["text"].value() == "Ja."


def test_offers_that_are_ticked_after_the_block_came_in_are_named(anna, case):
    """In what one looks at first, and in what goes out."""
    offer = Entry.objects.filter(kind="check").first()
    text = insert(anna, case, block()).context["forms"]["answer"]["text"].value()
    assert "{angebote}" in text
    said = {"do": "answer", "answer-text": text, "answer-more": [str(offer.uuid)]}
    shown = anna.post(f"/desk/anliegen/{case.uuid}/", {**said, "preview": "1"})
    assert f"Danke, Jana Ölmann. - {offer.title} Ihre Anna" in shown.context["preview"].text
    anna.post(f"/desk/anliegen/{case.uuid}/", said)
    assert f"Danke, Jana Ölmann. - {offer.title} Ihre Anna" in Contribution.objects.get().text


def test_who_looks_at_an_answer_with_braces_in_it_is_told_of_them(anna, case):
    said = {"do": "answer", "answer-text": "Passt das: {angebote}?", "preview": "1"}
    shown = anna.post(f"/desk/anliegen/{case.uuid}/", said)
    assert shown.context["preview"] is not None
    assert "Bitte noch ersetzen oder streichen: {angebote}" in shown.text


def test_braces_that_are_left_keep_the_answer_here(anna, case):
    page = insert(anna, case, block(text="Für {betrieb}."))
    assert page.context["forms"]["answer"]["text"].value() == "Für {betrieb}."
    sent = anna.post(f"/desk/anliegen/{case.uuid}/", {"do": "answer", "answer-text": "Für {betrieb}."})
    assert sent.status_code == 422
    assert "Bitte noch ersetzen oder streichen: {betrieb}" in sent.content.decode()
    assert not Contribution.objects.exists()


def test_an_answer_is_looked_at_as_it_will_be_read_and_nothing_is_sent(anna, case):
    offer = Entry.objects.filter(kind="check").first()
    said = {"do": "answer", "preview": "1", "answer-text": "Ja, gern.", "answer-more": [str(offer.uuid)]}
    page = anna.post(f"/desk/anliegen/{case.uuid}/", said)
    shown = page.context["preview"].text
    assert page.status_code == 200
    assert shown.startswith("Guten Tag Jana Ölmann,\n\nJa, gern.")
    assert str(offer.title) in shown
    assert page.context["forms"]["answer"]["text"].value() == "Ja, gern."
    assert not Contribution.objects.exists()
    sent = anna.post(f"/desk/anliegen/{case.uuid}/", {name: said[name] for name in said if name != "preview"})
    assert sent.status_code == 302
    assert Letter.objects.get(subject__startswith="Antwort").text == shown
    assert anna.post(f"/desk/anliegen/{case.uuid}/", {**said, "answer-text": " "}).context["preview"] is None


def test_an_adviser_writes_for_the_own_partner(anna, world):
    said = {"title": "Neu", "language": "de", "belongs": "lead", "text": "Ja, {name}."}
    shown = anna.post(f"{URL}neu/", {**said, "preview": "1"})
    assert "Ja, Frau Beispiel." in shown.content.decode()
    assert not TextBlock.objects.exists()
    assert anna.post(f"{URL}neu/", said).status_code == 302
    assert TextBlock.objects.get().partner == world.lead
    assert anna.post(f"{URL}neu/", {**said, "belongs": "centre"}).status_code == 422


def test_what_is_not_known_is_told_with_what_was_meant(anna):
    said = {"title": "Neu", "language": "de", "belongs": "lead", "text": "{telefonn} {vorname}"}
    page = anna.post(f"{URL}neu/", said)
    assert page.status_code == 422
    assert "{telefonn} kennen wir nicht. Meinten Sie {telefon}?" in page.content.decode()
    assert "{vorname} kennen wir nicht." in page.content.decode()


def test_of_the_centre_one_reads_and_the_management_changes(anna, client, world):
    shared, foreign = block(), block(title="Fremd", partner=world.other)
    listed = anna.get(URL).content.decode()
    assert "Erste Antwort" in listed
    assert "Fremd" not in listed
    assert [anna.get(f"{URL}{row.uuid}/").status_code for row in (shared, foreign)] == [404, 404]
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    said = {"title": "Anders", "language": "de", "belongs": "centre", "text": "Ja."}
    assert client.post(f"{URL}{shared.uuid}/", said).status_code == 302
    shared.refresh_from_db()
    assert (shared.title, shared.text) == ("Anders", "Ja.")


def test_withdrawn_ones_are_no_longer_to_choose_until_they_are_back(anna, case, world):
    own = block(partner=world.lead)
    shown = lambda: anna.get(f"/desk/anliegen/{case.uuid}/").context["blocks"]  # noqa: E731
    assert shown() == [(str(own.uuid), "Erste Antwort")]
    anna.post(f"{URL}{own.uuid}/", {"do": "withdraw"})
    assert shown() == []
    assert "1 zurückgezogener" in anna.get(URL).content.decode()
    anna.post(f"{URL}{own.uuid}/", {"do": "restore"})
    assert len(shown()) == 1


def test_editors_reach_them_beside_the_offers(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert URL in client.get("/desk/angebote/").content.decode()
    assert client.get(URL).status_code == 200


def opened(client, row):
    """The form as it came, with what it remembers of the block."""
    form = client.get(f"{URL}{row.uuid}/").context["form"]
    return {name: form[name].value() for name in ("title", "language", "belongs", "text", "seen")}


def test_who_saves_second_sees_what_the_first_one_wrote_and_overwrites_it_knowingly(anna, world):
    row = block(text="Eins.", partner=world.lead)
    first, second = opened(anna, row), opened(anna, row)
    assert anna.post(f"{URL}{row.uuid}/", {**first, "text": "Zwei."}).status_code == 302
    page = anna.post(f"{URL}{row.uuid}/", {**second, "text": "Drei."})
    assert page.status_code == 409
    assert "Zwei." in page.content.decode()
    row.refresh_from_db()
    assert (row.text, page.context["form"]["text"].value()) == ("Zwei.", "Drei.")
    again = {name: page.context["form"][name].value() for name in second}
    assert anna.post(f"{URL}{row.uuid}/", again).status_code == 302
    row.refresh_from_db()
    assert row.text == "Drei."


def test_a_block_that_was_withdrawn_meanwhile_is_said_to_be(anna, world):
    row = block(text="Eins.", partner=world.lead)
    said = opened(anna, row)
    text_blocks.withdraw(block=row, by=BY)
    page = anna.post(f"{URL}{row.uuid}/", {**said, "text": "Zwei."})
    assert page.status_code == 409
    assert "zurückgezogen" in page.content.decode()


def test_two_who_write_the_same_do_not_disagree(anna, world):
    row = block(text="Eins.", partner=world.lead)
    said = {**opened(anna, row), "text": "Zwei."}
    assert [anna.post(f"{URL}{row.uuid}/", said).status_code for _ in range(2)] == [302, 302]
