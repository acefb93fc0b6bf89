"""Lists that tell who was there: of a meeting online, and the one that those present signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record


class Source(models.TextChoices):
    """Whose list of those who were there online it is."""

    ZOOM = "zoom", "Zoom"
    TEAMS = "teams", "Microsoft Teams"
    BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"
    WEBEX = "webex", "Webex"
    SHEET = "sheet", _("Tabelle")


class PresenceList(Record):
    """A list of who was there online, as the meeting's program or a partner gave it. The same file twice is one."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="presence_lists")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=13, choices=Source.choices)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="presence_list_once")]


class Whose(models.TextChoices):
    """What somebody decided about a row of a list."""

    OPEN = "", _("offen")
    GUEST = "guest", _("ein Gast")
    NEW = "new", _("war nicht angemeldet")
    NOBODY = "nobody", _("kein Gast")


class PresenceRow(Record):
    """Somebody on such a list, their minutes summed over all times they came back. `seat` is whom it is taken for.

    `there` is said where a list knows no times, or by whoever was asked. Until one of both is known, `told` is what
    stands in the list instead, and nobody was there for 0 minutes.
    """

    presence_list = models.ForeignKey(PresenceList, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=160, blank=True)
    email = models.CharField(max_length=254, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    there = models.BooleanField(null=True, blank=True)
    told = models.CharField(max_length=80, blank=True, default="", db_default="")
    whose = models.CharField(max_length=6, choices=Whose.choices, blank=True, default=Whose.OPEN)
    seat = models.ForeignKey("events.Seat", models.PROTECT, null=True, blank=True, related_name="presence_rows")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["presence_list", "position"], name="presence_row_order"),
            models.CheckConstraint(condition=~Q(whose="guest") | Q(seat__isnull=False), name="presence_row_has_guest"),
        ]


class SignedList(Record):
    """The scan of the list that those present signed: the proof behind the figures. Its file goes with the names."""

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="signed_lists")
    name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["id"]
