import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.kernel.sorting import LENGTH, MOST_SPELLINGS, by_surname, sort_key, spellings


@pytest.mark.parametrize(
    ("first", "second"),
    [("Ärger", "Arnold"), ("Öl 9", "Öl 10"), ("Müller & Söhne", "Müller-Süß"), ("strasse 1", "Straße 2"), ("a", "B")],
)
def test_names_sort_as_germans_expect(first, second):
    assert sort_key(first) < sort_key(second)


def test_people_stand_as_in_a_telephone_book():
    names = ["Dr. Corinna Zander", "Gero Öhlmann", "Prof. Dr.-Ing. Ruben Ahlers", "Anna von Berg", "Jens Berg, M.Sc."]
    assert sorted(names, key=by_surname) == [names[2], names[3], names[4], names[1], names[0]]
    assert by_surname("Dr.") == sort_key("Dr.")


@given(st.text())
def test_a_key_is_bounded_and_its_own_key_sorts_the_same(text):
    key = sort_key(text)
    assert len(key) <= LENGTH
    assert key == key.casefold()


def test_a_text_has_a_bounded_number_of_spellings_and_the_typed_one_first():
    typed = "Mueller Michael Jaeger Koehler"
    found = spellings(typed)
    assert (found[0], len(found), len(set(found))) == (typed, MOST_SPELLINGS, MOST_SPELLINGS)
    assert spellings("Bauer und Quast") == ["Bauer und Quast"]
