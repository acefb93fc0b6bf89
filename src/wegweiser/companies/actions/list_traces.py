"""What lists said of somebody beside the fields of their firm: number, mail, and what was noted. They may read it, and
it goes with them."""

import re
from collections.abc import Iterable

from django.db import transaction

from wegweiser.companies.events import Event
from wegweiser.companies.models import ListRow, Person, Position
from wegweiser.kernel import audit, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.sorting import sort_key

_MOBILE = re.compile(r"\+491[5-7]")
LEAST_OF_A_NAME = 3  # letters: "Li" is a part of many mailboxes


@transaction.atomic
def forget(*, person: Person, firms: Iterable[int], by: Actor) -> int:
    """Blank in the rows of lists about `firms` (primary keys) what is of `person`. Gives how many rows changed.

    A remark with their surname goes as a whole: what else it says is mostly of them as well. Where nobody else of the
    firm is known, a mobile number is nobody's but theirs.
    """
    firms = list(firms)
    others = Position.objects.filter(company__in=firms).exclude(person=person).exists()
    changed = 0
    for row in (
        ListRow.objects.select_for_update(of=("self",))
        .select_related("company")
        .filter(company__in=firms)
        .order_by("pk")
    ):
        before = (row.remark, row.more, row.unverified)
        row.remark = "" if _names(row.remark, person) else row.remark
        row.more = {field: kept for field, told in row.more.items() if (kept := _without(told, person, others))}
        row.unverified = [told for told in row.unverified if not _is_theirs(str(told[-1]), person, others)]
        if before != (row.remark, row.more, row.unverified):
            row.save(update_fields=["remark", "more", "unverified"])
            audit.record(Event.COMPANY_ERASED, by=by, subject=row.company, changed=["list_rows"])
            changed += 1
    return changed


def theirs(*, person: Person, firms: Iterable[int]) -> list[ListRow]:
    """The rows of lists about `firms` that tell of `person`, each with that alone: what `forget` would take away.

    Unsaved, and never to be saved. What the rows tell of the firm and of others there is none of their business.
    """
    firms = list(firms)
    others = Position.objects.filter(company__in=firms).exclude(person=person).exists()
    found = []
    for row in ListRow.objects.filter(company__in=firms).order_by("pk"):
        remark = row.remark if _names(row.remark, person) else ""
        rests = {field: (told, _without(told, person, others)) for field, told in row.more.items()}
        more = {field: _taken(told, rest) for field, (told, rest) in rests.items() if told != rest}
        unverified = [told for told in row.unverified if _is_theirs(str(told[-1]), person, others)]
        if remark or more or unverified:
            row.remark, row.more, row.unverified = remark, more, unverified
            row.fingerprint, row.first_contact = "", None
            found.append(row)
    return found


def _taken(told: object, rest: object) -> object:
    """What of `told` is not in `rest`."""
    return [one for one in told if one not in rest] if isinstance(told, list) and isinstance(rest, list) else told


def _without(told: object, person: Person, others: bool) -> object:
    if isinstance(told, list):
        return [one for one in told if not (isinstance(one, str) and _is_theirs(one, person, others))]
    return "" if isinstance(told, str) and _is_theirs(told, person, others) else told


def _is_theirs(text: str, person: Person, others: bool) -> bool:
    if "@" in text and not re.search(r"\s", text):
        mailbox = _words(text.partition("@")[0])
        is_called_so = len(_surname(person)) >= LEAST_OF_A_NAME and _surname(person) in mailbox
        return is_called_so or mail_addresses.equal(text, person.email)
    has_it = any(value and value in text for value in (person.phone, person.email))
    return has_it or _names(text, person) or (not others and bool(_MOBILE.match(text)))


def _names(text: str, person: Person) -> bool:
    return _surname(person) in _words(text)


def _surname(person: Person) -> str:
    return (sort_key(person.name).split() or ["\0"])[-1]


def _words(text: str) -> set[str]:
    """Its words as they are compared; `sort_key` of a whole remark would be cut."""
    return {sort_key(word) for word in re.findall(r"[^\W_]+", text)}
