"""A slip in a common mail address is guessed; an address of a firm is left alone."""

import pytest

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
