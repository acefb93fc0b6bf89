"""Remarks that a person has to read before anybody writes to the firm: wishes to be deleted, or to get no mail."""

import re
from collections.abc import Iterable
from itertools import pairwise

from wegweiser.companies.importing import permissions, status_notes
from wegweiser.companies.importing.headers import fold

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
    | \bdatenl(ö|oe)sch(ung|antrag|anfrage|ersuchen)\W+(\w+\s){0,2}
        (verlang|gew(ü|ue)nsch|beantrag|(ge)?forder|erbeten|angefrag)\w*
    | ^\W*datenl(ö|oe)schung\W*$ | \b(um|auf)\sdatenl(ö|oe)schung\b
    | \bgel(ö|oe)scht\s(auf|nach)\s(\w+\s)?wunsch\b | \bauf\s(\w+\s)?wunsch\s(\w+\s)?gel(ö|oe)scht\b
    """
)
# What a firm may not want in its own house: whatever else it wants none of may be of ours.
_OWN = (
    r"cloud|b(ü|ue)rokrat|software|app\b|apps\b|maschine|f(ö|oe)rder|schulung|programm|papier|server|robot|ki\b|internet|homepage|webs(ite|eite)|shop"
    r"|technik|digital|kasse|drohne|excel|computer|handy|smartphone|tablet|erp\b|crm\b|l(ö|oe)sung|lizenz|abo\b|abos\b|kredit|darlehen|schulden"
    r"|azubi|lehrling|mitarbeiter|nachfolg|filiale|investition|hektik|experiment|umstellung|zettel|kamera|bewerber|gesellschafter"
)
_OBJECTION = re.compile(
    rf"""(?ix)
    \b(kein(e|en|erlei)?|nie|niemals|nicht)\s(mehr\s)?([\w-]+\s){{0,3}}
        (e-?mails?|mails?|mailings?|werbung|newsletter|rundmails?|rundschreiben|post|infos?|kontakt(aufnahme)?|anrufe?|zusendung(en)?
        |korrespondenz|einladung(en)?|schreiben|briefe?|nachricht(en)?|ansprache)\b
    | \bkein(erlei)?\s(weiteres\s)?interesse\b(\smehr)?(\W*$|\smehr\b
        |\san\s(\w+\s)?(einladung|werbung|newsletter|e?-?mail|info|zusendung|kontakt|angebot|veranstaltung)\w*)
    | \bverbitte[tn]?\b | \bverbeten\b | \bnicht\serw(ü|ue)nscht\b
    | \b(nicht|nie(mals)?)\s(wieder|mehr)\s(\w+\s){{0,2}}(melden|st(ö|oe)ren|bel(ä|ae)stigen|einladen|eingeladen
        |anrufen|schreiben|mailen)\b
    | \b(nicht|nie(mals)?)\s(mehr|wieder)\s(\w+\s){{0,2}}(angerufen|angemailt|besucht|beworben|bel(ä|ae)stigt)\b
    | \bnie(mals)?\s(mehr\s)?wieder\s?(!|\.|$)
    | \b(w(ü|ue)nscht|will|wollen|m(ö|oe)chten?|bitte)\s(\w+\s){{0,2}}keine?n?\s(\w+\s)?besuche?\b
    | \bkeine?n?\s(\w+\s)?besuche?\s(mehr|erw(ü|ue)nscht|gew(ü|ue)nscht)\b
    | \b(nicht|nie(mals)?)\s((mehr|wieder)\s)?(\w+\s){{0,3}}?(an(zu)?schreiben|anmailen|angeschrieben
        |kontaktieren|kontaktiert|anrufen|bemailen|bewerben|zusenden)\b
    | \b(wider(spricht|sprochen|spruch|ruft|rufen|ruf)|wider(\s)?spruch)\b
    | \bnur\s(noch\s)?(per\s|via\s|auf\s)?(telefon(isch)?|post(alisch)?|brief(lich)?|pers(ö|oe)nlich|anruf(en)?|fax)\b
    | \b(opt[-\s]?out|unsubscribe|abgemeldet|abbestell\w*|abmelde\w*|robinson(liste)?|werbesperre
        |mailsperre|kontaktsperre)\b
    | \bgesperrt\b
    | \bk(ü|ue)ndig\w*\s(\w+\s){{0,2}}[\w-]*(newsletter|mailing|verteiler|rundschreiben|infopost)\w*
    | \b[\w-]*(newsletter|mailing|verteiler|rundschreiben|infopost)\w*\s(\w+\s){{0,2}}(ge)?k(ü|ue)ndig\w*
    | \bno\s(e-?mails?|mailings?|newsletter|marketing)\b | \bdo\snot\s(contact|mail|email)\b
    | \b(newsletter|mailings?|werbung|e?-?mails?|einladung(en)?|post)\b
        \s*[:=\u2013-]?\s*(nein|no|abgemeldet|aus)\b(?!\s\w)
    | \b(will|wollen)\s(nichts|keine[nrs]?)(\smehr\b|\W*$|\s*[.,;!])
    | \b(will|wollen|m(ö|oe)chten?)\snichts\s(\w+\s){{0,4}}
        (h(ö|oe)ren|wissen|bekommen|erhalten|lesen|tun|(zu)?geschickt)\b
    | \b(will|wollen)\skeine[nrs]?\s(?!([\w-]+\s){{0,2}}[\w-]*({_OWN}))[\w-]
    | \bin\sruhe\slassen\b | \bunerw(ü|ue)nscht\b
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


