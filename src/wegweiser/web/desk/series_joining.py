"""How guests register for a series: set at the desk, by who may change all its dates."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting
from wegweiser.events.actions import whole_series
from wegweiser.events.models import Joining, Series
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm

CHOICES = [
    (Joining.CHOICE, gettext_lazy("wie sie möchten: für einen, mehrere oder alle Termine")),
    (Joining.SINGLE, gettext_lazy("für jeden Termin einzeln")),
    (
        Joining.WHOLE,
        gettext_lazy("nur für die ganze Reihe: einen Platz an allen Terminen oder die Warteliste für alle"),
    ),
]


class JoiningForm(DeskForm):
    """One of three ways."""

    joining = forms.ChoiceField(
        label=gettext_lazy("Gäste melden sich an"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Wer schon angemeldet ist, bleibt es. Am Telefon tragen Sie jede Auswahl ein."),
    )

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, initial={"joining": series.joining}, **kwargs)


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The one setting that all dates of a series share."""
    series = _series(desk, uuid)
    form = JoiningForm(request.POST if request.method == "POST" else None, series=series)
    if request.method == "POST" and form.is_valid():
        try:
            whole_series.set_joining(series=series, joining=form.cleaned_data["joining"], by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:series_joining", uuid=series.uuid)
    context = {"series": series, "form": form, "public": _public(series)}
    return render(request, "desk/series_joining.html", context, status=422 if form.errors else 200)


def _series(desk: Desk, uuid: UUID) -> Series:
    """A series all dates of which one may change; else it does not exist."""
    series = Series.objects.filter(uuid=uuid).first()
    mine = hosting.within(desk.rights.extent(Permission.EVENT_EDIT), desk.member)
    count = series.events.count() if series else 0
    if series is None or not count or series.events.filter(mine).count() != count:
        raise Http404
    return series


def _public(series: Series) -> str:
    """Its page for everybody, where one of its dates is public."""
    shown = series.events.filter(draft__entry__withdrawn_at=None).exclude(draft__entry=None).exists()
    return reverse("public:series", kwargs={"uuid": series.uuid}) if shown else ""
