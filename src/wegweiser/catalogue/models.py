"""One row per thing the centre or one of its networks offers."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue import times
from wegweiser.consortium.models import District, Member, Partner, Sector, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.lifecycle import Lifecycle
from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import SortKeyField
from wegweiser.kernel.translated import TranslatedField

HERE = "here"


class Kind(models.TextChoices):
    EVENT = "event", "event"
    DEMONSTRATOR = "demonstrator", "demonstrator"
    LIGHTHOUSE_PROJECT = "lighthouse_project", "lighthouse project"
    CHECK = "check", "check"
    TOOL = "tool", "tool"
    CONTACT = "contact", "contact person"
    TOPIC = "topic", "topic"
    PROGRAMME = "programme", "funding programme"
    GUIDE = "guide", "guide"
    VIDEO = "video", "video"
    NEWS = "news", "news"
    NETWORK = "network", "network"
    EXTERNAL = "external", "offer of another place"


class Attendance(models.TextChoices):
    ON_SITE = "on_site", _("vor Ort")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("vor Ort und online")


class Availability(models.TextChoices):
    OPEN = "open", _("Plätze frei")
    WAITING = "waiting", _("Warteliste")
    FULL = "full", _("ausgebucht")
    PAST = "past", _("vorbei")
    CANCELLED = "off", _("abgesagt")


class Change(models.Model):
    """Hands out the number in `Entry.changed`: one row, locked by each writer, so the number only grows."""

    last = models.PositiveBigIntegerField(default=0)


class Entry(Record):
    """An offer. Search, matching, lists, feeds, the API and the exchange with networks read only this table."""

    origin = models.CharField(max_length=60, default=HERE)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=120)
    title = TranslatedField()
    sort_key = SortKeyField(source="title")
    summary = TranslatedField(blank=True)
    text = TranslatedField(blank=True)
    topics = models.ManyToManyField(Topic, through="EntryTopic", related_name="entries")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="entries")
    supporting_partners = models.ManyToManyField(Partner, related_name="supported_entries")
    contact = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="entries")
    format = models.CharField(max_length=60, blank=True)
    attendance = models.CharField(max_length=8, choices=Attendance.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="entries")
    starts_at = models.DateTimeField(null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    languages = models.JSONField(default=list)
    sectors = models.ManyToManyField(Sector, related_name="entries")
    target_group = TranslatedField(blank=True)
    everyday_words = TranslatedField(blank=True, help_text="The problems it solves, as those say it who have them.")
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True, help_text="EUR; 0 is free.")
    image = models.CharField(max_length=200, blank=True)
    availability = models.CharField(max_length=8, choices=Availability.choices, default=Availability.OPEN)
    details = models.JSONField(default=dict, help_text="What only this kind has, as its duty publishes it.")
    licence = models.CharField(max_length=60, blank=True)
    source_url = models.URLField(blank=True)
    changed = models.PositiveBigIntegerField(
        unique=True, help_text="Grows with every change; feeds ask for what came since."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, help_text="Of what was published: the same again changes nothing.")

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "kind", "slug"], name="entry_key"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="entry_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="entry_price_not_negative"),
        ]
        indexes = [models.Index(fields=["image"], name="entry_image", condition=~Q(image=""))]

    def __str__(self) -> str:
        return str(self.title)

    def is_over(self, *, now: dt.datetime | None = None) -> bool:
        return self.availability == Availability.PAST or times.is_over(self.starts_at, self.ends_at, now=now)


class EntryTopic(models.Model):
    """The topics of an entry in their order; the first is the main one."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="topic_rows")
    topic = models.ForeignKey(Topic, models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "topic"], name="entry_topic_once"),
            models.UniqueConstraint(fields=["entry", "position"], name="entry_topic_order"),
        ]


class EntryVector(models.Model):
    """An encoder's vector of an entry in one language: its scale (float32), then int8 numbers.

    Made again when the entry's text or the encoder changes. Vectors of two versions say nothing of each other.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="vectors")
    encoder = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    version = models.CharField(
        max_length=40,
        db_default="",
        default="",
        blank=True,
        help_text="Of the encoder; empty in older rows.",
    )
    text_hash = models.CharField(max_length=64)  # of the passage, the encoder and its version
    vector = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "encoder", "language"], name="vector_once")]


class Example(Record):
    """A routed case without a person's data: the next similar question profits. Erased by its source.

    `read` is False where it was learnt from what somebody did with a case and nobody has read the text yet: then it is
    shown nowhere but at the case. With an `entry` it is none that somebody asked: an editor wrote down what people say
    who need this offer.
    """

    text = models.TextField()
    topics = models.JSONField(default=list, help_text="Slugs, the main one first.")
    offers = models.JSONField(default=list, help_text="UUIDs of the entries that helped.")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="examples", help_text="Who taught it."
    )
    read = models.BooleanField(default=True, db_default=True)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="sample_questions")
    source_kind = models.CharField(max_length=40)
    source_uuid = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_kind", "source_uuid"], name="example_once")]


class ExampleVector(models.Model):
    """An encoder's vector of an example, as float32: a fresh process need not encode all of them before it answers."""

    example = models.ForeignKey(Example, models.CASCADE, related_name="vectors")
    encoder = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    vector = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["example", "encoder"], name="example_vector_once")]


class LearnedWeights(models.Model):
    """What the centre's sample questions taught (`matching.learned`): one row, replaced as a whole."""

    source = models.CharField(max_length=64)  # of the questions and the versions of the encoders
    weights = models.BinaryField()


class DraftState(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    CHANGED = "changed", _("geändert, noch nicht veröffentlicht")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


DRAFTING = Lifecycle(
    DraftState.values,
    [
        ("write", {DraftState.DRAFT, DraftState.WITHDRAWN}, DraftState.DRAFT),
        ("change", {DraftState.PUBLISHED, DraftState.CHANGED}, DraftState.CHANGED),
        ("publish", {DraftState.DRAFT, DraftState.CHANGED, DraftState.WITHDRAWN}, DraftState.PUBLISHED),
        ("discard", {DraftState.CHANGED}, DraftState.PUBLISHED),
        ("withdraw", {DraftState.PUBLISHED, DraftState.CHANGED}, DraftState.WITHDRAWN),
        ("drop", {DraftState.DRAFT}, DraftState.DRAFT),
    ],
)


class Draft(Record):
    """One of our entries as editors work on it. An entry nobody edited has none; what is published stands in `Entry`.

    `content` is the whole entry as a document (`catalogue.content`); the columns beside it are read by lists.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=120)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFT)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, blank=True, related_name="draft")
    content = models.JSONField(default=dict)
    outdated = models.JSONField(default=list, help_text="Names of fields whose German changed after their English.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every write; who saves names the one read.")
    title = TranslatedField()
    sort_key = SortKeyField(source="title")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="drafts")
    contact = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="drafts")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    lacks_english = models.BooleanField(default=False)
    is_template = models.BooleanField(
        default=False, db_default=False, help_text="A pattern that others are made from; it is never published itself."
    )
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="draft_key"),
            models.CheckConstraint(condition=Q(state="draft") | Q(entry__isnull=False), name="draft_of_an_entry"),
            models.CheckConstraint(condition=Q(is_template=False) | Q(entry=None), name="draft_template_stays_inside"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Published(Record):
    """What was published once, to look at and to bring back. Rows change only to forget who is erased."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="published")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=120)
    content = models.JSONField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="published_once")]


class FormerSlug(models.Model):
    """Where an entry could be found before: that address leads to the new one for ever."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=120)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_once")]
