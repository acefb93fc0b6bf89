"""A picture with what it needs to be shown, and an upload that is only ever downloaded.

A picture never changes: another crop or other words are another picture.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import Translated, TranslatedField


class Ratio(models.TextChoices):
    """The shapes a picture is cut to; `sides` are width and height."""

    WIDE = "16:9", _("breit, 16:9")
    PLAIN = "4:3", _("höher, 4:3")

    @property
    def sides(self) -> tuple[int, int]:
        width, height = self.value.split(":")
        return int(width), int(height)


class Focus(models.TextChoices):
    """What stays in the picture when it is cut; `share` is how far from left and top, 0 to 1."""

    TOP_LEFT = "top-left", _("oben links")
    TOP = "top", _("oben")
    TOP_RIGHT = "top-right", _("oben rechts")
    LEFT = "left", _("links")
    CENTRE = "centre", _("Mitte")
    RIGHT = "right", _("rechts")
    BOTTOM_LEFT = "bottom-left", _("unten links")
    BOTTOM = "bottom", _("unten")
    BOTTOM_RIGHT = "bottom-right", _("unten rechts")

    @property
    def share(self) -> tuple[float, float]:
        across = 0.0 if "left" in self.value else 1.0 if "right" in self.value else 0.5
        down = 0.0 if "top" in self.value else 1.0 if "bottom" in self.value else 0.5
        return across, down


class Picture(Record):
    """An uploaded picture: its whole, without what the camera wrote into it, and how it is to be shown."""

    digest = models.CharField(max_length=64, help_text="SHA-256 of the whole as it is stored.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = TranslatedField(help_text="What one sees, for those who do not.")
    credit = models.CharField(max_length=120, blank=True, help_text="Who made it.")
    licence = models.CharField(max_length=60, blank=True)
    ratio = models.CharField(max_length=4, choices=Ratio.choices, default=Ratio.WIDE)
    focus = models.CharField(max_length=12, choices=Focus.choices, default=Focus.CENTRE)
    owner = models.UUIDField(null=True, blank=True, db_index=True, help_text="The partner it belongs to.")
    unused_since = models.DateField(null=True, blank=True, help_text="The day on which nothing showed it any more.")

    def __str__(self) -> str:
        return str(Translated(self.alt))


class Rendition(models.Model):
    """The picture in one size, ready to be sent. Only those that are `shown` may ever be public."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")
    shown = models.BooleanField(default=True, help_text="Cut to its shape; else the whole, to choose the cut by.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["-shown", "width"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "shown", "width"], name="rendition_once"),
        ]


class Scan(models.TextChoices):
    """What the virus scanner said."""

    UNSCANNED = "unscanned", _("nicht auf Viren geprüft")
    CLEAN = "clean", _("auf Viren geprüft")
    INFECTED = "infected", _("enthält einen Virus")
    STUMBLED = "stumbled", _("nicht auf Viren geprüft")  # once, which may have been its own fault
    FAILED = "failed", _("ließ sich nicht auf Viren prüfen")


class Withheld(models.TextChoices):
    """Why the content of an upload was not kept."""

    DANGEROUS = "dangerous", _("Dateien dieser Art nehmen wir nicht an")
    TOO_LARGE = "too_large", _("zu groß")
    TOO_MANY = "too_many", _("zu viele Dateien")
    INFECTED = "infected", _("enthält einen Virus")


class Upload(Record):
    """A file that somebody sent, with what it says it is and what it looks like. It belongs to one record.

    Whoever may read that record may download it; nobody else, and nobody may open it in place.
    """

    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the content.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    name = models.CharField(max_length=160, help_text="As it was sent, without a path.")
    declared_type = models.CharField(max_length=100, blank=True)
    sniffed_type = models.CharField(max_length=100, blank=True, help_text="By its first bytes.")
    owner_kind = models.CharField(max_length=40)
    owner_uuid = models.UUIDField(db_index=True)
    scan = models.CharField(max_length=9, choices=Scan.choices, default=Scan.UNSCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    withheld = models.CharField(max_length=9, choices=Withheld.choices, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["scan", "withheld"], name="upload_to_scan")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scan="unscanned", scanned_at=None)
                | (~models.Q(scan="unscanned") & models.Q(scanned_at__isnull=False)),
                name="upload_scanned_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(scan="infected") | ~models.Q(withheld=""), name="upload_infected_is_withheld"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_offered(self) -> bool:
        """Whether it may be downloaded: kept, and found clean; without a scanner, if one can look into it."""
        may = self.scan == Scan.CLEAN or (not settings.CLAMD and self.scan != Scan.FAILED)
        return not self.withheld and may

    @property
    def is_refused(self) -> bool:
        """Whether nobody could look into it: who needs it may have it, and is told so first."""
        return not self.withheld and self.scan == Scan.FAILED and not self.is_offered

    @property
    def words(self) -> str:
        """What one has to know about it, in the reader's language."""
        if self.withheld:
            return str(self.get_withheld_display())
        if self.scan in {Scan.UNSCANNED, Scan.STUMBLED} and settings.CLAMD:
            return str(_("wird gerade auf Viren geprüft"))
        return str(self.get_scan_display())
