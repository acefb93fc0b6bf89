"""What counts how much for a topic: words, encoders, and what sample questions taught."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """What counts how much for a topic."""

    words: float
    encoder: float  # each
    leaning: float
    learned: float = 0.0
    learned_offers: float = 0.0  # the mean of what was learnt of its best offers


UNTAUGHT_TOPICS = Weights(words=0.76, encoder=0.42, leaning=0.76)
WITHOUT_ENCODERS = Weights(words=0.4, encoder=0.0, leaning=0.4, learned=12.0)
# The most likely ones for 3,043 sample questions whose three writers had taught nothing yet. Words say nothing more.
TAUGHT_TOPICS = Weights(words=0.0, encoder=0.03, leaning=0.25, learned=4.3, learned_offers=25.4)
