"""Rows that say little or say it in their own way: who signed in with a name only, letters for a name, a slip."""

import doctest

import pytest
from benchmarks.companies import cells
from hypothesis import given
from hypothesis import strategies as st

from tests.companies.rows import HERE, LINE, MAIL, THERE, TOWN, firms, verdict
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import likeness
from wegweiser.companies.linkage.pair import fitting, phone_lines
from wegweiser.companies.linkage.pair.fitting import Fit
from wegweiser.companies.linkage.row import asides, names, people, sounds
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
OTHER_LINE = {"phones": ("+493915559977",)}


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(phone_lines).failed == 0


# --- One firm ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # who signed in with nothing but a name, at the house of the firm
            Known(name="Rehbein, Ole", street="Lindenallee 4", place="Magdeburg"),
            Known(name="Senfmanufaktur Falkenauge GmbH", persons=("Ole Rehbein",), **HERE),
        ),
        (  # two words, and each says the same trade
            Known(name="Autoglas Rehbein", trade="Autoglas", **HERE),
            Known(name="Rehbein Scheibenblitz", trade="Autoglas", **HERE),
        ),
        (  # she married
            Known(name="Physiotherapie Anja Rehbein", persons=("Anja Rehbein",), **HERE, **LINE),
            Known(
                name="Praxis Anja Kain (früher Rehbein)", persons=("Anja Kain",), trade="Physiotherapie", **HERE, **LINE
            ),
        ),
        (  # the sign in front of the shop
            Known(name="Heidefloristik", persons=("Sandra Kain",), **HERE),
            Known(name="Blumen Kain", persons=("Sandra Kain",), remark="Schild am Laden: Heidefloristik", **TOWN),
        ),
        (  # a new site, told so
            Known(name="Rehbein Automation GmbH", **HERE, **MAIL),
            Known(name="Rehbein Automation", remark="neuer Standort seit 2024", **THERE, **MAIL),
        ),
        (  # another legal form, told so
            Known(name="Falkensense Systems UG", **HERE, **LINE, **MAIL),
            Known(name="Falkensense GmbH", remark="UG → GmbH 2024", **HERE, **LINE, **MAIL),
        ),
        (  # two digits changed places
            Known(name="Estrichlegerei Rehbein", persons=("Rüdiger Rehbein",), phones=("+493948560221",), **TOWN),
            Known(name="Estrich Rehbein", persons=("R. Rehbein",), phones=("+493948560212",), **TOWN),
        ),
        (  # it is that branch
            Known(name="Rehbein Personal GmbH NL Magdeburg", persons=("Ute Kain",), **HERE, **LINE),
            Known(name="Rehbein Personal", persons=("U. Kain",), **HERE, **LINE),
        ),
        (  # "Ev." is no association
            Known(name="Evangelisches Kitawerk Falkenau gGmbH", persons=("Karl Kain",), **HERE, **LINE),
            Known(name="Ev. Kitawerk Falkenau", persons=("Kain, Karl",), **HERE, **LINE),
        ),
    ],
)
def test_is_one_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


# --- Two firms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # the head of the guild has a firm as well
            Known(name="Friseur Rehbein", persons=("P. Rehbein",), trade="Friseur", **TOWN),
            Known(name="Friseurinnung Falkenau", persons=("Petra Rehbein",), trade="Innung", **TOWN),
        ),
        (  # two companies of one yard, each with its trade, number and mailbox
            Known(
                name="Rehbein Bau GmbH",
                persons=("Rolf Rehbein",),
                trade="Hochbau",
                emails=("info@rehbein.example",),
                **HERE,
                **LINE,
            ),
            Known(
                name="Rehbein Tiefbau GmbH",
                persons=("Rolf Rehbein",),
                trade="Tiefbau",
                emails=("tiefbau@rehbein.example",),
                **HERE,
                **OTHER_LINE,
            ),
        ),
        (  # the network of a municipal utility is a company by law
            Known(name="Stadtwerke Falkenau", persons=("Arne Kain",), **HERE, **LINE),
            Known(name="Stadtwerke Falkenau Netz GmbH", persons=("Arne Kain",), **HERE, **OTHER_LINE),
        ),
        (  # whoever manages two houses answers for both
            Known(name="WEG Am Falkentor 3", trade="Eigentümergemeinschaft", **HERE, **LINE),
            Known(name="WEG Rehgasse 14", trade="Eigentümergemeinschaft", **HERE, **LINE),
        ),
        (  # a company beside the firm, with a line of its own
            Known(name="Falkenanker Pflegekräfte GmbH", persons=("Ute Kain",), trade="Zeitarbeit", **HERE, **LINE),
            Known(name="Falkenanker Personal", persons=("U. Kain",), trade="Zeitarbeit", **HERE, **OTHER_LINE),
        ),
        (  # a branch somewhere, of a firm in another town
            Known(name="Falken-Bäck Filiale Magdeburg", remark="gehört zu Falken-Bäck GmbH Burg", **TOWN, **LINE),
            Known(name="Bäckerei Falken", persons=("Jens Falken",), **HERE, **OTHER_LINE),
        ),
        (  # the smith, and the company of his son at the same number
            Known(name="Schlosserei Rehbein", **HERE, **LINE),
            Known(name="Metallbau Rehbein GmbH", persons=("Marco Rehbein",), **HERE, **LINE),
        ),
    ],
)
def test_is_not_surely_one_firm(one, other):
    assert verdict(one, other) < Verdict.SURE


