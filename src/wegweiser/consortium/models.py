"""The centre and those who carry it. Nothing about a particular centre is in the code; `init` loads it from a file."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import SortKeyField
from wegweiser.kernel.translated import TranslatedField

EMPTY_LIST = models.Value([], models.JSONField())


class Dated(models.Model):
    """Something that holds from a day up to and including a day; without an end it still holds."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def on(day: object) -> Q:
        """The condition that a row holds on `day`."""
        return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


class Centre(Record):
    """The one centre of this installation."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    slug = models.SlugField(max_length=80)
    name = TranslatedField()
    claim = TranslatedField(blank=True)
    about = TranslatedField(blank=True)
    eligibility = TranslatedField(blank=True)
    region = models.CharField(max_length=80)
    land = models.CharField(max_length=2, help_text="The Land whose public holidays count, such as ST.")
    time_zone = models.CharField(max_length=40, default="Europe/Berlin")
    seat = models.CharField(max_length=80)
    email = models.EmailField()
    phone = models.CharField(max_length=40)
    office_hours = models.JSONField(default=list, help_text='[{"weekdays": ["mon"], "from": "08:30", "to": "16:30"}]')
    closed_days = models.JSONField(
        default=list, db_default=EMPTY_LIST, help_text='[{"from": "2026-12-24", "to": "2027-01-01"}], or MM-DD: yearly'
    )
    answer_within_working_days = models.PositiveSmallIntegerField(default=2)
    remind_working_days_before = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="Before a first answer is due; 0 is the day itself."
    )
    escalate_working_days_after = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="After a first answer was due."
    )
    most_invitations_per_month = models.PositiveSmallIntegerField(
        default=2, db_default=2, help_text="To one person, over all events."
    )
    max_employees = models.PositiveIntegerField(null=True, help_text="Eligible up to this headcount; empty: no limit.")
    texts = models.JSONField(default=dict, help_text="Texts of the site, each translated.")
    look = models.JSONField(default=dict, help_text="Design tokens that differ from the house's own.")
    emergency = models.JSONField(default=dict, help_text="Numbers for an IT emergency, with the day they were checked.")
    loaded_on = models.DateField(help_text="Day of the first load; the dates of the model data count from here.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(singleton=True), name="centre_is_one")]

    def __str__(self) -> str:
        return str(self.name)


class Partner(Record):
    """An institute that carries the centre."""

    key = models.SlugField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = TranslatedField()
    short_name = models.CharField(max_length=80)
    sort_key = SortKeyField(source="short_name")
    profile = TranslatedField(blank=True)
    city = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True, default="", db_default="")
    outdated = models.JSONField(default=list, db_default=EMPTY_LIST, help_text="Fields whose English is older.")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.short_name


class Topic(Record):
    """A field of work the centre answers for."""

    key = models.SlugField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = TranslatedField()
    summary = TranslatedField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.title)


class PartnerRole(Record, Dated):
    """What a partner is in the consortium, and when: lead, topic owner, site, associated."""

    class Kind(models.TextChoices):
        LEAD = "lead", "lead"
        TOPIC = "topic", "topic owner"
        SITE = "site", "site"
        ASSOCIATED = "associated", "associated"

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="owners")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="role_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(Q(kind="topic") & Q(topic__isnull=False)) | (~Q(kind="topic") & Q(topic=None)),
                name="role_topic_only_for_owners",
            ),
            models.UniqueConstraint(
                fields=["partner", "kind", "topic", "valid_from"], nulls_distinct=False, name="role_once"
            ),
        ]


NAMELESS = "Ehemalige Ansprechperson"  # a stored value: who it was is forgotten


class Member(Record):
    """Somebody who works for the centre, shown as a contact person. `staff_number` is all that figures know of them."""

    staff_number = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    sort_key = SortKeyField()
    position = TranslatedField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list)
    expertise = TranslatedField(blank=True)
    topics = models.ManyToManyField(Topic, related_name="members")
    is_public = models.BooleanField(
        default=True, db_default=True, help_text="Named on the website, as long as a role makes a contact of them."
    )
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="member")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; `rights` says what that means."""

    ADVISER = "adviser", _("Ansprechperson")
    MANAGEMENT = "management", _("Geschäftsstelle")
    EDITOR = "editor", _("Redaktion")
    CHECK_IN = "check_in", _("Einlass")
    REVIEWER = "reviewer", _("Gutachten")
    FUNDER = "funder", _("Zuwendungsgeber")
    ADMINISTRATOR = "administrator", _("Administration")


