"""The manifest and the sign: in the centre's name and colours, from our own house."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image

from wegweiser.web import look
from wegweiser.web.public import icons

BRAND, ACCENT = "#7a0052", "#b34700"


@pytest.fixture
def coloured(world):
    world.centre.look = {"brand": BRAND, "brand-strong": "#3a0027"}
    world.centre.save()
    return world


def manifest(client, path="/zentrum.webmanifest"):
    response = client.get(path)
    assert response["Content-Type"] == "application/manifest+json; charset=utf-8"
    return json.loads(response.content)


def test_every_page_names_manifest_and_sign(client, world):
    for path in ("/", "/gibt-es-nicht/"):
        html = client.get(path).content.decode()
        assert '<link rel="manifest" href="/zentrum.webmanifest">' in html
        assert '<link rel="apple-touch-icon" href="/zeichen/180/?' in html
    assert 'href="/en/zentrum.webmanifest"' in client.get("/en/").content.decode()


def test_the_manifest_speaks_the_language_of_its_address(client, world):
    german, english = manifest(client), manifest(client, "/en/zentrum.webmanifest")
    assert (german["name"], german["lang"], german["start_url"]) == ("Zentrum", "de", "/")
    assert (english["name"], english["lang"], english["start_url"]) == ("Centre", "en", "/en/")
    assert [row["url"] for row in german["shortcuts"]] == ["/anliegen/", "/veranstaltungen/", "/notfall/"]
    for row in german["shortcuts"]:
        assert client.get(row["url"]).status_code == 200


def test_a_long_name_is_short_on_a_home_screen(client, world):
    world.centre.name = {"de": "Kompetenzzentrum für Handwerk und Mittelstand"}
    world.centre.save()
    assert manifest(client)["short_name"] == "Kompetenzzentrum für Ha…"
    world.centre.texts = {**world.centre.texts, "short_name": {"de": "Zentrum Nord"}}
    world.centre.save()
    assert manifest(client)["short_name"] == "Zentrum Nord"


def test_every_icon_of_the_manifest_is_there_in_its_size_and_in_the_centres_colour(client, coloured):
    found = manifest(client)
    assert found["theme_color"] == BRAND
    assert {row["sizes"] for row in found["icons"]} == {"any", "192x192", "512x512"}
    for row in found["icons"]:
        response = client.get(row["src"])
        assert response["Content-Type"] == row["type"]
        assert "immutable" in response["Cache-Control"]
        if row["type"] == "image/svg+xml":
            assert f'fill="{BRAND}"' in response.content.decode()
            continue
        image = Image.open(io.BytesIO(response.content)).convert("RGB")
        side = image.width
        assert f"{side}x{image.height}" == row["sizes"]
        assert len(response.content) < 12_000
        assert image.getpixel((0, 0)) == (255, 255, 255)
        assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((round(side * 0.49), round(side * 0.25)))) == BRAND
        # What a round cut of four fifths leaves holds the whole sign.
        painted = [
            (x, y) for x in range(0, side, 4) for y in range(0, side, 4) if image.getpixel((x, y)) != (255, 255, 255)
        ]
        assert max((x - side / 2) ** 2 + (y - side / 2) ** 2 for x, y in painted) <= (0.4 * side) ** 2


def test_the_address_of_the_sign_changes_with_its_colours(client, coloured):
    before = manifest(client)["icons"][0]["src"]
    coloured.centre.look = {"brand": "#00527a"}
    coloured.centre.save()
    assert manifest(client)["icons"][0]["src"] != before


@pytest.mark.parametrize("kind", ["64", "jpg", "99999"])
def test_no_other_size_is_made(client, world, kind):
    assert client.get(reverse("icon", kwargs={"kind": kind})).status_code == 404


def test_it_is_the_sign_of_the_header():
    drawn = icons.svg({})
    assert look.HOUSE["brand"] in drawn
    assert drawn.count("<path") == 3
