"""What machines read of the site: the feed of news, the map of all pages, and what crawlers may fetch."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue import held
from wegweiser.catalogue import queries as catalogue
from wegweiser.consortium import directory
from wegweiser.consortium import queries as consortium
from wegweiser.events import whole
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.kept import Recent
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import offers, reads

NEWEST = 30
MAPS: Recent[str] = Recent(1)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what no XML may hold
LISTS = (
    *("home", "offers", "events", "demonstrators", "lighthouse_projects", "checks", "guides", "videos"),
    *("programmes", "news_list", "topics", "partners", "contacts", "networks", "emergency", "providers"),
    *("event_feeds", "invitations", "impact", "imprint", "privacy", "accessibility", "easy"),
)


@login_not_required
@keep
@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """The newest news as Atom."""
    language = get_language() or "de"
    view = centres.of(request)
    feed = feedgenerator.Atom1Feed(
        title=_("Aktuelles: %(centre)s") % {"centre": view.name},
        link=addresses.news(language=language),
        feed_url=addresses.news_feed(language=language),
        description=view.claim,
        language=language,
    )
    rows = reads.news(NEWEST)
    edited = catalogue.edited([entry.pk for entry in rows])
    for entry in rows:
        published = entry.details.get("published_on")
        day = dt.date.fromisoformat(published) if published else clock.local(entry.recorded_at).date()
        moment = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        link = addresses.offer(entry.kind, entry.slug, language=language)
        feed.add_item(
            title=CONTROLS.sub(" ", str(entry.title)),
            link=link,
            description=CONTROLS.sub(" ", str(entry.summary)),
            unique_id=f"urn:uuid:{entry.uuid}",
            pubdate=moment,
            updateddate=max(moment, edited.get(entry.pk, moment)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@dataclass(frozen=True)
class _Page:
    """A page in both languages: address by language."""

    by_language: dict[str, str]


@login_not_required
@keep
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language (sitemaps.org, with alternates), made anew when one came or went."""
    state = (settings.BASE_URL, held.last_change(), directory.names(), [member.pk for member, _at in reads.people()])
    text = MAPS.take(str(state), _sitemap)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _sitemap() -> str:
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in _pages():
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in page.by_language.items()
        )
        parts += [f"<url><loc>{escape(address)}</loc>{alternates}</url>" for address in page.by_language.values()]
    parts.append("</urlset>")
    return "\n".join(parts)


def _pages() -> Iterator[_Page]:
    for name in LISTS:
        yield _page(f"public:{name}")
    for topic in consortium.topics():
        yield _page("public:topic", slug=topic.slug)
    for partner in consortium.partners():
        yield _page("public:partner", slug=partner.slug)
    for member, _partner in reads.people():
        yield _page("public:contact", slug=member.slug)
    for row in sorted(held.places(), key=lambda row: (row.kind, row.slug)):
        if row.kind in offers.PAGES:  # dates that are over, too: their pages stay, say so and lead on
            yield _page(f"public:{row.kind}", slug=row.slug)
    for uuid in whole.public_ones():
        yield _page("public:series", uuid=uuid)


def _page(name: str, **where: str | UUID) -> _Page:
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = settings.BASE_URL.rstrip("/") + reverse(name, kwargs=where)
    return _Page(found)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the desk and links with a secret may not."""
    closed = ("/desk/", "/konto/", "/anliegen/", "/en/desk/", "/en/konto/", "/en/anliegen/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
