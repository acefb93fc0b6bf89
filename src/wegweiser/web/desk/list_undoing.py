"""A list of firms that was wrong is taken back, and the page says what went and what stays."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from wegweiser.companies.actions import list_undo
from wegweiser.companies.models import FirmList
from wegweiser.web.desk.access import Desk


def undo(request: HttpRequest, desk: Desk, source: FirmList) -> None:
    told = list_undo.undo(source=source, by=desk.by)
    said = ngettext(
        "Zurückgenommen: %(count)s Betrieb ist wieder weg.",
        "Zurückgenommen: %(count)s Betriebe sind wieder weg.",
        told.removed,
    )
    messages.success(request, said % {"count": told.removed})
    if told.kept:
        said = ngettext(
            "%(count)s bleibt, mit ihm wurde seither gearbeitet.",
            "%(count)s bleiben, mit ihnen wurde seither gearbeitet.",
            told.kept,
        )
        messages.info(request, said % {"count": told.kept})
