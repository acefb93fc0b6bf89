"""The home page, the page for an IT emergency and the look of the centre."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wegweiser.consortium import directory
from wegweiser.kernel.translated import Translated
from wegweiser.web import context as centres
from wegweiser.web import look
from wegweiser.web.page_cache import keep
from wegweiser.web.public import providers, reads, sections, series, structured

DATES = 3
PROMISES = ("neutral", "free", "for_whom", "where")  # texts of the site


@login_not_required
@keep
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    view = centres.of(request)
    promises = [text for name in PROMISES if (text := view.site_text(name))]
    dates, kinds = reads.next_dates(DATES), reads.kinds()  # in this order: the dates look at the catalogue
    context = {
        "dates": series.cards(dates),
        "promises": promises,
        "sections": [section for section in sections.ON_THE_HOME_PAGE if section.kinds & kinds],
        "structured": structured.centre(view.row) if view.row else "",
    }
    return render(request, "public/home.html", context)


@login_not_required
@keep
@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    found = centres.of(request).emergency
    context = {
        "lead": str(Translated(found.get("lead", {}))),
        "steps": [{"title": str(Translated(step))} for step in found.get("steps", [])],
        "helpers": [
            {
                "name": str(Translated(row["name"])),
                "text": str(Translated(row.get("text", {}))),
                "phone": row.get("phone", ""),
                "url": row.get("url", ""),
                "checked": reads.day(row["last_checked"]),
            }
            for row in found.get("contacts", [])
        ],
    }
    return render(request, "public/emergency.html", context)


@login_not_required
@keep
@require_safe
def find_providers(request: HttpRequest) -> HttpResponse:
    """How one finds and compares vendors; none is named."""
    row = centres.of(request).row
    context = {
        "parts": [{"title": title, "lines": lines} for title, lines in providers.PARTS],
        "compared": providers.COMPARED,
        "groups": providers.groups(row.texts.get("registers", []) if row else [], directory.topics()),
    }
    return render(request, "public/providers.html", context)


@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The centre's own colours; its address changes when they do."""
    row = centres.of(request).row
    return HttpResponse(look.style_sheet(row.look if row else {}), content_type="text/css; charset=utf-8")
