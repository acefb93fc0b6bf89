"""What the centre has achieved: a few figures for everybody, none of which lets a firm be recognised.

They are a part of what the funder of the same grant is told, for the same days and hidden alike: nothing is left to
subtract, neither from the funder's answer nor from yesterday's page.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue.models import Kind
from wegweiser.funding import questions, words
from wegweiser.journey import disclosure, summaries
from wegweiser.journey.summaries import Summary
from wegweiser.kernel import clock
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import offers, reads
from wegweiser.web.ui import maps

FIRST = "companies_reached"
FURTHER = ("visits", "events", "checks", "demonstrations", "concepts", "lighthouse_projects")
STORIES = 3
# What the funder calls otherwise than the rest of these pages. Stories are no figure: they tell of former grants, too.
PLAIN = {
    "lighthouse_projects": (
        gettext_lazy("Vorhaben mit Betrieben"),
        gettext_lazy(
            "Jedes Vorhaben zählt einmal, an dem wir in dieser Zeit gearbeitet haben. "
            "Praxisbeispiele können älter sein."
        ),
    )
}
_drawn: dict[str, tuple[str, SafeString]] = {}  # by language: what was drawn last, and how it looks


@login_not_required
@require_safe
@keep
def show(request: HttpRequest) -> HttpResponse:
    extent = questions.public_extent(clock.today())
    found = (
        summaries.figures(
            start=extent.start,
            end=extent.end,
            grant=extent.grant.slug if extent.grant else None,
            keys=(FIRST, "contacts", *FURTHER),
            recorded_by=extent.recorded_by,
        )
        if extent
        else {}
    )
    context: dict[str, object] = {
        "extent": extent,
        "stories": offers.cards(reads.newest(Kind.LIGHTHOUSE_PROJECT, STORIES)),
    }
    if found and found[FIRST].total >= disclosure.LEAST:
        context |= _told(found, region=centres.of(request).region)
    return render(request, "public/impact.html", context)


def _figures(told: dict[str, object]) -> SafeString:
    """The figures as they stand on the page. They change once a month, and to draw them takes longer than all else."""
    language, what = get_language() or "", repr(told)
    before, drawn = _drawn.get(language, ("", SafeString("")))
    if before != what:
        drawn = render_to_string("public/_impact_figures.html", told)
        _drawn[language] = what, drawn
    return drawn


def _told(found: dict[str, Summary], *, region: str) -> dict[str, object]:
    reached, labels = found[FIRST], words.Labels()
    further = [
        {
            "label": PLAIN[key][0] if key in PLAIN else words.INDICATORS[key],
            "actual": number_format(found[key].total),
            "definition": PLAIN[key][1] if key in PLAIN else words.DEFINITIONS[key],
        }
        for key in FURTHER
        if found[key].total >= disclosure.LEAST
    ]
    return {
        "reached": number_format(reached.total),
        "definition": words.DEFINITIONS[FIRST],
        "figures": _figures(
            {
                "further": further,
                "topics": _bars(reached, "topic", labels),
                "months": _bars(found["contacts"], "month", labels),
                "map": _map(reached, region),
            }
        ),
    }


def _bars(summary: Summary, dimension: str, labels: words.Labels) -> list[dict[str, object]]:
    """Bars of what may be shown; what may not stands as a row in words. None where nothing may be told."""
    cells = disclosure.shown(summary.by[dimension]) or {}
    longest = max((value for value in cells.values() if value), default=1)
    keys = sorted(cells) if dimension == "month" else sorted(cells, key=lambda key: (-(cells[key] or 0), key))
    return [
        {
            "label": labels.of(dimension, key),
            "text": _told_as(cells[key]),
            "percent": 100 * (cells[key] or 0) / longest,
            "href": reverse("public:topic", kwargs={"slug": key}) if dimension == "topic" else "",
        }
        for key in keys
    ]


def _map(summary: Summary, region: str) -> maps.DistrictMap | None:
    cells = disclosure.shown(summary.by["district"])
    if cells is None:
        return None
    others = [maps.Row(str(name), _told_as(cells.pop(key))) for key, name in words.OTHERS.items() if key in cells]
    return maps.district_map(
        title=_("Erreichte Betriebe je Landkreis"),
        description=_("Karte: %(region)s. Jede Zahl steht im Landkreis und noch einmal in der Tabelle.")
        % {"region": region},
        label=_("Betriebe"),
        figures=cells,
        hidden=_hidden(),
        others=others,
    )


def _told_as(value: int | None) -> str:
    return _hidden() if value is None else number_format(value)


def _hidden() -> str:
    """A cell under five, or one that would give such a cell away."""
    return _("nicht gezeigt")
