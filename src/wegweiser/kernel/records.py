"""What every stored row has: a bigint inside the house, a UUID for everything that leaves it."""

import uuid

from django.db import models

from wegweiser.kernel import clock


class Record(models.Model):
    """The base of every table that something outside may point to."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
