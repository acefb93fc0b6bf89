"""What is certain by a rule, what the weights decide, and what is read out of cells before anything is compared."""

from dataclasses import fields

import pytest
from benchmarks.companies import cells, learning

from tests.companies.rows import HERE, LINE, MAIL, THERE, TOWN, verdict
from wegweiser.companies.importing import headers
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import grouping, likeness
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.pair import fitting
from wegweiser.companies.linkage.row import asides, names, people, sounds
from wegweiser.companies.linkage.row.profiles import Known, Profile, profile
from wegweiser.companies.linkage.row.written_addresses import folded_street, with_its_number
from wegweiser.companies.linkage.signs import shared
from wegweiser.companies.linkage.weighing import certain, odds
from wegweiser.companies.linkage.weighing.evidence import Shared
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database


def pair(one: Known, other: Known) -> tuple[Profile, Profile]:
    return profile(1, one), profile(2, other)


EXAMPLES = {
    "same_number": (
        Known(name="Rehbein Guss GmbH", vat_id="DE136695976", **HERE),
        Known(name="Rehbein Guss", vat_id="DE136695976", **THERE),
    ),
    "one_register_name": (
        Known(name="Rehbein Guss GmbH", **HERE, **LINE),
        Known(name="Rehbein Guss GmbH", street="Am Anger 2", **TOWN, phones=("+493917770188",)),
    ),
    "village_club": (
        Known(name="Heimatverein Burg e.V.", persons=("Karl Rehbein",), place="Burg"),
        Known(name="Heimatverein Burg", persons=("Ute Kain",), place="Burg"),
    ),
    "name_and_address": (Known(name="Rehbein Guss GmbH", **HERE), Known(name="Rehbein Guß", **HERE)),
    "name_and_contact": (Known(name="Rehbein Guss GmbH", **LINE), Known(name="Rehbein Guß", **LINE)),
    "name_and_person": (
        Known(name="Tischlerei Rehbein", persons=("K. Rehbein",), **TOWN),
        Known(name="Rehbein Tischlerei", persons=("Karl Rehbein",), **TOWN),
    ),
    "part_and_contact": (
        Known(name="Rehbein Guss GmbH", **MAIL),
        Known(name="Rehbein Guss und Modellbau", **MAIL, **LINE),
    ),
    "part_and_address": (
        Known(name="Haarstudio Rehbein", persons=("U. Rehbein",), **HERE),
        Known(name="Haarstudio Rehbein Glanz", persons=("Ute Rehbein",), **HERE),
    ),
    "moved_in_town": (
        Known(name="Rehfalk", persons=("Ute Kain",), street="Ring 2", **TOWN, **LINE),
        Known(name="Sprachschule Rehfalk", persons=("Ute Kain",), street="Markt 1", **TOWN, **LINE),
    ),
    "moved": (
        Known(name="Rehbein Guss GmbH", **HERE, **LINE, **MAIL),
        Known(name="Rehbein Guss GmbH", **THERE, **LINE, **MAIL),
    ),
    "told_part": (
        Known(name="Rehbein Guss GmbH", **HERE, **MAIL),
        Known(name="Rehbein Guss Filiale", remark="Filiale, Rechnung bitte an Zentrale", **THERE, **MAIL),
    ),
    "department": (
        Known(name="Rehfalk Werkstätten gGmbH", street="Ring 2", website="rehfalk.example", **TOWN),
        Known(
            name="Rehfalk gGmbH, Wäscherei",
            street="Markt 1",
            website="rehfalk.example",
            remark="Abteilung",
            **TOWN,
        ),
    ),
    "moved_from": (
        Known(name="Rehbein Hydraulik", persons=("Ute Rehbein",), remark="umgezogen aus Wernigerode", **HERE),
        Known(name="Hydraulikservice Rehbein", persons=("U. Rehbein",), **THERE),
    ),
    "moved_under_two_words": (
        Known(name="Rehbein Heizung", persons=("Ute Rehbein",), **HERE, **LINE),
        Known(name="Haustechnik Rehbein", persons=("Ute Rehbein",), remark="umgezogen 2022", **THERE, **LINE),
    ),
    "two_words_here": (
        Known(name="Wachfalke Security", persons=("Ute Kain",), **HERE),
        Known(name="Sicherheitsdienst Wachfalke", persons=("U. Kain",), **HERE),
    ),
    "two_words_one_number": (
        Known(name="Rehbein Agrarservice", persons=("K. Rehbein",), **TOWN, **LINE, **MAIL),
        Known(name="Lohnbetrieb Rehbein", persons=("Karl Rehbein",), **TOWN, **LINE, **MAIL),
    ),
    "two_words_one_line": (
        Known(name="Zimmerei Rehbein", **HERE, **LINE),
        Known(name="Holzbau Rehbein", **HERE, **LINE),
    ),
    "the_company_at_that_line": (
        Known(name="Sanitär Rehbein", **TOWN, **LINE),
        Known(name="Rehbein Haustechnik GmbH", persons=("Ute Rehbein",), **HERE, **LINE),
    ),
    "staff_at_the_line": (
        Known(name="Spedition Rehbein", persons=("Fr. Kuhnt",), **TOWN, **LINE),
        Known(name="Rehbein Spezialtransporte GmbH", persons=("Karl Rehbein",), **HERE, **LINE),
    ),
    "two_words_unknown_trade": (
        Known(name="Praxis Rehbein", persons=("Ute Rehbein",), **HERE, **LINE),
        Known(name="Rehbein Rolfing", persons=("Ute Rehbein",), **HERE, **LINE),
    ),
    "own_name_and_mail": (
        Known(name="Obsthof Sternapfel", persons=("Ute Kain",), trade="Obstbau", **TOWN, **MAIL),
        Known(name="Sternapfel Hofladen", persons=("U. Kain",), trade="Direktvermarkter", **TOWN, **MAIL),
    ),
    "no_word_here": (
        Known(name="Bäckerei am Markt", persons=("Karl Rehbein",), **HERE, **LINE),
        Known(name="Bäckerei Goldkruste", persons=("Karl Rehbein",), **HERE, **LINE),
    ),
    "person_of_the_firm": (
        Known(name="Nadelwald Tattoo", persons=("Ute Kain",), website="nadelwald.example", **TOWN),
        Known(name="Ute Kain", website="nadelwald.example", **TOWN),
    ),
    "called_by_its_page": (
        Known(name="Gebäudereinigung Rehbein GmbH", emails=("info@rehbein-sauber.example",), **HERE, **LINE),
        Known(name="rehbein-sauber.example", persons=("Frau Kain",), place="Magdeburg", **LINE),
    ),
    "page_of_its_words": (
        Known(name="Autoglas Rehbein", persons=("Karl Rehbein",), **HERE),
        Known(name="Karl Rehbein", emails=("karl@rehbein-glas.example",)),
    ),
    "the_one_of_the_trade": (
        Known(name="Physiotherapie am Markt", persons=("Karl Rehbein",), **HERE),
        Known(name="Physiopraxis Rehbein", **TOWN),
    ),
    "called_so_in_a_small_town": (
        Known(name="Tischlermeister W. Beck", **TOWN),
        Known(name="Tischlerei Beck", persons=("Wolfgang Beck",), **HERE, **LINE),
    ),
    "person_with_its_mail": (
        Known(name="Rehfalk Prüflabor", persons=("Frau Kain",), emails=("u.kain@labor.example",), **HERE),
        Known(name="Ute Kain", emails=("u.kain@labor.example",)),
    ),
    "named_after_who_is_there": (
        Known(name="Kräuterwald", persons=("Ute Rehbein",), trade="Heilpraktikerin", **TOWN, **LINE),
        Known(name="Heilpraktikerin Rehbein", persons=("Ute Rehbein",), **TOWN, **LINE),
    ),
    "named_in_its_mail": (
        Known(name="Textilpflege Glanzrose", **TOWN, **LINE),
        Known(name="Wäscherei Rehbein", emails=("glanzrose@mdpost.example",), **TOWN, **LINE),
    ),
    "mail_of_the_firm": (
        Known(name="Kainguss GmbH", emails=("info@kainguss.example",), **HERE),
        Known(name="Ute Rehbein", emails=("u.rehbein@kainguss.example",)),
    ),
    "signs_in_under_its_name": (
        Known(name="Mineralwasser Sternquell GmbH", website="sternquell.example", **HERE),
        Known(name="Sternquell Abfüllung", persons=("Ute Kain",), emails=("ute@sternquell.example",), **TOWN),
    ),
    "told_whose": (
        Known(name="Kosmetik Glanzrose", **HERE),
        Known(name="Ute Rehbein", remark="Inhaberin Glanzrose Kosmetik", **TOWN),
    ),
    "told_same": (
        Known(name="Tischlerei Abelguss", postcode="39288", place="Burg", street="Ringstr. 4"),
        Known(name="Abelguss Möbel", remark="gleiche Firma wie Tischlerei Abelguss"),
    ),
}


