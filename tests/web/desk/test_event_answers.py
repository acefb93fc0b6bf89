"""What a guest answered, put right at the desk: the same questions as on their own page."""

import html

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import world
from tests.web.public.test_own_registration import link
from wegweiser.events.actions import questions
from wegweiser.events.actions.questions import Asked
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

ASKED = [
    Asked(kind="text", label=translated("Woran arbeiten Sie?"), required=True),
    Asked(kind="yes_no", label=translated("Essen Sie mit?")),
    Asked(kind="number", label=translated("Wie viele Portionen?"), shown_where=2, shown_answer="yes", required=True),
    Asked(kind="consent", label=translated("Fotos sind in Ordnung."), required=True),
]


@pytest.fixture
def held(centre):
    return world.held(places=5, centre=centre)


@pytest.fixture
def asked(held):
    return questions.set_all(event=held.event, asked=ASKED, by=BY)


def field(question):
    return f"frage_{question.uuid.hex}"


def at(row):
    return reverse("desk:event_guest", kwargs={"uuid": row.event.uuid, "guest": row.uuid})


def change(client, row, **typed):
    told = {"do": "change", "change-places": row.places, "change-names": row.name, "change-firm": row.firm}
    response = client.post(at(row), told | {f"change-{name}": value for name, value in typed.items()})
    row.refresh_from_db()
    return response


def registered(held, asked):
    work, eats, portions, photos = (str(one.uuid) for one in asked)
    given = {work: "Drehen", eats: "yes", portions: "2", photos: True}
    return world.register(held, answers=given).registration


def test_the_desk_changes_answers_and_the_trail_names_who(ben, held, asked):
    row = registered(held, asked)
    work, eats, portions, photos = asked
    page = html.unescape(ben.get(at(row)).text)
    assert f'name="change-{field(work)}" value="Drehen"' in page
    assert f'data-ww-shown-where="change-{field(eats)}" data-ww-shown-answer="yes"' in page
    photo = row.answers[str(photos.uuid)]
    assert change(ben, row, **{field(work): "Fräsen", field(eats): "no", field(portions): "2"}).status_code == 302
    assert row.answers == {str(work.uuid): "Fräsen", str(eats.uuid): "no", str(photos.uuid): photo}
    trail = AuditEvent.objects.filter(event="registration:changed").latest("id")
    assert (trail.changed, trail.actor_kind) == (["answers"], "staff")
    held.centre.ben.refresh_from_db()
    assert trail.actor_id == str(held.centre.ben.user.uuid)


def test_what_is_wrong_is_said_beside_its_question_and_nothing_is_saved(ben, held, asked):
    row = registered(held, asked)
    work, eats, portions, _photos = asked
    typed = {field(work): "Fräsen", field(eats): "yes", field(portions): "viele", "firm": "Anders GmbH"}
    refused = change(ben, row, **typed)
    assert refused.status_code == 422
    assert refused.context["change"].errors == {field(portions): ["Bitte geben Sie hier eine Zahl ein."]}
    assert (row.answers[str(work.uuid)], row.firm) == ("Drehen", "Betrieb 1 GmbH")


def test_a_page_that_was_opened_before_the_upgrade_empties_nothing(ben, held, asked):
    row = registered(held, asked)
    before = (dict(row.answers), row.firm, row.email)
    sent = {"do": "change", "change-places": 1, "change-names": row.name, "change-phone": "0391 5550123"}
    assert ben.post(at(row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.phone, (row.answers, row.firm, row.email)) == ("+493915550123", before)


def test_who_was_asked_nothing_on_the_telephone_can_be_changed_all_the_same(ben, held, asked):
    row = world.register(held, by=BY).registration
    assert change(ben, row, phone="0391 5550123").status_code == 302
    assert (row.phone, row.answers) == ("+493915550123", {})


def test_the_desk_gives_no_consent_for_a_guest(ben, held, asked):
    row = world.register(held, by=BY).registration
    photos = asked[3]
    assert field(photos) not in ben.get(at(row)).text
    change(ben, row, **{field(photos): "on"})
    questions.answer(registration=row, given={str(photos.uuid): True}, by=BY)
    row.refresh_from_db()
    assert row.answers == {}


def test_a_question_that_is_not_asked_any_more_keeps_its_answer(ben, held, asked):
    row = registered(held, asked)
    questions.set_all(event=held.event, asked=[], by=BY)
    before = dict(row.answers)
    assert "frage_" not in ben.get(at(row)).text
    change(ben, row, firm="Neu GmbH")
    assert (row.answers, row.firm) == (before, "Neu GmbH")


def test_guests_still_have_to_answer_what_is_asked_of_them(client, held, asked):
    row = registered(held, asked)
    told = {"firm": row.firm, field(asked[0]): "", field(asked[1]): "no"}
    refused = client.post(f"{link(row)}angaben/", told)
    assert refused.status_code == 422
    assert "Bitte beantworten Sie diese Frage." in refused.text


def test_what_a_guest_chose_and_is_not_offered_any_more_stays(ben, held):
    meals = [(key, translated(key.title())) for key in ("fisch", "käse", "suppe")]
    (asked,) = questions.set_all(
        event=held.event, asked=[Asked(kind="choice", label=translated("Essen?"), options=meals)], by=BY
    )
    row = world.register(held, answers={str(asked.uuid): "fisch"}).registration
    fewer = Asked(kind="choice", label=translated("Essen?"), options=meals[1:], question=asked)
    questions.set_all(event=held.event, asked=[fewer], by=BY)
    change(ben, row, phone="0391 5550123")
    row.refresh_from_db()
    assert row.answers == {str(asked.uuid): "fisch"}
