"""Who registers, and what is kept of what they said: rules and reads of one form, before anything is written.

What depends on how full it is stands in `actions.registrations`, under the lock of the event.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from wegweiser.companies import phones
from wegweiser.companies.models import Company
from wegweiser.events import answers, greetings, queries, talks
from wegweiser.events.models import ACTIVE, Event, Listing, Multiplier, Pool, Question, Registration, Seat
from wegweiser.events.queries import Room
from wegweiser.kernel import clock, mail_addresses, visible
from wegweiser.kernel.compiled import Compiled
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who registers, for how many, and how to reach them. `names` are those who come, as far as they are known.

    `company` is set where they are logged in to its workspace, `multiplier` where they came by somebody's link.
    """

    name: str
    email: str = ""
    phone: str = ""
    firm: str = ""
    postcode: str = ""
    places: int = 1
    names: Sequence[str] = ()
    language: str = "de"
    note: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    company: Company | None = None
    multiplier: Multiplier | None = None


def checked(*, guest: Guest, at_desk: bool) -> Guest:
    """What was said of somebody, as it is kept. Staff need no mail address.

    Raises DomainError: name_missing, name_with_link, email_missing, invalid_phone, and what `mail_addresses.kept`
    raises.
    """
    name, email = _line(guest.name, 160), mail_addresses.kept(guest.email).lower()
    if not name:
        raise DomainError("name_missing", field="name")
    if not at_desk and greetings.has_link(name):
        raise DomainError("name_with_link", field="name")
    if not email and not at_desk:
        raise DomainError("email_missing", field="email")
    return Guest(
        name=name,
        email=email,
        phone=phones.kept(guest.phone),
        firm=_line(guest.firm, 200),
        postcode=_line(guest.postcode, 5),
        places=guest.places,
        names=_lines(guest.names),
        language=guest.language,
        note=visible.text(guest.note, 1000),
        answers=guest.answers,
        company=guest.company,
        multiplier=guest.multiplier,
    )


def ensure_allowed(event: Event, pool: Pool, guest: Guest, *, at_desk: bool) -> None:
    """Refuse more places or names than somebody may have of `pool`, and a talk that has begun, or lies outside the
    hours of its event."""
    most = pool.capacity if at_desk else min(event.most_places, pool.capacity)
    if not 1 <= guest.places <= most:
        raise DomainError("places_not_allowed", f"At most {most}.", field="places")
    if len(guest.names) > guest.places or (event.listing == Listing.HEADS and guest.names):
        raise DomainError("too_many_names", field="names")
    if pool.starts_at and pool.starts_at <= clock.now():
        raise DomainError("event_over", field="pool")
    if talks.is_outside(event, pool):
        raise DomainError("talk_outside", field="pool")


def asked(event: Event, *, at_desk: bool) -> list[Question]:
    """What somebody is asked. At the desk nobody has to be asked everything."""
    questions = queries.questions(event)
    for row in questions:
        row.required = row.required and not at_desk
    return questions


def answered(event: Event, guest: Guest, now: dt.datetime, *, at_desk: bool) -> dict[str, object]:
    """What was answered, as it is kept."""
    return answers.checked(asked(event, at_desk=at_desk), guest.answers, language=guest.language, now=now)


def chosen(rooms: Iterable[Room], pool: Pool) -> Room:
    """The pool as it is under the lock, and how full."""
    for room in rooms:
        if room.pool.pk == pool.pk:
            return room
    raise DomainError("pool_unknown", field="pool")


def seats(registration: Registration, guest: Guest) -> list[Seat]:
    """A seat for each place. Who registers takes the first one where nobody is named."""
    names = list(guest.names) or [guest.name]
    names += [""] * (guest.places - len(names))
    return [Seat(registration=registration, position=place, name=name) for place, name in enumerate(names, start=1)]


def in_place(names: Sequence[str]) -> list[str]:
    """Names of seats in their order: one that is not known yet stays empty and moves nobody."""
    listed = [_line(name, 160) for name in names]
    while listed and not listed[-1]:
        listed.pop()
    return listed


def registered_before(event: Event, submission: UUID, guest: Guest) -> Registration | None:
    """What this form, or this person, registered before. Mail addresses are kept in small letters."""
    forms = mail_addresses.forms(guest.email) or [""]
    found = {row.pk: row for form in forms for row in _sent_or_same(submission, event.pk, form)}
    rows = [found[pk] for pk in sorted(found)]
    for row in rows:
        row.event = event if row.event_id == event.pk else row.event
    same = [row for row in rows if same_person(row.name, guest.name)]
    return next((row for row in rows if row.submission == submission), None) or next(iter(same), None)


def _alike(submission: UUID, event: int, email: str) -> QuerySet[Registration]:
    same = Q(event=event, email=email, state__in=ACTIVE) & ~Q(email="")
    rows = Registration.objects.select_related("pool")
    return rows.filter(Q(submission=submission) | same).order_by("id")


_sent_or_same = Compiled(_alike, UUID, int, str)


def same_person(one: str, other: str) -> bool:
    """Whether two names that share a mail address are one person's: accents, capitals and hyphens do not part them.

    What they wrote for their firm says nothing: one writes it, leaves it out, or writes it otherwise.

    >>> same_person("Jörg Weiß-Ott", "jorg weiss ott"), same_person("Karl Maier", "Karl Maier jun.")
    (True, False)
    """
    keys = sort_key(one), sort_key(other)
    return keys[0] == keys[1] if all(keys) else one.casefold() == other.casefold()


def _line(text: str, length: int) -> str:
    return visible.line(text, length)


def _lines(names: Sequence[str]) -> list[str]:
    return [line for line in (_line(name, 160) for name in names) if line]