def test_each_rule_has_a_reason_and_an_example_of_its_own():
    assert [rule.name for rule in certain.RULES] == list(EXAMPLES)
    assert all(rule.reason and rule.example for rule in certain.RULES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_makes_its_example_one_firm(name):
    told = likeness.evidence(*pair(*EXAMPLES[name]))
    assert told is not None
    rule = next(rule for rule in certain.RULES if rule.name == name)
    assert certain.rule_for(told) is rule
    assert verdict(*EXAMPLES[name]) == Verdict.SURE


def test_all_that_is_shared_is_found_out():
    found_at_once = {"contact", "address", "near", "same_trade", "says_two_trades", "moved"}
    assert {field.name for field in fields(Shared)} - found_at_once == set(shared.HOLDS)


def test_no_weight_is_turned_against_what_it_says():
    assert {sign for sign, weight in odds.WEIGHTS.items() if weight * odds.direction(sign) < 0} == set()


def test_the_weights_are_what_the_lists_that_were_read_teach():
    base, weights = learning.learned(one for ones in learning.read().values() for one in ones)
    assert base == pytest.approx(odds.BASE, abs=0.02)
    for sign, weight in weights.items():
        assert odds.WEIGHTS.get(sign, 0.0) == pytest.approx(weight, abs=0.02), sign


def test_weights_decide_where_no_rule_holds_and_nothing_differs():
    one, other = (
        Known(name="Uhren-Rehbein", **TOWN),
        Known(name="Uhrmachermeister Rehbein", persons=("Ute Rehbein",), **HERE),
    )
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    assert certain.rule_for(told) is None
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # a street of its own
            Known(name="Uhren-Rehbein", **HERE),
            Known(name="Uhrmachermeister Rehbein", persons=("Ute Rehbein",), street="Am Anger 2", **TOWN),
        ),
        (  # a family name that many have
            Known(name="Uhren-Schulz", **TOWN),
            Known(name="Uhrmachermeister Schulz", persons=("Ute Schulz",), **HERE),
        ),
        (  # a name alone, and nobody knows where
            Known(name="Kräuterwald Tee"),
            Known(name="Teehaus Kräuterwald", **HERE),
        ),
        (  # the innkeeper rents the house from the brewery
            Known(
                name="Seefalkenbräu GmbH",
                persons=("Karl Ecker",),
                trade="Bier",
                phones=("+493474171200",),
                **HERE,
            ),
            Known(
                name="Seefalken-Bräustübl",
                persons=("Ute Kain",),
                trade="Gaststätte",
                phones=("+4934741712040",),
                **HERE,
            ),
        ),
    ],
)
def test_what_the_weights_must_not_decide_is_left_to_a_person(one, other):
    assert verdict(one, other) < Verdict.SURE


