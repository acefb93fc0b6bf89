"""Reads about answers: which are due or overdue, and how long each first one took."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wegweiser.consortium import calendar
from wegweiser.consortium.models import Centre, Partner
from wegweiser.enquiries import openings
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import WAITING_FOR_US, Case, Change, Contribution, Outcome, Reminder
from wegweiser.enquiries.pace import Asked
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

ANSWERING = ("answer", "talk")  # verbs of the lifecycle: the first of them is the first answer
DUE = Coalesce("reply_by", "answer_by")  # as `Case.due_by`
AT_ONCE = dt.timedelta(seconds=5)  # that one transaction takes at most
TALKS = (Contribution.Kind.TALK, Contribution.Kind.VISIT)


def _answers() -> QuerySet[Change]:
    return Change.objects.filter(case=OuterRef("pk"), verb__in=ANSWERING).order_by("id")


def unanswered() -> Q:
    """The condition that a case waits for its first answer and that there is somebody to give it to."""
    return Q(~Exists(_answers())) & _waits()


def owed() -> Q:
    """The condition that an answer is owed: the first one, or one to what the enquirer wrote after it."""
    return (Q(~Exists(_answers())) | Q(reply_by__isnull=False)) & _waits()


def _waits() -> Q:
    reachable = ~Q(email="") | ~Q(phone="") | Q(person__isnull=False)
    return Q(state__in=WAITING_FOR_US) & reachable


def due(**by: dt.date) -> Q:
    """The condition on the day by which the enquirer hears from us (`Case.due_by`): due(lt=day)."""
    first = {f"answer_by__{how}": day for how, day in by.items()}
    later = {f"reply_by__{how}": day for how, day in by.items()}
    return Q(**later) | Q(reply_by=None, **first)


def late(day: dt.date) -> Q:
    """The condition that an answer should have gone out before `day`."""
    return due(lt=day) & owed()


def told_overdue() -> Exists:
    """Whether the management was told that an answer is overdue where the case is now."""
    return Exists(_told(Reminder.Kind.OVERDUE))


def due_for_a_reminder(centre: Centre, day: dt.date) -> QuerySet[Case]:
    """Cases whose partner was not reminded yet and is to be on `day`.

    Not on the day a case came in, unless its answer is due that day.
    """
    limit = calendar.add_working_days(
        day, centre.remind_working_days_before, land=centre.land, closed=centre.closed_days
    )
    settled = Q(recorded_at__lt=clock.at(day)) | due(lte=day)
    return _not_told(Reminder.Kind.DUE).filter(settled, owed(), due(lte=limit))


def due_for_escalation(centre: Centre, day: dt.date) -> QuerySet[Case]:
    """Cases whose answer is overdue for so long on `day` that the management has to know and does not yet."""
    limit = calendar.working_days_before(
        day, centre.escalate_working_days_after, land=centre.land, closed=centre.closed_days
    )
    return _not_told(Reminder.Kind.OVERDUE).filter(owed(), due(lte=limit))


def _not_told(kind: str) -> QuerySet[Case]:
    found = Case.objects.filter(~Exists(_told(kind))).select_related("topic", "partner", "adviser")
    return found.order_by(DUE, "id")


def _told(kind: str) -> QuerySet[Reminder]:
    """That somebody was told of what is due now, and not of an earlier answer in the same case."""
    now = Q(due_on=Coalesce(OuterRef("reply_by"), OuterRef("answer_by"))) | Q(due_on=None, case__reply_by=None)
    return Reminder.objects.filter(now, case=OuterRef("pk"), partner=OuterRef("partner"), kind=kind)


def asked(centre: Centre, *, start: dt.date, end: dt.date, partners: Collection[int] | None = None) -> list[Asked]:
    """Every enquiry that came in from `start` to `end`, at these partners or at all, in two statements.

    It belongs to the partner that answered it first: a hand-over afterwards changes nothing. What nobody asked is left
    out: cards of an occasion, visits, talks and mails of ours that opened their case themselves, and what turned out to
    be spam.
    """
    first = _answers()
    talks = Contribution.objects.filter(case=OuterRef("pk"), kind__in=TALKS).order_by("-recorded_at", "-id")
    came = Case.objects.filter(recorded_at__gte=clock.at(start), recorded_at__lt=clock.at(end + dt.timedelta(days=1)))
    rows = (
        came.exclude(openings.of_a_card())
        .exclude(outcome=Outcome.SPAM)
        .annotate(
            first_at=Subquery(first.values("recorded_at")[:1]),
            first_verb=Subquery(first.values("verb")[:1]),
        )
        .annotate(
            talked_on=Subquery(talks.filter(recorded_at__lte=OuterRef("first_at")).values("day")[:1]),
            copied_at=Subquery(_copy_behind_first().values("mail__recorded_at")[:1]),
            first_talk=Subquery(talks.reverse().values("uuid")[:1]),
            first_sent=openings.first_sent(),
            waits=ExpressionWrapper(unanswered(), output_field=BooleanField()),
        )
        .order_by("id")
    )
    moved = _moved(came)
    numbers = dict(Partner.objects.values_list("uuid", "pk")) if moved else {}
    found = []
    for case in rows.values(
        *("uuid", "recorded_at", "answer_by", "first_at", "first_verb", "talked_on", "copied_at", "waits"),
        *("partner_id", "topic_id", "intake", "submission", "first_talk", "first_sent"),
    ):
        if case["first_talk"] and openings.of_a_visit(case["first_talk"]) == case["submission"]:
            continue
        if case["first_sent"] and openings.of_a_mail(case["first_sent"]) == case["submission"]:
            continue
        received = clock.local(case["recorded_at"]).date()
        answered = _answered_on(case, received)
        partner = _partner(case, moved, numbers)
        if partners is not None and partner not in partners:
            continue
        days = _days(centre, received, answered) if answered else None
        found.append(
            Asked(
                received=received,
                due=case["answer_by"],
                answered=answered,
                days=days,
                waiting=case["waits"],
                partner=partner,
                topic=case["topic_id"],
                intake=case["intake"],
            )
        )
    return found


def _days(centre: Centre, received: dt.date, answered: dt.date) -> int:
    return calendar.working_days_between(received, answered, land=centre.land, closed=centre.closed_days)


def _copy_behind_first() -> QuerySet[Contribution]:
    """The copy that was the first answer: written down in its transaction, right before it."""
    moment = OuterRef("first_at")
    begun = ExpressionWrapper(moment - AT_ONCE, output_field=DateTimeField())
    copies = Contribution.objects.filter(case=OuterRef("pk"), kind=Contribution.Kind.MAIL_COPY, mail__direction="out")
    return copies.filter(recorded_at__lte=moment, recorded_at__gte=begun).order_by("-id")


def _answered_on(case: dict[str, Any], received: dt.date) -> dt.date | None:
    """The day of the first answer, however late somebody wrote it down.

    Of a talk the day it took place; of a mail from one's own mailbox the day its copy came here, which no clock but
    ours tells.
    """
    moment, talked_on, copied_at = case["first_at"], case["talked_on"], case["copied_at"]
    if not isinstance(moment, dt.datetime):
        return None
    if case["first_verb"] == "talk" and isinstance(talked_on, dt.date):
        return max(received, talked_on)
    if case["first_verb"] == "answer" and isinstance(copied_at, dt.datetime):
        return max(received, clock.local(copied_at).date())
    return clock.local(moment).date()


def _moved(came: QuerySet[Case]) -> dict[UUID, list[tuple[dt.datetime, UUID]]]:
    """When each of the cases went on, oldest first, and from which partner."""
    rows = AuditEvent.objects.filter(
        event=Event.HANDED_OVER, subject_kind=Case._meta.label_lower, subject_uuid__in=came.values("uuid")
    ).order_by("id")
    found: dict[UUID, list[tuple[dt.datetime, UUID]]] = {}
    for case, moment, references in rows.values_list("subject_uuid", "recorded_at", "references"):
        found.setdefault(case, []).append((moment, UUID(references["from"])))
    return found


def _partner(case: dict[str, Any], moved: dict[UUID, list[tuple[dt.datetime, UUID]]], numbers: dict[UUID, int]) -> int:
    """Who had the case when it was answered first."""
    own, answered = int(case["partner_id"]), case["first_at"]
    if answered is None:
        return own
    after = [source for moment, source in moved.get(case["uuid"], []) if moment > answered]
    return numbers.get(after[0], own) if after else own
