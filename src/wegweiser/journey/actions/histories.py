"""Lists of past contacts become steps: uploaded, taken over in chunks of one transaction each, decided, taken back.

A row is known by what it says, so a second run changes nothing and goes on where a killed one stopped.
"""

import datetime as dt
import zlib
from collections.abc import Mapping
from itertools import islice

from django.db import transaction

from wegweiser.companies import list_claims
from wegweiser.companies.actions import lists as firm_lists
from wegweiser.companies.actions import wishes
from wegweiser.companies.events import Event as FirmsEvent
from wegweiser.companies.importing.headers import NO_HEADERS, ROWS_ALONE
from wegweiser.companies.importing.rows import Rejected
from wegweiser.companies.lists import said, sheets
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.journey import reasons
from wegweiser.journey.actions import contact_rows, contact_words, corrections
from wegweiser.journey.actions.contact_rows import GrantOn
from wegweiser.journey.events import Event
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import WAS_FORGOTTEN, Finder, Meant
from wegweiser.journey.history.founded import known_from_it_alone
from wegweiser.journey.history.headers import FIELDS, IGNORED
from wegweiser.journey.history.lists import Opened, Outcome
from wegweiser.journey.history.rows import Contact
from wegweiser.journey.history.wishes import Wishes, is_silenced
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import audit, clock, erasure, locks
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def upload(*, name: str, data: bytes, sheet: str | None = None, by: Actor) -> ContactList:
    """Keep a file, or a `sheet` of it, until somebody has seen its preview. Raises what `lists.open_list` raises."""
    opened = lists.open_list(data, sheet=sheet)
    with transaction.atomic():
        kept = ContactList.objects.create(
            name=name.strip()[:200] or "Liste",
            digest=opened.digest,
            content=zlib.compress(data),
            mapping={str(place): named for place, named in opened.mapping.items()},
            counts={"sheet": opened.grid.sheet} if opened.grid.others else {},
            **lists.unsaid(opened.head.key),
            by=str(by),
        )
        audit.record(Event.LIST_UPLOADED, by=by, subject=kept)
    return kept


def describe(
    *, source: ContactList, mapping: Mapping[int, str], partner: Partner | None, topic: Topic | None, by: Actor
) -> ContactList:
    """What the columns of an uploaded list mean, remembered for its headers, and whose work it is where no row says.

    Raises DomainError("column_unknown").
    """
    if not set(mapping.values()) <= {*FIELDS, IGNORED}:
        raise DomainError("column_unknown", field="mapping")
    opened = lists.open_list(lists.content(source), changed=mapping, **said(source.counts))
    with transaction.atomic():
        list_claims.lock_to_correct(source)
        if not opened.head.is_none:
            firm_lists.name_columns(headers_key=opened.head.key, mapping=mapping, fields=FIELDS, by=by)
            contact_words.remember_unsaid(headers_key=opened.head.key, partner=partner, topic=topic, by=by)
        source.mapping = {str(place): named for place, named in mapping.items()}
        source.partner, source.topic = partner, topic
        source.save(update_fields=["mapping", "partner", "topic"])
    return source


def say_head(*, source: ContactList, line: int, by: Actor) -> ContactList:
    """Somebody says in which line of an uploaded list its headers stand, from 0, or that it has none (NO_HEADERS, or
    ROWS_ALONE where its first line is no title either).

    Raises DomainError("head_outside").
    """
    sheet = source.counts.get("sheet")
    opened = lists.open_list(lists.content(source), head=line, sheet=sheet)
    if line < ROWS_ALONE or opened.head.line != max(line, NO_HEADERS):
        raise DomainError("head_outside", field="head")
    return _read_otherwise(source, opened, {"head": line, "sheet": sheet}, by)


def say_sheet(*, source: ContactList, sheet: str, by: Actor) -> ContactList:
    """Somebody says on which sheet of an uploaded workbook the list is. Raises DomainError("sheet_unknown")."""
    opened = lists.open_list(lists.content(source), sheet=sheet)
    return _read_otherwise(source, opened, {"sheet": opened.grid.sheet}, by)


def _read_otherwise(source: ContactList, opened: Opened, counts: Mapping[str, object], by: Actor) -> ContactList:
    """Keep what somebody says of where in the file the list stands, and what its columns mean there."""
    with transaction.atomic():
        list_claims.lock_to_correct(source)
        source.mapping = {str(place): named for place, named in opened.mapping.items()}
        source.counts, source.digest = dict(counts), opened.digest
        unsaid = lists.unsaid(opened.head.key)
        source.partner, source.topic = unsaid["partner"] or source.partner, unsaid["topic"] or source.topic
        source.save(update_fields=["mapping", "counts", "digest", "partner", "topic"])
        audit.record(FirmsEvent.COLUMNS_NAMED, by=by, subject=source, changed=["mapping"])
    return source