def test_a_rule_gives_way_where_all_signs_together_call_it_unlikely(monkeypatch):
    pair_of_the_rule = EXAMPLES["part_and_contact"]
    assert verdict(*pair_of_the_rule) == Verdict.SURE
    monkeypatch.setattr(odds, "BASE", -9.0)
    assert verdict(*pair_of_the_rule) < Verdict.SURE


# --- Grouping ------------------------------------------------------------------------------------------------------


def merged(*rows: Known) -> list[int]:
    groups = grouping.Groups()
    for number, row in enumerate(rows):
        groups.place(profile(number, row))
    return [groups.root(number) for number in range(len(rows))]


def test_a_rare_name_is_found_where_one_row_has_the_code_and_the_other_the_place():
    one = Known(name="Rehfalken Seifen", persons=("Juliane Kain",), postcode="06632", street="Markt 5")
    other = Known(name="Seifenmanufaktur Rehfalken", persons=("Jule Kain",), place="Freyburg")
    assert merged(one, other) == [0, 0]


def test_a_part_of_a_municipality_leads_to_the_firm_there():
    one = Known(name="Rehbein, Schmied", place="Ihleburg")
    other = Known(name="Kunstschmiede Rehbein", persons=("Björn Rehbein",), postcode="39288", place="Burg OT Ihleburg")
    assert set(profile(1, one).asks) & set(profile(2, other).blocks)
    assert merged(one, other) == [0, 0]


def test_two_names_of_one_firm_are_no_hindrance_where_number_and_person_lead_there():
    beer = Known(name="Zwölfbräu", emails=("m.kain@zwoelf.example",), **TOWN)
    craft = Known(name="Zwölfbräu Craft Beer", persons=("Micha Kain",), trade="Brauerei", **HERE, **LINE)
    person = Known(name="Kain, Michael", persons=("Michael Kain",), trade="Bier", **TOWN, **LINE)
    assert merged(beer, craft, person) == [0, 0, 0]


def test_a_name_that_a_firm_has_already_is_no_other_name():
    yard = Known(name="Kreativhof Rehfalk", persons=("Ute Rehfalk",), trade="Töpferei", **TOWN, **LINE, **MAIL)
    mail = Known(name="Kreativhof Rehfalk", phones=("+491637182204",), **MAIL)
    ceramics = Known(name="Rehfalk Keramik", persons=("Ute Rehfalk",), trade="Keramik", **TOWN, **LINE)
    assert merged(yard, ceramics, mail) == [0, 0, 0]
    assert merged(yard, mail, ceramics) == [0, 0, 0]


def test_a_name_that_may_be_each_of_two_firms_waits_for_a_person():
    father = Known(name="Kälte Rehfalk", persons=("Ronald Rehfalk",), phones=("+493441802770",), **TOWN)
    other = Known(name="Rehfalk Kälte", persons=("Lutz Rehfalk",), phones=("+493441807771",), **TOWN)
    assert merged(father, other) == [0, 1]
    assert merged(father, other, Known(name="Kälte Rehfalk", **TOWN)) == [0, 1, 2]
    assert merged(father, other, Known(name="Kälte Rehfalk", **TOWN, phones=father.phones)) == [0, 1, 0]


@pytest.mark.parametrize("name", ["Tischlerei Abel", "Kälte Rehfalk"])
@pytest.mark.parametrize("contact", [LINE, LINE | MAIL])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (0, 2, 1)])
def test_a_vague_row_is_no_bridge_between_father_and_son(name, contact, order):
    family = name.split()[1]
    rows = [
        Known(name=name, persons=told, **HERE, **contact) for told in ((f"Karl {family}",), (), (f"Jens {family}",))
    ]
    roots = dict(zip(order, merged(*(rows[place] for place in order)), strict=True))
    assert roots[0] != roots[2]


def test_several_of_a_family_work_in_one_company():
    rows = (
        Known(name="Rehfalk Pool GmbH", persons=("Karl Rehfalk",), **HERE, **LINE, **MAIL),
        Known(name="Rehfalk Pool", persons=("Jens Rehfalk",), **HERE, **LINE, **MAIL),
        Known(name="Rehfalk Pool", **HERE, **LINE, **MAIL),
    )
    assert merged(*rows) == [0, 0, 0]


