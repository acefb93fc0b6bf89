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
# What is decided or signed, unless it is about data or letters: "Auftragsdatenverarbeitung", "Newsletterauftrag".
_OF_AN_OFFICE = (
    r"(?!\w*((?<!ge)werb|daten|newsletter|mail|einwillig|speicher|verteiler))"
    r"\w*(f(ö|oe)rder|bescheid|genehmig|zulassung|zuschuss|zuwendung|gewerbe|konzession|bestellung|vertr(a|ä|ae)g|auftr(a|ä|ae)g|kredit"
    r"|vollmacht|zertifi|lizenz|k(ü|ue)ndigung|bebauung|steuer|rechnung|mahnung)\w*"
)
_LEFT = (  # what a firm wants to get out of, where that is no list of ours
    r"(dem|der|den|einem|einer|ihrem|ihrer|seinem|seiner|diesem|dieser)?\s?(\w+\s)?"
    r"(excel|word|access|sap|datev|papier|zettel|ordner|akten|urlaub|ferien|elternzeit|reha|klinik|krankenhaus|insolvenz|krise|schulden"
    r"|verlust|haus|halle|laden|werkstatt|betrieb|b(ü|ue)ro|keller|garage|hof|stadt|innenstadt|dorf|gewerbegebiet|gesch(ä|ae)ft|miet"
    r"|pacht|chaos|abh(ä|ae)ngigkeit|cloud|software|programm|stillstand|lockdown)\w*"
)
_REGISTER = (
    r"(im|aus\s?(dem)?|vom)\s((handels|gewerbe|melde|vereins|genossenschafts|partnerschafts|unternehmens|transparenz)register|grundbuch"
    r"|handwerksrolle)\b"
)
_CLOSED = (  # what is closed without anybody's wish
    r"\w*(zufahrt|einfahrt|durchfahrt|ausfahrt|anfahrt|stra(ß|ss)e|weg|br(ü|ue)cke|strecke|ortsdurchfahrt|parkplatz|tor|hof|halle|geb(ä|ae)ude"
    r"|aufzug|konto|karte|handy|sim|pin|zugang|rechner|computer|pc)"
)

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
    | \b(he)?raus\saus\s{_LEFT}
    | \b{_CLOSED}\s(\w+\s){{0,4}}gesperrt\b(?!.{{0,30}}(beschwer|wunsch|werb|mail|datenschutz))
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
_THEY = re.compile(  # who speaks of doing so themselves
    r"(?i)\b(will|wollen|m(ö|oe)chten?|fragt|frage|wie|automati\w+|sucht|suchen|braucht|interess\w+|hilfe|plant|regelm(ä|ae)(ß|ss)ig)\b"
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
    is_theirs = _OF_OTHERS.search(part) and _THEY.search(part)
    return bool(_TOPIC.search(part) or is_theirs) and not _ASKS.search(part)
