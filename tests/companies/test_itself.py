"""What looks like another firm beside one and is the firm itself; and where it is another one all the same."""

import pytest

from tests.companies.rows import firms, verdict
from wegweiser.companies.linkage.row import asides, people, said_of_itself, staff
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
HOUSE = {"street": "Lindenallee 4", "postcode": "39307", "place": "Genthin"}
TOWN = {"postcode": "39307", "place": "Genthin"}
LINE = {"phones": ("+4939335550",)}
MOBILE = {"phones": ("+491715550177",)}


# --- The word in the mail ------------------------------------------------------------------------------------------


def test_a_foundation_is_itself_where_its_mail_says_so():
    mail = {"emails": ("kontakt@stiftung-auenkinder.example",)}
    full = Known(name="Stiftung Auenkinder", persons=("Ingrid Rehbein",), **HOUSE, **LINE, **mail)
    assert (
        verdict(full, Known(name="Auenkinder", persons=("Frau Rehbein",), place="Genthin", **LINE, **mail))
        == Verdict.SURE
    )


@pytest.mark.parametrize("mail", ["info@auenkinder.example", "info@web.example"])
def test_a_foundation_beside_the_kindergarten_is_another(mail):
    full = Known(name="Stiftung Auenkinder", persons=("Ingrid Rehbein",), emails=(mail,), **HOUSE, **LINE)
    beside = Known(name="Auenkinder", persons=("Ingrid Rehbein",), emails=(mail,), **HOUSE, **LINE)
    assert verdict(full, beside) < Verdict.SURE


# --- Clubs ---------------------------------------------------------------------------------------------------------


def test_a_village_has_one_club_of_a_name():
    known = Known(
        name="Heimatverein Rehdorf e. V.",
        persons=("Matthias Kain",),
        street="Deich 4",
        postcode="39307",
        place="Genthin OT Rehdorf",
    )
    other = Known(
        name="Heimatverein Rehdorf",
        persons=("Schriftführerin Brehme",),
        place="Rehdorf",
        emails=("heimatverein@gmx.example",),
    )
    assert verdict(known, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("name", "place"),
    [("Heimatverein Rehdorf", "Stendal"), ("Sportverein Rehdorf", "Rehdorf"), ("Heimatverein", "Rehdorf")],
)
def test_clubs_of_two_villages_or_of_two_names_are_two(name, place):
    known = Known(
        name="Heimatverein Rehdorf e. V.", persons=("Matthias Kain",), postcode="39307", place="Genthin OT Rehdorf"
    )
    other = Known(name=name, persons=("Ute Brehme",), place=place, emails=("verein@gmx.example",))
    assert verdict(known, other) < Verdict.SURE


def test_clubs_of_two_villages_of_one_name_are_two():
    one = Known(name="Heimatverein Kläden e.V.", postcode="39619", place="Arendsee OT Kläden")
    assert verdict(one, Known(name="Heimatverein Kläden", postcode="39579", place="Kläden")) < Verdict.SURE


# --- What it was before --------------------------------------------------------------------------------------------


def test_a_remark_says_what_it_did_before():
    nursery = Known(name="Gärtnerei Rehbein", persons=("Karla Rehbein",), **HOUSE, **LINE)
    planner = Known(name="Rehbein Gartenplanung", persons=("Karla Rehbein",), remark="früher Gärtnerei", **TOWN, **LINE)
    assert verdict(nursery, planner) == Verdict.SURE


@pytest.mark.parametrize(
    ("remark", "person", "line"),
    [
        ("", "Karla Rehbein", LINE),
        ("früher Gärtnerei", "Tom Rehbein", LINE),
        ("früher Baumschule", "Karla Rehbein", LINE),
    ],
)
def test_without_such_a_remark_two_words_wait_for_a_person(remark, person, line):
    nursery = Known(name="Gärtnerei Rehbein", persons=("Karla Rehbein",), **HOUSE, **LINE)
    planner = Known(name="Rehbein Gartenplanung", persons=(person,), remark=remark, **TOWN, **line)
    assert verdict(nursery, planner) < Verdict.SURE


