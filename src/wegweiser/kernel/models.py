"""The audit trail and the ledger of periodic jobs."""

from django.db import models

from wegweiser.kernel import clock
from wegweiser.kernel.records import Record


class AuditEvent(Record):
    """One thing that was done. Append-only, without foreign keys, never with a personal value.

    `changed` holds names of fields; `references` ids of other records.
    """

    event = models.CharField(max_length=80, db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_uuid = models.UUIDField(db_index=True)
    changed = models.JSONField(default=list)
    references = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_uuid", "id"], name="audit_subject")]


class JobRun(models.Model):
    """The last run of one periodic job; its lease lets one worker run it at a time."""

    name = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)


class Erasure(Record):
    """One row that was erased or restricted, without its content. Append-only: a restore repeats what is written here.

    `subject_uuid` is the row's own, `reason` why: its term was over, the person asked for it, or it was not needed.
    """

    class State(models.TextChoices):
        RESTRICTED = "restricted", "restricted: only what a duty of proof needs is left"
        ANONYMISED = "anonymised", "nothing leads to a person any more"

    class Reason(models.TextChoices):
        TERM = "term", "its term was over"
        REQUEST = "request", "the person asked for it"
        EARLY = "early", "somebody decided that it was not needed any more"

    table = models.CharField(max_length=60)
    subject_uuid = models.UUIDField()
    purpose = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    # Nullable: SQLite would make the table anew for a default, and lose that it is append-only.
    marks = models.JSONField(
        null=True, help_text="What a list would bring the row back by, under the key of the installation."
    )

    class Meta:
        indexes = [models.Index(fields=["table", "subject_uuid"], name="erasure_subject")]
