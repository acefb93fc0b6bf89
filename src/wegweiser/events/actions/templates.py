"""Templates: a new one that says nothing yet, and who may change one. Made from an event they come from `copies`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Kind
from wegweiser.events import arrangement
from wegweiser.events.actions import events
from wegweiser.events.actions.events import Places
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Way
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


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