# --- What is read out of cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Intendanz: Sören Rehbein", (("soeren", "rehbein"),)),
        ("Ralf Rehbein (GF)", (("ralf", "rehbein"),)),
        ("Frau Rehbein will zurückgerufen werden", (("", "rehbein"),)),
        ("Werkstattmeister Rehbein", (("", "rehbein"),)),
        ("über Berater Hr. Lenk", ()),
        ("Filialleitung", ()),
        ("Töpferin", ()),
        ("Sandro Rehbein (vorm. Lothar R.)", (("sandro", "rehbein"), ("lothar", "r"))),
        ("Ute Kain (vorm. Karl Rehbein)", (("ute", "kain"),)),
        ("Ute Kain (früher bei Rehbein Bau)", (("ute", "kain"),)),
        ("Fr. Rehbein vorm. erreichbar", (("", "rehbein"),)),
        ("Hr. Will", (("", "will"),)),
        ("Karl Will und Ute Will", (("karl", "will"), ("ute", "will"))),
        ("Karl Rehbein, Tel: 0391 5550100", (("karl", "rehbein"),)),
        ("Karl Rehbein (GF), mobil: 0170 1234567", (("karl", "rehbein"),)),
        ("Herr Rehbein: ab 16 Uhr", (("", "rehbein"),)),
        ("Rehbein/Kain: Büro", (("", "rehbein"), ("", "kain"))),
        ("Burmeister", (("", "burmeister"),)),
        ("Frau Hofmeister", (("", "hofmeister"),)),
        ("Tischlermeister Rehbein", (("", "rehbein"),)),
    ],
)
def test_a_cell_names_people_and_what_else_stands_there_is_nobody(cell, expected):
    assert people.people(cell) == expected


def test_who_works_there_is_not_taken_for_another_owner():
    one = Known(name="Rehbein Nutzfahrzeuge", persons=("Werkstattmeister Boldt",), **HERE, **LINE)
    other = Known(name="Rehbein NFZ", persons=("Steffen Rehbein",), **HERE, **LINE)
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    assert not told.shared.other_people
    assert verdict(one, other) == Verdict.SURE


def test_the_owner_who_sells_is_no_staff():
    one = Known(name="Rehfalk Dach", persons=("Jens Rehfalk, Verkauf",), **HERE, **LINE)
    other = Known(name="Rehfalk Dach", persons=("Karl Rehfalk",), **HERE, **LINE)
    assert "other_first_name" in against(one, other)
    assert verdict(one, other) == Verdict.UNSURE


def test_a_predecessor_is_nobody_of_the_firm():
    one = Known(name="Tischlerei Kain", persons=("Ute Kain (vorm. Karl Rehbein)",), **HERE, **LINE)
    other = Known(name="Tischlerei Rehbein", persons=("Karl Rehbein",), **HERE, **LINE)
    assert verdict(one, other) < Verdict.SURE


def test_an_initial_may_be_that_of_the_short_first_name():
    assert people.same(people.people("Lena Rehbein")[0], people.people("L. Rehbein")[0]) == people.Same.LIKELY


def test_an_initial_is_read_in_the_mail():
    known = Known(name="Rehbein", persons=("Hr. Rehbein",), emails=("v.rehbein@rehbein.example",))
    assert profile(1, known).persons == (("v", "rehbein"),)


def test_a_first_name_that_no_list_has_is_known_by_the_other_row():
    one = Known(name="Quirinus Rehbein Kurier", **TOWN)
    other = Known(name="Rehbein Transporte", persons=("Quirinus Rehbein",), **TOWN)
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    assert told.shared.person


@pytest.mark.parametrize(
    ("remark", "former"),
    [
        ("heißt seit 2020 so, früher Rehbein & Partner", "rehbein & partner"),
        ("bis 2018: Rehbein Transporte GmbH", "rehbein transporte gmbh"),
        ("früher Café am Markt", "café am markt"),
        ("Vertrag bis 2025 Frau Meier", ""),
        ("bis 2024 Rechnung bezahlt", ""),
        ("früher Mitarbeiter bei Rehbein Guss GmbH", ""),
        ("früher bei Rehbein", ""),
    ],
)
def test_a_remark_tells_what_may_be_a_former_name(remark, former):
    told = asides.read(remark)
    assert (told.former, told.before) == ("", former)


def test_a_former_name_is_one_where_the_remark_says_so_or_somebody_is_at_both():
    now = Known(name="Kain Modellbau", persons=("Ute Kain",), remark="vorher Rehfalk Guss", **HERE, **LINE)
    assert verdict(now, Known(name="Rehfalk Guss", persons=("Karl Rehfalk",), **HERE, **LINE)) < Verdict.SURE
    assert verdict(now, Known(name="Rehfalk Guss", persons=("Ute Kain",), **HERE, **LINE)) == Verdict.SURE
    told = likeness.evidence(*pair(now, Known(name="Rehfalk Guss", persons=("Ute Kain",), **HERE, **LINE)))
    assert told is not None
    assert "same_name" not in told.for_it, "Its name of now is another."
    joiner = Known(name="Tischlerei Kain", persons=("Ute Kain",), remark="früher Tischlerei Rehbein", **HERE, **LINE)
    before = Known(name="Tischlerei Rehbein", persons=("Karl Rehbein",), **HERE, **LINE)
    assert verdict(joiner, before) < Verdict.SURE


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Kosmetik Sonnenschein", "Ilka"),
        ("Kosmetik Sonnenschein", "Nele S."),
        ("Kabelkosmetik", "Jens Abel"),
        ("Ernsting Kosmetik", "Ute Ernst"),
    ],
)
def test_a_first_name_a_letter_or_a_part_of_a_word_is_no_name_of_the_firm(name, person):
    one = Known(name=name, trade="Kosmetik", **TOWN, **LINE)
    other = Known(name="Beauty Lounge", trade="Kosmetik", persons=(person,), **TOWN, **LINE)
    assert verdict(one, other) < Verdict.SURE
    told = likeness.evidence(*pair(one, other))
    assert told is None or not told.shared.called_after


