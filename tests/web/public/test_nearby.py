"""Place and distance in the lists: what is typed, what is told, and addresses that can be passed on."""

import re

import pytest

from tests import model_centre
from wegweiser.consortium import gazetteer
from wegweiser.consortium.models import Settlement

STENDAL, MAGDEBURG, HALLE = "Stendal", "Magdeburg", "Halle (Saale)"


@pytest.fixture
def model(db):
    """The model centre on the day of its first load, without vectors: lists do not ask for them."""
    return model_centre.with_offers()


def text(response):
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def distances(response):
    return [int(number) for number in re.findall(r"etwa (\d+) km entfernt", response.content.decode())]


@pytest.mark.parametrize("typed", ["39576", "Stendal", "stendal", "Hansestadt Stendal", "39576 Stendal", "Stendl"])
def test_a_postal_code_and_a_name_lead_to_the_same_list(client, model, typed):
    page = client.get("/veranstaltungen/", {"ort": typed})
    assert "bis 50 km um Stendal" in text(page)
    assert f'value="{typed}"' in page.content.decode()
    assert page.content.decode().count("ww-day-row__text") == client.get(
        "/veranstaltungen/?ort=39576"
    ).content.decode().count("ww-day-row__text")


def test_the_nearest_come_first_and_no_farther_than_asked(client, model):
    found = distances(client.get("/leuchtturmprojekte/?ort=Stendal&umkreis=100"))
    assert found == sorted(found)
    assert 30 < max(found) <= 100
    assert len(distances(client.get("/leuchtturmprojekte/?ort=Stendal&umkreis=alle"))) > len(found)


def test_dates_stay_under_their_months(client, model):
    body = client.get("/veranstaltungen/?ort=Stendal&umkreis=alle").content.decode()
    months = re.findall(r'<h2 id="monat-\d+">([^<]+)</h2>', body)
    assert len(months) == len(set(months)) > 0
    assert "km entfernt" in body


def test_what_is_online_is_told_and_one_step_away(client, model):
    page = client.get("/veranstaltungen/?ort=Stendal&umkreis=10")
    told = re.search(r'(\d+) weitere Angebote sind an keinen Ort gebunden[^<]*<a href="([^"]+)"', page.content.decode())
    shown = client.get("/veranstaltungen/" + told[2].replace("&amp;", "&"))
    assert f"{told[1]} Treffer" in text(shown)


def test_where_nothing_is_near_the_way_on_is_shown(client, model):
    page = client.get("/demonstratoren/?ort=Arendsee&umkreis=10")
    assert "Im Umkreis von 10 km um Arendsee (Altmark) ist nichts dabei. Weiter weg: 15 Treffer" in text(page)
    assert "umkreis=alle" in page.content.decode()


def test_an_unknown_place_shows_everything_and_offers_what_sounds_alike(client, model):
    page = client.get("/angebote/?ort=Hamburg")
    assert "„Hamburg“ finden wir in unserem Gebiet nicht. Darum steht hier alles. Meinten Sie: Naumburg" in text(page)
    assert "ort=Naumburg" in page.content.decode()
    everything = re.search(r"(\d+) Treffer", text(client.get("/angebote/")))[0]
    assert everything in text(page)
    assert "Postleitzahl" in text(client.get("/angebote/?ort=zzzzzz"))


def test_a_district_narrows_like_its_filter_and_says_so(client, model):
    body = client.get("/angebote/?ort=Harz")
    assert "Hier steht, was in diesem Landkreis liegt: Harz. Oder meinten Sie einen Ort: Harzgerode" in text(body)
    assert "ort=Harzgerode" in body.content.decode()
    assert "Umkreis:" not in text(body)
    by_filter = re.search(r"\d+ Treffer", text(client.get("/angebote/?landkreis=harz")))[0]
    assert 0 < int(by_filter.split()[0]) < int(re.search(r"(\d+) Treffer", text(client.get("/angebote/")))[1])
    assert re.search(r"\d+ Treffer", text(body))[0] == by_filter


