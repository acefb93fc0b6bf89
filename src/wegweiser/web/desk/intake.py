"""\"Neu\": an enquiry by phone, at the counter or at a fair, taken down while the other one speaks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wegweiser.catalogue import matching_service
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import enquiries as crossings
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import NewForm

SHORTEST = 12  # characters from which matching says something


def _suggestion(text: str) -> object | None:
    return matching_service.match(text, get_language() or "de") if len(text.strip()) >= SHORTEST else None


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_CREATE)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Take an enquiry down. Nothing is stored before it is sent."""
    chosen = Company.objects.filter(uuid=request.GET.get("betrieb") or None).first()
    start = {"firm": chosen.name, "phone": chosen.phone} if chosen else {"phone": request.GET.get("telefon", "")}
    form = NewForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        suggestion = _suggestion(said["text"])
        topic = said["topic"]
        if topic is None and suggestion and suggestion.topics:
            topic = Topic.objects.filter(slug=suggestion.topics[0].slug).first()
        try:
            sent = crossings.desk_open(
                submission=form.submission_id(),
                text=said["text"],
                member=desk.member,
                intake=said["intake"],
                name=said["name"],
                enquirer=said["enquirer"],
                email=said["email"],
                phone=said["phone"],
                firm=said["firm"],
                wants_call=said["wants_call"],
                call_window=said["call_window"],
                urgent=bool(suggestion and suggestion.urgent),
                topic=topic,
                suggested=matching_service.as_document(suggestion) if suggestion else None,
                company=chosen,
                confirm=said["confirm"],
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("Aufgenommen: %(reference)s, liegt bei %(partner)s.") % {
                    "reference": sent.case.reference, "partner": sent.case.partner,
                }
            )
            return redirect("desk:today")
    return render(request, "desk/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.CASE_CREATE)
def suggest(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """While one types: who this is, and where the enquiry belongs. Stores nothing."""
    asked = request.POST.get("phone", "").strip() or request.POST.get("firm", "").strip()
    found = companies.search(asked, limit=5) if len(asked) >= 4 else companies.Found([], [])
    context = {"found": found, "suggestion": _suggestion(request.POST.get("text", "")), "asked": asked}
    return render(request, "desk/_suggestion.html", context)
