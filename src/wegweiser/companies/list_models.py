"""Lists of firms that were imported, what came of their rows, and what a person has to decide about them."""

from bisect import bisect_right
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record


class BroughtList(Record):
    """A list that somebody brought: where it stands, who takes it over since when, and why that failed."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("hochgeladen")
        ORDERED = "ordered", _("wird übernommen")
        TAKING = "taking", _("wird gerade übernommen")
        DONE = "done", _("übernommen")
        FAILED = "failed", _("nicht übernommen")
        UNDONE = "undone", _("zurückgenommen")

    OPEN = (State.UPLOADED, State.FAILED)  # may be corrected, taken over, dropped

    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="Since when somebody takes it over.")
    failure = models.CharField(max_length=60, blank=True, help_text="The code of why it was not taken over.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=90, blank=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()
    rows: models.Manager[Any]

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class FirmList(BroughtList):
    """A list of firms that somebody brought. Its content is kept until it is imported, for a few days at most."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file.")
    content = models.BinaryField(null=True, help_text="The file, compressed.")
    mapping = models.JSONField(default=dict, help_text="{number of a column: field}")
    facts_since = models.DateField(
        null=True, blank=True, help_text="Since when what it tells holds, where a row does not say it."
    )
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=90)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(undone_at=None) & Q(undone_by="")) | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="firm_list_undone_pair",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> int:
        """Lines above the first row of data, blank ones of a CSV not counted."""
        return int(self.counts.get("above", 1))

    def line(self, row: int) -> int:
        """As which row of the file a spreadsheet shows a row of data; it shows the blank lines of a CSV, too."""
        return row + self.above + bisect_right(self.counts.get("blank", []), row)


class ListRow(Record):
    """A row of a list and the company it tells of: where it came from, and what nobody has verified."""

    source = models.ForeignKey(FirmList, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    company = models.ForeignKey("companies.Company", models.PROTECT, related_name="list_rows")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what the row says.")
    first_contact = models.DateField(null=True, blank=True)
    more = models.JSONField(default=dict, help_text="What a company has no field for: further numbers and addresses.")
    unverified = models.JSONField(default=list, help_text="[column, reason, what stands there]")
    did = models.JSONField(null=True, help_text="What the row changed, by names and UUIDs; null: nobody wrote it down.")
    remark = models.TextField(blank=True)
    held = models.CharField(max_length=10, blank=True, help_text="Why a person has to look at it.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ["source", "row"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(settled_at=None) & Q(settled_by="")) | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="list_row_settled_pair",
            )
        ]

    @property
    def changes(self) -> dict[str, Any]:
        """What it changed: made, filled (fields), and UUIDs: merges, facts, person, position."""
        return self.did or {}

    @property
    def line(self) -> int:
        return self.source.line(self.row)

    @property
    def told(self) -> str:
        """All that somebody has to read who looks at the row: its remark, and wishes from elsewhere in it."""
        return "\n".join(filter(None, (self.remark, self.more.get("asides", ""))))


class Doubt(Record):
    """Two rows that may be one firm. Who decides that they are two is never asked again."""

    one = models.ForeignKey("companies.Company", models.CASCADE, related_name="+")
    other = models.ForeignKey("companies.Company", models.CASCADE, related_name="+")
    evidence = models.JSONField(default=list)
    weight = models.FloatField(default=0)
    later_until = models.DateField(null=True, blank=True)
    apart_at = models.DateTimeField(null=True, blank=True)
    apart_by = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ["-weight", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="doubt_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="doubt_in_order"),
            models.CheckConstraint(
                condition=(Q(apart_at=None) & Q(apart_by="")) | (Q(apart_at__isnull=False) & ~Q(apart_by="")),
                name="doubt_apart_pair",
            ),
        ]


class ColumnNames(Record):
    """What the columns of a set of headers mean, as somebody corrected it."""

    headers_key = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField(default=dict, help_text="{number of a column: field}")
    by = models.CharField(max_length=90)
