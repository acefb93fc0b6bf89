"""One firm though the remark, the legal form or the letters look otherwise; and the same where it is two."""

import doctest
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.companies.rows import verdict
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.pair import left_behind
from wegweiser.companies.linkage.row import forms, names, people
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
HOUSE = {"street": "Lindenallee 4", "postcode": "39307", "place": "Genthin"}
NEW_HOUSE = {"street": "Werftstraße 30", "postcode": "39307", "place": "Genthin"}
TOWN = {"postcode": "39307", "place": "Genthin"}
LINE = {"phones": ("+4939335550",)}
MOBILE = {"phones": ("+491715550177",)}


@pytest.mark.parametrize("module", [left_behind, forms, names])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- Names ---------------------------------------------------------------------------------------------------------

NOTES = ("ehem.", "vormals", "früher:", "VEB", "LPG", "Konsum-Bäckerei", "jetzt", "seit 1990", "c/o", "Filiale", "i.L.")
WORDS = ("Rehbein", "Bau", "GmbH", "e.K.", "Inh.", "&", "–", ",", "(", ")", "Nachf.", "M.", "u.")


LEFT_OPEN = ("", " ", "\t", "-", "?", "&", "( )", "Rehbein (vormals )", "Rehbein Bau GmbH (ehem. )", "Rehbein vorm. ")
A_NAME = st.lists(st.sampled_from(NOTES + WORDS), min_size=1, max_size=6).map(" ".join)


@given(A_NAME | st.sampled_from(LEFT_OPEN))
@example("Rehbein (vormals )")
@example(" ")
def test_no_name_is_without_a_word(text):
    name = names.parse(text)
    for told in (name, name.former or name):
        assert told.words
        assert all(word.strip() for word in told.words)


@given(A_NAME | st.sampled_from(LEFT_OPEN), st.sampled_from(LEFT_OPEN))
@example("Kaminbau", "Rehbein (vormals )")
def test_a_cell_that_somebody_left_open_can_be_compared(text, left_open):
    assert verdict(Known(name=text, **HOUSE, **LINE), Known(name=left_open, **HOUSE, **LINE)) in Verdict


@pytest.mark.parametrize("name", ["", "-", "?", " – "])
def test_two_rows_without_a_name_are_not_one_firm(name):
    assert verdict(Known(name=name, **TOWN), Known(name=name, **TOWN)) == Verdict.NO
    assert verdict(Known(name=name, **HOUSE), Known(name=name, **HOUSE)) < Verdict.SURE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ehem. Konsum-Bäckerei, jetzt Landbrot Rehbein", ("landbrot", "rehbein")),
        ("früher: PGH Elektro nun Elektro Rehbein", ("elektro", "rehbein")),
        ("Metallwerk Rehbein (ehem. VEB Blechwaren)", ("metallwerk", "rehbein")),
        ("Landhof Rehbein ehem. LPG Morgenrot", ("landhof", "rehbein")),
        ("vormals VEB Blechwaren", ("veb", "blechwaren")),
    ],
)
def test_what_it_was_in_former_times_is_left_out_and_what_it_is_now_stays(text, words):
    assert names.parse(text).words[-len(words) :] == words


@pytest.mark.parametrize("title", ["Pfr. i.R.", "Prof. a. D.", "Dr. h.c.", "Prof. em.", "Bgm. a.D."])
def test_who_is_retired_has_no_initial_more(title):
    assert people.people(f"{title} Konrad Rehbein") == (("konrad", "rehbein"),)


def test_initials_before_a_name_are_initials():
    assert people.people("A. D. Rehbein")[0][0].startswith("a")


@pytest.mark.parametrize(
    ("short", "supporters"),
    [
        ("Freiwillige Feuerwehr Rehdorf", "Förderverein Feuerwehr Rehdorf e.V."),
        ("FFW Rehdorf", "Förderverein der Feuerwehr Rehdorf"),
        ("Freiwillige Feuerwehr Rehdorf", "Förderverein Freiwillige Feuerwehr Rehdorf e.V."),
    ],
)
def test_who_supports_the_fire_brigade_is_not_the_fire_brigade(short, supporters):
    here = {"street": "Dorfplatz 1", "postcode": "39307", "place": "Genthin", "emails": ("ff@rehdorf.example",)}
    assert verdict(Known(name=short, **here), Known(name=supporters, **here)) < Verdict.SURE


def test_the_fire_brigade_is_one_however_it_is_written():
    here = {"street": "Dorfplatz 1", "postcode": "39307", "place": "Genthin"}
    full, short = (Known(name=name, **here) for name in ("Freiwillige Feuerwehr Rehdorf", "FFW Rehdorf"))
    assert verdict(full, short) == Verdict.SURE
    assert verdict(full, Known(name="Feuerwehr Rehdorf", **here)) == Verdict.SURE


