"""The enquiries of the firm, and the messages about each."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Entry
from wegweiser.consortium import asking
from wegweiser.crossings import company_cases as crossing
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import OPEN, WAITING_FOR_US, Case
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.company.access import Visitor, inside
from wegweiser.web.company.sections import Section, Summary, register
from wegweiser.web.company.sentences import SENTENCES
from wegweiser.web.ui import uploads
from wegweiser.web.ui.messages import MessageForm

PAGE = 25


def words(case: Case) -> str:
    """How it stands, as one says it to whoever asked."""
    if case.state in WAITING_FOR_US:
        return _("Wir kümmern uns darum")
    return _("Beantwortet") if case.state in OPEN else _("Abgeschlossen")


def _summary(me: Visitor) -> Summary:
    states = list(crossing.of(me.access).values_list("state", flat=True))
    going = sum(state in OPEN for state in states)
    if not states:
        return Summary(_("Noch keine Anliegen"))
    if not going:
        return Summary(_("Alle abgeschlossen"))
    return Summary(ngettext("%(number)s Anliegen läuft", "%(number)s Anliegen laufen", going) % {"number": going})


register(
    Section(
        name="cases",
        title=gettext_lazy("Anliegen und Nachrichten"),
        icon="mail",
        order=10,
        url="company:cases",
        summary=_summary,
    )
)


@require_safe
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """Every enquiry that one may see, the newest first."""
    page = Paginator(crossing.of(me.access), PAGE).get_page(request.GET.get("seite"))
    rows = [{"case": case, "words": words(case)} for case in page]
    return render(request, "company/cases.html", {"me": me, "page": page, "rows": rows})


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def case(request: HttpRequest, *, me: Visitor, uuid: UUID) -> HttpResponse:
    """One enquiry with what was said; a message goes into its thread."""
    found = crossing.one(me.access, uuid)
    if found is None:
        raise Http404
    form = MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm(initial=me.typed)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            written = crossing.write(
                case=found,
                access=me.access,
                text=typed["text"],
                files=uploads.prepared(typed["attached"]),
                submission=typed["submission"],
                by=me.by,
            )
        except DomainError as refusal:
            field = refusal.field if refusal.field in form.fields else "text"
            form.add_error(field, SENTENCES.get(refusal.code, refusal.code))
        else:
            messages.success(request, uploads.arrived(written.folded))
            return redirect("company:case", uuid=found.uuid)
    said = crossing.thread(found)
    status = queries.status(found)
    context = {
        "me": me,
        "case": found,
        "words": words(found),
        "thread": said,
        "offers": _offers({identity for row in said for identity in row.offers}),
        "dates": status.dates,
        "referrals": status.referrals,
        "contact": asking.looks_after(status.contact, partner=status.partner),
        "form": form,
    }
    return render(request, "company/case.html", context, status=422 if form.errors else 200)


def _offers(uuids: set[str]) -> dict[str, dict[str, str]]:
    rows = Entry.objects.filter(uuid__in=uuids, withdrawn_at=None)
    return {str(row.uuid): {"title": str(row.title), "href": showing.href(row)} for row in rows}
