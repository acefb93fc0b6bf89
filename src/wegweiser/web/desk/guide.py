"""Short instructions for everybody who works at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.access import Desk, needs


@require_safe
@needs(Permission.DESK_SEE)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    return render(request, "desk/help.html")
