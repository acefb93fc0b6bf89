"""A case is one enquiry from the first sentence to its outcome, with everything that was said and promised."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import phones
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.enquiries import call_windows
from wegweiser.kernel.lifecycle import Lifecycle
from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import sort_key
from wegweiser.outbox.models import Letter


class State(models.TextChoices):
    NEW = "new", _("neu")
    TAKEN = "taken", _("in Arbeit")
    ANSWERED = "answered", _("beantwortet")
    CLOSED = "closed", _("abgeschlossen")


OPEN = frozenset({State.NEW, State.TAKEN, State.ANSWERED})
WAITING_FOR_US = frozenset({State.NEW, State.TAKEN})

LIFECYCLE = Lifecycle(
    State.values,
    [
        ("take", {State.NEW, State.TAKEN, State.ANSWERED}, State.TAKEN),
        ("hand_over", OPEN, State.NEW),
        ("answer", {State.NEW, State.TAKEN, State.ANSWERED}, State.ANSWERED),
        ("talk", WAITING_FOR_US, State.ANSWERED),
        ("close", OPEN, State.CLOSED),
        ("reopen", {State.CLOSED}, State.TAKEN),
        ("come_back", {State.CLOSED}, State.NEW),
        ("reply", {State.ANSWERED}, State.TAKEN),
        ("set_free", {State.ANSWERED, State.TAKEN}, State.NEW),  # they wrote, and who had it has left
    ],
)


class Enquirer(models.TextChoices):
    """Who asks; each is answered in a way of its own."""

    COMPANY = "company", _("Unternehmen")
    MULTIPLIER = "multiplier", _("Kammer, Verband oder Netzwerk")
    PRESS = "press", _("Presse")
    VENDOR = "vendor", _("Anbieter")
    STUDENT = "student", _("Studium oder Bewerbung")
    PUBLIC_BODY = "public_body", _("öffentliche Stelle")
    PRIVATE = "private", _("Privatperson")


class Matter(models.TextChoices):
    """What it is about at all: most want help, some tell us that our own pages do not work for them."""

    ENQUIRY = "enquiry", _("Anliegen")
    BARRIER = "barrier", _("Barriere gemeldet")


class Intake(models.TextChoices):
    WEB = "web", _("Website")
    PHONE = "phone", _("Telefon")
    COUNTER = "counter", _("persönlich")
    FAIR = "fair", _("Messe")
    MAIL = "mail", _("E-Mail")
    REFERRAL = "referral", _("Vermittlung")


class Outcome(models.TextChoices):
    HELPED = "helped", _("geholfen")
    REFERRED = "referred", _("weitervermittelt")
    NOTHING_OF_OURS = "nothing", _("dafür haben wir nichts")
    NOT_ELIGIBLE = "not_eligible", _("nicht unser Auftrag")
    SETTLED = "settled", _("hat sich erledigt")
    NO_ANSWER = "no_answer", _("nicht erreicht")
    DUPLICATE = "duplicate", _("doppelt")
    SPAM = "spam", _("keine Anfrage (Werbung, Spam)")


class Case(Record):
    """One enquiry. Its reference number opens nothing; links carry a token."""

    reference = models.CharField(max_length=12, unique=True)
    submission = models.UUIDField(unique=True, help_text="Of the form that sent it: a second click finds the first.")
    intake = models.CharField(max_length=10, choices=Intake.choices)
    matter = models.CharField(
        max_length=8, choices=Matter.choices, default=Matter.ENQUIRY, db_default=Matter.ENQUIRY.value
    )
    enquirer = models.CharField(max_length=12, choices=Enquirer.choices, default=Enquirer.COMPANY)
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="de")
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    firm = models.CharField(max_length=200, blank=True, help_text="As the enquirer wrote it.")
    call_window = models.CharField(max_length=60, blank=True, help_text="A key of call_windows, or free words.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="cases")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="cases")
    adviser = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="cases")
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="cases")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="cases")
    suggested = models.JSONField(default=dict, help_text="What matching said when the case came in.")
    answer_by = models.DateField(help_text="First answer due, in working days of the Land.")
    reply_by = models.DateField(
        null=True, blank=True, help_text="By when what they wrote last is answered; empty once it is."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="later", help_text="The case that it goes on from."
    )
    went_on_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="doubles", help_text="The case it was a double of."
    )

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["partner", "state"], name="case_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="closed") & Q(closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="closed") & Q(closed_at=None) & Q(outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(state="closed") | Q(adviser__isnull=False), name="case_has_adviser"
            ),
        ]

    @property
    def asker(self) -> str:
        """By what the case is called: who reports a barrier or writes a mail need not say a name, nor does a firm."""
        return self.name or self._firm_name() or phones.shown(self.phone) or self.email or str(_("ohne Namen"))

    def _firm_name(self) -> str:
        return str(self.company) if self.company and not self.company.restricted_at else self.firm

    @property
    def names_of_firm(self) -> dict[str, str]:
        """Where the case says the name of the firm, and how; a caller may be called by it alone."""
        if not self.firm:
            return {}
        return {"firm": self.firm} | ({"name": self.name} if sort_key(self.name) == sort_key(self.firm) else {})

    @property
    def is_untold(self) -> bool:
        """Nobody said yet what it is about. Of what was erased there is nobody left who could."""
        return not self.text and bool(self.name or self.phone or self.email)

    @property
    def waits_for_us(self) -> bool:
        return self.state in WAITING_FOR_US

    @property
    def due_by(self) -> dt.date:
        """By when the enquirer hears from us: again, where they wrote again."""
        return self.reply_by or self.answer_by

    @property
    def call_words(self) -> str:
        """When they asked to be called, in the reader's language."""
        return call_windows.words(self.call_window)


