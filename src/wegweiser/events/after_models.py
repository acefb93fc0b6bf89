"""What guests are told around an event, and what they say about it afterwards."""

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import TranslatedField


class Moment(models.TextChoices):
    """The mails that hang on the time of an event. With the confirmation nobody gets more than three of them."""

    REMINDER = "reminder", _("Erinnerung")
    THANKS = "thanks", _("Dank an alle, die da waren")
    MISSED = "missed", _("An alle, die nicht kamen")


class Notice(Record):
    """How an event deviates from what is usual for one of its mails. Without a row the usual holds.

    `hours` counts from the beginning (reminder: before it) or from the end; without it the usual working day.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="notices")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    is_on = models.BooleanField()
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    words = TranslatedField(blank=True, help_text="Instead of the paragraph in the middle.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "moment"], name="notice_once")]


class NoticeSent(Record):
    """Somebody was told, once. `answers` counts what they said about the event, without saying what or when."""

    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="notices")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    answers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "moment"], name="notice_sent_once")]


class Told(models.TextChoices):
    """What all guests are told: the letter of the same name."""

    MOVED = "event_moved", _("anderer Tag oder Ort")
    CANCELLED = "event_cancelled", _("abgesagt")


class News(Record):
    """A change that all guests of an event hear of, in the order they registered; up to `reached` they have.

    `before` is what they knew until then of day and place, and when each slot began. `last` is who registered last
    before it: who came later knows. A change that comes in between ends this one: those it did not reach hear of both
    at once. What one action changed at several dates is `shared`: a guest of several of them gets one letter, and their
    registrations that `reached` has not come to stand in `ahead`.
    """

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="news")
    what = models.CharField(max_length=15, choices=Told.choices)
    before = models.JSONField(default=dict)
    last = models.BigIntegerField(help_text="The key of a registration.")
    reached = models.BigIntegerField(default=0, help_text="The key of a registration.")
    guests = models.PositiveIntegerField(help_text="Registrations that shall hear of it.")
    told = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    shared = models.UUIDField(null=True, blank=True, help_text="What one action changed at several dates.")
    ahead = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="Keys of registrations after `reached` that heard of it with another date.",
    )

    class Meta:
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(ended_at=None), name="news_one_at_a_time"),
        ]


class Feedback(Record):
    """What a guest said about an event. Nothing leads from here to who it was: `recorded_at` is a day, no moment."""

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="feedback")
    useful = models.PositiveSmallIntegerField(null=True, blank=True)
    recommend = models.PositiveSmallIntegerField(null=True, blank=True)
    missing = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(useful=None) | Q(useful__range=(1, 5)), name="feedback_useful"),
            models.CheckConstraint(
                condition=Q(recommend=None) | Q(recommend__range=(0, 10)), name="feedback_recommend"
            ),
            models.CheckConstraint(
                condition=Q(useful__isnull=False) | Q(recommend__isnull=False) | ~Q(missing=""),
                name="feedback_says_something",
            ),
        ]
