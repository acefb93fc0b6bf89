"""Two records turn out to be one person: what the one had is the other's. Rooms above move what is theirs in between,
see `crossings.same_person`.
"""

from django.db import transaction
from django.db.models import Q

from wegweiser.companies.events import Event
from wegweiser.companies.models import STRICTEST, Access, Channel, Consent, Person, Position
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

CONTACT = ("email", "phone")


def take_over(*, person: Person, other: Person, by: Actor) -> set[str]:
    """Positions, consents, accesses and what is blank of `person` come from `other`; the stricter channel binds.

    Gives the purposes of which a consent ended: what they said last holds, whichever of the two said it. Accesses that
    both have at one firm have to be brought together before. Raises DomainError: person_same, person_restricted.
    """
    if person.pk == other.pk:
        raise DomainError("person_same")
    with transaction.atomic():
        rows = Person.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, other.pk]).in_bulk()
        if len(rows) < 2:
            raise DomainError("person_same", "Somebody joined them meanwhile.")
        if any(row.restricted_at for row in rows.values()):
            raise DomainError("person_restricted")
        person.refresh_from_db()
        _work(person, other)
        ended = _agree(person, other, by)
        Access.objects.filter(person=other).update(person=person)
        changed = [field for field in CONTACT if not getattr(person, field) and getattr(rows[other.pk], field)]
        for field in changed:
            setattr(person, field, getattr(rows[other.pk], field))
        channel = min((person.channel, rows[other.pk].channel), key=lambda one: STRICTEST.index(Channel(one)))
        if channel != person.channel:
            person.channel = channel
            changed.append("channel")
        person.save(update_fields=changed)
        audit.record(Event.PERSON_JOINED, by=by, subject=person, changed=changed, references={"other": other.uuid})
    return ended


def let_go(*, other: Person, by: Actor) -> None:
    """Nothing is left of `other` but that they were one with somebody."""
    with transaction.atomic():
        audit.record(Event.PERSON_LET_GO, by=by, subject=other)
        other.delete()


def _work(person: Person, other: Person) -> None:
    """Where both worked at one firm at the same time, that was once. Who left it by one of them has left."""
    for row in other.positions.select_for_update().order_by("valid_from", "id"):
        meets = Q(valid_to=None) | Q(valid_to__gte=row.valid_from)
        there = person.positions.filter(meets, company=row.company_id).order_by("valid_from", "id")
        mine = (there.filter(valid_from__lte=row.valid_to) if row.valid_to else there).first()
        if mine is None:
            row.person = person
            row.save(update_fields=["person"])
            continue
        _as_one(mine, row)
        row.delete()


def _as_one(mine: Position, row: Position) -> None:
    ends = [end for end in (mine.valid_to, row.valid_to) if end]
    mine.valid_from, mine.valid_to = min(mine.valid_from, row.valid_from), min(ends, default=None)
    mine.function = mine.function or row.function
    mine.save(update_fields=["valid_from", "valid_to", "function"])


def _agree(person: Person, other: Person, by: Actor) -> set[str]:
    """Of two consents to one thing the later stands, and none that was taken back since."""
    both = Consent.objects.select_for_update().filter(person__in=[person, other])
    ended = set()
    for purpose in set(both.filter(withdrawn_at=None).values_list("purpose", flat=True)):
        rows = list(both.filter(purpose=purpose).order_by("given_at", "id"))
        standing = [row for row in rows if row.withdrawn_at is None]
        taken_back = max((row.withdrawn_at for row in rows if row.withdrawn_at), default=None)
        keep = standing[-1] if taken_back is None or taken_back <= standing[-1].given_at else None
        for row in standing:
            if row != keep:
                row.withdrawn_at = clock.now()
                row.save(update_fields=["withdrawn_at"])
                audit.record(Event.CONSENT_WITHDRAWN, by=by, subject=row, references={"person": row.person.uuid})
        if keep is None:
            ended.add(purpose)
    both.filter(person=other).update(person=person)
    return ended
