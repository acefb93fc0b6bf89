"""An event as its organisers and guests know it. What the public reads of it is its entry in the catalogue."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.models import Draft
from wegweiser.companies.models import Company
from wegweiser.kernel import clock
from wegweiser.kernel.lifecycle import Lifecycle
from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import SortKeyField
from wegweiser.kernel.translated import TranslatedField


class Listing(models.TextChoices):
    """What a registration for several names: each of them, or how many they are."""

    NAMES = "names", _("mit Namen")
    HEADS = "heads", _("nur die Anzahl")


class Way(models.TextChoices):
    """How one takes part; a pool of places is for one of them."""

    ON_SITE = "on_site", _("vor Ort")
    ONLINE = "online", _("online")


class Event(Record):
    """Registration for an event. Title, day, place, topics and partner stand in `draft` and in the entry it became.

    `told` is what guests were told of day and place; where the entry says something else since, they are told again.
    """

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="event")
    series = models.ForeignKey("Series", models.PROTECT, null=True, blank=True, related_name="events")
    planned_at = models.DateTimeField(null=True, blank=True, help_text="When the plan of its series lets it begin.")
    is_protected = models.BooleanField(
        default=False, db_default=False, help_text="A template that only who looks after all events changes."
    )
    listing = models.CharField(max_length=5, choices=Listing.choices, default=Listing.NAMES)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Without it one may register until it begins.")
    most_places = models.PositiveSmallIntegerField(default=5, help_text="In one registration.")
    opt_in = models.BooleanField(default=False, help_text="A mail address is confirmed before a place is.")
    waiting_list = models.BooleanField(default=True)
    fill = models.BooleanField(default=False, help_text="Who fits goes before a group that does not fit yet.")
    offer_hours = models.PositiveSmallIntegerField(
        default=24, help_text="So long a place that became free is kept for whoever is next; 0: they have it at once."
    )
    access = TranslatedField(blank=True, help_text="How one gets in with a wheelchair, a pram, a guide dog.")
    room = models.CharField(max_length=120, blank=True)
    join_link = models.URLField(max_length=500, blank=True, help_text="Only for who takes part online.")
    agenda = models.JSONField(default=list, help_text="[{at, title: {de, en}, speaker}], in the order of the day.")
    certificate_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    told = models.JSONField(default=dict)
    sequence = models.PositiveIntegerField(default=0, help_text="Grows with each change of day or place.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When attendance was written down for good.")
    followed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When all that follows from it stood in the histories; not yet while it goes on.",
    )
    least_share = models.PositiveSmallIntegerField(
        default=50, help_text="Per cent of its length that one has to be there online to have taken part."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most_places__gte=1), name="event_takes_somebody"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="event_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(least_share__gte=1, least_share__lte=100), name="event_least_share"),
        ]

    def __str__(self) -> str:
        return str(self.draft.title)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Pool(Record):
    """Places of one kind: on site, online, or one slot of a consultation day (`starts_at`, `ends_at`).

    Its capacity is the chairs and a set number beyond them, because some who register never come.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="pools")
    position = models.PositiveSmallIntegerField(default=0)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.ON_SITE)
    label = TranslatedField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    chairs = models.PositiveIntegerField()
    beyond = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="pool_order"),
            models.CheckConstraint(
                condition=(Q(starts_at=None) & Q(ends_at=None)) | Q(ends_at__gt=F("starts_at")),
                name="pool_slot_has_time",
            ),
        ]

    @property
    def capacity(self) -> int:
        return self.chairs + self.beyond


class State(models.TextChoices):
    PENDING = "pending", _("Adresse noch nicht bestätigt")
    ASKED = "asked", _("Adresse noch nicht bestätigt, dann Warteliste")
    CONFIRMED = "confirmed", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    OFFERED = "offered", _("Platz angeboten")
    CANCELLED = "cancelled", _("abgesagt")
    LAPSED = "lapsed", _("verfallen")


