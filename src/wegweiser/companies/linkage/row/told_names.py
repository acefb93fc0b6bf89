"""Which firm a remark says that the row is: "= Tischlerei Abel", "gleiche Firma wie Abel". Pure."""

import re

from wegweiser.companies.linkage.row import vocabulary

_FIRM = r"(?:firma|betrieb|unternehmen|praxis|kanzlei|laden|salon|geschaeft|hof)"
_SAME = re.compile(
    r"^\W*(?:(?:ist )?(?:=+|identisch (?:mit|zu))|(?:ist )?(?:die |der |das )?"
    rf"(?:gleiche[rs]?|selbe[rs]?|dieselbe|derselbe|dasselbe) {_FIRM}?\W*wie"
    r"|(?:doppelt (?:zu|mit)|doppelt,? siehe|(?:dublette|duplikat|doppelung) (?:von|zu)|siehe(?: auch)?|s\. ?o\.|vgl\."
    r"|(?:schon|bereits) (?:erfasst|vorhanden|gelistet|in (?:der )?liste|drin)(?: als| unter)"
    r"|ist (?:das|der|die) \w+ (?:vom?|de[rs])|das ist (?:der|die|das))\b)[: ]*"
    r"(?P<name>[^,;.()\n]{4,50}?)\W*$"
)
_NOT = re.compile(r"\b(?:nicht|kein\w*|ander\w*|eigen\w*|kunde\w*|filiale)\b")


def same_as(remark: str) -> str:
    """
    >>> same_as("= Tischlerei Abel"), same_as("gleiche Firma wie Abel Guss"), same_as("nicht identisch mit Abel Guss")
    ('tischlerei abel', 'abel guss', '')
    """
    if not remark or len(remark) > MOST_LETTERS:
        return ""
    plain = " ".join(remark.casefold().translate(vocabulary.UMLAUTS).split())
    told = _SAME.search(plain)
    return told["name"].strip() if told and not _NOT.search(plain) else ""


MOST_LETTERS = 100  # a longer remark is about more
