"""How an invitation by mail reads: the event's text for invitations (see `papers`), with the links of the person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format

from wegweiser.consortium.models import Centre
from wegweiser.events import papers
from wegweiser.events.models import Event
from wegweiser.events.papers import Kind, Written
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


LINK = "https://link.invalid/"  # stands for the form until it is known whose link it is


def prepared(event: Event, words: Mapping[str, str], language: str, centre: Centre) -> Written:
    """The text for everybody of one language: made once, however many have it.

    `words` are the event's own as they were when it was ordered; without them the usual ones hold.
    """
    own = Translated(words).text(language) or papers.usual(event, Kind.INVITATION, language)
    return papers.written(event, Kind.INVITATION, language, centre=centre, link=LINK, words=own)


def preview(*, event: Event, language: str, name: str, centre: Centre) -> Rendered:
    """How it reads, with links that answer for nobody."""
    entry = event.draft.entry
    page = addresses.offer("event", entry.slug, language=language) if entry else addresses.home(language=language)
    links = Links(page, page, addresses.invitations(language=language))
    text = prepared(event, papers.own_words(event, Kind.INVITATION), language, centre)
    return composed(text=text, language=language, name=name, centre=centre, links=links)


def composed(
    *, text: Written, language: str, name: str, centre: Centre, links: Links, since: dt.datetime | None = None
) -> Rendered:
    """One person's mail. `since` is when they agreed to being invited."""
    with translation.override(language):
        context = {
            "name": name,
            "heading": _heading(text),
            "body": text.body.replace(LINK, links.register),
            "has_link": LINK in text.body,
            "links": links,
            "since": date_format(clock.local(since), "j F Y" if language == "en" else "j. F Y") if since else "",
            "centre": centre.name.text(language),
            "signature": "",
        }
    return render(TEMPLATE, language, context)


def _heading(text: Written) -> str:
    """The first line that says something without a link: a subject is no place for somebody's own one."""
    plain = (line.replace(LINK, "").strip(" :–-") for line in text.text.split("\n"))
    return next(filter(None, plain), "")
