"""Companies, their people, and facts about them that change over time.

Merging never rewrites references: a merged company keeps its rows and points to the survivor by `canonical`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, StrIndex, Substr
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import duplicates, profiles
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


class NameKeyField(models.CharField):
    """What two spellings of one firm's name share, made from the name whenever it is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = duplicates.name_key(getattr(model_instance, "name"))[: self.max_length]  # noqa: B009
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
        return profiles.town(text)


class AddressKeyField(_KeyField):
    source = "street"

    def made_of(self, text: str) -> str:
        return profiles.address_key(text)


class WebDomainField(_KeyField):
    source = "website"

    def made_of(self, text: str) -> str:
        return profiles.domain_of(text)


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
    is_sole_trader = models.BooleanField(default=False, help_text="Then the firm's name is personal data.")
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

    company = models.ForeignKey(Company, models.CASCADE, related_name="facts")
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

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("ein Unternehmen")
        PERSON = "person", _("eine Person")
        PUBLIC = "public", _("eine öffentliche Stelle")
        EXEMPT = "exempt", _("Wagniskapital, Hochschule, institutioneller Anleger oder kleine Gemeinde")

    company = models.ForeignKey(Company, models.CASCADE, related_name="shares")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    other = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="+")
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

    class Meta:
        ordering = ["-percent", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="share_is_a_share"),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=F("company")), name="share_of_another"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="share_ends_after_start"
            ),
        ]


class YearFigures(Record):
    """What a company says of one closing date. Never changed: of one year the row recorded last counts."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="year_figures")
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

    company = models.ForeignKey(Company, models.CASCADE, related_name="number_entries")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    before = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["-recorded_at", "-id"]


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


# --- Lists that were imported --------------------------------------------------------------------------------------


class FirmList(Record):
    """A list of firms that somebody brought. Its content is kept until it is imported, for a few days at most."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("hochgeladen")
        ORDERED = "ordered", _("wird übernommen")
        DONE = "done", _("übernommen")

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file.")
    content = models.BinaryField(null=True, help_text="The file, compressed.")
    mapping = models.JSONField(default=dict, help_text="{number of a column: field}")
    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    facts_since = models.DateField(
        null=True, blank=True, help_text="Since when what it tells holds, where a row does not say it."
    )
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=90)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> int:
        """Rows of the file above its first row of data: what a spreadsheet counts and `row` does not."""
        return int(self.counts.get("above", 1))


class ListRow(Record):
    """A row of a list and the company it tells of: where it came from, and what nobody has verified."""

    source = models.ForeignKey(FirmList, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    company = models.ForeignKey(Company, models.PROTECT, related_name="list_rows")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what the row says.")
    first_contact = models.DateField(null=True, blank=True)
    more = models.JSONField(default=dict, help_text="What a company has no field for: further numbers and addresses.")
    unverified = models.JSONField(default=list, help_text="[column, reason, what stands there]")
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


class Doubt(Record):
    """Two rows that may be one firm. Who decides that they are two is never asked again."""

    one = models.ForeignKey(Company, models.CASCADE, related_name="+")
    other = models.ForeignKey(Company, models.CASCADE, related_name="+")
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


# --- Who may enter the workspace of a firm -------------------------------------------------------------------------


class Right(models.TextChoices):
    """How much of the firm's workspace somebody sees; each more than the one before."""

    OWN = "own", _("sieht nur die eigenen Anliegen")
    ALL = "all", _("sieht alles")
    PERSONS = "persons", _("sieht alles und verwaltet die Personen")


class Access(Record):
    """A person may enter the workspace of a firm. `evidence` says why we believe that they belong there."""

    class Evidence(models.TextChoices):
        ADVISER = "adviser", _("vom Zentrum bestätigt")
        MAIL_DOMAIN = "mail_domain", _("E-Mail-Adresse gehört zum Betrieb")
        INVITED = "invited", _("vom Betrieb eingeladen")

    person = models.ForeignKey(Person, models.CASCADE, related_name="accesses")
    company = models.ForeignKey(Company, models.PROTECT, related_name="accesses")
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


# A module of its own; Django finds models here.
from wegweiser.companies.consent_models import ConsentRequest as ConsentRequest  # noqa: E402
