"""A district, a municipality and a village: what people say of one place, by what the centre's places tell of it."""

import pytest

from tests.companies.rows import verdict
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.consortium.gazetteer import Gazetteer, Place

pytestmark = pytest.mark.one_database
PLACES = Gazetteer(
    (
        Place("Burg", "15086", "", 52.27, 11.85, 25_000, ("39288",)),
        Place("Genthin", "15086", "", 52.41, 12.16, 14_000, ("39291", "39307")),
        Place("Möser", "15086", "", 52.21, 11.80, 2_600),
        Place("Schermen", "15086", "", 52.23, 11.82, 1_600),
        Place("Sülzetal", "15083", "", 52.05, 11.58, 0, ("39171",)),
        Place("Osterweddingen", "15083", "", 52.05, 11.58, 2_000),
        Place("Irxleben", "15083", "", 52.17, 11.48, 2_500),
        Place("Barleben", "15083", "", 52.20, 11.62, 6_000, ("39179",)),
        Place("Magdeburg", "15003", "", 52.13, 11.62, 236_000, ("39104", "39106", "39108")),
        Place("Calbe (Saale)", "15089", "", 51.91, 11.78, 9_000, ("39240",)),
        Place("Kalbe (Milde)", "15081", "", 52.66, 11.39, 2_500, ("39624",)),
        Place("Burgstall", "15083", "", 52.40, 11.69, 1_200),
        Place("Freyburg", "15084", "", 51.21, 11.77, 5_000),
        Place("Mücheln", "15088", "", 51.30, 11.81, 6_000, ("06632",)),
    ),
    {"15086": "Jerichower Land", "15083": "Börde", "15081": "Altmarkkreis Salzwedel", "15089": "Salzlandkreis"},
    plates={"JL": "15086", "SLK": "15089"},
)


def told(**row) -> Known:
    return whereabouts.located(Known(**row), lambda: PLACES)


def judged(name: str, one: dict, other: dict) -> Verdict:
    return verdict(told(name=name, **one), told(name=name, **other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": "Jerichower Land"}, {"postcode": "39288", "place": "Burg", "street": "Weg 3"}),
        ({"place": "Lkr. Börde"}, {"postcode": "39171", "place": "Sülzetal"}),
        ({"place": "JL"}, {"postcode": "39288", "place": "Burg"}),
        ({"place": "Sülzetal", "postcode": "39171"}, {"place": "Osterweddingen"}),
        ({"place": "Möser", "postcode": "39291"}, {"place": "Schermen", "postcode": "39291"}),
        ({"postcode": "06632"}, {"place": "Freyburg (Unstrut)"}),
    ],
)
def test_who_has_a_rare_name_and_a_trade_is_one_in_the_area(one, other):
    assert judged("Zimmerei Kahlow", one, other) == Verdict.SURE
    assert judged("Gasthof Zur Linde", one, other) != Verdict.SURE


@pytest.mark.parametrize("name", ["Zimmerei Schulze", "Kahlow-Apotheke", "Kita Zwergenland", "Feuerwehrverein"])
def test_what_others_may_be_called_as_well_waits(name):
    assert judged(name, {"place": "Landkreis Börde"}, {"postcode": "39171", "place": "Sülzetal"}) != Verdict.SURE
    assert judged(name, {"place": "Möser"}, {"postcode": "39291", "place": "Schermen"}) != Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": "Salzlandkreis"}, {"postcode": "39288", "place": "Burg"}),
        ({"place": "SLK"}, {"postcode": "39288", "place": "Burg"}),
        ({"place": "Magdeburg"}, {"postcode": "39179", "place": "Barleben"}),  # each a town of its own
        ({"place": "Möser", "street": "Weg 3"}, {"place": "Schermen", "street": "Am Anger 9"}),
    ],
)
def test_another_area_another_town_or_another_house_is_not_it(one, other):
    assert judged("Zimmerei Kahlow", one, other) != Verdict.SURE


def test_other_people_are_not_led_together_by_the_area():
    one, other = ({"place": "Möser", "persons": ("Ute Kahlow",)}, {"place": "Schermen", "persons": ("Jan Kahlow",)})
    assert judged("Zimmerei Kahlow", one, other) != Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"place": "Calbe"}, {"place": "Kalbe", "postcode": "39624"}),
        ({"place": "Burgst."}, {"place": "Burg", "postcode": "39288"}),
    ],
)
def test_a_town_that_is_known_is_no_slip_and_no_short_form_of_another(one, other):
    assert judged("Zimmerei Kahlow", one, other) == Verdict.NO


