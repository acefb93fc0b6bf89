"""Which of a family has a firm, by "jun." and by a remark that says whose son it is. Pure."""

import re

from wegweiser.companies.linkage.row import vocabulary
from wegweiser.companies.linkage.row.profiles import Profile

_OF_HIS_OWN = re.compile(
    r"\W*(?:ist )?(?:der |die )?(?:sohn|tochter) (?:vom|von|des|der|v\.) [^;.]*"
    r"\b(?:eigen\w*|selbst|selb(?:st)?staendig\w*)\b"
)


def are_two(one: Profile, other: Profile) -> bool:
    """Whether only one is called "jun." or "sen.", and no remark says that the other is the son as well."""
    if one.generation == other.generation:
        return False
    return not any(
        side.generation == "jun" and not beside.generation and is_of_the_next(beside.known.remark)
        for side, beside in ((one, other), (other, one))
    )


def is_of_the_next(remark: str) -> bool:
    """Whether a remark says that the firm is that of a son or a daughter, who has it beside the parents' one.

    >>> is_of_the_next("Sohn vom Tischler, eigenes Gewerbe!"), is_of_the_next("Tochter der Wirtin, selbstständig")
    (True, True)
    >>> is_of_the_next("Sohn vom Chef macht die IT"), is_of_the_next("Vater hat eigenen Betrieb")
    (False, False)
    """
    return bool(remark) and (_OF_HIS_OWN.match(vocabulary.folded_line(remark)) is not None)
