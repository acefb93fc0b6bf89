"""What a remark in a list says of a firm beside its cells: it moved, was called otherwise, is not another. Pure.

A remark is never a proof; it explains what differs between two rows, or names the firm that this one is not.
"""

import re
from dataclasses import dataclass

from wegweiser.companies import colleagues, vocabulary
from wegweiser.kernel.sorting import sort_key

_MOVED = re.compile(
    r"\bum(?:ge)?zogen\b|\bumgezogen|\bverzogen\b|\bzieht um\b|\bumgesiedelt\b|\bverlegt\b"
    r"|\b(?:umzug|neubau)\b(?!.*\b(?:geplant|vorgesehen|denkbar))"
    r"|\bneue[rns]? (?:halle|standort|sitz|anschrift|adresse|firmensitz|raeume|werkstatt|betriebsstaette"
    r"|gebaeude|praxis|laden\w*|kueche|backstube|produktion\w*|geschaeftsraeume|bueroraeume|buero)\b"
    r"|\b(?:alte[rs]?|fruehere[rs]?|bisherige[rs]?) (?:standort|sitz|anschrift|adresse|firmensitz)\b"
)
_NOW_IN = re.compile(
    r"\b(?:jetzt|nun|inzwischen|neu|(?:ab|seit) (?:\w+ )?(?:\d{1,2}[./])?(?:19|20)\d\d) (?:in|am|an|im) (\w{3,})\b"
    r"(?! erreichbar)"
    r"|\b(?:jetzt|nun|inzwischen|neu:?) (\w{3,}?) ?(?:str\b|strasse|weg\b|platz\b|allee\b|gasse\b|ring\b|damm\b|ufer\b)"
)
_PART_OF = re.compile(
    r"^(filiale|zweigstelle|nebenstelle|aussenstelle|zweigbetrieb)\W*$"
    r"|\bunselb\w*|^betriebsstaette\b|\b(laeuft|abrechnung|rechnung|verwaltung|post|anfragen?)"
    r" (geht |gehen )?(alles |nur |bitte |immer )*(ueber|an)\b"
    r"|\bkeine eigene (firma|gesellschaft|rechtsform)\b"
    r"|\b(filiale|zweigstelle|lager|werk \d)\W+(ist |gehoert )(teil|zu)\b"
    r"|\b(gehoert zum? |teil de[rs] )(haupt\w+|stamm\w+|zentrale)\b"
)
_DEPARTMENT = re.compile(r"^(?:eine |ist |nur )*abteilung\b(?!\w|s)|\babteilung (?:von|der|des)\b")
_MOVED_FROM = re.compile(
    r"\b(?:um(?:ge)?zogen|umzug|zugezogen|uebergesiedelt|verlegt|frueher sitz|kommt|vorher) (?:\d{4} )?"
    r"(?:aus|von) (\w{4,})\b"
)
_FORMER = re.compile(
    r"(?:\b(?:laut )?(?:schild|aushang|tuerschild|klingelschild)(?: (?:am|an der|vor dem) \w+)?(?: sagt)?:"
    r"|\b(?:bekannt|laeuft|wirbt|firmiert auch|tritt auf) (?:als|unter)\b|\bnennt sich\b|\bin der werbung:"
    r"|\b(?:eigen|haus)marke|\beigenes? (?:marke|label)|\b(?:marke|label)(?=:? ?[„“\"»'])"
    r"|\balter name|\b(?:frueherer|vorheriger|bisheriger) (?:firmen)?name|\bhiess (?:frueher|vorher|zuvor|bis \d+)"
    r"|\b(?:umfirmiert|umbenannt|umfirmierung|umbenennung) (?:aus|von)|\bfirmierte (?:frueher |bis \d+ )?(?:als"
    r"|unter))"
    r"[ :]+([^,;.()\n]{3,50})"
)
# Where somebody was before, or what it was called: only who is at both says which.
_BEFORE = re.compile(
    r"\b(?:frueher|vormals|ehemals|ehem\.|vorher|zuvor|bis (?:ende |anfang |mitte )?(?:\d{1,2}[./])?(?:19|20)\d\d)"
    r"(?: noch)?[ :]+([^,;.()\n]{3,50})"
)
_NO_NAME = re.compile(
    r"^(?:bei|beim|in|im|am)\b|\b(kund\w+|mitarbeiter\w*|angestellt\w*|azubi\w*|lehrling\w*|\w*vertrag\w*"
    r"|\w*rechnung\w*|bezahlt"
    r"|gekuendigt|frau|herr|fr\.|hr\.|\w*leiter(in)?|disponent\w*)(?!\w)"
)
_RENAMED = re.compile(
    r"(?:\bheisst (?:jetzt|nun|inzwischen|heute)|\bneuer (?:firmen)?name"
    r"|\b(?:umfirmiert|umbenannt|umfirmierung|umbenennung) (?:in|zu|auf)|\bfirmiert (?:jetzt |nun )?(?:als|unter))"
    r"[ :]+([^,;.()\n]{3,50})"
)
_CONVERTED = re.compile(
    r"\b(?:ug|gbr|ohg|kg|e\. ?k\.?|einzelunternehmen)\W*(?:→|->|=>|wird|wurde)\W*(?:zu |zur )?(?:gmbh|ug|ohg|kg|ag)\b"
    r"|umgewandelt|umwandlung|\bformwechsel|\brechtsform(?:wechsel| geaendert)"
)
_OTHER_FORM = re.compile(  # it is often the firm of the son beside that of the father
    r"\b(?:jetzt|(?:seit|ab) \d{4}) (?:gmbh|ug|ohg|kg|gbr|e\. ?k)\b"
    r"|\b(?:vorher|frueher|vormals|bis \d{4}|zuvor)\W+(?:als )?"
    r"(?:ohg|gbr|e\. ?k\.?|ug|kg|gmbh|einzel(?:unternehmen|firma))(?!\w)"
)
_KIN = re.compile(
    r"\b(bruder|schwester\w*|schwaeger\w*|wettbewerb\w*|(eigen\w+|ander\w+|zweit\w+|weiter\w+|neu\w+) hr[ab]"
    r"|hr[ab] eigen\w*|ausgegliedert|separat\w*|sohn(es)?|soehne|tochter\w*"
    r"|vaters?|mutter\w*|onkel|neffe|cousin\w*|schwager|ex-?(mann|frau)"
    r"|ehe(mann|frau)|(mann|frau) (von|vom|des|der)|nachfolge?(r\w*|firma|betrieb|unternehmen|gesellschaft)|nachf"
    r"|vorgaenger\w*|uebernahme|uebernommen|uebernahm|neugruendung|ausgruendung|abspaltung"
    r"|(gbr|ohg|sozietaet|partnerschaft|gemeinschaftspraxis)\b[^.;]*\b(aufgeloest|beendet|getrennt)"
    r"|(macht|arbeitet|seither|seitdem|jetzt|nun) (wieder )?allein\w*( weiter)?"
    r"|insolven\w*|getrennt\w*|eigenstaendig\w*|selbstaendig seit|selbststaendig seit|namensgleich\w*|namensvetter"
    r"|(nicht|kein\w*) (zu )?(verwechsel\w+|identisch|dassel\w+|derselbe|dieselbe)|verwechse?l\w+|"
    r"(ander\w+|eigen\w+|zweite|weitere) (firma|betrieb|inhaber\w*|gesellschaft|rechtsform|unternehmen|gmbh|ug|kg"
    r"|partg"
    r"|gewerbe|buero|praxis|abrechnung|hof|laden|person|konto|notariat|kanzlei)"
    r"|nichts (zu tun|gemein\w*)|(nicht|un)verwandt|teil(en|t) (sich )?(nur )?(die |das |den )?\w+"
    r"|(buero|praxis|kanzlei|ateliers?|werkstatt)gemeinschaft|untermieter\w*|mieter|vermieter|paechter\w*|konzern\w*"
    r"|holding|schwesterfirma|besitzgesellschaft|betriebsgesellschaft|gesellschafter\w*)\b"
)
# The same firm under the next of the family.
_ALONE = re.compile(
    r"\b(gbr|ohg|sozietaet|partnerschaft|gemeinschaftspraxis)\b[^.;]*\b(aufgeloest|beendet|getrennt|verlassen)"
    r"|\b(aufgeloest|beendet|getrennt)\w*\b.*\b(gbr|ohg|sozietaet|partnerschaft)\b"
)
_CONTINUES = re.compile(
    r"\bfirma (?:ist |bleibt |blieb )?(?:die )?(?:gleiche?|dieselbe|selbe|unveraendert|bleibt|besteht weiter)\b"
    r"(?! \w+ wie)"
    r"|\b(?:gleiche|selbe|dieselbe|alte) firma (?:weiter|fort|geblieben)\w*"
    r"|\b(?:firmen)?name (?:bleibt|blieb|ist geblieben)\b"
    r"|\bvo[mn] (?:\w+ )?(?:schwieger)?(?:vater|mutter|eltern|onkel|tante)\b(?! (?:\w+ ){0,3}nicht)(?: \w+){0,3}"
    r" uebernommen\b"
    r"|\b(?:schwieger)?(?:sohn|tochter)(?: [a-z]+)? (?:hat|haben) (?!nicht|\w+ nicht|keine?)(?:\w+ ){0,3}uebernommen\b"
    r"|\b(?:sohn|tochter|junior|enkel(?:in)?|neffe|nichte|(?:ehe)?frau|witwe) (?:\w+ ){0,2}"
    r"(?:uebernimmt|steigt (?:\w+ ){0,2}ein|fuehrt (?:\w+ ){0,2}(?:weiter|fort))\b"
    r"(?! (?:\w+ )?(?:nicht|nur|keine?n?|filiale|teil\w*)\b)(?!.*\beigen)"
    r"|\bnachfolge(?:regelung)? (?:ist |wird )?(?:geplant|geregelt|vorbereitet|in vorbereitung|laeuft)\b"
    r"|\buebergabe an (?:den |die )?(?:sohn|tochter|junior|enkel|neffe|nichte)\w*"
    # Who takes over something besides has another firm: "Sohn übernimmt das Café nebenan".
    r"|\b(?:schwieger)?(?:sohn|tochter)(?: [a-z]+)? (?:uebernimmt|steigt|arbeitet sich|soll)"
    r"(?: (?:bald|demnaechst|langsam|schrittweise|jetzt|nun|mal|mit|ab|in|zum|ende|anfang|mitte|[\d./]+"
    r"|(?:den|die) (?:betrieb|firma|leitung|geschaefte?|geschaeftsfuehrung)))*(?: (?:ein|uebernehmen))?\s*(?:$|[.,;()])"
    r"|\buebergabe an (?:den |die )?(?:schwieger)?(?:sohn|tochter)(?: [a-z]+)?"
    r"(?: (?:ist|laeuft|geplant|vorbereitet|begonnen|ab|in|zum|bis|ende|anfang|mitte|[\d./]+))*\s*(?:$|[.,;()])"
    r"|\bnachfolge (?:laeuft|geplant|geregelt|eingeleitet|vorbereitet|im gange|in (?:vorbereitung|der familie))\b"
)
_KIN_AT_WORK = re.compile(
    r"\b(?:schwieger)?(?:sohn|tochter|bruder|schwester|vater|mutter|onkel|neffe|cousine?|schwager|ehe(?:frau|mann))"
    r"(?: [a-z]+)?? (?:(?:macht|betreut|erledigt|kuemmert sich um)"
    r"(?: (?:jetzt|nun|dort|das|den|die|auch|alles|nur|unser\w*))*"
    r"(?:(?: |, |/| und | u\. )(?:marketing|werbung|buero\w*|buchhaltung|buecher|verwaltung|internet\w*|web\w*|homepage"
    r"|social media|instagram|mails?|post|rechnung\w*|einkauf|verkauf|vertrieb|termine|telefon|it|edv|online\w*"
    r"|papierkram|bestellung\w*|anfragen|foerder\w*|antraege)\b)+"
    r"|(?:arbeitet|hilft)(?: jetzt| auch)? (?:mit|aus|dort|im (?:betrieb|buero|laden|verkauf)|in der firma)\b"
    r"|im (?:betrieb|buero|laden|verkauf)\b|in der (?:firma|buchhaltung|verwaltung)\b)"
    r"(?! (?:nebenan|daneben|gegenueber))"
    r"|\b(?:handy\w*|mobil\w*|nummer|nr\.?|tel\.?|telefon\w*|e?-?mail\w*)\W*(?:ist |geht an )?"
    r"(?:d(?:er|es|ie|en) |vo[mn] (?:der )?)?"
    r"(?:sohn(?:es)?|tochter|bruders?|schwester|vaters?|mutter|ehe(?:frau|mann(?:es)?))\b(?!\w)"
)
# Words of another firm in remarks that speak of none.
_OF_NO_FIRM = re.compile(
    r"\b(?:such(?:t|en)|(?:noch )?kein(?:en|e)?|ohne|thema|fehlt) (?:\w+ ){0,2}?nachfolger?\w*"
    r"|\bnachfolger?(?:in)?\W+(?:wird |noch |dringend )*(?:gesucht|gewuenscht|offen|unklar|ungeklaert|fehlt)\b"
    r"|\b(?:daten\w*|kontakt|eintrag|angaben|kosten|betreuung|beratung|akte|fall|mandat)\b[^.;,]{0,40}"
    r"\buebernommen\b|\baus (?:der |dem )?(?:\w+ )?\w*(?:liste|kartei|datei|excel|datenbank) uebernommen\b"
    r"|\buebernahme (?:der |von )?(?:\w*kosten|\w*gebuehr\w*)\b"
    r"|\bteil(?:t|en)\b[^.;,]* mit\W*(?:$|[.;,])"
    r"|\bwettbewerb\b(?! (?:zu[mr]?|mit|von)\b)"
    r"|^(?:ist )?selb(?:st)?staendig seit (?:\d{1,2}[./])?\d{4}\W*$"
)
_HAS_TWO = re.compile(
    r"\b(hat|fuehrt|betreibt|leitet) (noch |auch |dort |hier )?"
    r"(zwei|2|beide|mehrere|drei|3|noch eine|eine zweite|eine weitere) "
    r"(firm|betrieb|unternehm|gesellschaft|lae?d|gewerb|geschaeft)|\bzweit(firma|betrieb|unternehmen|gewerbe)"
)
_OTHER_HANDS = re.compile(
    r"\b(inhaber|besitzer|betreiber|eigentuemer|paechter)\w*wechsel\b"
    r"|\bneue[rn]? (inhaber|besitzer|betreiber|eigentuemer|paechter)\w*|\bneue (firma|gesellschaft)\b"
    r"|\b(betrieb|geschaeft|laden|praxis|firma) (\w+ )?(abgegeben|aufgegeben|abgemeldet|verkauft|geschlossen)\b"
    r"|^\W*(dauerhaft |seit \d+ )?(geschlossen|geschaeftsaufgabe|betriebsaufgabe|erloschen)\b"
    r"(?! (am|um|von|ab|mo|mi)\b)"
)
_NO_OTHER = re.compile(
    r"\b(keine?|nicht) (eigen|ander|weiter|getrennt)\w* \w+"
    # Who does somebody's work after them is no other firm.
    r"|\bnachfolge\w* (?:(?:von|fuer|des|der|herrn?|frau|hr\.?|fr\.?|dr\.?) )*(?:[\w.-]+ ){0,2}"
    r"(?:im (?:projekt|amt|vorstand|vorsitz|einkauf|verkauf|vertrieb)|in der (?:\w*leitung|funktion|rolle)"
    r"|als (?!(?:neue[rn]? )?(?:\w*inhaber|eigentuemer|besitzer|betreiber|paechter))\w{4,})\b"
)
_SOUGHT = re.compile(
    r"\b(?:sucht|suchen) (?:\w+ ){0,2}nachfolge\w*|\bkeine?n? nachfolge\w*"
    r"|\bnachfolge\w* (?:wird |noch |dringend )*(?:gesucht|offen|unklar|ungeklaert|fehlt)"
)
_RELATIVE = (
    r"\b(?:sohn(?:es)?|tochter|bruders?|schwester|vaters?|mutter|neffen?|nichte|onkel|schwagers?|schwaegerin|ehefrau"
    r"|ehemann(?:es)?|frau|mann)\b"
)
_AT_WORK = re.compile(  # of whoever is related, in the firm itself
    rf"{_RELATIVE}(?: (?!nicht)\w+)?,? (?:sie |er )?(?:arbeitet|hilft)(?: (?!nicht|nur)\w+){{0,2}} mit\b(?! nicht)"
    rf"|{_RELATIVE}(?: (?!nicht)\w+)?,? (?:sie |er )?macht (?:das |die |den )?(?:buero|buchhaltung|buecher|verwaltung"
    r"|rechnungen|it|edv|internet|webseite|website|social media|technik)\b"
    rf"|{_RELATIVE}(?: (?!nicht)\w+)? (?:ist |arbeitet |mit |auch )*(?:im|in der) (?:betrieb|unternehmen|buero|firma"
    r"|geschaeftsleitung|geschaeftsfuehrung)\b(?! (?:des|der|von|vom|neben|nebenan)\b)"
    rf"|\b(?:handy|nummer|mail) (?:der|des|von|vom) (?:dem |der )?{_RELATIVE}"
)
_OWN = re.compile(r"\b(?:eigen|selbst|selbstaend)")
_OF_THE_FAMILY = (
    r"(?:sohn|tochter|bruder|schwester|vater|mutter|ehe(?:frau|mann)|schwager|neffe|nichte|cousine?|enkel(?:in)?)"
)
_NO_OTHER_FIRM = (
    r"(?!.*\b(?:eigen\w*|selbst(?:st)?aendig\w*|ander\w+|neue?[nr]?|zweit\w+|getrennt\w*|abgegeben|verkauft)\b)"
)
# One of the family who works here or will have it, and other words that name no firm beside this one.
_OF_THIS_FIRM = re.compile(
    r"\b(?:such(?:t|en|e)|braucht|keine?n?|ohne|findet) (?:\w+ )?nachfolge(?:r(?:in)?)?\b"
    r"|\bnachfolge(?:r(?:in)?)? (?:wird |dringend )?(?:gesucht|offen|geplant|geregelt|ungeklaert)\b"
    rf"|\b{_OF_THE_FAMILY}(?: \w+)? (?:steigt|arbeitet|hilft|macht|kuemmert|geht|soll|will|moechte|uebernimmt|lernt)\b"
    rf"{_NO_OTHER_FIRM}"
    rf"|\b{_OF_THE_FAMILY}(?: \w+)? (?:ist |als )?(?:(?:unsere?|die|der|als) )?"
    r"(?:ansprechpartner(?:in)?|angestellt|mitarbeiter(?:in)?)\b"
    r"|\b(?:uebergabe|uebergibt|uebergeben)(?: \w+)? an (?:(?:den|die|seinen?|ihren?) )?"
    rf"{_OF_THE_FAMILY}\b{_NO_OTHER_FIRM}"
    rf"|\b(?:empfehlung|tipp) (?:von|vom|der|des)(?: \w+)? {_OF_THE_FAMILY}s?\b"
    rf"|\b(?:von|vom|durch)(?: \w+)? {_OF_THE_FAMILY} empfohlen\b"
    rf"|\b{_OF_THE_FAMILY} und {_OF_THE_FAMILY}\b{_NO_OTHER_FIRM}"
    r"|\b(?:unter)?mieter(?:in)? (?:im|in der|in einem) \w*(?:zentrum|center|haus|park|hof|tgz)\b"
    r"|\b(?:holding|konzern\w*) (?:ist )?(?:geplant|in planung|angedacht)\b"
    r"|\b(?:am|beim|im|vom|fuer den) wettbewerb\w*|\bwettbewerb\w* (?:gewonnen|teilgenommen|(?:19|20)\d\d)\b"
    r"|\binsolven\w+ (?:abgewendet|ueberstanden)\b"
)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Aside:
    """`words` are those of a remark that speaks of another firm; `former` is a name from before, or the one of now."""

    moved: bool = False
    is_part: bool = False
    belongs: bool = False  # to whoever is named: a branch is no firm, a company of a group is one
    moved_to: str = ""  # which place or street it may be in now, if that is one
    former: str = ""
    before: str = ""  # what may be a name from before
    is_converted: bool = False  # another legal form, the same firm
    has_other_form: bool = False  # since when it has the one, or until when the other
    words: frozenset[str] = _NOTHING
    has_two: bool = False  # who is named there has another firm
    left_partners: bool = False  # a partnership is no more, and this is who goes on alone
    is_department: bool = False
    moved_from: str = ""
    continues: bool = False  # the next of the family has it now
    in_other_hands: bool = False  # since it was told, or the other one was before


