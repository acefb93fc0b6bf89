"""How events are made in numbers: their dates in a row, and the words of what goes out about them."""

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import TranslatedField


class Joining(models.TextChoices):
    """How guests register for a series: date by date, as they like, or for all that is still to come at once."""

    SINGLE = "single", _("jeden Termin einzeln")
    CHOICE = "choice", _("einen, mehrere oder alle Termine")
    WHOLE = "whole", _("nur die ganze Reihe")


class Series(Record):
    """Several dates of the same kind. Each is an event of its own; the series is what they share."""

    title = TranslatedField()
    common = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="{part: fingerprint} of what its dates share, see `events.sharing`.",
    )
    earlier = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="{part: {key of a date: fingerprint}} where a date was left out of a change that others share.",
    )
    joining = models.CharField(
        max_length=6, choices=Joining.choices, default=Joining.CHOICE, db_default=Joining.CHOICE.value
    )

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
