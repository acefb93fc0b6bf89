"""The index over a corpus of entries and the match of one question against it."""

import math
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from pathlib import Path

import numpy as np

from . import clarifying, emergency, enquirers, rules, signals, silent, topic_weights, wants
from .clarifying import Clarifier
from .documents import CONTACT, SECOND_TOPIC, TOPIC, Document, Example
from .encoders import Encoder
from .found import Match, OfferMatch, TopicMatch
from .learned import Learned
from .lexical import Question, Words
from .phrases import Reason, ReasonKind, sayings, told_apart
from .routed import Routed
from .sampled import Said, Sampled
from .scope import mean_of
from .sums import best, spread
from .text import bound, language
from .vectors import Packed, pack
from .verdict import Heard, unsure, verdict

LANGUAGES = ("de", "en")
NEIGHBOURS = 3  # offers that speak for their topic

# Weights of the summed z-scores; those of offers are from the tuning halves of the benchmark.
OFFER_WORDS = 0.55
OFFER_ENCODER = 0.28
OFFER_LEARNED = 1.9
UNTAUGHT = 1.9  # times what words and encoders count where no sample questions taught anything
OFFER_TOPIC = 1.4  # what the chance of an offer's topic adds
# An offer that shares no word needs a topic this likely beside the best one, or to be taught this far.
NEAR_TOPIC, NEAR_LEARNED = 0.25, 0.1
LEANING_DOUBT = 2.0  # mass a term needs before its leaning counts
EXAMPLE, EXAMPLE_OFFER = 20.0, 4.5
# From sums to 0..1.
TOPIC_SHARPNESS = 0.45
OFFER_SLOPE, OFFER_MIDDLE = 0.8, 3.0
EMERGENCY_THEME = "attack"  # what an emergency is about even when it says "nothing works"
TOTAL_DIGITS = 6  # sums that differ by less are equal; their order is then that of the keys


