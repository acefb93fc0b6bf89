"""Finding among all entries: words with typos, beginnings and compounds, and filters whose values can be counted.

Pure: takes and gives plain values. Text is found by the same stems, compounds and near misses as in `matching`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.matching.text import bound, fold, surfaces
from wegweiser.catalogue.texts import Texts, Typed

FOREIGN = 0.8  # so does a word of the other language
SAME = 0.9  # and another name of the same thing
NEVER = float("inf")
EARTH_KM = 6371.0


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry as the shelf knows it. Moments are seconds since 1970; `documents` are its texts by language.

    `point` is where it lies: latitude and longitude in degrees. `person` is set where it is about somebody.
    """

    id: int
    kind: str
    sort_key: str
    topics: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    district: str = ""
    point: tuple[float, float] | None = None
    attendance: str = ""
    starts_at: float | None = None
    over_at: float | None = None
    published_at: float | None = None
    person: str = ""
    documents: Mapping[str, Document] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Query:
    """What one looks for; empty means everything.

    With `near` (latitude and longitude in degrees) only what lies at most `within_km` from there; None: however far.
    `area` holds the districts somebody looks in, beside the filter for one of them.
    With `people`, of entries about somebody only those about one of them: who can be asked changes with the day.
    """

    text: str = ""
    lang: str = "de"
    kinds: frozenset[str] = frozenset()
    topic: str = ""
    partner: str = ""
    sector: str = ""
    district: str = ""
    area: frozenset[str] = frozenset()
    near: tuple[float, float] | None = None
    within_km: float | None = None
    by_distance: bool = False
    attendance: str = ""
    since: float | None = None
    until: float | None = None
    past: bool = False
    people: frozenset[str] | None = None


@dataclass(frozen=True)
class Found:
    """Ids in the order of the list, and how many there would be with each value of each filter instead.

    `complete` is False when no entry holds all words that were looked for. `kilometres` tell how far from `near` each
    lies; `anywhere` counts those that would fit but lie nowhere, such as what is online. `outdated` when the catalogue
    has changed since.
    """

    ids: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]
    complete: bool = True
    kilometres: Mapping[int, float] = field(default_factory=dict)
    anywhere: int = 0
    outdated: bool = False


