"""Persons are found or created on the way; one person may hold positions at several companies."""

import datetime as dt
from enum import Enum, auto

from django.db import transaction
from django.db.models import Q, QuerySet

from wegweiser.companies import accesses, person_names, phones, queries
from wegweiser.companies.events import Event
from wegweiser.companies.linkage.row import people
from wegweiser.companies.models import Channel, Company, Person, Position
from wegweiser.kernel import audit, clock, locks, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key


class Word(Enum):
    """Whose word it is that a name, a mail address and a number are one person's. A number may be published, and a name
    is known to many: who types both is not yet who has them.
    """

    OURS = auto()  # the centre says so, or a list of its own
    THEIRS = auto()  # whoever asks said so: good for finding somebody, not for writing anything into who is known
    PROVEN_MAIL = auto()  # they read the mails of the address, and nothing else is sure


def find_or_create(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    company: Company | None = None,
    function: str = "",
    language: str = "de",
    channel: str = Channel.MAIL,
    since: dt.date | None = None,
    word: Word = Word.OURS,
    may_return: bool = True,
    by: Actor,
) -> Person:
    """The person of this name with this mail, at this company, or with this phone, the surest first; or a new one.

    A shared mail or phone alone does not make two names one person; a title does not make one person two. Nothing is
    overwritten. Blanks are filled by our own word, and for who proves to have the mail of the record: who reads it logs
    in with it and gets the answers.
    Who left the company is there again only by a word about later than that, which is not their own; not by one that
    may be older than it seems, as a list is (`may_return`).
    """
    name, email, number = " ".join(name.split()), mail_addresses.stored(email), phones.e164(phone)
    if not name:
        raise DomainError("name_missing", field="name")
    with transaction.atomic():
        locks.hold(f"person {sort_key(name)}")
        person = _known(name, email, number, company, word)
        if person is None:
            person = Person.objects.create(name=name, email=email, phone=number, language=language, channel=channel)
            audit.record(Event.PERSON_CREATED, by=by, subject=person)
        elif word != Word.THEIRS:
            given = {"email": email, "phone": number}
            filled = [field for field, value in given.items() if value and not getattr(person, field)]
            if filled:
                for field in filled:
                    setattr(person, field, given[field])
                person.save(update_fields=filled)
                audit.record(Event.PERSON_COMPLETED, by=by, subject=person, changed=filled)
        returns = may_return and word != Word.THEIRS
        if company is not None and not (_has_left(person, company, since) if returns else _left(person, company)):
            _ensure_position(person, company, function=function, since=since or clock.today(), by=by)
    return person


def put_right(*, person: Person, name: str, email: str = "", phone: str = "", by: Actor) -> Person:
    """Name, mail address and telephone number as they are; what was there before is overwritten.

    Raises DomainError: name_missing, invalid_phone, and what `mail_addresses.kept` raises.
    """
    said = {"name": " ".join(name.split())[:160], "email": "", "phone": phones.e164(phone)}
    if not said["name"]:
        raise DomainError("name_missing", field="name")
    said["email"] = mail_addresses.kept(email).lower()
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        changed = [field for field, value in said.items() if getattr(person, field) != value]
        if changed:
            for field in changed:
                setattr(person, field, said[field])
            person.save(update_fields=[*changed, "sort_key"])
            audit.record(Event.PERSON_CHANGED, by=by, subject=person, changed=changed)
    return person


def move(*, person: Person, company: Company | None, instead_of: Company, by: Actor) -> Person:
    """They never were at `instead_of`, that was a mistake: they work at `company`, since when it was said, or nobody
    knows where."""
    with transaction.atomic():
        wrong = person.positions.select_for_update().filter(company__in=queries.same_firm(instead_of)).order_by("id")
        rows = list(wrong)
        if not rows or (company and queries.same_firm(company).filter(pk=instead_of.pk).exists()):
            return person
        function, since = rows[0].function, rows[0].valid_from
        for row in rows:
            row.delete()
        if company is not None and not _has_left(person, company, since):
            _ensure_position(person, company, function=function, since=since, by=by)
        references = {"from": instead_of.uuid, **({"to": company.uuid} if company else {})}
        audit.record(Event.POSITION_MOVED, by=by, subject=person, references=references)
    return person


def leave(*, person: Person, company: Company, since: dt.date, by: Actor) -> Person:
    """They work for the firm no more, `since` this day at the latest. Leaving twice changes nothing.

    Who was entered there only after that day was there before it, so long as nobody knows. Raises
    DomainError("day_in_future"): what they may see and get ends at once, and not on a day to come.
    """
    if since > clock.today():
        raise DomainError("day_in_future", field="since")
    last = since - dt.timedelta(days=1)
    with transaction.atomic():
        there = person.positions.select_for_update().filter(company__in=queries.same_firm(company))
        for row in there.filter(valid_to=None).order_by("id"):
            references = {"person": person.uuid, "company": row.company.uuid}
            audit.record(Event.POSITION_ENDED, by=by, subject=row, changed=["valid_to"], references=references)
            if row.valid_from > last and there.filter(company=row.company_id, valid_from=last).exists():
                row.delete()  # it says nothing that the other row does not
                continue
            row.valid_from, row.valid_to = min(row.valid_from, last), last
            row.save(update_fields=["valid_from", "valid_to"])
    return person


