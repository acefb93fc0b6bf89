"""The form of an event: one page, one registration, and what it says when something is not right."""

import datetime as dt
import html
import re
import uuid

import pytest
from django.core.cache import cache

from tests.contact_point import BY, MONDAY
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.enquiries.models import Case, FollowUp
from wegweiser.events import answers
from wegweiser.events.actions import events, multipliers, questions
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Registration
from wegweiser.events.queries import brought
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def held(world):
    return events_world.held(places=3, centre=world)


def address(held):
    return f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"


def given(client, held, path="", **typed):
    """What a browser sends: the hidden fields as the page has them, and what was typed, some seconds later."""
    text = client.get(path or address(held)).text
    hidden = dict(events_world.hidden(text))
    told = {"name": "Gerda Gast", "email": "gerda@firma.example", "places": "1"}
    return {**hidden, **told, **typed}


def send(client, held, typed, path=""):
    with clock.stopped_at(clock.now() + dt.timedelta(seconds=20)):
        return client.post(path or address(held), typed)


def register(client, held, **typed):
    return send(client, held, given(client, held, **typed))


def own_page(client, response):
    assert response.status_code == 302, html.unescape(response.text)
    return html.unescape(client.get(response["Location"]).text)


def ask(held, *asked):
    return questions.set_all(event=held.event, asked=asked, by=BY)


def name_of(question):
    return f"frage_{question.uuid.hex}"


def test_one_form_and_one_registers(client, held):
    text = own_page(client, register(client, held, firm="Gast GmbH", postcode="39104", note="Rollstuhl"))
    assert "Sie sind angemeldet" in text
    row = Registration.objects.get()
    assert (row.state, row.places, row.name, row.firm, row.postcode) == (
        "confirmed",
        1,
        "Gerda Gast",
        "Gast GmbH",
        "39104",
    )
    assert (row.email, row.note, row.language) == ("gerda@firma.example", "Rollstuhl", "de")
    assert Letter.objects.count() == 1


def test_several_of_a_firm_with_their_names(client, held):
    own_page(client, register(client, held, places="3", names="Ada Alt\nBert Bau"))
    row = Registration.objects.get()
    assert [seat.name for seat in row.seats.all()] == ["Gerda Gast", "Ada Alt", "Bert Bau"]


def test_more_names_than_places_are_not_lost(client, held):
    page = register(client, held, places="1", names="Ada Alt")
    assert page.status_code == 422
    assert "Das sind mehr Namen als Plätze." in page.text
    assert "Ada Alt" in page.text
    assert not Registration.objects.exists()


def test_a_head_count_asks_for_no_names(client, held):
    events.change(event=held.event, settings={"listing": "heads"}, by=BY)
    assert 'name="names"' not in client.get(address(held)).text
    own_page(client, register(client, held, places="2"))
    assert Registration.objects.get().places == 2


def test_an_address_with_umlauts_before_the_at_is_refused_in_words_and_a_domain_with_them_is_reached(client, held):
    refused = register(client, held, email="jürgen@müller-bau.de")
    assert refused.status_code == 422
    assert "ä, ö, ü, ß oder anderen besonderen Buchstaben vor dem @" in refused.text
    assert "nicht vollständig" not in refused.text
    register(client, held, email="juergen@Müller-Bau.de")
    assert Registration.objects.get().email == "juergen@xn--mller-bau-q9a.de"
    assert Letter.objects.get().recipient_mail == "juergen@xn--mller-bau-q9a.de"


def test_mistakes_stand_beside_their_fields_and_on_top(client, held):
    page = register(client, held, name="", email="gerda", note="Bitte mit Rampe", postcode="1")
    text = html.unescape(page.text)
    assert page.status_code == 422
    assert 'href="#id_name"' in text
    assert "Bitte sagen Sie uns, wie Sie heißen." in text
    assert "Diese E-Mail-Adresse ist nicht vollständig." in text
    assert "Eine Postleitzahl hat fünf Ziffern." in text
    assert "Bitte mit Rampe" in text


def test_the_same_form_twice_is_one_registration_and_says_so(client, held):
    typed = given(client, held)
    send(client, held, typed)
    text = own_page(client, send(client, held, typed))
    assert "Sie waren schon angemeldet." in text
    assert Registration.objects.count() == 1
    assert Letter.objects.count() == 1


