"""One firm though who signs in tells another name, word or first name, or it was elsewhere; and two that are two."""

import doctest

import pytest

from tests.companies import rows
from wegweiser.companies.linkage.pair import generations
from wegweiser.companies.linkage.row import written_addresses
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database


def known(text: str) -> Known:
    """`name | person | street | postcode | place | phone | mail | trade | remark`, as far as it goes."""
    name, person, street, postcode, place, phone, mail, trade, remark = ([*map(str.strip, text.split("|"))] + [""] * 8)[
        :9
    ]
    return Known(
        name=name,
        persons=(person,) if person else (),
        street=street,
        postcode=postcode,
        place=place,
        phones=(phone,) if phone else (),
        emails=(mail,) if mail else (),
        trade=trade,
        remark=remark,
    )


def verdict(one: str, other: str) -> Verdict:
    return rows.verdict(known(one), known(other))


def firms(*told: str) -> int:
    return rows.firms(*map(known, told))


@pytest.mark.parametrize("module", [generations, written_addresses])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- A mailbox under the page that both are called by ----------------------------------------------------------------

QUELL = (
    "Mineralwasser Sternquell GmbH | Ferdinand Rehbein | Quellweg 1 | 39307 | Genthin "
    "| +493933986 | info@sternquell.example | Getränke"
)
HEIM = (
    "Sozialwerk Birkenhof gGmbH | Thomas Engel | Parkstr. 1 | 39307 | Genthin "
    "| +4939337990 | info@birkenhof.example | Soziales"
)
ONE_PAGE = [
    (QUELL, "Sternquell Brunnen | Ute Rehbein | Quellweg | 39307 | Genthin || ute@sternquell.example | Mineralbrunnen"),
    (QUELL, "Brunnen Sternquell | Jörg Rehbein || 39307 | Genthin || joerg.rehbein@sternquell.example | Abfüllung"),
    (QUELL, "Sternquell Brunnen | Fr. Brandt ||| Genthin || brandt@sternquell.example | Mineralbrunnen"),
    (HEIM, "Birkenhof Werkstätten | Hr. Engel ||| Genthin || engel@birkenhof.example | Behindertenhilfe"),
    (HEIM, "Wohnheim Birkenhof | Thomas Engel || 39307 | Genthin | +491715550177 | t.engel@birkenhof.example | Pflege"),
]
TWO_UNDER_A_PAGE = [
    # a company, a house, a line or a business of its own
    (QUELL, "Sternquell Brunnen GmbH | Ute Rehbein || 39307 | Genthin || ute@sternquell.example | Mineralbrunnen"),
    (QUELL, "Sternquell Brunnen | Ute Rehbein | Markt 3 | 39307 | Genthin || ute@sternquell.example | Mineralbrunnen"),
    (
        QUELL,
        "Sternquell Brunnen | Ute Rehbein || 39307 | Genthin | +493933555 | ute@sternquell.example | Mineralbrunnen",
    ),
    (QUELL, "Sternquell Immobilien | Ute Rehbein || 39307 | Genthin || ute@sternquell.example | Vermietung"),
    (QUELL, "Sternquell Stiftung | Ute Rehbein || 39307 | Genthin || ute@sternquell.example | Stiftung"),
    (
        QUELL,
        "Sternquell Brunnen | Ute Rehbein || 39307 | Genthin || ute@sternquell.example || eigene Firma der Tochter",
    ),
    # another town, a page that is called otherwise, a word that is a family name
    (QUELL, "Sternquell Brunnen | Ute Rehbein || 39288 | Burg || ute@sternquell.example | Mineralbrunnen"),
    (QUELL, "Sternquell Brunnen | Ute Rehbein || 39307 | Genthin || ute@brunnenbau.example | Brunnenbau"),
    (
        (
            "Mineralwasser Rehbein GmbH | Ferdinand Rehbein | Quellweg 1 | 39307 | Genthin "
            "| +493933986 | info@rehbein.example | Getränke"
        ),
        "Rehbein Brunnen | Ute Rehbein || 39307 | Genthin || ute@rehbein.example | Brunnenbau",
    ),
]