@pytest.mark.parametrize("remark", ["Coworking Alte Post", "Gewerbepark Alte Post", "TGZ Alte Post"])
def test_whoever_sits_in_a_house_of_many_firms_is_not_the_house(remark):
    mail = {"website": "altepost.example"}
    tenant = Known(name="Textbüro Alte Post", persons=("Ute Kain",), remark=remark, **HOUSE, **LINE, **mail)
    house = Known(name=f"Alte Post {remark.split()[0]} GbR", persons=("Kain / Brehme",), **HOUSE, **LINE, **mail)
    assert verdict(tenant, house) < Verdict.SURE


# --- Names and numbers ---------------------------------------------------------------------------------------------


def test_a_number_to_dial_in_a_name_is_no_other_number():
    taxi = {"phones": ("+493495322222",)}
    assert (
        firms(
            Known(name="Taxi Rehbein", persons=("Karl Rehbein",), trade="Taxi", **HOUSE, **taxi),
            Known(name="Taxi 22222", trade="Taxi", **taxi),
        )
        == 1
    )
    assert (
        firms(
            Known(name="Taxi Rehbein", persons=("Karl Rehbein",), trade="Taxi", **HOUSE, **taxi),
            Known(name="Taxi 33333", trade="Taxi", **taxi),
        )
        == 2
    )


def test_an_old_peoples_home_is_no_senior():
    assert people.generation("Sen.residenz Stadtpark") == ""
    assert people.generation("Tischlerei Rehbein sen.") == "sen"
    here = {"website": "www.auenpark.example", **TOWN}
    home = Known(name="Seniorenresidenz am Auenpark", persons=("Heike Rehbein",), **here, **LINE)
    ward = Known(name="Sen.residenz Auenpark", persons=("PDL Nancy Kain",), emails=("pdl@auenpark.example",), **TOWN)
    assert verdict(home, ward) == Verdict.SURE


@pytest.mark.parametrize("degree", ["M.Sc.", "B. Eng.", "LL.M.", "M.A.", "MBA"])
def test_a_degree_behind_a_name_is_nobody(degree):
    assert people.people(f"J. Rehbein {degree}") == (("j", "rehbein"),)


@pytest.mark.parametrize("office", ["Schriftführerin", "Kassenwart", "Schatzmeisterin"])
def test_an_office_in_a_club_is_no_first_name(office):
    assert people.people(f"{office} Rehbein") == (("", "rehbein"),)


def test_the_cook_of_a_hotel_is_staff():
    assert staff.is_staff("Uwe Rehbein, Küchenchef", called_after=False)


def test_whoever_took_over_is_the_same_at_their_own_mailbox():
    mail = {"emails": ("lena@pflanzen-kain.example",)}
    heir = Known(name="Blumen Kain, vorm. Gärtnerei Rehbein", persons=("Lena Kain",), **HOUSE, **LINE, **mail)
    assert verdict(heir, Known(name="Pflanzen Kain", persons=("Lena Kain",), **TOWN, **MOBILE, **mail)) == Verdict.SURE
    before = Known(name="Gärtnerei Rehbein", persons=("Karla Rehbein",), **HOUSE, **LINE, **mail)
    assert verdict(heir, before) < Verdict.SURE


def test_a_code_that_is_not_right_does_not_part_the_family_of_a_firm():
    firm = Known(
        name="Straßenbau Rehdorf GmbH",
        persons=("Heinz Jurisch",),
        street="Weg 2",
        postcode="39307",
        place="Genthin OT Rehdorf",
        **LINE,
    )
    card = Known(
        name="StraBau Rehdorf", persons=("Jurisch",), postcode="39308", place="Rehdorf", trade="Straßenbau", **MOBILE
    )
    assert verdict(firm, card) == Verdict.SURE


# --- Partners, pages and offices ------------------------------------------------------------------------------------


def test_partners_of_one_family_are_the_farm_that_names_both():
    partners = Known(name="Rehbein GbR, Biohof", trade="Landwirtschaft", **HOUSE, **MOBILE)
    farm = Known(name="Biohof Lerchenfeld", persons=("Anna und Jost Rehbein",), trade="Landwirtschaft", **HOUSE, **LINE)
    assert verdict(partners, farm) == Verdict.SURE


