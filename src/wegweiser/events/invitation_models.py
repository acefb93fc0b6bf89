"""Whom we invite to an event: an order with its filter and words, and what became of each person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Person
from wegweiser.kernel.lifecycle import Lifecycle
from wegweiser.kernel.records import Record
from wegweiser.kernel.translated import TranslatedField


class Sending(models.TextChoices):
    """How far an invitation is."""

    LISTING = "listing", _("wird vorbereitet")
    SENDING = "sending", _("wird verschickt")
    DONE = "done", _("verschickt")
    STOPPED = "stopped", _("vorher beendet")


SENDING = Lifecycle(
    Sending.values,
    [
        ("list", {Sending.LISTING}, Sending.SENDING),
        ("finish", {Sending.SENDING}, Sending.DONE),
        ("stop", {Sending.LISTING, Sending.SENDING}, Sending.STOPPED),
    ],
)
UNDER_WAY = frozenset({Sending.LISTING, Sending.SENDING})


class Invitation(Record):
    """Somebody at the desk invites those whom a filter finds, in these words. The worker sends it in portions.

    `words` are the event's own for it as they were then; without them the usual ones hold. `stopped` says why it ended
    before it was through.
    """

    event = models.ForeignKey("events.Event", models.PROTECT, related_name="invitations")
    submission = models.UUIDField(unique=True, help_text="Of the form that sent it: a second click finds the first.")
    state = models.CharField(max_length=8, choices=Sending.choices, default=Sending.LISTING)
    filter = models.JSONField(default=dict, help_text="As `events.inviting.Filter` reads it.")
    words = TranslatedField(blank=True)
    without_consent = models.PositiveIntegerField(null=True, blank=True, help_text="Whom the filter found as well.")
    stopped = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=90)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state"], name="invitation_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["listing", "sending"], ended_at=None)
                | Q(state__in=["done", "stopped"], ended_at__isnull=False),
                name="invitation_ended",
            ),
            models.CheckConstraint(condition=Q(state="stopped") | Q(stopped=""), name="invitation_stopped"),
        ]


class Answer(models.TextChoices):
    """What became of an invited person."""

    WAITING = "waiting", _("noch nicht verschickt")
    SENT = "sent", _("eingeladen")
    DECLINED = "declined", _("kommt dieses Mal nicht")
    REGISTERED = "registered", _("angemeldet")
    HELD = "held", _("nicht eingeladen")


INVITED = frozenset({Answer.SENT, Answer.DECLINED, Answer.REGISTERED})  # who has the mail
ANSWER = Lifecycle(
    Answer.values,
    [
        ("send", {Answer.WAITING}, Answer.SENT),
        ("hold", {Answer.WAITING}, Answer.HELD),
        ("recall", {Answer.SENT}, Answer.HELD),
        ("decline", {Answer.SENT}, Answer.DECLINED),
        ("register", {Answer.SENT, Answer.DECLINED}, Answer.REGISTERED),
    ],
)


class Why(models.TextChoices):
    """Why somebody whom the filter found is not invited. The first that holds is told."""

    CONSENT = "consent", _("ohne Zustimmung")
    TOPIC = "topic", _("nur andere Themen gewünscht")
    MAIL = "mail", _("ohne E-Mail-Adresse")
    CHANNEL = "channel", _("keine E-Mail gewünscht")
    REGISTERED = "registered", _("schon angemeldet")
    INVITED = "invited", _("schon eingeladen")
    CAP = "cap", _("diesen Monat schon oft genug eingeladen")
    EVENT = "event", _("noch nicht an der Reihe, als es zu Ende war")


class Invitee(Record):
    """One person of an invitation. Once erased, what became of them still counts."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="invitees")
    event = models.ForeignKey("events.Event", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations")
    state = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey(
        "events.Registration", models.SET_NULL, null=True, blank=True, related_name="invited_by"
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["invitation", "state"], name="invitee_state"),
            models.Index(fields=["person", "sent_at"], name="invitee_month"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="invitee_listed_once"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=Q(state__in=["waiting", "sent", "declined", "registered"]),
                name="invitee_invited_once",
            ),
            models.CheckConstraint(
                condition=(Q(state="held") & ~Q(why="")) | (~Q(state="held") & Q(why="")), name="invitee_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "declined", "registered"]) | Q(sent_at__isnull=False),
                name="invitee_sent_at",
            ),
        ]