@pytest.mark.parametrize(("one", "other"), ONE_PAGE)
def test_who_has_a_mailbox_under_the_page_that_both_are_called_by_is_of_the_company(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(("one", "other"), TWO_UNDER_A_PAGE)
def test_what_has_anything_of_its_own_under_one_page_waits_for_a_person(one, other):
    assert verdict(one, other) < Verdict.SURE


# --- Nothing but a name and a mail -----------------------------------------------------------------------------------

LAB = "Labor Glanzrose | Hr. Sauter | Markt 3 | 39307 | Genthin | +493933555 | sauter@gr-labor.example | Prüflabor"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LAB, "Henrik Sauter | Henrik Sauter ||||| sauter@gr-labor.example || Anmeldung Energieforum"),
        (LAB.replace("Hr. Sauter", "Henrik Sauter"), "Sauter, Henrik |||||| sauter@gr-labor.example"),
    ],
)
def test_who_told_nothing_but_a_name_and_the_mail_of_the_firm_is_of_the_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    "other",
    [
        "Henrik Sauter | Henrik Sauter ||||| sauter@web.example",
        "Ute Kain | Ute Kain ||||| sauter@gr-labor.example",
        "Henrik Sauter | Henrik Sauter |||| +493921777 | sauter@gr-labor.example",
    ],
)
def test_another_mail_name_or_line_waits(other):
    assert verdict(LAB, other) < Verdict.SURE


# --- Numbers in names ------------------------------------------------------------------------------------------------

AGAIN = (
    "RBM Rehbein Maschinenbau 2.0 GmbH | Ute Rehbein | Ring 9 | 39307 | Genthin "
    "| +493933703380 | u.rehbein@rbm-genthin.example | Maschinenbau"
)
DAY = (
    "Pflegedienst Rehbein 24/7 | Ute Rehbein | Ring 9 | 39307 | Genthin | +493933703380 "
    "| info@pflege-rehbein.example | Pflege"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            AGAIN,
            (
                "RBM Genthin | Ute Rehbein | Ring 9 | 39307 | Genthin | +493933703380 "
                "| info@rbm-genthin.example | Produktion"
            ),
        ),
        (AGAIN, "RBM Rehbein Maschinenbau | U. Rehbein | Ring 9 | 39307 | Genthin | +493933703380 || Maschinenbau"),
        (AGAIN, "Rehbein, Ute | Ute Rehbein || 39307 | Genthin || u.rehbein@rbm-genthin.example | Metall"),
        (DAY, "Pflegedienst Rehbein | Ute Rehbein | Ring 9 | 39307 | Genthin | +493933703380 || ambulante Pflege"),
        (DAY.replace("24/7", "365"), "Pflegedienst Rehbein | Ute Rehbein || 39307 | Genthin | +493933703380 || Pflege"),
    ],
)
def test_a_number_that_is_a_slogan_and_a_person_without_one_part_no_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the company before it: other people, another line
        (AGAIN, "Rehbein Maschinenbau GmbH | Walter Rehbein | Ring 9 | 39307 | Genthin | +49393370330 || Maschinenbau"),
        (
            AGAIN,
            "RBM Rehbein Maschinenbau GmbH | Ute Rehbein | Ring 9 | 39307 | Genthin | +49393370330 || Maschinenbau",
        ),
        # numbers that count
        (
            "Windpark Rehfeld 2 | Ute Kain || 39307 | Genthin | +493933777",
            "Windpark Rehfeld | Ute Kain || 39307 | Genthin | +493933777",
        ),
        (
            "Haus Rehfeld 24 | Ute Kain || 39307 | Genthin | +493933777",
            "Haus Rehfeld 26 | Ute Kain || 39307 | Genthin | +493933777",
        ),
    ],
)
def test_numbers_that_count_part_two_firms(one, other):
    assert verdict(one, other) < Verdict.SURE


# --- Where it was before ---------------------------------------------------------------------------------------------

OLD = "Sattlerei Brandt | Gisbert Brandt | Werftstr. 12 | 39288 | Burg | +49392184116 || Sattlerei"
NEW = "Sattlerei & Polsterei Brandt | Gisbert Brandt | Ring 7 | 39307 | Genthin | +491715550160 || Polsterei | "


@pytest.mark.parametrize(
    "remark",
    [
        "umgezogen 2021, vorher Burg Werftstr.",
        "umgezogen 2021, vorher Burg, neue Halle",
        "Umzug 2021, früher Burg Werftstraße 12",
        "neue Werkstatt, bis 2021 in Burg",
    ],
)
def test_a_remark_that_names_the_town_it_left_leads_there(remark):
    assert verdict(OLD, NEW + remark) == Verdict.SURE
    assert firms("Brandt, Gisbert (Sattler) ||||| +491715550160 || Handwerk | neue Adresse", NEW + remark, OLD) == 1