def test_the_same_person_again_gets_the_mail_again_and_sees_nothing(client, held):
    register(client, held, note="geheim")
    first = Registration.objects.get()
    again = register(client, held)
    assert again.status_code == 200
    assert "Ihre Anmeldung ist schon da" in again.text
    assert "/anmeldung/" not in again.text
    assert "geheim" not in again.text
    assert Letter.objects.count() == 1  # the first one is not ten minutes old
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=11)):
        register(client, held)
        register(client, held)
    assert Registration.objects.get() == first
    assert Letter.objects.filter(cause_uuid=first.uuid).count() == 2


def test_programs_are_asked_once_more(client, held):
    typed = given(client, held)
    page = client.post(address(held), typed)
    assert "Das ging sehr schnell." in page.text
    assert not Registration.objects.exists()
    hidden = dict(events_world.hidden(page.text))
    assert client.post(address(held), {**typed, **hidden}).status_code == 302


def test_the_stamp_for_pressing_again_lets_no_other_registration_through_and_not_for_ever(client, held):
    typed = given(client, held)
    once = dict(events_world.hidden(client.post(address(held), typed).text))["stamp"]
    other = given(client, held, name="B", email="b@spam.example", stamp=once, website="http://spam.example")
    assert send(client, held, other).status_code == 422
    with clock.stopped_at(MONDAY + dt.timedelta(hours=3)):
        page = client.post(address(held), {**typed, "stamp": once, "website": "x"})
        assert "Das ging sehr schnell." in page.text
        assert not Registration.objects.exists()
        hidden = dict(events_world.hidden(page.text))
        assert client.post(address(held), {**typed, **hidden}).status_code == 302


def test_a_form_that_is_put_right_after_pressing_again_keeps_its_stamp(client, held):
    typed = given(client, held)
    hidden = dict(events_world.hidden(client.post(address(held), typed).text))
    page = client.post(address(held), {**typed, **hidden, "email": "keine"})
    assert page.status_code == 422
    hidden = dict(events_world.hidden(page.text))
    fixed = {**typed, **hidden, "email": "gerda.gast@firma.example", "website": "filled by the browser"}
    with clock.stopped_at(MONDAY + dt.timedelta(hours=1)):
        assert client.post(address(held), fixed).status_code == 302


def test_ways_and_slots_are_chosen_and_taken_ones_are_shown_as_taken(client, held):
    starts = events_world.STARTS
    half = dt.timedelta(minutes=30)
    slots = [Places(chairs=1, starts_at=starts + n * half, ends_at=starts + (n + 1) * half) for n in range(3)]
    events.set_places(event=held.event, pools=slots, by=BY)
    events.change(event=held.event, settings={"waiting_list": False}, by=BY)
    first, second, _third = held.event.pools.all()
    assert "Welche Zeit passt Ihnen?" in client.get(address(held)).text
    own_page(client, register(client, held, pool=str(first.uuid)))
    text = html.unescape(client.get(address(held)).text)
    assert "10:00 bis 10:30 Uhr (vergeben)" in text
    assert re.search(rf'value="{first.uuid}"[^>]*disabled', text)
    page = register(client, held, name="Otto", email="otto@firma.example", pool=str(first.uuid))
    assert "Leider sind alle Plätze vergeben." in page.text
    own_page(client, register(client, held, name="Otto", email="otto@firma.example", pool=str(second.uuid)))
    assert Registration.objects.order_by("-id").first().pool == second


def test_a_full_event_leads_to_the_waiting_list(client, held):
    for number in range(3):
        events_world.register(held, number)
    assert "Auf die Warteliste" in client.get(address(held)).text
    text = own_page(client, register(client, held))
    assert "Sie stehen auf der Warteliste" in text


