"""That somebody decided that the names of an event's guests are not needed any more, before their term was over."""

from django.db import models
from django.db.models import Q

from wegweiser.kernel.records import Record


class Forgetting(Record):
    """Ordered once per event and done in portions; `rows` is how many rows were emptied so far."""

    event = models.OneToOneField("events.Event", models.CASCADE, related_name="forgetting")
    by = models.CharField(max_length=90)
    rows = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="forgetting_open", condition=Q(finished_at=None))]
