"""What of a list of past contacts is not sure to be read, as a file, to be put right in the list itself."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_GET

from wegweiser.consortium.rights import Permission
from wegweiser.documents import sheets
from wegweiser.documents.sheets import Column
from wegweiser.journey.history import lists
from wegweiser.journey.models import ContactList
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.history_words import REASONS, column


@require_GET
@needs(Permission.COMPANY_IMPORT)
def download(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Every row with a warning or of which nothing is made; what stood there only as long as the file is kept."""
    source = ContactList.objects.filter(uuid=uuid).select_related("partner", "topic").first()
    if source is None:
        raise Http404
    told, above = _told(source)
    columns = [
        Column(key="row", heading=_now("Zeile"), kind="integer"),
        Column(key="column", heading=_now("Spalte")),
        Column(key="reason", heading=_now("Grund")),
        Column(key="text", heading=_now("Inhalt")),
    ]
    rows = [
        {"row": row + above, "column": column(named), "reason": str(REASONS[reason]), "text": text}
        for row, named, reason, text in sorted(told)
    ]
    name = f"warnungen-{source.uuid}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    lines = b"".join(sheets.csv(columns, rows))
    return HttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _told(source: ContactList) -> tuple[list[tuple[int, str, str, str]], int]:
    """Row of data, column, reason and cell of each, and how many rows of the file stand above."""
    if source.content is None:
        told = [(row, "", reason, "") for row, reason in source.counts.get("rejected_rows", [])]
        told += [(row, column, reason, "") for row, column, reason in source.counts.get("warnings", [])]
        return told, source.above
    opened = lists.open_uploaded(source)
    if not lists.has_day(opened.mapping) or not opened.has_rows:
        return [], opened.head.above
    return lists.told_of(opened, partner=source.partner, topic=source.topic), opened.head.above
