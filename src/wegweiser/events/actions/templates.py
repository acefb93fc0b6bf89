"""Templates: a new one that says nothing yet, and who may change one. Made from an event they come from `copies`."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Kind
from wegweiser.consortium import calendar, loaded
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.actions import rows
from wegweiser.consortium.loaded import Outcome
from wegweiser.events import arrangement, shifting, template_file
from wegweiser.events.actions import events, questions
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Way
from wegweiser.events.template_file import Shipped
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

KIND = "events.template"  # as rows of a centre's file are remembered
SPACE = UUID("b5f3d9a4-47c8-4a6e-9a3f-2b6f0d6f2026")  # of the templates that come with a file


def begin(*, told: Mapping[str, Any], submission: UUID, by: Actor) -> Event:
    """A template with a title and whose it is; everything else is written where it is written of an event.

    Raises DomainError("title_missing").
    """
    with transaction.atomic():
        content = {**contents.empty(Kind.EVENT), **told}
        draft = drafts.create(kind=Kind.EVENT, content=content, submission=submission, is_template=True, by=by)
        label = arrangement.label(way=Way.ON_SITE, starts_at=None, ends_at=None)
        pools = [Places(chairs=arrangement.USUAL_PLACES, label=label)]
        return events.open_registration(draft=draft, pools=pools, settings={}, by=by)


def load(*, templates: Sequence[Shipped], by: Actor) -> Counter[Outcome]:
    """The templates of a centre's file, each made once: what somebody changed or dropped since stays as it is."""
    counts: Counter[Outcome] = Counter()
    with transaction.atomic():
        for row in templates:
            if loaded.known(KIND, row.key) is not None:
                counts[Outcome.KEPT] += 1
                continue
            _made(row, by)
            rows.remember(kind=KIND, key=row.key, content_hash=loaded.fingerprint(str(row.words)), by=by)
            counts[Outcome.CREATED] += 1
    return counts


def _made(row: Shipped, by: Actor) -> None:
    """On a working day of the weeks to come, which is an example; the lead partner's until somebody says otherwise."""
    lead, land = consortium.lead(), consortium.centre().land
    day = calendar.first_free(clock.today() + dt.timedelta(weeks=4), land=land)
    starts = clock.at(day, row.starts)
    ends = shifting.wall(starts, starts, starts + dt.timedelta(minutes=row.minutes)) or starts
    told = {
        **{name: dict(words) or {"de": ""} for name, words in row.words.items()},
        "format": row.format,
        "attendance": row.attendance,
        "partner": lead.key if lead else "",
        "price": "0.00",
        "starts_at": starts.astimezone(dt.UTC).isoformat(),
        "ends_at": ends.astimezone(dt.UTC).isoformat(),
        "details": {
            "capacity": row.places,
            **({"slot_minutes": row.slot_minutes} if row.slot_minutes else {}),
            **({"registration_closes_days_before": row.closes_days} if row.closes_days else {}),
        },
    }
    content = {**contents.empty(Kind.EVENT), **told}
    submission = uuid5(SPACE, row.key)
    draft = drafts.create(kind=Kind.EVENT, content=content, submission=submission, is_template=True, by=by)
    agenda = [{"at": at, "title": dict(title), "speaker": ""} for at, title in row.agenda]
    settings = {
        "agenda": agenda,
        "most_places": row.most_places,
        "closes_at": arrangement.proposal(content).closes_at,
    }
    pools = [Places(**one) for one in arrangement.likely(content)]
    event = events.open_registration(draft=draft, pools=pools, settings=settings, by=by)
    if row.questions:
        questions.set_all(event=event, asked=[_asked(one) for one in row.questions], by=by)
    protect(event=event, is_protected=row.protected, by=by)


def _asked(row: template_file.Asked) -> Asked:
    options = [(template_file.option_key(label), label) for label in row.options]
    return Asked(kind=row.kind, label=row.label, options=options)


def protect(*, event: Event, is_protected: bool, by: Actor) -> Event:
    """Whether only who looks after all events changes the template. Raises DomainError("no_template")."""
    with transaction.atomic():
        event = lock_event(event)
        if not event.draft.is_template:
            raise DomainError("no_template")
        if event.is_protected != is_protected:
            event.is_protected = is_protected
            event.save(update_fields=["is_protected"])
            audit.record(Audited.EVENT_PROTECTED, by=by, subject=event, changed=["is_protected"])
    return event
