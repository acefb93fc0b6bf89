"""What a remark says of the firm itself: that the next of the family has it now, or where it is run from. Pure."""

import re

from wegweiser.companies.linkage.row import vocabulary

_NEXT = (
    r"(?:schwieger)?(?:sohn|tochter|junior|juniorchef(?:in)?|enkel(?:in)?|neffe|nichte|(?:ehe)?frau|witwe"
    r"|bruder|schwester)"
)
_NOT = r"(?<!nicht )(?<!kein )(?<!keine )"
_GOES_ON = re.compile(
    rf"{_NOT}\b(?:gleiche[rs]?|selbe[rns]?|derselbe|dasselbe|dieselbe)"
    r" (?:betrieb|unternehmen|firma|laden|geschaeft|praxis|gmbh|ug|ohg|kg|gbr|gesellschaft)\b"
    r"(?! (?:wie|art|branche))"
    # Who is its director is not director of another: "Sohn ist GF der Abel Bau" goes on with a name.
    rf"|\b{_NEXT}(?: [a-z]+)?,? (?:ist )?(?:jetzt|nun|inzwischen|(?:seit|ab) (?:\d\d?[./])?\d{{4}})"
    r" (?:neue[rn]? |der |die )?(?:gf|geschaeftsfuehr\w+|chef(?:in)?|inhaber(?:in)?|betriebsleit\w+|am ruder)\b"
    r"(?=\s*(?:$|[,;.()]))"
)
# The same in other words. "Frau" before a name is a greeting, and so no wife.
_OF_THE_FAMILY = (
    r"(?:der |die |dem )?(?:schwieger)?(?:sohn|tochter|junior(?:chef(?:in)?)?|enkel(?:in)?|neffe|nichte|ehefrau)"
)
_SINCE = r"(?:jetzt|nun|inzwischen|ist|wird|ab|seit|auch|schon|(?:\d\d?[./])?\d{4})"
_IN_CHARGE = (
    r"(?:ansprech(?:partner|person)(?:in)?|kontakt(?:person)?|chef(?:in)?|inhaber(?:in)?|gf|geschaeftsfuehr(?:er(?:in)?|ung)"
    r"|leit(?:er(?:in)?|ung)|betriebsleit(?:er(?:in)?|ung)|nachfolge(?:r(?:in)?)?|zustaendig)"
)
_ENDS = r"(?=\s*(?:$|[,;.()]))"
_IS_OF_THE_FAMILY = re.compile(
    rf"\b(?:neue[rn]? )?{_IN_CHARGE}:?(?: {_SINCE})* \(?{_OF_THE_FAMILY}(?: [a-z]+)?{_ENDS}"
    rf"|\b(?:jetzt|nun|inzwischen) {_OF_THE_FAMILY}(?: [a-z]+)?(?: {_SINCE})* {_IN_CHARGE}{_ENDS}"
    rf"|\b{_OF_THE_FAMILY}(?: [a-z]+)?(?: {_SINCE})+ (?:die |der |neue[rn]? )?{_IN_CHARGE}{_ENDS}"
    rf"|\b{_OF_THE_FAMILY} (?:macht|leitet) (?:jetzt|nun|inzwischen) alles{_ENDS}"
    rf"|\b{_OF_THE_FAMILY} hat(?: {_SINCE})* die (?:leitung|geschaeftsfuehrung){_ENDS}"
    rf"|\b(?:sohn|tochter|(?:ehe)?frau) (?:des|der|vom) (?:inhaber|chef|geschaeftsfuehrer|seniorchef)(?:s|in)?{_ENDS}"
)
# That the elder stops says that the firm stays, with the younger or with nobody yet.
_HANDS_ON = re.compile(
    rf"^(?:der |die )?(?:vater|mutter|senior(?:chef(?:in)?)?|chef(?:in)?|altmeister)"
    rf" (?:will|moechte|wird|hoert)(?: \S+){{0,3}} (?:auf(?:hoeren)?|uebergeben|kuerzer treten){_ENDS}"
    rf"|\b(?:{_OF_THE_FAMILY}|frau|witwe|(?<!nicht )[a-z]+) fuehrt"
    r" (?:(?:den|die|das) )?(?:betrieb |firma |geschaeft |laden )?"
    rf"(?:jetzt |nun )?(?:allein |alleine )?(?:weiter|fort){_ENDS}"
    rf"|^uebernahme (?:durch|von) (?:den )?(?:{_OF_THE_FAMILY}|[a-z]+)(?: (?:zum|ab|am|seit|in)? ?[\d./]+)?{_ENDS}"
)
_IS_DOUBTED = (
    r"(?:\s*\?|[.:]?\s*(?:ist |war |evtl\.? |wohl |vermutlich |vielleicht )*(?:unklar|unsicher|falsch\w*|veraltet"
    r"|ungueltig|stimmt (?:wohl |evtl\.? )?nicht(?: mehr)?|nicht mehr aktuell|(?:bitte )?(?:ueber)?pruefen|tot"
    r"|gibt es nicht(?: mehr)?|kein anschluss|zahlendreher))"
)
_FORM = r"(?:gmbh|ug|ohg|kg|gbr|ag|e\. ?k\.?|einzelunternehmen)"
_DOUBTS = {
    "postcode": re.compile(rf"\b(?:plz|postleitzahl){_IS_DOUBTED}"),
    "street": re.compile(rf"\b(?:strasse|str\.?|anschrift|adresse|haus-?(?:nr\.?|nummer)){_IS_DOUBTED}"),
    # "GmbH gibt es nicht mehr" says that a firm is no more, and not that it is another form.
    "form": re.compile(
        rf"\brechtsform{_IS_DOUBTED}|\b{_FORM}(?: ?(?:oder|od\.|/) ?{_FORM})?"
        r"(?:\s*\?|:? (?:ist )?(?:unklar|unsicher|(?:bitte )?(?:ueber)?pruefen))"
    ),
    "phone": re.compile(rf"\b(?:tel\.?|telefon\w*|nummer|tel\.?-?nr\.?|rufnummer|handy\w*|mobil\w*){_IS_DOUBTED}"),
}
_OWN = re.compile(
    r"\b(?:eigen\w*|selb(?:st)?staendig\w*|(?:ander|zweit)\w+(?! (?:ansprech\w+|gf|geschaeftsfuehrer)\b)"
    r"|getrennt\w*|neugruendung|nebenan)\b"
)
_RUN_FROM = re.compile(
    r"\balles (?:laeuft |geht |nur |bitte )*(?:ueber|an)(?: die| das| den)? (?:zentrale|haupt\w+|stamm\w+)\b"
    r"|\b(?:bestellung\w*|einkauf|buchhaltung|vertraege?|rechnung\w*|kontakt)"
    r" (?:laeuft |laufen |geht |gehen |nur |bitte |immer )*(?:ueber|an)(?: die| das| den)?"
    r" (?:zentrale|haupt\w+|stamm\w+)\b"
)


