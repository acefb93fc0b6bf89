"""A letter is written in the transaction of its cause and delivered at least once."""

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from wegweiser.kernel.records import Record

EMPTY_LIST = Value([], models.JSONField())


class State(models.TextChoices):
    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird gesendet")
    SENT = "sent", _("gesendet")
    UNCLEAR = "unclear", _("unklar, ob angekommen")
    FAILED = "failed", _("gescheitert")
    PRINTED = "printed", _("gedruckt")
    HELD = "held", _("zurückgehalten")


class Dismissal(models.TextChoices):
    """Why a letter needs nobody any more."""

    CALLED = "called", _("telefonisch geklärt")
    ARRIVED = "arrived", _("angekommen")
    OTHERWISE = "otherwise", _("auf anderem Weg geschickt")
    NOT_NEEDED = "not_needed", _("nicht mehr nötig")


class Letter(Record):
    """One mail or paper letter to one recipient."""

    channel = models.CharField(max_length=6, choices=[("mail", "mail"), ("letter", "letter")], default="mail")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED, db_index=True)
    cause_kind = models.CharField(max_length=40)
    cause_uuid = models.UUIDField(db_index=True)
    recipient_name = models.CharField(max_length=160, blank=True)
    recipient_mail = models.EmailField(blank=True)
    recipient_address = models.JSONField(default=list, help_text="Lines of the address field of a paper letter.")
    language = models.CharField(max_length=2, default="de")
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="An iCalendar file where there is a date.")
    reply_to = models.EmailField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(
        max_length=250, blank=True, default="", db_default="", help_text="The mail that it answers, by its Message-ID."
    )
    references = models.TextField(
        blank=True, default="", db_default="", help_text="Message-IDs of the conversation, oldest first."
    )
    unsubscribe = models.CharField(
        max_length=500, blank=True, default="", db_default="", help_text="Where one click ends such mails (RFC 8058)."
    )
    by_hand = models.BooleanField(
        default=False, db_default=False, help_text="A person wrote it for this recipient; it is no machine's mail."
    )
    attachments = models.JSONField(default=list, db_default=EMPTY_LIST, help_text="Files: {name, type, digest}.")
    attempts = models.PositiveSmallIntegerField(default=0)
    unclear_count = models.PositiveSmallIntegerField(default=0, help_text="How often nobody knew whether it arrived.")
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    printed_on = models.DateField(null=True, blank=True)
    failure = models.TextField(blank=True)
    body_until = models.DateField(
        null=True,
        blank=True,
        help_text="Set only where it is blanked sooner than the policy file says.",
    )
    hold_reason = models.CharField(
        max_length=40, blank=True, help_text="Why it was not sent, such as the chosen channel."
    )

    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissal = models.CharField(max_length=10, choices=Dismissal.choices, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="letter_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="mail")
                | ~Q(recipient_mail="")
                | Q(state="held")
                | Q(text="", next_attempt_at=None),
                name="letter_has_mail",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="letter_sent_at"),
            models.CheckConstraint(
                condition=~Q(state="printed") | Q(printed_on__isnull=False), name="letter_printed_on"
            ),
            models.CheckConstraint(condition=Q(state="held") | Q(hold_reason=""), name="letter_hold_reason"),
            models.CheckConstraint(
                condition=(Q(dismissed_at=None) & Q(dismissal="")) | (Q(dismissed_at__isnull=False) & ~Q(dismissal="")),
                name="letter_dismissed_pair",
            ),
        ]
