"""Periodic work: lists and requests that nobody wants are forgotten."""

import datetime as dt

from wegweiser.companies import list_claims
from wegweiser.companies.actions import accesses, consents, lists
from wegweiser.companies.models import FirmList
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every

KEPT = dt.timedelta(days=7)


@every(hours=24)
def forget_lists() -> None:
    """A file that nobody took over goes after a week."""
    old = FirmList.objects.filter(state__in=FirmList.OPEN, recorded_at__lt=clock.now() - KEPT).exclude(content=None)
    for source in old:
        if source.rows.exists():
            list_claims.forget_file(source)
        else:
            lists.drop(source=source, by=Actor.system("companies.forget_lists"))


@every(hours=12)
def forget_access_requests() -> None:
    """Who asked for an access is forgotten soon after it was decided, or when they never proved their address."""
    accesses.forget_requests(by=Actor.system("companies.forget_access_requests"))


@every(hours=12)
def forget_consent_requests() -> None:
    """Who was asked by mail whether they agree, and never said so."""
    consents.forget_requests(by=Actor.system("companies.forget_consent_requests"))
