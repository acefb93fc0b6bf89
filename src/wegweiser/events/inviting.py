"""Whom an invitation to an event reaches, and why it does not reach others: the filter, the rule, and what both read.

The rule (`refusal`) is on plain values. `Audience` reads them for many people at once, so that the number at the desk
and the moment of each mail decide alike.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from wegweiser.accounts.queries import valid_token
from wegweiser.companies import queries as companies
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Channel, Consent, Fact, Person, Position
from wegweiser.consortium.models import Dated, SectorGroup
from wegweiser.events import queries
from wegweiser.events.invitation_models import INVITED, Answer, Why
from wegweiser.events.models import Event, Invitee, Presence, Registration
from wegweiser.journey import indicators
from wegweiser.kernel import clock, mail_addresses
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState

LINK = "invitation"  # the purpose of the link with which an invited person answers
PARAMETER = "einladung"  # with which an invited person comes to the form
KIND = Invitee._meta.label_lower
MONTH = dt.timedelta(days=31)  # so long an invitation counts: in no month, however long, there are more than the cap
LINK_KEPT = dt.timedelta(days=2 * 365)  # of the link that ends all invitations
FEW = 500  # people that are asked for one by one; of more, all are read
TAKEN = INVITED | {Answer.WAITING}
ON_THEIR_WAY = frozenset({LetterState.QUEUED, LetterState.SENDING})


@dataclass(frozen=True)
class Filter:
    """What people are narrowed to: facts of their firms, a topic, an earlier event. What is empty narrows nothing."""

    sector: str = ""  # of a sector or of a group of them
    district: str = ""  # AGS
    size: str = ""
    topic: str = ""  # key
    event: str = ""  # UUID of one they registered for
    came: bool = False  # and were there

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Filter":
        return cls(**{row.name: data[row.name] for row in fields(cls) if row.name in data})

    def data(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def of_firms(self) -> Mapping[str, str]:
        kinds = {Fact.Kind.SECTOR: self.sector, Fact.Kind.DISTRICT: self.district, Fact.Kind.SIZE: self.size}
        return {str(kind): value for kind, value in kinds.items() if value}


# --- The rule --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How somebody stands to an invitation. `recent` counts those they had within a month, to any event."""

    consents: bool
    wants_topic: bool = True
    has_mail: bool = True
    may_be_mailed: bool = True
    registered: bool = False
    invited: bool = False
    recent: int = 0


def refusal(one: Standing, *, most: int) -> str:
    """Why they are not invited, as a key of `Why`; empty where they are. `most` is the cap per month."""
    reasons = {
        Why.CONSENT: not one.consents,
        Why.MAIL: not one.has_mail,
        Why.CHANNEL: not one.may_be_mailed,
        Why.REGISTERED: one.registered,
        Why.INVITED: one.invited,
        Why.TOPIC: not one.wants_topic,
        Why.CAP: one.recent >= most,
    }
    return next((str(reason) for reason, holds in reasons.items() if holds), "")


# --- Who is meant ----------------------------------------------------------------------------------------------------


def matching(chosen: Filter) -> list[int]:
    """The primary keys of the people whom a filter finds, whether they may be invited or not; who is kept for a proof
    only is nobody."""
    rows = Person.objects.filter(restricted_at=None)
    if chosen.event:
        guests = _guests(chosen)
        people = rows.exclude(email="").order_by().values_list("pk", "email")
        found = {pk for pk, mail in people if mail_addresses.key(mail) in guests}
    else:
        found = set(rows.order_by().values_list("pk", flat=True))
    if chosen.of_firms:
        firms = _firms(chosen.of_firms)
        found &= {person for person, firm in _positions() if firm in firms}
    if chosen.topic:
        found &= _about(chosen.topic)
    return sorted(found)


def _guests(chosen: Filter) -> set[str]:
    rows = Registration.objects.filter(event__uuid=UUID(chosen.event)).exclude(email="")
    if chosen.came:
        rows = rows.filter(seats__presence=Presence.ATTENDED, seats__given_back_at=None)
    return {mail_addresses.key(mail) for mail in rows.order_by().values_list("email", flat=True)}


def _firms(wanted: Mapping[str, str]) -> set[int]:
    """Firms of which all that is known today."""
    known = companies.Facts(kinds=wanted)
    today, values = clock.today(), {kind: _either(kind, value) for kind, value in wanted.items()}
    rows = companies.canonical().order_by().values_list("pk", flat=True)
    return {pk for pk in rows if all(known.value(pk, kind, today) in one for kind, one in values.items())}


def _either(kind: str, value: str) -> set[str]:
    group = SectorGroup.objects.filter(key=value).first() if kind == Fact.Kind.SECTOR else None
    return {value} if group is None else set(group.sectors)


def _positions() -> Iterable[tuple[int, int]]:
    """(person, firm as it is known today) of everybody who works somewhere."""
    rows = Position.objects.filter(Dated.on(clock.today())).order_by()
    return rows.annotate(firm=Coalesce("company__canonical_id", "company_id")).values_list("person_id", "firm")


def _about(topic: str) -> set[int]:
    """Who named the topic, or works where there was contact about it."""
    steps = indicators.standing().filter(topic__key=topic, company__isnull=False).order_by()
    firms = set(steps.annotate(firm=Coalesce("company__canonical_id", "company_id")).values_list("firm", flat=True))
    named = agreed().filter(topics__key=topic).values_list("person_id", flat=True)
    return set(named) | {person for person, firm in _positions() if firm in firms}


def agreed() -> QuerySet[Consent]:
    """The consents to being invited that stand."""
    return Consent.objects.filter(purpose=INVITATION, withdrawn_at=None, person__restricted_at=None).order_by()