def test_a_town_of_the_name_of_a_district_stays_the_town_and_is_one_step_away(client, model):
    assert "bis 50 km um Stendal" in text(client.get("/angebote/?ort=Stendal"))
    body = client.get("/angebote/?ort=Landkreis+Stendal")
    assert "in diesem Landkreis liegt: Stendal. Oder meinten Sie einen Ort: Stendal" in text(body)
    assert "?ort=Stendal#treffer" in body.content.decode()


def test_a_region_is_all_of_its_districts(client, model):
    page = text(client.get("/angebote/?ort=Altmark"))
    assert "Hier steht, was in diesen Landkreisen liegt: Altmarkkreis Salzwedel, Stendal." in page
    found = [
        int(re.search(r"(\d+) Treffer", text(client.get(f"/angebote/?{asked}")))[1])
        for asked in ("ort=Altmark", "landkreis=altmarkkreis-salzwedel", "landkreis=stendal")
    ]
    assert found[0] == found[1] + found[2] > 0
    assert "Das ist unser ganzes Gebiet" in text(client.get("/angebote/?ort=Sachsen-Anhalt"))
    assert "these districts: Altmarkkreis Salzwedel" in text(client.get("/en/angebote/?ort=Altmark"))


def test_a_town_elsewhere_is_not_taken_for_one_that_sounds_alike(client, model):
    page = text(client.get("/angebote/?ort=München"))
    assert "„München“ finden wir in unserem Gebiet nicht. Darum steht hier alles. Meinten Sie: Mücheln" in page
    assert "km entfernt" not in page


def test_of_two_places_the_other_can_be_chosen(client, model):
    page = client.get("/angebote/?ort=Walbeck")
    assert "Das ist die Nähe von Walbeck (Mansfeld-Südharz). Oder meinten Sie: Walbeck (Börde)" in text(page)
    assert "um Walbeck (Börde)" in text(client.get("/angebote/?ort=Walbeck, Börde"))


def test_coordinates_of_a_device_are_a_place(client, model):
    page = text(client.get("/veranstaltungen/?ort=52.61, 11.86&umkreis=25"))
    assert "bis 25 km um Ihren Standort" in page
    assert "ganz in der Nähe" in page


def test_an_older_address_with_a_radius_around_a_district_still_works(client, model):
    page = client.get("/demonstratoren/?landkreis=magdeburg&umkreis=25")
    assert "bis 25 km um Magdeburg" in text(page)
    assert "15 Treffer" not in text(page)
    assert "13 Treffer" in text(page)


def test_a_place_goes_together_with_its_radius(client, model):
    body = client.get("/veranstaltungen/?ort=Stendal&umkreis=25&thema=x").content.decode()
    gone = re.search(r'href="(\?[^"]*)"[^>]*>[^<]*bis 25 km um Stendal', body) or re.search(
        r'<a[^>]*href="(\?[^"]*)"[^>]*>\s*(?:<[^>]+>\s*)*bis 25 km um Stendal', body
    )
    assert gone[1] == "?thema=x#treffer"


def test_english(client, model):
    page = text(client.get("/en/veranstaltungen/?ort=39576&umkreis=100"))
    assert "within 100 km of Stendal" in page
    assert "km away" in page


def test_a_centre_without_places_has_no_such_field(client, world):
    assert not Settlement.objects.exists()
    body = client.get("/veranstaltungen/").content.decode()
    assert 'name="ort"' not in body
    assert "locate.js" not in body
    assert client.get("/veranstaltungen/?ort=Stendal").status_code == 200


def test_what_is_typed_is_shown_as_text(client, model):
    body = client.get("/angebote/", {"ort": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in body
    assert gazetteer.fold("<script>alert(1)</script>") == "script alert script"
