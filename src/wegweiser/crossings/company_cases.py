"""The enquiries of a firm as its own people see them: their words, our answers, the dates, and what they add."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Person, Position, Right
from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import promises
from wegweiser.enquiries import correspondence, openings
from wegweiser.enquiries.actions import follow_ups, messages
from wegweiser.enquiries.models import Case, Contribution, Mail
from wegweiser.enquiries.unseen import THEIRS
from wegweiser.files import queries as files
from wegweiser.files.actions import uploads as attachments
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError

KIND = Contribution.Kind
# What of a thread the enquirer sees. Notes, hand-overs, filed copies and the words of a log are ours.
SHOWN = frozenset({KIND.MAIL_OUT, KIND.MAIL_IN, KIND.MESSAGE})
SHOWN_WITHOUT_WORDS = frozenset({KIND.TALK, KIND.VISIT})
# What the status link of one case takes in all: anybody may hold it.
MOST_BY_LINK = 60  # files
MAILS_BY_LINK = 3  # times as much as a mail may hold


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
    files: list[Upload] = field(default_factory=list)


def of(access: Access) -> QuerySet[Case]:
    """The enquiries that `access` may see: those of the firm, or only what its person asked; the newest first.

    What somebody asked who never worked there is not the firm's to read: it was taken for another one.
    """
    mine = Q(person=access.person_id)
    if access.person.email:
        mine |= mail_addresses.same("email", access.person.email)
    if access.may(Right.ALL):
        there = companies.same_firm(access.company)
        colleagues = Position.objects.filter(person=OuterRef("person"), company__in=there)
        mine |= Q(company__in=there) & (Q(person=None) | Q(Exists(colleagues)))
    rows = Case.objects.filter(mine).select_related("topic", "partner", "adviser")
    return rows.exclude(correspondence.erased()).order_by("-recorded_at", "-id")


def one(access: Access, identity: UUID) -> Case | None:
    """One of these; another firm's is not there."""
    return of(access).filter(uuid=identity).first()


def thread(case: Case) -> list[Said]:
    """Everything that was said, the oldest first, the enquiry itself on top; a case that we opened begins with us.

    Of files those that may be loaded; of their own messages all, so that they see what became of each.
    """
    rows = case.thread.filter(kind__in=SHOWN | SHOWN_WITHOUT_WORDS).select_related("member")
    contributions = list(rows.order_by("recorded_at", "id"))
    mails = {mail.contribution_id: mail for mail in case.mails.filter(contribution__in=contributions, direction="")}
    inside = writers(contributions)
    names = {row.pk: inside[row.by] for row in contributions if row.by in inside}
    names |= {pk: mail.sender for pk, mail in mails.items() if pk}
    attached = files.uploads_of([*(row.uuid for row in contributions), *(mail.uuid for mail in mails.values())])
    opened = openings.by_us(case)
    first = Said("enquiry", case.recorded_at, "" if opened else case.asker, ours=opened, text=case.text)
    return [first, *(_said(row, names, mails.get(row.pk), attached) for row in contributions)]


def _said(
    row: Contribution, names: Mapping[int, str], mail: Mail | None, attached: Mapping[UUID, list[Upload]]
) -> Said:
    told = row.kind in SHOWN
    found = [*attached.get(row.uuid, []), *(attached.get(mail.uuid, []) if mail else [])]
    return Said(
        kind=row.kind,
        at=row.recorded_at,
        who=row.member.name if row.member else names.get(row.pk, ""),
        ours=row.kind not in THEIRS,
        text=row.text if told else "",
        day=row.day,
        offers=list(row.offers),
        files=[upload for upload in found if upload.is_offered or row.kind == KIND.MESSAGE] if told else [],
    )


def writers(contributions: Iterable[Contribution]) -> dict[str, str]:
    """Who of the firm wrote in the workspace, by the actor that is noted; in one query, or none."""
    noted = {row.by for row in contributions if row.kind == KIND.MESSAGE}
    ids = {writer.partition(":")[2] for writer in noted if writer.startswith(f"{ActorKind.PERSON}:")}
    if not ids:
        return {}
    known = Person.objects.filter(uuid__in=ids, restricted_at=None).values_list("uuid", "name")
    return {f"{ActorKind.PERSON}:{identity}": name for identity, name in known}