@pytest.mark.parametrize("people_there", ["Anna Rehbein", "Anna Rehbein und Jost Kain", "Kain"])
def test_partners_are_not_whoever_else_is_in_the_house(people_there):
    partners = Known(name="Rehbein GbR, Biohof", trade="Landwirtschaft", **HOUSE, **MOBILE)
    farm = Known(name="Biohof Lerchenfeld", persons=(people_there,), trade="Landwirtschaft", **HOUSE, **LINE)
    assert verdict(partners, farm) < Verdict.SURE


def test_a_page_made_of_all_words_of_a_name_is_that_of_the_firm():
    card = Known(name="REHBEIN BACKT", persons=("Frau Lotz",), emails=("a.lotz@rehbein-backt.example",), **TOWN)
    bakery = Known(
        name="Bäckerei Rehbein GmbH", persons=("Anke Rehbein-Lotz",), website="rehbein-backt.example", **HOUSE, **LINE
    )
    assert verdict(card, bakery) == Verdict.SURE
    shop = Known(name="Hofladen Rehbein", persons=("Anke Rehbein-Lotz",), website="rehbein.example", **HOUSE, **LINE)
    catering = Known(
        name="Rehbein Catering", persons=("Anke Rehbein-Lotz",), website="rehbein.example", **TOWN, **MOBILE
    )
    assert verdict(shop, catering) < Verdict.SURE


@pytest.mark.parametrize(
    "remark", ["Bürogem. mit Kain, rechnet allein ab", "Bürogemeinschaft mit Kain", "teilt sich das Büro mit Kain"]
)
def test_two_lawyers_of_one_office_are_two(remark):
    one = Known(name="Rechtsanwältin Yvonne Rehbein", persons=("Yvonne Rehbein",), remark=remark, **HOUSE, **LINE)
    other = Known(name="RA Kain", trade="Rechtsanwalt", **HOUSE, **LINE)
    assert verdict(one, other) < Verdict.SURE


def test_two_letters_of_a_first_name_in_the_wrong_order_are_a_slip_at_one_mailbox():
    mail = {"emails": ("info@klangfarbe.example",)}
    school = Known(name="Musikschule Klangfarbe", persons=("Gregor Rehbein",), **HOUSE, **LINE, **mail)
    assert (
        verdict(school, Known(name="Klangfarbe", persons=("Greogr Rehbein",), **TOWN, **MOBILE, **mail)) == Verdict.SURE
    )
    other = Known(name="Klangfarbe", persons=("Gerhard Rehbein",), **TOWN, **MOBILE, **mail)
    assert verdict(school, other) < Verdict.SURE


def test_a_part_of_a_city_behind_a_hyphen_is_in_the_city():
    lab = Known(name="Zahntechnik Elfenbein GmbH", persons=("Sören Rehbein",), postcode="06122", place="Halle", **LINE)
    card = Known(
        name="Dentallabor Elfenbein",
        persons=("ZTM Rehbein",),
        place="Halle-Neustadt",
        town="Halle",
        trade="Zahntechniker",
    )
    assert verdict(lab, card) == Verdict.SURE
    away = Known(name="Dentallabor Elfenbein", persons=("ZTM Kain",), place="Stendal", trade="Zahntechniker")
    assert verdict(lab, away) < Verdict.SURE


def test_who_signs_in_with_the_mailbox_of_somebody_there_is_that_firm():
    mail = {"emails": ("voss@rehbein-anlagen.example",)}
    there = Known(name="Rehbein Anlagenbau", persons=("Hr. Voß (Einkauf)",), **HOUSE, **LINE, **mail)
    assert verdict(there, Known(name="Torsten Voß", place="Genthin", **mail)) == Verdict.SURE
    other = Known(name="Torsten Voß", place="Genthin", emails=("voss@web.example",))
    assert verdict(there, other) < Verdict.SURE


def test_a_mailbox_in_one_house_is_one_door():
    mail = {"emails": ("info@rehbein-beton.example",)}
    craft = Known(name="Rehbein Silvio Bautenschutz", trade="Bautenschutz", **HOUSE, **MOBILE, **mail)
    firm = Known(name="Betonsanierung Rehbein", persons=("Silvio Rehbein",), **HOUSE, **LINE, **mail)
    assert verdict(craft, firm) == Verdict.SURE
    heims = [
        Known(name=name, persons=("Ute Rehbein",), **HOUSE, **LINE)
        for name in ("Kinderheim Rehbein", "Kinderzirkus Rehbein")
    ]
    assert verdict(*heims) < Verdict.SURE


