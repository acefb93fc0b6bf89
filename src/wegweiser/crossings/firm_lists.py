"""Lists of firms come in; what they tell holds from the first contact that is known of a firm, not from the import.

What waits for a firm that a list tells to want no mail is held.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Coalesce

from wegweiser.companies.actions import facts, lists
from wegweiser.companies.lists import Opened
from wegweiser.companies.models import Company, FirmList, ListRow
from wegweiser.companies.outcomes import Outcome
from wegweiser.crossings import channels
from wegweiser.journey import indicators
from wegweiser.kernel.actor import Actor

CHUNK = 200  # firms in one transaction


def take(*, opened: Opened, name: str, facts_since: dt.date | None = None, by: Actor) -> Outcome:
    outcome = lists.take(opened=opened, name=name, facts_since=facts_since, waiting=channels.WAITING, by=by)
    for source in FirmList.objects.filter(digest=opened.digest, state=FirmList.State.DONE):
        reach_back(source=source, by=by)
    return outcome


def take_uploaded(*, source: FirmList, by: Actor) -> Outcome:
    outcome = lists.take_uploaded(source=source, waiting=channels.WAITING, by=by)
    reach_back(source=source, by=by)
    return outcome


def reach_back(*, source: FirmList, by: Actor) -> int:
    """What the list was the first to tell of a firm holds from the first contact with it. Gives how many firms had one.

    Only where neither a row nor anybody said since when it holds. A second time changes nothing.
    """
    firms = first_contacts(source)
    known = sorted(firms)
    for start in range(0, len(known), CHUNK):
        with transaction.atomic():
            for company in Company.objects.filter(pk__in=known[start : start + CHUNK]).order_by("pk"):
                facts.reach_back(company=company, day=firms[company.pk], by=by)
    return len(firms)


def first_contacts(source: FirmList) -> dict[int, dt.date]:
    """Of each firm that the list tells of the day of the first contact that counts, by the firm's primary key."""
    root = Coalesce("company__canonical_id", "company_id")
    told = ListRow.objects.filter(source=source, first_contact=None).annotate(root=root).values("root")
    steps = indicators.standing().filter(company__isnull=False).annotate(root=root).filter(root__in=told)
    return dict(steps.order_by().values("root").annotate(first=Min("day")).values_list("root", "first"))
