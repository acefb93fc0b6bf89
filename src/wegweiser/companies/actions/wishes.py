"""A list tells that a firm wants to be left alone: that binds at once, until somebody has looked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from wegweiser.companies import row_values
from wegweiser.companies.actions import channels
from wegweiser.companies.events import Event
from wegweiser.companies.importing.remarks import DELETION
from wegweiser.companies.models import Channel, Company
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


@dataclass(frozen=True)
class Waiting:
    """How rooms above hold what waits for a firm whose channel got stricter, and the lock that comes before its row."""

    lock: str
    hold: Callable[..., object]  # party, channel, by


def silence(
    *,
    company: Company,
    wish: str,
    no_calls: bool = False,
    is_held: bool = False,
    waiting: Waiting | None = None,
    by: Actor,
) -> bool:
    """A list told of a wish of `company` not to be written to, or to be deleted. Tells whether that is new.

    `no_calls`: the wish is about the telephone as well, which is left then. Of a row that `is_held` somebody may still
    say that it was no wish. Who gives `waiting` holds its lock already.
    """
    has_phone = bool(company.phone) and not no_calls
    wanted = row_values.wished_channel(wish, has_phone=has_phone, has_street=bool(company.street))
    with transaction.atomic():
        channels.keep(party=company, by=by)
        left = [Channel.MAIL, Channel.PHONE] if no_calls else [Channel.MAIL]
        changes = Channel.values if wish == DELETION else left
        silenced = Company.objects.filter(pk=company.pk, channel__in=changes).exclude(channel=wanted)
        if not silenced.update(channel=wanted):
            if not is_held:
                company.refresh_from_db(fields=["channel"])
                channels.hear(party=company, by=by)
            return False
        company.channel = wanted
        audit.record(Event.COMPANY_COMPLETED, by=by, subject=company, changed=["channel"])
        if waiting:
            waiting.hold(party=company, channel=wanted, by=by)
    return True
