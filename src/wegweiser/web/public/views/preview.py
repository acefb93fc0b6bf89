"""An offer as it will look, for those who may edit it. Nothing of it is stored or kept in a cache."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wegweiser.catalogue import drafts
from wegweiser.catalogue.models import Kind
from wegweiser.consortium.models import Member, Topic
from wegweiser.kernel.translated import Translated
from wegweiser.web.public.views import offers, people
from wegweiser.web.rights import rights_of


@never_cache
@require_safe
def preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = drafts.work(uuid)
    member = Member.objects.filter(user=request.user.pk).first()
    if found is None or not found.within(drafts.reach(found.kind, rights_of(request)), member):
        raise Http404
    entry = drafts.unsaved_entry(found)
    topic = Topic.objects.filter(slug=found.slug).first() if found.kind == Kind.TOPIC else None
    if topic:
        topic.title, topic.summary = Translated(entry.title), Translated(entry.summary)
        response = people.topic_page(request, topic, preview=found.uuid, entry=entry)
    else:
        response = offers.page(request, entry, preview=found.uuid)
    response["X-Robots-Tag"] = "noindex"
    return response