@pytest.mark.parametrize(
    "remark",
    [
        "umgezogen 2021, vorher Gommern Werftstr.",
        "umgezogen 2021, vorher Burg Lindenallee",
        "umgezogen 2021, vorher Burg Werftstraße 40",
        "vorher Burg Werftstr., andere Firma dort",
        "umgezogen 2021",
        "",
    ],
)
def test_another_town_or_street_or_none_leads_nowhere(remark):
    assert verdict(OLD, NEW + remark) < Verdict.SURE


def test_a_town_that_was_left_leads_to_nobody_of_another_first_name():
    assert verdict(OLD.replace("Gisbert", "Horst"), NEW + "umgezogen 2021, vorher Burg Werftstr.") < Verdict.SURE


# --- Letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # HV: no estate agent
            "HV Rehdorf | E. Sauter | Schloßstr. 10 | 39307 | Genthin OT Rehdorf || sauter.heimat@web.example | Kultur",
            "Heimatverein Rehdorf e.V. | Erhard Sauter | Schlossstr. 10 | 39307 | Rehdorf | +493933411 || Verein",
        ),
        (
            "KBS Elbaue-Mitte | A. Sauter | Ring 5 | 39307 | Genthin || sauter@kbs-elbaue.example | Bauernverband",
            (
                "Kreisbauernschaft Elbaue-Mitte e.V. | Annett Sauter | Ring 5 | 39307 | Genthin "
                "| +49393398110 | info@kbs-elbaue.example | Verband"
            ),
        ),
        (
            "HV Rehbein | K. Rehbein | Ring 5 | 39307 | Genthin | +49393398110 || Immobilien",
            "Hausverwaltung Rehbein | Karl Rehbein | Ring 5 | 39307 | Genthin | +49393398110 || Immobilien",
        ),
    ],
)
def test_letters_and_the_name_that_they_are_of_are_one_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


def test_a_company_by_its_letters_and_by_its_whole_name_are_one_firm():
    whole = (
        "Rehfelder Wurst-Manufaktur GmbH | Henrik Sauter | Ring 3 | 39307 | Genthin OT Rehfeld | +49393397750"
        "| info@rwm-rehfeld.example | Fleischverarbeitung"
    )
    rows = (
        "R.W.M. GmbH | Corinna Thiel ||| Rehfeld | +493933977531 | c.thiel@rwm-rehfeld.example | Lebensmittelindustrie",
        "RWM Rehfeld | Hr. Sauter | Ring 3 || Rehfeld | +49393397750 | sauter@rwm-rehfeld.example | Lebensmittel",
        whole,
        "Rehfelder Wurstmanufaktur | Henrik Sauter | Ring 3 | 39307 | Genthin ||| Produktion",
        "Henrik Sauter | Henrik Sauter ||||| sauter@rwm-rehfeld.example || Anmeldung Energieforum",
    )
    assert firms(*rows) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (  # the head of an association has a farm of his own
            "Bauernverband Elbaue e.V. | Karl Sauter | Ring 5 | 39307 | Genthin | +49393398110 || Verband",
            "Agrarhof Elbaue GbR | Karl Sauter | Ring 5 | 39307 | Genthin | +49393398110 || Landwirtschaft",
        ),
        (
            "Innung Elektro Genthin | Karl Sauter | Ring 5 | 39307 | Genthin | +49393398110",
            "Elektro Sauter Genthin GmbH | Karl Sauter | Ring 5 | 39307 | Genthin | +49393398110 || Elektro",
        ),
        (  # two companies of one house, each with its own
            (
                "Rehfelder Wurst GmbH | Ute Thiel | Ring 3 | 39307 | Genthin | +493933751 "
                "| thiel@rehfelder.example | Fleischerei"
            ),
            (
                "Rehfelder Logistik GmbH | Henrik Sauter | Ring 3 | 39307 | Genthin | +493933888 "
                "| info@rehfelder.example | Spedition"
            ),
        ),
    ],
)
def test_two_of_one_house_stay_two_whatever_letters_they_share(one, other):
    assert verdict(one, other) < Verdict.SURE


# --- Generations -----------------------------------------------------------------------------------------------------

SON = (
    "Küchenstudio Rehbein | Marco Rehbein | Dorfstr. 18 | 39307 | Genthin "
    "| +491715550170 | marco@kuechen-rehbein.example | Küchenhandel | "
)
FATHER = "Tischlerei Rehbein | Wilfried Rehbein | Dorfstr. 18 | 39307 | Genthin | +4939333124 || Tischlerei"
CARD = (
    "Küchen Rehbein, Inh. Marco Rehbein | Hr. Rehbein jun. || 39307 "
    "| Genthin || info@kuechen-rehbein.example | Einzelhandel"
)


