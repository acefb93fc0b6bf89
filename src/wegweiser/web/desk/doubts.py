"""Firms that may be one and the same, side by side: one, two, or later."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.companies import queries
from wegweiser.companies.actions import doubts as actions
from wegweiser.companies.models import Company, Doubt
from wegweiser.consortium.rights import Permission
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import doubt_sides, editing, merging
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.doubt_sides import Reached

PAGE = 20


@dataclass(frozen=True)
class Shown:
    """A pair as somebody looks at it: the firms its rows belong to, what speaks for it and against it."""

    doubt: Doubt
    one: Company
    other: Company
    sides: tuple[Reached, Reached]
    for_it: list[str]
    against: list[str]


@require_GET
@needs(Permission.COMPANY_MERGE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    page = Paginator(queries.doubts(clock.today()), PAGE).get_page(request.GET.get("seite"))
    firms = {doubt: (queries.root_of(doubt.one), queries.root_of(doubt.other)) for doubt in page}
    sides = doubt_sides.reached(firm for pair in firms.values() for firm in pair)
    noticed = queries.evidence_between(firms.values())
    pairs = []
    for doubt, (first, second) in firms.items():
        both = sides[first.pk], sides[second.pk]
        codes = merging.agreeing(noticed[frozenset((first.pk, second.pk))], *both)
        for_it = [code for code in codes if merging.speaks_for(code)]
        against = [code for code in codes if not merging.speaks_for(code)]
        pairs.append(Shown(doubt, first, second, both, merging.words(for_it), merging.words(against)))
    return render(request, "desk/doubts.html", {"page": page, "pairs": pairs})


@require_POST
@needs(Permission.COMPANY_MERGE)
def decide(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    doubt = Doubt.objects.filter(uuid=uuid).select_related("one", "other").first()
    if doubt is None:
        raise Http404
    if request.POST.get("do") == "apart":
        try:
            actions.keep_apart(one=doubt.one, other=doubt.other, by=desk.by)
        except DomainError:
            return _merged_meanwhile(request, doubt)
        messages.success(request, _("Gemerkt: Das sind zwei Betriebe."))
    elif request.POST.get("do") == "later":
        actions.put_off(doubt=doubt, by=desk.by)
        messages.success(request, _("Wir fragen in einem Monat wieder."))
    return redirect("desk:doubts")


def _merged_meanwhile(request: HttpRequest, doubt: Doubt) -> HttpResponse:
    """Somebody else said that they are one: who says two may take them apart, and knows whom to ask."""
    made = queries.merges_of(doubt.one).first()
    name = editing.names_of({made.by}).get(made.by, "") if made else ""
    who = _("%(name)s hat die beiden inzwischen zusammengeführt.") % {"name": name}
    text = who if name else _("Die beiden sind inzwischen ein Betrieb.")
    messages.error(request, f"{text} {_('Sind es doch zwei, trennen Sie sie hier wieder.')}")
    return redirect("desk:merge_undo", uuid=made.uuid) if made else redirect("desk:doubts")