@pytest.mark.parametrize(
    "remark",
    [
        *("Chef jetzt in Rente", "jetzt im Urlaub", "seit 2020 in Insolvenz", "Chefin ab 2025 in Elternzeit"),
        *("neu in Betrieb genommen", "ab 15 in Wernigerode erreichbar", "Umzug geplant?", "Neubau geplant"),
    ],
)
def test_who_retires_or_plans_has_not_moved(remark):
    one = Known(name="Bäckerei Rehfalk", persons=("Ute Rehfalk",), remark=remark, **HERE, **LINE)
    other = Known(name="Bäckerei Rehfalk", persons=("U. Rehfalk",), **THERE, **LINE)
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    assert "told_moved" not in told.for_it
    assert verdict(one, other) < Verdict.SURE


def test_the_place_where_it_is_now_says_that_it_moved():
    one = Known(name="Bäckerei Rehfalk", persons=("Ute Rehfalk",), remark="jetzt in Wernigerode", **HERE, **LINE)
    other = Known(name="Bäckerei Rehfalk", persons=("U. Rehfalk",), **THERE, **LINE)
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    assert "told_moved" in told.for_it


def test_a_place_is_not_another_that_begins_so():
    def of(place: str) -> Known:
        return Known(name="Rehfalk Dach", place=place)

    assert verdict(of("Burg"), of("Burgstall")) < Verdict.SURE
    assert verdict(of("Burg"), of("Burg (bei Magdeburg)")) == Verdict.SURE
    assert verdict(of("Wernig."), of("Wernigerode")) == Verdict.SURE


def test_no_firm_of_its_own_is_no_other_firm():
    told = asides.read("gehört zur Mosaik gGmbH, keine eigene Firma")
    assert told.is_part
    assert not told.words


def test_a_note_behind_a_name_is_no_part_of_it():
    assert names.parse("Hr. Rehbein, Orgelbau, bitte nach 17 Uhr anrufen").words == ("rehbein", "orgelbau")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bäckerei Will", ("baeckerei", "will")),
        ("Praxis Dr. Will", ("praxis", "will")),
        ("Autohaus Will & Sohn", ("autohaus", "will", "sohn")),
        ("Metallbau Bitte GmbH", ("metallbau", "bitte")),
        ("Metallbau Rehbein will Azubis ausbilden", ("metallbau", "rehbein")),
        ("Metallbau Rehbein wg. Umbau", ("metallbau", "rehbein")),
    ],
)
def test_will_is_a_family_name(name, words):
    assert names.parse(name).words == words


def test_two_families_in_one_house_are_not_one_firm_because_one_is_called_will():
    assert verdict(Known(name="Bäckerei Will", **HERE), Known(name="Bäckerei Kain", **HERE)) < Verdict.SURE


def test_the_house_in_a_yard_is_not_the_number_of_the_street():
    assert folded_street("Handwerkerhof Nord, Lindenallee 4, Halle 2") == folded_street("Lindenallee 4")
    assert folded_street("An der B6, Nr. 12") == folded_street("An der B 6 12")
    assert folded_street("Bau 7") == ("", "")


def test_a_page_as_a_name_leads_to_who_has_it():
    assert profile(1, Known(name="www.rehbein.example")).domains == {"rehbein.example"}


@pytest.mark.parametrize(
    ("cells_of_row", "expected"),
    [
        (
            ["Rehbein Solar", "Hr. Rehbein", "0345/4781190", "06116", "Halle", "info@rehbein.example", ""],
            ("06116", "Halle", ("+493454781190",), ("info@rehbein.example",)),
        ),
        (
            ["Modellbau Rehbein", "0391/8110244", "39112", "Magdeburg", "", "", "info@rehbein.example"],
            ("39112", "Magdeburg", ("+493918110244",), ("info@rehbein.example",)),
        ),
    ],
)
def test_what_slipped_into_another_column_is_put_right(cells_of_row, expected):
    lines = [["Firma", "Ansprechpartner", "Straße", "PLZ", "Ort", "Telefon", "E-Mail"], cells_of_row]
    head = headers.head(lines)
    (row,) = cells.cleaner().rows(lines, head, head.mapping)
    assert isinstance(row, Clean)
    assert (row.postcode, row.place, row.phones, row.emails) == expected
    assert not row.street


# --- What two more lists taught ------------------------------------------------------------------------------------


