"""Short ways for questions about the centre itself: the matching finds offers for a problem, not the list of dates."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wegweiser.consortium import directory

SHORT = 12  # words: a long story only mentions such words
MOST_PLACES = 20  # words that are looked up
_DATES = re.compile(r"\b(termine?|veranstaltung(en)?|infoabende?|sprechtage?|events?|dates?)\b", re.IGNORECASE)
_COST = re.compile(
    r"\bwas kostet\b|\b(kostet|kosten) (das|es|ihr\w*|die)\b.{0,30}(was|etwas|geld)?\s*\?|\b(wie ?viel|was) kostet\b|"
    r"\bkostenlos\b.{0,20}\?|\bumsonst\b|\bwie teuer\b|\bhow much\b|\b(is|are) (it|this|you) free\b|"
    r"\bcosts?\b.{0,20}\?",
    re.IGNORECASE,
)
_ACHIEVED = re.compile(
    r"\b(was|wie ?viel\w*)\b.{0,30}\b(ihr|sie|das zentrum)\b.{0,20}\b(erreicht|gebracht|geschafft|bewirkt)\b|"
    r"\bwhat have you (achieved|done)\b|\bbilanz\b.{0,20}\bzentrums?\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(ansprechpartner\w*|ansprechpersonen?|wer ist (bei ihnen|bei euch)? ?zust(ä|ae)ndig|contact persons?|"
    r"who (is|are) (responsible|your people))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True)
class Shortcut:
    """A page of ours that answers a question directly."""

    title: str
    text: str
    href: str


def of(text: str) -> list[Shortcut]:
    """The pages that answer `text`, at most two; none for a long one."""
    words = _WORD.findall(text)
    if len(words) > SHORT:
        return []
    found = []
    if _DATES.search(text):
        found.append(_dates(words))
    if _COST.search(text):
        found.append(Shortcut(_("Alle Angebote"), _("Für Sie kostet nichts davon etwas."), reverse("public:offers")))
    if _ACHIEVED.search(text):
        found.append(Shortcut(_("Das haben wir erreicht"), _("In Zahlen und Geschichten."), reverse("public:impact")))
    if _PEOPLE.search(text):
        found.append(
            Shortcut(_("Ansprechpersonen"), _("Alle mit Thema und Telefonnummer."), reverse("public:contacts"))
        )
    return found[:2]


def _dates(words: list[str]) -> Shortcut:
    """The list of dates, near the place that is named."""
    gazetteer, address = directory.gazetteer(), reverse("public:events")
    for word in words[:MOST_PLACES]:
        if gazetteer and (word[0].isupper() or word.isdigit()) and gazetteer.located(word):
            return Shortcut(
                _("Termine in der Nähe von %(place)s") % {"place": word},
                _("Die nächsten Termine mit Entfernung."),
                f"{address}?{urlencode({'ort': word})}#treffer",
            )
    return Shortcut(_("Alle Termine"), _("Nach Tag, Ort und Thema."), address)
