"""The enquiries of a firm as its own people see them: their words, our answers, the dates, and what they add."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Person, Right
from wegweiser.enquiries.actions import cases, follow_ups, messages
from wegweiser.enquiries.models import Case, Contribution, State
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor, ActorKind

KIND = Contribution.Kind
# What of a thread the enquirer sees. Notes, hand-overs and the words of a log are ours.
SHOWN = frozenset({KIND.MAIL_OUT, KIND.MESSAGE})
SHOWN_WITHOUT_WORDS = frozenset({KIND.TALK, KIND.VISIT})


@dataclass(frozen=True)
class Said:
    """One entry of the thread, as the firm sees it."""

    kind: str
    at: dt.datetime
    who: str
    ours: bool
    text: str = ""
    day: dt.date | None = None
    offers: list[str] = field(default_factory=list)


def of(access: Access) -> QuerySet[Case]:
    """The enquiries that `access` may see: those of the firm, or only what its person asked; the newest first."""
    mine = Q(person=access.person_id)
    if access.person.email:
        mine |= Q(email__iexact=access.person.email)
    if access.may(Right.ALL):
        mine |= Q(company__in=companies.same_firm(access.company))
    rows = Case.objects.filter(mine).select_related("topic", "partner", "adviser")
    return rows.exclude(text="", name="", email="").order_by("-recorded_at", "-id")


def one(access: Access, identity: UUID) -> Case | None:
    """One of these; another firm's is not there."""
    return of(access).filter(uuid=identity).first()


def thread(case: Case) -> list[Said]:
    """Everything that was said, the oldest first, the enquiry itself on top."""
    rows = case.thread.filter(kind__in=SHOWN | SHOWN_WITHOUT_WORDS).select_related("member")
    contributions = list(rows.order_by("recorded_at", "id"))
    names = _names(contributions)
    first = Said("enquiry", case.recorded_at, case.name, ours=False, text=case.text)
    return [first, *(_said(row, names) for row in contributions)]


def _said(row: Contribution, names: dict[str, str]) -> Said:
    told = row.kind in SHOWN
    return Said(
        kind=row.kind,
        at=row.recorded_at,
        who=row.member.name if row.member else names.get(row.by, ""),
        ours=row.kind != KIND.MESSAGE,
        text=row.text if told else "",
        day=row.day,
        offers=list(row.offers),
    )


def _names(contributions: list[Contribution]) -> dict[str, str]:
    """Who of the firm wrote, by the actor that is noted; in one query."""
    writers = {row.by for row in contributions if row.kind == KIND.MESSAGE}
    ids = {writer.partition(":")[2] for writer in writers if writer.startswith(f"{ActorKind.PERSON}:")}
    known = Person.objects.filter(uuid__in=ids, restricted_at=None).values_list("uuid", "name")
    return {f"{ActorKind.PERSON}:{identity}": name for identity, name in known}


def write(*, case: Case, access: Access, text: str, submission: UUID | None = None, by: Actor) -> Contribution:
    """A message into the thread. Whoever has the case finds it among what is due today; a closed one is open again."""
    with transaction.atomic():
        written, fresh = messages.write(case=case, person=access.person, text=text, submission=submission, by=by)
        if not fresh:
            return written
        if case.state == State.CLOSED and case.adviser:
            cases.reopen(case=case, member=case.adviser, by=by)
        with translation.override(settings.LANGUAGE_CODE):  # all staff read it
            note = _("Neue Nachricht von %(name)s. Bitte antworten.") % {"name": access.person.name}
        follow_ups.set(
            case=case,
            partner=case.partner,
            member=case.adviser,
            due_on=clock.today(),
            note=note,
            submission=uuid.uuid5(written.uuid, "answer"),
            by=by,
        )
    return written
