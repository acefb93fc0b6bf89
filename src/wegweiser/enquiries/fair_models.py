"""Business cards that somebody brought home from a fair or another occasion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import phones
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.kernel.records import Record


class Fair(Record):
    """An occasion from which somebody brought business cards home: said once for all of them."""

    title = models.CharField(max_length=120)
    day = models.DateField()
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="fairs")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="fairs")
    member = models.ForeignKey(Member, models.PROTECT, related_name="fairs")

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return self.title


class Card(Record):
    """One business card. It becomes a case, then somebody writes, calls or lets it be. It is no consent to anything."""

    class End(models.TextChoices):
        WRITTEN = "written", _("geschrieben")
        CALL = "call", _("auf der Anrufliste")
        NOTHING = "nothing", _("ohne Nachfassen")
        AGAIN = "again", _("beim Anliegen vermerkt")

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="cards")
    name = models.CharField(max_length=160, blank=True)
    firm = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    keyword = models.CharField(max_length=200, blank=True)
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Which known firm it is."
    )
    is_another = models.BooleanField(default=False, help_text="Somebody said that it is none of the known firms.")
    is_doubtful = models.BooleanField(default=False, help_text="It may be a known firm; nobody has said which.")
    case = models.ForeignKey("enquiries.Case", models.SET_NULL, null=True, blank=True, related_name="cards")
    draft = models.TextField(blank=True, help_text="The follow-up as somebody changed it.")
    end = models.CharField(max_length=8, choices=End.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(settled_at=None) & Q(end="")) | (Q(settled_at__isnull=False) & ~Q(end="")),
                name="card_settled_pair",
            ),
        ]

    @property
    def words(self) -> str:
        """Whose card it is."""
        known = ", ".join(filter(None, [self.name, self.firm])) or self.email or phones.shown(self.phone)
        return known or str(_("Noch nicht abgetippt"))

    @property
    def is_named(self) -> bool:
        return bool(self.name or self.firm)

    @property
    def is_whole(self) -> bool:
        """Whether enough is typed for a case: whose it is, and a way to reach them. Until then a photo will do.

        Where no such way stands on it, somebody has to say so: `crossings.fairs.take`.
        """
        return self.is_named and bool(self.email or self.phone)