class Index:
    """Read-only once built, so threads may share it."""

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        vectors: Mapping[str, np.ndarray | Packed] | None = None,
        *,
        encoders: Sequence[Encoder] = (),
        examples: Sequence[Example] = (),
        known: Mapping[str, Mapping[str, np.ndarray]] | None = None,
        learned: Learned | None = None,
        folder: Path | None = None,
        plain: bool = False,
    ) -> "Index":
        """An index over `documents`; `vectors[encoder.name]` has one row per document and is made when missing.

        `learned` is what sample questions taught; weights made with other versions of the encoders are left out.
        `folder` is where the processes of an installation share large numbers.

        `known[encoder.name]` has vectors of examples by their text, such as `encoded_examples` of the index before;
        only the others are encoded, which is the slow part. `plain` leaves out compounds, near misses and the lexicon:
        the floor of the benchmark.
        """
        taking_part = [encoder for encoder in encoders if encoder.dimensions]
        if learned and not learned.fits(taking_part):
            learned = None
        return cls(documents, dict(vectors or {}), taking_part, examples, known or {}, learned, folder, plain)

    def __init__(
        self,
        documents: Sequence[Document],
        vectors: dict[str, np.ndarray | Packed],
        encoders: list[Encoder],
        examples: Sequence[Example],
        known: Mapping[str, Mapping[str, np.ndarray]],
        learned: Learned | None,
        folder: Path | None,
        plain: bool,
    ) -> None:
        self.encoders, self.learned, self.folder = encoders, learned, folder
        questions = len(learned.weights) if learned else 0
        taught = topic_weights.of_offers(questions)
        self._weight, self._learned_weight = UNTAUGHT * (1 - taught) + taught, taught * OFFER_LEARNED
        self._of_topics = topic_weights.of_topics(questions, encoders=bool(encoders))
        self._collect(documents)
        self.words = {lang: Words(self._in(lang), lang, plain=plain) for lang in LANGUAGES}
        self.vectors: dict[str, Packed] = {}
        for encoder in encoders:
            made = vectors.get(encoder.name)
            if made is None:
                made = encoder.encode_offers([document.passage for document in documents])
            if len(made) != len(documents):
                raise ValueError(f"{encoder.name}: {len(made)} vectors for {len(documents)} documents")
            self.vectors[encoder.name] = made if isinstance(made, Packed) else pack(made)
        self.routed = Routed(examples, encoders, known)
        self.sampled = Sampled(learned, self._number, self._offer_places)

    def taught(
        self, examples: Sequence[Example], known: Mapping[str, Mapping[str, np.ndarray]] | None = None
    ) -> "Index":
        """The same index with other examples, sharing all that it says of the offers. What it costs is to encode those
        whose vectors are not `known`."""
        other = copy(self)
        other.routed = Routed(examples, self.encoders, known or {})
        return other

    @property
    def examples(self) -> list[Example]:
        return self.routed.examples

    @property
    def encoded_examples(self) -> dict[str, dict[str, np.ndarray]]:
        """The vectors of the examples by encoder and text, for the index after this one."""
        return self.routed.encoded

    def _collect(self, documents: Sequence[Document]) -> None:
        self.keys: list[str] = []
        self._variants: list[dict[str, Document]] = []
        places: dict[tuple[str, str], int] = {}
        self._row = np.zeros(len(documents), np.int32)
        for i, document in enumerate(documents):
            place = places.setdefault((document.kind, document.key), len(self.keys))
            if place == len(self.keys):
                self.keys.append(document.key)
                self._variants.append({})
            self._variants[place].setdefault(document.lang, document)
            self._row[i] = place
        firsts = [next(iter(variants.values())) for variants in self._variants]
        self._firsts = firsts
        self._topic_rows = np.array([i for i, d in enumerate(firsts) if d.kind == TOPIC], np.int32)
        self._contact_rows = np.array([i for i, d in enumerate(firsts) if d.kind == CONTACT], np.int32)
        self._offer_rows = np.array([i for i, d in enumerate(firsts) if d.kind not in {TOPIC, CONTACT}], np.int32)
        self._offer_places = {self._key(row): place for place, row in enumerate(self._offer_rows)}
        ends = (firsts[i].over_at for i in self._offer_rows)
        self._over = np.array([math.inf if end is None else end for end in ends], np.float64)
        self.topics = [self.keys[i] for i in self._topic_rows]
        number = {slug: i for i, slug in enumerate(self.topics)}
        # Share of each topic in each entry (n, topics): the main topic counts full.
        self._shares = np.zeros((len(firsts), len(self.topics)), np.float32)
        for i, document in enumerate(firsts):
            for rank, slug in enumerate(document.topics):
                if slug in number:
                    self._shares[i, number[slug]] = 1.0 if rank == 0 else SECOND_TOPIC
        self._number = number
        self._mains = np.where(self._shares >= 1.0, 1.0, 0.0).astype(np.float32)
        self._mains[self._contact_rows] = 0.0
        main = self._shares[self._offer_rows] >= 1.0
        self._main_places = [np.flatnonzero(main[:, topic]) for topic in range(len(self.topics))]
        self._prior = self._mains.sum(axis=0) / max(float(self._mains.sum()), 1.0)

    def _in(self, lang: str) -> list[Document]:
        return [variants.get(lang) or next(iter(variants.values())) for variants in self._variants]

    def match(
        self,
        text: str,
        lang: str = "de",
        limit: int = 5,
        *,
        now: float = -math.inf,
        people: Collection[str] | None = None,
        clarifiers: Sequence[Clarifier] = (),
        replies: Sequence[tuple[str, str]] = (),
    ) -> Match | None:
        """The best topics, offers and contact for a question; None when it is blank.

        No offer that is over by `now` (seconds since 1970) is found: an index is as old as the last change. Only one of
        `people` is named as the contact, or whoever the index knows: who is there changes with the day.
        `clarifiers` are what may be asked back, `replies` the keys of what was asked and answered before.
        """
        text = bound(text)
        if not any(letter.isalnum() for letter in text):
            return None
        whole, text = text, wants.problem(text)
        spoken = language(text, lang if lang in LANGUAGES else "de")
        raw = {encoder.name: encoder.encode_questions([text])[0] for encoder in self.encoders}
        means = {encoder.name: mean_of(encoder) for encoder in self.encoders}
        signal = signals.read(text, raw, self.encoders, self.folder)
        urgent = emergency.urgent(whole, signal.urgent if signal else None)
        word = silent.alone(whole)
        asker = enquirers.told(whole, enquirers.read(text, raw, self.encoders, self.folder))
        question = self.words[spoken].read(text, themes=(EMERGENCY_THEME,) if urgent else ())
        asked = {name: q - means[name] for name, q in raw.items()}
        scores = {"words": self.words[spoken].score(question)}
        scores |= {name: self._similar(name, q) for name, q in asked.items()}
        alike, said = self.routed.cosines(question, asked), self.sampled.hear(text, raw)
        seeks = wants.Want.PROVIDER in wants.of(whole)
        who = asker.kind if asker.is_clear or not word else rules.kind(whole)
        signalled = signal.outside if signal else None
        back = [(one, reply) for key, reply in replies for one in clarifiers if one.key == key]
        heard = Heard(
            kind=who,
            introduced=asker.is_clear,
            urgent=urgent,
            outside=rules.out_of_scope(whole, who, signalled, said=asker.is_clear, asks_who_builds=seeks),
            one_word=bool(word),
            # One word is a topic of ours, or it is anything: "Rechnung" is said in all of them.
            names=bool(word) and (rules.names_thing(word) or self.words[spoken].names(word)),
            silent=silent.says_nothing(whole),
            understood=question.understood,
            linked=bool(question.linked),
            known=question.known,
            unread=not (raw or question.terms or question.linked),
            answered=self.routed.answered(alike) or said.answered,
            replied=any(one.reply(reply) for one, reply in back),
        )
        found = verdict(heard)
        chances = self._topics(question, scores, alike, spoken, said)
        if found.vague:
            chances = clarifying.doubted(chances)
        chances = clarifying.answered(chances, back, self.topics)
        order = sorted(range(len(self.topics)), key=lambda i: (-chances[i], self.topics[i]))
        topics = tuple(
            TopicMatch(self.topics[i], self._firsts[self._topic_rows[i]].partner, round(float(chances[i]), 4))
            for i in order
        )
        is_unsure = found.in_scope and unsure(heard, [topic.score for topic in topics])
        offers: tuple[OfferMatch, ...] = ()
        contact, ask = None, None
        if found.in_scope:
            total = self._totals(scores, self.routed.offers(alike), chances, said, back)
            held = np.flatnonzero(self._over > now)
            near = self._near(chances, said, back)
            told = {**said.told, **self.routed.told(alike)}
            offers = self._offers(question, total, held, near, told, lang, spoken, limit)
            contact = self._contact(scores, order, people)
            if not urgent and clarifiers:
                sums = {self.keys[self._offer_rows[i]]: float(total[i]) for i in held}
                given = [one.key for one, _ in back]
                ask = clarifying.chosen(clarifiers, chances, self.topics, sums, given, unsure=is_unsure)
                ask = clarifying.shortened(ask, [self.topics[i] for i in order]) if ask else None
        similar = self.routed.similar(alike)
        return Match(
            found.in_scope, urgent, str(found.kind), topics, offers, contact, is_unsure, similar, ask, asker.is_clear
        )

    def clarifiers(self) -> tuple[Clarifier, ...]:
        """What to ask back where the centre wrote nothing: the topics' everyday words."""
        variants = {slug: self._variants[row] for slug, row in zip(self.topics, self._topic_rows, strict=True)}
        return clarifying.derived(
            {slug: {lang: sayings(one.everyday_words) for lang, one in of.items()} for slug, of in variants.items()}
        )

    def _similar(self, name: str, asked: np.ndarray) -> np.ndarray:
        """Similarity (entries,): the best language variant of each entry."""
        best = np.full(len(self.keys), -np.inf, np.float32)
        np.maximum.at(best, self._row, self.vectors[name].dot(asked))
        return best

    def _topics(
        self,
        question: Question,
        scores: dict[str, np.ndarray],
        alike: np.ndarray,
        lang: str,
        said: Said,
    ) -> np.ndarray:
        """Chance of each topic (topics,), sums to one."""
        total = np.zeros(len(self.topics))
        if not self.topics:
            return total
        weights = self._of_topics
        for name, score in scores.items():
            near = self._of_main_topics(score[self._offer_rows])
            weight = weights.words if name == "words" else weights.encoder
            total += weight * (spread(near) + spread(score[self._topic_rows]))
        total += weights.leaning * spread(self._leaning(question, lang))
        total += weights.learned * said.topics + weights.learned_offers * self._of_main_topics(said.offers)
        cases = self.routed.topics(alike, self._number)  # what somebody routed counts before what somebody wrote
        total += EXAMPLE * (cases + (1 - cases.max()) * said.near_topics)
        chances = np.exp(TOPIC_SHARPNESS * (total - total.max()))
        return chances / chances.sum()

    def _of_main_topics(self, offers: np.ndarray) -> np.ndarray:
        """Of each topic (topics,) the mean of the best offers that have it as their main one; `offers` (offers,)."""
        return np.array([self._best(offers[places]) for places in self._main_places])

    def _leaning(self, question: Question, lang: str) -> np.ndarray:
        """How far the question's terms belong to offers of one topic rather than to all (topics,)."""
        words = self.words[lang]
        leaning = np.zeros(len(self.topics))
        for term, weight in question.weighted().items():
            rows, gains = words.rows[term], words.gains[term]
            mass = gains @ self._mains[rows]
            if mass.sum() > 0:
                leaning += weight * float(gains.max()) * (mass / (mass.sum() + LEANING_DOUBT) - self._prior)
        return leaning

    @staticmethod
    def _best(scores: np.ndarray) -> float:
        if scores.size > NEIGHBOURS:
            scores = np.partition(scores, -NEIGHBOURS)[-NEIGHBOURS:]
        return float(scores.mean(dtype=np.float64)) if scores.size else 0.0

    def _totals(
        self,
        scores: dict[str, np.ndarray],
        taught: Mapping[tuple[str, str], float],
        chances: np.ndarray,
        said: Said,
        replies: Sequence[tuple[Clarifier, str]],
    ) -> np.ndarray:
        """What speaks for each offer (offers,), summed up."""
        rows = self._offer_rows
        total, weight = self._learned_weight * spread(said.offers), self._weight
        for name, score in scores.items():
            total += weight * (OFFER_WORDS if name == "words" else OFFER_ENCODER) * spread(score[rows])
        if self.topics:
            total += OFFER_TOPIC * spread((self._shares @ chances)[rows])
        for key in (taught.keys() | said.near_offers.keys()) & self._offer_places.keys():
            closeness = max(taught.get(key, 0.0), said.near_offers.get(key, 0.0))
            total[self._offer_places[key]] += EXAMPLE_OFFER * closeness
        meant = {slug for asked, key in replies if (reply := asked.reply(key)) for slug in reply.offers}
        total += clarifying.REPLY_OFFER * np.array([self.keys[row] in meant for row in rows], float)
        total += clarifying.REPLY_TOPIC * (self._shares @ clarifying.leaning(replies, self.topics))[rows]
        return np.round(total, TOTAL_DIGITS)

    def _near(self, chances: np.ndarray, said: Said, replies: Sequence[tuple[Clarifier, str]]) -> np.ndarray:
        """Which offers (offers,) something speaks for besides that there are no others: their topic, what sample
        questions taught, or what was replied."""
        if not self.topics or replies:
            return np.ones(len(self._offer_rows), bool)
        of_topics = (self._shares @ chances)[self._offer_rows]
        return (of_topics >= NEAR_TOPIC * chances.max()) | (said.lifts >= NEAR_LEARNED)

    def _offers(
        self,
        question: Question,
        total: np.ndarray,
        held: np.ndarray,
        near: np.ndarray,
        told: Mapping[tuple[str, str], ReasonKind],
        lang: str,
        spoken: str,
        limit: int,
    ) -> tuple[OfferMatch, ...]:
        """The best of the offers at the places `held`, without those that are not `near` and share no word either."""
        rows = self._offer_rows
        top = best(total, held, limit, name=lambda i: self.keys[rows[i]])
        reasons = {i: self._why(question, int(rows[i]), lang, spoken, told.get(self._key(rows[i]))) for i in top}
        top = [i for i in top if near[i] or any(reason.kind != "topic" for reason in reasons[i])]
        sure = {i: 1 / (1 + math.exp(-OFFER_SLOPE * (float(total[i]) - OFFER_MIDDLE))) for i in top}
        why = told_apart([reasons[i] for i in top], [self._topic_reason(int(rows[i]), lang) for i in top])
        return tuple(
            OfferMatch(self.keys[rows[i]], self._firsts[rows[i]].kind, round(sure[i], 4), said)
            for i, said in zip(top, why, strict=True)
        )

    def _key(self, row: int) -> tuple[str, str]:
        return self._firsts[row].kind, self.keys[row]

    def _why(self, question: Question, row: int, lang: str, spoken: str, told: ReasonKind | None) -> tuple[Reason, ...]:
        """At most two reasons: what examples told, shared words, else linked words, else the topic with what the offer
        is about."""
        shared, linked = self.words[spoken].shared(question, row)
        linked = [(said, offered) for said, offered in linked if said not in shared[:3]]
        reasons = [Reason(told)] if told else []
        if shared:
            reasons.append(Reason("word", tuple(shared[:3])))
        if linked and lang == spoken:
            reasons.append(Reason("related", linked[0]))
        if not shared:
            reasons.append(self._topic_reason(row, lang))
        return tuple(reasons[:2])

    def _topic_reason(self, row: int, lang: str) -> Reason:
        document = self._variants[row].get(lang) or self._firsts[row]
        slug = document.topics[0] if document.topics else ""
        title = slug
        if slug in self._number:
            variants = self._variants[self._topic_rows[self._number[slug]]]
            title = (variants.get(lang) or next(iter(variants.values()))).title
        return Reason("topic", (title, *sayings(document.everyday_words)[:2]))

    def _contact(self, scores: dict[str, np.ndarray], order: list[int], people: Collection[str] | None) -> str | None:
        """The person for the main topic whose field is nearest; people who have it first go first."""
        rows = self._contact_rows
        if people is not None:
            rows = np.array([row for row in rows if self.keys[row] in people], np.int32)
        if not rows.size:
            return None
        total = np.zeros(len(rows))
        for score in scores.values():
            total += spread(score[rows])
        if order:
            total += 10.0 * self._shares[rows, order[0]]
        return min(zip(-np.round(total, TOTAL_DIGITS), [self.keys[row] for row in rows], strict=True))[1]
