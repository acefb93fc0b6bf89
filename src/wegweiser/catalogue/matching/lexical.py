"""Words against words: BM25 over weighted fields, with stems, parts of compounds, near misses and the lexicon."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from . import lexicon
from .documents import TOPIC, Document
from .text import NearMisses, Splitter, counted, fold, spelled, stem, stems, telling

FIELDS = {"title": 3.0, "summary": 2.0, "everyday_words": 2.5, "text": 1.0}
PART = 0.6  # a part of a compound counts less than the whole word
NEAR = 0.6
MOST_NEAR = 50  # unknown words of one question that are compared with the known ones
LINKED = 0.35  # a word the lexicon adds counts less than one that was written
# How a text holds a term: as a word of its own, as the last or another part of a compound, and in what it is about.
WHOLE, HEAD, FRONT, ABOUT = 1, 2, 4, 8
ABOUT_FIELDS = frozenset({"title", "summary", "everyday_words"})
COMMON = 0.06  # share of the entries above which a word says nothing of one of them, unless people say it themselves
FEW = 2  # entries that are never many, however small the centre
SATURATION = 1.2
LENGTH = 0.5  # how much long descriptions are held back


@dataclass(slots=True)
class Question:
    """A question as weighted terms; `origin` tells the written word behind each term."""

    terms: dict[str, float] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    linked: dict[str, tuple[str, float]] = field(default_factory=dict)
    known: float = 0.0
    understood: bool = False  # whether some word is known, as a whole or by parts that are most of it
    roots: frozenset[str] = frozenset()
    forms: dict[str, int] = field(default_factory=dict)  # how the question holds a term: WHOLE, HEAD, FRONT
    sayings: set[str] = field(default_factory=set)  # linked terms that are a saying of their theme

    def weighted(self) -> dict[str, float]:
        """All terms, written and linked, with their weights."""
        merged = dict(self.terms)
        for term, (_, weight) in self.linked.items():
            merged[term] = max(weight, merged.get(term, 0.0))
        return merged


class Words:
    """The inverted index of one language: row i is document i of the list it was built from."""

    def __init__(self, documents: Sequence[Document], lang: str, *, plain: bool = False) -> None:
        self.lang = lang
        self.plain = plain
        self.size = len(documents)
        self._lexicon = lexicon.load(lang)
        counts: Counter[str] = Counter()
        for document in documents:
            counts.update(counted((getattr(document, name) for name in FIELDS), lang))
        if not plain:
            counts.update(counted(self._lexicon.words, lang))
        self._titles = counted((one.title for one in documents if one.kind == TOPIC), lang)
        self._splitter = Splitter(counts)
        self._parts: dict[str, tuple[tuple[str, int], ...]] = {}
        self.shown: dict[str, str] = {}
        self.written: dict[str, str] = {}  # the stem of each word of the corpus, by the word as it is folded
        self._invert(documents)
        self._near = NearMisses(word for word in self.rows if word.isalpha())

    def _invert(self, documents: Sequence[Document]) -> None:
        rows: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        held: dict[str, list[int]] = defaultdict(list)
        lengths = np.zeros(self.size)
        for i, document in enumerate(documents):
            found: dict[str, float] = defaultdict(float)
            forms: dict[str, int] = defaultdict(int)
            for name, weight in FIELDS.items():
                text = getattr(document, name)
                whole = spelled(text)
                for root, word in stems(text, self.lang):
                    found[root] += 1.0 if self.plain else weight
                    forms[root] |= WHOLE | (ABOUT if name in ABOUT_FIELDS else 0)
                    self.written[fold(word)] = root
                    shown = whole.get(word, word)
                    self.shown[root] = min(shown, self.shown.get(root, shown))  # whatever the order of the documents
                    for part, place in self.placed(root):
                        found[part] += PART * weight
                        forms[part] |= place
            for term, weight in found.items():
                rows[term].append(i)
                weights[term].append(weight)
                held[term].append(forms[term])
            lengths[i] = sum(found.values())
        mean = lengths.mean() if self.size and lengths.any() else 1.0
        held_back = SATURATION * (1 - LENGTH + LENGTH * lengths / mean)
        self.rows: dict[str, np.ndarray] = {}
        self.gains: dict[str, np.ndarray] = {}
        self.forms = {term: np.array(found, np.uint8) for term, found in held.items()}
        for term, where in rows.items():
            self.rows[term] = np.array(where, np.int32)
            tf = np.array(weights[term], np.float32)
            rarity = math.log(1 + (self.size - len(where) + 0.5) / (len(where) + 0.5))
            self.gains[term] = (rarity * tf * (SATURATION + 1) / (tf + held_back[where])).astype(np.float32)

    def parts(self, root: str) -> tuple[str, ...]:
        """Stems of the parts of a compound."""
        return tuple(part for part, _ in self.placed(root))

    def placed(self, root: str) -> tuple[tuple[str, int], ...]:
        """The same with where each stands, HEAD or FRONT; remembered for the words of the corpus."""
        if self.plain or self.lang != "de":
            return ()
        if root not in self._parts:
            if len(self._parts) > 200_000:  # questions of strangers must not fill the memory
                self._parts.clear()
            parts = self._splitter(root)
            ends = [HEAD if part is parts[-1] and root.endswith(part) else FRONT for part in parts]
            found = ((stem(part, self.lang), place) for part, place in zip(parts, ends, strict=True))
            self._parts[root] = tuple((part, place) for part, place in found if part)
        return self._parts[root]

    def read(self, text: str, themes: Sequence[str] = ()) -> Question:
        """A bounded text as weighted terms; `themes` are linked whatever the words say."""
        question = Question()
        whole = spelled(text)
        pairs = stems(text, self.lang)
        question.roots = frozenset(root for root, _ in pairs)
        reached = unknown = 0
        for root, word in pairs:
            before = len(question.terms)
            found = [(root, 1.0), *((part, PART) for part in self.parts(root))]
            if not self.plain and root not in self.rows and len(found) == 1 and unknown < MOST_NEAR:
                unknown += 1
                if near := self._near(root):
                    found.append((near, NEAR))
            question.forms[root] = WHOLE
            for part, place in self.placed(root):
                question.forms[part] = question.forms.get(part, 0) | place
            for term, weight in found:
                if term in self.rows:
                    question.forms.setdefault(term, WHOLE)  # the nearest to one that nobody knows
                    question.terms[term] = max(weight, question.terms.get(term, 0.0))
                    question.origin.setdefault(term, whole.get(word, word))
            covered = sum(len(term) for term, weight in found if term in self.rows and weight < 1)
            question.understood |= root in self.rows or 2 * covered >= len(root)
            reached += len(question.terms) > before or root in question.terms
        question.known = reached / len(pairs) if pairs else 0.0
        if not self.plain:
            self._link(question, pairs, whole, themes)
        return question

    def _link(
        self, question: Question, pairs: list[tuple[str, str]], whole: Mapping[str, str], themes: Sequence[str]
    ) -> None:
        for theme in themes:
            for term in self._lexicon.means[theme]:
                if term in self.rows:
                    question.linked[term] = ("", 2 * LINKED)
        parts = {root: self.parts(root) for root, _ in pairs}
        for link in self._lexicon.links(pairs, parts):
            for term in link.means:
                weight = LINKED * link.strength
                if term in self.rows and weight > question.linked.get(term, ("", 0.0))[1]:
                    said = dict.fromkeys(whole.get(word, word) for word in link.said)
                    question.linked[term] = (" ".join(list(said)[:3]), weight)
                    question.sayings |= {term} if link.theme in self._lexicon.singles.get(term, ()) else set()

    def names(self, word: str) -> bool:
        """Whether one word names a topic without any other beside it: it stands in the topic's title, or it or a part
        of it is a whole saying of the lexicon."""
        root = next((root for root, _ in stems(word, self.lang)), "")
        return root in self._titles or any(known in self._lexicon.named for known in (root, *self.parts(root)))

    def score(self, question: Question) -> np.ndarray:
        """BM25 (n,) of all documents."""
        scores = np.zeros(self.size, np.float32)
        for term, weight in question.weighted().items():
            if term in self.rows:
                scores[self.rows[term]] += weight * self.gains[term]
        return scores

    def shared(self, question: Question, row: int) -> tuple[list[str], list[tuple[str, str]]]:
        """Telling words shared with document `row`, and (written, offered) pairs the lexicon links; best first.

        A part that two compounds share is a reason only where it stands at the same place: "Stadtverwaltung" is none
        for a "Verwaltungsschale". What a link leads to has to be what the offer is about, and no word of many offers.
        """
        hits, links = [], []
        for term, weight in question.weighted().items():
            at = np.searchsorted(self.rows[term], row)
            if at == len(self.rows[term]) or self.rows[term][at] != row:
                continue
            gain, form = weight * float(self.gains[term][at]), int(self.forms[term][at])
            tells = telling(self.shown.get(term, term))
            if term in question.terms:
                asked = question.forms[term]
                if (asked & WHOLE or tells) and ((asked | form) & WHOLE or asked & form):
                    hits.append((-gain, question.origin[term]))
            elif form & ABOUT and tells and self._is_telling(term, question):
                links.append((-gain, question.linked[term][0], self.shown[term]))
        words = list(dict.fromkeys(word for _, word in sorted(hits) if telling(word)))
        return words, [(said, offered) for _, said, offered in sorted(links)]

    def _is_telling(self, term: str, question: Question) -> bool:
        """Whether a linked term and the words that showed it say something when they are quoted."""
        is_rare = term in question.sayings or len(self.rows[term]) <= max(FEW, COMMON * self.size)
        return is_rare and any(map(telling, question.linked[term][0].split()))
