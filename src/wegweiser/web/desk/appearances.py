"""Appearances at others' events: recorded in a minute, put right with a reason, listed with what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.consortium import queries as consortium
from wegweiser.consortium import teams
from wegweiser.consortium.models import District, Member, Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import appearances as crossing
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.events import appearances
from wegweiser.events.actions import appearances as actions
from wegweiser.events.appearances import Wanted
from wegweiser.events.models import Appearance
from wegweiser.files import queries as files
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.web import downloads
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.appearance_forms import AppearanceForm, CorrectionForm, ProofForm, TakeBackForm
from wegweiser.web.ui import uploads
from wegweiser.web.ui.days import day as day_of

PAGE = 50
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Choices:
    """What a list may be narrowed to, and what its address asks."""

    partners: list[Partner]
    topics: list[Topic]
    districts: list[District]
    asked: Mapping[str, str]

    @property
    def wanted(self) -> Wanted:
        def one(rows: list[Any], attribute: str, name: str) -> Any:
            return next((row for row in rows if getattr(row, attribute) == self.asked.get(name)), None)

        kind = self.asked.get("art", "")
        return Wanted(
            text=self.asked.get("q", "").replace("\0", "").strip()[:120],
            start=day_of(self.asked.get("von", "")),
            end=day_of(self.asked.get("bis", "")),
            kind=kind if kind in Appearance.Kind.values else "",
            partner=one(self.partners, "slug", "partner"),
            topic=one(self.topics, "slug", "thema"),
            district=one(self.districts, "ags", "landkreis"),
        )

    @property
    def parameters(self) -> dict[str, str]:
        """The same, as an address says it."""
        wanted = self.wanted
        given = {
            "q": wanted.text,
            "von": wanted.start.isoformat() if wanted.start else "",
            "bis": wanted.end.isoformat() if wanted.end else "",
            "art": wanted.kind,
            "partner": wanted.partner.slug if wanted.partner else "",
            "thema": wanted.topic.slug if wanted.topic else "",
            "landkreis": wanted.district.ags if wanted.district else "",
        }
        return {name: value for name, value in given.items() if value}


def _choices(request: HttpRequest, desk: Desk) -> Choices:
    return Choices(_partners(desk), list(Topic.objects.all()), list(District.objects.all()), request.GET)


def _partners(desk: Desk) -> list[Partner]:
    """For whom one may record: the own partner first."""
    own = desk.rights.partners()
    others = list(Partner.objects.exclude(pk__in=[row.pk for row in own])) if desk.everywhere else []
    return [row for row in own if desk.may(Permission.STEP_RECORD, row)] + others


@require_GET
@needs(Permission.STEP_RECORD)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The list, the newest first, and what it comes to."""
    choices = _choices(request, desk)
    found = appearances.listed(appearances.within(desk.rights.extent(Permission.STEP_RECORD)), choices.wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    proven = set(files.uploads_of([row.uuid for row in page]))
    context = {
        "page": page,
        "rows": [{"row": row, "proven": row.uuid in proven} for row in page],
        "reach": appearances.reach(found),
        "asked": {"q": "", "von": "", "bis": "", "art": "", "partner": "", "thema": "", "landkreis": ""}
        | choices.parameters,
        "kinds": Appearance.Kind.choices,
        "partners": [(row.slug, row.short_name) for row in choices.partners],
        "topics": [(row.slug, str(row.title)) for row in choices.topics],
        "districts": [(row.ags, str(row)) for row in choices.districts],
        "download": f"{reverse('desk:appearances_download')}?{urlencode(choices.parameters)}",
    }
    return render(request, "desk/appearances.html", context)


@require_GET
@needs(Permission.STEP_RECORD)
def download(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All that the list shows, page after page, as a sheet."""
    choices = _choices(request, desk)
    found = appearances.listed(appearances.within(desk.rights.extent(Permission.STEP_RECORD)), choices.wanted)
    rows = list(found.prefetch_related("people"))
    proven = set(files.uploads_of([row.uuid for row in rows]))
    columns = (
        Column(key="day", heading=_("Tag"), kind="date"),
        Column(key="kind", heading=_("Art"), width=12),
        Column(key="title", heading=_("Worum es ging"), width=44),
        Column(key="organiser", heading=_("Eingeladen von"), width=34),
        Column(key="place", heading=_("Ort"), width=20),
        Column(key="district", heading=_("Landkreis"), width=24),
        Column(key="partner", heading=_("Partner"), width=18),
        Column(key="people", heading=_("Wer von uns"), width=30),
        Column(key="topic", heading=_("Thema"), width=30),
        Column(key="heads", heading=_("Personen"), kind="integer"),
        Column(key="firms", heading=_("Betriebe (geschätzt)"), kind="integer"),
        Column(key="proven", heading=_("Nachweis"), width=12),
        Column(key="state", heading=_("Stand"), width=18),
        Column(key="note", heading=_("Notiz"), width=40),
    )
    sheet = Sheet(
        title=_("Auftritte"),
        columns=columns,
        rows=(_line(row, row.uuid in proven) for row in rows),
        notes=[_("Reichweite: zählt nicht als erreichte Unternehmen und nicht als Kontakte.")],
    )
    body = sheets.xlsx([sheet], title=_("Auftritte bei anderen"), created=clock.now())
    name = f"{_('auftritte')}-{clock.today()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=SHEET, headers=headers)


def _line(row: Appearance, proven: bool) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("day", "title", "organiser", "place", "heads", "firms", "note")},
        "kind": row.get_kind_display(),
        "district": str(row.district) if row.district else "",
        "partner": row.partner.short_name,
        "people": ", ".join(str(member) for member in row.people.all()),
        "topic": str(row.topic.title),
        "proven": _("liegt vor") if proven else "",
        "state": "" if row.counts else row.get_state_display(),
    }


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_RECORD)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """One form: what it was, where, before how many."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    partners = _partners(desk)
    likely = {"people": [desk.member.pk], "topic": _topic_of(partners[0]) if partners else None}
    form = AppearanceForm(*sent, partners=partners, members=_members(desk), initial=likely)
    if request.method == "POST" and form.is_valid():
        try:
            row = crossing.record(
                submission=form.submission_id(),
                said=form.said(),
                people=form.cleaned_data["people"],
                proofs=uploads.prepared(form.cleaned_data["attached"]),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Festgehalten. Der Auftritt zählt als Reichweite."))
            return redirect("desk:appearance", uuid=row.uuid)
    return render(request, "desk/appearance_new.html", {"form": form}, status=422 if form.errors else 200)


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_RECORD)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """An appearance with its proof and its history. `do` is change, prove or take_back."""
    row = _of(desk, uuid)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    may = row.counts and desk.may(Permission.STEP_CORRECT, row.partner)
    if verb in {"change", "take_back"} and not may:
        raise Http404
    given: dict[str, Any] = {
        "appearance": row,
        "partners": _partners(desk),
        "members": [*_members(desk), *row.people.all()],
    }
    change = CorrectionForm(*([request.POST] if verb == "change" else []), **given)
    prove = ProofForm(*([request.POST, request.FILES] if verb == "prove" else []))
    back = TakeBackForm(*([request.POST] if verb == "take_back" else []), prefix="back")
    asked = {"change": change, "prove": prove, "take_back": back}.get(verb)
    if asked is not None and asked.is_valid():
        try:
            said = _act(row, verb, asked, desk)
        except DomainError as refusal:
            asked.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect("desk:appearance", uuid=row.uuid)
    row = _of(desk, uuid)
    context = {
        "row": row,
        "people": list(row.people.all()),
        "proofs": files.uploads_of([row.uuid]).get(row.uuid, []),
        "history": crossing.history(row),
        "may": may,
        "change": change,
        "prove": prove,
        "back": back,
        "erased_on": erasure.first_day_of_erasing("event", row.day),
    }
    return render(request, "desk/appearance.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@needs(Permission.STEP_RECORD)
def proof(request: HttpRequest, *, desk: Desk, uuid: UUID, file: UUID) -> HttpResponse:
    """A proof, to be saved."""
    row = _of(desk, uuid)
    kept = files.uploads_of([row.uuid]).get(row.uuid, [])
    return downloads.send(next((upload for upload in kept if upload.uuid == file), None))


def _act(row: Appearance, verb: str, form: Any, desk: Desk) -> str:
    given = form.cleaned_data
    if verb == "change":
        crossing.put_right(appearance=row, said=form.said(), people=given["people"], reason=given["reason"], by=desk.by)
        return _("Berichtigt.")
    if verb == "take_back":
        crossing.take_back(appearance=row, reason=given["reason"], by=desk.by)
        return _("Der Auftritt zählt nicht mehr.")
    actions.prove(appearance=row, proofs=uploads.prepared(given["attached"]), by=desk.by)
    return _("Der Nachweis liegt beim Auftritt.")


def _of(desk: Desk, uuid: UUID) -> Appearance:
    """An appearance within one's reach; another one does not exist."""
    found = appearances.within(desk.rights.extent(Permission.STEP_RECORD)).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _topic_of(partner: Partner) -> Topic | None:
    """The one topic that a partner answers for; none where there are several."""
    own = [topic for topic, owner in consortium.owners().items() if owner == partner]
    return Topic.objects.get(pk=own[0]) if len(own) == 1 else None


def _members(desk: Desk) -> list[Member]:
    """Who may have been there: the people of the partners one records for, oneself in any case."""
    around = teams.can_inherit([partner.pk for partner in _partners(desk)], clock.today())
    return list((around | Member.objects.filter(pk=desk.member.pk)).distinct())
