"""Whether a remark speaks of another firm, or of relatives, plans and matters of the firm itself. Pure.

All of it takes a remark as `asides` folds it: lower case, one space between words, umlauts as two letters. What
speaks of the firm itself is taken out, clause by clause; whatever is left of it may be another firm. To ask a person
about one firm costs a click, to merge the son's with the father's mixes up two: who is not sure says nothing here.
"""

import re

from wegweiser.companies.linkage.row import colleagues, vocabulary

# --- Words ----------------------------------------------------------------------------------------------------------

_END = r"(?=\s*(?:$|[.,;:()/]))"  # of a clause
# No "Ex-Mann", no "Tochter-GmbH".
_RELATIVE = (
    r"(?<![\w-])(?:(?:schwieger|gross)?(?:sohn(?:es)?|soehne|tochter|toechter|vaters?|mutter|eltern)|bruders?|schwester"
    r"|schwagers?|schwaegerin|onkels?|tante|neffen?|nichte|cousin(?:e|s)?|enkel(?:in|s)?|opa|oma|ehefrau|ehemann(?:es)?)\b"
    r"(?![ -](?:gmbh|ug|kg|firma|gesellschaft|unternehmen)\b)"
)
_NAMED = rf"{_RELATIVE}(?: (?!nicht|nie\b|kein|nur\b)[a-z-]+)?"  # Sohn Tim
# One of the family who does something. "Frau" before a name is a greeting, and so no wife.
_WHO = rf"(?:{_NAMED}|(?<![\w-])(?:frau|mann|witwe|junior(?:in|chef\w*)?|lebensgefaehrt(?:e|in)))"
_WHEN = (
    r"(?:auch|noch|schon|dort|bald|demnaechst|langsam|schrittweise|jetzt|nun|inzwischen|mal|dann|mit|wohl|ebenfalls"
    r"|gerade|vielleicht|evtl|voraussichtlich|ab|in|im|zum|bis|seit|ende|anfang|mitte|kuerze|naechste[ns]?|jahr\w*"
    r"|fruehjahr|sommer|herbst|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|[\d./]+)"
)
_FIRM = (
    r"(?:betriebs?|firma|unternehmen|geschaeft[es]?|laden|praxis|kanzlei|hof|leitung|geschaeftsfuehrung|nachfolge"
    r"|alles)"
)
_IT = rf"(?:(?:de[nrs]|die|das) )?(?:(?:ganzen?|elterlichen?) )?{_FIRM}"
_THEN = rf"(?: (?:{_WHEN}|{_IT}))*"
_IS_DONE = r"(?:ist|wird|laeuft|steht|an|bevor|geplant|vorbereitet|begonnen|erfolgt|vollzogen|abgeschlossen|geschafft)"
_TASK = (
    r"(?:(?:online)?marketing|werbung|buero(?:arbeit\w*|kram)?|(?:lohn)?buchhaltung|buecher|verwaltung|papierkram|post"
    r"|internet(?:seite|auftritt)?|web(?:seiten?|site|shop|auftritt)|homepage|online-?shop|social media"
    r"|insta(?:gram)?|facebook|meister(?:schule|brief)?|e?-?mails?|rechnungen|einkauf|verkauf|vertrieb|kasse|termine|telefon|it|edv|technik|bestellungen|anfragen"
    r"|foerder(?:ung|antraege|sachen|mittel)|antraege)(?![\w-])"
)
_POST = (
    r"(?:gf|geschaeftsfuehrer(?:in)?|prokurist(?:in)?|betriebsleit(?:er|erin|ung)|juniorchef(?:in)?"
    r"|ansprechp(?:artner(?:in)?)?\b\.?)"
)
_OF_THE_BOSS = (
    rf"(?:{_RELATIVE}|(?<![\w-])(?:frau|mann)) (?:vom|des|der)"
    r" (?:(?:junior|senior)?chefs?|(?:junior|senior)?chefin|inhabers?|inhaberin|geschaeftsfuehrers?|gf)\b"
)
_AT_THE_FIRM = (
    r"(?:(?:im|in der|in) (?:betrieb|unternehmen|firma|buero|laden|werkstatt|kueche|verkauf|vertrieb|einkauf"
    r"|buchhaltung|verwaltung|geschaeftsleitung|geschaeftsfuehrung)\b(?! (?:de[srm]|vo[nm]|beim?|neben|in|fuer)\b))"
)