def stay(*, person: Person, company: Company, by: Actor) -> Person:
    """That they left was a mistake: they work for the firm as before. Accesses that ended stay ended."""
    with transaction.atomic():
        there = person.positions.select_for_update().filter(company__in=queries.same_firm(company))
        last = None if there.filter(valid_to=None).exists() else there.order_by("valid_to", "id").last()
        if last is not None:
            last.valid_to = None
            last.save(update_fields=["valid_to"])
            references = {"person": person.uuid, "company": last.company.uuid}
            audit.record(Event.POSITION_REOPENED, by=by, subject=last, changed=["valid_to"], references=references)
    return person


def recognise(*, person: Person, company: Company, name: str, email: str, by: Actor) -> Person:
    """Whoever has this proven address is `person`, whom the firm is known to have under this name, without an address.

    Raises DomainError("person_elsewhere") where that is not so.
    """
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        if person not in accesses.without_mail([company], [name]).get(queries.root_of(company).pk, []):
            raise DomainError("person_elsewhere", "They are not known there without an address.", field="person")
        person.email = mail_addresses.stored(email)
        person.save(update_fields=["email"])
        audit.record(Event.PERSON_COMPLETED, by=by, subject=person, changed=["email"])
    return person


def _known(name: str, email: str, phone: str, company: Company | None, word: Word) -> Person | None:
    """The surest of those of this name: by the mail, at this firm, by the number. Another mail is another person."""
    named = Person.objects.filter(sort_key=sort_key(name), restricted_at=None).order_by("id")
    owner = named.filter(mail_addresses.same("email", email)).first() or _written_otherwise(name, email, word)
    if owner is not None or word == Word.PROVEN_MAIL:
        return owner
    if email:
        named = named.filter(email="")
    if company is not None:
        there = Position.objects.filter(company__in=queries.same_firm(company))
        colleague = named.filter(pk__in=there.values("person")).first() or _of_that_name(name, email, phone, there)
        if colleague is not None:
            return colleague
    if not phone:
        return None
    called = named.filter(phone=phone)
    if word == Word.THEIRS:  # an address beside this number may be of somebody who wants the answers to others' calls
        called = called.filter(email="")
    if company is not None and (email or word == Word.THEIRS):  # nobody gets to work elsewhere, or an address, by that
        called = called.filter(positions=None)
    return called.first()


def _written_otherwise(name: str, email: str, word: Word) -> Person | None:
    """The one who has this address and whose name is the same, with a title or the other way round: not one of two.

    Who was entered twice before is found by the first row.
    """
    there = Person.objects.filter(email__in=mail_addresses.forms(email), restricted_at=None).order_by("id")
    ours = word == Word.OURS
    found = [row for row in there if person_names.is_surely(name, row.name, mail=email, initials=ours)]
    are_one = all(person_names.is_surely(found[0].name, row.name, mail=email, initials=ours) for row in found)
    return found[0] if found and are_one else None


def _left(person: Person, company: Company) -> QuerySet[Position]:
    """Where they worked for the firm and do no more."""
    return person.positions.filter(company__in=queries.same_firm(company)).exclude(valid_to=None)


def _has_left(person: Person, company: Company, since: dt.date | None) -> bool:
    """Whether they had left when what is told of `since` was so."""
    return since is not None and _left(person, company).filter(valid_to__gte=since).exists()


def _of_that_name(name: str, email: str, phone: str, there: QuerySet[Position]) -> Person | None:
    """Who works there and is reached so, under the same first and last name, with or without a title."""
    read = people.people(name)
    if len(read) != 1 or len(read[0][0]) <= 1 or not (email or phone):
        return None
    reached = mail_addresses.same("email", email) | (Q(phone=phone, email__in=["", email]) if phone else Q(pk__in=()))
    for person in Person.objects.filter(reached, pk__in=there.values("person"), restricted_at=None).order_by("id"):
        if people.people(person.name) == read and people.generation(person.name) == people.generation(name):
            return person
    return None


def _ensure_position(person: Person, company: Company, *, function: str, since: dt.date, by: Actor) -> None:
    open_now = person.positions.filter(company__in=queries.same_firm(company), valid_to=None)
    if open_now.exists():
        return
    position = Position.objects.create(
        person=person, company=queries.root_of(company), function=function, valid_from=since
    )
    audit.record(
        Event.POSITION_ADDED, by=by, subject=position, references={"person": person.uuid, "company": company.uuid}
    )
