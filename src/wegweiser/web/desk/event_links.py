"""Links for those who invite for us, such as a chamber: who has one, and how many came by it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wegweiser.consortium.rights import Permission
from wegweiser.events import queries
from wegweiser.events.actions import multipliers
from wegweiser.kernel import addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm


class LinkForm(DeskForm):
    name = forms.CharField(
        label=_("Wer lädt für uns ein?"),
        max_length=160,
        help_text=_("Zum Beispiel die Kammer oder ein Verband. Am Namen sehen Sie später, wer wen gebracht hat."),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All links of an event with what they brought, and a new one."""
    event = event_reach.event(desk, uuid, Permission.EVENT_EDIT)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            multipliers.give_link(event=event, name=form.cleaned_data["name"], by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _now("Der Link steht unten. Geben Sie ihn weiter."))
            return redirect("desk:event_links", uuid=event.uuid)
    entry = event.draft.entry
    public = entry is not None and entry.withdrawn_at is None
    base = addresses.offer("event", entry.slug) if entry and public else ""
    context = {
        "event": event,
        "begins": words.begins(event),
        "form": form,
        "is_public": public,
        "rows": [
            {"brought": row, "link": f"{base}?von={row.multiplier.code}" if base else ""}
            for row in queries.brought(event)
        ],
    }
    return render(request, "desk/event_links.html", context, status=422 if form.errors else 200)
