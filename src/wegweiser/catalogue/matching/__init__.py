"""Which topic, offer and person fit a question in everyday words. Pure: knows nothing of Django."""

from . import threads  # noqa: F401  before numpy
from .clarifying import Clarifier, Reply
from .documents import Document, Example
from .encoders import E5, Encoder, NoEncoder, UniversalSentenceEncoder
from .engine import Index
from .found import Match, OfferMatch, TopicMatch
from .learned import FORM as LEARNED_FORM
from .learned import Learned, fit
from .learned import from_bytes as learned_from_bytes
from .lending import Borrowed
from .phrases import Reason, sayings, sentence
from .shipped import Shipped
from .silent import says_nothing
from .text import bound
from .vectors import Packed, pack, unpack

__all__ = [
    "E5",
    "LEARNED_FORM",
    "Borrowed",
    "Clarifier",
    "Document",
    "Encoder",
    "Example",
    "Index",
    "Learned",
    "Match",
    "NoEncoder",
    "OfferMatch",
    "Packed",
    "Reason",
    "Reply",
    "Shipped",
    "TopicMatch",
    "UniversalSentenceEncoder",
    "bound",
    "fit",
    "learned_from_bytes",
    "pack",
    "sayings",
    "says_nothing",
    "sentence",
    "unpack",
]