class Change(Record):
    """One row for each change of a case's state."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=12)
    source = models.CharField(max_length=8)
    target = models.CharField(max_length=8)
    by = models.CharField(max_length=90)


class Reminder(Record):
    """That somebody was told of an answer that is due on a day, or overdue. Once at each partner that has the case.

    Rows from before `due_on` are about the first answer.
    """

    class Kind(models.TextChoices):
        DUE = "due", _("Antwort fällig")
        OVERDUE = "overdue", _("Antwort überfällig")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "partner", "kind", "due_on"], name="reminder_once_a_day"),
            models.UniqueConstraint(
                fields=["case", "partner", "kind"], condition=Q(due_on=None), name="reminder_once_without_day"
            ),
        ]


class Visibility(models.TextChoices):
    MINE = "mine", _("nur ich")
    PARTNER = "partner", _("meine Einrichtung")
    ALL = "all", _("alle")


class Contribution(Record):
    """Something in the thread of a case: a mail in or out, a note, a hand-over, or the log of a talk or visit.

    A copy is a mail that somebody of ours sent or got in their own mailbox, and filed here. Of others are mails of whom
    the case was passed on to, or asked about it: the enquirer neither wrote nor reads them.
    """

    class Kind(models.TextChoices):
        MAIL_OUT = "mail_out", _("E-Mail")
        MAIL_IN = "mail_in", _("E-Mail erhalten")
        MAIL_COPY = "mail_copy", _("E-Mail abgelegt")
        MAIL_OTHER = "mail_other", _("E-Mail von Dritten")
        MESSAGE = "message", _("Nachricht aus „Mein Betrieb“")
        NOTE = "note", _("Notiz")
        HAND_OVER = "hand_over", _("Weitergabe")
        TALK = "talk", _("Gespräch")
        VISIT = "visit", _("Vor-Ort-Termin")

    case = models.ForeignKey(Case, models.CASCADE, related_name="thread")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.CharField(max_length=90)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.PARTNER)
    text = models.TextField(blank=True)
    offers = models.JSONField(default=list, help_text="UUIDs of attached catalogue entries.")
    day = models.DateField(null=True, blank=True, help_text="The day of the talk or visit.")
    minutes = models.PositiveIntegerField(null=True, blank=True)
    format = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["talk", "visit"]) | (Q(day__isnull=False) & Q(minutes__isnull=False)),
                name="thread_log_has_day_and_minutes",
            ),
        ]


class Appointment(Record):
    """A talk or visit that was arranged. It asks for a log once it is over."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="appointments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=10, choices=[("talk", _("Gespräch")), ("visit", _("Vor-Ort-Termin"))])
    starts_at = models.DateTimeField()
    told_start = models.DateTimeField(null=True, blank=True)  # what they know while a call about a change is owed
    minutes = models.PositiveSmallIntegerField(default=30, db_default=30)
    place = models.CharField(max_length=200, blank=True)
    double = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")  # of whoever asked there
    log = models.OneToOneField(Contribution, models.SET_NULL, null=True, blank=True, related_name="appointment")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(log=None) | Q(cancelled_at=None), name="appointment_logged_or_cancelled"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="appointment_takes_time"),
        ]

    @property
    def enquiry(self) -> Case:
        """Of whoever expects it: who asked in a double that goes on elsewhere still does."""
        return self.double or self.case

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class FollowUp(Record):
    """A promise with a date, somebody who keeps it, and a note; beside a case, `person` is whom it is about."""

    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="follow_ups")
    company = models.ForeignKey(Company, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="follow_ups")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(db_index=True)
    note = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(company__isnull=False), name="follow_up_of_something"
            ),
            models.CheckConstraint(
                condition=(Q(done_at=None) & Q(done_by="")) | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="follow_up_done_pair",
            ),
        ]


