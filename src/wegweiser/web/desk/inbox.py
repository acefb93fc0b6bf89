"""The inbox: the cases one may read, filtered by parameters of the address."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import OPEN, WAITING_FOR_US, State
from wegweiser.kernel import clock
from wegweiser.web.desk import case_tabs
from wegweiser.web.desk.access import Desk, needs

PAGE = 25
STATES = {
    "offen": OPEN,
    "wartet": WAITING_FOR_US,
    "ueberfaellig": WAITING_FOR_US,
    "alle": frozenset(State.values),
}


@require_GET
@needs(Permission.CASE_SEE)
def inbox(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Cases I may read, filtered by parameters of the address."""
    wanted = request.GET.get("stand", "wartet")
    states = STATES.get(wanted, WAITING_FOR_US)
    partner = Partner.objects.filter(slug=request.GET.get("partner", "")).first()
    topic = Topic.objects.filter(slug=request.GET.get("thema", "")).first()
    mine = request.GET.get("meine") == "1"
    text = request.GET.get("q", "").strip()[:120]
    found = queries.inbox(
        cases=queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere),
        partner=partner,
        topic=topic,
        adviser=desk.member if mine else None,
        states=states,
        text=text,
        late=wanted == "ueberfaellig",
    )
    context = {
        "tabs": case_tabs.of(desk, "cases"),
        "page": Paginator(found, PAGE).get_page(request.GET.get("seite")),
        "q": text,
        "stand": wanted if wanted in STATES else "wartet",
        "stands": [
            ("wartet", _("noch zu beantworten")),
            ("ueberfaellig", _("Antwort überfällig")),
            ("offen", _("alle offenen")),
            ("alle", _("alle")),
        ],
        "partner": partner.slug if partner else "",
        "partners": [(row.slug, row.short_name) for row in Partner.objects.all()],
        "thema": topic.slug if topic else "",
        "topics": [(row.slug, str(row.title)) for row in Topic.objects.all()],
    }
    return render(request, "desk/cases.html", context)
