"""From what somebody typed to comparable stems: bounding, normalising, compound splitting, near misses."""

import math
import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

MAX_CHARACTERS = 1_500
MAX_WORD_LETTERS = 60
ENCODED_CHARACTERS = 700  # what an encoder reads of a text; its CPU time grows with the length
READ_CHARACTERS = 20_000  # what is looked at before white space is folded
SHORTEST_PART = 4
SHORTEST_TYPO = 6
LINKS = ("", "s", "es", "n", "en", "e", "er")
ENDINGS = ("schaft", "heit", "keit", "lich", "isch", "sam")  # with them a word is another one: Beleg, Belegschaft

_CONTROL = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff\\ud800-\\udfff]")
WORD = re.compile(r"[^\W_]+(?:[-.]?[^\W_]+)*")
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_DIGRAPHS = ((re.compile("ae"), "a"), (re.compile("oe"), "o"), (re.compile("(?<![aeq])ue"), "u"))

_GERMAN_STOPS = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bald bei beim bin bis bisher bitte bloss
da dabei dafür dagegen daher damit danach dann daran darauf daraus darf das dass davon dazu dein dem den denen denn
der deren des deshalb dich die dies diese diesem diesen dieser dieses doch dort du durch dürfen eben eigentlich ein
eine einem einen einer eines einfach einmal er es etwa etwas euch euer fast für ganz gar geben gegen gehen geht genau
gern gerne gibt gibts grad gut guten hab habe haben halt hallo hat hatte hatten her herren hier hin hätte ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwas irgendwie irgendwo ist ja je jede jedem jeden jeder jedes
jetzt kann keine keinen keiner kein klar kommen kommt können könnte könnten lange lassen läuft machen macht mal man
mehr mein meine meinem meinen meiner mich mir mit muss müssen müsste nach ne nein nen nicht nichts nie nix noch nun
nur ob oder oft ohne okay schon schreiben sehr sein seine seinem seinen seiner seit selber selbst sich sie sind so
solche soll sollen sollte sollten son sondern sonst soweit tag tun um und uns unser unsere unserem unseren unserer
unter viel viele vielen vom von vor wann war waren warum was weg wegen weil weiss weiß welche welcher wem wen wenig
wenn wer werden wie wieder will wir wird wirklich wo wollen wollte worden wurde wurden würde würden zu zum zur zwar
zwei drei über überhaupt damen geehrte dank danke leute jahr jahre jahren bräuchte brauche brauchen suche suchen
möchte möchten mitarbeiter betrieb firma unternehmen mann
"""
_ENGLISH_STOPS = """
a about all also always am an and any anybody are as at be because been before being but by can come could did do does
doing don done down each even ever every everybody everyone few for from get gets getting give go going got had has
have having he hello help her here hi him his how i if in into is it its just keep know let like ll lot make makes
many may me might more most much must my need needs no nobody not now of off on one only or other our out over own
people please put re really run running same say she should since so some somebody something somehow still such take
tell than thank thanks that the their them then there these they thing things think this those three to too two under
up us use ve very want wants was way we well were what when where which while who whole why will with without would
yes you your company business firm employees
"""
# Words that say something together with others, and nothing when an answer quotes them alone.
_FILLERS = """
niemand niemanden jemand jemanden ständig dauernd neu neue neuem neuen neuer neues anders gerade ewig heraus raus herum
per kaum bekommt bekommen lieber derselbe dieselbe dasselbe dieselben denselben wohin womit wenig weniger lässt allein
letzte letzten dauert bleibt bleiben steht stehen liegt liegen nehmen nimmt fragt fragen wissen fehlt fehlen
hand hände händen finden findet gefunden arbeiten arbeitet bringen bringt halten hält sagen sagt sehen sieht gesehen
zeigen zeigt stellen stellt setzen setzt führen führt geführt helfen hilft nutzen nutzt passiert passieren holen holt
rufen ruft tragen trägt heute gestern morgen morgens abends früh spät täglich stunde stunden minute minuten woche wochen
monat monate monaten problem probleme frage hilfe beispiel sache sachen ding dinge art weise eigene eigenen eigener
schnell schneller langsam gross große großen klein kleine kleinen besser
warte warten wartet gewartet hause zuhause name namen komisch komische komischen passen passt passend dat wat nich nix
scheiße scheiss scheissdreck mist kacke verdammt verdammte verdammter verdammten blöd blöde blöden idioten nutzlos
schreibe schreiben geschrieben kommen kommt gekommen angst sorge sorgen egal wahrheit leben
ab zusammen zurück weiter gleich erst statt neben bevor fast fertig offen richtig längst möglichst angeblich lauter
schreibt gemacht komm laufe laufen stimmt hängt hängen hören gehören redet reden verstehe versteht kennen melden meldet
finde fang gefragt stand teil tage länger selben ganze ganzen ganzes alte alten altes anderes eigenes kleines nächstes
verlangt verlangen fordert fordern
vier fünf sechs sieben acht neun zehn digital digitale digitalem digitalen digitaler digitales durchgängig gefälschte
mobiles lernender gutes guter digitally knows knew known says said different old hours hour time times waits stopped
hand hands find finds found work works see shows show question problem problems example thing day days week month
small big little wait waiting home damn shit fuck fucking crap useless stupid
everything nothing cannot never another around somewhere else rather whether once far away ahead new long look ask
"""


@lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """Lower case without umlauts, so that Prüfung, Pruefung and PRUFUNG are one word."""
    word = word.casefold().translate(_UMLAUTS)
    for pattern, plain in _DIGRAPHS:
        word = pattern.sub(plain, word)
    return word


STOPS = {
    "de": frozenset(fold(word) for word in _GERMAN_STOPS.split()),
    "en": frozenset(fold(word) for word in _ENGLISH_STOPS.split()),
}
FILLERS = frozenset(fold(word) for word in _FILLERS.split())
_STEMMED = {"de": "german", "en": "english"}
_stemmers = threading.local()  # one holds the word it works on, so each thread has its own


def bound(text: str) -> str:
    """At most 1,500 characters without control characters, each word at most 60 letters."""
    text = unicodedata.normalize("NFC", _CONTROL.sub(" ", text[:READ_CHARACTERS]))
    return " ".join(word[:MAX_WORD_LETTERS] for word in text.split())[:MAX_CHARACTERS].rstrip()


def telling(word: str) -> bool:
    """Whether a word tells something when it is quoted alone.

    No form of a verb does that says nothing in another one: "ich kenn" as little as "kennen". Nouns have a capital.
    """
    return fold(word) not in FILLERS and not (word.islower() and stem(word, "de") in _filler_stems())


def surfaces(text: str) -> list[str]:
    """The words as they were written; OPC-UA and Lager-Liste also give their parts."""
    found = []
    for match in WORD.finditer(text):
        word = match.group()[:MAX_WORD_LETTERS]
        parts = re.split(r"[-.]", word)
        found.append(word if len(parts) == 1 else "".join(parts))
        if len(parts) > 1:
            found.extend(part for part in parts if len(part) > 1)
    return found


def spelled(text: str) -> dict[str, str]:
    """How somebody wrote what `surfaces` takes apart or joins: EMail and Mail stand for E-Mail."""
    found: dict[str, str] = {}
    plain = set()
    for match in WORD.finditer(text):
        word = match.group()[:MAX_WORD_LETTERS]
        parts = re.split(r"[-.]", word)
        if len(parts) == 1:
            plain.add(word)
        else:
            found |= dict.fromkeys(["".join(parts), *parts], word)
    return {word: whole for word, whole in found.items() if word not in plain}


def _stemmer(lang: str) -> Any:
    found = getattr(_stemmers, lang, None)
    if found is None:
        import snowballstemmer  # when it is needed: a server starts without it

        found = snowballstemmer.stemmer(_STEMMED[lang])
        setattr(_stemmers, lang, found)
    return found


@lru_cache(maxsize=65_536)
def stem(word: str, lang: str) -> str:
    """Folded stem of one word; empty for stop words, lone letters and lone short numbers."""
    folded = fold(word)
    if len(folded) < 2 or folded in STOPS[lang] or (folded.isdigit() and len(folded) < 4):
        return ""
    return str(_stemmer(lang).stemWord(folded))


@lru_cache(maxsize=1)
def _filler_stems() -> frozenset[str]:
    return frozenset(root for word in FILLERS if (root := stem(word, "de")))


def stems(text: str, lang: str) -> list[tuple[str, str]]:
    """Pairs (stem, word as written), stop words left out."""
    return [(root, word) for word in surfaces(text) if (root := stem(word, lang))]


def language(text: str, fallback: str = "de") -> str:
    """German or English by counting function words; `fallback` on a tie."""
    folded = [fold(word) for word in surfaces(text)]
    german = sum(word in STOPS["de"] for word in folded)
    english = sum(word in STOPS["en"] for word in folded)
    if german == english:
        return fallback
    return "de" if german > english else "en"


class Splitter:
    """Finds the known parts of a compound by dynamic programming over a word list with counts."""

    def __init__(self, counts: dict[str, int]) -> None:
        kept = {word: count for word, count in counts.items() if len(word) >= SHORTEST_PART and word.isalpha()}
        total = sum(kept.values()) + 1
        # A part costs its surprise plus a fee, so that few long parts beat many short ones.
        self._cost = {word: math.log(total / count) + 6.0 for word, count in kept.items()}
        self._longest = max(map(len, kept), default=0)

    def __call__(self, word: str) -> tuple[str, ...]:
        """Parts of `word`, left to right; empty when it is no compound of known parts."""
        size = len(word)
        if size < 2 * SHORTEST_PART or size > MAX_WORD_LETTERS:
            return ()
        best: list[tuple[float, tuple[str, ...]] | None] = [None] * (size + 1)
        best[0] = (0.0, ())
        for start in range(size - SHORTEST_PART + 1):
            here = best[start]
            if here is None:
                continue
            for end in range(start + SHORTEST_PART, min(size, start + self._longest) + 1):
                part = word[start:end]
                cost = self._cost.get(part)
                if cost is None or end - start == size:
                    continue
                for link in LINKS:
                    after = end + len(link)
                    if after < size + 1 and word.startswith(link, end):
                        candidate = (here[0] + cost + 0.1 * len(link), (*here[1], part))
                        known = best[after]
                        if known is None or candidate[0] < known[0]:
                            best[after] = candidate
        whole = best[size]
        return whole[1] if whole and len(whole[1]) > 1 else self._ends(word)

    def _ends(self, word: str) -> tuple[str, ...]:
        """The longest known beginning and end of a word whose rest is unknown."""
        found = []
        for end in range(len(word) - SHORTEST_PART, SHORTEST_PART, -1):
            if word[:end] in self._cost and not word[end:].startswith(ENDINGS):
                found.append(word[:end])
                break
        for start in range(SHORTEST_PART, len(word) - SHORTEST_PART):
            if word[start:] in self._cost:
                found.append(word[start:])
                break
        return tuple(found) if sum(map(len, found)) <= len(word) else tuple(found[:1])


class NearMisses:
    """Known words one slip of the keyboard away; the first two letters have to be right."""

    def __init__(self, words: Iterable[str]) -> None:
        self._buckets: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= SHORTEST_TYPO - 1:
                self._buckets[word[:2], len(word)].append(word)

    def __call__(self, word: str) -> str | None:
        """The first known word within one slip, or None."""
        if len(word) < SHORTEST_TYPO:
            return None
        for size in (len(word), len(word) - 1, len(word) + 1):
            for known in self._buckets.get((word[:2], size), ()):
                if _one_slip(word, known):
                    return known
        return None


def _one_slip(left: str, right: str) -> bool:
    """True when one letter was added, lost, changed or two neighbours were swapped."""
    if len(left) > len(right):
        left, right = right, left
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if len(left) == len(right):
        swapped = left[:at] + left[at + 1 : at + 2] + left[at : at + 1] + left[at + 2 :]
        return left[at + 1 :] == right[at + 1 :] or swapped == right
    return left[at:] == right[at + 1 :]


def counted(texts: Iterable[str], lang: str) -> Counter[str]:
    """How often each stem occurs in `texts`."""
    return Counter(root for text in texts for root, _ in stems(text, lang))
