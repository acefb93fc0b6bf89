"""A firm outside the region hears whom the centre is for first, and where others are; nobody is refused."""

import time

import pytest

from wegweiser.consortium import calendar
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.web.public import elsewhere

PLACES = Gazetteer(
    (
        Place("Magdeburg", "15003", "", 52.13, 11.63, 240_000, ("39104",)),
        Place("Burg", "15086", "", 52.27, 11.85, 22_000, ("39288",)),
        Place("Neustadt", "15003", "", 52.15, 11.63, 9_000),
        Place("Leipzig", "", "Sachsen", 51.34, 12.37, 500_000, ("04103",)),
        Place("Markranstädt", "", "Sachsen", 51.3, 12.2, 13_000),
    ),
    {"15003": "Magdeburg", "15086": "Jerichower Land"},
    land="Sachsen-Anhalt",
)
LANDS = calendar.other_lands("ST")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Wir sind eine Tischlerei aus Hamburg und tippen alles ab", "Hamburg"),
        ("wir sind eine tischlerei aus leipzig", "leipzig"),
        ("Tischlerei mit acht Leuten in Leipzig, wir tippen jeden Auftrag dreimal", "Leipzig"),
        ("Unser Betrieb liegt in Markranstädt. Wir suchen Hilfe.", "Markranstädt"),
        ("Unsere Schlosserei in Kassel findet keine Leute", "Kassel"),
        ("Ich komme aus Bayern und habe ein Hotel", "Bayern"),
        ("Metallbau GmbH, 04103 Leipzig: Wir suchen einen Cobot", "Leipzig"),
        ("Wir suchen einen Cobot. PLZ 20095", "20095"),
        ("We are a bakery from Hamburg", "Hamburg"),
        ("Wir kommen aus Frankfurt am Main und suchen Hilfe", "Frankfurt"),
    ],
)
def test_who_says_to_be_outside_is_understood(text, place):
    assert elsewhere.named(text, PLACES, lands=LANDS) == place


@pytest.mark.parametrize(
    "text",
    [
        "Unser Kunde in Hamburg verlangt E-Rechnungen",
        "Wir sind Zulieferer für einen Konzern in Wolfsburg",
        "Wir fahren zur Messe in Hannover",
        "Gibt es Termine in Leipzig?",
        "Ich suche eine Veranstaltung in Leipzig für meinen Betrieb",
        "Wir sind eine Tischlerei aus Magdeburg, unser zweiter Betrieb ist in Hamburg",
        "Wir sind aus Sachsen-Anhalt",
        "Tischlerei in Burg",
        "Wir sind ein Betrieb in Neustadt",  # there is one of ours
        "Wir haben 20095 Teile im Lager",
        "Bestellung 04103 kam doppelt",
        "Unser Server steht in Frankfurt",
        "Der Hersteller sitzt in München",
        "Unser Lieferant aus Leipzig liefert zu spät",
        "39104 Magdeburg, unser Kunde ist in Berlin",
        "",
    ],
)
def test_a_far_town_that_is_only_mentioned_says_nothing(text):
    assert elsewhere.named(text, PLACES, lands=LANDS) == ""


@pytest.mark.parametrize(
    ("area", "shown"),
    [
        ("Sachsen-Anhalt", False),
        ("Land Sachsen-Anhalt", False),
        ("Jerichower Land", False),
        ("Bayern und Hessen", False),
        ("Mitteldeutschland: Sachsen, Sachsen-Anhalt und Thüringen", True),
        ("Leipzig", True),
        ("ganz Deutschland, in Sachsen-Anhalt mit höherem Satz", True),
        ("bundesweit", True),
        ("Europäische Union", True),
        ("", True),
    ],
)
@pytest.mark.parametrize("place", ["Leipzig", "04103"])
def test_what_holds_where_a_firm_writes_from(area, shown, place):
    assert elsewhere.holds(area, elsewhere.Elsewhere(place, []), PLACES, lands=LANDS) is shown


def test_of_a_town_whose_land_nobody_knows_only_what_holds_everywhere_is_sure():
    there = elsewhere.Elsewhere("Frankfurt", [])
    areas = ("Sachsen", "Sachsen-Anhalt", "Deutschland", "Frankfurt")
    assert [elsewhere.holds(area, there, PLACES, lands=LANDS) for area in areas] == [False, False, True, True]


def test_the_region_of_a_centre_is_known_without_a_list_of_places():
    there = elsewhere.Elsewhere("Hamburg", [])
    shown = [elsewhere.holds(area, there, Gazetteer(()), ours="Heide") for area in ("Heide", "Land Heide", "Bund")]
    assert shown == [False, False, True]


def test_a_long_text_full_of_places_is_read_in_no_time():
    long = "wir sind in in Hamburg 04103 aus " * 3_000
    before = time.process_time()
    elsewhere.named(long, PLACES, lands=LANDS)
    assert time.process_time() - before < 0.5


FAR = "Wir sind eine Tischlerei aus Hamburg und tippen jeden Auftrag dreimal ab"


def ask(client, text, **more):
    return client.post("/anliegen/", {"text": text, **more}).content.decode()


def test_the_page_says_whom_it_is_for_first_and_refuses_nothing(client, world):
    html = ask(client, FAR)
    assert f"Sie schreiben aus Hamburg. Wir sind zuerst für Betriebe in {world.centre.region} da" in html
    assert "antworten Ihnen aber gern" in html
    assert "Andere Zentren finden Sie hier" not in html, "where the centre's file names none"
    assert html.index("aus Hamburg. Wir sind zuerst") < html.index("Angebote, die dazu passen") < html.index("senden-t")
    assert "Sie schreiben aus" not in ask(client, "Wir tippen jeden Auftrag dreimal ab")


def test_other_centres_are_found_where_the_centres_file_says(client, world):
    row = {"name": {"de": "Netz der Zentren", "en": "Network of centres"}, "url": "https://centres.example"}
    world.centre.texts = world.centre.texts | {"elsewhere": [row]}
    world.centre.save()
    assert '<a href="https://centres.example" rel="noreferrer">Netz der Zentren</a>' in ask(client, FAR)
    english = client.post("/en/anliegen/", {"text": "We are a bakery from Hamburg and type orders twice"})
    assert "Network of centres" in english.content.decode()


def test_who_is_no_firm_or_has_an_emergency_does_not_hear_it(client, world):
    assert "Sie schreiben aus" not in ask(client, FAR, **{"as": "press"})
    assert "Sie schreiben aus" not in ask(client, "Wir sind aus Hamburg, alle Dateien sind verschlüsselt, Bitcoin!")
