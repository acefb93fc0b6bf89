"""Names from other languages, as they are spelt, heard and written on a sign here."""

import pytest

from wegweiser.companies.linkage.row import names, people, sounds, vocabulary
from wegweiser.companies.linkage.row.people import Same
from wegweiser.kernel.sorting import sort_key

pytestmark = pytest.mark.one_database


def heard(name: str) -> str:
    return sounds.sound(sort_key(name.casefold().translate(vocabulary.UMLAUTS)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kuznetsova", "Kusnezowa"),
        ("Zakharov", "Sacharow"),
        ("Chernov", "Tschernow"),
        ("Goncharov", "Gontscharow"),
        ("Yakovlev", "Jakowlew"),
        ("Solovyov", "Solowjow"),
        ("Shevchenko", "Schewtschenko"),
        ("Kravchuk", "Krawtschuk"),
        ("Zaytsev", "Saizew"),
        ("Yılmaz", "Jilmas"),
        ("Yıldız", "Jildis"),
        ("Çelik", "Tschelik"),
        ("Kılıç", "Kilitsch"),
        ("Nowicki", "Nowitzki"),
        ("Czarnecki", "Tscharnetzki"),
        ("Błaszczyk", "Blaschtschik"),
        ("Wójcik", "Woitschik"),
        ("Petrović", "Petrowitsch"),
        ("Kovács", "Kowatsch"),
    ],
)
def test_two_spellings_are_heard_alike(one, other):
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lützow", "Lüssow"),
        ("Zander", "Sander"),
        ("Zimmer", "Simmer"),
        ("Hinze", "Hinse"),
        ("Kunz", "Kuns"),
        ("Ivanov", "Ivanenko"),
    ],
)
def test_german_names_stay_apart(one, other):
    assert heard(one) != heard(other)


@pytest.mark.parametrize(
    ("sign", "word"),
    [("Калинка", "kalinka"), ("Матрёшка", "matrjoschka"), ("Ακρόπολις", "akropolis"), ("Đorđe", "dorde")],
)
def test_other_letters_are_read_as_a_german_sign_writes_them(sign, word):
    assert names.parse(f"{sign} Imbiss").words[0] == word
    assert people.people(f"Frau {sign}")[0][1] == word


@pytest.mark.parametrize(
    ("there", "here"),
    [("grzegorz", "gregor"), ("krzysztof", "christof"), ("jerzy", "georg"), ("piotr", "peter"), ("k", "krzysztof")],
)
def test_a_first_name_is_one_in_two_languages(there, here):
    assert people.same((names.first_name(there), "abel"), (names.first_name(here), "abel")) >= Same.LIKELY
