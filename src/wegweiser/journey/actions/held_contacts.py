"""Rows of lists of past contacts that waited for one answer, taken up once somebody gave it."""

from collections.abc import Sequence

from django.db import transaction

from wegweiser.companies.actions import wishes
from wegweiser.journey.actions import histories
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import PARTNER_UNKNOWN, TOPIC_UNKNOWN, Finder
from wegweiser.journey.models import ContactList, ContactRow
from wegweiser.journey.queries import held_contacts
from wegweiser.kernel import locks
from wegweiser.kernel.actor import Actor


def take_up(
    *, source: ContactList, grant_on: histories.GrantOn, waiting: wishes.Waiting | None = None, by: Actor
) -> int:
    """Rows of a list that wait for a partner or topic which is known meanwhile become steps, or wait for what else
    they leave open. Gives how many became steps."""
    asked = held_contacts().filter(source=source, held__in=(PARTNER_UNKNOWN, TOPIC_UNKNOWN)).order_by("row")
    pks = list(asked.values_list("pk", flat=True))
    return _taken(source, pks, None, grant_on, waiting, by)


def say_whose(
    *,
    rows: Sequence[ContactRow],
    is_ours: bool,
    grant_on: histories.GrantOn,
    waiting: wishes.Waiting | None = None,
    by: Actor,
) -> int:
    """The event that these rows of one list wait for was ours, or somebody else's. Gives how many became steps."""
    return _taken(rows[0].source, [row.pk for row in rows], is_ours, grant_on, waiting, by) if rows else 0


def _taken(
    source: ContactList,
    pks: Sequence[int],
    is_ours: bool | None,
    grant_on: histories.GrantOn,
    waiting: wishes.Waiting | None,
    by: Actor,
) -> int:
    source = ContactList.objects.select_related("partner", "topic").defer("content").get(pk=source.pk)
    finder, count = Finder(partner=source.partner, topic=source.topic), 0
    for start in range(0, len(pks), lists.CHUNK):
        with transaction.atomic():
            locks.hold("import history", *([waiting.lock] if waiting else []))
            some = held_contacts().filter(pk__in=pks[start : start + lists.CHUNK])
            for row in some.select_for_update(of=("self",)).order_by("row"):
                contact = lists.said_by(row)
                if contact is None:
                    continue
                if is_ours is not None:
                    contact.is_of(us=is_ours)
                found = finder.one(contact, again=True)
                if found.held:
                    row.held = found.held
                    row.save(update_fields=["held"])
                    continue
                step = histories.settle(
                    row=row, company=found.company, is_ours=is_ours, grant_on=grant_on, waiting=waiting, by=by
                )
                if found.is_new:
                    found.company = step.company
                    finder.made(found)
                count += 1
    return count
