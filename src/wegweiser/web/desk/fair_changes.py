"""An occasion of business cards put right for all of them, or removed while it has none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wegweiser.consortium.models import Partner
from wegweiser.crossings import fairs as crossing
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Fair
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.fair_forms import FairForm
from wegweiser.web.desk.sentences import SENTENCES

VERBS = frozenset({"change", "remove"})


class ChangeForm(FairForm):
    """The same fields; the partner stays once a card has become an enquiry there."""

    def __init__(self, *args: Any, fair: Fair, partners: list[Partner], **kwargs: Any) -> None:
        kept = [*partners, *([] if fair.partner in partners else [fair.partner])]
        super().__init__(*args, partners=kept, prefix="fair", **kwargs)
        self.initial = {name: getattr(fair, name) for name in ("title", "day", "partner", "topic")}
        if len(kept) == 1 or fair.cards.exclude(case=None).exists():
            del self.fields["partner"]


def act(request: HttpRequest, fair: Fair, desk: Desk, partners: list[Partner]) -> HttpResponse | ChangeForm:
    """Where it leads to, or the form that comes back with what is wrong."""
    if request.POST.get("do") == "remove":
        return _remove(request, fair, desk)
    form = ChangeForm(request.POST, fair=fair, partners=partners)
    if not form.is_valid():
        return form
    said = form.cleaned_data
    given = {name: said[name] for name in ("title", "day", "topic")}
    try:
        crossing.change(fair=fair, **given, partner=said.get("partner") or fair.partner, by=desk.by)
    except DomainError as refusal:
        fair.refresh_from_db()
        form.refuse(refusal)
        return form
    messages.success(request, _("Gespeichert. Das gilt für alle Karten."))
    return redirect("desk:fair", uuid=fair.uuid)


def _remove(request: HttpRequest, fair: Fair, desk: Desk) -> HttpResponse:
    try:
        cards.remove_fair(fair=fair, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
        return redirect("desk:fair", uuid=fair.uuid)
    messages.success(request, _("Der Anlass ist entfernt."))
    return redirect("desk:fairs")
