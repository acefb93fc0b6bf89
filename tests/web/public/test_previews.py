"""What a link to the site carries into other programs: a picture with the centre's name and colours, one a language."""

import io
import json
import re
from urllib.parse import urlsplit

import pytest
from PIL import Image

from wegweiser.kernel.translated import translated
from wegweiser.web import look
from wegweiser.web.public import previews


def picture_of(client, path) -> str:
    found = re.search(r'<meta property="og:image" content="([^"]+)">', client.get(path).text)
    address = urlsplit(found[1])
    assert address.scheme
    return f"{address.path}?{address.query}"


def drawn(client, address) -> Image.Image:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "immutable" in response["Cache-Control"]
    assert len(response.content) < 60_000
    return Image.open(io.BytesIO(response.content)).convert("RGB")


@pytest.mark.parametrize("path", ["/", "/veranstaltungen/", "/notfall/"])
def test_each_language_has_its_picture(client, world, path):
    german, english = picture_of(client, path), picture_of(client, f"/en{path}")
    assert german.startswith("/zeichen/vorschau-de/?")
    assert english.startswith("/zeichen/vorschau-en/?")
    one, other = drawn(client, german), drawn(client, english)
    assert one.size == other.size == (1200, 630)
    assert one.tobytes() != other.tobytes()


def test_the_picture_has_the_centres_colour_and_name_and_its_address_changes_with_them(client, world):
    before = picture_of(client, "/")
    world.centre.look = {"brand": "#7a0052", "brand-strong": "#3a0027"}
    world.centre.save()
    coloured = picture_of(client, "/")
    first = drawn(client, coloured)
    assert first.getpixel((0, 0)) == (0x3A, 0x00, 0x27)
    world.centre.name = translated("Zentrum Nordsee", "North Sea Centre")
    world.centre.save()
    named = picture_of(client, "/")
    assert len({before, coloured, named}) == 3
    assert drawn(client, named).tobytes() != first.tobytes()


def test_what_cannot_be_read_is_drawn_in_the_colours_of_the_house():
    image = Image.open(io.BytesIO(previews.png({"brand-strong": "#fefefe"}, "Frage?", "Zentrum"))).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((0, 0))) == look.HOUSE["brand-strong"]


@pytest.mark.parametrize(
    "name", ["", "Zentrum", "Kompetenzzentrum für Digitalisierung in Handwerk und Mittelstand " * 4, "W" * 90]
)
def test_no_text_leaves_the_picture(name):
    image = Image.open(io.BytesIO(previews.png({}, "Wo hakt es im Betrieb?", name))).convert("RGB")
    ground = image.getpixel((0, 0))
    rim = [image.getpixel((x, y)) for y in range(630) for x in range(1200 - 40, 1200)]
    rim += [image.getpixel((x, y)) for x in range(1200) for y in (*range(30), *range(600, 630))]
    assert set(rim) == {ground}


def test_the_home_page_says_who_we_are_to_a_search_engine(client, world):
    for path, name in (("/", "Zentrum"), ("/en/", "Centre")):
        found = re.findall(r'<script type="application/ld\+json">(.+?)</script>', client.get(path).text)
        data = json.loads(found[0])
        assert len(found) == 1
        assert (data["@context"], data["@type"], data["name"]) == ("https://schema.org", "Organization", name)
        assert data["url"].endswith(path)
        assert data["telephone"] == world.centre.phone