# --- What a remark says ---------------------------------------------------------------------------------------------

# That there is no other: "keine eigene Firma".
_NO_OTHER = re.compile(r"\b(?:kein\w*|nicht) (?:eigen|ander|weiter|getrennt)\w* \w+")
# That one of the family has something besides, the firm went to others, or nothing came of it: "Sohn hilft mit, hat
# eigene Werkstatt". What they do is then not told of this firm.
_OF_THEIR_OWN = re.compile(
    r"\b(?:eigen(?:e[mnrs]?|staendig\w*)?|selbst|selb(?:st)?staendig\w*|getrennt\w*|je|jeweils|nebenan|daneben|gegenueber"
    r"|woanders|anderswo|konkurren\w+|verwechsel\w+|abgegeben|verkauft|verpachtet|kaeufer\w*|investor\w*"
    r"|gescheitert|abgesagt|geplatzt|fraglich"
    rf"|(?:ander|zweit|zwei|neu|weiter|sein|ihr)\w* (?:{_FIRM}|werkstatt|gmbh|ug|gesellschaft|gewerbe)\w*"
    r"|(?:vater|mutter|eltern|senior) (?:\w+ ){1,3}weiter)\b"
)
# What one of the family does at the firm: "Ehefrau macht das Büro", "Sohn hilft samstags mit", "Vater und Sohn".
_AT_WORK = re.compile(
    rf"{_WHO}(?:,? (?:sie|er))?,? (?:"
    rf"(?:arbeitet|hilft|packt)(?: (?!nicht|nie\b|kein|nur\b|bei|vo[nm]\b|fuer\b)\w+){{0,3}} (?:mit|aus|an)"
    rf"(?:{_END}| (?=und\b|seit\b|ab\b))"
    rf"|(?:(?:ist|arbeitet|hilft|lernt|angestellt|gesell(?:e|in)|{_WHEN}) )*{_AT_THE_FIRM}"
    rf"|(?:macht|betreut|erledigt|fuehrt)(?: (?:{_WHEN}|das|den|die|alles|nur|unser\w*))*"
    rf"(?:(?: |, |/| und | u\. ){_TASK})+(?! (?:fuer|beim?|in|vo[nm])\b)"
    r"|kuemmert sich\b|geht ans telefon|ruft (?:an|zurueck)|hat angerufen|meldet sich|kommt (?:auch )?mit\b|fragt\b"
    r"|interessiert sich|war (?:auf|beim|am)\b|(?:lernt|studiert"
    rf"|(?:(?:ist|als|unsere?|neue[rns]?|die|der|jetzt|{_WHEN}) )*"
    r"(?:ansprechp(?:artner(?:in)?)?|angestellte?r?|mitarbeiter(?:in)?|azubi|lehrling|zustaendig"
    r"|in (?:der )?(?:ausbildung|lehre)))\b(?! (?:beim?|vo[nm]|in|de[rs])\b))(?! nicht\b)"
    rf"|{_RELATIVE}(?: und | u\. | ?[&+/] ?){_RELATIVE}"
    # Whose child or wife somebody is who has the place, and what they have to do.
    rf"|^{_OF_THE_BOSS}(?:[,;(–-]| -)? ?(?:(?:macht|fuer|im|in der|das|die|den|alles) )*(?:{_POST}|{_TASK})?\W*$"
    rf"|^{_RELATIVE}(?:,| \(| -| ist) ?(?:(?:jetzt|nun|auch|2\.|zweite[rs]?|neue[rs]?) )*(?:{_POST}|{_TASK})\W*$"
)
# That one of the family is reached or was met there: "Handy der Ehefrau", "mit Tochter gesprochen".
_REACHED = re.compile(
    r"\b(?:handy\w*|mobil\w*|\w*nummer|nr|tel|telefon\w*|e?-?mail\w*|rueckruf|kontakt|empfehlung|tipp|ansprech\w*"
    rf"|zustaendig)\b\W*(?:(?:ist|geht|laeuft|an|bei|ueber|vo[nm]|de[rmns]|die|bitte) )*{_RELATIVE}"
    rf"|\b(?:bitte|mit|ueber) (?:de[mnr] |die )?{_NAMED} (?:anrufen|erreichbar|gesprochen|telefoniert)\b"
    rf"|\b(?:vo[nm]|durch)(?: \w+)? {_RELATIVE} empfohlen\b"
    rf"|\b(?:ueber|durch) (?:den |die |dessen |deren )?{_RELATIVE} (?:(?:an)?gemeldet|eingetragen|gekommen|bekannt)\b"
    rf"|\buebergeben(?: \w+)? an (?:(?:den|die|seinen?|ihren?) )?{_RELATIVE}"  # a leaflet as well as the firm
)
# That nobody has taken it over yet: "sucht dringend Nachfolger", "Nachfolge offen".
_SOUGHT = re.compile(
    r"\b(?:such(?:t|en|e)|braucht|findet|kein(?:en?|e)?|ohne|thema|fehlt)(?: \w+){0,2}? nachfolge\w*"
    r"(?! (?:von|v\.|fuer|des)\W)"
    r"|\bnachfolge\w*\W+(?:(?:wird|ist|noch|dringend) )*"
    r"(?:gesucht|gewuenscht|(?:nicht )?in sicht|nicht gefunden|offen|unklar|ungeklaert|fehlt)\b"
)
# That somebody will have it, or has it, and it is the same firm: "Sohn übernimmt 2027", "vom Vater übernommen".
_HANDED_ON = re.compile(
    rf"{_WHO},? (?:"
    rf"(?:uebernimmt|steigt|arbeitet sich|fuehrt){_THEN}(?: (?:ein|weiter|fort))?"
    rf"|(?:soll|will|moechte|wird|kann|koennte){_THEN}"
    r" (?:uebernehmen|einsteigen|weiterfuehren|nachfolger(?:in)?(?: werden)?)"
    rf"|(?:ist )?als nachfolger(?:in)? (?:vorgesehen|geplant)|(?:hat|haben){_THEN} uebernommen){_END}"
    rf"|(?:^|[.,;:(]) ?(?:(?:hat|wurde|{_WHEN}|{_IT}) )*vo[mn] (?:de[mnr] )?{_NAMED}(?: {_WHEN})* uebernommen\b"
    rf"|(?<!keine )\b(?:\w*uebergabe|uebergibt|nachfolge durch){_THEN} (?:an )?(?:(?:den|die|seinen?|ihren?) )?{_NAMED}"
    rf"(?: (?:ist|laeuft|geplant|vorbereitet|begonnen|{_WHEN}))*{_END}"
    rf"|\b{_IT}(?: {_WHEN})* an (?:(?:den|die|seinen?|ihren?) )?{_NAMED} uebergeben\b"
    rf"|\bgeneration(?:s|en|ens)?wechsel(?: (?:{_WHEN}|{_IS_DONE}))*{_END}"
    rf"|\b(?:naechste|junge|juengere|zweite|dritte|vierte|[2-6]\.) generation(?: (?:{_WHEN}|ist|hat|wird|steht))*"
    rf" (?:uebernimmt|uebernommen|uebergeben|eingestiegen|steigt|am ruder)(?: (?:{_WHEN}|ein|worden))*{_END}"
    r"|\bnachfolge(?:regelung)? (?:(?:ist|wird) )?"
    r"(?:geplant|geregelt|eingeleitet|vorbereitet|laeuft|im gange|in (?:vorbereitung|der familie))\b(?! nicht)"
)
# That it is the same firm, whoever has it: "Inhaberwechsel, Firma bleibt".
_STAYS = re.compile(
    r"\bfirma (?:ist |bleibt |blieb )?(?:die )?(?:gleiche?|dieselbe|selbe|unveraendert|bleibt|besteht weiter)\b"
    r"(?! \w+ wie)"
    r"|\b(?:gleiche|selbe|dieselbe|alte) firma (?:weiter|fort|geblieben)\w*"
    r"|\b(?:firmen)?name (?:bleibt|blieb|ist geblieben)\b"
)
_PARTY = r"(?:(?:unter|nach|mit)?mieter|paechter|mitgesellschafter|gesellschafter)(?:in|innen)?"
# What only has a word of another firm: "Kosten werden übernommen", "teilt Termin noch mit", "Mieter im Gründerzentrum".
_ONLY_SOUNDS = re.compile(
    r"\b(?:daten\w*|kontakt|eintrag|angaben|kosten|betreuung|beratung|akte|fall|mandat|termin)\b[^.;,]{0,40}"
    r"\buebernommen\b|\baus (?:der |dem )?(?:\w+ )?\w*(?:liste|kartei|datei|excel|datenbank) uebernommen\b"
    r"|\buebernahme (?:der |von )?(?:\w*kosten|\w*gebuehr\w*)\b|\bteil(?:t|en)\b(?! sich\b)[^.;,]* mit\W*(?:$|[.;,])"
    r"|\bwettbewerb(?:s\w+)?\b(?! (?:zu[mr]?|mit|von|angestellt|taetig)\b)"
    r"|\b(?:unter)?mieter(?:in)? (?:im|in der|in einem)"
    rf" \w*(?:(?:zentrum|center|park|tgz)(?: [a-z]+)?|hof|(?:gewerbe|aerzte|gruender|buero)haus)\b{_END}"
    r"|\b(?:holding|konzern\w*) (?:ist )?(?:geplant|in planung|angedacht)\b"
    # What is over, of others or what somebody advises on: the firm that was insolvent goes on.
    rf"|\binsolven\w+(?: (?:{_WHEN}|ist|wurde|war|aus|von|erfolgreich|gut|laengst))*"
    r" (?:abgewendet|abgewandt|ueberstanden|ueberwunden)\b(?!\W*\?)"
    r"|\bkeine insolvenz\b|\bnicht insolvent\b|\binsolvenz(?:recht|beratung|berater)\w*"
    r"|\binsolvenz (?:de[sr]|eine[sr]|vo[mn]|unsere[sr]) (?:\w+ )?\w*(?:kunde|auftraggeber|lieferant|bautraeger)\w*"
    # Whom it looks for is nobody yet.
    rf"|\bsuch(?:e|t|en)(?: [a-z]+)? {_PARTY}\b(?: (?:fuer|zu[mr])(?: \w+)?(?={_END}))?"
    rf"|\b{_PARTY}(?: fuer \w+)? gesucht\b"
    r"|\b(?:hat|haben) (?:noch )?mieter in unsere\w+"
    r"|\b(?:aerger|streit|probleme?|gespraech\w*|ruecksprache) mit(?: dem| der)? vermieter(?:in)?\b"
    r"|\bvermieter(?:in)? (?:kuendigt|hat gekuendigt|erhoeht)\b|\b(?:fuer|an) (?:\w+ )?konzerne\b"
    r"|\b(?:gesellschafter(?:versammlung|beschluss)|nachfolge\w*such)\w*"
    r"|^(?:ist )?selb(?:st)?staendig seit (?:\d{1,2}[./])?\d{4}\W*$"
)
# Words of another firm: whose it is, what follows on what, and what is somebody's own.
_ANOTHER = re.compile(
    rf"{_RELATIVE}|\bex-?(?:mann|frau)\b|\b(?:mann|frau) (?:von|vom|des|der)\b"
    r"|\b(schwester\w*|schwaeger\w*|tochter\w*|mutter\w*|wettbewerb\w*"
    r"|(eigen\w+|ander\w+|zweit\w+|weiter\w+|neu\w+) hr[ab]|hr[ab] eigen\w*"
    r"|ausgegliedert|separat\w*|nachfolge?(r\w*|firma|betrieb|unternehmen|gesellschaft)|nachf"
    r"|vorgaenger\w*|uebernahme|uebernommen|uebernahm|neugruendung|ausgruendung|abspaltung"
    r"|(gbr|ohg|sozietaet|partnerschaft|gemeinschaftspraxis)\b[^.;]*\b(aufgeloest|beendet|getrennt)"
    r"|(macht|arbeitet|seither|seitdem|jetzt|nun) (wieder )?allein\w*( weiter)?"
    r"|insolven\w*|getrennt\w*|eigenstaendig\w*|selbstaendig seit|selbststaendig seit|namensgleich\w*|namensvetter"
    r"|(nicht|kein\w*) (zu )?(verwechsel\w+|identisch|dassel\w+|derselbe|dieselbe)|verwechse?l\w+"
    r"|(ander\w+|eigen\w+|zweite|weitere) (firma|betrieb|inhaber\w*|gesellschaft|rechtsform|unternehmen|gmbh|ug|kg"
    r"|partg|gewerbe|buero|praxis|abrechnung|hof|laden|person|konto|notariat|kanzlei)"
    r"|nichts (zu tun|gemein\w*)|(nicht|un)verwandt|teil(en|t) (sich )?(nur )?(die |das |den )?\w+"
    r"|(buero|praxis|kanzlei|ateliers?|werkstatt)gem(einschaft)?\b|untermieter\w*|mieter|vermieter|paechter\w*|konzern\w*"
    r"|holding|schwesterfirma|besitzgesellschaft|betriebsgesellschaft|gesellschafter\w*)\b"
)