class Mail(Record):
    """One mail that came in, and what became of it. What it said is kept here before anything is made of it.

    `digest` tells a mail from another one, so that none is taken in twice. `proposed` is the case it may belong to;
    `other_name` and `other_mail` are the outsider of a mail that one of ours copied or forwarded (`direction` says
    which way it went), and whom any other names to be answered in the place of its sender.
    """

    class State(models.TextChoices):
        FILED = "filed", _("abgelegt")
        OPENED = "opened", _("neues Anliegen")
        DRAFT = "draft", _("wartet auf Bestätigung")
        REJECTED = "rejected", _("verworfen")
        BOUNCE = "bounce", _("nicht zustellbar")
        ASIDE = "aside", _("beiseitegelegt")
        UNREADABLE = "unreadable", _("nicht lesbar")
        DONE = "done", _("erledigt")

    class Direction(models.TextChoices):
        IN = "in", _("erhalten")
        OUT = "out", _("gesendet")

    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(
        max_length=20, blank=True, help_text="Why it was set aside, could not be read, or was not confirmed."
    )
    message_id = models.CharField(max_length=250, blank=True, db_index=True)
    sender_name = models.CharField(max_length=160, blank=True)
    sender_mail = models.CharField(max_length=254, blank=True, db_index=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True, help_text="What is new in it.")
    whole = models.TextField(blank=True, help_text="All of it, with what was quoted; empty where that is the same.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="As the mail says.")
    automatic = models.BooleanField(default=False, help_text="Nobody wrote it, such as an absence notice.")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="mails")
    contribution = models.OneToOneField(Contribution, models.SET_NULL, null=True, blank=True, related_name="mail")
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices, blank=True)
    other_name = models.CharField(max_length=160, blank=True)
    other_mail = models.CharField(max_length=254, blank=True)
    company = models.ForeignKey(Company, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=90, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["state", "recorded_at"], name="mail_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(read_at=None) & Q(read_by="")) | (Q(read_at__isnull=False) & ~Q(read_by="")),
                name="mail_read_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["aside", "unreadable"]) | ~Q(reason=""), name="mail_aside_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.sender_mail

    @property
    def sender(self) -> str:
        """Who wrote it, as one calls them."""
        asks = "" if self.direction else self.other_name
        return asks or self.sender_name or self.sender_mail

    @property
    def answer_mail(self) -> str:
        """Where an answer to whoever wrote it goes."""
        return self.sender_mail if self.direction else self.other_mail or self.sender_mail

    @property
    def outsider_mail(self) -> str:
        """The address of who is no one of us: of a copy whom it was with, of any other who wrote it."""
        return self.other_mail if self.direction else self.answer_mail

    @property
    def is_unread(self) -> bool:
        return self.state == self.State.FILED and not self.automatic and self.read_at is None and not self.direction


# Modules of their own; Django finds models here.
from wegweiser.enquiries.fair_models import Card as Card  # noqa: E402
from wegweiser.enquiries.fair_models import Fair as Fair  # noqa: E402
from wegweiser.enquiries.mailbox_models import Fetching as Fetching  # noqa: E402
from wegweiser.enquiries.referral_models import Referral as Referral  # noqa: E402
from wegweiser.enquiries.text_block_models import TextBlock as TextBlock  # noqa: E402