def goes_on(remark: str) -> bool:
    """
    >>> goes_on("Umwandlung in GmbH, Sohn jetzt GF, gleicher Betrieb"), goes_on("Sohn jetzt GF der Kain Bau GmbH")
    (True, False)
    >>> goes_on("Tochter ist seit 2021 Inhaberin"), goes_on("Sohn jetzt Chef, eigene GmbH"), goes_on("nicht dieselbe")
    (True, False, False)
    >>> goes_on("Ansprechpartner jetzt Sohn"), goes_on("Nachfolge: Tochter"), goes_on("Chef ist der Sohn von Kain")
    (True, True, False)
    >>> goes_on("Vater will aufhören"), goes_on("Übernahme durch Karl zum 1.1."), goes_on("Übernahme durch Kain GmbH")
    (True, True, False)
    >>> goes_on("Vater ausgeschieden, Till führt den Betrieb allein weiter"), goes_on("Frau führt weiter")
    (True, True)
    """
    plain = vocabulary.folded_line(remark)
    is_told = any(pattern.search(plain) is not None for pattern in (_GOES_ON, _IS_OF_THE_FAMILY, _HANDS_ON))
    return is_told and _OWN.search(plain) is None


def doubted(remark: str) -> frozenset[str]:
    """Which cells a remark says may be wrong: "postcode", "street", "form", "phone". They speak against no other row.

    >>> sorted(doubted("PLZ? Tel. stimmt nicht mehr")), doubted("Tel. nur vormittags"), doubted("neue Adresse")
    (['phone', 'postcode'], frozenset(), frozenset())
    >>> sorted(doubted("Rechtsform?")), doubted("GmbH gibt es nicht mehr")
    (['form'], frozenset())
    """
    plain = vocabulary.folded_line(remark)
    return frozenset(cell for cell, form in _DOUBTS.items() if plain and form.search(plain))


def is_run_from_elsewhere(remark: str) -> bool:
    """
    >>> is_run_from_elsewhere("Filiale, alles über Zentrale Burg"), is_run_from_elsewhere("alles über Steuerberater")
    (True, False)
    """
    return _RUN_FROM.search(vocabulary.folded_line(remark)) is not None