# --- Legal form ----------------------------------------------------------------------------------------------------


def test_one_name_person_house_and_line_are_one_firm_whatever_form_was_typed():
    trader = Known(name="Rehbein Gerüstbau e.K.", persons=("P. Rehbein",), **HOUSE, **LINE)
    company = Known(name="Gerüstbau Rehbein GmbH", persons=("Paul Rehbein",), **HOUSE, **LINE)
    assert verdict(trader, company) == Verdict.SURE


@pytest.mark.parametrize(
    ("name", "person", "where"),
    [
        ("Gerüstbau Rehbein GmbH", "Klaus Rehbein", {**HOUSE, **LINE}),  # father and son
        ("Gerüstbau Rehbein GmbH", "Paul Rehbein", {**HOUSE, **MOBILE}),  # a line of its own
        ("Gerüstbau Rehbein GmbH", "Paul Rehbein", {**NEW_HOUSE, **LINE}),
        ("Rehbein Gerüstverleih GmbH", "Paul Rehbein", {**HOUSE, **LINE}),  # does something else
    ],
)
def test_a_trader_and_a_company_stay_two_where_anything_differs(name, person, where):
    trader = Known(name="Rehbein Gerüstbau e.K.", persons=("Paul Rehbein",), **HOUSE, **LINE)
    assert verdict(trader, Known(name=name, persons=(person,), **where)) < Verdict.SURE


def test_partners_and_their_company_stay_two():
    partners = Known(name="Gerüstbau Rehbein GbR", persons=("Paul Rehbein",), **HOUSE, **LINE)
    company = Known(name="Gerüstbau Rehbein GmbH", persons=("Paul Rehbein",), **HOUSE, **LINE)
    assert verdict(partners, company) < Verdict.SURE


OF_EACH_KIND = {
    "club": "e.V.",
    "coop": "eG",
    "partners": "GbR",
    "sole": "e.K.",
    "stock": "AG",
    "limited": "GmbH",
    "public": "AöR",
}


@pytest.mark.parametrize(("one", "other"), list(combinations(forms.KINDS, 2)))
def test_two_kinds_of_form_are_two_in_one_house_under_one_number(one, other):
    left, right = (Known(name=f"Rehbein Kulturhof {OF_EACH_KIND[kind]}", **HOUSE, **LINE) for kind in (one, other))
    assert verdict(left, right) == Verdict.UNSURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GmbH", "GmbH & Co. KG"),  # lists drop the rest
        ("GmbH", "UG (haftungsbeschränkt)"),
        ("Unternehmergesellschaft (haftungsbeschr.)", "UG"),
        ("Kommanditgesellschaft", "K.G."),
        ("Gesellschaft bürgerlichen Rechts", "GbR"),
        ("offene Handelsgesellschaft", "OHG"),
        ("eingetragener Kaufmann", "e.K."),
        ("e. Kffr.", "e.Kfr."),
        ("eingetragener Verein", "e.V."),
        ("GmbH i.G.", "GmbH"),
        ("GmbH in Gründung", "GmbH"),
        ("Partnerschaftsgesellschaft mbB", "PartG mbB"),
        ("KGaA", "Kommanditgesellschaft auf Aktien"),
        ("AöR", "Anstalt des öffentlichen Rechts"),
        ("K.d.ö.R.", "Körperschaft des öffentlichen Rechts"),
        ("VVaG", "V.V.a.G."),
    ],
)
def test_a_form_is_one_however_it_is_written_and_no_word_of_a_name(one, other):
    left, right = (names.parse(f"Rehbein Holzbau {form}") for form in (one, other))
    assert left.words == right.words == ("rehbein", "holzbau")
    assert left.form == right.form
    assert verdict(*(Known(name=f"Rehbein Holzbau {form}", **HOUSE, **LINE) for form in (one, other))) == Verdict.SURE


@pytest.mark.parametrize("name", ["K. G. Rehbein Holzbau", "E. K. Rehbein Holzbau", "Holzbau E. K. Rehbein"])
def test_letters_before_a_family_name_are_no_form(name):
    assert names.parse(name).form == ""
    assert (
        verdict(Known(name=name, **HOUSE, **LINE), Known(name="Holzbau Rehbein e.K.", **HOUSE, **LINE)) == Verdict.SURE
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("A & B KG", "limited"),
        ("Windpark II KG", "limited"),
        ("Rehbein (KG)", "limited"),
        ("GbR Rehbein & Kain", "partners"),
        ("Rehbein AG & Co. KG", "stock"),
        ("Laborservice SE", ""),  # Saale-Elster
        ("KG Rehbein", ""),  # Krankengymnastik
    ],
)
def test_which_letters_are_a_form(name, kind):
    assert names.parse(name).form == kind


