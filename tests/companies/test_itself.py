"""What looks like another firm beside one and is the firm itself; and where it is another one all the same."""

import pytest

from wegweiser.companies import grouping, people, staff
from wegweiser.companies.likeness import compare
from wegweiser.companies.profiles import Known, profile
from wegweiser.companies.verdicts import Verdict

pytestmark = pytest.mark.one_database
HOUSE = {"street": "Lindenallee 4", "postcode": "39307", "place": "Genthin"}
TOWN = {"postcode": "39307", "place": "Genthin"}
LINE = {"phones": ("+4939335550",)}
MOBILE = {"phones": ("+491715550177",)}


def verdict(one: Known, other: Known) -> Verdict:
    found = compare(profile(1, one), profile(2, other))
    assert found.verdict == compare(profile(2, other), profile(1, one)).verdict
    return found.verdict


def firms(*rows: Known) -> int:
    groups = grouping.Groups()
    for number, row in enumerate(rows):
        groups.place(profile(number, row))
    return len({groups.root(number) for number in range(len(rows))})


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
