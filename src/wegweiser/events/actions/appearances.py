"""Appearances at others' events: recorded once, put right, taken back. What counts of them stands in the crossings."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wegweiser.consortium.models import District, Member, Partner, Topic
from wegweiser.events.appearance_models import LIFECYCLE, Appearance
from wegweiser.events.events import Event as Audited
from wegweiser.files import queries as files
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

MOST_HEADS = 100_000


@dataclass(frozen=True)
class Said:
    """What somebody says of an appearance."""

    kind: str
    title: str
    organiser: str
    day: dt.date
    topic: Topic
    partner: Partner
    heads: int
    firms: int | None = None
    place: str = ""
    district: District | None = None
    note: str = ""


def record(
    *, submission: UUID, said: Said, people: Collection[Member] = (), proofs: Iterable[Prepared] = (), by: Actor
) -> tuple[Appearance, bool]:
    """An appearance, and whether it is new: the same form once more gives the one that is there.

    Raises DomainError: what `change` raises of what was said.
    """
    _check(said)
    with transaction.atomic():
        known = Appearance.objects.filter(submission=submission).first()
        if known is not None:
            return known, False
        row = Appearance.objects.create(submission=submission, by=str(by), **vars(said))
        row.people.set(people)
        uploads.attach(owner=row, prepared=proofs, by=by)
        audit.record(Audited.APPEARANCE_RECORDED, by=by, subject=row)
    return row, True


def change(
    *, appearance: Appearance, said: Said, people: Collection[Member], by: Actor
) -> tuple[Appearance, list[str]]:
    """Put right what was said, and the names of what is different now.

    Raises DomainError: transition_not_allowed where it was taken back, kind_unknown, day_in_future,
    heads_out_of_range, more_firms_than_heads.
    """
    _check(said)
    with transaction.atomic():
        row = _locked(appearance)
        if not row.counts:
            raise DomainError("transition_not_allowed", "It was taken back.")
        changed = [name for name, value in vars(said).items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, getattr(said, name))
        row.save(update_fields=changed)
        if {member.pk for member in people} != set(row.people.values_list("pk", flat=True)):
            row.people.set(people)
            changed.append("people")
        if changed:
            audit.record(Audited.APPEARANCE_CHANGED, by=by, subject=row, changed=changed)
    return row, changed


def take_back(*, appearance: Appearance, by: Actor) -> Appearance:
    """It was not so: it stays on the list, marked. Raises DomainError("transition_not_allowed")."""
    with transaction.atomic():
        row = _locked(appearance)
        row.state = LIFECYCLE.target(state=row.state, verb="take_back")
        row.taken_back_at = clock.now()
        row.save(update_fields=["state", "taken_back_at"])
        audit.record(Audited.APPEARANCE_TAKEN_BACK, by=by, subject=row)
    return row


def prove(*, appearance: Appearance, proofs: Iterable[Prepared], by: Actor) -> list[Upload]:
    """Keep files that prove it, such as the programme or a photo. The same file once more is one."""
    with transaction.atomic():
        row = _locked(appearance)
        kept = {upload.digest for upload in files.uploads_of([row.uuid]).get(row.uuid, [])}
        return uploads.attach(owner=row, prepared=[one for one in proofs if one.digest not in kept], by=by)


def erase(*, appearance: Appearance, by: Actor) -> Appearance:
    """Forget what may name somebody: the note and the proofs. What was counted stays."""
    with transaction.atomic():
        row = _locked(appearance)
        uploads.remove_of(owners=[row.uuid], by=by)
        row.note = ""
        row.save(update_fields=["note"])
        audit.record(Audited.APPEARANCE_ERASED, by=by, subject=row, changed=["note"])
    return row


def _locked(appearance: Appearance) -> Appearance:
    return Appearance.objects.select_for_update(of=("self",)).get(pk=appearance.pk)


def _check(said: Said) -> None:
    if said.kind not in Appearance.Kind.values:
        raise DomainError("kind_unknown", field="kind")
    if said.day > clock.today():
        raise DomainError("day_in_future", field="day")
    if not 1 <= said.heads <= MOST_HEADS:
        raise DomainError("heads_out_of_range", field="heads")
    if said.firms is not None and said.firms > said.heads:
        raise DomainError("more_firms_than_heads", field="firms")
