"""Where we took part in what somebody else held: a talk, a panel, a stand. It is reach, and no firm counts by it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import District, Member, Partner, Topic
from wegweiser.kernel.lifecycle import Lifecycle
from wegweiser.kernel.records import Record


class Standing(models.TextChoices):
    """Whether an appearance counts."""

    RECORDED = "recorded", _("festgehalten")
    TAKEN_BACK = "taken_back", _("zurückgenommen")


LIFECYCLE = Lifecycle(Standing.values, [("take_back", {Standing.RECORDED}, Standing.TAKEN_BACK)])


class Appearance(Record):
    """What we did there, before how many people. `heads` belong to no firm; `firms` is what somebody guessed."""

    class Kind(models.TextChoices):
        TALK = "talk", _("Vortrag")
        PANEL = "panel", _("Podium")
        WORKSHOP = "workshop", _("Workshop")
        STAND = "stand", _("Stand")
        OTHER = "other", _("anderes")

    submission = models.UUIDField(unique=True, help_text="Of the form that sent it: a second click finds the first.")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=200, help_text="What we said or showed.")
    organiser = models.CharField(max_length=200)
    day = models.DateField(db_index=True)
    place = models.CharField(max_length=120, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="appearances")
    people = models.ManyToManyField(Member, blank=True, related_name="+", help_text="Who of us was there.")
    heads = models.PositiveIntegerField()
    firms = models.PositiveIntegerField(null=True, blank=True, help_text="Estimated; counts nowhere.")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=Standing.choices, default=Standing.RECORDED)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(heads__gte=1), name="appearance_before_somebody"),
            models.CheckConstraint(
                condition=Q(state="recorded", taken_back_at=None) | Q(state="taken_back", taken_back_at__isnull=False),
                name="appearance_taken_back_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        return self.state == Standing.RECORDED