@pytest.mark.parametrize(
    "remark",
    [
        "Sohn vom Tischler, eigenes Gewerbe!",
        "Sohn des Tischlers, selbstständig",
        "ist der Sohn von Wilfried, eigener Betrieb",
    ],
)
def test_a_son_with_a_business_of_his_own_is_the_one_called_junior(remark):
    assert verdict(SON + remark, CARD) == Verdict.SURE
    assert verdict(SON + remark, FATHER) < Verdict.SURE
    assert firms(FATHER, SON + remark, CARD) == 2


@pytest.mark.parametrize("remark", ["Vater hat eigenen Betrieb nebenan", "Bruder vom Tischler, eigenes Gewerbe"])
def test_who_is_no_son_is_not_the_one_called_junior(remark):
    assert verdict(SON + remark, CARD) < Verdict.SURE


# --- Who is in the office --------------------------------------------------------------------------------------------

HEATING = (
    "Solar- und Heizungsbau Rehbein | Rico Rehbein | Ring 20 | 39307 | Genthin "
    "| +493933380 | info@rehbein-heizung.example"
)


@pytest.mark.parametrize("person", ["Melanie Rehbein (Büro)", "Frau Melanie Rehbein, Büro", "Melanie Rehbein (Buero)"])
def test_who_of_the_family_is_in_the_office_is_of_the_firm(person):
    assert (
        verdict(HEATING, f"HEIZUNGSBAU REHBEIN | {person} ||| GENTHIN || buero@rehbein-heizung.example") == Verdict.SURE
    )


@pytest.mark.parametrize(
    "person", ["Melanie Rehbein", "Melanie Rehbein (Inhaberin)", "Büro Melanie Rehbein, Architektin"]
)
def test_who_of_the_family_is_not_waits(person):
    card = f"HEIZUNGSBAU REHBEIN | {person} ||| GENTHIN || service@rehbein-heizung.example"
    assert verdict(HEATING, card) < Verdict.SURE


# --- One door --------------------------------------------------------------------------------------------------------

PAINT = (
    "Autolackiererei Rehbein | Nils Rehbein | Ring 22 | 39307 | Genthin | +493933689240 "
    "| lack@rehbein.example | Lackiererei"
)
ONE_DOOR = [
    (PAINT, "Lackzentrum Rehbein | N. Rehbein | Ring 22 || Genthin | +493933689240 || Kfz"),
    (PAINT, "Rehbein Lackpoint | Nils Rehbein | Ring 22 | 39307 | Genthin | +493933689240"),
    (
        "Naturkost Sauter | Ute Sauter | Markt 3 | 39307 | Genthin | +493933555 || Bioladen",
        "Vitalstube Sauter | U. Sauter | Markt 3 | 39307 | Genthin | +493933555",
    ),
]
TWO_DOORS = [
    (PAINT, "Lackzentrum Rehbein | N. Rehbein | Ring 24 || Genthin | +493933689240 || Kfz"),
    (PAINT, "Lackzentrum Rehbein | N. Rehbein | Ring 22 || Genthin | +493933777 || Kfz"),
    (PAINT, "Lackzentrum Rehbein | Karl Rehbein | Ring 22 || Genthin | +493933689240 || Kfz"),
    (PAINT, "Lackzentrum Rehbein GmbH | N. Rehbein | Ring 22 || Genthin | +493933689240 || Kfz"),
    (PAINT, "Lackzentrum Rehbein | N. Rehbein | Ring 22 || Genthin | +493933689240 | zentrum@web.example | Kfz"),
    (PAINT, "Lackzentrum Rehbein | N. Rehbein | Ring 22 || Genthin | +493933689240 || Kfz | eigene Firma des Sohnes"),
    (PAINT, "Rehbein Wohnmobilverleih | N. Rehbein | Ring 22 || Genthin | +493933689240"),
    (PAINT, "Bäckerei Rehbein | N. Rehbein | Ring 22 || Genthin | +493933689240 || Bäckerei"),
    (
        "Naturkost Schulz | Ute Schulz | Markt 3 | 39307 | Genthin | +493933555 || Bioladen",
        "Vitalstube Schulz | U. Schulz | Markt 3 | 39307 | Genthin | +493933555 || Massagen",
    ),
]


@pytest.mark.parametrize(("one", "other"), ONE_DOOR)
def test_two_words_of_one_person_behind_one_door_and_one_number_are_one_firm(one, other):
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(("one", "other"), TWO_DOORS)
def test_where_anything_is_its_own_two_words_wait(one, other):
    assert verdict(one, other) < Verdict.SURE
