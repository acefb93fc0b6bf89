"""Columns that say whether one may write to a firm, as exports have them: `Mailing erlaubt`, `Werbesperre`.

A cell there is one word, and what it means depends on its header: "ja" is a yes below the one and a no below the other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAY_WRITE, BLOCKED = "may_write", "blocked"
FIELDS = (MAY_WRITE, BLOCKED)
WRITTEN = {MAY_WRITE: "Werbung erlaubt", BLOCKED: "Kontaktsperre"}  # before what a header says that tells nobody
MOST_HEADER = 60  # characters; what is longer is a sentence, as forms on the web ask it

_WAYS = (
    r"(e?mail(ing)?s?|newsletter|news|werb(ung|e|emails?)|marketing|infos?|informationen|infomails?|infobriefe?|kontakt(aufnahme)?"
    r"|anschreiben|schreiben|ansprache|einladung(en)?|rundmails?|rundschreiben|post|briefe?|anrufe?|telefon(at|anruf)?e?)"
)
_OTHER_THINGS = re.compile(
    r"foto|abbild|bild(?!ung)|video|logo|referenz|presse|veroeffentl|sepa|lastschrift|nennung|gewerbeab|sperr(holz|muell|gut)"
    r"|(liefer|zahlungs?|zahl|mahn|auftrags|kredit|konto|bestell|einkaufs|buchungs|rechnungs|faktura)sperr"
)
_HAPPENED = re.compile(
    r"gesendet|gesandt|versendet|versandt|verschickt|geschickt|beantwortet|erhalten|bekommen|gelesen|geoeffnet|bounce"
    r"|vorhanden|bekannt|gueltig|geprueft|anzahl|letzt|adresse"
)
_BLOCKED = re.compile(
    rf"""(?x) sperr(e|en|vermerk|kennz|kz|ung|t|grund|flag|datum|seit|ab|am|janein|$)
    | ^(bitte)?kein(e|en)?(e?mail|newsletter|werb|post|kontakt|anruf|infos?($|mehr|post|mail)|zusendung
        |rund|einladung|marketing)
    | nicht(mehr)?(anschreib|angeschrieb|kontaktier|(an)?mailen|anruf|bewerb|erwuenscht|schreiben)
    | {_WAYS}(nichter|uner)wuenscht | robinson | wider(spruch|sprochen|ruf(?!sfrist|srecht|sbelehr)|rufen)
    | opt(ed)?out | unsubscr | ^donot(allow)?\w*(mail|call|phone|contact|fax|market)
    | ^no(e?mail|newsletter|marketing|contact|calls?)
    | {_WAYS}(abmeld|abgemeldet|abbestell) | ^(abgemeldet|abbestellt)
    | (werb|mail|kontakt|newsletter|anruf)\w*(verbot|stopp?)
    | (?<!feuer)loesch(kennz|kz|vermerk|vormerk|antrag|wunsch|flag|anfrage|gesuch|begehr|markier|ung|en)
    | ^(ist|wurde|wird)?geloescht | (zu|zur|zum)loesch"""
)
_DELETION = re.compile(r"(?<!feuer)loesch")
# That one may think better of it later is no objection: "Die Einwilligung kann ich jederzeit widerrufen".
_LATER = re.compile(r"(jederzeit|kann|koennen)\w*?(widerruf|widersprech|abmeld|abbestell|loesch)\w*")
# Who is asked in a sentence: "erhalten" and "bekannt" tell of nothing that happened there.
_SENTENCE = re.compile(
    r"(ich|wir)(hier|da)?(mit|durch)?(bin|sind|willigen?|stimmen?|moechten?|erlauben?|will|wollen|wuenschen?)"
    r"|(moechten|wollen|wuenschen)(sie|wir)|(moechte|will|wuensche|bin|stimme|willige|erlaube)ich|(darf|duerfen)(wir|man)"
)
_WISHED_FOR = re.compile(r"newsletter|mailing|e?mail|werbung|einladung|rundschreiben|anruf")
_UNWISHED = re.compile(
    r"(moechten?|wollen|will|wuenschen?)(ich|wir|sie)?(bitte)?(in|kuenftig|zukunft|mehr)*(kein(e[nr]?|erlei)?|nicht)"
    rf"\w*?({_WAYS}|angeruf|angeschrieb|kontaktier)"
)
_MAY_WRITE = re.compile(
    rf"""(?x) ^(newsletter|mailings?|(e?mail|brief|post|telefon|fax)?werbung)
    | einwillig | einverst | (?<!ab)zustimm | consent | optin
    | {_WAYS}\w*?(erlaub|erwuensch|gewuensch|zulaess|gestatt|ok$|okay|ja(nein)?$|jn$|frei(gabe|gegeb)|akzept|genehm
        |zugestimmt|abo)
    | (darf|duerfen)\w*(mail|anschreib|angeschrieb|kontakt|werb|schreib|anruf|angerufen|info)
    | ^{_WAYS}(per|via)e?mail(?!adr) | werbe?(kennz|kz$) | ^allow\w*(mail|call|market|contact)
    | ^(rundmails?|rundschreiben|e?mailverteiler|mailinglist|newsletterverteiler)"""
)
# Below these it is a permission where nothing but yes and no stands there.
_PERHAPS = re.compile(r"e?mail|newsletter|werb|verteiler|marketing|dsgvo|datenschutz|anruf|anschreib")
_PERHAPS_IN_A_SENTENCE = re.compile(r"newsletter|werbung|verteiler|dsgvo|datenschutz")  # mail and calls are in many

_UNKNOWN = re.compile(
    r"(?i)[?.\s_/\\]*|k\.?\s?a\.?|n\.?\s?/?\s?[ab]\.?|keine?\s(angaben?|infos?|daten|auskunft)|unbekannt|unklar|null|none|nan|leer"
    r"|(noch\s)?nicht\s(bekannt|(an|ab|nach)?gefragt|erfasst|geklärt|relevant)|(noch\s)?offen"
)
_DASHES = re.compile(r"[-–—\s]+")
_A_DAY = r"(\d{1,2}\.\s?(\d{1,2}\.|[a-zä]+)\s?(19|20)?\d\d|(19|20)\d\d-\d\d-\d\d(\s[\d:]+)?|(19|20)\d\d)"
_YES_WORDS = (
    r"(ja+|jawohl|j|x|xx|yes|y|wahr|true|1|ok|okay|erteilt|liegt\svor|vorliegend|vorhanden|erlaubt|erwünscht|gewünscht|möglich"
    r"|angemeldet|abonniert|aktiv|bestätigt|(double[-\s]?)?opt-?in|doi|zugestimmt|einverstanden|eingewilligt|allow(ed)?"
    r"|subscribed|uneingeschränkt|unbefristet|gern(e)?|an|on|[✓✔☑])"
)
_YES = re.compile(rf"(?i){_YES_WORDS}?[\s,;:(]*(am|seit|vom|per|ab)?\s*{_A_DAY}\)?|{_YES_WORDS}[\s.!,]*")
_NO = re.compile(
    r"(?i)(n|no|0|0[,.]0|false|falsch|aus|off|[-–—\s]+|[✗✘❌☐])[\s.!]*"
    r"|(nein|nö|nicht|kein|nie|ohne|abgelehnt|abgemeldet|abbestellt|abgesagt|widerr|widersp|verweigert|entzogen|gesperrt|sperr|unerw"
    r"|opt-?out|zurückgezogen|gekündigt|do\snot|don'?t|never|inaktiv|unsubscr|ungültig|fehlt|gelöscht|verboten|untersagt)\S*(\s.*)?"
)
_NOT_BLOCKED = re.compile(
    r"(?i)(n|nein|no|0|0[,.]0|false|falsch|keine?r?|ohne|aus|off|[-–—\s]+|nicht\sgesperrt|keine\s(werbe|kontakt)?sperre"
    r"|(ist\s|wurde\s)?(aufgehoben|entsperrt|freigegeben).*|frei|allow(ed)?|erlaubt|[☐✗✘])[\s.!]*"
)


def field_of(key: str) -> str:
    """Which of the two a folded header names, empty where it names neither.

    >>> field_of("mailingerlaubt"), field_of("werbesperre"), field_of("fotoerlaubt"), field_of("email")
    ('may_write', 'blocked', '', '')
    >>> field_of("ichmoechtedennewslettererhalten"), field_of("ichmoechtekeinennewslettererhalten")
    ('may_write', 'blocked')
    """
    if _OTHER_THINGS.search(key):
        return ""
    now = _LATER.sub("", key)
    if _BLOCKED.search(now) or _UNWISHED.search(now):
        return BLOCKED
    if _SENTENCE.search(now):
        return MAY_WRITE if _MAY_WRITE.search(now) or _WISHED_FOR.search(now) else ""
    return MAY_WRITE if _MAY_WRITE.search(now) and not _HAPPENED.search(now) else ""


def is_of_deletion(key: str) -> bool:
    """Whether a folded header of a lock says that the firm wants to be forgotten: `Löschkennzeichen`."""
    return bool(_DELETION.search(_LATER.sub("", key)))


def answer(field: str, cell: str) -> bool | None:
    """Whether one may write, as a cell of such a column says; None where it says neither.

    >>> answer("may_write", "nein"), answer("may_write", "12.03.2019"), answer("may_write", "k. A.")
    (False, True, None)
    >>> answer("blocked", "x"), answer("blocked", "nein"), answer("blocked", "seit 2021")
    (False, True, False)
    """
    flat = " ".join(cell.split())
    if is_unknown(flat):
        return None
    if field == BLOCKED:
        return bool(_NOT_BLOCKED.fullmatch(flat))
    if _YES.fullmatch(flat):
        return True
    return False if _NO.fullmatch(flat) else None


def is_unknown(cell: str) -> bool:
    """Whether a cell only says that nobody knows."""
    return bool(_UNKNOWN.fullmatch(" ".join(cell.split())))


def begins_with_yes(cell: str) -> bool:
    return bool(re.match(rf"(?i){_YES_WORDS}\b", cell.strip()))


@dataclass(frozen=True)
class Column:
    """A column of a list that tells whether one may write, and what stands before a cell of it in a remark."""

    field: str
    header: str
    dash_is_no: bool
    asks_deletion: bool = False  # a lock whose header says that the firm wants to be forgotten

    def line(self, cell: str) -> str:
        """What the cell says, with its header; empty where it says nothing, or that nothing stands in the way."""
        if not cell or (_DASHES.fullmatch(cell) and not self.dash_is_no):
            return ""
        if self.field == BLOCKED and answer(BLOCKED, cell) is not False:
            return ""
        return f"{self.header}: {' '.join(cell.split())}"


def columns(
    lines: Sequence[Sequence[str]], headers: Sequence[str], keys: Sequence[str], mapping: Mapping[int, str]
) -> dict[int, Column]:
    """The columns of the two kinds: those that are mapped so, and those whose header or whose cells tell it where they
    are taken for a remark, for an address, or for nothing. `keys`: the headers, folded.

    Where a column says yes and never no in words, a dash is its no.
    """
    found: dict[int, Column] = {}
    for place in sorted({*range(len(headers)), *mapping}):
        header, key = (headers[place], keys[place]) if place < len(headers) else ("", "")
        mapped = mapping.get(place, "")
        if mapped not in {"", "remark", "email", *FIELDS}:
            continue
        field = mapped if mapped in FIELDS else field_of(key)
        perhaps = _PERHAPS if len(header) <= MOST_HEADER else _PERHAPS_IN_A_SENTENCE
        if not field and (mapped == "remark" or not perhaps.search(key) or _HAPPENED.search(key)):
            continue
        cells = [line[place] for line in lines if place < len(line) and line[place]]
        if field == MAY_WRITE and 2 * sum("@" in cell for cell in cells) > len(cells):
            continue  # addresses for it
        told = {answer(field or MAY_WRITE, cell) for cell in cells if not _DASHES.fullmatch(cell)}
        if not field and (not told or None in told or _OTHER_THINGS.search(key)):
            continue
        field = field or MAY_WRITE
        written = header if field_of(key) == field else f"{WRITTEN[field]} ({header})" if header else WRITTEN[field]
        dash_is_no = field == MAY_WRITE and True in told and False not in told
        found[place] = Column(field, written, dash_is_no, field == BLOCKED and is_of_deletion(key))
    return found