@pytest.mark.parametrize(("short", "is_one"), [("FV Schloß Rehdorf", True), ("FV Blau-Weiß Rehdorf", False)])
def test_fv_is_short_for_the_friends_of_a_castle(short, is_one):
    full = Known(name="Förderverein Schloss Rehdorf e.V.", persons=("Hubert Kain",), **HOUSE, **LINE)
    assert (verdict(full, Known(name=short, persons=("H. Kain",), **TOWN, **LINE)) == Verdict.SURE) is is_one


def test_the_practice_of_a_small_town_is_one_and_two_of_a_city_may_be_two():
    city = {"place": "Magdeburg", "codes": tuple(f"391{number:02}" for number in range(4, 31))}
    practice = Known(
        name="Physiotherapie am Markt", persons=("Karl Rehbein",), street="Markt 1", postcode="39104", **city
    )
    assert verdict(practice, Known(name="Physiopraxis Rehbein", **city)) < Verdict.SURE


# --- Remarks of a family, villages with a slip, a page of the firm's words --------------------------------------------


@pytest.mark.parametrize("remark", ["über Sohn gemeldet", "über die Tochter angemeldet", "durch Neffe bekannt"])
def test_who_of_the_family_told_of_it_has_no_firm_for_that(remark):
    assert asides.read(remark).words == frozenset()


@pytest.mark.parametrize("remark", ["Sohn hat Tischlerei nebenan", "Firma des Neffen, eigenes Gewerbe angemeldet"])
def test_a_firm_of_the_family_is_told_of(remark):
    assert asides.read(remark).words


@pytest.mark.parametrize(
    ("remark", "goes_on"),
    [
        ("Vater will 2024 aufhören", True),
        ("Senior möchte bald übergeben", True),
        ("Übernahme durch Christian zum 1.1.", True),
        ("Übernahme durch den Sohn", True),
        ("Vater will 2024 neu anfangen", False),
        ("Übernahme durch Kain GmbH", False),
        ("Übernahme durch Wettbewerber aus Halle", False),
    ],
)
def test_the_elder_who_stops_leaves_the_firm_as_it_is(remark, goes_on):
    assert said_of_itself.goes_on(remark) is goes_on


def test_a_relative_who_has_a_shop_of_their_own_is_the_one_with_all_of_its_name():
    here = {**HOUSE, **LINE}
    shop = Known(name="Rehbein Sehen & Hören", persons=("Philipp Rehbein",), remark="Neffe, eigener Laden", **here)
    assert verdict(Known(name="Rehbein Sehen und Hören", **here), shop) == Verdict.SURE
    uncle = Known(name="Optik Rehbein", persons=("Georg Rehbein",), **TOWN, **LINE)
    assert verdict(uncle, shop) < Verdict.SURE


def test_a_village_with_a_slip_is_the_part_of_the_town():
    mail = {"website": "weinhof-rehbein.example"}
    farm = Known(
        name="Weinhof Rehbein",
        persons=("Andrea Rehbein",),
        postcode="06628",
        place="Naumburg OT Schulpforte",
        **LINE,
        **mail,
    )
    card = Known(name="Rehbein, Andrea", place="Schulpforta", trade="Winzerin", **mail)
    assert verdict(farm, card) == Verdict.SURE
    assert (
        verdict(farm, Known(name="Rehbein, Andrea", place="Freyburg", trade="Winzerin", website="rehbein.example"))
        < Verdict.SURE
    )


@pytest.mark.parametrize(
    ("mail", "name", "is_one"),
    [
        ("karl@rehbein-glas.example", "Karl Rehbein", True),
        ("karl@rehbein-bau.example", "Karl Rehbein", False),
        ("kai@rehbein-glas.example", "Kai Rehbein", False),
        ("karl@rehbein.example", "Karl Rehbein", False),
    ],
)
def test_a_page_of_the_words_of_a_firm_leads_to_who_works_there(mail, name, is_one):
    firm = Known(name="Autoglas Rehbein", persons=("Karl Rehbein",), **HOUSE, **LINE)
    assert (verdict(firm, Known(name=name, emails=(mail,), **MOBILE)) == Verdict.SURE) is is_one
