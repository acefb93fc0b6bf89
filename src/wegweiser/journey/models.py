"""What happened, and what is planned. A step is never changed: a mistake is corrected by a reversing step."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.list_models import BroughtList
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Partner, Topic
from wegweiser.kernel.records import Record


class Format(models.TextChoices):
    """The chain of transfer; a dated file says which format counts for which indicator."""

    INFORM = "inform", _("Informieren")
    DEMONSTRATE = "demonstrate", _("Zeigen")
    QUALIFY = "qualify", _("Qualifizieren")
    CONCEPT = "concept", _("Konzept")
    IMPLEMENT = "implement", _("Umsetzen")
    REFER = "refer", _("Weitervermitteln")


class Recipient(models.TextChoices):
    """Who was served when it was no company."""

    PUBLIC_BODY = "public_body", _("öffentliche Stelle")
    MULTIPLIER = "multiplier", _("Multiplikator")
    GROUP = "group", _("Gruppe")


class Step(Record):
    """One thing that happened. Append-only by trigger on both databases; no served person is part of it."""

    day = models.DateField(db_index=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="steps")
    other_recipient = models.CharField(max_length=12, choices=Recipient.choices, blank=True)
    occasion_kind = models.CharField(max_length=30)
    occasion_uuid = models.UUIDField()
    contacts_without_firm = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=12, choices=Format.choices)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="steps")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="steps")
    grant = models.SlugField(max_length=80, blank=True, help_text="The grant's slug; grants live upstairs.")
    aid = models.DecimalField(max_digits=10, decimal_places=2, default=0, help_text="EUR by the dated price list.")
    aid_basis = models.CharField(max_length=40, blank=True)
    measures = models.JSONField(default=dict)
    source_kind = models.CharField(max_length=40)
    source_uuid = models.UUIDField()
    source_role = models.CharField(max_length=30)
    source_round = models.PositiveIntegerField(default=0, help_text="How often this source was reversed before.")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    class Meta:
        ordering = ["day", "id"]
        indexes = [
            models.Index(fields=["grant", "day"], name="step_grant_day"),
            models.Index(fields=["company", "day"], name="step_company_day"),
            models.Index(fields=["occasion_kind", "occasion_uuid"], name="step_occasion"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_uuid", "source_role", "source_round"],
                condition=Q(reverses=None),
                name="step_source_once",
            ),
            models.CheckConstraint(condition=Q(company=None) | Q(other_recipient=""), name="step_one_recipient"),
            models.CheckConstraint(condition=Q(aid=0) | ~Q(aid_basis=""), name="step_aid_has_basis"),
            models.CheckConstraint(
                condition=Q(company__isnull=False) | ~Q(other_recipient="") | Q(contacts_without_firm__gt=0),
                name="step_served_somebody",
            ),
        ]


class Reversal(Record):
    """Why a step was taken back. Beside the steps, because its words may name somebody and then have to go."""

    step = models.OneToOneField(Step, models.PROTECT, related_name="reversal", help_text="The reversing step.")
    reason = models.CharField(max_length=300, blank=True)


class Contribution(models.Model):
    """Hours of one adviser in a step. Removing who it was (`staff_number`) leaves the partner's hours."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="contributions")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    staff_number = models.UUIDField(null=True, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gte=0), name="contribution_not_negative")]


class Doer(models.TextChoices):
    """Whose turn it is."""

    COMPANY = "company", _("Betrieb")
    CENTRE = "centre", _("Zentrum")
    BOTH = "both", _("gemeinsam")


