"""Editing at the desk: one offer with everything one can do to it, and new ones. Their list is `editing_list`."""

import uuid as ids
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.accounts.models import User
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import placing, readiness
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import Work
from wegweiser.catalogue.fields import CREATED
from wegweiser.catalogue.models import DRAFTING, DraftState, Kind, Published
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Extent, Permission
from wegweiser.crossings import event_texts
from wegweiser.events.models import Event
from wegweiser.files import queries as files
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing_differences, event_notes, event_reach, series_changes, series_words
from wegweiser.web.desk import editing_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.editing_forms import Choices, OfferForm
from wegweiser.web.desk.sentences import SENTENCES


def extent(desk: Desk) -> Extent:
    return desk.rights.extent(Permission.ENTRY_EDIT)


def mine(desk: Desk, uuid: UUID) -> Work:
    """The offer of that id, where the one at the desk may edit it; else 404."""
    found = works.work(uuid)
    if found is not None and event_reach.is_template(found):
        return event_reach.offer(desk, uuid)
    if found is None or not found.within(works.reach(found.kind, desk.rights), desk.member):
        raise Http404
    return found


def choices(desk: Desk, found: Work | None = None) -> Choices:
    """Whom one may name: partners and people within one's reach, and who is named already."""
    reach = extent(desk)
    partners = (
        list(Partner.objects.all())
        if reach.everywhere
        else list(Partner.objects.filter(pk__in=reach.partners) if reach.partners else desk.rights.partners())
    )
    members = [desk.member]
    if reach.everywhere or reach.partners:
        members = list(works.contacts([partner.pk for partner in partners]))
    if found and found.partner and found.partner not in partners:
        partners.append(found.partner)
    if found and found.contact and found.contact not in members:
        members.append(found.contact)
    return Choices(partners, members, everywhere=reach.everywhere, only_me=not (reach.everywhere or reach.partners))