def order(*, source: ContactList, by: Actor) -> ContactList:
    """Let the worker take the list over.

    Raises DomainError: no_day_column, list_gone, list_being_taken, list_taken_already.
    """
    with transaction.atomic():
        row = list_claims.lock_open(source)
        if not lists.has_day({int(place): named for place, named in row.mapping.items()}):
            raise DomainError("no_day_column", field="mapping")
        row.state, row.failure, row.by = ContactList.State.ORDERED, "", str(by)
        row.save(update_fields=["state", "failure", "by"])
    return row


def drop(*, source: ContactList, by: Actor) -> None:
    """Forget a list that was uploaded and not taken over.

    Raises DomainError: list_gone, list_being_taken, list_taken_already, list_taken_in_part.
    """
    with transaction.atomic():
        row = list_claims.lock_open(source)
        if row.rows.exists():
            raise DomainError("list_taken_in_part")
        audit.record(Event.LIST_DROPPED, by=by, subject=row)
        row.delete()


def take_uploaded(
    *, source: ContactList, grant_on: GrantOn, waiting: wishes.Waiting | None = None, by: Actor
) -> Outcome:
    """Take over a list that was uploaded; afterwards its file is forgotten.

    Raises what `take` and `list_claims.claimed` raise; the list is failed then, and says why.
    """
    with list_claims.claimed(source):
        return take(
            opened=lists.open_uploaded(source),
            name=source.name,
            partner=source.partner,
            topic=source.topic,
            source=source,
            grant_on=grant_on,
            waiting=waiting,
            by=by,
        )


def take(
    *,
    opened: Opened,
    name: str,
    partner: Partner | None = None,
    topic: Topic | None = None,
    source: ContactList | None = None,
    grant_on: GrantOn,
    waiting: wishes.Waiting | None = None,
    by: Actor,
) -> Outcome:
    """Record a step for each row whose firm, partner and topic are clear; the others wait. Twice changes nothing.

    Raises DomainError("no_day_column").
    """
    read = lists.clean_rows(opened)
    finder, told = Finder(partner=partner, topic=topic), Wishes()
    good = iter([row for row in read if isinstance(row, Contact)])
    found: list[Meant] = []
    recorded: dict[int, Step] = {}
    while chunk := list(islice(good, lists.CHUNK)):
        with list_claims.chunk(source, "import history", *([waiting.lock] if waiting else [])):
            for contact in chunk:
                meant = finder.one(contact)
                found.append(meant)
                if meant.is_known:
                    continue
                source = source or _source(opened, name, partner, topic, by)
                wish = contact.wish
                if meant.is_new and not meant.held:
                    meant.company = contact_rows.founded(contact=contact, by=by)
                    finder.made(meant)
                    wish = told.of(contact.firm) if contact.firm else ""
                if wish and meant.company is not None:
                    wishes.silence(company=meant.company, wish=wish, no_calls=contact.no_calls, waiting=waiting, by=by)
                elif wish:
                    told.hear(contact)
                contact_rows.write(meant=meant, source=source, recorded=recorded, grant_on=grant_on, by=by)
    outcome = Outcome(found, [row for row in read if isinstance(row, Rejected)], recorded)
    if source is not None:
        _finish(source, outcome, opened, by)
    return outcome


def settle(
    *,
    row: ContactRow,
    company: Company | None,
    is_counted_only: bool = False,
    partner: Partner | None = None,
    topic: Topic | None = None,
    day: dt.date | None = None,
    is_ours: bool | None = None,
    grant_on: GrantOn,
    waiting: wishes.Waiting | None = None,
    by: Actor,
) -> Step:
    """A held row is of `company`, or of a firm that is founded now; where it `is_counted_only` of none, as people who
    came. `partner`, `topic`, `day` and whether an event `is_ours` count where the row does not tell it. Gives the step.

    Raises DomainError: row_settled_already, partner_missing, topic_missing, day_missing, day_in_future, whose_missing.
    """
    if day is not None and day > clock.today():
        raise DomainError("day_in_future", field="day")
    with transaction.atomic():
        if waiting:
            locks.hold(waiting.lock)
        locked = ContactRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.settled_at is not None or not locked.held or locked.undone_at is not None:
            raise DomainError("row_settled_already")
        contact = _said(locked)
        meant = Finder(partner=locked.source.partner, topic=locked.source.topic).one(contact, again=True)
        meant.partner, meant.topic = meant.partner or partner, meant.topic or topic
        contact.day = contact.day or day
        if meant.partner is None:
            raise DomainError("partner_missing")
        if meant.topic is None:
            raise DomainError("topic_missing")
        if contact.day is None:
            raise DomainError("day_missing")
        if contact.asks_whose:
            if is_ours is None:
                raise DomainError("whose_missing")
            contact.is_of(us=is_ours)
        wish = contact.wish
        if is_counted_only:
            meant.company, wish = None, ""
        elif company is None and contact.firm:
            told = Wishes()
            told.hear(contact)
            wish = told.of(contact.firm)
            is_another = locked.held != WAS_FORGOTTEN  # who is kept is found
            company = contact_rows.founded(contact=contact, is_another=is_another, by=by)
            locked.is_founder = True
        if not is_counted_only:
            meant.company = company or meant.company
        if wish and meant.company is not None and not is_silenced(locked, meant.company):
            wishes.silence(company=meant.company, wish=wish, no_calls=contact.no_calls, waiting=waiting, by=by)
        meant.is_new = False
        step = contact_rows.step(meant=meant, grant_on=grant_on, by=by)
        locked.company, locked.said, locked.settled_at, locked.settled_by = meant.company, "", clock.now(), str(by)
        locked.save(update_fields=["company", "said", "settled_at", "settled_by", "is_founder"])
        audit.record(Event.LIST_ROW_SETTLED, by=by, subject=locked, references={"list": locked.source.uuid})
    return step