def test_a_branch_belongs_to_the_firm_in_the_town_that_the_remark_names():
    firm = Known(name="Falken-Bäck GmbH", street="Am Anger 2", postcode="38855", place="Wernigerode")
    branch = Known(name="Falken-Bäck Filiale Magdeburg", remark="gehört zu Falken-Bäck GmbH Wernigerode", **TOWN)
    elsewhere = Known(name="Falken-Bäck Filiale Magdeburg", remark="gehört zu Falken-Bäck GmbH Genthin", **TOWN)
    assert verdict(firm, branch) == Verdict.SURE
    assert verdict(firm, elsewhere) < Verdict.SURE


# --- Rows of one firm ----------------------------------------------------------------------------------------------


def test_a_row_that_names_both_brothers_brings_their_rows_together():
    company = Known(name="Lohnunternehmen Rehbein GbR", persons=("Malte Rehbein",), **HERE, **LINE, **MAIL)
    thresher = Known(name="Rehbein Lohndrusch", persons=("Kay Rehbein",), trade="Lohnunternehmen", **HERE)
    both = Known(name="LU Rehbein", persons=("M. u. K. Rehbein",), **TOWN, **MAIL)
    assert firms(company, thresher) == 2
    assert firms(company, both, thresher) == 1


def test_father_and_son_with_names_of_their_own_stay_two_beside_such_a_row():
    father = Known(name="Tischlerei Karl Rehbein", persons=("Karl Rehbein",), **HERE, **LINE)
    son = Known(name="Tischlerei Malte Rehbein", persons=("Malte Rehbein",), **HERE, **OTHER_LINE)
    both = Known(name="Tischlerei Rehbein", persons=("M. u. K. Rehbein",), **HERE, **LINE)
    assert firms(father, son, both) > 1


# --- What cells say ------------------------------------------------------------------------------------------------


def fit(one: str, other: str) -> Fit:
    return fitting.fitted(names.parse(one), names.parse(other)).fit


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("T&V Hochbau", "Hochbau Tiefensee & Vogler GmbH"),
        ("KTE GmbH", "Kunststofftechnik Elsterau GmbH"),
        ("Laborservice SE", "Laborservice Saale-Elster"),
        ("LZSW Schkeuditz", "Logistikzentrum Schkeuditz West"),
    ],
)
def test_letters_stand_for_the_words_that_begin_with_them(short, full):
    assert fit(short, full) >= Fit.NEAR
    assert fit(full, short) >= Fit.NEAR


def test_letters_do_not_stand_for_words_that_begin_otherwise():
    assert fit("BXQ Hochbau", "Hochbau Tiefensee & Vogler GmbH") < Fit.NEAR


@given(
    st.lists(
        st.sampled_from(["falkenau", "rehberg", "tiefensee", "quendel", "ulmenhof"]),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
def test_first_letters_spell_all_words_from_the_first_on(words):
    letters = "".join(word[0] for word in words)
    assert fitting.spelt_by(letters, tuple(words)) == len(words)
    assert fitting.spelt_by(letters, tuple(words[1:])) == 0


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("C. Rehbein", "Karsten Rehbein", people.Same.LIKELY),
        ("F. v. Rehbein", "Friederike von Rehbein", people.Same.LIKELY),
        ("Sig. Rehbein", "Marco Rehbein", people.Same.FAMILY),
        ("PDL Frau Rehbein", "Ute Rehbein", people.Same.FAMILY),
        ("Fatma Yıldız", "F. Yildiz", people.Same.LIKELY),
        ("Olga Iwanowa", "Olga Ivanova", people.Same.PERSON),
    ],
)
def test_whoever_is_written_otherwise_is_the_same(one, other, least):
    assert max(people.same(left, right) for left in people.people(one) for right in people.people(other)) >= least


def test_a_trade_is_nobody():
    assert people.people("Klavierlehrer") == ()
    assert people.people("Herr Klavierlehrer") == (("", "klavierlehrer"),)


def test_names_with_v_between_vowels_sound_like_w():
    assert sounds.sound("novak") == sounds.sound("nowak") != sounds.sound("nofak")


@given(st.from_regex(r"\+49391[1-9]\d{6}", fullmatch=True), st.integers(0, 5))
def test_two_digits_that_changed_places_are_a_slip_whichever_comes_first(number, place):
    at = len(number) - 2 - place
    turned = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert phone_lines.is_mistyped(number, turned) == phone_lines.is_mistyped(turned, number)
    assert phone_lines.is_mistyped(number, turned) is (turned != number)


@pytest.mark.parametrize("place", ["Altmärk. Wische", "MD Sudenburg", "MD-Sudenburg"])
def test_a_short_place_is_that_place(place):
    whole = "Altmärkische Wische" if place.startswith("Alt") else "Magdeburg"
    told = likeness.evidence(
        profile(1, Known(name="Falkenwolle", place=place)), profile(2, Known(name="Falkenwolle", place=whole))
    )
    assert told is not None
    assert told.shared.near


def test_person_and_trade_that_changed_columns_are_put_right():
    rows = cells.read(
        [{"name": "Varga, Judit", "person": "Musikschule"}, {"name": "Abel, Schmied", "person": "Ute Kain"}],
        cells.OUTSIDERS_COLUMNS,
    )
    read = [(row.name, row.contact.name if row.contact else "") for row in rows if isinstance(row, Clean)]
    assert read[0] == ("Musikschule", "Varga, Judit")
    assert read[1][0] == "Abel, Schmied"


@pytest.mark.parametrize("remark", ["UG → GmbH 2024", "GbR -> GmbH", "OHG wurde zu GmbH"])
def test_an_arrow_between_two_forms_tells_of_a_change(remark):
    assert asides.read(remark).is_converted
