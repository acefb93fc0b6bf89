"""What stands behind a guest's link that opens nothing any more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wegweiser.events.models import Registration
from wegweiser.kernel import erased


def page(request: HttpRequest, row: Registration | None) -> HttpResponse:
    """Why: there is no such link any more (404), or its guest was erased (410)."""
    if row is None:
        return render(request, "public/link_gone.html", {"of_event": True}, status=404)
    context = {"reason": erased.reason(table=row._meta.label, uuid=row.uuid)}
    return render(request, "public/registration_erased.html", context, status=410)
