"""A guest changes by their link how they take part, who comes along and what they told us."""

import html
import re

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from tests.web.public.test_own_registration import link
from tests.web.public.test_registering import ask, name_of
from wegweiser.events.actions import events, registrations
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Event, Registration, Seat, Way
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter
from wegweiser.web.public import limits


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def held(world):
    """Three places, as in `events_world`, and nothing else to choose."""
    return events_world.held(places=3, centre=world)


@pytest.fixture
def hybrid(held):
    """The same with one place online, and a guest on site."""
    pools = [Places(chairs=3, pool=held.pool), Places(chairs=1, way=Way.ONLINE, label=translated("Online", "Online"))]
    events.set_places(event=held.event, pools=pools, by=BY)
    return registered(held, 1)


def registered(held, number, at=0, **given):
    told = {"pool": held.event.pools.all()[at], "submission": f"00000000-0000-4000-8000-00000000000{number}"}
    guest = events_world.guest(number, **given)
    return registrations.register(event=held.event, **told, guest=guest, by=BY).registration


def online(row):
    return row.event.pools.get(way=Way.ONLINE)


def page(client, row):
    return html.unescape(client.get(f"{link(row)}angaben/").text)


def save(client, row, **typed):
    told = {"firm": row.firm, "note": row.note, "phone": row.phone, "pool": str(row.pool.uuid)}
    response = client.post(f"{link(row)}angaben/", {**told, **typed})
    row.refresh_from_db()
    return response


def test_the_own_page_leads_to_it_while_something_can_be_changed(client, held):
    row = registered(held, 1)
    there = re.search(r'href="([^"]+/angaben/)"', client.get(link(row)).text)[1]
    assert "Teilnahme und Angaben" in client.get(there).text
    registrations.cancel(registration=row, by=BY)
    assert "/angaben/" not in client.get(link(row)).text
    assert client.get(there)["Location"] == there.removesuffix("angaben/")
    assert client.get("/anmeldung/falsch/angaben/").status_code == 404


def test_a_guest_takes_part_online_instead_and_is_told(client, hybrid):
    text = page(client, hybrid)
    assert "Vor Ort (wie bisher)" in text
    assert "Ihr bisheriger Platz wird erst frei, wenn Sie den neuen haben." in text
    response = save(client, hybrid, pool=str(online(hybrid).uuid))
    assert "Gespeichert." in client.get(response["Location"]).text
    assert hybrid.pool.way == Way.ONLINE
    assert Letter.objects.latest("id").subject.startswith("Ihre Anmeldung ist geändert")


def test_where_no_place_is_free_the_form_says_so_and_nothing_changes(client, held, hybrid):
    registered(held, 2, 1)
    assert "Online (kein Platz frei)" in page(client, hybrid)
    response = save(client, hybrid, pool=str(online(hybrid).uuid), firm="Anders GmbH")
    assert response.status_code == 422
    assert "Dort ist gerade nicht genug Platz frei. Ihre Anmeldung bleibt, wie sie ist." in response.text
    assert (hybrid.pool.way, hybrid.firm) == (Way.ON_SITE, "Betrieb 1 GmbH")


def test_where_there_is_one_way_nothing_is_asked_of_it(client, held):
    row = registered(held, 1)
    assert 'name="pool"' not in page(client, row)
    save(client, row, firm="Neu GmbH", note="Rollstuhl", phone="0391 5448619")
    assert (row.firm, row.note, row.phone) == ("Neu GmbH", "Rollstuhl", "+493915448619")
    assert Letter.objects.count() == 1


def test_a_number_that_nobody_can_call_is_said_beside_its_field(client, held):
    assert "Diese Nummer können wir nicht anrufen." in save(client, registered(held, 1), phone="abc").text


def test_a_colleague_takes_the_place_without_a_name_and_then_another_one(client, held):
    row = registered(held, 1, places=2, names=["Gast 1"])
    save(client, row, names="Ada Alt\nBert Bau")
    assert row.places == 3
    assert list(Seat.objects.values_list("name", flat=True)) == ["Gast 1", "Ada Alt", "Bert Bau"]
    assert 'name="names"' not in page(client, row)


def test_the_same_form_sent_twice_takes_one_place_more(client, held):
    row = registered(held, 1)
    for typed in ("Ada Alt", "Ada Alt", "ada  alt"):
        save(client, row, names=typed)
    assert list(Seat.objects.order_by("position").values_list("name", flat=True)) == ["Gast 1", "Ada Alt"]
    assert Registration.objects.get().places == 2


