"""Notes on how things stand, in words that a wish has as well: "noch nicht kontaktiert", "freitags nicht anrufen".

Only what is plainly a note is taken out before wishes are looked for: a false alarm costs a look, a lost wish a
complaint.
"""

import re

_WAYS = (
    r"[\w-]*(mails?|mailings?|werbung|newsletter|post|infos?|kontakt\w*|anruf\w*|zusend\w*|einladung(en)?|verteiler|daten\w*"
    r"|dsgvo|nutzung|verarbeitung|speicherung|einwilligung|ansprache|schreiben)"
)
_TIMES = (
    r"((mon|diens|donners|frei|sams|sonn|feier)tags?|mittwochs?|(vor|nach)?mittags?|morgens|abends|fr(ü|ue)h|wochenenden?|urlaub|ferien"
    r"|ernte\w*|saison|januar|februar|m(ä|ae)rz|april|mai|juni|juli|august|september|oktober|november|dezember|sommer|winter)"
)
_CALL = r"(anrufen|angerufen|anzurufen|kontaktieren|st(ö|oe)ren|telefonieren|erreichbar|erreichen|besuchen)"
_OF_AN_OFFICE = (
    r"\w*(f(ö|oe)rder|bescheid|genehmig|zulassung|zuschuss|zuwendung|gewerbe|konzession|bestellung|vertr(a|ä|ae)g|auftr(a|ä|ae)g|kredit"
    r"|vollmacht|zertifi|lizenz|k(ü|ue)ndigung|bebauung|steuer|rechnung|mahnung)\w*"
)
_LISTS = (
    r"([\w-]+\s){0,3}?[\w-]*(verteiler|list|kartei|datei|datenbank|system|adressbuch|newsletter|mailing|crm|netzwerk"
    r"|allem)"
)
_REGISTER = r"(im|aus\s?(dem)?|vom)\s(\w*register|grundbuch)\b"

_NOTES = re.compile(
    rf"""(?ix)
    (?<!bitte\s)\b(noch|bisher|bislang)\s(nicht|nie|kein(e|en|erlei)?)\s(\w+\s)?
        (kontakt(iert|aufnahme)?|an(ge)?schrieben|angerufen|angemailt|beworben|besucht|eingeladen|erreicht)\b
        (?!\s(\w+\s)?(mehr|(er|ge)w(ü|ue)nscht|woll\w*|will|m(ö|oe)cht\w*|werden|aufnehmen))
    | \b(hat|haben|habe|hatten?)\s((noch|bisher|bislang|von|uns|leider|wohl)\s){{0,3}}(nie|keine?n?)\s
        ((?!zu\b|mehr\b)[\w-]+\s){{0,5}}(bekommen|erhalten|gesehen|gefunden|hinterlassen)\b(?!\s(woll|will|m(ö|oe)cht))
    | \bkeine\snachricht(en)?\shinterlassen\b
    | \b(reagier|antwort|melde)\w*\s(sich\s)?(nicht|nie(mals)?|kaum)\s(\w+\s)?(auf|bei)\s(\w+\s){{0,2}}{_WAYS}
    | \bkeine\s(r(ü|ue)ckmeldung|antwort|reaktion)(en)?\s(\w+\s){{0,2}}(auf|zu|nach)\s(\w+\s){{0,2}}{_WAYS}
    | \bkein(e|en)?\s(\w+\s)?(kontakt(aufnahme)?|anruf|telefonat|r(ü|ue)ckruf|gespr(ä|ae)ch|besuch)\s(\w+\s)?
        (erfolgt|stattgefunden|zustande(\sgekommen)?|m(ö|oe)glich|gelungen|hergestellt)\b
    | \b(nicht|nie|keine?n?\sanrufe?)\s(am\s|im\s|an\s|in\s(den\s|der\s)?|w(ä|ae)hrend\s(der\s|des\s)?)?
        {_TIMES}\b(\s{_CALL}\b)?
    | \b(nicht|nie|keine?n?\sanrufe?)\s(vor|nach|zwischen|ab|bis)\s\d{{1,2}}(\s?[.:]\s?\d\d)?\b(?!\.\s?\d)
        (\s(bis|und|-|–)\s?\d{{1,2}}([.:]\d\d)?)?(\suhr)?(\s{_CALL}\b)?
    | \b{_TIMES}\s(bitte\s)?(nicht|nie|keine?n?\sanrufe?)\b(\s{_CALL}\b)?(?!\s\w)
    | \bwider(spruch|ruf|rufen|sprochen)\s(gegen\s|der\s|des\s|eine[rs]\s|seine[rs]\s|ihre[rs]\s)
        (\w+\s){{0,2}}?{_OF_AN_OFFICE}
    | \b{_OF_AN_OFFICE}\s(wurde\s)?wider(rufen|sprochen)\b
    | \b(he)?raus\saus\b(?!\s{_LISTS})
    | \bl(ö|oe)sch(konzept|frist|regel|routine)\w* | \bautomati\w+\s(zu\s)?l(ö|oe)schen\b
    | \b(ge)?l(ö|oe)sch(en|t|ung)\s([\w-]+\s){{0,3}}{_REGISTER} | \b{_REGISTER}\s(\w+\s)?(ge)?l(ö|oe)sch(t|en|ung)\b
    | \badresse\s(\w+\s)?(gel(ö|oe)scht|entfernt|gestrichen)\W+(jetzt|neue?|nun|siehe|da|weil|umgezogen|veraltet)\b
    | \bentfernte?r?\s(verwandt|bekannt)\w* | \b(km|kilometer|minuten|meter|weit)\s(\w+\s)?entfernt\b
    """
)
# A talk about the data of others, unless somebody asks for something.
_PARTS = re.compile(r"(?<=[;!?\n])")
_TOPIC = re.compile(r"(?i)\bthem(a|en)\s?:")
_OF_OTHERS = re.compile(
    r"(?i)\b(alte[rn]?|eigene[rn]?)\s(\w+\s)?kundendaten\b|\b(alte[rn]?|eigene[rn]?|seine[rn]?|ihre[rn]?|die)\s(\w+\s)?"
    r"((kunden|patienten|mitarbeiter|personal|bewerber|mandanten)(kartei|datei|akte)\w*"
    r"|(patienten|mitarbeiter|personal|bewerber|mandanten)daten)\b"
)
_ASKS = re.compile(r"(?i)\b(bitte|bittet|mich|uns|unser\w*|mein\w*|w(ü|ue)nscht|verlangt|fordert|verteiler)\b")


def without(text: str) -> str:
    """What is left of a remark without its notes on how things stand.

    >>> without("Kain, noch nicht kontaktiert, will keine Mails"), without("bitte nicht vor 10 Uhr anrufen")
    ('Kain,  , will keine Mails', 'bitte  ')
    """
    kept = [part for part in _PARTS.split(text) if not _is_of_others(part)]
    return _NOTES.sub(" ", "".join(kept))


def _is_of_others(part: str) -> bool:
    return bool(_TOPIC.search(part) or _OF_OTHERS.search(part)) and not _ASKS.search(part)