class Shelf:
    """Read-only once built, so threads may share it."""

    def __init__(self, items: Iterable[Item], languages: Sequence[str] = ("de", "en")) -> None:
        rows = self._items = sorted(items, key=lambda item: (item.sort_key, item.id))
        self._ids = np.array([row.id for row in rows], np.int64)
        self._facets = {
            "kind": _Facet([(row.kind,) for row in rows]),
            "topic": _Facet([row.topics for row in rows]),
            "partner": _Facet([row.partners for row in rows]),
            "sector": _Facet([row.sectors for row in rows]),
            "district": _Facet([(row.district,) if row.district else () for row in rows]),
            "attendance": _Facet([_ways(row.attendance) for row in rows]),
        }
        self._starts = np.array([NEVER if row.starts_at is None else row.starts_at for row in rows])
        self._over = np.array([NEVER if row.over_at is None else row.over_at for row in rows])
        self._published = np.array([NEVER if row.published_at is None else row.published_at for row in rows])
        self._people = [(place, row.person) for place, row in enumerate(rows) if row.person]
        self._points = np.array([row.point or (NEVER, NEVER) for row in rows], float).reshape(-1, 2)
        self._texts = {lang: Texts([_text(row, lang) for row in rows], lang) for lang in languages}

    def find(self, query: Query, *, now: float) -> Found:
        """Entries that fit, dates first in their order; with a text the best first."""
        total = len(self._ids)
        over = self._over <= now
        fits = np.ones(total, bool) if query.past else ~over
        if query.since is not None:
            fits &= (self._starts >= query.since) & np.isfinite(self._starts)  # without a date in no span
        if query.until is not None:
            fits &= self._starts < query.until
        if query.people is not None:
            fits[[place for place, person in self._people if person not in query.people]] = False
        if query.area:
            fits &= self._facets["district"].any_of(query.area)
        away = None if query.near is None else kilometres(query.near, self._points)
        elsewhere = None
        if away is not None:
            nowhere = ~np.isfinite(away)
            elsewhere, fits = fits & nowhere, fits & (away <= (query.within_km or np.finfo(float).max))
        scores, complete = self._score(query.lang, bound(query.text), fits if elsewhere is None else fits | elsewhere)
        if scores is not None:
            fits = fits & (scores > 0)
            elsewhere = None if elsewhere is None else elsewhere & (scores > 0)
        wanted = {
            "kind": query.kinds,
            "topic": frozenset({query.topic} - {""}),
            "partner": frozenset({query.partner} - {""}),
            "sector": frozenset({query.sector} - {""}),
            "district": frozenset({query.district} - {""}),
            "attendance": frozenset({query.attendance} - {""}),
        }
        masks = {name: self._facets[name].any_of(values) for name, values in wanted.items() if values}
        counts = {}
        for name, facet in self._facets.items():
            others = [mask for other, mask in masks.items() if other != name]
            counts[name] = facet.count(np.logical_and.reduce([fits, *others]))
        rows = np.flatnonzero(np.logical_and.reduce([fits, *masks.values()]))
        order = self._order(rows, over, scores, away if query.by_distance else None)
        return Found(
            tuple(int(number) for number in self._ids[order]),
            counts,
            complete,
            {} if away is None else {int(self._ids[row]): float(away[row]) for row in rows},
            0 if elsewhere is None else int(np.logical_and.reduce([elsewhere, *masks.values()]).sum()),
        )

    def _score(self, lang: str, text: str, fits: np.ndarray, *, mended: bool = False) -> tuple[np.ndarray | None, bool]:
        """Scores (n,) of a bounded text among what else fits, or None where no word was typed; whether all words count.

        Each entry scores 0 that holds fewer of the words than the best do.
        """
        own = self._texts.get(lang) or next(iter(self._texts.values()))
        words = own.typed(text)
        if not words:
            only_signs = bool(text) and not surfaces(text)
            return (np.zeros(own.words.size, np.float32) if only_signs else None), True
        others = [texts for texts in self._texts.values() if texts is not own]
        total = np.zeros(own.words.size, np.float32)
        held = np.zeros(own.words.size, np.int32)
        joined = own.joined([typed.word for typed in words])
        for typed in words:
            gain = np.maximum(self._brings(own, others, typed), joined.get(typed.word, 0))
            total += gain
            held += gain > 0
        most = int(held[fits].max(initial=0))
        if most:
            return np.where(held == most, total, 0), most == len(words) and not mended
        for texts in (own, *others):  # nobody says it like this, but the lexicon may know what is meant
            meant = np.where(fits, texts.words.score(texts.words.read(text)), 0)
            if meant.any():
                return meant, False
        meant_text = text if mended else own.mended(text)
        return (meant, False) if meant_text == text else self._score(lang, meant_text, fits, mended=True)

    def _brings(self, own: Texts, others: Sequence[Texts], typed: Typed) -> np.ndarray:
        """What a word, its parts where it was typed with a hyphen, and its other names bring to each entry (n,)."""
        gain, known = own.gain(typed.word)
        if typed.parts and not (known and "".join(typed.parts) != typed.word):  # E-Rechnung says more than Rechnung
            parts = np.minimum.reduce([self._gain(own, others, part, last=False) for part in typed.parts])
            gain = np.maximum(parts, gain) if known else parts
        if not (typed.parts and gain.any()):
            gain = self._gain(own, others, typed.word, last=typed.going_on and not typed.parts)
        for name in own.same(typed.word):
            named = [own.gain(name)[0], *(FOREIGN * texts.gain(name)[0] for texts in others)]
            gain = np.maximum(gain, SAME * np.maximum.reduce(named))
        return gain

    @staticmethod
    def _gain(own: Texts, others: Sequence[Texts], word: str, *, last: bool) -> np.ndarray:
        """What one word brings to each entry (n,). A slip is looked for only where nobody writes the word itself."""
        gain, whole = own.gain(word)
        if whole:
            return gain
        for texts in others:
            foreign, known = texts.gain(word)
            if known:
                return np.maximum(gain, FOREIGN * foreign)
        meant = [
            (slips, place, texts, found)
            for place, texts in enumerate((own, *others))
            for found, slips in [texts.slips(fold(word))]
            if found
        ]
        if meant:
            slips, _, texts, found = min(meant, key=lambda row: row[:2])
            return np.maximum(gain, texts.near(found, slips))
        if last and not gain.any():
            return own.near(own.slips.beginning(fold(word)), 1.0)
        return gain

    def _order(
        self, rows: np.ndarray, over: np.ndarray, scores: np.ndarray | None, away: np.ndarray | None
    ) -> np.ndarray:
        """The best first where there is a score, then the nearest (to a kilometre).

        Then coming dates by day, the rest by name, and what is over last.
        """
        late = over[rows]
        starts = np.where(late, -self._starts[rows], self._starts[rows])
        keys = [rows, starts, late]
        published = self._published[rows]
        if np.isfinite(published).all():  # news alone: the newest first
            keys.append(-published)
        if away is not None:
            keys.append(np.round(away[rows]))
        if scores is not None:
            keys.append(-np.round(scores[rows], 3))
        return rows[np.lexsort(keys)]


def kilometres(here: tuple[float, float], points: np.ndarray) -> np.ndarray:
    """The ways as the crow flies (n,) from `here` to points (n, 2) in degrees; infinite where a point is."""
    known = np.isfinite(points).all(axis=1)
    latitudes, longitudes = np.radians(points[known]).T
    latitude, longitude = np.radians(here)
    half = np.sin((latitudes - latitude) / 2) ** 2
    half += np.cos(latitude) * np.cos(latitudes) * np.sin((longitudes - longitude) / 2) ** 2
    found = np.full(len(points), NEVER)
    found[known] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return found


class _Facet:
    """Which of a filter's values each entry has."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.values = sorted({value for row in rows for value in row})
        number = {value: place for place, value in enumerate(self.values)}
        self._has = np.zeros((len(rows), len(self.values)), bool)
        for place, row in enumerate(rows):
            for value in row:
                self._has[place, number[value]] = True
        self._number = number

    def any_of(self, wanted: Iterable[str]) -> np.ndarray:
        columns = [self._number[value] for value in wanted if value in self._number]
        return np.asarray(self._has[:, columns].any(axis=1))

    def count(self, mask: np.ndarray) -> dict[str, int]:
        numbers = self._has[mask].sum(axis=0)
        return {value: int(number) for value, number in zip(self.values, numbers, strict=True) if number}


def _ways(attendance: str) -> tuple[str, ...]:
    """What is on site and online can be attended in both ways."""
    return ("on_site", "online") if attendance == "hybrid" else (attendance,) if attendance else ()


def _text(item: Item, lang: str) -> Document:
    empty = Document(key=str(item.id), kind=item.kind, topics=(), partner="", title="", lang=lang)
    return item.documents.get(lang) or next(iter(item.documents.values()), empty)