HOLDS = frozenset({State.PENDING, State.OFFERED, State.CONFIRMED})  # places that nobody else can have
ACTIVE = HOLDS | {State.ASKED, State.WAITING}
UNCONFIRMED = frozenset({State.PENDING, State.ASKED})  # whose address may be a stranger's: they hear once, no more
TOLD = ACTIVE - UNCONFIRMED  # who hears of what becomes of the event

LIFECYCLE = Lifecycle(
    State.values,
    [
        ("confirm", {State.PENDING, State.ASKED}, State.CONFIRMED),
        ("queue", {State.PENDING, State.ASKED}, State.WAITING),
        ("move_up", {State.WAITING}, State.CONFIRMED),
        ("offer", {State.WAITING}, State.OFFERED),
        ("accept", {State.OFFERED}, State.CONFIRMED),
        ("cancel", ACTIVE, State.CANCELLED),
        ("lapse", {State.PENDING, State.ASKED, State.OFFERED}, State.LAPSED),
    ],
)


class Registration(Record):
    """One or several people of one firm who want to come. `until` ends what is open: the address, or the offer."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="registrations")
    submission = models.UUIDField(unique=True, help_text="Of the form that sent it: a second click finds the first.")
    state = models.CharField(max_length=9, choices=State.choices)
    places = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    sort_key = SortKeyField(blank=True, db_default="", db_index=False)
    firm = models.CharField(max_length=200, blank=True, help_text="As the guest wrote it.")
    firm_key = SortKeyField(source="firm", blank=True, db_default="", db_index=False)
    postcode = models.CharField(max_length=5, blank=True)
    language = models.CharField(max_length=2, default="de")
    answers = models.JSONField(default=dict, help_text="{uuid of the question: answer}.")
    note = models.TextField(blank=True, help_text="What they want us to know, such as a ramp or an interpreter.")
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="registrations")
    multiplier = models.ForeignKey("Multiplier", models.PROTECT, null=True, blank=True, related_name="registrations")
    until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    preferred_at = models.DateTimeField(null=True, blank=True)
    preferred_by = models.CharField(max_length=90, blank=True)
    preferred_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    bundle = models.UUIDField(null=True, blank=True, help_text="What was registered with one form for several dates.")
    together = models.BooleanField(
        default=False, db_default=False, help_text="All dates of the bundle or none: who waits moves up at all at once."
    )
    by = models.CharField(max_length=90, help_text="Who registered them: they themselves, or somebody at the desk.")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["pool", "state"], name="registration_places"),
            models.Index(fields=["event", "email"], name="registration_same_person"),
            models.Index(fields=["until"], name="registration_until", condition=Q(until__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="registration_of_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "asked", "offered"]) | Q(until__isnull=False),
                name="registration_open_until",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="registration_waits_since"
            ),
            models.UniqueConstraint(
                fields=["bundle", "event"], name="registration_once_in_bundle", condition=Q(bundle__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(together=False) | Q(bundle__isnull=False), name="registration_together_in_bundle"
            ),
        ]

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def holds(self) -> bool:
        return self.state in HOLDS

    @property
    def is_erased(self) -> bool:
        """Whether it was forgotten who they were: nobody registers without a name."""
        return not self.name


class Presence(models.TextChoices):
    """What became of a place. Nothing is said until the day itself."""

    OPEN = "", _("noch offen")
    ATTENDED = "attended", _("teilgenommen")
    ABSENT = "absent", _("nicht gekommen")


class ToldBy(models.TextChoices):
    """Who said what became of a place. A list never overrules a door or a hand."""

    NOBODY = "", _("niemand")
    DOOR = "door", _("am Einlass")
    HAND = "hand", _("von Hand")
    LIST = "list", _("aus einer Liste")


class Seat(Record):
    """One place of a registration, and the ticket to it: its `uuid` stands in the QR code. The name may be unknown."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160, blank=True)
    sort_key = SortKeyField(blank=True, db_default="", db_index=False)
    presence = models.CharField(max_length=8, choices=Presence.choices, blank=True, default=Presence.OPEN)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrival = models.UUIDField(null=True, blank=True, help_text="The entry of the door that saw them.")
    told_by = models.CharField(
        max_length=4, choices=ToldBy.choices, blank=True, default=ToldBy.NOBODY, db_default=ToldBy.NOBODY
    )
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Over all lists that were taken over.")
    given_back_at = models.DateTimeField(null=True, blank=True, help_text="One of several could not come.")

    class Meta:
        ordering = ["registration", "position"]
        constraints = [models.UniqueConstraint(fields=["registration", "position"], name="seat_order")]