def against(one: Known, other: Known) -> tuple[str, ...]:
    told = likeness.evidence(*pair(one, other))
    assert told is not None
    return told.against


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (  # each wind farm is a company
            Known(name="Windpark Rehbach Nord GmbH & Co. KG", persons=("Karl Kain",), **HERE, **LINE, **MAIL),
            Known(name="Windpark Rehbach Süd GmbH & Co. KG", persons=("Karl Kain",), **HERE, **LINE, **MAIL),
            "other_number_in_name",
        ),
        (
            Known(name="Windpark Rehbach GmbH & Co. KG", persons=("Karl Kain",), **HERE, **LINE, **MAIL),
            Known(name="Windservice Rehbach GmbH", persons=("Karl Kain",), **HERE, **LINE, **MAIL),
            "sister_firm",
        ),
        (
            Known(name="Maler- und Lackierer-Innung Rehbach", trade="Innung", emails=("maler@reh.example",), **HERE),
            Known(name="Dachdecker-Innung Rehbach", trade="Innung", emails=("dach@reh.example",), **HERE),
            "sister_firm",
        ),
        (  # who left the partnership works alone
            Known(name="Rehbein & Kain GbR", persons=("Tom Rehbein, Olaf Kain",), trade="GaLaBau", **HERE, **LINE),
            Known(name="Gartenbau Rehbein", persons=("Tom Rehbein",), emails=("tom@reh.example",), **HERE),
            "other_legal_form",
        ),
        (  # founded by two for one building site
            Known(name="Rehfalk Tiefbau GmbH", trade="Tiefbau", **HERE),
            Known(name="ARGE B 17 Rehfalk / Kain", trade="Straßenbau", **HERE),
            "sister_firm",
        ),
        (
            Known(name="Reit- und Fahrverein Rehbach e.V.", persons=("Ute Kain",), **TOWN, **LINE),
            Known(name="Reiterhof Rehbach", persons=("Ute Kain",), **TOWN, **LINE),
            "sister_firm",
        ),
        (  # the son's
            Known(name="Tischlerei Rehbein", **HERE, **LINE),
            Known(name="Tischlerei Rehbein", remark="Vater der Tischlerei nebenan", **HERE, **LINE),
            "told_apart",
        ),
        (  # another form, so another firm in the register
            Known(name="Rehfalk Guss GmbH", **HERE, remark="eigene GmbH"),
            Known(name="Rehfalk Guss GmbH & Co. KG", **HERE),
            "told_apart",
        ),
        (
            Known(name="Waschpark Rehbach", persons=("Karl Kain",), remark="Kain hat zwei Firmen", **HERE),
            Known(name="Autoteile Rehbach GmbH", persons=("Karl Kain",), **HERE),
            "told_apart",
        ),
    ],
)
def test_what_people_of_the_field_know_to_be_two_stays_two(one, other, reason):
    assert reason in against(one, other)
    assert verdict(one, other) < Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # called by the name of who took over, so not the firm that was taken over
            Known(name="Rehbein Glas vorm. Kain", persons=("Mathias Rehbein",), **HERE, **LINE),
            Known(name="Glaserei Rehbein", persons=("M. Rehbein",), **TOWN, **LINE),
        ),
        (
            Known(name="Beauty Rehfalk Nails", persons=("Nguyen Thi Huong",), **HERE, **LINE),
            Known(name="Nagelstudio Beauty Rehfalk", persons=("Thi Huong Nguyen",), **HERE, **LINE),
        ),
        (
            Known(name="WfbM St. Rehfalk", **HERE, **LINE),
            Known(name="Werkstatt für behinderte Menschen St. Rehfalk gGmbH", **HERE, **LINE),
        ),
        (  # the list says that the address is an old one
            Known(name="Rehbein Medizintechnik", remark="alte Anschrift", emails=("a@rehbein.example",), **HERE),
            Known(
                name="MKV Medizintechnik Rehbein",
                emails=("b@rehbein.example",),
                persons=("Olaf Rehbein",),
                street="Am Anger 2",
                **TOWN,
            ),
        ),
        (  # a register takes one firm of a name, so the remark is on a third
            Known(name="Autohaus Rehfalk Genthin GmbH", remark="eigene GmbH, eigener Betriebsrat", **HERE),
            Known(name="AUTOHAUS REHFALK GENTHIN GMBH", **HERE),
        ),
        (  # who is called "senior" in a company is still in that company
            Known(name="Börde Tiefbau Rehfalk GmbH", persons=("Hr. Rehfalk sen.",), **HERE),
            Known(name="BOERDE TIEFBAU REHFALK GMBH", **HERE),
        ),
        (  # the vet is the other firm
            Known(name="Rehfalk Landtechnik", persons=("Gunnar Rehfalk",), trade="Landtechnik", **HERE, **LINE),
            Known(name="Rehfalk Landtechnik", trade="Landmaschinen", remark="Ehemann der Tierärztin", **HERE, **LINE),
        ),
        (
            Known(name="Eiscafé Rehfalk Nova", persons=("Familie Dal Pozzo",), trade="Eiscafé", **TOWN, **LINE),
            Known(name="Eiscafe dal Pozzo", persons=("Giorgio Dal Pozzo",), trade="Gastronomie", **HERE, **LINE),
        ),
        (  # the family name stayed, and so did number and house
            Known(name="Sägewerk Rehfalk", persons=("Hr. Rehfalk",), trade="Sägewerk", **HERE, **LINE),
            Known(name="Holzwerk Rehfalk GmbH", remark="vormals Sägewerk Rehfalk", **HERE, **LINE),
        ),
        (
            Known(name="Müller GmbH Fördertechnik", persons=("Achim Müller",), trade="Maschinenbau", **HERE, **LINE),
            Known(name="Müller GmbH", trade="Fördertechnik", **HERE, **LINE),
        ),
        (  # what is a place here is part of a town there
            Known(
                name="Fahrschule Max Voigt",
                persons=("Max Voigt",),
                street="Ring 2",
                postcode="39356",
                place="Weferlingen",
            ),
            Known(
                name="Fahrschule Voigt",
                persons=("Max Voigt",),
                street="Ring 2",
                postcode="39646",
                place="Oebisfelde OT Weferlingen",
            ),
        ),
        (
            Known(name="NVT Nord-West Verkehrstechnik", **HERE, **LINE),
            Known(name="Nordwest Verkehrstechnik GmbH", **HERE, **LINE),
        ),
        (
            Known(name="Rehfalk Isolierungen", persons=("Hr. Rehfalk",), trade="Dämmung", **HERE),
            Known(name="Rehfalk Isoliertechnik GmbH", trade="Isolierung", **HERE),
        ),
        (  # number and mail are those of a consultant
            Known(name="Kartonagenfabrik Rehfalk", emails=("info@rehfalk.example",), **HERE, **LINE),
            Known(
                name="Kartonagen Rehfalk GmbH",
                persons=("extern: E. Kain (Berater)",),
                phones=("+493915978866",),
                emails=("es@kain.example",),
                **HERE,
            ),
        ),
    ],
)
def test_what_people_of_the_field_know_to_be_one_becomes_one(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Nguyen Thi Huong", (("huong", "nguyen"),)),
        ("Thi Huong Nguyen", (("huong", "nguyen"),)),
        ("Direktorin Frau Rehbein", (("", "rehbein"),)),
        ("Rehbein, Frau Kain", (("", "rehbein"), ("", "kain"))),
        ("PA Dr. Egmont Rehbein", (("egmont", "rehbein"),)),
        ("Familie Dal Pozzo", (("", "pozzo"),)),
        ("Els van Dijk", (("els", "dijk"),)),
        ("Nguyen Van Duc", (("duc", "nguyen"),)),
    ],
)
def test_names_are_read_as_their_bearers_write_them(cell, expected):
    assert people.people(cell) == expected


