"""Past contacts become steps under the grant that ran on their day; what waits for who wants no mail is held."""

import datetime as dt
from collections.abc import Sequence

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.crossings import channels
from wegweiser.crossings.thread_steps import grant_on
from wegweiser.journey.actions import held_contacts, histories
from wegweiser.journey.history.lists import Opened, Outcome
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel.actor import Actor


def take(
    *, opened: Opened, name: str, partner: Partner | None = None, topic: Topic | None = None, by: Actor
) -> Outcome:
    return histories.take(
        opened=opened, name=name, partner=partner, topic=topic, grant_on=grant_on, waiting=channels.WAITING, by=by
    )


def take_uploaded(*, source: ContactList, by: Actor) -> Outcome:
    return histories.take_uploaded(source=source, grant_on=grant_on, waiting=channels.WAITING, by=by)


def settle(
    *,
    row: ContactRow,
    company: Company | None,
    is_counted_only: bool = False,
    partner: Partner | None = None,
    topic: Topic | None = None,
    day: dt.date | None = None,
    is_ours: bool | None = None,
    by: Actor,
) -> Step:
    return histories.settle(
        row=row,
        company=company,
        is_counted_only=is_counted_only,
        partner=partner,
        topic=topic,
        day=day,
        is_ours=is_ours,
        grant_on=grant_on,
        waiting=channels.WAITING,
        by=by,
    )


def take_up(*, source: ContactList, by: Actor) -> int:
    return held_contacts.take_up(source=source, grant_on=grant_on, waiting=channels.WAITING, by=by)


def say_whose(*, rows: Sequence[ContactRow], is_ours: bool, by: Actor) -> int:
    return held_contacts.say_whose(rows=rows, is_ours=is_ours, grant_on=grant_on, waiting=channels.WAITING, by=by)
