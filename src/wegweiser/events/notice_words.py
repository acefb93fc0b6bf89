"""How the mails around an event read: the usual words, or those of the event, with its day, place and links."""

from django.utils import translation

from wegweiser.companies import phones
from wegweiser.consortium.models import Centre
from wegweiser.events import greetings, lengths, letter_texts, moments, notices, queries
from wegweiser.events.confirming import CONFIRMATION
from wegweiser.events.models import Event, Moment, Pool, Registration, Way
from wegweiser.kernel import addresses
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.rendering import Rendered, render

TEMPLATE = "events/mails/notice"


def preview(
    *, event: Event, moment: str, language: str, name: str, centre: Centre, pool: Pool | None = None
) -> Rendered:
    """How a mail of the event reads to who has a place in `pool` (else the first), with links to nobody's page.

    `moment` is one of its mails, or "confirmation".
    """
    pool = pool or event.pools.first()
    if moment == CONFIRMATION:
        return letter_texts.confirmation(event=event, pool=pool, language=language, name=name, centre=centre)
    row = Registration(event=event, pool=pool, name=name, language=language, places=1)
    home = addresses.home(language=language)
    return words(row, notices.plan(event, moment), centre, link=home, feedback=home if moment == Moment.THANKS else "")


def words(row: Registration, plan: notices.Plan, centre: Centre, *, link: str, feedback: str) -> Rendered:
    event, pool, language = row.event, row.pool, row.language
    entry, online = event.draft.entry, pool is not None and pool.way == Way.ONLINE
    starts, ends = lengths.times(event, pool) if pool else (queries.starts_at(event), queries.planned_end(event))
    with translation.override(language):
        context = {
            "moment": plan.moment,
            "name": greetings.name(row.name),
            "title": (entry or event.draft).title.text(language),
            "when": moments.written(starts, language, ends=ends),
            "slot": pool.label.text(language) if pool and pool.starts_at else "",
            "online": online,
            "join_link": event.join_link if online else "",
            "place": "" if online else ", ".join(filter(None, [event.told.get("place"), event.room])),
            "access": "" if online else event.access.text(language),
            "words": Translated(plan.words).text(language),
            "link": link,
            "feedback": feedback,
            "page": addresses.offer("event", entry.slug, language=language) if entry else "",
            "phone": phones.shown(centre.phone),
            "centre": centre.name.text(language),
            "signature": "",
        }
    return render(TEMPLATE, language, context)
