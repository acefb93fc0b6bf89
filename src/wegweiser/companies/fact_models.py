"""What is known of a company from a day on: facts, who holds shares of it, its figures, numbers of registers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record


class Fact(Record):
    """What was known of a company from a day on. The newest row valid on a day and recorded by a moment counts,
    so a frozen report stays what it was."""

    class Kind(models.TextChoices):
        SIZE = "size", "size class"
        SECTOR = "sector", "sector"
        DISTRICT = "district", "district (AGS)"
        OWNERSHIP = "ownership", "ownership"
        WZ = "wz", "WZ code with edition"
        CRAFT = "craft", "registered craft"

    class Origin(models.TextChoices):
        DECLARED = "declared", "the firm's own declaration"
        ADVISER = "adviser", "entered by an adviser"
        IMPORT = "import", "import"
        REGISTER = "register", "public register"

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict, help_text="Headcount, edition, shares: what the value was made from.")
    valid_from = models.DateField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    by = models.CharField(max_length=90)

    class Meta:
        indexes = [models.Index(fields=["company", "kind", "valid_from", "recorded_at"], name="fact_lookup")]


class Size(models.TextChoices):
    """Size classes by headcount (Recommendation 2003/361/EC)."""

    MICRO = "micro", _("1–9")
    SMALL = "small", _("10–49")
    MEDIUM = "medium", _("50–249")
    LARGE = "large", _("ab 250")


class Share(Record):
    """Who holds a share of a company, or what it holds of others; the other may be a company that is known here.

    Of one that is not known, its size stands here, from its consolidated accounts where there are any.
    """

    class Direction(models.TextChoices):
        OWNER = "owner", _("hält Anteile an diesem Betrieb")
        HOLDING = "holding", _("gehört zum Teil diesem Betrieb")
        SAME = "same", _("gehört denselben Leuten (gleicher oder benachbarter Markt)")  # stored with 100 percent

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("ein Unternehmen")
        PERSON = "person", _("eine Person")
        PUBLIC = "public", _("eine öffentliche Stelle")
        EXEMPT = "exempt", _("Wagniskapital, Hochschule, institutioneller Anleger oder kleine Gemeinde")

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="shares")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    other = models.ForeignKey("companies.Company", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    percent = models.DecimalField(max_digits=5, decimal_places=2, help_text="The higher of capital and votes.")
    controls = models.BooleanField(default=False, help_text="Control beside the share.")
    headcount = models.DecimalField(max_digits=9, decimal_places=1, null=True, blank=True)
    turnover = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="EUR")
    balance = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="EUR")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=90)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="It was never so, and counts on no day.")
    withdrawn_by = models.CharField(max_length=90, blank=True, default="", db_default="")
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-percent", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None) & Q(withdrawn_by=""))
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="share_withdrawn_pair",
            ),
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="share_is_a_share"),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=F("company")), name="share_of_another"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="share_ends_after_start"
            ),
        ]


class YearFigures(Record):
    """What a company says of one closing date. Never changed: of one year the row recorded last counts."""

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="year_figures")
    year = models.PositiveSmallIntegerField()
    headcount = models.DecimalField(max_digits=9, decimal_places=1, help_text="Annual work units.")
    turnover = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="EUR")
    balance = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="EUR")
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["year", "recorded_at", "id"]


class NumberEntry(Record):
    """A number of a register as it was said, with why it replaced the one before. The last one counts."""

    class Kind(models.TextChoices):
        VAT_ID = "vat_id", _("Umsatzsteuer-ID")
        REGISTER = "register_entry", _("Handelsregister")

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="number_entries")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    before = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["-recorded_at", "-id"]


class ContactEntry(Record):
    """What a firm is called or how one reaches it, put right by somebody; the firm's own row has the last one."""

    class Kind(models.TextChoices):
        NAME = "name", _("Name")
        STREET = "street", _("Straße und Hausnummer")
        POSTCODE = "postcode", _("Postleitzahl")
        PLACE = "place", _("Ort")
        PHONE = "phone", _("Telefon")
        EMAIL = "email", _("E-Mail")
        WEBSITE = "website", _("Internetseite")

    company = models.ForeignKey("companies.Company", models.CASCADE, related_name="contact_entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    before = models.CharField(max_length=254, blank=True)
    value = models.CharField(max_length=254, blank=True)
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["-recorded_at", "-id"]
