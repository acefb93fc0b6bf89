"""The plan as the firm sees it: by a signed link without an account, and as a section of its workspace."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Channel, Company, Person, Right
from wegweiser.crossings import plan_papers
from wegweiser.crossings import plans as crossing
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import readers
from wegweiser.journey.models import PlannedStep, PlanReader
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.company.access import Visitor, identity, inside, outside
from wegweiser.web.company.sections import Section, Summary, register
from wegweiser.web.company.sentences import SENTENCES


@outside
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the plan on GET; ticks off, takes back and takes a remark on POST."""
    reader = crossing.reader_behind(token)
    if reader is None:
        return gone(request)
    if request.method == "POST":
        act(request, reader.company, by=Actor.link(reader.uuid), reader=lambda: reader)
        return redirect("company:plan_link", token=token)
    context = {
        **shown(companies.root_of(reader.company), reader),
        "token": token,
        "name": reader.person.name if reader.person else "",
    }
    return render(request, "company/plan_link.html", context)


@outside
@require_safe
def paper_by_link(request: HttpRequest, token: str) -> HttpResponse:
    reader = crossing.reader_behind(token)
    return paper(reader.company) if reader else gone(request)


def gone(request: HttpRequest) -> HttpResponse:
    """A link to a plan that opens nothing (any more), and how to get another."""
    return render(request, "company/link_gone.html", {"asking": None}, status=404)


def shown(firm: Company, reader: PlanReader | None, person: Person | None = None) -> dict[str, object]:
    """What the page shows of the plan, and whether and how this reader is reminded."""
    person = reader.person if reader else person
    chosen = crossing.ways_to(people=[person], company=firm)[person.pk if person else None]
    channel = crossing.called_without_address(person, firm, chosen)
    return {
        "firm": firm,
        "plan": crossing.of(firm, language=get_language() or "de"),
        "reminded": bool(reader and reader.asks),  # type: ignore[attr-defined]
        "reminded_by": {Channel.PHONE: _("am Telefon"), Channel.LETTER: _("mit einem Brief")}.get(
            Channel(channel), _("per E-Mail")
        ),
        "can_remind": channel != Channel.NONE,
        "ahead": crossing.AHEAD.days,
        "typed": {},
    }


def paper(firm: Company) -> HttpResponse:
    """The plan to print, in the reader's language."""
    content = plan_papers.made(firm, language="en" if get_language() == "en" else "de")
    headers = {"Content-Disposition": 'attachment; filename="fahrplan.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def act(request: HttpRequest, firm: Company, *, by: Actor, reader: Callable[[], PlanReader]) -> None:
    """What a button says in `do`, with the thing in `step`. Another firm's thing is not there."""
    verb = request.POST.get("do", "")
    if verb in {"remind", "quiet"}:
        readers.remind(reader=reader(), wanted=verb == "remind", by=by)
        text = _("Wir erinnern Sie.") if verb == "remind" else _("Sie bekommen keine Erinnerungen mehr.")
        messages.success(request, text)
        return
    planned = _planned(firm, request.POST.get("step", ""))
    try:
        match verb:
            case "done":
                crossing.tick_off(planned=planned, by=by)
                messages.success(request, _("Abgehakt: %(title)s") % {"title": planned.title})
            case "reopen":
                crossing.reopen(planned=planned, by=by)
                messages.success(request, _("Wieder offen: %(title)s") % {"title": planned.title})
            case "remark":
                told = crossing.remark(planned=planned, text=request.POST.get("remark", ""), by=by)
                said = _("Gespeichert. Ihre Ansprechperson sieht es heute.") if told else _("Gespeichert.")
                messages.success(request, said)
            case _:
                raise Http404
    except DomainError as refusal:
        said = str(SENTENCES.get(refusal.code, SENTENCES["link_gone"]))
        typed = request.POST.get("remark", "").strip()
        kept = _("Ihr Text: „%(text)s“") % {"text": typed} if typed else ""
        messages.error(request, f"{said} {kept}".strip())


def _planned(firm: Company, uuid: str) -> PlannedStep:
    found = journey.planned(firm, identity(uuid))
    if found is None or not found.title:
        raise Http404
    return found


# --- In the workspace ----------------------------------------------------------------------------------------------


def _summary(me: Visitor) -> Summary:
    steps = [row for row in journey.plan(me.firm) if row.title]
    going = sum(row.is_open for row in steps)
    if not steps:
        return Summary(_("Noch nichts verabredet"))
    if not going:
        return Summary(_("Alles erledigt"))
    return Summary(ngettext("%(number)s Schritt steht an", "%(number)s Schritte stehen an", going) % {"number": going})


register(
    Section(
        name="plan",
        title=gettext_lazy("Fahrplan"),
        icon="check",
        order=20,
        url="company:plan",
        summary=_summary,
        right=Right.ALL,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside(Right.ALL)
def section(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """The same page with the same buttons, for who is logged in."""
    if request.method == "POST":
        act(request, me.firm, by=me.by, reader=lambda: readers.add(company=me.firm, person=me.person, by=me.by))
        return redirect("company:plan")
    reader = journey.readers(me.firm).filter(person=me.person).first()
    context = {**shown(me.firm, reader, me.person), "me": me, "typed": me.typed}
    return render(request, "company/plan.html", context)


@require_safe
@inside(Right.ALL)
def section_paper(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    return paper(me.firm)
