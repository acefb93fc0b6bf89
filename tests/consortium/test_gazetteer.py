"""What people type as their place is found, and a mistake in a centre's files is told with its line."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.consortium import centre_file, directory, gazetteer, known_towns, outlines, place_files
from wegweiser.consortium.actions import centres
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.consortium.models import Settlement
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
MODEL = centre_file.read(centre_file.model_centre())
DISTRICTS = {row["ags"]: row["label"] for row in MODEL.catalogue["districts"]}
PLATES = {row["plate"]: row["ags"] for row in MODEL.catalogue["districts"]}
PLACES = Gazetteer(MODEL.places, DISTRICTS, MODEL.regions, PLATES, MODEL.catalogue["centre"]["region"])


def names(places):
    return [place.name for place in places]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("39576", "Stendal"),
        ("D-39576 Stendal", "Stendal"),
        (" stendal ", "Stendal"),
        ("Hansestadt Stendal", "Stendal"),
        ("STENDAL", "Stendal"),
        ("halle", "Halle (Saale)"),
        ("Halle/Saale", "Halle (Saale)"),
        ("Wittenberg", "Lutherstadt Wittenberg"),
        ("Magdeburg, Landeshauptstadt", "Magdeburg"),
        ("bad duerrenberg", "Bad Dürrenberg"),
        ("Dürrenberg", "Bad Dürrenberg"),
        ("Magdeb", "Magdeburg"),
        ("Stendl", "Stendal"),
        ("Magedburg", "Magdeburg"),
        ("Wernigrode", "Wernigerode"),
        ("Hohe Börde", "Hohe Börde"),
        ("39167", "Hohe Börde"),
        ("Wolfsburg", "Wolfsburg"),
        ("04109", "Leipzig"),
        ("Walbeck", "Walbeck"),
    ],
)
def test_a_place_is_found_as_people_write_it(typed, found):
    assert PLACES.look_up(typed).place.name == found


@pytest.mark.parametrize("typed", ["Hamburg", "99999", "xx", "", " ", ",", "123", "395", "Neu", "91,181", "()"])
def test_what_is_not_clear_is_not_guessed(typed):
    assert PLACES.look_up(typed).place is None


def test_of_two_places_of_one_name_the_other_is_told_and_can_be_named():
    answer = PLACES.look_up("Walbeck")
    assert (answer.place.district, [place.district for place in answer.others]) == ("15087", ["15083"])
    written = PLACES.written(answer.others[0])
    assert written == "Walbeck, Börde"
    assert PLACES.look_up(written).place == answer.others[0]


def test_the_beginning_of_a_postal_code_offers_its_places():
    assert "Stendal" in names(PLACES.look_up("395").others)
    assert "Stendal" in names(PLACES.look_up("39577").others)


@pytest.mark.parametrize("place", MODEL.places, ids=lambda place: f"{place.name}-{place.district or place.area}")
def test_every_place_finds_itself_as_our_addresses_write_it(place):
    assert PLACES.look_up(PLACES.written(place)).place == place


def test_every_postal_code_of_the_region_is_known():
    codes = {code for place in MODEL.places for code in place.postcodes}
    assert {"39104", "06108", "06844", "39576", "39418", "38820", "06484", "39638", "06667", "06886"} <= codes
    for code in codes:
        assert code in PLACES.look_up(code).place.postcodes


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_coordinates_are_taken_to_a_hundredth(latitude, longitude):
    found = gazetteer.coordinates(f"{latitude:.5f}, {longitude:.5f}")
    assert found == pytest.approx((latitude, longitude), abs=0.006)
    assert all(math.isclose(value * 100, round(value * 100), abs_tol=1e-6) for value in found)


@given(st.text(max_size=80))
def test_whatever_is_typed_gets_an_answer(typed):
    answer = PLACES.look_up(typed)
    assert len(answer.others) <= gazetteer.MOST_OTHERS
    assert answer.place not in answer.others


@pytest.mark.parametrize(
    ("address", "district", "found"),
    [
        ("Fraunhofer IFF, Sandtorstraße 22, Magdeburg", "15003", "Magdeburg"),
        ("ZSH, Großer Berlin 14, 06108 Halle (Saale)", "15002", "Halle (Saale)"),
        ("Gut Walbeck, Walbeck", "15083", "Walbeck"),
        ("Werkstatt am Markt", "15090", None),
        ("Videokonferenz, online", "", None),
    ],
)
def test_an_address_lies_where_its_place_is(address, district, found):
    point = PLACES.located(address, district=district)
    expected = {place.point for place in PLACES.places if place.name == found and place.district == district}
    assert point == (expected.pop() if found else None)


def test_the_places_of_the_model_centre_lie_in_their_district():
    """Roughly: none is farther from the middle of its district's places than the largest district is wide."""
    for district in DISTRICTS:
        inside = [place.point for place in MODEL.places if place.district == district]
        middle = tuple(sum(values) / len(inside) for values in zip(*inside, strict=True))
        assert max(outlines.kilometres(middle, point) for point in inside) < 65


