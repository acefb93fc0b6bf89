"""The files of an event at the desk: slides and papers that guests get with the thanks."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.consortium.rights import Permission
from wegweiser.events import materials
from wegweiser.events.actions import materials as actions
from wegweiser.files import uploading
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import event_mails
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui.uploads import FilesField


class MaterialForm(DeskForm):
    optional_mark: str | Promise = ""

    attached = FilesField()

    def clean_attached(self) -> list[object]:
        found: list[object] = self.cleaned_data["attached"]
        if not found:
            raise forms.ValidationError(gettext_lazy("Bitte wählen Sie eine Datei."))
        return found


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All files of an event. `do` is add, or remove with the `file`."""
    event = event_mails.reached(desk, uuid)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    form = MaterialForm(request.POST, request.FILES) if verb == "add" else MaterialForm()
    held = materials.of(event)
    if verb == "remove":
        gone = next((row for row in held if str(row.uuid) == request.POST.get("file")), None)
        if gone is not None:
            actions.remove(event=event, upload=gone, by=desk.by)
            messages.success(request, _("Die Datei ist entfernt."))
        return redirect("desk:event_materials", uuid=uuid)
    if verb == "add" and form.is_valid():
        try:
            ready = [
                uploading.prepare(name=file.name or "", declared_type=file.content_type or "", data=file.read())
                for file in form.cleaned_data["attached"]
            ]
            for one in ready:
                uploading.require_kept(one)
            added = actions.add(event=event, prepared=ready, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            told = ngettext("%(count)s Datei ist da.", "%(count)s Dateien sind da.", len(added))
            messages.success(request, told % {"count": len(added)})
            return redirect("desk:event_materials", uuid=uuid)
    entry = event.draft.entry
    context = {
        "event": event,
        "title": str((entry or event.draft).title),
        "files": held,
        "form": form,
        "slug": entry.slug if entry else "",
        "public": bool(entry and entry.is_over()),
    }
    return render(request, "desk/event_materials.html", context, status=422 if form.errors else 200)
