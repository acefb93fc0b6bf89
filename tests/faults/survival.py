"""What has to hold after a fault, told as sentences about what does not."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tests.faults.browser import Seen

ON_THE_WAY = frozenset({"queued", "sending", "unclear"})  # the desk shows each of them


@dataclass(frozen=True)
class Mail:
    message_id: str
    state: str
    unclear_count: int


@dataclass(frozen=True)
class Stored:
    """A registration as the database has it."""

    submission: uuid.UUID
    name: str
    email: str
    state: str
    places: int
    seats: int
    mails: Sequence[Mail]


def problems(
    seen: Collection[Seen],
    stored: Sequence[Stored],
    *,
    capacity: int,
    delivered: Mapping[str, int],
    settled: bool = False,
) -> list[str]:
    """Everything that is wrong; `settled` after the worker had all the time it wants. `stored` is in its order.

    `delivered` says how many copies of each Message-ID the mail server took.
    """
    return [
        *_lost(seen, stored),
        *_twice(seen, stored),
        *_places(stored, capacity),
        *_mails(stored, delivered, settled=settled),
    ]


def _lost(seen: Collection[Seen], stored: Sequence[Stored]) -> list[str]:
    rows = {row.submission: row for row in stored}
    found = [f"{row.name} saw a confirmation, and nothing is stored." for row in seen if row.submission not in rows]
    for row in seen:
        kept = rows.get(row.submission)
        if kept and (kept.name, kept.email, kept.places) != (row.name, row.email, row.places):
            found.append(f"{row.name} is stored as something else: {kept}.")
    known = {row.submission for row in seen}
    return found + [f"{row.name} is stored, and was never told." for row in stored if row.submission not in known]


def _twice(seen: Collection[Seen], stored: Sequence[Stored]) -> list[str]:
    found = [f"{mail} is stored {n} times." for mail, n in Counter(row.email for row in stored).items() if n > 1]
    return found + [f"{mail} was told {n} times." for mail, n in Counter(row.email for row in seen).items() if n > 1]


def _places(stored: Sequence[Stored], capacity: int) -> list[str]:
    found = [f"{row.name} has {row.seats} seats for {row.places} places." for row in stored if row.seats != row.places]
    found += [f"{row.name} is {row.state}." for row in stored if row.state not in {"confirmed", "waiting"}]
    taken = sum(row.places for row in stored if row.state == "confirmed")
    if taken > capacity:
        found.append(f"{taken} places are confirmed of {capacity}.")
    first = next((row for row in stored if row.state == "waiting"), None)
    if first and first.places <= capacity - taken:
        found.append(f"{first.name} waits, and {capacity - taken} places are empty.")
    return found


def _mails(stored: Sequence[Stored], delivered: Mapping[str, int], *, settled: bool) -> list[str]:
    found = []
    for row in stored:
        if len(row.mails) != 1:
            found.append(f"{row.name} has {len(row.mails)} mails.")
        for mail in row.mails:
            copies = delivered.get(mail.message_id, 0)
            if mail.state == "sent" and not copies:
                found.append(f"The mail to {row.name} is called sent, and never arrived.")
            if mail.state not in ON_THE_WAY | {"sent"}:
                found.append(f"The mail to {row.name} is {mail.state}.")
            if settled and mail.state != "sent":
                found.append(f"The mail to {row.name} never went out: {mail.state}.")
            if copies > 1 + mail.unclear_count + (mail.state == "sending"):
                found.append(f"The mail to {row.name} arrived {copies} times.")
    ours = {mail.message_id for row in stored for mail in row.mails}
    return found + [f"A mail {name} arrived that nobody wrote." for name in delivered if name not in ours]
