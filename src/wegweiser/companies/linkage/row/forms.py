"""Legal forms as names of firms have them, in full or by letters. Pure; takes names folded: lower case, no umlauts.

Kinds, not forms, tell two rows apart: a GmbH, a UG, a KG and a GmbH & Co. KG are all "limited", because lists drop
"& Co. KG" and take one for the other all the time. They are two in the register all the same: where something else says
that there are two (a remark, another first name), `registered_as` tells whether the forms are one.
"""

import re
from functools import lru_cache

KINDS = ("club", "coop", "partners", "sole", "stock", "limited", "public")  # no firm is of two of them
LASTING = frozenset({"limited", "stock", "coop"})  # stands in a register of its own
_BEHIND = r"(?:(?<=\S[\s-])|(?<=[(,;/]))"  # what begins a name has initials: K. G. Abel
_LIMITED = r"(?:it|\.)? ?(?:beschr\w*|b)\.?"
# The pattern, its kind (none: says nothing of it), and which of several of one kind it is. The first that is found
# counts: an AG & Co. KG is "stock".
_TABLE: tuple[tuple[str, str, str], ...] = (
    (rf"{_BEHIND}e\.?\s?v\.?(?!\w)|\beingetragene[rn]? verein\b", "club", ""),
    (rf"{_BEHIND}e\.\s?g\.?(?!\w)|{_BEHIND}eg\b|\beingetragene genossenschaft\b", "coop", "eg"),
    (rf"{_BEHIND}v\.?\s?v\.?\s?a\.?\s?g\.?(?!\w)", "coop", "vvag"),
    (r"\bg\.?\s?b\.?\s?r\.?(?!\w)|\bges(?:ellschaft|\.) (?:des )?buerg\w*\.? rechts\b", "partners", ""),
    (r"\bo\.?\s?h\.?\s?g\.?(?!\w)|\boffene handelsgesellschaft\b", "partners", ""),
    (
        (
            rf"{_BEHIND}e\.?\s?k(?:ffr|fr|fm)?\.?(?!\w)|\beingetragene[rn]? kauf(?:mann|frau)\b"
            r"|\beinzel(?:unternehmen|firma)\b"
        ),
        "sole",
        "",
    ),
    (rf"{_BEHIND}kg ?a\. ?a\.?(?!\w)|{_BEHIND}kgaa\b|\bkommanditgesellschaft auf aktien\b", "stock", "kgaa"),
    (r"(?<=\w )ag\b|\baktiengesellschaft\b", "stock", "ag"),
    (r"(?<=\w )se\b(?=\s*[&+]\s*co)|\bsocietas europaea\b", "stock", "se"),  # by itself also Saale-Elster
    (r"\bsp\. ?z ?\.?o\. ?o\b\.?|\bs\. ?r\. ?o\b\.?|\bb\.v\.(?!\w)|\b(?:ltd|limited)\b\.?", "limited", ""),
    (
        (
            r"\bgg?\.?\s?m\.?\s?b\.?\s?h\.?(?!\w)|\bges\.?\s?m\.?b\.?h\.?(?!\w)|\bmbh\b"
            rf"|\bges(?:ellschaft|\.) ?m{_LIMITED} ?h(?:aftung|\.)?(?!\w)"
        ),
        "limited",
        "",
    ),
    (r"\bg?ug\b|\bunternehmerges(?:ellschaft|\.)(?!\w)", "limited", "ug"),
    (
        rf"[&+]\s*co\b\.?\s*kg\b|\bco\.?\s?kg\b|{_BEHIND}k\.?\s?g\.?(?!\w)|\bkommanditges(?:ellschaft|\.)(?!\w)",
        "limited",
        "kg",
    ),
    (
        (
            r"\bk\.?\s?d\.?\s?oe\.?\s?r\.?(?!\w)|\ba\.?\s?oe\.?\s?r\.?(?!\w)"
            r"|\b(?:koerperschaft|anstalt) (?:des|d\.) oeffentl\w*\.? rechts\b"
        ),
        "public",
        "",
    ),
    # The office of an architect is called after one of them on one card, and after all with this form on another.
    (
        (
            r"\bpartg(?:\s?mbb)?\b|\bpartnerschaftsges(?:ellschaft|\.)?(?: mbb| mit beschr\w*\.? berufshaftung)?(?!\w)"
            r"|\bpartnerschaft mbb\b|\bmbb\b"
        ),
        "",
        "",
    ),
    (r"[&+]\s*co\b\.?", "", ""),
    (r"\(?\bhaftungsbeschr\w*\.?\)?", "", ""),
    (r"\bgemeinnuetzige\b", "", ""),
    (rf"{_BEHIND}i\.\s?gr?\.?(?!\w)|\bin gruendung\b(?=\s*(?:$|[,;)]))", "", ""),
)
_PATTERNS = tuple((re.compile(pattern), kind, form) for pattern, kind, form in _TABLE)
_ALL = re.compile("|".join(pattern for pattern, _, _ in _TABLE))
_A_COOPERATIVE = re.compile(r"\bgenossenschaft\b")  # says its form by its name


def kind_of(plain: str) -> str:
    """Which kind of form a name has, of `KINDS`; empty where none is told.

    >>> kind_of("abel bau gmbh & co. kg"), kind_of("abel unternehmergesellschaft"), kind_of("k. g. abel holzbau")
    ('limited', 'limited', '')
    """
    told = next((kind for kind, _ in _found_in(plain) if kind), "")
    return told or ("coop" if _A_COOPERATIVE.search(plain) else "")


def registered_as(plain: str) -> frozenset[str]:
    """Which of several forms of one kind a name has; a GmbH by itself is not told.

    >>> sorted(registered_as("abel bau gmbh & co. kg")), registered_as("abel bau gmbh"), registered_as("abel bau ug")
    (['kg'], frozenset(), frozenset({'ug'}))
    """
    return frozenset(form for _, form in _found_in(plain) if form)


@lru_cache(maxsize=10_000)
def _found_in(plain: str) -> tuple[tuple[str, str], ...]:
    """Kind and form of each line of the table that a name has."""
    if not _ALL.search(plain):  # most have none
        return ()
    return tuple((kind, form) for pattern, kind, form in _PATTERNS if pattern.search(plain))


def without(plain: str) -> str:
    """
    >>> without("abel bau gmbh & co. kg").strip(), without("abel bau e. kffr.").strip(), without("ek elektro abel")
    ('abel bau', 'abel bau', 'ek elektro abel')
    """
    return _ALL.sub(" ", plain)
