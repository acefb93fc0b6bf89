"""Whether a remark says that a firm moved, and no more than that it has a new place beside the old one. Pure.

Takes a remark as `asides` folds it: lower case, one space between words, umlauts as two letters. It is read clause by
clause: "nicht umgezogen, neue Halle geplant" says nothing of a move. Where a firm moved is told by its other row.
"""

import re

# A dot behind a number or "Str." ends no clause.
_CLAUSES = re.compile(
    r"[,;()!]|(?<=\w{3})(?<!str)(?<!\d)\.(?=\s|$)|\s[–-]\s|\b(?:und|aber|sondern)\b(?=.*\b(?:nicht|kein))"
)
_PLACE = (
    r"(?:\w*sitz|\w*standort|anschrift|adresse|firma|betrieb|praxis|kanzlei|laden\w*|geschaeft|filiale|werkstatt|halle"
    r"|buero|atelier|studio|salon|lager|produktion|hof)"
)
_NOT_WHAT_IS_LAID = (
    r"(?! (?:auch |selbst |nur |noch )*\w*(?:parkett|teppich|fliese|boeden|boden|belag|belaege|laminat|kabel"
    r"|leitung|rohr|pflaster|platten|estrich|rasen|stein|vinyl|linoleum)\w*\b)"
)
_MOVED = re.compile(
    r"\bum(?:ge)?zogen\b|\bumgezogen|\bverzogen\b|\bzieht um\b|\bumgesiedelt\b|\bumzug\b"
    rf"|\b{_PLACE}\b(?: \S+){{0,4}} verlegt\b{_NOT_WHAT_IS_LAID}"
    r"|^(?:wurde |ist )?verlegt (?:\S*\d{4} )?(?:nach|von|aus)\b"
    r"|\bneue[rns]? (?:sitz|anschrift|adresse|firmensitz)\b"
    r"|\b(?:alte[rs]?|fruehere[rs]?|bisherige[rs]?) (?:standort|sitz|anschrift|adresse|firmensitz)\b"
)
# It may stand beside the old one.
_HAS_NEW = re.compile(
    r"\bneubau\b(?! (?:von|fuer)\b)"
    r"|\bneue[rns]? (?:halle|standort|raeume|werkstatt|betriebsstaette|gebaeude|praxis|laden\w*|kueche|backstube"
    r"|produktion\w*|geschaeftsraeume|bueroraeume|buero)\b"
)
_BESIDE = re.compile(r"\b(?:zweit\w*|weitere\w*|zusaetzlich\w*|ausserdem|(?:auch|noch) ein\w*)\b")
_NEGATED = re.compile(r"\b(?:nicht(?! mehr\b)|kein\w*|nie|nirgends|ohne|weder)\b(?: \w+){0,2}\W*$")
_NOT_YET = re.compile(
    r"\b(?:noch nicht|nicht (?:statt\w*|erfolgt|moeglich|noetig)|geplant\w*|plant|planung|vorgesehen|denkbar|angedacht"
    r"|abgesagt|verschoben|geplatzt|gescheitert|such(?:t|en)|gesucht|braucht|wuenscht|moechte|will|soll|ueberlegt"
    r"|im bau|steht an)\b"
)
# What others move, and what is built for others.
_FOR_OTHERS = re.compile(
    r"\b(?:umzuege|\w*entruempel\w*|\w*aufloesung\w*|\w*transporte?|moebel\w*|montagen?|kurier\w*)\b"
    r"|\bumzug ?(?:\+|&|/|und lager)"
)
_BUILT = re.compile(
    r"\b\w*(?:sanier|umbau|altbau|ausbau|renovier|modernisier|bestand|hochbau|tiefbau|rohbau|eigenheim|familienhae?us"
    r"|schluesselfertig)\w*"
)


def has_moved(plain: str) -> bool:
    """Whether a remark says that the firm moved, or has a new place.

    >>> has_moved("umzug 2022"), has_moved("kein umzug"), has_moved("nicht umgezogen, zweites geschaeft")
    (True, False, False)
    >>> has_moved("sitz nach burg verlegt"), has_moved("termin verlegt auf mai"), has_moved("verlegt auch teppich")
    (True, False, False)
    >>> has_moved("neubau 2020"), has_moved("neubau und sanierung"), has_moved("neue werkstatt geplant")
    (True, False, False)
    """
    return _is_told(_MOVED, plain) or has_only_a_new_place(plain)


def has_only_a_new_place(plain: str) -> bool:
    """Whether all that is told is a new building, shop or hall, which may stand beside the old one.

    >>> has_only_a_new_place("neuer laden in burg"), has_only_a_new_place("umgezogen, neuer laden in burg")
    (True, False)
    """
    is_told = _is_told(_HAS_NEW, plain) and _BESIDE.search(plain) is None
    return is_told and not _is_told(_MOVED, plain)


def _is_told(what: re.Pattern[str], plain: str) -> bool:
    clauses = _CLAUSES.split(plain) if what.search(plain) else ()
    return any(
        _NEGATED.search(clause[: found.start()]) is None
        and _NOT_YET.search(clause) is None
        and not (found[0] == "umzug" and _FOR_OTHERS.search(plain))
        and not (found[0] == "neubau" and _BUILT.search(plain))
        for clause in map(str.strip, clauses)
        for found in what.finditer(clause)
    )