NONE = Aside()


def _of_others(plain: str) -> str:
    """A remark without what it says of people of the firm itself."""
    told = _SOUGHT.sub(" ", _NO_OTHER.sub(" ", plain))
    return told if _OWN.search(plain) else _AT_WORK.sub(" ", told)


def read(remark: str) -> Aside:
    """
    >>> read("Umzug 2022").moved, read("alter Name: Abel Guss").former, "kain" in read("Neugründung nach Kain").words
    (True, 'abel guss', True)
    """
    plain = " ".join(remark.casefold().translate(vocabulary.UMLAUTS).split())
    if not plain:
        return NONE
    continues = _CONTINUES.search(plain) is not None
    of_others = _OF_NO_FIRM.sub(
        " ", _KIN_AT_WORK.sub(" ", colleagues.without_posts(_OF_THIS_FIRM.sub(" ", _of_others(plain))))
    )
    is_on_another = not continues and _KIN.search(of_others) is not None
    former = _FORMER.search(plain) or _RENAMED.search(plain)
    before, now_in = _BEFORE.search(plain), _NOW_IN.search(plain)
    return Aside(
        moved=_MOVED.search(plain) is not None,
        moved_to=(now_in[1] or now_in[2]) if now_in else "",
        is_part=_PART_OF.search(plain) is not None,
        belongs=re.search(r"\bgehoert zu\b", plain) is not None,
        former=former[1].strip() if former else "",
        before=before[1].strip() if before and not former and not _NO_NAME.search(before[1]) else "",
        is_converted=_CONVERTED.search(plain) is not None,
        has_other_form=_OTHER_FORM.search(plain) is not None,
        has_two=_HAS_TWO.search(plain) is not None,
        continues=continues,
        left_partners=_ALONE.search(plain) is not None,
        is_department=_DEPARTMENT.search(plain) is not None,
        moved_from=moved_from[1] if (moved_from := _MOVED_FROM.search(plain)) else "",
        in_other_hands=not continues and _OTHER_HANDS.search(plain) is not None,
        words=frozenset(sort_key(plain).split()) if is_on_another else _NOTHING,
    )
