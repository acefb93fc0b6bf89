"""A centre's own colours, as far as they can be read."""

import pytest

from wegweiser.web import look


def test_the_page_links_the_centres_colours(client, world):
    world.centre.look = {"brand": "#00527a", "radius": "0.5rem"}
    world.centre.save()
    assert "/zentrum.css?" in client.get("/").content.decode()
    response = client.get("/zentrum.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response.content.decode() == ":root{--ww-brand:#00527a;--ww-brand-soft:#e6eef2;--ww-radius:0.5rem;}"


def test_a_centre_without_colours_has_no_style_sheet(client, world):
    assert "zentrum.css" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "wanted",
    [
        {"brand": "#ffff00"},
        {"accent": "#b34700", "brand-strong": "#003a5"},
        {"brand": "red;} body{display:none"},
        {"radius": "1rem;}"},
        {"unknown": "#000000"},
    ],
)
def test_what_cannot_be_read_or_is_no_colour_is_left_out(wanted):
    assert look.style_sheet(wanted) == ""


def test_a_light_accent_is_taken():
    assert look.tokens({"accent": "#ffb000"}) == {"accent": "#ffb000", "on-accent": "#2b2000"}
