"""The site that a name ends in. Pure."""

import re
from collections.abc import Iterable

from wegweiser.companies.linkage.row import vocabulary

_SITE = re.compile(r"\bstandort\s+([^\W\d_]+)\W*$")


def is_there(name: str, towns: Iterable[str]) -> bool:
    """Whether a name ends in the site that is one of the `towns` (folded) of its row: what is called so is the firm
    there, and no branch beside it.

    >>> is_there("Abel-Akademie Standort Burg", ("burg", "")), is_there("Abel-Akademie Standort Burg", ("genthin",))
    (True, False)
    """
    told = _SITE.search(name.casefold().translate(vocabulary.UMLAUTS))
    return told is not None and any(told[1] in town.split() for town in towns)