def leave_out(*, row: ContactRow, by: Actor) -> None:
    """Nothing is made of a held row: what it says is forgotten, and a second run leaves it alone.

    Raises DomainError("row_settled_already").
    """
    with transaction.atomic():
        locked = ContactRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.settled_at is not None or not locked.held or locked.undone_at is not None:
            raise DomainError("row_settled_already")
        erase(row=locked, by=by)


def undo(*, source: ContactList, reason: str, by: Actor) -> int:
    """Take back every step that came from the list and stands, with `reason`. Gives their number.

    Firms that it founded and nothing else knows are found by nobody any more, until somebody brings them again. The
    same list may be taken over again afterwards. Raises DomainError: list_not_taken, reason_missing, reason_too_long.
    """
    reason = reasons.checked(reason)
    with transaction.atomic():
        locks.hold("import history")
        row = ContactList.objects.select_for_update(of=("self",)).get(pk=source.pk)
        if row.state != ContactList.State.DONE:
            raise DomainError("list_not_taken")
        taken = list(row.rows.filter(undone_at=None))
        marks = {lists.source_of(kept.fingerprint) for kept in taken}
        standing = Step.objects.filter(source_kind=lists.SOURCE, source_uuid__in=marks, reverses=None, reversed_by=None)
        count = 0
        for step in standing:
            corrections.take_back(step=step, reason=reason, by=by)
            count += 1
        row.rows.filter(undone_at=None).update(undone_at=clock.now(), said="")
        _forget_firms_of(row, by)
        row.state, row.undone_at, row.undone_by = ContactList.State.UNDONE, clock.now(), str(by)
        row.save(update_fields=["state", "undone_at", "undone_by"])
        audit.record(Event.LIST_UNDONE, by=by, subject=row)
    return count


def erase(*, row: ContactRow, by: Actor) -> None:
    """Forget what a row said that nobody decided on; it becomes no step any more."""
    with transaction.atomic():
        row.said, row.settled_at, row.settled_by = "", clock.now(), str(by)
        row.save(update_fields=["said", "settled_at", "settled_by"])
        audit.record(Event.LIST_ROW_ERASED, by=by, subject=row, changed=["said"])


def _forget_firms_of(source: ContactList, by: Actor) -> None:
    """Its steps stay for good, and name the firms: their rows stay as well, as if kept for a proof."""
    fate = erasure.fates()[Company._meta.label]
    firms = known_from_it_alone(source)
    items = [erasure.Item(fate, firm.pk, firm.uuid, erasure.State.RESTRICTED) for firm in firms]
    erasure.erase(items=items, reason=erasure.Reason.EARLY, by=by)


def _source(opened: Opened, name: str, partner: Partner | None, topic: Topic | None, by: Actor) -> ContactList:
    found = ContactList.objects.filter(digest=opened.digest, state=ContactList.State.ORDERED, content=None).first()
    mapping = {str(place): named for place, named in opened.mapping.items()}
    return found or ContactList.objects.create(
        name=name[:200],
        digest=opened.digest,
        mapping=mapping,
        partner=partner,
        topic=topic,
        state=ContactList.State.ORDERED,
        by=str(by),
    )


def _said(row: ContactRow) -> Contact:
    """The held row as it was read. Raises DomainError("list_gone") where it is forgotten."""
    made = lists.said_by(row)
    if made is None:
        raise DomainError("list_gone")
    return made


def _finish(source: ContactList, outcome: Outcome, opened: Opened, by: Actor) -> None:
    rejected = [[row.row, row.reason] for row in outcome.left_out()[:1000]]
    warned = [[told.row, told.column, told.reason] for told in outcome.warnings]  # what stood there goes with the file
    of_the_list = {"rejected_rows": rejected, "warnings": warned[:1000], "warnings_count": len(warned)}
    of_the_file = {"above": opened.head.above, **sheets(opened.grid)}
    with list_claims.chunk(source):
        source.state, source.content, source.finished_at, source.claimed_at = (
            ContactList.State.DONE,
            None,
            clock.now(),
            None,
        )
        source.counts = {**outcome.counts(), **of_the_list, **of_the_file}
        source.save(update_fields=["state", "content", "finished_at", "claimed_at", "counts"])
        audit.record(Event.LIST_TAKEN, by=by, subject=source)