# One of these stands in whatever the patterns above find: most cells need no closer look.
_SIGNS = re.compile(
    r"(?i)l(ö|oe)sch|\b(art|artikel)\b|dsgvo|vergess|raus|nehm|nomm|streich|strich|entfern|trag|verteiler|delete|erase|remove|kein"
    r"|\bnie|nicht|verb(itt|et)|unerw|wider|\bnur\b|\bopt|unsub|abgemeldet|abbest|abmeld|robinson|sperr|\bno\b|\bdo\b|nein|\baus\b"
    r"|nichts|ruhe|: "
)
_NO_CALLS = re.compile(
    r"(?i)\b(kein(e|en|erlei)?|nicht|nie(mals)?)\s(mehr\s|wieder\s)?((?!nur|sondern|aber|oder)[\w-]+\s){0,2}"
    r"(anruf\w*|anzurufen|angerufen|telefon\w*)|\banruf(sperre|verbot)"
)
_OF_CALLS = re.compile(r"anruf|telefon|phone|call")
_WORDS_OF_A_WISH = re.compile(
    r"(?i)\b(bitte|kein\w*|nicht|nie|niemals|mehr|will|wollen|m(ö|oe)chte\w*|w(ü|ue)nscht|\w*verteiler|daten|gesperrt|\w+sperre"
    r"|abgemeldet|abbestellt|raus|\w*wider(spruch|spricht|sprochen|rufen)|\w*l(ö|oe)sch(en|ung|antrag|t)?|nur|no|do)\b"
)
_BESIDE_A_NAME = re.compile(r"\s[-–—*/|]+\s|\s*[()\[\];,\n!*]+\s*|:\s+|\.\s{2,}|\s\*+|-{2,}")


def reason(text: str) -> str:
    """Why a person has to look at a remark; empty where there is no need. A line like `Werbesperre: ja` is read as the
    cell below such a header.

    >>> reason("bitte alle Daten löschen!"), reason("keine Mails mehr"), reason("baut Löschanlagen")
    ('deletion', 'objection', '')
    >>> reason("Mailing erlaubt: nein"), reason("Widerspruch: nein")
    ('objection', '')
    """
    if not _SIGNS.search(text):
        return ""
    found, prose = [], []
    for line in text.split("\n"):
        key, may_write = _said_below_a_header(line)
        if may_write is None:
            prose.append(line)
        elif not may_write:
            found.append(DELETION if permissions.is_of_deletion(key) else OBJECTION)
    plain = _NOT_MEANT.sub(" ", " ".join(status_notes.without("\n".join(prose)).split()))
    if _DELETION.search(plain):
        return DELETION
    return strictest([*found, OBJECTION if _OBJECTION.search(plain) else ""])


def strictest(reasons: Iterable[str]) -> str:
    """Of several reasons the one that counts: who wants to be forgotten also wants no mail."""
    told = set(reasons)
    return DELETION if DELETION in told else OBJECTION if OBJECTION in told else ""


def forbids_calls(text: str) -> bool:
    """Whether a wish is about calls, so that the telephone is no way that is left.

    >>> forbids_calls("möchte nicht mehr angerufen werden"), forbids_calls("keine Mails, nur Anrufe")
    (True, False)
    """
    for line in text.split("\n"):
        key, may_write = _said_below_a_header(line)
        if may_write is False and is_of_calls(key):
            return True
        if may_write is None and _NO_CALLS.search(status_notes.without(line)):
            return True
    return False


def is_of_calls(header: str) -> bool:
    """Whether the header of a permission or a lock is about the telephone."""
    return bool(_OF_CALLS.search(fold(header)))


def _said_below_a_header(line: str) -> tuple[str, bool | None]:
    """The folded header of such a line, and whether one may write; None where it is no such line, or says neither."""
    header, sign, cell = line.partition(": ")
    key = fold(header) if sign and len(header) <= permissions.MOST_HEADER else ""
    field = permissions.field_of(key) if key else ""
    return key, permissions.answer(field, cell) if field else None


def without_a_wish(name: str) -> str:
    """A firm's name without the wish that somebody wrote beside it for want of room.

    >>> without_a_wish("Tischlerei Abel - BITTE KEINE WERBUNG MEHR!"), without_a_wish("Abel GmbH (bitte löschen)")
    ('Tischlerei Abel', 'Abel GmbH')
    >>> without_a_wish("Abel & Kain GmbH, Halle"), without_a_wish("Bitte löschen")
    ('Abel & Kain GmbH, Halle', 'Bitte löschen')
    """
    if not is_wish(name):
        return name
    ends = [0, *(told.start() for told in _BESIDE_A_NAME.finditer(name)), len(name)]
    kept: list[str] = []
    opened = ""  # the brackets of a wish that was left out
    for part in (name[start:end] for start, end in pairwise(ends)):
        if is_wish(part):
            opened = "".join(sign for sign in part if sign in "([")
        else:
            kept.append(part.lstrip(")]") if opened else part)
            opened = ""
    left = re.sub(r"^[\s\W]+|[^\w.)\]\"]+$", "", "".join(kept))
    if not is_wish(left) and re.search(r"[^\W\d_]", left):
        return left
    first = _WORDS_OF_A_WISH.search(name)  # no sign stands between the two
    before = name[: first.start()].strip(" -–,;:(") if first else ""
    return before if re.search(r"[^\W\d_]", before) else name


def is_wish(text: str) -> bool:
    """Whether a cell that is no remark holds a wish: as `reason`, and in words that ask for something.

    >>> is_wish("bitte keine Mails"), is_wish("Graffiti entfernen lassen GmbH")
    (True, False)
    """
    return bool(_WORDS_OF_A_WISH.search(text)) and bool(reason(text))
