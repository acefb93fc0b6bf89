"""A slip in a common mail address is guessed; an address of a firm is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.companies import mail_typos
from wegweiser.companies.mail_typos import COMMON, likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kevin@gmial.con", "kevin@gmail.com"),
        ("Kevin@Gmail.co", "kevin@gmail.com"),
        ("k@wbe.de", "k@web.de"),
        ("k@gmx.dee", "k@gmx.de"),
        ("k@tonline.de", "k@t-online.de"),
        ("k@hotmial.de", "k@hotmail.de"),
        ("k@betrieb.con", "k@betrieb.com"),
    ],
)
def test_a_slip_is_guessed(typed, meant):
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [*(f"a@{domain}" for domain in COMMON), "a@mail.com", "a@gmx.ch", "a@tischlerei-kevin.de", "a@ovgu.de", "", "x"],
)
def test_what_may_be_right_is_left_alone(typed):
    assert likely_meant(typed) == ""


SLIPS = st.lists(st.tuples(st.integers(0, 15), st.sampled_from("abegilmnox.-")), max_size=4)


@given(st.sampled_from(COMMON), SLIPS, st.text("abegilmnox.-", min_size=1, max_size=15))
def test_what_is_passed_over_could_not_have_been_meant(common, slips, other):
    domain = common
    for place, letter in slips:
        domain = domain[:place] + letter + domain[place + (len(domain) % 3) :]
    for typed in (f"a@{domain}", f"a@{other}"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mail_typos, "_may_be", lambda _one, _other: True)
            expected = likely_meant(typed)
        assert likely_meant(typed) == expected
