"""Companies and their people. Facts about them that change over time are in `fact_models`.

Merging never rewrites references: a merged company keeps its rows and points to the survivor by `canonical`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, StrIndex, Substr
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import keys
from wegweiser.companies.linkage.row import page_addresses, written_addresses
from wegweiser.consortium.models import EMPTY_LIST, Dated, Topic
from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import SortKeyField

NAME_KEY = 250


class Channel(models.TextChoices):
    """How somebody wants to be reached; it binds every sender."""

    MAIL = "mail", _("E-Mail")
    PHONE = "phone", _("Telefon")
    LETTER = "letter", _("Brief")
    NONE = "none", _("gar nicht")


# A channel that is closer to silence binds, whoever of several chose it.
STRICTEST = (Channel.NONE, Channel.PHONE, Channel.LETTER, Channel.MAIL)


class NameKeyField(models.CharField):
    """What two spellings of one firm's name share, made from the name whenever it is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = keys.name_key(getattr(model_instance, "name"))[: self.max_length]  # noqa: B009
        setattr(model_instance, self.attname, key)
        return key


class _KeyField(models.CharField):
    """What spellings of one value share, made from it whenever it is saved."""

    source: ClassVar[str]

    def made_of(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.made_of(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class TownKeyField(_KeyField):
    source = "place"

    def made_of(self, text: str) -> str:
        return written_addresses.town(text)


class AddressKeyField(_KeyField):
    source = "street"

    def made_of(self, text: str) -> str:
        return written_addresses.address_key(text)


class WebDomainField(_KeyField):
    source = "website"

    def made_of(self, text: str) -> str:
        return page_addresses.domain_of(text)


class Company(Record):
    """A firm, known by its name or by a cover name until it says who it is."""

    MADE_FROM: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ("sort_key", "name_key"),
        "place": ("town_key",),
        "street": ("address_key",),
        "website": ("web_domain",),
    }

    name = models.CharField(max_length=200)
    sort_key = SortKeyField()
    name_key = NameKeyField(max_length=NAME_KEY, editable=False, default="", db_default="")
    is_cover_name = models.BooleanField(default=False)
    is_sole_trader = models.BooleanField(
        null=True,
        blank=True,
        help_text="Then the firm's name is its owner's and goes with them; empty where nobody has said it.",
    )
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    mail_domain = models.GeneratedField(
        expression=Lower(Substr("email", StrIndex("email", Value("@")) + 1)),
        output_field=models.CharField(max_length=254),
        db_persist=True,
    )
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    website = models.URLField(blank=True)
    town_key = TownKeyField(max_length=60, editable=False, default="", db_default="")
    address_key = AddressKeyField(max_length=20, editable=False, default="", db_default="")
    web_domain = WebDomainField(max_length=200, editable=False, default="", db_default="")
    vat_id = models.CharField(
        max_length=14, blank=True, default="", db_default="", help_text="With a right check digit."
    )
    register_entry = models.CharField(max_length=60, blank=True, default="", db_default="")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    restricted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since then the name is kept for a proof alone, and found by nobody."
    )
    canonical = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["phone"], name="company_phone"),
            models.Index(fields=["place"], name="company_place"),
            models.Index(fields=["name_key"], name="company_name_key"),
            models.Index(fields=["mail_domain"], name="company_mail_domain"),
            models.Index(Lower("email"), name="company_mail_lower"),
            models.Index(fields=["web_domain"], name="company_web_domain"),
            models.Index(fields=["town_key", "name_key", "address_key"], name="company_town_name"),
            models.Index(fields=["postcode", "name_key", "address_key"], name="company_postcode_name"),
            models.Index(fields=["canonical"], condition=Q(canonical__isnull=False), name="company_merged"),
            models.Index(fields=["vat_id"], name="company_vat_id"),
            models.Index(fields=["register_entry"], name="company_register"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="company_has_name"),
            models.CheckConstraint(
                condition=Q(canonical=None) | ~Q(canonical=F("id")), name="company_not_own_survivor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """What is made from a field is stored with it."""
        if update_fields is not None:
            asked = list(update_fields)
            update_fields = [*asked, *(key for field in asked for key in self.MADE_FROM.get(field, ()))]
        super().save(*args, update_fields=update_fields, **kwargs)


class Merge(Record):
    """`loser` is the same firm as `survivor`; undoing it gives `loser` its own life back, with all that hung on it."""

    loser = models.ForeignKey(Company, models.PROTECT, related_name="+")
    survivor = models.ForeignKey(Company, models.PROTECT, related_name="+")
    by = models.CharField(max_length=90)
    evidence = models.JSONField(default=list, db_default=EMPTY_LIST, help_text="Why, where an import decided.")
    filled = models.JSONField(
        default=list, db_default=EMPTY_LIST, help_text="Fields that were blank at the survivor and came from the loser."
    )
    channel_before = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        help_text="What the survivor had chosen, where the loser's stricter channel took its place.",
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=90, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(loser=F("survivor")), name="merge_of_two"),
            models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(
                condition=(Q(undone_at=None) & Q(undone_by="")) | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="merge_undone_pair",
            ),
        ]


class Person(Record):
    """Somebody at a company, or a person without one."""

    name = models.CharField(max_length=160)
    sort_key = SortKeyField()
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    language = models.CharField(max_length=2, default="de")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.MAIL)
    restricted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since then name and mail are kept for a proof alone, and found by nobody."
    )

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["email"], name="person_mail"),
            models.Index(Lower("email"), name="person_mail_lower"),
        ]

    def __str__(self) -> str:
        return self.name


class Position(Record, Dated):
    """A person works for a company."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    company = models.ForeignKey(Company, models.PROTECT, related_name="positions")
    function = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "company", "valid_from"], name="position_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="position_ends_after_start"
            ),
        ]


class Consent(Record):
    """A consent as it was given: for what, in which words, by which channel; and its withdrawal.

    `asked_at` is when it was asked for, where it was given by the link of a mail. Without `topics` it is for all.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.SlugField(max_length=40)
    text_version = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    words = models.TextField(blank=True, default="", db_default="", help_text="What they agreed to, as they read it.")
    language = models.CharField(max_length=2, blank=True, default="", db_default="")
    by = models.CharField(max_length=90, blank=True, default="", db_default="", help_text="Who wrote it down.")
    evidence = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Where the signed paper lies."
    )
    topics = models.ManyToManyField(Topic, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="consent_withdrawn_later"
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_open_once"
            ),
        ]


# Modules of their own; Django finds models here.
from wegweiser.companies.access_models import Access as Access  # noqa: E402
from wegweiser.companies.access_models import AccessRequest as AccessRequest  # noqa: E402
from wegweiser.companies.access_models import Right as Right  # noqa: E402
from wegweiser.companies.consent_models import ConsentRequest as ConsentRequest  # noqa: E402
from wegweiser.companies.fact_models import ContactEntry as ContactEntry  # noqa: E402
from wegweiser.companies.fact_models import Fact as Fact  # noqa: E402
from wegweiser.companies.fact_models import NumberEntry as NumberEntry  # noqa: E402
from wegweiser.companies.fact_models import Share as Share  # noqa: E402
from wegweiser.companies.fact_models import Size as Size  # noqa: E402
from wegweiser.companies.fact_models import YearFigures as YearFigures  # noqa: E402
from wegweiser.companies.list_models import ColumnNames as ColumnNames  # noqa: E402
from wegweiser.companies.list_models import Doubt as Doubt  # noqa: E402
from wegweiser.companies.list_models import FirmList as FirmList  # noqa: E402
from wegweiser.companies.list_models import ListRow as ListRow  # noqa: E402