class Membership(Record, Dated):
    """A member's role at a partner, with dates. The funder and the administrator belong to no partner."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="membership_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | Q(role__in=["funder", "administrator"]),
                name="membership_needs_partner",
            ),
            models.UniqueConstraint(
                fields=["member", "partner", "role", "valid_from"], nulls_distinct=False, name="membership_once"
            ),
        ]


class Departure(Record):
    """That somebody leaves after `last_day`, and who takes over. Carried out once that day is over; open until then.

    `heirs` names an heir for a group of work ("cases:<partner>") or for one thing ("item:<uuid>"). `ends` keeps the
    ends the memberships had before, so that the plan can be called back.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="departures")
    last_day = models.DateField()
    heir = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="inheritances")
    heirs = models.JSONField(default=dict, help_text="{group of work: UUID of the heir}")
    ends = models.JSONField(default=dict, help_text="{UUID of a membership: its end before, or null}")
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=40, blank=True, help_text="Why it could not be carried out.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(done_at=None), name="departure_open_once"),
            models.CheckConstraint(condition=~Q(heir=F("member")), name="departure_to_another"),
        ]


class Absence(Record):
    """That somebody is not there up to and including a day, and who stands in. Why is nobody's business."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField(db_index=True)
    deputy = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("member")), name="absence_deputy_is_another"),
        ]


class Network(Record):
    """A partner network the centre exchanges offers and enquiries with. One that is withdrawn is shown nowhere."""

    slug = models.SlugField(max_length=80, unique=True)
    name = TranslatedField()
    sort_key = SortKeyField()
    scope = TranslatedField(blank=True)
    summary = TranslatedField(blank=True)
    refer_when = TranslatedField(blank=True)
    email = models.EmailField(
        blank=True, default="", db_default="", help_text="Where referrals go; shown to staff only."
    )
    website = models.URLField(blank=True, default="", db_default="")
    outdated = models.JSONField(default=list, db_default=EMPTY_LIST, help_text="Fields whose English is older.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return str(self.name)


class Sector(models.Model):
    """An everyday sector as companies name it; WZ codes are facts of a company."""

    key = models.SlugField(max_length=40, primary_key=True)
    label = TranslatedField()
    sort_key = SortKeyField(source="label")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return str(self.label)


class SectorGroup(models.Model):
    """Several sectors under one word that people ask for, such as the crafts; a centre's file names them."""

    key = models.SlugField(max_length=40, primary_key=True)
    label = TranslatedField()
    sort_key = SortKeyField(source="label")
    note = TranslatedField(blank=True, help_text="What one has to know to read a figure about it.")
    sectors = models.JSONField(default=list, help_text="Keys of the sectors.")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return str(self.label)


class District(models.Model):
    """A district by its official key (AGS, five digits)."""

    ags = models.CharField(max_length=5, primary_key=True)
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    plate = models.CharField(max_length=3, blank=True)
    sort_key = SortKeyField()

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        """Its name, and what it is in the reader's language: files write "(kreisfreie Stadt)" behind cities."""
        return self.name.replace("(kreisfreie Stadt)", gettext("(kreisfreie Stadt)"))


class DistrictOutline(models.Model):
    """Where a district lies: its outline on the grid of the centre's map, and its middle in degrees."""

    district = models.OneToOneField(District, models.CASCADE, primary_key=True, related_name="outline")
    path = models.TextField(help_text="SVG path data on a grid that is `width` times `height`.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    x = models.PositiveSmallIntegerField(help_text="Where its name may stand.")
    y = models.PositiveSmallIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()


class Settlement(models.Model):
    """A place that visitors may name, in the region or near it. All of them come from the centre's file."""

    name = models.CharField(max_length=80)
    district = models.ForeignKey(District, models.CASCADE, null=True, blank=True, related_name="settlements")
    area = models.CharField(max_length=80, blank=True, help_text="Tells it apart where it lies in no district of ours.")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    postcodes = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]


class Region(models.Model):
    """Another name for districts that visitors may look for, such as `Ostfriesland`; a centre's file says them."""

    name = models.CharField(max_length=80, primary_key=True)
    districts = models.JSONField(default=list, help_text="AGS of the districts.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Loaded(models.Model):
    """What a row was when a centre's file was loaded: a row that differs from it was changed by somebody and stays."""

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=250, help_text="SHA-256 of the key in the file.")
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_once")]