def test_more_than_are_free_are_refused_with_everything_that_was_typed(client, held):
    row = registered(held, 1)
    registered(held, 2, places=2)
    response = save(client, row, names="Ada Alt", firm="Neu GmbH")
    assert response.status_code == 422
    assert "So viele Plätze sind nicht mehr frei." in response.text
    assert "Ada Alt" in response.text
    assert (row.places, row.firm) == (1, "Betrieb 1 GmbH")


def test_only_heads_are_counted_where_the_event_counts_heads(client, held):
    events.change(event=held.event, settings={"listing": "heads"}, by=BY)
    row = registered(held, 1)
    assert 'name="names"' not in page(client, row)
    save(client, row, places="3")
    assert row.places == 3


def test_once_registration_closed_only_what_was_said_can_be_changed(client, held, hybrid):
    Event.objects.update(closes_at=MONDAY)
    text = page(client, hybrid)
    assert not {'name="pool"', 'name="names"', 'name="places"'} & set(re.findall(r'name="\w+"', text))
    save(client, hybrid, firm="Neu GmbH", names="Ada", pool=str(online(hybrid).uuid))
    assert (hybrid.firm, hybrid.places, hybrid.pool.way) == ("Neu GmbH", 1, Way.ON_SITE)


def test_who_has_to_confirm_first_chooses_no_other_place(client, held, hybrid):
    Registration.objects.update(state="pending", until=events_world.STARTS)
    hybrid.refresh_from_db()
    assert 'name="pool"' not in page(client, hybrid)


def test_answers_are_put_right_and_consents_stay(client, held):
    wish, consent, later = ask(
        held,
        Asked(kind="text", label=translated("Woran arbeiten Sie?"), required=True),
        Asked(kind="consent", label=translated("Fotos sind in Ordnung.")),
        Asked(kind="consent", label=translated("Der Ton wird mitgeschnitten.")),
    )
    row = registered(held, 1, answers={str(wish.uuid): "Drehen", str(consent.uuid): True})
    given = row.answers[str(consent.uuid)]
    text = page(client, row)
    assert 'value="Drehen"' in text
    assert name_of(consent) not in text
    assert "Bitte beantworten Sie diese Frage." in save(client, row, **{name_of(wish): ""}).text
    save(client, row, **{name_of(wish): "Fräsen", name_of(later): "on"})
    assert row.answers[str(wish.uuid)] == "Fräsen"
    assert row.answers[str(consent.uuid)] == given
    assert row.answers[str(later.uuid)]["text"] == "Der Ton wird mitgeschnitten."


def test_a_page_that_was_opened_before_the_upgrade_empties_nothing(client, held):
    """It has no field for what it did not know; a field that is there and empty says so."""
    options = [(key, translated(key)) for key in ("sensor", "roboter")]
    wish, diet, several = ask(
        held,
        Asked(kind="text", label=translated("Woran arbeiten Sie?"), required=True),
        Asked(kind="yes_no", label=translated("Vegetarisch?")),
        Asked(kind="several", label=translated("Was interessiert Sie?"), options=options),
    )
    said = {str(wish.uuid): "Drehen", str(diet.uuid): "yes", str(several.uuid): ["sensor"]}
    row = registered(held, 1, firm="Gast GmbH", note="Rollstuhl", phone="+493915550101", answers=said)
    before = dict(row.answers)

    assert client.post(f"{link(row)}angaben/", {"note": "Kinderwagen"}).status_code == 302
    row.refresh_from_db()
    assert (row.note, row.firm, row.phone, row.answers) == ("Kinderwagen", "Gast GmbH", "+493915550101", before)

    assert f'name="gefragt" value="{several.uuid.hex}"' in page(client, row)
    assert save(client, row, note="", **{name_of(wish): "Fräsen", "gefragt": several.uuid.hex}).status_code == 302
    assert (row.note, row.answers) == ("", {str(wish.uuid): "Fräsen", str(diet.uuid): "yes"})


def test_nobody_saves_without_end(client, held, monkeypatch):
    monkeypatch.setattr(limits, "SEND", (1, 600))
    row = registered(held, 1)
    assert save(client, row, firm="A").status_code == 302
    assert save(client, row, firm="B").status_code == 429
    assert row.firm == "A"
