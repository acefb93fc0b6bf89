"""What is removed of somebody who worked here, a while after they left."""

from django.db import transaction

from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Member
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated

BLANK = ("name", "slug", "position", "email", "phone", "languages", "expertise", "user")


def blank(*, member: Member, by: Actor) -> Member:
    """Take name and contact from `member`; roles with their dates stay. Their login has to be closed before."""
    with transaction.atomic():
        row = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)
        if row.user and row.user.is_active:
            raise DomainError("login_active", "Who still has a login still works here.")
        row.name, row.slug = "Ehemalige Ansprechperson", f"ehemalig-{row.pk}"
        row.position, row.expertise = translated(""), Translated()
        row.email = row.phone = ""
        row.languages, row.user = [], None
        row.save()
        row.topics.clear()
        audit.record(Event.MEMBER_BLANKED, by=by, subject=row, changed=BLANK)
    return row
