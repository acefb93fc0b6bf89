"""What stands in an address is asked for as it was meant, or not at all: nothing that is typed breaks a page."""

import datetime as dt

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