@require_GET
@needs(Permission.ENTRY_EDIT)
def kinds(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What a new offer may be."""
    found = [(kind, words.KIND_NAMES[kind], words.KIND_HINTS[kind]) for kind in CREATED]
    return render(request, "desk/offer_kinds.html", {"kinds": found})


@require_http_methods(["GET", "POST"])
@needs(Permission.ENTRY_EDIT)
def create(request: HttpRequest, *, desk: Desk, kind: str) -> HttpResponse:
    """A new offer, empty or like another one. It is a draft until somebody publishes it."""
    if kind not in CREATED:
        raise Http404
    content, named = _start(request, desk, kind), choices(desk)
    sent = request.POST if request.method == "POST" else None
    form = OfferForm(sent, kind=kind, content=content, choices=named, submission=ids.uuid4())
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafts.create(
                kind=kind,
                content=placing.followed(kind, form.told(), content),
                slug=form.cleaned_data["slug"],
                submission=form.cleaned_data["submission"] or ids.uuid4(),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _go_on(request, desk, draft.uuid)
    context = {"form": form, "kind": words.KIND_NAMES[kind], "work": None, "action": ""}
    return render(request, "desk/offer.html", context, status=422 if form.errors else 200)


def _start(request: HttpRequest, desk: Desk, kind: str) -> dict[str, Any]:
    """What a new offer begins with: a copy of another one without its day, or what is likely for whom works."""
    try:
        like = mine(desk, UUID(request.GET.get("wie", "")))
    except (ValueError, Http404):
        like = None
    if like and like.kind == kind:
        details = {key: value for key, value in like.content["details"].items() if key != "registered"}
        return {**like.content, "details": details, "starts_at": None, "ends_at": None, "availability": "open"}
    partners, reach = desk.rights.partners(), extent(desk)
    only_me = not (reach.everywhere or reach.partners)
    is_contact = works.contacts([partner.pk for partner in partners]).filter(pk=desk.member.pk).exists()
    return {
        **contents.empty(kind),
        "partner": partners[0].key if partners else "",
        "contact": desk.member.slug if is_contact or only_me else "",
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.ENTRY_EDIT)
def offer(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One offer. What is sent is saved; what a rule refuses comes back with every input kept."""
    found = mine(desk, uuid)
    sent = request.POST if request.method == "POST" else None
    form, differences, status = _form(desk, found, sent), [], 200
    if request.method == "POST":
        stood = series_changes.before(event_notes.of(found))
        status = 422
        if form.is_valid():
            try:
                event_texts.write(
                    uuid=uuid,
                    seen=form.cleaned_data["seen"],
                    content=form.told(),
                    slug=form.cleaned_data.get("slug", ""),
                    confirmed=form.confirmed(),
                    by=desk.by,
                )
            except DomainError as refusal:
                form.refuse(refusal)
                if refusal.code == "changed_meanwhile":
                    found, status = mine(desk, uuid), 409
                    differences = editing_differences.found(found.kind, form.told(), found.content)
                    form.data = request.POST.copy()
                    form.data["seen"] = found.stamp
            else:
                done = _go_on(request, desk, uuid)
                here = done.headers["Location"] == reverse("desk:offer", kwargs={"uuid": uuid})
                return (series_changes.ask(stood) if here else None) or done
    return render(request, "desk/offer.html", _context(desk, found, form, differences), status=status)


def _form(desk: Desk, found: Work, data: Any = None) -> OfferForm:
    return OfferForm(
        data,
        kind=found.kind,
        content=found.content,
        choices=choices(desk, found),
        slug=found.slug,
        seen=found.stamp,
        outdated=found.outdated,
        counted=event_notes.of(found) is not None,
    )


def _context(desk: Desk, found: Work, form: OfferForm, differences: list[tuple[str, str]]) -> dict[str, Any]:
    verbs = set(DRAFTING.verbs(found.state)) - ({"withdraw"} if found.kind == Kind.TOPIC else set())
    picture = files.picture(found.content["picture"])
    is_template, event = event_reach.is_template(found), event_notes.note(desk, found)
    return {
        "work": found,
        "form": form,
        "is_template": is_template,
        "kind": words.KIND_NAMES[found.kind],
        "badge": "info" if is_template else words.STATE_BADGES[found.state],
        "state": _("Vorlage") if is_template else found.state.label,
        "verbs": verbs - ({"drop"} if found.entry else set()),
        "goes_on": not is_template and (found.kind in CREATED or "discard" in verbs),
        "missing": _told(found.readiness.missing),
        "advice": _told(found.readiness.advice),
        "differences": differences,
        "changed_by": name_of(found.draft.changed_by) if found.draft else "",
        "href": _href(found),
        "up": _up(found.kind, event.event if is_template and event else None),
        "versions": _versions(found),
        "picture": files.document(picture) if picture else None,
        "event": event,
        "copied": _copied(desk, found, event.event if event else None),
    }


def _copied(desk: Desk, found: Work, event: Event | None) -> str:
    """Where one makes another one like it; an event with registration brings that along for whoever may hold it."""
    if found.kind not in CREATED:
        return ""
    if event is not None and event_reach.may_copy(desk, event):
        return reverse("desk:event_copy", kwargs={"uuid": event.uuid})
    return reverse("desk:offer_create", kwargs={"kind": found.kind}) + f"?wie={found.uuid}"


def _up(kind: str, template: Event | None = None) -> dict[str, str]:
    """The list an offer stands in; above a template its own page."""
    if template is not None:
        return {"href": reverse("desk:event_template", kwargs={"uuid": template.uuid}), "text": _("Zur Vorlage")}
    if kind == Kind.TOPIC:
        return {"href": reverse("desk:topics"), "text": _("Themen")}
    return {"href": reverse("desk:offers"), "text": _("Angebote")}


def _told(findings: tuple[readiness.Finding, ...]) -> list[dict[str, Any]]:
    """Findings in words, with links to where each can be mended."""
    found = []
    for finding in findings:
        english = finding.code in {readiness.Code.ENGLISH, readiness.Code.OUTDATED}
        links = [(words.label(name), words.anchor(name, english=True)) for name in finding.fields]
        found.append(
            {
                "text": words.FINDINGS[finding.code],
                "href": "" if english else words.anchor(finding.field),
                "links": links,
            }
        )
    return found


def _go_on(request: HttpRequest, desk: Desk, uuid: UUID) -> HttpResponse:
    """Where the pressed button leads after saving."""
    match request.POST.get("do", ""):
        case "preview":
            return redirect("public:preview", uuid=uuid)
        case "picture":
            return redirect("desk:offer_picture", uuid=uuid)
        case "publish":
            return _publish(request, desk, mine(desk, uuid))
    messages.success(request, _("Gespeichert. Öffentlich wird es erst, wenn Sie es veröffentlichen."))
    return redirect("desk:offer", uuid=uuid)


def _publish(request: HttpRequest, desk: Desk, found: Work) -> HttpResponse:
    if found.state == DraftState.PUBLISHED:
        messages.success(request, _("Es ist schon so veröffentlicht."))
        return redirect("desk:offer", uuid=found.uuid)
    if request.POST.get("told") != "1" and found.readiness.ready and event_notes.move(found):
        return redirect("desk:offer_move", uuid=found.uuid)  # guests get a mail: one looks at it first
    try:
        done = event_texts.publish(uuid=found.uuid, seen=found.stamp, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        told = _("Veröffentlicht. Die Gäste erfahren, was sich geändert hat.")
        messages.success(request, told if done.told else _("Veröffentlicht."))
        if done.added:
            messages.success(request, series_words.added(done.added))
        if request.POST.get("told") == "1":  # another day or place, looked at before: do the other dates follow?
            return series_changes.open_ones(event_notes.of(found)) or redirect("desk:offer", uuid=found.uuid)
    return redirect("desk:offer", uuid=found.uuid)


Act = Callable[[Work, str, HttpRequest, Desk], object]
# verb: what it does, and what is said afterwards
ACTS: dict[str, tuple[Act, Any]] = {
    "withdraw": (
        lambda work, seen, request, desk: event_texts.withdraw(uuid=work.uuid, seen=seen, by=desk.by),
        gettext_lazy("Zurückgezogen. Wer die Adresse kennt, liest dort, dass es das Angebot nicht mehr gibt."),
    ),
    "discard": (
        lambda work, seen, request, desk: drafts.discard(uuid=work.uuid, seen=seen, by=desk.by),
        gettext_lazy("Die Änderungen sind verworfen."),
    ),
    "drop": (
        lambda work, seen, request, desk: event_texts.drop(uuid=work.uuid, seen=seen, by=desk.by),
        gettext_lazy("Der Entwurf ist gelöscht."),
    ),
    "restore": (
        lambda work, seen, request, desk: drafts.restore(
            uuid=work.uuid, number=_number(request), seen=seen, by=desk.by
        ),
        gettext_lazy(
            "Die frühere Fassung steht jetzt im Entwurf. Partner und Ansprechperson bleiben die von heute. "
            "Öffentlich wird sie, wenn Sie veröffentlichen."
        ),
    ),
}


@require_POST
@needs(Permission.ENTRY_EDIT)
def act(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What one does to an offer beside writing it: its verb stands in `do`."""
    found, verb, seen = mine(desk, uuid), request.POST.get("do", ""), request.POST.get("seen", "")
    if verb == "publish":
        if seen != found.stamp:
            messages.error(request, str(SENTENCES["changed_meanwhile"]))
            return redirect("desk:offer", uuid=uuid)
        return _publish(request, desk, found)
    if verb not in ACTS:
        raise Http404
    does, said = ACTS[verb]
    try:
        does(found, seen, request, desk)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        messages.success(request, str(said))
    left = works.work(uuid)
    is_mine = left is not None and left.within(extent(desk), desk.member)
    return redirect("desk:offer", uuid=uuid) if is_mine else redirect("desk:offers")


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _versions(found: Work) -> list[dict[str, Any]]:
    if found.draft is None:
        return []
    rows = list(Published.objects.filter(draft=found.draft)[:20])
    names = names_of({row.by for row in rows})
    return [
        {
            "number": row.number,
            "day": clock.local(row.recorded_at),
            "title": row.content["title"].get("de", ""),
            "by": names.get(row.by, ""),
            "is_current": row.content == found.content,
        }
        for row in rows
    ]


def name_of(actor: str) -> str:
    """Who it was, for colleagues; empty for a job or a command."""
    return names_of({actor}).get(actor, "")


def names_of(actors: set[str]) -> dict[str, str]:
    """Who they were, asked once: {actor: name}; a job or a command has none."""
    uuids = [uuid for kind, _colon, uuid in (actor.partition(":") for actor in actors) if kind == "staff"]
    return {f"staff:{user.uuid}": str(user) for user in User.objects.filter(uuid__in=uuids)} if uuids else {}


def _href(found: Work) -> str:
    """The public page, where there is one."""
    if not found.is_public or found.entry is None:
        return ""
    return addresses.offer_path(found.kind, found.entry.slug)