HEAD = "name,district,area,latitude,longitude,population\n"
CODES = "postcode,place,district\n"


@pytest.mark.parametrize(
    ("places", "codes", "told"),
    [
        ("name,lat\nA,1\n", None, "the first line must be name,district,area,latitude"),
        (HEAD + "A,15090,,52.1,11.6,10\nB,99999,,52.1,11.6,10\n", None, "line 3: the district '99999'"),
        (HEAD + "A,15090,,north,11.6,10\n", None, "line 2: could not convert"),
        (HEAD + "A,15090,,152.1,11.6,10\n", None, "line 2: latitude, longitude or population"),
        (HEAD + "A,15090,,52.1,11.6,-3\n", None, "line 2: latitude, longitude or population"),
        (HEAD + ",15090,,52.1,11.6,10\n", None, "line 2: a place needs a name"),
        (HEAD + "A,15090,,52.1,11.6\n", None, "line 2: there must be 6 columns"),
        (HEAD + "A,15090,,52.1,11.6,10\n", CODES + "3957,A,15090\n", "line 2: '3957' is no postal code"),
        (HEAD + "A,15090,,52.1,11.6,10\n", CODES + "39576,B,15090\n", "line 2: there is no place 'B'"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, places, codes, told):
    (tmp_path / "places.csv").write_text(places)
    if codes:
        (tmp_path / "codes.csv").write_text(codes)
    with pytest.raises(DomainError, match="line") as refused:
        place_files.read(tmp_path / "places.csv", tmp_path / "codes.csv" if codes else None, districts={"15090"})
    assert told in str(refused.value)
    assert refused.value.code == "places_invalid"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DomainError) as refused:
        place_files.read(tmp_path / "places.csv", None, districts=())
    assert refused.value.code == "centre_file_missing"


def test_loading_brings_the_places_once_and_again_when_the_file_changed(db, tmp_path):
    centres.load(file=MODEL, by=BY)
    first = list(Settlement.objects.values_list("pk", flat=True))
    assert len(first) == len(MODEL.places)
    assert directory.gazetteer().look_up("39576").place.name == "Stendal"
    centres.load(file=centre_file.read(centre_file.model_centre()), by=BY)
    assert list(Settlement.objects.values_list("pk", flat=True)) == first

    changed = centre_file.read(centre_file.model_centre())
    changed.__dict__["places"] = (Place("Neuort", "", "Hessen", 51.0, 9.0, 3, ("34000",)),)
    centres.load(file=changed, by=BY)
    assert directory.gazetteer().look_up("34000").place.name == "Neuort"
    assert directory.gazetteer().look_up("39576").place is None

    changed.__dict__["places"] = ()
    centres.load(file=changed, by=BY)
    assert not directory.gazetteer()
    assert not Settlement.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "München",
        "Munchen",
        "Essen",
        "Kassel",
        "Wien",
        "Bern",
        "Köln",
        "Neustadt",
        "Halle, Westfalen",
        "Halle Westfalen",
        "Brocken",
    ],
)
def test_a_town_elsewhere_is_none_of_ours(typed):
    assert PLACES.look_up(typed) == gazetteer.Answer(None, PLACES.look_up(typed).others)


@pytest.mark.parametrize("town", known_towns.NAMES.split())
def test_a_known_town_is_only_found_where_we_have_it(town):
    place = PLACES.look_up(town).place
    assert place is None or gazetteer.fold(place.name).startswith(gazetteer.fold(town))


@given(st.sampled_from(MODEL.places), st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=6))
def test_more_than_a_slip_is_only_offered(place, more):
    """Three letters more than any name has are no slip, whatever they are."""
    typed = f"{place.name.partition('(')[0]}x{more}qx"
    assert PLACES.look_up(typed).place is None


