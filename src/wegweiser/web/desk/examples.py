"""Examples from which the matching learns: remembered at a case, seen and removed in one list."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.catalogue import anonymous
from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.actions import examples
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.models import Topic
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import teaching
from wegweiser.enquiries.actions import examples as taught
from wegweiser.enquiries.models import Case
from wegweiser.web.desk import similar
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import AnswerForm

PAGE = 25


class ExampleForm(AnswerForm):
    """What the matching is to learn from a case: the question without who asked, the topic, the offers that helped."""

    text = forms.CharField(
        label=_("Die Frage, ohne Namen"),
        help_text=_(
            "Lesen Sie bitte nach: keine Namen, Firmen, Adressen oder Nummern. "
            "Mit dem Anliegen wird auch dieser Text gelöscht."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=anonymous.LONGEST,
    )
    topic = forms.ModelChoiceField(
        label=_("Richtiges Thema"), help_text=_("Es gilt dann auch für das Anliegen."), queryset=Topic.objects.all()
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        helped = [str(uuid) for uuid in teaching.attached(case)]
        kwargs["offers"] = [row for row in kwargs["more"] if row[0] in helped] + kwargs["offers"]
        kwargs["more"] = [row for row in kwargs["more"] if row[0] not in helped]
        initial = {"text": teaching.proposal(case), "topic": case.topic, "offers": helped}
        super().__init__(*args, initial=initial, **kwargs)
        for name, label in (("offers", _("Was hat geholfen?")), ("more", _("Alle anderen Angebote"))):
            if name in self.fields:
                self.fields[name].label = label

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("text", "topic", "offers") if name in self.fields]


def learn(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    chosen = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in=form.chosen())}
    offers = [chosen[uuid] for uuid in form.chosen() if uuid in chosen]
    taught.learn(case=case, text=said["text"], topic=said["topic"], offers=offers, by=desk.by)


def _visible(desk: Desk) -> QuerySet[Example]:
    """All for those who edit every offer or read every case, else what one's own partner taught."""
    found = Example.objects.filter(entry=None).select_related("partner").order_by("-id")
    if desk.everywhere or desk.everywhere_for(Permission.CASE_SEE):
        return found
    return found.filter(partner__in=[held.partner_id for held in desk.rights.held if held.partner_id])


@require_GET
@needs(Permission.ENTRY_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The newest first, narrowed by words of the question or a topic."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:120]
    topics = {topic.slug: str(topic.title) for topic in Topic.objects.all()}
    topic = request.GET.get("thema", "")
    rows = _visible(desk)
    if text:
        rows = rows.filter(read=True, text__icontains=text)
    if topic in topics:
        rows = catalogue.about(rows, topic)
    page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    titles = catalogue.titles_of({uuid for row in page for uuid in row.offers})
    unread = similar.readable({row.source_uuid for row in page if not row.read}, desk)
    context = {
        "page": page,
        "lines": [
            {
                "row": row,
                "case": unread.get(row.source_uuid),
                "topics": [topics[slug] for slug in row.topics if slug in topics],
                "offers": [str(titles[uuid]) for uuid in row.offers if uuid in titles],
            }
            for row in page
        ],
        "q": text,
        "thema": topic if topic in topics else "",
        "topics": list(topics.items()),
    }
    return render(request, "desk/examples.html", context)


@require_POST
@needs(Permission.ENTRY_EDIT)
def remove(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    example = _visible(desk).filter(uuid=uuid).first()
    if example is None:
        raise Http404
    examples.unlearn(example=example, by=desk.by)
    messages.success(request, _now("Das Beispiel ist entfernt. Ab der nächsten Frage zählt es nicht mehr."))
    return redirect("desk:examples")