class Change(Record):
    """One row for each change of a registration's state: who moved up, when, and what lapsed.

    With the verb "places" it tells how many places became how many, and the state stayed what it was.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=12)
    source = models.CharField(max_length=9)
    target = models.CharField(max_length=9)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=90)


class QuestionKind(models.TextChoices):
    """What an answer to a question is."""

    TEXT = "text", _("kurzer Text")
    LONG_TEXT = "long_text", _("langer Text")
    YES_NO = "yes_no", _("ja oder nein")
    CHOICE = "choice", _("eines von mehreren")
    SEVERAL = "several", _("mehrere")
    NUMBER = "number", _("Zahl")
    CONSENT = "consent", _("Einwilligung")


class Question(Record):
    """What an event asks its guests. `shown_where` makes it depend on the answer to another one.

    `version` grows with its words, so that a consent can say which of them it was given to. One that is not asked any
    more stays, for the answers it has.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=9, choices=QuestionKind.choices)
    label = TranslatedField()
    hint = TranslatedField(blank=True)
    options = models.JSONField(default=list, blank=True, help_text="[{key, label: {de, en}}]")
    required = models.BooleanField(default=False)
    shown_where = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="depending")
    shown_answer = models.CharField(max_length=40, blank=True, help_text="yes, no, or the key of an option.")
    version = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(shown_where=None) & Q(shown_answer="")) | (~Q(shown_where=None) & ~Q(shown_answer="")),
                name="question_condition_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)


class Multiplier(Record):
    """Somebody who invites for us, such as a chamber, with a link of their own to one event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="multipliers")
    name = models.CharField(max_length=160)
    code = models.CharField(max_length=16, unique=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="multiplier_once")]

    def __str__(self) -> str:
        return self.name


class Certificate(Record):
    """That somebody took part, for so many hours. Its code can be checked by anybody who holds the paper."""

    seat = models.OneToOneField(Seat, models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=14, unique=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="certificate_of_some_time")]


# Modules of their own; Django finds models here.
from wegweiser.events.after_models import Feedback as Feedback  # noqa: E402
from wegweiser.events.after_models import Moment as Moment  # noqa: E402
from wegweiser.events.after_models import News as News  # noqa: E402
from wegweiser.events.after_models import Notice as Notice  # noqa: E402
from wegweiser.events.after_models import NoticeSent as NoticeSent  # noqa: E402
from wegweiser.events.appearance_models import Appearance as Appearance  # noqa: E402
from wegweiser.events.held_models import Forgetting as Forgetting  # noqa: E402
from wegweiser.events.invitation_models import Invitation as Invitation  # noqa: E402
from wegweiser.events.invitation_models import Invitee as Invitee  # noqa: E402
from wegweiser.events.plan_models import Joining as Joining  # noqa: E402
from wegweiser.events.plan_models import Series as Series  # noqa: E402
from wegweiser.events.plan_models import Wording as Wording  # noqa: E402
from wegweiser.events.presence_models import PresenceList as PresenceList  # noqa: E402
from wegweiser.events.presence_models import PresenceRow as PresenceRow  # noqa: E402
from wegweiser.events.presence_models import SignedList as SignedList  # noqa: E402
from wegweiser.events.presence_models import Source as Source  # noqa: E402
from wegweiser.events.presence_models import Whose as Whose  # noqa: E402
