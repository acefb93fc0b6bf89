"""Remarks that a person has to read before anybody writes to the firm: wishes to be deleted, or to get no mail."""

import re

DELETION, OBJECTION = "deletion", "objection"
_DELETION = re.compile(
    r"""(?ix)
    \b(bitte|daten|eintrag|adresse|kontakt|kundendaten|alles|komplett|umgehend|sofort|muss|soll|will
        |m(ö|oe)chte|w(ü|ue)nscht|bittet\sum|verlangt)\b
        [^.!?\n]{0,60}\b(ge)?l(ö|oe)sch(en|t|ung|antrag)\b
    | \b(l(ö|oe)schantrag|l(ö|oe)schwunsch|l(ö|oe)schersuchen|l(ö|oe)schbegehren
        |zu\sl(ö|oe)schen|l(ö|oe)schung\b(?!\sim\shandelsregister))
    | ^\W*l(ö|oe)schen\b
    | \bl(ö|oe)schen\W*$
    | \b(art(ikel|\.)?\s?17|dsgvo[-\s]?(l(ö|oe)sch|anfrage|antrag))
    | \bl(ö|oe)scht?e?\s+(mich|uns|bitte|meine|unsere|alles|daten|sie)\b | \bl(ö|oe)schen\s+sie\b
    | \b(recht\sauf\s)?vergessen\s?werdens?\b | \bvergessenwerden\w*
    | \b(aus|von|vom)\s((der|dem|den|allen?|unser\w*|eure\w*|ihre\w*)\s)?([\w-]+\s)?[\w-]*
        (verteiler|liste|listen|kartei|datei|datenbank|system)\w*\W+(\w+\s+){0,3}
        ((he)?raus\b(?!\s\w)|(he)?raus(ge)?(nehm|nomm|l(ö|oe)sch|streich)\w*|nehmen|genommen|streichen|gestrichen|entfern\w+|austragen|ausgetragen|l(ö|oe)schen)
    | \b(raus|austragen|ausgetragen|streichen|gestrichen|entfern\w+)\s(\w+\s)?(aus|von|vom)\s(\w+\s){0,2}[\w-]*
        (verteiler|liste|kartei|datei|datenbank)\w*
    | \b(austragen|ausgetragen|entfernen\slassen)\b | \bbitte\s(aus|vom)\s(\w+\s)?[\w-]*verteiler\b
    | \b(will|m(ö|oe)chte|wollen|m(ö|oe)chten|bitte)\s(\w+\s){0,2}(raus|heraus)\b(?!\s?(finden|geben|bringen))
    | \b(bitte|daten|eintrag|adresse|kontakt(daten)?|kundendaten|uns|mich)\s(\w+\s){0,3}
        (streichen|entfernen|gestrichen|entfernt)\b
    | \b(streichen|entfernen)\s(sie\s)?(bitte|uns|mich|unsere|meine|daten|kontakt)\b
    | \b(delete|erase|remove)\b.{0,30}\b(data|us|entry|me)\b
    """
)
_OBJECTION = re.compile(
    r"""(?ix)
    \b(kein(e|en|erlei)?|nie|niemals|nicht)\s(mehr\s)?([\w-]+\s){0,3}
        (e-?mails?|mails?|mailings?|werbung|newsletter|rundmails?|rundschreiben|post|infos?|kontakt(aufnahme)?|anrufe|zusendung(en)?
        |korrespondenz|einladung(en)?|schreiben|briefe?|nachricht(en)?|ansprache)\b
    | \bkein(erlei)?\s(weiteres\s)?interesse\b(\smehr)?(\W*$|\smehr\b
        |\san\s(\w+\s)?(einladung|werbung|newsletter|e?-?mail|info|zusendung|kontakt|angebot|veranstaltung)\w*)
    | \bverbitte[tn]?\b | \bverbeten\b | \bnicht\serw(ü|ue)nscht\b
    | \b(nicht|nie(mals)?)\s(wieder|mehr)\s(\w+\s){0,2}(melden|st(ö|oe)ren|bel(ä|ae)stigen|einladen|eingeladen
        |anrufen|schreiben|mailen)\b
    | \b(nicht|nie(mals)?)\s((mehr|wieder)\s)?(\w+\s){0,3}?(an(zu)?schreiben|anmailen|angeschrieben
        |kontaktieren|kontaktiert|anrufen|bemailen|bewerben|zusenden)\b
    | \b(wider(spricht|sprochen|spruch|ruft|rufen|ruf)|wider(\s)?spruch)\b
    | \bnur\s(noch\s)?(per\s|via\s|auf\s)?(telefon(isch)?|post(alisch)?|brief(lich)?|pers(ö|oe)nlich|anruf(en)?|fax)\b
    | \b(opt[-\s]?out|unsubscribe|abgemeldet|abbestell\w*|abmelde\w*|robinson(liste)?|werbesperre
        |mailsperre|kontaktsperre|gesperrt)\b
    | \bno\s(e-?mails?|mailings?|newsletter|marketing)\b | \bdo\snot\s(contact|mail|email)\b
    | \b(newsletter|mailings?|werbung|e?-?mails?|einladung(en)?|post)\b
        \s*[:=\u2013-]?\s*(nein|no|abgemeldet|aus)\b(?!\s\w)
    | \bwill\s(nichts|keine\w*)\b | \bin\sruhe\slassen\b | \bunerw(ü|ue)nscht\b
    """
)
_NOT_MEANT = re.compile(  # nor is what nobody has, or did not get yet
    r"(?i)\bkeine?\s([\w-]+\s)?(e-?mail(adresse)?|mail(adresse)?|post(adresse)?|kontakt(daten)?|infos?)"
    r"\s(adresse\s)?(vorhanden|bekannt|hinterlegt|verf(ü|ue)gbar|angegeben|gefunden|zu\sfinden|auffindbar|ermittelbar)\b|"
    r"\b(noch|bisher|bislang|hat|haben|habe)\s(noch\s|bisher\s|bislang\s)?keine?\s([\w-]+\s){0,2}"
    r"(e-?mails?|mails?|mailings?|newsletter|post|infos?|einladung(en)?|schreiben|briefe?|nachricht(en)?)"
    r"\s(erhalten|bekommen|gekommen|eingegangen|angekommen|verschickt|versandt|gesendet|geschickt)\b"
    r"(?!\s(woll|will|m(ö|oe)cht|werden))|"
    r"feuerl(ö|oe)sch\w*|l(ö|oe)sch(anlage|fahrzeug|technik|mittel|wasser|zug|kalk|papier)\w*|streich(orchester|quartett|instrument)\w*|widerruf\s*frist"
)


def reason(text: str) -> str:
    """Why a person has to look at a remark; empty where there is no need.

    >>> reason("bitte alle Daten löschen!"), reason("keine Mails mehr"), reason("baut Löschanlagen")
    ('deletion', 'objection', '')
    """
    plain = _NOT_MEANT.sub(" ", " ".join(text.split()))
    if _DELETION.search(plain):
        return DELETION
    return OBJECTION if _OBJECTION.search(plain) else ""
