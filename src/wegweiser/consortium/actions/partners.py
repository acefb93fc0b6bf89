"""How a partner presents itself. Its roles in the consortium have dates and are not changed here."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from wegweiser.consortium import profiles
from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Partner
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def change(
    *, partner: Partner, values: Mapping[str, Any], seen: str, confirmed: Collection[str] = (), by: Actor
) -> Partner:
    """Tell a partner as `values` say; its address on the website stays. `seen` is the stamp of what one read.

    Raises DomainError("changed_meanwhile") where somebody else saved since, and those of `profiles.check`.
    """
    profiles.check(Partner, values)
    with transaction.atomic():
        row = _read(partner)
        if profiles.is_overtaken(row, seen, values):
            raise DomainError("changed_meanwhile")
        if changed := profiles.take(row, values, confirmed):
            row.save()
            audit.record(Event.PARTNER_CHANGED, by=by, subject=row, changed=changed)
    return row


def _read(partner: Partner) -> Partner:
    """The partner as it is, under the lock."""
    return Partner.objects.select_for_update().get(pk=partner.pk)