@pytest.mark.parametrize("where", [HOUSE, {**HOUSE, **LINE}])
def test_the_company_after_an_insolvency_is_called_the_new_one(where):
    old, new = (Known(name=name, **where) for name in ("Rehbein Bau GmbH", "Neue Rehbein Bau GmbH"))
    assert verdict(old, new) == Verdict.UNSURE


# --- Moves ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "remark",
    ["umgezogen 3/2024, vorher Lindenallee", "Umzug 2023, früher Lindenallee 4", "umgezogen, bis 2022 Lindenallee"],
)
def test_a_remark_that_names_the_house_it_left_leads_there(remark):
    before = Known(name="Druckhaus Rehbein GmbH", persons=("Monika Rehbein",), **HOUSE, **LINE)
    now = Known(name="Druckhaus Rehbein", persons=("Paul Rehbein",), remark=remark, **NEW_HOUSE, **LINE)
    assert verdict(before, now) == Verdict.SURE


@pytest.mark.parametrize(
    ("remark", "line"),
    [
        ("umgezogen 3/2024, vorher Gartenweg", LINE),  # from elsewhere
        ("umgezogen 3/2024, vorher Lindenallee", MOBILE),  # nothing leads from one to the other
        ("vorher Lindenallee beim Bruder, andere Firma", LINE),
        ("", LINE),
    ],
)
def test_father_and_son_in_two_houses_stay_two(remark, line):
    before = Known(name="Druckerei Rehbein", persons=("Monika Rehbein",), **HOUSE, **LINE)
    now = Known(name="Druckerei Rehbein", persons=("Paul Rehbein",), remark=remark, **NEW_HOUSE, **line)
    assert verdict(before, now) < Verdict.SURE


# --- One inn in one village ----------------------------------------------------------------------------------------


def test_an_inn_of_one_name_and_its_landlady_by_her_family_name():
    inn = Known(
        name="Gasthof Zur Linde", persons=("Jutta Ebert",), street="Markt 1", postcode="39307", place="Genthin", **LINE
    )
    card = Known(
        name="GASTHOF ZUR LINDE",
        persons=("FR. EBERT",),
        place="Genthin",
        codes=("39307",),
        emails=("linde@web.example",),
    )
    assert verdict(inn, card) == Verdict.SURE


def test_an_inn_with_a_number_of_its_own_waits_for_a_person():
    inn = Known(
        name="Gasthof Zur Linde", persons=("Jutta Ebert",), street="Markt 1", postcode="39307", place="Genthin", **LINE
    )
    card = Known(
        name="Gasthof zur Linde", persons=("Fr. Ebert",), place="Genthin", codes=("39307",), phones=("+4939335771",)
    )
    assert verdict(inn, card) < Verdict.SURE


def test_a_club_by_its_name_is_no_other_form_than_one_by_its_letters():
    members = Known(name="Kita Zwergenland e.V.", persons=("Melanie Rehbein",), **HOUSE, **LINE)
    parents = Known(name="Elternverein Zwergenland", persons=("M. Rehbein",), **TOWN, **LINE)
    assert "other_legal_form" not in compare(profile(1, members), profile(2, parents)).evidence


def test_the_year_of_a_guild_is_no_number_that_tells_it_from_another():
    guild = Known(name="Schützengilde Genthin 1478 e.V.", persons=("Harald Rehbein",), place="Genthin")
    short = Known(
        name="Genthiner Schützengilde",
        persons=("H. Rehbein",),
        emails=("harald.rehbein@post.example",),
        **TOWN,
    )
    assert verdict(guild, short) == Verdict.SURE


def test_the_successor_is_the_shop_where_the_new_owner_is_named_in_both_rows():
    shop = Known(name="Lesezeichen Buchhandlung, Nachf. Rehbein", persons=("Fr. Rehbein",), **HOUSE)
    other = Known(name="Buchhandlung Lesezeichen", persons=("Clara Rehbein",), **HOUSE, **LINE)
    before = Known(name="Buchhandlung Lesezeichen", persons=("Karl Abel",), **HOUSE, **LINE)
    assert verdict(shop, other) == Verdict.SURE
    assert verdict(shop, before) < Verdict.SURE


@pytest.mark.parametrize(
    ("remark", "verdict_on_both"),
    [("Vater ausgeschieden, Till führt den Betrieb allein weiter", Verdict.SURE), ("eigener Betrieb", Verdict.UNSURE)],
)
def test_who_goes_on_with_a_firm_has_it(remark, verdict_on_both):
    father = Known(name="Tischlerei Rehbein", persons=("Hartmut Rehbein",), **HOUSE, **LINE)
    son = Known(name="Tischlerei Rehbein", persons=("Till Rehbein",), remark=remark, **HOUSE, **LINE)
    assert verdict(father, son) == verdict_on_both
