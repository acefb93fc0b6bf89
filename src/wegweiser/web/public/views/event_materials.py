"""A file of an event that is over, for everybody."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wegweiser.catalogue.models import Kind
from wegweiser.events import materials
from wegweiser.web import downloads
from wegweiser.web.public import reads


@login_not_required
@require_safe
def file(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """One of the files that the event's page shows; 404 before it is over."""
    entry = reads.entry(Kind.EVENT, slug)
    if entry is None or entry.withdrawn_at is not None:
        raise Http404
    return downloads.send(materials.one(entry, uuid))
