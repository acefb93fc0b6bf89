"""Templates at the desk: the shortest way to a new event, and what a template holds."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.catalogue import drafts as works
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import event_texts
from wegweiser.events import queries
from wegweiser.events.actions import copies, templates
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, event_reach, series_words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_copy_forms import CopyForm, TemplateForm
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 30


@require_GET
@needs(Permission.EVENT_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All templates, those of the own partner first: choosing one is how a new event begins."""
    rows = Event.objects.filter(draft__is_template=True).select_related("draft__partner").prefetch_related("pools")
    own = {held.partner_id for held in desk.rights.held}
    listed = sorted(rows, key=lambda row: (row.draft.partner_id not in own, row.draft.sort_key, row.pk))
    page: Any = Paginator(listed, PAGE).get_page(request.GET.get("seite"))
    page.object_list = [line(row) for row in page.object_list]
    return render(request, "desk/event_templates.html", {"page": page})


def line(event: Event) -> dict[str, Any]:
    """A template as lists show it."""
    draft = event.draft
    starts, ends = (clock.local(moment) if moment else None for moment in (draft.starts_at, draft.ends_at))
    pools = list(event.pools.all())
    return {
        "event": event,
        "summary": draft.content["summary"].get("de", ""),
        "format": draft.content["format"],
        "starts": starts,
        "ends": ends if ends and starts and ends.date() == starts.date() else None,
        "places": sum(pool.chairs for pool in pools),
        "slots": sum(pool.starts_at is not None for pool in pools),
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """A template that says nothing yet."""
    form = TemplateForm(request.POST if request.method == "POST" else None, named=editing.choices(desk), desk=desk)
    if request.method == "POST" and form.is_valid():
        try:
            made = templates.begin(told=form.changes(), submission=form.submission_id(), by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Die Vorlage ist angelegt. Schreiben Sie jetzt, was darin stehen soll."))
            return redirect("desk:event_template", uuid=made.uuid)
    return render(request, "desk/event_template_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What a template holds, for everybody who makes events. `do` is protect, open or drop, for who may change it."""
    event = event_reach.template(desk, uuid)
    may_change, may_protect = event_reach.may_change(desk, event), desk.everywhere
    do = request.POST.get("do", "")
    if request.method == "POST":
        if do in {"protect", "open"} and may_protect:
            templates.protect(event=event, is_protected=do == "protect", by=desk.by)
            messages.success(request, _("Geschützt.") if do == "protect" else _("Freigegeben."))
        elif do == "drop" and may_change:
            work = event_reach.offer(desk, event.draft.uuid)
            event_texts.drop(uuid=work.uuid, seen=work.stamp, by=desk.by)
            messages.success(request, _("Die Vorlage ist gelöscht. Was daraus entstand, bleibt."))
            return redirect("desk:event_templates")
        else:
            messages.error(request, str(SENTENCES["template_protected"]))
        return redirect("desk:event_template", uuid=uuid)
    context = {
        "event": event,
        "line": line(event),
        "pools": list(event.pools.all()),
        "questions": queries.questions(event),
        "mails": event.notices.count(),
        "wordings": event.wordings.count(),
        "may_change": may_change,
        "may_protect": may_protect,
        "submission": uuid4(),
    }
    return render(request, "desk/event_template.html", context)


@require_POST
@needs(Permission.EVENT_EDIT)
def keep(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Make a template of an event, or an own one of another template."""
    event = event_reach.source(desk, uuid)
    made = copies.make(
        source=event.draft.uuid,
        is_template=True,
        changes=_ours(desk, event),
        submission=_submission(request),
        by=desk.by,
    )
    messages.success(request, _("Die Vorlage ist angelegt. Gäste, Unterlagen und Rückmeldungen sind nicht darin."))
    return redirect("desk:event_template", uuid=made.event.uuid)


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def copy(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A new event like a template or another event, with registration set up; nothing is public yet."""
    event = event_reach.source(desk, uuid)
    work = works.work(event.draft.uuid)
    assert work is not None  # noqa: S101 - an event has its draft
    sent = request.POST if request.method == "POST" else None
    form = CopyForm(sent, content=work.content, named=editing.choices(desk), desk=desk, gone=queries.gone_contact(work))
    if sent is not None and form.is_valid():
        try:
            made = copies.make(
                source=work.uuid,
                when=form.when(),
                changes=form.changes(),
                submission=form.submission_id(),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Angelegt, mit Anmeldung. Öffentlich wird es, wenn Sie es veröffentlichen."))
            say_gone(request, made.gone)
            say_left(request, made.left)
            return redirect("desk:event", uuid=made.event.uuid)
    context = {"event": event, "form": form, "is_template": event.draft.is_template}
    return render(request, "desk/event_copy.html", context, status=422 if form.errors else 200)


def say_gone(request: HttpRequest, name: str) -> None:
    """That nobody is named as the contact any more."""
    if name:
        told = _("%(name)s ist nicht mehr da. Bitte nennen Sie eine andere Ansprechperson.") % {"name": name}
        messages.warning(request, told)


def say_left(request: HttpRequest, names: Sequence[str]) -> None:
    """What did not come along to another place."""
    if names:
        told = _("Anderer Ort, darum nicht übernommen: %(what)s.") % {
            "what": ", ".join(str(series_words.label(name)) for name in names)
        }
        messages.warning(request, told)


def _ours(desk: Desk, event: Event) -> dict[str, Any]:
    """Whose a template becomes: of one's own house, where the other one's is not within reach."""
    named = editing.choices(desk)
    keys = {row.key for row in named.partners}
    if event.draft.partner and event.draft.partner.key in keys:
        return {}
    contact = desk.member.slug if desk.member in named.members else ""
    return {"partner": named.partners[0].key if named.partners else "", "contact": contact}


def _submission(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()
