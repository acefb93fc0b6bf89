"""What an event asks its guests, set at the desk."""

import pytest
from django.urls import reverse

from tests.contact_point import MONDAY
from tests.events import world
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.events.models import Question
from wegweiser.kernel import clock


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        for centre in small_centre():
            yield world.held(centre=centre)


@pytest.fixture
def ben(client, held):
    client.force_login(staff.login(held.centre.ben))
    return client


def address(held):
    return reverse("desk:event_questions", kwargs={"uuid": held.event.uuid})


def sent(*rows):
    """The form with these rows: {part: value} each."""
    found = {}
    for number in range(1, 6):
        row = rows[number - 1] if number <= len(rows) else {}
        found |= {f"q{number}_{part}": value for part, value in {"kind": "text", "label_de": "", **row}.items()}
    return found


def shown(ben, held):
    """What a browser would send back."""
    form = ben.get(address(held)).context["form"]
    found = {field.html_name: field.value() for field in form}
    return {key: "on" if value is True else value or "" for key, value in found.items() if value is not False}


def test_a_question_may_depend_on_the_answer_to_an_earlier_one(ben, held):
    eats = {"kind": "yes_no", "label_de": "Essen Sie mit?", "label_en": "Do you eat?", "required": "on"}
    what = {"kind": "several", "label_de": "Was?", "options": "vegetarisch | vegetarian\nFisch"}
    ben.post(address(held), sent(eats))
    page = ben.get(address(held)).content.decode()
    assert "nur bei Frage 1: ja" in page
    ben.post(address(held), sent(eats, {**what, "where": "1:yes"}))
    first, second = Question.objects.all()
    assert (first.required, first.label["en"]) == (True, "Do you eat?")
    assert (second.shown_where, second.shown_answer) == (first, "yes")
    assert [row["key"] for row in second.options] == ["vegetarisch", "fisch"]
    assert second.options[0]["label"]["en"] == "vegetarian"


def test_saving_what_stands_there_changes_nothing(ben, held):
    choice = {"kind": "choice", "label_de": "Welche Halle?", "options": "Süd | South\nNord"}
    ben.post(address(held), sent(choice))
    ben.post(address(held), sent(choice, {"label_de": "Warum?", "where": "1:sued"}))
    before = list(Question.objects.values())
    ben.post(address(held), shown(ben, held))
    assert list(Question.objects.values()) == before


def test_a_question_that_is_dropped_keeps_its_answers_and_those_after_it_their_conditions(ben, held):
    ben.post(address(held), sent({"label_de": "Name?"}, {"kind": "yes_no", "label_de": "Auto?"}))
    ben.post(address(held), shown(ben, held) | {"q3_label_de": "Kennzeichen?"})
    page = shown(ben, held) | {"q1_gone": "on", "q3_where": "2:yes"}
    assert ben.post(address(held), page).status_code == 302
    gone, car, plate = Question.objects.order_by("id")
    assert gone.retired_at is not None
    assert (plate.shown_where, plate.shown_answer, plate.retired_at) == (car, "yes", None)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"label_en": "Why?"}, "Bitte zuerst auf Deutsch."),
        ({"kind": "choice", "label_de": "Was?"}, "Bitte nennen Sie mindestens zwei Antworten"),
        ({"kind": "choice", "label_de": "Was?", "options": "eines"}, "Bitte nennen Sie mindestens zwei Antworten"),
    ],
)
def test_what_cannot_be_asked_is_refused(ben, held, row, said):
    response = ben.post(address(held), sent(row))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Question.objects.exists()


def test_a_condition_nobody_can_meet_is_refused(ben, held):
    car = {"kind": "yes_no", "label_de": "Auto?"}
    ben.post(address(held), sent(car))
    response = ben.post(address(held), sent(car, {"label_de": "Welches?", "where": "1:vielleicht"}))
    assert response.status_code == 422
    assert Question.objects.count() == 1


def test_a_condition_goes_with_the_question_it_is_about(ben, held):
    car = {"kind": "yes_no", "label_de": "Auto?"}
    ben.post(address(held), sent(car))
    ben.post(address(held), sent(car, {"label_de": "Welches?", "where": "1:yes"}))
    response = ben.post(address(held), shown(ben, held) | {"q1_gone": "on"})
    assert response.status_code == 422
    assert "Diese Antwort gibt es bei der früheren Frage nicht." in response.content.decode()
