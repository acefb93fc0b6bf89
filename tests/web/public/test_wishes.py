"""What stands in an address is asked for as it was meant, or not at all: nothing that is typed breaks a page."""

import datetime as dt
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.web.public import sections, wishes

NAMES = ["q", "art", "thema", "partner", "branche", "ort", "umkreis", "form", "wann", "von", "bis", "vergangene"]
ODD = st.sampled_from(["²", "9999-12-31", "0001-01-01", "-1", "1e3"])


@given(st.dictionaries(st.sampled_from(NAMES), st.text() | ODD))
def test_whatever_is_typed_becomes_a_wish(typed):
    asked = wishes.read({"landkreis": "stendal", **typed})
    wish = wishes.wish(asked, sections.EVERYTHING, district="15090", lang="de")
    assert asked["umkreis"] in {"", "10", "25", "50", "100", "alle"}
    for day in (wish.since, wish.until):
        assert day is None or dt.date.min < day < dt.date.max


@pytest.mark.parametrize("address", ["umkreis=²", f"umkreis={'9' * 5_000}", "von=0001-01-01", "bis=9999-12-31"])
def test_odd_addresses_show_the_list(client, world, address):
    assert client.get(f"/angebote/?landkreis=halle&{address}").status_code == 200


@pytest.mark.parametrize("typed", ["2026-02-31", "9999-12-31", "<b>"])
def test_a_day_that_is_none_is_told(client, world, typed):
    page = client.get("/veranstaltungen/", {"von": typed, "bis": "2026-12-31"}).text
    assert f"„{html.escape(typed)}“ ist kein Tag" in page
    assert "bis 31.12.2026" in page
    assert "ist kein Tag" not in client.get("/veranstaltungen/?von=2026-03-01&bis=").text


def test_days_in_the_wrong_order_are_shown_in_the_right_one():
    asked = wishes.read({"von": "2026-12-20", "bis": "2026-12-01"})
    assert (asked["von"], asked["bis"]) == ("2026-12-01", "2026-12-20")