def test_of_a_code_with_many_villages_somebody_is_asked():
    assert judged("Landgasthof Kahlow", {"postcode": "39291"}, {"place": "Schermen"}) == Verdict.UNSURE


def test_a_village_of_which_there_is_one_may_have_the_code_of_the_next_town():
    one, other = ({"postcode": code, "place": "Irxleben", "street": "Hauptstr. 3"} for code in ("39167", "39343"))
    assert judged("Zimmerei Kahlow", one, other) == Verdict.SURE


def test_a_town_without_a_code_in_the_list_of_codes_is_small():
    one = told(name="Zimmerei Müller", place="Freyburg", persons=("Ute Müller",))
    other = told(name="Müller Holzbau", place="Freyburg", postcode="06632", persons=("Ute Müller",))
    assert verdict(one, other) == Verdict.SURE


SURE = Verdict.SURE
LINE = {"phones": ("+493921944127",)}  # Burg


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Tischlerei Kahlow", {"place": "Burg", "postcode": "39288", "persons": ("Ute Kahlow",)}, Verdict.SURE),
        ("Tischlerei Kahlow", {"place": "Burg", "emails": ("kahlow@web.de",)}, Verdict.SURE),
        ("Tischlerei Schulze", {"place": "Burg", "postcode": "39288", "persons": ("Ute Schulze",)}, Verdict.UNSURE),
        ("Kahlow-Apotheke", {"place": "Burg", "postcode": "39288"}, Verdict.UNSURE),  # what the villages have as well
        ("Tischlerei Kahlow", {"place": "Möser", "postcode": "39291"}, Verdict.UNSURE),  # has that code, or another
        ("Tischlerei Kahlow", {"place": "Kalbe (Milde)", "postcode": "39624"}, Verdict.NO),
    ],
)
def test_a_dialling_code_tells_the_town_of_who_says_nothing_else(name, other, expected):
    assert verdict(told(name=name, **LINE), told(name=name, **other)) == expected


def test_a_mobile_tells_no_town_and_a_number_that_both_have_leads_anywhere():
    mobile = told(name="Tischlerei Kahlow", phones=("+491714402918",))
    assert verdict(mobile, told(name="Tischlerei Kahlow", place="Burg", postcode="39288")) == Verdict.UNSURE
    there = told(name="Tischlerei Kahlow", place="Kalbe (Milde)", postcode="39624", **LINE)
    assert verdict(told(name="Tischlerei Kahlow", **LINE), there) == Verdict.SURE


def test_two_villages_of_one_town_may_have_one_street():
    one, other = ({"street": f"OT {part}, Dorfstr. 2", "postcode": "39291"} for part in ("Ziepel", "Büden"))
    assert judged("Reiterhof Schulze", {**one, "place": "Möckern"}, {**other, "place": "Möckern"}) == Verdict.UNSURE
    assert judged("Zimmerei Kahlow", {**one, "place": "Möckern"}, {"street": "Dorfstr. 2", "place": "Ziepel"}) == SURE


def test_a_chain_has_one_number_for_the_towns_in_its_names():
    one = {"place": "Burg", "postcode": "39288", "phones": ("+493915550100",), "street": "Bahnhofstr. 2"}
    other = {**one, "place": "Genthin", "postcode": "39307"}
    assert verdict(told(name="Fitnesswelt", **one), told(name="Fitnesswelt Genthin", **other)) == Verdict.UNSURE


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("Inhaberin Glanzrose", Verdict.SURE),
        ("Kundin von Glanzrose", Verdict.NO),
        ("früher bei Salon Glanzrose, jetzt selbstständig", Verdict.NO),
    ],
)
def test_a_remark_says_whose_somebody_is_and_not_whose_they_were(remark, expected):
    one = told(name="Ute Kahlow", place="Burg", persons=("Ute Kahlow",), remark=remark)
    assert verdict(one, told(name="Friseur Glanzrose", place="Burg", persons=("Jana Poser",))) == expected
