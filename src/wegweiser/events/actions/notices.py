"""The mails around an event: setting them, sending what is due, and trying one out."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.events import notice_words, notices
from wegweiser.events.actions import letters, wordings
from wegweiser.events.after_models import Moment, Notice, NoticeSent
from wegweiser.events.events import Event as Audited
from wegweiser.events.feedback import FEEDBACK
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Pool, Registration
from wegweiser.kernel import addresses, audit, clock, fences, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters as outgoing
from wegweiser.outbox.rendering import Rendered

BATCH = 100  # in one transaction, so that nobody who registers waits long for the lock


def set(  # noqa: A001 - the verb of the house
    *, event: Event, moment: str, is_on: bool, hours: int | None, words: Mapping[str, str], by: Actor
) -> Notice:
    """How one mail of an event shall be. Raises DomainError: choice_unknown, hours_not_allowed, text_too_long."""
    if moment not in Moment.values:
        raise DomainError("choice_unknown", field="moment")
    if hours is not None and not 0 <= hours <= notices.HOURS:
        raise DomainError("hours_not_allowed", field="hours")
    told = {language: words.get(language, "").replace("\0", "").strip() for language in ("de", "en")}
    if any(len(text) > wordings.LONGEST for text in told.values()):
        raise DomainError("text_too_long", field="words")
    with transaction.atomic():
        lock_event(event)
        values = {"is_on": is_on, "hours": hours, "words": Translated({k: v for k, v in told.items() if v})}
        row, _created = Notice.objects.update_or_create(event=event, moment=moment, defaults=values)
        audit.record(Audited.NOTICE_SET, by=by, subject=event, changed=[moment])
    return row


def send_due(*, by: Actor) -> int:
    """Send what is due, each once per registration, however many workers do it. Gives how many letters.

    An event whose mails cannot be written holds up no other.
    """
    now = clock.now()
    land = consortium.centre().land
    near = Event.objects.filter(cancelled_at=None, draft__entry__isnull=False, draft__entry__withdrawn_at=None)
    near = near.filter(draft__entry__starts_at__lt=now + dt.timedelta(hours=notices.HOURS + 24 * 14))
    near = near.exclude(draft__entry__starts_at__lt=now - notices.LATE - dt.timedelta(hours=notices.HOURS + 24 * 14))
    written: list[int] = []

    def send(event: Event) -> None:
        due = [(plan, pool) for plan in notices.plans(event) if plan.is_on for pool in event.pools.all()]
        written.extend(_send(event, pool, plan, now, land, by) for plan, pool in due)

    fences.each(near.select_related("draft__entry").prefetch_related("notices", "pools").order_by("pk"), send)
    return sum(written)


def _send(event: Event, pool: Pool, plan: notices.Plan, now: dt.datetime, land: str, by: Actor) -> int:
    times, written = notices.times_of(event, pool), 0
    due = plan.due(starts=times[0], ends=times[1], land=land) if times else None
    if times is None or due is None or not due <= now < plan.until(starts=times[0], due=due):
        return 0
    while notices.waiting_for(event, pool, plan.moment, due=due).exists():
        sent = _send_some(event, pool, plan, now, land, by)
        if not sent:
            break
        written += sent
    return written


def _send_some(event: Event, pool: Pool, plan: notices.Plan, now: dt.datetime, land: str, by: Actor) -> int:
    """Some letters under the event's lock: what was decided before it is decided again."""
    with transaction.atomic():
        event = lock_event(event)
        times = notices.times_of(event, pool)
        if event.is_cancelled or times is None:
            return 0
        due = plan.due(starts=times[0], ends=times[1], land=land)
        if not due <= now < plan.until(starts=times[0], due=due):
            return 0
        centre = consortium.centre()
        rows = list(notices.waiting_for(event, pool, plan.moment, due=due)[:BATCH])
        with together.writing():
            for row in rows:
                row.event, row.pool = event, pool
                together.add(NoticeSent(registration=row, moment=plan.moment))
                outgoing.write(
                    cause=row,
                    rendered=_rendered(row, plan, centre, by),
                    name=row.name,
                    mail=row.email,
                    language=row.language,
                    reply_to=centre.email,
                    by=by,
                )
            if rows:
                audit.record(Audited.NOTICES_SENT, by=by, subject=event, changed=[plan.moment])
    return len(rows)


def try_out(
    *, event: Event, moment: str, language: str, name: str, mail: str, pool: Pool | None = None, by: Actor
) -> None:
    """Send one mail of the event to somebody at the desk, with links that lead nowhere personal.

    `moment` may be the confirmation, too; `pool` is whose guests read it so, else the first.
    """
    with transaction.atomic():
        centre = consortium.centre()
        told = {"moment": moment, "language": language, "name": name}
        outgoing.write(
            cause=event,
            rendered=notice_words.preview(event=event, pool=pool, centre=centre, **told),
            name=name,
            mail=mail,
            language=language,
            reply_to=centre.email,
            by=by,
        )


def _rendered(row: Registration, plan: notices.Plan, centre: Centre, by: Actor) -> Rendered:
    link = addresses.registration(letters.link(registration=row, by=by), language=row.language)
    feedback = ""
    if plan.moment == Moment.THANKS:
        until = clock.now() + letters.LINK_KEPT
        secret = tokens.issue(purpose=FEEDBACK, subject=row.uuid, expires=until, by=by)
        feedback = addresses.event_feedback(secret, language=row.language)
    return notice_words.words(row, plan, centre, link=link, feedback=feedback)