def goes_on(plain: str) -> bool:
    """Whether the firm is the same under the next of the family, now or soon.

    >>> goes_on("sohn uebernimmt 2027"), goes_on("sohn uebernimmt das cafe nebenan"), goes_on("nachfolge offen")
    (True, False, False)
    """
    told = _NO_OTHER.sub(" ", plain)
    is_handed_on = _HANDED_ON.search(told) is not None and _OF_THEIR_OWN.search(told) is None
    return is_handed_on or _STAYS.search(plain) is not None


def is_of_the_family_at_work(remark: str) -> bool:
    """Whether a remark says that who is named is one of the family and what they do at the firm: not whose it is.

    >>> is_of_the_family_at_work("Tochter, macht jetzt Büro"), is_of_the_family_at_work("Ehefrau macht das Büro")
    (True, False)
    """
    plain = vocabulary.folded_line(remark)
    return _IS_ONE_OF_THEM.match(plain) is not None and _AT_WORK.match(plain) is not None and not is_told_of(plain)


_IS_ONE_OF_THEM = re.compile(rf"(?:{_RELATIVE}|junior)(?:, | \(| - | ist )|{_OF_THE_BOSS}")


def is_told_of(plain: str) -> bool:
    """Whether a remark speaks of a firm beside this one.

    >>> is_told_of("ehefrau macht das buero"), is_told_of("ehefrau macht kosmetik"), is_told_of("sucht nachfolger")
    (False, True, False)
    """
    if goes_on(plain):
        return False
    told = colleagues.without_posts(_NO_OTHER.sub(" ", plain))
    told = _ONLY_SOUNDS.sub(" ", _SOUGHT.sub(" ", told))
    if not _OF_THEIR_OWN.search(told):
        told = _REACHED.sub(" ", _AT_WORK.sub(" ", told))
    return _ANOTHER.search(told) is not None
