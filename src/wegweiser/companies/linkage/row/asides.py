"""What a remark in a list says of a firm beside its cells: it moved, was called otherwise, is not another. Pure.

A remark is never a proof; it explains what differs between two rows, or names the firm that this one is not.
"""

import re
from dataclasses import dataclass

from wegweiser.companies.linkage.row import moves, other_firms, vocabulary
from wegweiser.kernel.sorting import sort_key

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
    r"|(?<!nicht )(?<!nicht die )(?<!kein )(?<!keine )\b(?:gleiche|die ?selbe|selbe)"
    r" (?:gmbh|ug|ohg|kg|gbr|gesellschaft)\b(?! wie\b)"
    r"|^(?:filiale|zweigstelle|nebenstelle|aussenstelle|zweigbetrieb|zweitstandort)\b[^.;]*(?<!nicht )(?<!nicht die )"
    r"\b(?:gleiche|die ?selbe|selbe) (?:firma|inhaberin)\b"
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
_ALONE = re.compile(
    r"\b(gbr|ohg|sozietaet|partnerschaft|gemeinschaftspraxis)\b[^.;]*\b(aufgeloest|beendet|getrennt|verlassen)"
    r"|\b(aufgeloest|beendet|getrennt)\w*\b.*\b(gbr|ohg|sozietaet|partnerschaft)\b"
)
_HAS_TWO = re.compile(
    r"\b(hat|fuehrt|betreibt|leitet) (noch |auch |dort |hier )?"
    r"(zwei|2|beide|mehrere|drei|3|noch eine|eine zweite|eine weitere) "
    r"(firm|betrieb|unternehm|gesellschaft|lae?d|gewerb|geschaeft)|\bzweit(firma|betrieb|unternehmen|gewerbe)"
)
_OTHER_HANDS = re.compile(
    r"\b(inhaber|besitzer|betreiber|eigentuemer|paechter)\w*wechsel\b"
    r"|(?<!such[et] )(?<!suchen )\bneue[rn]? (inhaber|besitzer|betreiber|eigentuemer|paechter)\w*\b(?! gesucht)"
    r"|\bneue (firma|gesellschaft)\b"
    r"|\b(betrieb|geschaeft|laden|praxis|firma) (\w+ )?(abgegeben|aufgegeben|abgemeldet|verkauft|geschlossen)\b"
    r"|^\W*(dauerhaft |seit \d+ )?(geschlossen|geschaeftsaufgabe|betriebsaufgabe|erloschen)\b"
    r"(?! (am|um|von|ab|mo|mi)\b)"
)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Aside:
    """`words` are those of a remark that speaks of another firm; `former` is a name from before, or the one of now."""

    moved: bool = False
    has_new_place: bool = False  # it may be a second one: nobody says where it was before
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


def read(remark: str) -> Aside:
    """
    >>> read("Umzug 2022").moved, read("alter Name: Abel Guss").former, "kain" in read("Neugründung nach Kain").words
    (True, 'abel guss', True)
    """
    plain = vocabulary.folded_line(remark)
    if not plain:
        return NONE
    continues = other_firms.goes_on(plain)
    former = _FORMER.search(plain) or _RENAMED.search(plain)
    before, now_in = _BEFORE.search(plain), _NOW_IN.search(plain)
    return Aside(
        moved=moves.has_moved(plain),
        has_new_place=before is None and moves.has_only_a_new_place(plain),
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
        words=frozenset(sort_key(plain).split()) if other_firms.is_told_of(plain) else _NOTHING,
    )
