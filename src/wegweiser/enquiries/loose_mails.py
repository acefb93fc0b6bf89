"""Mails that belong to no case yet and wait for whoever sees to them: what nobody could file, and copies of colleagues.

A copy waits for whoever sent it, as long as they can file it and do so soon; else for those who see to loose mails.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Case as DbCase
from django.db.models import Exists, OuterRef, Q, QuerySet, When

from wegweiser.consortium import calendar, teams
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Mail
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

KEPT_WHOLE = frozenset({"unreadable", "not_filed", "too_large", "too_large_archived"})  # reasons
SETTLED_SHOWN = dt.timedelta(days=14)  # for who thinks better of it
MACHINES = frozenset({"auto_reply", "bounce", "list", "loop", "spam"})  # reasons to set a mail aside
WORKING_DAYS = 2  # that a copy waits for its sender alone


def waiting() -> QuerySet[Mail]:
    """Mails that cannot be read (these first), what may be an enquiry, and last what machines sent.

    Besides what was set aside these are copies that their senders cannot or do not file.
    """
    states = [Mail.State.UNREADABLE, Mail.State.ASIDE]
    found = Mail.objects.filter(Q(state__in=states) | _left_alone())
    rank = DbCase(When(state=Mail.State.UNREADABLE, then=0), When(by_machines(), then=2), default=1)
    return found.order_by(rank, "-recorded_at", "-id")


def by_machines() -> Q:
    """The condition that nobody wrote a mail for us, as far as one sees: it may be settled without being read."""
    return Q(state=Mail.State.ASIDE, reason__in=MACHINES)


def settled(since: dt.datetime) -> QuerySet[Mail]:
    """What somebody ticked off since then and was not erased, the last ones first."""
    found = Mail.objects.filter(state=Mail.State.DONE, uuid__in=told_of(Event.MAIL_SETTLED, since=since))
    return found.filter(has_something_left()).order_by("-recorded_at", "-id")


def told_of(event: Event, *, since: dt.datetime) -> QuerySet[AuditEvent, UUID]:
    """The UUIDs of mails to which this happened since then."""
    told = AuditEvent.objects.filter(event=event, subject_kind=Mail._meta.label_lower, recorded_at__gte=since)
    return told.values_list("subject_uuid", flat=True)


def with_files(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    return mails.filter(Exists(Upload.objects.filter(owner_uuid=OuterRef("uuid"))))


def has_something_left() -> Q:
    """The condition that a mail was not erased: its words are there, or a file that it is kept as."""
    return ~Q(sender_mail="", subject="", text="") | Q(Exists(Upload.objects.filter(owner_uuid=OuterRef("uuid"))))


def may_be_read(mail: Mail) -> bool:
    """Whether whoever sees to loose mails reads it: it waits, or was ticked off lately."""
    lately = settled(clock.now() - SETTLED_SHOWN)
    return any(rows.filter(pk=mail.pk).exists() for rows in (waiting(), lately))


def state_before(mail: Mail) -> Mail.State:
    """As what a mail waited that was ticked off."""
    if mail.direction:
        return Mail.State.DRAFT
    return Mail.State.UNREADABLE if mail.reason in KEPT_WHOLE else Mail.State.ASIDE


def _left_alone() -> Q:
    """Copies of who left, who may not answer enquiries or has no login, and of whoever did not file theirs."""
    today = clock.today()
    here = consortium.centre()
    soon = calendar.working_days_before(today, WORKING_DAYS, land=here.land, closed=here.closed_days)
    not_theirs = ~Q(member__in=teams.able_to_answer(today)) | Q(recorded_at__lt=clock.at(soon))
    return Q(state=Mail.State.DRAFT) & not_theirs


def may_file(*, mail: Mail, member: Member) -> bool:
    """Whether `member` may say where a copy goes: their own, or one that waits for whoever sees to loose mails.

    That they are one of these the caller asks.
    """
    return mail.member_id == member.pk or waiting().filter(pk=mail.pk).exists()
