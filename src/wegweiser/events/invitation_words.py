"""How an invitation reads: the usual words, or those of whoever sends it, with the day, the place and the links."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format

from wegweiser.consortium.models import Centre
from wegweiser.events import queries
from wegweiser.events.models import Event, Way
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.rendering import Rendered, render

TEMPLATE = "events/mails/invitation"


@dataclass(frozen=True)
class Links:
    """Where an invitation leads: to the form, to "not this time", and to the end of all invitations."""

    register: str
    decline: str
    subscription: str


def preview(*, event: Event, words: Mapping[str, str], language: str, name: str, centre: Centre) -> Rendered:
    """How it reads, with links that answer for nobody."""
    entry = event.draft.entry
    page = addresses.offer("event", entry.slug, language=language) if entry else addresses.home(language=language)
    links = Links(page, page, addresses.invitations(language=language))
    return composed(event=event, words=words, language=language, name=name, centre=centre, links=links)


def composed(
    *,
    event: Event,
    words: Mapping[str, str],
    language: str,
    name: str,
    centre: Centre,
    links: Links,
    since: dt.datetime | None = None,
) -> Rendered:
    """`since` is when they agreed to being invited."""
    shown = event.draft.entry or event.draft
    content = event.draft.content
    ways = {pool.way for pool in event.pools.all()}
    summary = shown.summary if event.draft.entry else Translated(content.get("summary") or {})
    place = event.draft.entry.place if event.draft.entry else content.get("place", "")
    with translation.override(language):
        context = {
            "name": name,
            "title": shown.title.text(language),
            "when": _when(queries.starts_at(event), language),
            "place": ", ".join(filter(None, [place, event.room])) if Way.ON_SITE in ways or not ways else "",
            "online": Way.ONLINE in ways,
            "summary": summary.text(language),
            "words": Translated(words).text(language),
            "links": links,
            "since": date_format(clock.local(since), "j F Y" if language == "en" else "j. F Y") if since else "",
            "phone": centre.phone,
            "centre": centre.name.text(language),
            "signature": "",
        }
    return render(TEMPLATE, language, context)


def _when(moment: dt.datetime | None, language: str) -> str:
    if moment is None:
        return ""
    pattern = "l j F Y, G:i" if language == "en" else r"l, j. F Y, G:i \U\h\r"
    return date_format(clock.local(moment), pattern)
