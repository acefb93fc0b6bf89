"""Who may enter the workspace of a firm, and who asks to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record


class Right(models.TextChoices):
    """How much of the firm's workspace somebody sees; each more than the one before."""

    OWN = "own", _("sieht nur die eigenen Anliegen")
    ALL = "all", _("sieht alles")
    PERSONS = "persons", _("sieht alles und verwaltet die Personen")


class Access(Record):
    """A person may enter the workspace of a firm. `evidence` says why we believe that they belong there."""

    class Evidence(models.TextChoices):
        ADVISER = "adviser", _("vom Zentrum bestätigt")
        OWN_DOMAIN = "own_domain", _("vom Zentrum bestätigt, Adresse des Betriebs")
        MAIL_DOMAIN = "mail_domain", _("E-Mail-Adresse gehört zum Betrieb")
        INVITED = "invited", _("vom Betrieb eingeladen")

    person = models.ForeignKey("companies.Person", models.CASCADE, related_name="accesses")
    company = models.ForeignKey("companies.Company", models.PROTECT, related_name="accesses")
    right = models.CharField(max_length=8, choices=Right.choices, default=Right.OWN)
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    given_by = models.CharField(max_length=90)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ["person__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "company"], condition=Q(ended_at=None), name="access_open_once"),
            models.CheckConstraint(
                condition=(Q(ended_at=None) & Q(ended_by="")) | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="access_ended_pair",
            ),
        ]

    def may(self, right: str) -> bool:
        """Whether this access reaches as far as `right`."""
        ladder = list(Right.values)
        return ladder.index(self.right) >= ladder.index(right)


class AccessRequest(Record):
    """Somebody asks to enter a firm's workspace. Until somebody says yes it changes nothing about any firm."""

    class State(models.TextChoices):
        STARTED = "started", _("Adresse noch nicht bestätigt")
        ASKED = "asked", _("wartet")
        GRANTED = "granted", _("zugelassen")
        REFUSED = "refused", _("abgelehnt")

    state = models.CharField(max_length=8, choices=State.choices, default=State.STARTED)
    email = models.EmailField()
    language = models.CharField(max_length=2, default="de")
    name = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    firm = models.CharField(max_length=200, blank=True, help_text="As they wrote it.")
    postcode = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=90, blank=True)
    access = models.ForeignKey(Access, models.SET_NULL, null=True, blank=True, related_name="requests")

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["state", "asked_at"], name="access_request_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="started") | (Q(asked_at__isnull=False)), name="access_request_asked_at"
            ),
            models.CheckConstraint(
                condition=(Q(decided_at=None) & Q(decided_by="")) | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="access_request_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["started", "asked"], decided_at=None)
                | Q(state__in=["granted", "refused"], decided_at__isnull=False),
                name="access_request_decided",
            ),
        ]
