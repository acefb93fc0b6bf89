"""Pictures of offers: public as soon as an offer that shows them is, before that for those who edit."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wegweiser.catalogue import pictures as catalogue_pictures
from wegweiser.catalogue import queries as catalogue
from wegweiser.consortium.models import Member
from wegweiser.consortium.rights import Permission
from wegweiser.files import queries as files
from wegweiser.files import storage
from wegweiser.files.models import Rendition
from wegweiser.web.rights import rights_of

FOR_EVER = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """One size of a picture; its name says what is in it, so it never changes."""
    rows = files.renditions(digest)
    is_public = catalogue.shows_picture({files.image(row.picture) for row in rows if row.shown})
    if not rows or not (is_public or _may_see(request, rows)):
        raise Http404
    if request.headers.get("If-None-Match") == f'"{digest}"':
        response = HttpResponse(status=304)
    else:
        data = storage.read(digest)
        if data is None:
            raise Http404
        response = HttpResponse(data, content_type="image/webp")
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = FOR_EVER if is_public else "private, no-store"
    return response


def _may_see(request: HttpRequest, rows: list[Rendition]) -> bool:
    """What is not public is for the management, and for those who may edit an offer with it."""
    reach = rights_of(request).extent(Permission.PICTURE_SEE)
    if not reach.assigned:
        return False
    member = Member.objects.filter(user=request.user.pk).first()
    return any(catalogue_pictures.may_see(picture, reach, member) for picture in {row.picture for row in rows})
