"""Dates that were taken out of a series and may be put back: the audit trail remembers where they stood."""

from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Event, Series
from wegweiser.kernel import audit

OUT, BACK = "out", "back"  # what the trail of a series calls a date that left it, or came back


def of(series: Series) -> list[Event]:
    """Those that are in no series now, in the order of their days."""
    trail = audit.of(series, Audited.SERIES_CHANGED).values_list("references", flat=True)
    gone = {references[OUT] for references in trail if OUT in references}
    if not gone:
        return []
    rows = Event.objects.select_related("draft__entry", "draft__partner").filter(uuid__in=gone, series=None)
    return list(rows.order_by("draft__starts_at", "pk"))
