"""Whether one word says who does what another says is done: Betreuerin, Betreuung. Pure.

German makes both of one verb, so that no list of trades has to know it.
"""

import re
from collections.abc import Iterable
from itertools import product

_WHO = re.compile(r"(\w{4,})er(?:in(?:nen)?)?")
_WHAT = re.compile(r"(\w{4,}?)(?:ung|erei)(?:s\w+)?")  # Betreuungsbüro


def do_the_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a word of one says who does what a word of the other says; a longer beginning says for whom.

    >>> do_the_same(["berufsbetreuerin"], ["betreuungsbuero"]), do_the_same(["steuerberater"], ["energieberatung"])
    (True, False)
    """
    return any(_is_done_by(left, right) or _is_done_by(right, left) for left, right in product([*one], [*other]))


def _is_done_by(doer: str, done: str) -> bool:
    who, what = _WHO.fullmatch(doer), _WHAT.fullmatch(done)
    return who is not None and what is not None and (who[1].endswith(what[1]) or what[1].endswith(who[1]))