def test_initials_with_a_hyphen_are_those_of_a_double_first_name():
    assert people.one_first_name("k-u", "kai-uwe")
    assert not people.one_first_name("k-h", "kai-uwe")


def test_a_polish_name_is_written_by_ear():
    assert sounds.sound("szymanski") == sounds.sound("schimanski")


def test_a_building_in_a_chemical_park_is_the_number_of_the_house():
    assert folded_street("Am Haupttor, Geb. 4310") == folded_street("Am Haupttor 4310")


@pytest.mark.parametrize(
    ("street", "place", "expected"),
    [
        ("Ring 29, 39615 Seehausen (Altmark)", "", ("Ring 29", "39615", "Seehausen (Altmark)")),
        ("Ring 29\n39615 Seehausen", "", ("Ring 29", "39615", "Seehausen")),
        ("Ring 29, Halle 2", "", ("Ring 29, Halle 2", "", "")),
        ("Ring 29, 39615 Seehausen", "Stendal", ("Ring 29, 39615 Seehausen", "", "Stendal")),
    ],
)
def test_a_whole_address_in_the_column_of_the_street_is_taken_apart(street, place, expected):
    lines = [["Firma", "Straße", "PLZ", "Ort"], ["Rehbein Optik", street, "", place]]
    head = headers.head(lines)
    (row,) = cells.cleaner().rows(lines, head, head.mapping)
    assert isinstance(row, Clean)
    assert (row.street, row.postcode, row.place) == expected


def test_a_street_alone_in_the_column_of_the_address_is_the_street():
    lines = [["Firma", "Anschrift"], ["Rehbein Optik", "Ring 29"]]
    head = headers.head(lines)
    (row,) = cells.cleaner().rows(lines, head, head.mapping)
    assert isinstance(row, Clean)
    assert (row.street, row.postcode, row.place) == ("Ring 29", "", "")


def test_a_row_that_slipped_by_one_column_is_put_right():
    lines = [
        ["Firma", "Ansprechpartner", "Straße", "PLZ", "Ort", "Telefon", "E-Mail"],
        ["Rehbein Optik", "Steinweg 12", "06484", "Bad Dürrenberg", "03946 528817", "info@rehbein.example", ""],
    ]
    head = headers.head(lines)
    (row,) = cells.cleaner().rows(lines, head, head.mapping)
    assert isinstance(row, Clean)
    assert (row.street, row.postcode, row.place) == ("Steinweg 12", "06484", "Bad Dürrenberg")
    assert (row.phones, row.emails) == (("+493946528817",), ("info@rehbein.example",))
    assert row.contact is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # two shops of a chain, each with its street and its mail
            Known(name="Rehfalk Mode", street="Ring 1", **TOWN, emails=("ring@rehfalk.example",)),
            Known(name="Rehfalk Mode", street="Ufer 9", **TOWN, emails=("ufer@rehfalk.example",)),
        ),
        (
            Known(name="Rehfalk Agentur Nord", **TOWN, emails=("nord@rehfalk.example",)),
            Known(name="Rehfalk Agentur", **TOWN, emails=("sued@rehfalk.example",)),
        ),
        (  # two members of one guild
            Known(name="Bäckerei Rehbein", **TOWN, emails=("a@innung.example",)),
            Known(name="Bäckerei Magdeburg", **TOWN, emails=("b@innung.example",)),
        ),
        (Known(name="Bäckerei", **HERE), Known(name="Bäckerei Rehbein", **HERE)),
        (  # the one often stays beside the other
            Known(name="Rehfalk Bau e.K.", **HERE, **LINE),
            Known(name="Rehfalk Bau GmbH", remark="seit 2020 GmbH", **HERE, **LINE),
        ),
        (  # a company beside another of the same owner
            Known(name="Rehfalk Immobilien", persons=("Jens Kain",), trade="Immobilien", **HERE, **MAIL),
            Known(name="Kain Hausverwaltung", persons=("Jens Kain",), trade="Immobilien", **HERE, **MAIL),
        ),
    ],
)
def test_a_chain_a_guild_and_a_sister_firm_are_left_to_a_person(one, other):
    assert verdict(one, other) == Verdict.UNSURE


