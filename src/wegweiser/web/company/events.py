"""What the firm is registered for: each with how it stands, and giving the places back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, DateTimeField, F, QuerySet, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Right
from wegweiser.events import queries
from wegweiser.events.actions import registrations
from wegweiser.events.models import ACTIVE, Registration
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.company.access import Visitor, identity, inside
from wegweiser.web.company.sections import Section, Summary, register

PAGE = 25


def _theirs(me: Visitor) -> QuerySet[Registration]:
    """What they registered themselves, and where they may see all, everything of the firm."""
    firms = companies.same_firm(me.access.company) if me.may(Right.ALL) else []
    return queries.of_firm(me.person.email, firms)


def _summary(me: Visitor) -> Summary:
    rows = [row for row in _theirs(me).filter(state__in=ACTIVE, event__cancelled_at=None) if not _begun(row)]
    if not rows:
        return Summary(_("Keine kommende Veranstaltung"))
    offered = sum(row.state == "offered" for row in rows)
    text = ngettext("%(number)s kommende", "%(number)s kommende", len(rows)) % {"number": len(rows)}
    return Summary(text, offered)


register(
    Section(
        name="events",
        title=gettext_lazy("Veranstaltungen"),
        icon="calendar",
        order=25,
        url="company:events",
        summary=_summary,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """What is to come first, then what was. Cancelling asks first."""
    asked = None
    if request.method == "POST":
        wanted = identity(request.POST.get("anmeldung", ""))
        asked = _theirs(me).filter(uuid=wanted).first()
        if asked is None:
            raise Http404
        if request.POST.get("act") == "cancel_indeed":
            return _cancel(request, me, asked)
        if request.POST.get("act") != "cancel" or not _may_cancel(asked):
            return redirect("company:events")
    page = Paginator(_in_order(_theirs(me)), PAGE).get_page(request.GET.get("seite"))
    rows = [_row(registration, asked) for registration in page]
    return render(request, "company/events.html", {"me": me, "page": page, "rows": rows})


def _in_order(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """What comes next first, then what was, the latest first."""
    now = clock.now()
    begins = Coalesce("pool__starts_at", "event__draft__entry__starts_at")
    ahead = Case(When(begins__gt=now, then="begins"), output_field=DateTimeField())
    ordered = rows.annotate(begins=begins).annotate(ahead=ahead)
    return ordered.order_by(F("ahead").asc(nulls_last=True), F("begins").desc(nulls_last=True), "-id")


def _cancel(request: HttpRequest, me: Visitor, row: Registration) -> HttpResponse:
    try:
        if not _may_cancel(row):
            raise DomainError("transition_not_allowed")
        registrations.cancel(registration=row, by=me.by)
    except DomainError:
        messages.info(request, _("Das geht nicht mehr. Der Stand ist inzwischen ein anderer."))
    else:
        messages.success(request, _("Abgesagt. Danke, so kann jemand anders kommen."))
    return redirect("company:events")


def _row(row: Registration, asked: Registration | None) -> dict[str, object]:
    entry = row.event.draft.entry
    starts = row.pool.starts_at or queries.starts_at(row.event)
    public = entry is not None and entry.withdrawn_at is None
    return {
        "registration": row,
        "title": str(entry.title if entry else row.event.draft.title),
        "href": addresses.offer("event", entry.slug, language=get_language() or "de") if entry and public else "",
        "when": date_format(clock.local(starts), "l, j. F Y, G:i" if get_language() != "en" else "l j F Y, G:i")
        if starts
        else "",
        "state": _("fällt aus") if row.event.is_cancelled else str(row.get_state_display()),
        "may_cancel": _may_cancel(row),
        "asks": asked is not None and asked.pk == row.pk,
        "done": not _may_cancel(row),
    }


def _may_cancel(row: Registration) -> bool:
    return row.is_active and not row.event.is_cancelled and not _begun(row)


def _begun(row: Registration) -> bool:
    starts = row.pool.starts_at or queries.starts_at(row.event)
    return starts is not None and starts <= clock.now()