def test_questions_of_each_kind_are_kept(client, held):
    options = [("a", translated("Metall")), ("b", translated("Holz"))]
    rows = ask(
        held,
        Asked(kind="text", label=translated("Ihre Maschine"), required=True),
        Asked(kind="long_text", label=translated("Was ist Ihre Frage?")),
        Asked(kind="yes_no", label=translated("Essen Sie mit?"), required=True),
        Asked(kind="choice", label=translated("Womit arbeiten Sie?"), options=options),
        Asked(kind="several", label=translated("Was interessiert Sie?"), options=options),
        Asked(kind="number", label=translated("Wie viele Maschinen?")),
    )
    typed = dict(zip(map(name_of, rows), ["Fräse", "Wie?", "yes", "b", ["a", "b"], "2,5"], strict=True))
    own_page(client, register(client, held, **typed))
    kept = Registration.objects.get().answers
    assert [kept[str(row.uuid)] for row in rows] == ["Fräse", "Wie?", "yes", "b", ["a", "b"], "2.5"]


def test_wrong_answers_are_said_beside_the_question(client, held):
    required, number = ask(
        held,
        Asked(kind="text", label=translated("Ihre Maschine"), required=True),
        Asked(kind="number", label=translated("Wie viele?")),
    )
    page = register(client, held, **{name_of(number): "viele"})
    text = html.unescape(page.text)
    assert "Bitte beantworten Sie diese Frage." in text
    assert "Bitte geben Sie hier eine Zahl ein." in text
    assert f'href="#id_{name_of(required)}"' in text
    assert 'value="viele"' in text


def test_a_question_that_depends_on_another_counts_only_there(client, held):
    meal, what = ask(
        held,
        Asked(kind="yes_no", label=translated("Essen Sie mit?"), required=True),
        Asked(kind="text", label=translated("Was essen Sie nicht?"), required=True, shown_where=1, shown_answer="yes"),
    )
    text = html.unescape(client.get(address(held)).text)
    assert "Nur wenn Sie „Essen Sie mit?“ mit „Ja“ beantworten." in text
    page = register(client, held, **{name_of(meal): "yes"})
    assert "Bitte beantworten Sie diese Frage." in page.text
    own_page(client, register(client, held, **{name_of(meal): "no", name_of(what): "Nüsse"}))
    assert Registration.objects.get().answers == {str(meal.uuid): "no"}


def test_a_consent_is_kept_with_its_words(client, held):
    (photo,) = ask(
        held, Asked(kind="consent", label=translated("Fotos dürfen gezeigt werden.", "Photos may be shown."))
    )
    ask(
        held, Asked(kind="consent", label=translated("Fotos dürfen ins Netz.", "Photos may go online."), question=photo)
    )
    own_page(
        client,
        send(client, held, given(client, held, f"/en{address(held)}", **{name_of(photo): "on"}), f"/en{address(held)}"),
    )
    kept = Registration.objects.get().answers[str(photo.uuid)]
    assert (kept["text"], kept["language"], kept["version"]) == ("Photos may go online.", "en", 2)
    assert kept["at"].startswith("2026-03-02")


def test_a_consent_that_must_be_given_says_so(client, held):
    (needed,) = ask(held, Asked(kind="consent", label=translated("Der Ton wird mitgeschnitten."), required=True))
    assert "Ohne diese Einwilligung" in register(client, held).text
    own_page(client, register(client, held, **{name_of(needed): "on"}))


def test_a_call_that_is_asked_for_becomes_an_enquiry_that_names_the_event(client, held):
    assert "brauchen wir Ihre Nummer" in register(client, held, call_window="8-10").text
    typed = given(client, held, call_window="8-10", phone="0391 5448619")
    send(client, held, typed)
    send(client, held, typed)
    case = Case.objects.get()
    assert "Aufträge im Blick" in case.text
    assert (case.name, case.phone, case.call_window) == ("Gerda Gast", "+493915448619", "8-10")
    assert case.partner == held.draft.entry.partner
    assert FollowUp.objects.filter(case=case).count() == 1


def test_what_a_call_is_to_be_about_stands_in_its_enquiry(client, held):
    assert "brauchen wir Ihre Nummer" in register(client, held, call_about="Drohnen im Bau").text
    own_page(client, register(client, held, call_about="Drohnen im Bau", phone="0391 5448619"))
    case = Case.objects.get()
    assert case.text.startswith("Bitte rufen Sie mich an zu: Drohnen im Bau\nAngemeldet für die Veranstaltung „Auftr")
    assert FollowUp.objects.filter(case=case).exists()


