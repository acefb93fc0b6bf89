"""Questions about the centre itself lead straight to the page that answers them."""

import pytest

from wegweiser.consortium import directory, gazetteer
from wegweiser.web.public import shortcuts


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("Termine in Halle", "/veranstaltungen/"),
        ("Welche Veranstaltungen gibt es?", "/veranstaltungen/"),
        ("Was kostet das?", "/angebote/"),
        ("Ich will wissen was ihr erreicht habt", "/wirkung/"),
        ("Was hat das Zentrum erreicht", "/wirkung/"),
        ("Wer ist bei Ihnen zuständig", "/ansprechpersonen/"),
    ],
)
def test_it_leads_straight_there(world, text, href):
    assert [way.href for way in shortcuts.of(text)] == [href]


@pytest.mark.parametrize(
    "text",
    [
        "Wir halten Termine nicht ein, weil keiner weiß, welcher Auftrag wann auf welcher Maschine fertig wird",
        "Unsere Kosten laufen aus dem Ruder",
        "Wir haben das Ziel nicht erreicht",
        "",
    ],
)
def test_a_problem_of_a_firm_does_not(world, text):
    assert shortcuts.of(text) == []


def test_the_answer_names_it_beside_what_fits(client, world):
    page = client.post("/anliegen/", {"text": "Welche Termine gibt es?"}).text
    assert "Alle Termine" in page
    urgent = client.post(
        "/anliegen/", {"text": "Hilfe, alle Termine weg, alles verschlüsselt, die wollen Bitcoin!"}
    ).text
    assert "Direkt zu" not in urgent


def test_a_place_that_is_named_narrows_the_dates(monkeypatch, world):
    halle = gazetteer.Place("Halle (Saale)", "15002", "", 51.48, 11.97)
    monkeypatch.setattr(directory, "gazetteer", lambda: gazetteer.Gazetteer((halle,)))
    assert [way.href for way in shortcuts.of("Termine in Halle")] == ["/veranstaltungen/?ort=Halle#treffer"]
    assert [way.href for way in shortcuts.of("Termine in Rom")] == ["/veranstaltungen/"]


def test_where_a_page_of_ours_fits_nobody_reads_that_nothing_does(client, world):
    page = client.post("/anliegen/", {"text": "Xyzzy, was kostet das?"}).text
    assert "Alle Angebote" in page
    assert "nichts Passendes" not in page
    assert "nichts Passendes" in client.post("/anliegen/", {"text": "Xyzzy qwertz"}).text