@pytest.mark.parametrize(
    ("typed", "districts", "first"),
    [
        ("Harz", ["Harz"], "Harzgerode"),
        ("Harzkreis", ["Harz"], None),
        ("Landkreis Stendal", ["Stendal"], "Stendal"),
        ("Stendal (Landkreis)", ["Stendal"], "Stendal"),
        ("LK Harz", ["Harz"], "Harzgerode"),
        ("Salzlandkreis", ["Salzlandkreis"], None),
        ("Salzlandkries", ["Salzlandkreis"], None),
        ("Saalekreis", ["Saalekreis"], None),
        ("Landkreis Börde", ["Börde"], "Bördeland"),
        ("Jerichower Land", ["Jerichower Land"], None),
        ("Jerichower", ["Jerichower Land"], None),
        ("SDL", ["Stendal"], "Stendal"),
        ("MD", ["Magdeburg (kreisfreie Stadt)"], "Magdeburg"),
        ("Altmark", ["Altmarkkreis Salzwedel", "Stendal"], None),
        ("Sachsen-Anhalt", list(DISTRICTS.values()), None),
    ],
)
def test_a_district_is_understood_and_a_town_of_its_name_offered(typed, districts, first):
    answer = PLACES.look_up(typed)
    assert (answer.place, [DISTRICTS[ags] for ags in answer.districts]) == (None, districts)
    assert next(iter(names(answer.others)), None) == first


@pytest.mark.parametrize("name", DISTRICTS.values())
def test_every_district_is_found_by_its_name_or_is_a_town(name):
    answer = PLACES.look_up(name)
    assert answer.place or [DISTRICTS[ags] for ags in answer.districts] == [name]
    assert [DISTRICTS[ags] for ags in PLACES.look_up(f"Landkreis {name}").districts] == [name]


def test_other_names_of_districts_are_data():
    assert not Gazetteer(MODEL.places, DISTRICTS).look_up("Altmark").districts


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("39999 Stendal", "Stendal"),
        ("D-39999 Stendal", "Stendal"),
        ("39 104", "Magdeburg"),
        ("39 104 Magdeburg", "Magdeburg"),
        ("Halle, Saale", "Halle (Saale)"),
        ("Halle/S.", "Halle (Saale)"),
        ("Halle Saale", "Halle (Saale)"),
        ("Wernigerode Harz", "Wernigerode"),
        ("Halle Neu", "Halle-Neustadt"),
        ("Halle an der Saale", "Halle (Saale)"),
        ("Burg bei Magdeburg", "Burg"),
        ("Burg, Jerichower Land", "Burg"),
        ("Stendal, Altmark", "Stendal"),
        ("Stendal, Sachsen-Anhalt", "Stendal"),
        ("Stendal, Deutschland", "Stendal"),
        ("Goslar, Niedersachsen", "Goslar"),
    ],
)
def test_what_stands_beside_a_name_helps(typed, found):
    assert PLACES.look_up(typed).place.name == found


@pytest.mark.parametrize("typed", ["52,61", "7,5", "0, 0", "-52.61, 11.86", "40.71, -74.01"])
def test_two_numbers_that_lie_far_off_are_no_coordinates(typed):
    assert PLACES.look_up(typed).place is None


def test_coordinates_around_the_region_are_a_place():
    assert PLACES.look_up("53.55, 9.99").place.point == (53.55, 9.99)


def test_a_region_of_an_unknown_district_is_told(tmp_path):
    source = centre_file.model_centre().parent
    for name in (
        "catalogue.json",
        "districts.geojson",
        "content.json",
        "places.csv",
        "postcodes.csv",
        "clarifying.toml",
    ):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    text = (source / "centre.toml").read_text()
    (tmp_path / "centre.toml").write_text(text.replace('"altmarkkreis-salzwedel"', '"prignitz"'))
    with pytest.raises(DomainError, match=r"regions\.Altmark: the district 'prignitz' is not known"):
        centre_file.read(tmp_path / "centre.toml")
    (tmp_path / "centre.toml").write_text(text.replace('"Altmark" =', f'"{"A" * 81}" ='))
    with pytest.raises(DomainError, match="regions"):
        centre_file.read(tmp_path / "centre.toml")


def test_loading_brings_the_regions_and_takes_them_away(db):
    centres.load(file=MODEL, by=BY)
    assert directory.gazetteer().look_up("Altmark").districts == ("15081", "15090")
    assert directory.gazetteer().look_up("SDL").districts == ("15090",)
    changed = centre_file.read(centre_file.model_centre())
    del changed.settings["regions"]
    centres.load(file=changed, by=BY)
    assert not directory.gazetteer().look_up("Altmark").districts