class Audience:
    """How people stand to one event, read in a handful of statements whatever their number."""

    def __init__(self, event: Event, persons: Collection[int], *, most: int) -> None:
        self.most = most
        few = list(persons) if len(persons) <= FEW else None  # of more, everybody is read
        since, topics = clock.now() - MONTH, topics_of(event)
        people = Person.objects.filter(restricted_at=None).order_by().values_list("pk", "email", "channel")
        written = list(people if few is None else people.filter(pk__in=few))
        self._people = {pk: (mail_addresses.key(mail), channel) for pk, mail, channel in written}
        mails = set() if few is None else set(_spelt(mail for _pk, mail, _channel in written))
        # Who shares an address with somebody counts as them.
        kin = None if few is None else _at(mails) | set(few)
        consents = agreed() if few is None else agreed().filter(person__in=few)
        self._consents = dict(consents.values_list("person_id", "pk"))
        named: dict[int, set[int]] = {}
        for pk, topic in consents.filter(topics__isnull=False).values_list("pk", "topics"):
            named.setdefault(pk, set()).add(topic)
        self._elsewhere = {pk for pk, wanted in named.items() if topics and not wanted & topics}
        firms = Position.objects.filter(Dated.on(clock.today())).order_by()
        firms = firms.annotate(channel=Coalesce("company__canonical__channel", "company__channel"))
        firms = firms if few is None else firms.filter(person__in=few)
        self._silent = set(firms.exclude(channel=Channel.MAIL).values_list("person_id", flat=True))
        guests = Registration.objects.filter(event=event).exclude(email="").order_by()
        guests = guests if few is None else guests.filter(email__in=mails)
        self._registered = {mail_addresses.key(mail) for mail in guests.values_list("email", flat=True)}
        rows = Invitee.objects.filter(person__isnull=False).order_by()
        rows = rows if kin is None else rows.filter(person__in=kin)
        waiting = rows.filter(event=event, state=Answer.WAITING)
        self._waiting = set(waiting.values_list("person_id", flat=True))
        told = rows.filter(event=event, state__in=INVITED).values_list("person_id", "person__email")
        self._told: set[int | str] = {key for pk, mail in told for key in (pk, mail_addresses.key(mail)) if key}
        had = rows.filter(state__in=INVITED, sent_at__gt=since).values_list("person_id", "person__email")
        self._recent: Counter[int | str] = Counter()
        for pk, mail, n in had.annotate(n=Count("pk")):
            for key in filter(None, (pk, mail_addresses.key(mail))):
                self._recent[key] += n

    def refusal(self, person: int, *, listing: bool = True) -> str:
        """Why somebody is not invited now. `listing` also counts those as invited who wait for it already."""
        mail, channel = self._people.get(person, ("", ""))
        consent = self._consents.get(person)
        standing = Standing(
            consents=person in self._people and consent is not None,
            wants_topic=consent not in self._elsewhere,
            has_mail=bool(mail),
            may_be_mailed=channel == Channel.MAIL and person not in self._silent,
            registered=mail in self._registered,
            invited=person in self._told or mail in self._told or (listing and person in self._waiting),
            recent=max(self._recent[person], self._recent[mail]),
        )
        return refusal(standing, most=self.most)

    def invite(self, person: int) -> None:
        """They are, from now on: nor is anybody else at their address."""
        mail, _channel = self._people[person]
        self._told |= {person, mail}
        self._recent[person] += 1
        self._recent[mail] += 1


def _spelt(mails: Iterable[str]) -> Iterable[str]:
    """As they are, and in all spellings of their domains."""
    return (form for mail in mails if mail for form in (mail, *mail_addresses.forms(mail)))


def _at(mails: Collection[str]) -> set[int]:
    return set(Person.objects.filter(email__in=list(mails)).order_by().values_list("pk", flat=True))


def topics_of(event: Event) -> set[int]:
    """The topics of an event by primary key, as it is public."""
    entry, draft = event.draft.entry, event.draft
    if entry is not None:
        return {row.topic_id for row in entry.topic_rows.all()}
    return {draft.topic_id} if draft.topic_id else set()


# --- In numbers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """How many people a filter finds, how many of them are reached, and why others are not."""

    found: int
    reached: int
    others: Mapping[str, int] = field(default_factory=dict)


def reach(event: Event, chosen: Filter, *, most: int) -> Reach:
    """The number before anything is sent. It is counted anew when it is."""
    people = matching(chosen)
    audience, counted = Audience(event, people, most=most), Counter[str]()
    for person in people:
        why = audience.refusal(person)
        counted[why] += 1
        if not why:
            audience.invite(person)
    reached = counted.pop("", 0)
    return Reach(len(people), reached, {str(why): counted[why] for why in Why.values if counted[why]})


def why_not(event: Event) -> str:
    """Why nobody is invited to an event now, as the code of an error; empty where one may."""
    if event.draft.is_template:
        return "event_is_template"
    if closed := queries.closed_because(event):
        return closed
    rooms = queries.rooms_of(event)
    return "" if any(room.fits(1, fill=event.fill) for room in rooms) else "event_full"


# --- What became of it -----------------------------------------------------------------------------------------------


def behind(secret: str) -> Invitee | None:
    """The invited person behind a link; None where it is unknown, over, or they were erased."""
    token = valid_token(purpose=LINK, secret=secret)
    if token is None:
        return None
    rows = Invitee.objects.select_related("person", "event__draft__entry", "registration")
    return rows.filter(uuid=token.subject_uuid, person__isnull=False).first()


def letters() -> QuerySet[Letter]:
    return Letter.objects.filter(cause_kind=KIND)


def on_their_way() -> int:
    """Invitations that the mail server has not taken yet."""
    return letters().filter(state__in=ON_THEIR_WAY, channel="mail").count()