def uploads(access: Access) -> list[Upload]:
    """Every file of answers, messages and mails about enquiries that `access` may see, the newest first."""
    shown = Contribution.objects.filter(case__in=of(access).order_by(), kind__in=SHOWN)
    mails = Mail.objects.filter(contribution__in=shown, direction="")
    owners = [*shown.values_list("uuid", flat=True), *mails.values_list("uuid", flat=True)]
    found = [row for rows in files.uploads_of(owners).values() for row in rows if row.is_offered]
    return sorted(found, key=lambda row: row.pk, reverse=True)


def upload(access: Access, identity: UUID) -> Upload | None:
    """One of these; another firm's is not there."""
    return next((row for row in uploads(access) if row.uuid == identity), None)


def sent_with(contributions: Iterable[Contribution]) -> dict[UUID, list[Upload]]:
    """The files that went with these answers and may be loaded."""
    found = files.uploads_of([row.uuid for row in contributions])
    return {uuid: [row for row in rows if row.is_offered] for uuid, rows in found.items()}


@dataclass(frozen=True)
class Written:
    """A message in its thread; `folded` names the files that came along and stood there already."""

    contribution: Contribution
    folded: list[str] = field(default_factory=list)


def write(
    *,
    case: Case,
    access: Access,
    text: str,
    files: Sequence[Prepared] = (),
    submission: UUID | None = None,
    by: Actor,
) -> Written:
    """A message into the thread, with files: the case waits for us again, and whoever has it finds it due today.

    Raises DomainError: text_missing, text_too_long, upload_known.
    """
    with transaction.atomic():
        return _write(case, access.person, access.person.name, text, submission, by, files)


def write_by_link(
    *, case: Case, text: str, files: Sequence[Prepared] = (), submission: UUID | None = None, by: Actor
) -> Written:
    """The same from whoever holds the status link of the case, and nothing else is known of them.

    Raises DomainError: as `write`, and upload_no_room.
    """
    with transaction.atomic():
        return _write(case, None, case.name, text, submission, by, files)


def ensure_room(*, case: Case, sizes: Sequence[int]) -> None:
    """Raises DomainError("upload_no_room") where files of these sizes are more than the link of a case takes."""
    if not sizes:
        return
    by_link = case.thread.filter(kind=KIND.MESSAGE, by__startswith=f"{ActorKind.LINK}:").values_list("uuid", flat=True)
    kept = [row.size for rows in files.uploads_of(by_link).values() for row in rows]
    if len(kept) + len(sizes) > MOST_BY_LINK or sum(kept) + sum(sizes) > MAILS_BY_LINK * settings.MAIL_MOST_BYTES:
        raise DomainError("upload_no_room", f"{len(kept)} files stand there.", field="attached")


def _folded(case: Case, sent: Sequence[Prepared]) -> tuple[list[Prepared], list[str]]:
    """Those whose content the enquirer has not sent to this case before, and the names of the others."""
    if not sent:
        return [], []
    theirs = [
        *case.thread.filter(kind=KIND.MESSAGE).values_list("uuid", flat=True),
        *case.mails.filter(direction="").values_list("uuid", flat=True),
    ]
    known = {row.digest for rows in files.uploads_of(theirs).values() for row in rows if not row.withheld}
    fresh, names = [], []
    for file in sent:
        if file.digest and file.digest in known:
            names.append(file.name)
        else:
            known.add(file.digest)
            fresh.append(file)
    return fresh, names


def _write(
    case: Case,
    person: Person | None,
    name: str,
    text: str,
    submission: UUID | None,
    by: Actor,
    sent_along: Sequence[Prepared],
) -> Written:
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    new, folded = _folded(case, sent_along)
    if person is None:
        ensure_room(case=case, sizes=[file.size for file in new])
    reply_by = calendar.answer_by(consortium.centre(), clock.today())
    written, fresh = messages.write(
        case=case,
        person=person,
        text=text,
        with_files=bool(sent_along),
        reply_by=reply_by,
        submission=submission,
        by=by,
    )
    if not fresh:
        return Written(written)
    if not written.text and not new:
        raise DomainError("upload_known", "Each of these files stands there.", field="attached")
    attachments.attach(owner=written, prepared=new, by=by)
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        words = _("Neue Nachricht von %(name)s. Bitte antworten.")
        if not written.text:
            words = _("Neue Dateien von %(name)s. Bitte ansehen.")
        note = words % {"name": name or case.reference}
    follow_ups.set(
        case=case,
        partner=case.partner,
        member=case.adviser,
        due_on=consortium.working_day(clock.today()),
        note=note,
        submission=promises.of_message(written.uuid),
        by=by,
    )
    return Written(written, folded)
