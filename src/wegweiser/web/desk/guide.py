"""Short instructions for everybody who works at the desk: what happens every day, in the words of the buttons."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk import guide_days, guide_stock
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.guide_chapter import Chapter

CHAPTERS = (*guide_days.CHAPTERS, *guide_stock.CHAPTERS)


@require_safe
@needs(Permission.DESK_SEE)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    return render(request, "desk/help.html", {"chapters": list(chapters(desk))})


def chapters(desk: Desk) -> Iterable[Chapter]:
    """What whoever is at the desk can do."""
    return (chapter for chapter in CHAPTERS if desk.may(chapter.permission))