def test_a_firm_that_changed_its_legal_form_is_one_where_somebody_stayed_or_it_is_said():
    owner = Known(name="Rehfalk Bau e.K.", persons=("Karl Rehfalk",), **HERE, **LINE)
    since = Known(name="Rehfalk Bau GmbH", persons=("Karl Rehfalk",), remark="seit 2020 GmbH", **HERE, **LINE)
    assert verdict(owner, since) == Verdict.SURE
    turned = Known(name="Rehfalk Bau GmbH", remark="2020 umgewandelt in GmbH", **HERE, **LINE)
    assert verdict(Known(name="Rehfalk Bau e.K.", **HERE, **LINE), turned) == Verdict.SURE


def test_another_number_of_a_register_puts_a_pair_at_the_end():
    def weight(number: str) -> float:
        left, right = pair(
            Known(name="Rehbein Guss", vat_id="DE136695976", **HERE), Known(name="Rehbein Guss", vat_id=number, **HERE)
        )
        return compare(left, right).weight

    assert weight("DE136695977") < 0 < weight("") < weight("DE136695976")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Lindenallee 07. Sep", "Lindenallee 7-9"),
        ("Lindenallee 7-Sep", "Lindenallee 7-9"),
        ("Lindenallee 07.09.2026", "Lindenallee 7-9"),
        ("Lindenallee 2026-09-07 00:00:00", "Lindenallee 7-9"),
        ("Lindenallee 06", "Lindenallee 6"),
        ("Lindenallee 06a", "Lindenallee 6a"),
        ("Straße des 8. Mai", "Straße des 8. Mai"),
        ("Straße des 17. Juni 5", "Straße des 17. Juni 5"),
        ("Lindenallee 100", "Lindenallee 100"),
    ],
)
def test_a_number_that_a_spreadsheet_took_for_a_date_is_read(written, meant):
    assert with_its_number(written) == meant
    assert folded_street(written) == folded_street(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("iwanow", "ivanov"), ("wolkow", "volkov"), ("schukow", "zhukov"), ("wassiljew", "vasilyev")],
)
def test_a_slavic_name_sounds_the_same_in_german_and_in_english(one, other):
    assert sounds.sound(one) == sounds.sound(other)
    assert people.same(("i", one), ("i", other)) == people.Same.LIKELY


def test_a_german_name_with_a_v_sounds_as_before():
    assert sounds.sound("vogel") == sounds.sound("fogel")
    assert sounds.sound("vetter") != sounds.sound("wetter")


@pytest.mark.parametrize(
    ("short", "long", "is_one"),
    [
        ("rike", "friederike", True),
        ("rike", "ulrike", True),
        ("achim", "joachim", True),
        ("oxana", "oksana", True),
        ("rike", "frieda", False),
        ("rina", "marina", False),
        ("hans", "johannes", False),
    ],
)
def test_the_end_of_a_first_name_may_be_what_somebody_is_called(short, long, is_one):
    assert people.one_first_name(short, long) is is_one


def test_a_name_says_what_a_company_is_called_now():
    told = names.parse("Rehbein Pellets (jetzt Ostkamp Brennstoffe GmbH)")
    assert (told.words, told.form) == (("ostkamp", "brennstoffe"), "limited")
    assert told.former is not None
    assert told.former.words == ("rehbein", "pellets")
    for text in ("Rehbein-Neu Bau GmbH", "Rehbein Guss, jetzt auch Rehbein Immobilien GmbH", "Café Jetzt GmbH"):
        assert names.parse(text).former is None


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Rehbein Ing.-Ges. mbH", "Rehbein Ingenieurgesellschaft mbH"),
        ("Rehbein Ing.-Ges.", "Rehbein Ingenieurgesellschaft"),
        ("Agrarges. Rehbein mbH", "Agrargesellschaft Rehbein mbH"),
        ("Rehbein Bau, jetzt GmbH", "Rehbein Bau GmbH"),
    ],
)
def test_a_word_that_is_cut_in_a_name_is_that_word(short, long):
    assert names.parse(short).words == names.parse(long).words


def test_two_words_of_one_stem_are_one_trade_where_nothing_says_that_they_are_two():
    assert fitting.one_stem(("tankschutz", "rehbein"), ("rehbein", "tankreinigung"))
    for one, other in (
        ("tankschutz", "tankstelle"),  # we know what that is
        ("segelflug", "segelschule"),
        ("kinderheim", "kinderzirkus"),  # nearly anything
        ("rehbeinbau", "rehbeinwelle"),
    ):
        assert not fitting.one_stem((one,), (other,), {"rehbein"})


def test_a_name_before_marriage_is_no_family_name_of_now():
    assert (
        people.people("Katja Rehbein geb. Kain")
        == people.people("Katja Rehbein (geb. Kain)")
        == (("katja", "rehbein"),)
    )
    now, before = (profile(1, Known(name="Pfotenrot", persons=(cell,))) for cell in ("K. Rehbein", "Katja Kain"))
    told = profile(2, Known(name="Hundesalon", persons=("Katja Rehbein geb. Kain",)))
    assert people.same(told.persons[0], now.persons[0]) == people.Same.LIKELY
    assert people.same(told.persons[0], before.persons[0]) == people.Same.PERSON


def test_who_teaches_sailing_and_who_makes_sails_are_two():
    here = {"street": "Lindenallee 4", **TOWN, **LINE, "persons": ("Jan Delling",)}
    one, other = pair(Known(name="Segelschule Delling", **here), Known(name="Segelmacherei Delling", **here))
    assert compare(one, other).verdict == Verdict.UNSURE
