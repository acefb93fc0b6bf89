"""Rows of lists of past contacts that waited for a word, taken up once somebody said what it means."""

from django.db import transaction

from wegweiser.companies.actions import wishes
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import PARTNER_UNKNOWN, TOPIC_UNKNOWN, Finder
from wegweiser.journey.models import ContactList
from wegweiser.journey.queries import held_contacts
from wegweiser.kernel import locks
from wegweiser.kernel.actor import Actor


def take_up(
    *, source: ContactList, grant_on: histories.GrantOn, waiting: wishes.Waiting | None = None, by: Actor
) -> int:
    """Rows of a list that wait for a partner or topic which is known meanwhile become steps, or wait for what else
    they leave open. Gives how many became steps."""
    source = ContactList.objects.select_related("partner", "topic").defer("content").get(pk=source.pk)
    finder, count = Finder(partner=source.partner, topic=source.topic), 0
    asked = held_contacts().filter(source=source, held__in=(PARTNER_UNKNOWN, TOPIC_UNKNOWN))
    pks = list(asked.order_by("row").values_list("pk", flat=True))
    for start in range(0, len(pks), lists.CHUNK):
        with transaction.atomic():
            locks.hold("import history", *([waiting.lock] if waiting else []))
            for row in (
                asked.filter(pk__in=pks[start : start + lists.CHUNK]).select_for_update(of=("self",)).order_by("row")
            ):
                contact = lists.said_by(row)
                if contact is None:
                    continue
                found = finder.one(contact, again=True)
                if found.held:
                    row.held = found.held
                    row.save(update_fields=["held"])
                    continue
                step = histories.settle(row=row, company=found.company, grant_on=grant_on, waiting=waiting, by=by)
                if found.is_new:
                    found.company = step.company
                    finder.made(found)
                count += 1
    return count
