"""Whether one row is the company that is liable for the partnership in the other: two legal persons of one name. Pure.

Lists write one and the same firm with and without "& Co. KG": in those that were read, all of one name at one address
are one firm. So the forms alone tell nothing; that both are there has to be said.
"""

import re

from wegweiser.companies.linkage.row import vocabulary
from wegweiser.companies.linkage.row.profiles import Profile

_PARTNERSHIP = re.compile(r"\bco\b|\bkg\b|\bkommanditges")
_IS_LIABLE = re.compile(
    r"\bkomplementaer\w*|\bphg\b|\bpersoenlich haftend\w*|\bkeine? (?:eigenes? )?(?:operatives? )?geschaeft\b"
    r"|\bnicht operativ\b|\bkeine eigenen leute\b|\bnur (?:verwaltung|beteiligung)\b"
)


def is_general_partner(one: Profile, other: Profile) -> bool:
    """Whether a remark or the trade says of one that it only stands behind the partnership that the other is."""
    for side, beside in ((one, other), (other, one)):
        told = f"{side.remark} {vocabulary.folded_line(side.known.trade)}"
        if not is_partnership(side.known.name) and is_partnership(beside.known.name) and _IS_LIABLE.search(told):
            return True
    return False


def is_partnership(name: str) -> bool:
    """
    >>> [is_partnership(name) for name in ("Abel GmbH & Co. KG", "Abel UG u. Co KG", "Abel GmbH", "Cowork GmbH")]
    [True, True, False, False]
    """
    return _PARTNERSHIP.search(vocabulary.folded_line(name)) is not None
