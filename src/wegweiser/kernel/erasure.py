"""Erasing what has had its time, and what a person asks to have erased.

The policy file says what is kept for which purpose and how long. Each room says in its `retention.py` how: a `Fate`
for each personal table, `touches` for what counts as contact, `proof` for what the law wants kept meanwhile. A row is
active, then restricted while a proof is owed, then anonymised. Every erasure is written down without its content.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.module_loading import autodiscover_modules

from wegweiser.kernel import audit, mail_addresses, policy
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import Erasure
from wegweiser.kernel.records import Record
from wegweiser.kernel.sorting import sort_key

State, Reason = Erasure.State, Erasure.Reason
Rows = Mapping[str, Iterable[Any]]
Keys = Callable[[dt.date], Iterable[int]]


@audit.declare
class Event(StrEnum):
    RESTRICTED = "erasure:restricted"
    ANONYMISED = "erasure:anonymised"


def _nothing_more(row: Record) -> Rows:
    return {}


def _nothing_foreign(row: Record, who: "Sequence[Who]") -> Collection[str]:
    return ()


def _name_of(row: Any) -> str:
    """Whom a row names: by itself, else through the person or the case it belongs to."""
    for called in ("name", "recipient_name", "sender_name"):
        if text := getattr(row, called, ""):
            return str(text)
    for link in ("person", "case"):
        if (other := getattr(row, link, None)) is not None:
            return _name_of(other)
    return ""


def _nothing_to_know_by(row: Record) -> Iterable[str]:
    return ()


def _from_the_person(row: Record) -> tuple[str, Sequence[str]]:
    return "", ()


@dataclass(frozen=True, kw_only=True)
class Fate:
    """How the rows of one table end. `starts` is the event after which the term of `purpose` runs.

    `due` finds, for a day, the rows whose term began before it and that still tell something; `of` the rows of the
    person with a mail address (in lower case). Both give rows of `rows`, which are named in the log. `erase` takes the
    row, whether it is to be restricted only, and the actor, and may be repeated; `refuse` may raise before a person is
    erased. `first` goes before the rows that would take it along. `covers` names tables that end with it, `parts` finds
    their rows. `origin` tells whence the row came and who received it (GDPR Art. 15), `foreign` which of its fields are
    about somebody else than who asks. `by_phone` finds, as `of` does, the rows of who left no mail address: by number,
    and by name unless that is empty. `named` says whose name a row bears, by which people who share a mailbox are told
    apart; `by_mailbox` finds the rows of one of them where a name in the row does not do. `marks` are words that a list
    would bring the row back by; of who asked to be forgotten they are kept as `mark` makes them.
    """

    table: str
    purpose: str
    starts: str
    rows: type[Record]
    due: Callable[[dt.date], models.QuerySet[Any]]
    of: Callable[[str], models.QuerySet[Any]]
    erase: Callable[[Any, bool, Actor], None]
    first: bool = False
    covers: tuple[str, ...] = ()
    parts: Callable[[Any], Rows] = _nothing_more
    origin: Callable[[Any], tuple[str, Sequence[str]]] = _from_the_person
    foreign: "Callable[[Any, Sequence[Who]], Collection[str]]" = _nothing_foreign
    refuse: Callable[[Any], None] = field(default=lambda row: None)
    marks: Callable[[Any], Iterable[str]] = _nothing_to_know_by
    by_phone: Callable[[str, str], models.QuerySet[Any]] | None = None
    named: Callable[[Any], str] = _name_of
    by_mailbox: "Callable[[Mailbox], models.QuerySet[Any]] | None" = None

    def about(self, who: "Who") -> models.QuerySet[Any]:
        """The rows about a person, by mail address or by phone number."""
        if isinstance(who, str):
            return self.of(who.strip().lower())
        if isinstance(who, Mailbox):
            if self.by_mailbox is not None:
                return self.by_mailbox(who)
            theirs = [row.pk for row in self.of(who.mail.strip().lower()) if sort_key(self.named(row)) in who.names]
            return self.rows._base_manager.filter(pk__in=theirs)
        return self.by_phone(who.phone, who.name) if self.by_phone else self.rows._base_manager.none()


@dataclass(frozen=True)
class Caller:
    """A person by phone number (E.164), and by name where several share it."""

    phone: str
    name: str = ""


@dataclass(frozen=True)
class Mailbox:
    """One of several people with a mail address, by how they are called there (sort keys): what bears their name is
    theirs. What names nobody is of all of them, and goes with the last one."""

    mail: str
    names: frozenset[str]


Who = str | Caller | Mailbox


@dataclass(frozen=True)
class Item:
    """One row that goes, and how far."""

    fate: Fate
    pk: int
    uuid: UUID
    state: Erasure.State


_fates: dict[str, Fate] = {}
_touches: dict[str, list[Keys]] = {}
_proofs: dict[str, list[tuple[str, str, Keys]]] = {}


def declare(fate: Fate) -> Fate:
    """Make the end of a table known."""
    if _fates.setdefault(fate.table, fate) is not fate:
        raise ValueError(f"{fate.table} has a fate already.")
    return fate


def touches(table: str) -> Callable[[Keys], Keys]:
    """Declare a function that gives the primary keys of rows of `table` in use on or after a day."""

    def register(keys: Keys) -> Keys:
        _touches.setdefault(table, []).append(keys)
        return keys

    return register


def proof(table: str, *, purpose: str, starts: str) -> Callable[[Keys], Keys]:
    """Declare a function that gives the keys of rows of `table` whose proof began on or after a day (or has not)."""

    def register(keys: Keys) -> Keys:
        _proofs.setdefault(table, []).append((purpose, starts, keys))
        return keys

    return register


@cache
def _discover() -> None:
    """Import what the rooms declare, when it is first asked for: nobody else has to load it."""
    autodiscover_modules("retention")


def fates() -> dict[str, Fate]:
    """The fate of every table that has one, in the order in which they go."""
    _discover()
    return dict(sorted(_fates.items(), key=lambda named: (not named[1].first, named[0])))


def touched(table: str, since: dt.date) -> set[int]:
    """The rows of `table` that somebody had to do with since that day."""
    return {key for keys in _touches.get(table, ()) for key in keys(since)}


def proven(table: str, day: dt.date) -> set[int]:
    """The rows of `table` that a duty of proof keeps on `day`."""
    return {key for purpose, _, keys in _proofs.get(table, ()) for key in keys(begin(purpose, day))}


def owed_for(item: "Item", day: dt.date) -> list[str]:
    """The purposes of proof that keep what is only restricted."""
    proofs = _proofs.get(item.fate.table, ())
    return sorted({purpose for purpose, _, keys in proofs if item.pk in set(keys(begin(purpose, day)))})


def begin(purpose: str, day: dt.date) -> dt.date:
    """What began before this day is over on `day`."""
    months = next(row.months for row in policy.purposes() if row.key == purpose)
    return _months_before(day, months)


def first_day_of_erasing(purpose: str, started: dt.date) -> dt.date:
    """The day on which what began on `started` is over by itself: the first for which `begin` lies after it."""
    months = next(row.months for row in policy.purposes() if row.key == purpose)
    after = started + dt.timedelta(days=1)
    year, month = divmod(after.year * 12 + after.month - 1 + months, 12)
    if after.day <= monthrange(year, month + 1)[1]:
        return dt.date(year, month + 1, after.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return dt.date(year, month + 1, 1)


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# --- What would go -------------------------------------------------------------------------------------------------


def plan(day: dt.date) -> list[Item]:
    """Everything whose term is over on `day`. Reads only."""
    return [item for fate in fates().values() for item in _due(fate, day)]


def plan_of(*who: Who, day: dt.date) -> list[Item]:
    """Everything about the person with these mail addresses or number, whatever its term, each row once.

    Raises what a fate's `refuse` raises.
    """
    every = spelt(who)
    items = {(fate.table, item.pk): item for fate in fates().values() for one in every for item in _of(fate, one, day)}
    return list(items.values())


def spelt(who: Iterable[Who]) -> list[Who]:
    """The same person, with each mail address in all its spellings: rows may hold any of them."""
    return list(dict.fromkeys(spelling for one in who for spelling in _spellings(one)))


def _spellings(one: Who) -> Sequence[Who]:
    if isinstance(one, Caller):
        return [one]
    if isinstance(one, Mailbox):
        return [Mailbox(form, one.names) for form in mail_addresses.forms(one.mail)]
    return mail_addresses.forms(one)


def plan_rows(table: str, rows: Iterable[Any], *, day: dt.date) -> list[Item]:
    """These rows of `table` on `day`, whatever their term: gone, or only restricted where a proof is owed."""
    fate, owed = fates()[table], proven(table, day)
    return [Item(fate, row.pk, row.uuid, State.RESTRICTED if row.pk in owed else State.ANONYMISED) for row in rows]


def _due(fate: Fate, day: dt.date, *, only: int | None = None) -> Iterator[Item]:
    since = begin(fate.purpose, day)
    rows = fate.due(since)
    if only is not None:
        rows = rows.filter(pk=only)
    found = list(rows.order_by("pk"))
    if not found:
        return
    in_use, owed = touched(fate.table, since), proven(fate.table, day)
    for row in found:
        restricted = getattr(row, "restricted_at", None) is not None
        if row.pk in owed and restricted:
            continue
        if restricted or row.pk not in in_use:
            yield Item(fate, row.pk, row.uuid, State.RESTRICTED if row.pk in owed else State.ANONYMISED)


def _of(fate: Fate, who: Who, day: dt.date) -> Iterator[Item]:
    found = list(fate.about(who).order_by("pk").distinct())
    if not found:
        return
    owed = proven(fate.table, day)
    for row in found:
        fate.refuse(row)
        yield Item(fate, row.pk, row.uuid, State.RESTRICTED if row.pk in owed else State.ANONYMISED)


# --- Erasing -------------------------------------------------------------------------------------------------------


def run(*, day: dt.date, by: Actor) -> list[Item]:
    """Erase everything whose term is over, each row in a transaction of its own. Gives what went.

    What was in use again meanwhile stays. A row that fails does not keep the others; the first failure is raised last.
    """
    done: list[Item] = []
    failure: Exception | None = None
    for item in plan(day):
        try:
            with transaction.atomic():
                if item.fate.rows._base_manager.select_for_update().filter(pk=item.pk).first() is None:
                    continue
                still = next(_due(item.fate, day, only=item.pk), None)
                if still is not None:
                    _erase(still, reason=Reason.TERM, by=by)
                    done.append(still)
        except Exception as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return done


def erase(*, items: Iterable[Item], reason: Erasure.Reason = Reason.REQUEST, by: Actor) -> None:
    """Erase what a person asked for, or what is not needed any more, all of it or nothing."""
    with transaction.atomic():
        for item in items:
            _erase(item, reason=reason, by=by)


def _erase(item: Item, *, reason: Erasure.Reason, by: Actor) -> None:
    row = item.fate.rows._base_manager.select_for_update().filter(pk=item.pk).first()
    if row is None:  # it went with a row before it
        return
    restricted = item.state == State.RESTRICTED
    event = Event.RESTRICTED if restricted else Event.ANONYMISED
    audit.record(event, by=by, subject=row, references={"reason": reason})
    kept = [mark(word) for word in item.fate.marks(row)] if reason == Reason.REQUEST else []
    item.fate.erase(row, restricted, by)
    Erasure.objects.create(
        table=item.fate.table,
        subject_uuid=item.uuid,
        purpose=item.fate.purpose,
        state=item.state,
        reason=reason,
        marks=kept,
    )


def mark(word: str) -> str:
    """What is kept of a word about who asked to be forgotten: enough to know it again, nothing to read it by."""
    return salted_hmac("wegweiser.erasure", word, algorithm="sha256").hexdigest()[:32]


# --- What the policy file asks for -----------------------------------------------------------------------------------


def findings() -> list[str]:
    """What the policy file promises and no room carries out; empty when all is carried out."""
    found, known = [], {purpose.key: purpose for purpose in policy.purposes()}
    carried = {table: fate for fate in fates().values() for table in (fate.table, *fate.covers)}
    named = sorted({personal.model for personal in policy.personal_fields()})
    found += [f"{table}: no room says how it is erased." for table in named if table not in carried]
    proofs = [(table, *rest[:2]) for table, rows in _proofs.items() for rest in rows]
    rules = [(fate.table, fate.purpose, fate.starts) for fate in fates().values()] + proofs
    for table, purpose, starts in rules:
        if purpose not in known:
            found.append(f"{table}: purpose {purpose!r} is not described.")
        elif known[purpose].months_after != starts:
            found.append(f"{table}: {purpose} runs from {known[purpose].months_after!r}, carried out from {starts!r}.")
    idle = set(known) - {purpose for _, purpose, _ in rules}
    found += [f"purpose {purpose}: no room carries it out." for purpose in sorted(idle)]
    return found
