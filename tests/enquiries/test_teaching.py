"""What a case may teach the matching, and which words of a name have to stay out."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue import anonymous
from wegweiser.catalogue.models import Example
from wegweiser.enquiries import teaching
from wegweiser.enquiries.actions import cases, examples
from wegweiser.enquiries.models import Matter
from wegweiser.kernel.errors import DomainError


def closed(world, **fields):
    return cases.close(case=contact_point.case(world.lead, **fields), outcome="helped", by=BY)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        (
            "Anna von der Heide",
            "Die Meldung von der Maschine geht verloren.",
            "Die Meldung von der Maschine geht verloren.",
        ),
        ("Anna von der Heide", "Hier Anna von der Heide, die Presse steht.", "Hier …, die Presse steht."),
        ("Anna von der Heide", "Anna: die Presse der Heide steht.", "…: die Presse der … steht."),
        ("Frau Klein", "Die Frau am Empfang führt die Liste.", "Die Frau am Empfang führt die Liste."),
        ("Frau Klein", "Klein hier, die Liste ist zu klein.", "… hier, die Liste ist zu klein."),
        ("Herr Dr. Groß", "Herr Groß und der Dr. in der Praxis", "… und der Dr. in der Praxis"),
        ("Herr", "Der Herr am Tor hat keine Liste.", "Der Herr am Tor hat keine Liste."),
        ("Jana Ölmann", "Jana und Frau Ölmann rufen an.", "… und … rufen an."),
    ],
)
def test_words_that_tell_of_nobody_stay_in_a_proposal(world, name, text, kept):
    case = closed(world, name=name, text=text)
    assert teaching.proposal(case) == kept


def test_an_example_may_use_the_small_words_of_a_name_but_not_the_name(world):
    case = closed(world, name="Anna von der Heide")
    with pytest.raises(DomainError, match="leads to a person"):
        examples.learn(case=case, text="Frau von der Heide: Daten von der Maschine", topic=world.topic, by=BY)
    examples.learn(case=case, text="Daten von der Maschine", topic=world.topic, by=BY)
    assert Example.objects.get().text == "Daten von der Maschine"


@pytest.mark.parametrize("word", sorted(teaching.SALUTATIONS | teaching.PARTICLES))
def test_no_such_word_is_ever_a_name(world, word):
    case = closed(world, name=f"{word.capitalize()}. Anna {word} Ölmann")
    assert not anonymous.leads_to_a_person(f"Es geht {word} Maschine", names=teaching.names(case))


def test_a_barrier_report_teaches_nothing(world):
    case = closed(world, matter=Matter.BARRIER, text="Die Vorlesesoftware nennt den Knopf nicht.")
    assert not teaching.can_teach(case)
    with pytest.raises(DomainError) as error:
        examples.learn(case=case, text="Die Vorlesesoftware schweigt", topic=world.topic, by=BY)
    assert error.value.code == "example_not_yet"
    assert teaching.can_teach(closed(world, matter=Matter.ENQUIRY))


@pytest.mark.parametrize("outcome", ["spam", "duplicate"])
def test_what_was_no_enquiry_or_a_double_has_taught_nothing(world, outcome):
    case = contact_point.case(world.lead, topic=world.topic, text="Kaufen Sie billige Adressen für den Vertrieb.")
    examples.notice(case=case, by=BY)
    assert Example.objects.exists()
    cases.close(case=case, outcome=outcome, by=BY)
    assert not Example.objects.exists()
    assert not teaching.can_teach(case)
    assert examples.notice(case=case, by=BY) is None
