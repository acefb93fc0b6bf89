"""How events are made in numbers: their dates in a row, and the words of what goes out about them."""

from django.db import models

from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import TranslatedField


class Series(Record):
    """Several dates of the same kind. Each is an event of its own; the series is what they share."""

    title = TranslatedField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return str(self.title)


class Wording(Record):
    """How an event deviates from the usual words of a text or paper about it. Without a row the usual ones hold.

    `kind` is a key of `events.papers`; in `words` stand placeholders, so that another day or room changes the text.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=20)
    words = TranslatedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="wording_once")]
