"""Whether whoever a cell names has the firm, works there, or speaks for it from outside. Pure."""

import re

from wegweiser.companies.linkage.row import vocabulary

_OUTSIDE = re.compile(
    r"\bextern(e[rn]?)?\b"
    r"|\b(nur|kontakt|laeuft|anfragen?) (ueber|durch|via) \w*(berater|kanzlei|agentur|buero|verwalter)"
)
_STAFF = re.compile(
    r"\b(\w*(werkstatt|schicht|kuechen)meister(in)?"
    r"|(\w*dienst|betriebs|filial|markt|laden|bau|werk|buero|lager|personal|service|objekt|schicht"
    r"|techn(ische[rn]?|\.)? |produktions|wohnbereichs|stations|kuechen|projekt|abteilungs|vertriebs|verkaufs)"
    r"leit(er|erin|ung)|pdl|wbl|leiter(in)? \w+|sekretariat|sekretaerin|assisten[tz]\w*|personal\w*|buchhaltung"
    r"|einkauf|verkauf|vertrieb|azubi\w*|auszubildende\w*|mitarbeiter(in)?|kolleg(e|in)|empfang|pforte|disposition|dispo"
    r"|(kuechen|restaurant|verkaufs|einkaufs|personal|empfangs|rezeptions)chef(in)?|sous ?chef(in)?|oberkellner(in)?"
    r"|ticket\w*|lager|buerokraft|prokurist(in)?|hausmeister|marketing|presse\w*|ausbild\w+)\b"
    r"|, (it|edv|buero)$|\(buero\)"
)
_EMPLOYED = re.compile(  # whoever has the firm's name is still no owner
    r"\b(sekretariat|sekretaerin|buchhaltung|assisten[tz]\w*|personal\w*|azubi\w*|auszubildende\w*|mitarbeiter(in)?|kolleg(e|in)"
    r"|buerokraft|hausmeister|empfang|pforte|prokurist(in)?)\b|\btechn(ische[rn]?|\.) leit(er|erin|ung)\b"
    r"|, (it|edv|buero)$|\(buero\)"
)


def is_staff(cell: str, *, called_after: bool = False) -> bool:
    """Whether a cell names somebody who works there and does not own it; with `called_after` the firm has that name,
    and its owner may sell and buy.

    >>> is_staff("Werkstattmeister Abel"), is_staff("Fr. Abel, Sekretariat"), is_staff("Karl Abel")
    (True, True, False)
    >>> is_staff("Ute Abel (Büro)", called_after=True)
    True
    """
    plain = vocabulary.folded(cell)
    return (_EMPLOYED if called_after else _STAFF).search(plain) is not None


def is_in_charge(remark: str) -> bool:
    """Whether a remark tells of what who is named takes care, as one says of somebody who works there.

    >>> is_in_charge("Junior, zuständig für Digitales"), is_in_charge("neue Ansprechpartnerin"), is_in_charge("Junior")
    (True, True, False)
    """
    return _IN_CHARGE.search(vocabulary.folded(remark)) is not None


_IN_CHARGE = re.compile(r"\b(?:zustaendig|verantwortlich) \w{2,}|\bneue[rn]? ansprechp(?:artner(?:in)?)?\b")


def is_for_others(cell: str) -> bool:
    """Whether a cell names somebody outside who speaks for a firm, whose number and mail are not the firm's.

    >>> is_for_others("extern: Ute Abel (Beraterin)"), is_for_others("Kontakt nur über Berater"), is_for_others("Abel")
    (True, True, False)
    """
    return _OUTSIDE.search(vocabulary.folded(cell)) is not None
