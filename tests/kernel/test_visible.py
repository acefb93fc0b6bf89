"""Signs that nobody sees are not kept."""

import doctest

from wegweiser.kernel import visible


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(visible).failed == 0


def test_names_keep_their_accents_and_joiners():
    for name in ("Cäcilie Çelik", "A\N{COMBINING DIAERESIS}", "نیلوفر\N{ZERO WIDTH NON-JOINER}ها", "李雷"):
        assert visible.line(name, 160) == name
