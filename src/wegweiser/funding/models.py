"""Grants and what they ask for."""

from django.db import models
from django.db.models import F, Q

from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import TranslatedField


class Grant(Record):
    """Money from a funder for a period; steps name it by its slug."""

    slug = models.SlugField(max_length=80, unique=True)
    title = TranslatedField()
    funder = TranslatedField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, help_text="EUR")
    starts_on = models.DateField()
    ends_on = models.DateField()
    logo_line = TranslatedField(blank=True, help_text="The line the notice prescribes on every public page.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start")]

    def __str__(self) -> str:
        return str(self.title)


class Target(Record):
    """What the work plan promises for one indicator over the whole grant."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="targets")
    indicator = models.SlugField(max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "indicator"], name="target_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
        ]


class OpeningBalance(Record):
    """What was reached before the steps begin, where its lists are lost: a figure the management answers for.

    Never changed: the row recorded last counts for its grant and indicator, and a value of nought takes it away.
    """

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="opening_balances")
    indicator = models.SlugField(max_length=60)
    value = models.PositiveIntegerField()
    day = models.DateField(help_text="The day up to which it was reached.")
    reason = models.CharField(max_length=300, help_text="What the figure rests on.")
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opening_balance_has_reason")]


class OwnDeadline(Record):
    """A day the centre set itself, beside those the funder asks for (`deadlines.toml`)."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="own_deadlines")
    title = models.CharField(max_length=120)
    day = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "title", "day"], name="own_deadline_once"),
            models.CheckConstraint(condition=~Q(title=""), name="own_deadline_has_title"),
        ]

    def __str__(self) -> str:
        return self.title
