"""What lists brought that waits for a person: numbers for the first screen, and the wishes of all lists on one page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from wegweiser.companies import queries
from wegweiser.companies.importing.remarks import DELETION, OBJECTION
from wegweiser.companies.models import ListRow
from wegweiser.consortium.rights import Permission
from wegweiser.journey import queries as journey
from wegweiser.journey.history.finding import WISH
from wegweiser.kernel import clock
from wegweiser.web.desk import history_words, list_words
from wegweiser.web.desk.access import Desk, needs

PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """How many of what wait for whoever reads it; `since`: the day on which the first wish to be deleted was read."""

    deletions: int = 0
    since: dt.date | None = None
    objections: int = 0
    contacts: int = 0
    pairs: int = 0

    def __bool__(self) -> bool:
        return bool(self.deletions or self.objections or self.contacts or self.pairs)


def waiting(desk: Desk) -> Waiting:
    """Wishes and rows for who brings lists, pairs for who may join them; nothing for all others."""
    pairs = queries.doubts_count(clock.today()) if desk.may(Permission.COMPANY_MERGE) else 0
    if not desk.may(Permission.COMPANY_IMPORT):
        return Waiting(pairs=pairs)
    told = list(queries.held_rows().values_list("held", "recorded_at"))
    contacts = list(journey.held_contacts().values_list("held", "recorded_at"))
    told += [(held.removeprefix(WISH), moment) for held, moment in contacts if held.startswith(WISH)]
    deletions = [moment for held, moment in told if held == DELETION]
    return Waiting(
        deletions=len(deletions),
        since=clock.local(min(deletions)).date() if deletions else None,
        objections=sum(held == OBJECTION for held, _moment in told),
        contacts=sum(not held.startswith(WISH) for held, _moment in contacts),
        pairs=pairs,
    )


def per_list(rows: QuerySet[Any]) -> Mapping[int, int]:
    """How many of `rows` wait in each list, by its primary key."""
    return dict(rows.order_by().values_list("source").annotate(number=Count("pk")).values_list("source", "number"))


def lines(rows: Iterable[ListRow]) -> list[tuple[ListRow, str | Promise, int]]:
    """Each row with what its firm may ask for, and how many others of its list wait with the very same words."""
    rows = list(rows)
    others = queries.how_many_alike(rows) if rows else {}
    return [(row, list_words.HELD[row.held], others[row.pk]) for row in rows]


def settled(number: int, *, was_none: bool) -> str:
    if was_none:
        told = ngettext(
            "%(number)s Zeile: wieder wie vor der Liste erreichbar.",
            "%(number)s Zeilen: wieder wie vor der Liste erreichbar.",
            number,
        )
    else:
        told = ngettext("%(number)s Zeile erledigt.", "%(number)s Zeilen erledigt.", number)
    return told % {"number": number}


def _deletions_first(rows: QuerySet[Any], deletion: str) -> QuerySet[Any]:
    """`rows` as they are worked off: who asks to be deleted, then who waits longest."""
    return rows.order_by(Case(When(held=deletion, then=0), default=1), "recorded_at", "id")


@require_GET
@needs(Permission.COMPANY_IMPORT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What firms ask for in remarks of any list: deletion first, what has waited longest on top."""
    page = Paginator(_deletions_first(queries.held_rows(), DELETION), PAGE).get_page(request.GET.get("seite"))
    rows = _deletions_first(journey.held_contacts().filter(held__startswith=WISH), WISH + DELETION)
    contacts = Paginator(rows, PAGE).get_page(request.GET.get("kontakte"))
    context = {
        "page": page,
        "held": lines(page),
        "contacts_page": contacts,
        "contacts": [(row, history_words.HELD[row.held]) for row in contacts],
        "may_see": desk.may(Permission.COMPANY_SEE),
        "may_erase": desk.may(Permission.PERSON_ERASE),
    }
    return render(request, "desk/list_wishes.html", context)


def back(request: HttpRequest, row: ListRow, desk: Desk) -> HttpResponse:
    """To where somebody said that it is done."""
    asked = request.POST.get("weiter")
    if asked == "wuensche":
        return redirect("desk:list_wishes")
    if asked in {"betrieb", "personen"} and desk.may(Permission.COMPANY_SEE):
        page = "desk:firm_accesses" if asked == "personen" else "desk:company"
        return redirect(page, uuid=queries.root_of(row.company).uuid)
    return redirect("desk:list", uuid=row.source.uuid)
