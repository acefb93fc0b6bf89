"""Who is not there: everybody enters their own days, who leads a partner also those of its people."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.consortium import teams
from wegweiser.consortium.actions import absences as actions
from wegweiser.consortium.models import Absence, Member
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import queries, visits
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import case_tabs
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField


class AbsenceForm(DeskForm):
    member = forms.ModelChoiceField(label=gettext_lazy("Wer?"), queryset=Member.objects.none(), empty_label=None)
    first_day = DayField(label=gettext_lazy("Erster Tag"))
    last_day = DayField(label=gettext_lazy("Letzter Tag"))
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Wer springt ein?"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=gettext_lazy("wer da ist"),
        help_text=gettext_lazy("Ohne Namen sehen alle bei Ihnen die Termine und was zu tun ist."),
    )

    def __init__(self, *args: Any, members: QuerySet[Member], deputies: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]
        if len(members) == 1:
            self.fields["member"].widget = forms.HiddenInput()
            self.fields["member"].initial = members[0]


def _editable(desk: Desk) -> QuerySet[Member]:
    """Oneself, and whom one leads."""
    led = teams.can_inherit(teams.led_by(desk.member), clock.today())
    return (led | Member.objects.filter(pk=desk.member.pk)).distinct()


def _around(desk: Desk) -> QuerySet[Member]:
    """Everybody of the partners one works for; for the management everybody."""
    if desk.everywhere:
        return Member.objects.all()
    own = queries.partners_of(member=desk.member, day=clock.today())
    return teams.can_inherit(own, clock.today())


def _listed(desk: Desk) -> list[dict[str, Any]]:
    today = clock.today()
    found = Absence.objects.filter(member__in=_around(desk), last_day__gte=today).select_related("member", "deputy")
    editable = {row.pk for row in _editable(desk)}
    return [
        {"absence": row, "now": row.first_day <= today, "may_edit": row.member_id in editable}
        for row in found.order_by("first_day", "id")
    ]


def _form(desk: Desk, *args: Any, **kwargs: Any) -> AbsenceForm:
    return AbsenceForm(*args, members=_editable(desk), deputies=_around(desk).filter(teams.able()), **kwargs)


def _dates_in(said: dict[str, Any]) -> str:
    """Whom they would let wait: the dates within these days, which somebody has to move, give away or call off."""
    rows = visits.dates_within(member=said["member"], first=said["first_day"], last=said["last_day"])
    if not rows:
        return ""
    words = [
        f"{dates.written(clock.local(row.starts_at), 'd.m.Y H:i')} {row.case.company or row.case.asker}" for row in rows
    ]
    return _("In diesen Tagen liegen noch Termine: %(dates)s.") % {"dates": "; ".join(words)}


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Who is not there, now and soon; below it days are entered."""
    form = _form(desk, request.POST) if request.method == "POST" else _form(desk, initial={"member": desk.member})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.enter(**{name: said[name] for name in ("member", "first_day", "last_day", "deputy")}, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, " ".join(filter(None, [_("Eingetragen."), _dates_in(said)])))
            return redirect("desk:absences")
    context = {"tabs": case_tabs.of(desk, "absences"), "rows": _listed(desk), "form": form}
    return render(request, "desk/absences.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Other days, another deputy, or there after all."""
    editable = _editable(desk)
    absence = Absence.objects.filter(uuid=uuid, member__in=editable).select_related("member", "deputy").first()
    if absence is None:
        raise Http404
    if request.POST.get("do") == "drop":
        actions.drop(absence=absence, by=desk.by)
        messages.success(request, _("Gelöscht."))
        return redirect("desk:absences")
    known = {name: getattr(absence, name) for name in ("member", "first_day", "last_day", "deputy")}
    data = [{**request.POST.dict(), "member": str(absence.member_id)}] if request.method == "POST" else []
    form = _form(desk, *data, initial=known)
    form.fields["member"].widget = forms.HiddenInput()
    if data and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change(
                absence=absence,
                first_day=said["first_day"],
                last_day=said["last_day"],
                deputy=said["deputy"],
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            left = _dates_in({**said, "member": absence.member})
            messages.success(request, " ".join(filter(None, [_("Gespeichert."), left])))
            return redirect("desk:absences")
    context = {"absence": absence, "form": form}
    return render(request, "desk/absence.html", context, status=422 if form.errors else 200)
