"""Files that somebody sent, as downloads: saved, never opened in place, kept by no cache."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from wegweiser.files import storage
from wegweiser.files.models import Upload


def send(upload: Upload | None, *, refused_too: bool = False) -> HttpResponse:
    """The file, where there is one that is offered; else 404. `refused_too`: also one that the scanner refused."""
    is_sent = upload is not None and (upload.is_offered or (refused_too and upload.is_refused))
    data = storage.read(upload.digest) if upload and is_sent else None
    if upload is None or data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=upload.name) or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
