"""What counts how much for a topic: words, encoders, and what sample questions taught."""

from dataclasses import astuple, dataclass

# Sample questions from which they alone decide what counts how much for a topic; an offer has fewer of its own.
ENOUGH, ENOUGH_FOR_OFFERS = 300, 1_000


@dataclass(frozen=True)
class Weights:
    """What counts how much for a topic."""

    words: float
    encoder: float  # each
    leaning: float
    learned: float = 0.0
    learned_offers: float = 0.0  # the mean of what was learnt of its best offers

    def towards(self, other: "Weights", share: float) -> "Weights":
        """Between these (share 0) and `other` (share 1)."""
        return Weights(*(a * (1 - share) + b * share for a, b in zip(astuple(self), astuple(other), strict=True)))


UNTAUGHT_TOPICS = Weights(words=0.76, encoder=0.42, leaning=0.76)
WITHOUT_ENCODERS = Weights(words=0.4, encoder=0.0, leaning=0.4, learned=12.0)
# The most likely ones for 3,043 sample questions whose three writers had taught nothing yet. Words say nothing more.
TAUGHT_TOPICS = Weights(words=0.0, encoder=0.03, leaning=0.25, learned=4.3, learned_offers=25.4)


def of_topics(questions: int, *, encoders: bool) -> Weights:
    """The weights where that many sample questions have taught (decision 63)."""
    return UNTAUGHT_TOPICS.towards(TAUGHT_TOPICS if encoders else WITHOUT_ENCODERS, min(questions / ENOUGH, 1.0))


def of_offers(questions: int) -> float:
    """How far that many replace what words and encoders say of offers, 0 to 1."""
    return min(questions / ENOUGH_FOR_OFFERS, 1.0)