class PlannedStep(Record):
    """The future half: what a company and the centre agreed on as next."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="planned_steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True, default="", db_default="", help_text="What the centre adds.")
    doer = models.CharField(
        max_length=8, choices=Doer.choices, default=Doer.COMPANY, db_default=Doer.COMPANY.value, help_text="Whose turn."
    )
    entry = models.UUIDField(null=True, blank=True, help_text="The catalogue entry it leads to.")
    due_on = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True, default="", db_default="", help_text="What the company adds.")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=90, blank=True, default="", db_default="")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="planned")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    reminded_for = models.DateField(null=True, blank=True, help_text="The due day that was reminded of last.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["company", "position"], name="planned_order"),
            models.CheckConstraint(condition=Q(step=None) | Q(done_at__isnull=False), name="planned_step_is_done"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(dropped_at=None), name="planned_done_or_dropped"),
            models.CheckConstraint(condition=Q(done_at__isnull=False) | Q(done_by=""), name="planned_done_by_somebody"),
        ]

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None


class PlanReader(Record):
    """Somebody who reads the plan of a firm by a link of their own; without a person it is the firm itself."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="plan_readers")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="plan_readers")
    reminders_since = models.DateTimeField(null=True, blank=True, help_text="Since when they asked to be reminded.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "person"], name="plan_reader_once"),
            models.UniqueConstraint(fields=["company"], condition=Q(person=None), name="plan_reader_firm_once"),
        ]


class PlanReminder(Record):
    """A reader was reminded of something that falls due, for the day that it was set to."""

    reader = models.ForeignKey(PlanReader, models.CASCADE, related_name="reminders")
    planned = models.ForeignKey(PlannedStep, models.CASCADE, related_name="reminders")
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "planned", "due_on"], name="plan_reminder_once")]


class AidReservation(Record):
    """Headroom that is held for a promise until the aid is granted (as a step) or the promise is dropped."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="aid_reservations")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    rule = models.CharField(max_length=40)
    expires_on = models.DateField()
    released_at = models.DateTimeField(null=True, blank=True)
    step = models.OneToOneField(Step, models.PROTECT, null=True, blank=True, related_name="reservation")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="reservation_positive"),
            models.CheckConstraint(
                condition=Q(step=None) | Q(released_at__isnull=False), name="reservation_granted_is_released"
            ),
        ]


class DeclaredAid(Record):
    """Aid that a company received elsewhere: by its own declaration, or found in the register."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="declared_aid")
    granted_on = models.DateField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    rule = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=[("declared", "declared"), ("register", "register")])
    granting_body = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="declared_aid_positive")]


# --- Lists of past contacts ----------------------------------------------------------------------------------------


class ContactList(BroughtList):
    """A list of past contacts that somebody brought. Its content is kept until it is taken over, a week at most."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file.")
    content = models.BinaryField(null=True, help_text="The file, compressed.")
    mapping = models.JSONField(default=dict, help_text="{number of a column: field}")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=90)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(undone_at=None) & Q(undone_by="")) | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="contact_list_undone_pair",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> int:
        """Rows of the file above its first row of data: what a spreadsheet counts and `row` does not."""
        return int(self.counts.get("above", 1))


class ContactWord(Record):
    """Which partner or topic a word of such lists means, as somebody said.

    Without a word: whose work it was, or what it was about, in lists with some headers where a row does not say.
    """

    headers_key = models.CharField(max_length=64, blank=True, help_text="Of a list without a word; else empty.")
    word = models.CharField(max_length=200, blank=True, help_text="As `sort_key` writes it.")
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=90)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["headers_key", "word"], condition=Q(topic=None), name="contact_word_of_partner_once"
            ),
            models.UniqueConstraint(
                fields=["headers_key", "word"], condition=Q(partner=None), name="contact_word_of_topic_once"
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=False, topic=None) | Q(partner=None, topic__isnull=False),
                name="contact_word_means_one",
            ),
            models.CheckConstraint(
                condition=(Q(headers_key="") & ~Q(word="")) | (~Q(headers_key="") & Q(word="")),
                name="contact_word_or_headers",
            ),
        ]


class ContactRow(Record):
    """A row of such a list: the step it became has its UUID as source, or it is `held` until somebody decides.

    Only a held row keeps what it says.
    """

    source = models.ForeignKey(ContactList, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what the row says.")
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="contact_rows")
    said = models.TextField(blank=True, help_text="JSON: {column: cell}")
    held = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=90, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    is_founder = models.BooleanField(default=False, db_default=False, help_text="Whether the row founded its firm.")

    class Meta:
        ordering = ["source", "row"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint"], condition=Q(undone_at=None), name="contact_row_once"),
            models.CheckConstraint(
                condition=(Q(settled_at=None) & Q(settled_by="")) | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="contact_row_settled_pair",
            ),
        ]
