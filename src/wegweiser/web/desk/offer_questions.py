"""\"So fragen die Leute\": what people say who need an offer, written, taken over from enquiries, changed, removed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import anonymous
from wegweiser.catalogue import sample_questions as questions
from wegweiser.catalogue.actions import sample_questions
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.rights import Permission
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, similar
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES

SUGGESTED = 10


class QuestionForm(DeskForm):
    text = forms.CharField(
        label=_("Was sagt jemand, der das braucht?"),
        help_text=_("In seinen Worten, ein bis drei Sätze, ohne Namen und Nummern. Fachwörter braucht es nicht."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=anonymous.LONGEST,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ENTRY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The questions of one offer. What is sent names its verb in `do`."""
    work = editing.mine(desk, uuid)
    if work.entry is None:
        messages.info(request, _now("Fragen lassen sich aufschreiben, sobald das Angebot veröffentlicht ist."))
        return redirect("desk:offer", uuid=uuid)
    entry = work.entry
    rows = questions.suggested(entry)
    cases = similar.readable({row.source_uuid for row in rows if not row.read}, desk)
    form, sent, status = QuestionForm(prefix="new"), None, 200
    if request.method == "POST":
        verb = request.POST.get("do", "")
        sent = _sent(request, entry, verb)
        try:
            told = _act(verb, request, entry, sent, set(cases), desk)
        except DomainError as refusal:
            told = ""
            if sent is None:
                messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
                return redirect("desk:offer_questions", uuid=uuid)
            sent.refuse(refusal)
        if told:
            messages.success(request, told)
            return redirect("desk:offer_questions", uuid=uuid)
        status = 422
        form = sent if sent and verb == "write" else form
    context = {
        "work": work,
        "form": form,
        "lines": [
            {"row": row, "form": sent if sent and sent.prefix == str(row.uuid) else _form(row)}
            for row in questions.of(entry)
        ],
        "changing": sent.prefix if sent and status == 422 else "",
        "suggested": [row for row in rows if row.read or row.source_uuid in cases][:SUGGESTED],
    }
    return render(request, "desk/offer_questions.html", context, status=status)


def _form(row: Example, data: Any = None) -> QuestionForm:
    return QuestionForm(data, prefix=str(row.uuid), initial={"text": row.text})


def _sent(request: HttpRequest, entry: Entry, verb: str) -> QuestionForm | None:
    """The form behind a verb that has one."""
    if verb == "write":
        return QuestionForm(request.POST, prefix="new")
    return _form(_question(request, entry), request.POST) if verb == "change" else None


def _question(request: HttpRequest, entry: Entry) -> Example:
    try:
        found = questions.of(entry).filter(uuid=UUID(request.POST.get("question", ""))).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _act(
    verb: str, request: HttpRequest, entry: Entry, form: QuestionForm | None, readable: set[UUID], desk: Desk
) -> str:
    """Does it; what is said afterwards, empty where the form has mistakes."""
    if form is not None and not form.is_valid():
        return ""
    match verb:
        case "write" if form is not None:
            sample_questions.write(entry=entry, text=form.cleaned_data["text"], by=desk.by)
            return _now("Aufgeschrieben. Ab der nächsten Frage zählt es.")
        case "change" if form is not None:
            question = _question(request, entry)
            sample_questions.change(question=question, text=form.cleaned_data["text"], by=desk.by)
            return _now("Geändert. Ab der nächsten Frage zählt es so.")
        case "remove":
            sample_questions.remove(question=_question(request, entry), by=desk.by)
            return _now("Entfernt. Ab der nächsten Frage zählt es nicht mehr.")
        case "take":
            return _take(request, entry, readable, desk)
    raise Http404


def _take(request: HttpRequest, entry: Entry, readable: set[UUID], desk: Desk) -> str:
    try:
        found = questions.taken_from(entry, UUID(request.POST.get("example", "")), readable)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    sample_questions.write(entry=entry, text=anonymous.without(found.text), by=desk.by)
    return _now("Übernommen. Ab der nächsten Frage zählt es auch ohne das Anliegen.")