def test_who_brought_whom_can_be_seen(client, held):
    link = multipliers.give_link(event=held.event, name="Handwerkskammer", by=BY)
    assert multipliers.give_link(event=held.event, name="handwerkskammer", by=BY) == link
    path = f"{address(held)}?von={link.code}"
    own_page(client, send(client, held, given(client, held, path, places="2"), path))
    own_page(client, register(client, held, name="Otto", email="otto@firma.example"))
    assert [(row.multiplier.name, row.registrations, row.places) for row in brought(held.event)] == [
        ("Handwerkskammer", 1, 2)
    ]


@pytest.mark.parametrize("code", ["gibtesnicht", "<script>", "x" * 200])
def test_a_link_of_nobody_hinders_nobody(client, held, code):
    path = f"{address(held)}?von={code}"
    own_page(client, send(client, held, given(client, held, path), path))
    assert Registration.objects.get().multiplier is None


def test_signs_that_nobody_sees_are_not_kept(client, held):
    turned = "Otto \u202erellüM\u202c\u200b"
    own_page(client, register(client, held, name=turned, firm="\u2066A GmbH\u2069", note="Bitte\u202e\nRampe"))
    row = Registration.objects.get()
    assert (row.name, row.firm, row.note, row.seats.get().name) == ("Otto rellüM", "A GmbH", "Bitte\nRampe", row.name)
    assert "\u202e" not in Letter.objects.get().text
    assert "sagen Sie uns, wie Sie heißen" in register(client, held, name="\u202e", email="x@x.example").text


def test_closed_ones_have_no_form(client, held):
    events.change(event=held.event, settings={"closes_at": MONDAY + dt.timedelta(hours=1)}, by=BY)
    typed = given(client, held)
    with clock.stopped_at(MONDAY + dt.timedelta(hours=2)):
        assert "<form method" not in client.get(address(held)).text
        page = client.post(address(held), typed)
    assert page.status_code == 422
    assert "Die Anmeldung ist geschlossen." in page.text
    assert not Registration.objects.exists()


def test_the_form_speaks_english(client, held):
    text = client.get(f"/en{address(held)}").text
    for said in ("Your name", "How many are coming?", "Is there anything we should know?"):
        assert said in text


def test_hostile_input_is_shown_harmlessly(client, held):
    page = register(client, held, name="<script>x</script>", email="nein")
    assert "<script>x" not in page.text
    own_page(client, register(client, held, name="<script>x</script>"))


def test_a_question_of_another_event_cannot_be_answered(client, held):
    (row,) = ask(
        held, Asked(kind="choice", label=translated("Was?"), options=[("a", translated("A")), ("b", translated("B"))])
    )
    assert "Bitte wählen Sie eine der Antworten." in register(client, held, **{name_of(row): "c"}).text
    assert answers.key(row) == str(row.uuid)
    own_page(client, register(client, held, **{f"frage_{uuid.uuid4().hex}": "x"}))
    assert Registration.objects.get().answers == {}
    cache.clear()


def test_all_ticks_are_kept_where_the_form_was_sent_very_fast(client, held):
    options = [(key, translated(key.upper())) for key in "abc"]
    (question,) = ask(held, Asked(kind="several", label=translated("Was?"), options=options))
    typed = given(client, held, **{name_of(question): ["a", "b"]})
    page = html.unescape(client.post(address(held), typed).text)
    ticked = re.findall(rf'<input[^>]*name="{name_of(question)}"[^>]*>', page)
    assert [re.search(r'value="(\w)"', box)[1] for box in ticked if "checked" in box] == ["a", "b"]


def test_on_a_phone_one_registers_below_title_day_and_place(client, world):
    """The same button once more at the top; the style shows one of them, by the width."""
    held = events_world.held(centre=world)
    text = client.get(f"/veranstaltungen/{held.draft.entry.slug}/").text
    top, wide = text.index('class="ww-enrol"'), text.index("ww-enrol-wide")
    assert text.index("</h1>") < top < text.index("Auf einen Blick") < wide
    assert "Halle, Marktplatz 1" in text[top : text.index("Auf einen Blick")]
    with clock.stopped_at(events_world.ENDS + dt.timedelta(days=1)):
        assert "ww-enrol" not in client.get(f"/veranstaltungen/{held.draft.entry.slug}/").text
