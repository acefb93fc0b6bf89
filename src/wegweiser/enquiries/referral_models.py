"""A case that was passed on to somebody outside, with the consent of who asked, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import EMPTY_LIST, Member, Network, Partner
from wegweiser.kernel.records import Record


class Referral(Record):
    """To whom a case was passed on, what of it, and in which words who asked agreed to that."""

    class Passed(models.TextChoices):
        """What may be passed on; nothing else is."""

        NAME = "name", _("Name")
        FIRM = "firm", _("Betrieb")
        PHONE = "phone", _("Telefon")
        EMAIL = "email", _("E-Mail")
        QUESTION = "question", _("Anliegen im Wortlaut")

    class Way(models.TextChoices):
        PHONE = "phone", _("am Telefon")
        COUNTER = "counter", _("persönlich")
        MAIL = "mail", _("per E-Mail oder Brief")

    class Outcome(models.TextChoices):
        HELPED = "helped", _("dort wurde geholfen")
        RUNNING = "running", _("dort in Arbeit")
        DECLINED = "declined", _("dort ging es nicht")
        UNKNOWN = "unknown", _("nichts mehr gehört")

    case = models.ForeignKey("enquiries.Case", models.CASCADE, related_name="referrals")
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="referrals")
    recipient = models.CharField(max_length=160, help_text="The network or centre, as it was called then.")
    recipient_mail = models.EmailField(blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="referrals")
    member = models.ForeignKey(Member, models.PROTECT, related_name="referrals")
    passed = models.JSONField(default=list, db_default=EMPTY_LIST, help_text="Keys of Passed.")
    message = models.TextField(blank=True)
    consent_text = models.TextField(help_text="The words that were agreed to.")
    consent_version = models.CharField(max_length=40)
    consent_by = models.CharField(max_length=160, blank=True)
    consent_way = models.CharField(max_length=8, choices=Way.choices)
    consent_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When the consent was withdrawn.")
    withdrawn_by = models.CharField(max_length=90, blank=True, default="", db_default="")
    note = models.OneToOneField(
        "enquiries.Contribution", models.SET_NULL, null=True, blank=True, related_name="referral"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(outcome_on=None)) | (~Q(outcome="") & Q(outcome_on__isnull=False)),
                name="referral_outcome_pair",
            ),
            models.CheckConstraint(
                condition=(Q(withdrawn_at=None) & Q(withdrawn_by=""))
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="referral_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient

    @property
    def passed_words(self) -> str:
        return ", ".join(str(self.Passed(key).label) for key in self.passed)
