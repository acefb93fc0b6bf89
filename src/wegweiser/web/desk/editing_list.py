"""The list of offers that one may edit, narrowed by what one looks for."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.fields import CREATED
from wegweiser.catalogue.models import DraftState
from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.kernel import clock
from wegweiser.web.desk import editing_words as words
from wegweiser.web.desk import tabs
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.editing import extent

PAGE = 25
WHENS = {"kommend": False, "vorbei": True, "alle": None}


@require_GET
@needs(Permission.ENTRY_EDIT)
def offers(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The offers one may edit, narrowed by parameters of the address."""
    asked, reach = request.GET, extent(desk)
    partner = Partner.objects.filter(slug=asked.get("partner", "")).first()
    topic = Topic.objects.filter(slug=asked.get("thema", "")).first()
    kind = asked.get("art", "") if asked.get("art") in CREATED else ""
    state = asked.get("stand", "") if asked.get("stand") in DraftState.values else ""
    when = asked.get("zeit", "") if asked.get("zeit") in WHENS else "kommend"
    text = asked.get("q", "").strip()[:120]
    rows = worklist.listed(
        works.editable(reach, desk.member),
        worklist.Filter(
            kind=kind,
            state=state,
            topic=topic,
            partner=partner,
            contact=desk.member if asked.get("meine") else None,
            text=text,
            lacks_english=bool(asked.get("englisch")),
            past=WHENS[when],
        ),
    )
    page: Any = Paginator(rows, PAGE).get_page(asked.get("seite"))
    page.object_list = [line(row) for row in page.object_list]
    partners = Partner.objects.all() if reach.everywhere else Partner.objects.filter(pk__in=reach.partners)
    context = {
        "page": page,
        "q": text,
        "art": kind,
        "tabs": tabs.of(desk, "offers"),
        "kinds": [(name, words.KIND_NAMES[name]) for name in CREATED],
        "stand": state,
        "states": DraftState.choices,
        "thema": topic.slug if topic else "",
        "topics": [(row.slug, str(row.title)) for row in Topic.objects.all()],
        "zeit": when,
        "whens": [("kommend", _("ohne vergangene Termine")), ("vorbei", _("nur vergangene")), ("alle", _("alle"))],
        "partner": partner.slug if partner else "",
        "partners": [(row.slug, row.short_name) for row in partners],
        "meine": asked.get("meine", ""),
        "whose": [("1", _("nur meine"))],
        "englisch": asked.get("englisch", ""),
        "english": [("1", _("fehlt oder ist veraltet"))],
    }
    return render(request, "desk/offers.html", context)


def line(row: worklist.Row) -> dict[str, Any]:
    """A row as a list shows it."""
    return {
        "row": row,
        "kind": words.KIND_NAMES[row.kind],
        "state": row.state.label,
        "badge": words.STATE_BADGES[row.state],
        "day": clock.local(row.starts_at) if row.starts_at else None,
    }
