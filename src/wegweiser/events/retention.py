"""Registrations lose their person two years after the event. Whether somebody came stays, without a name."""

import datetime as dt

from django.db.models import Q, QuerySet

from wegweiser.companies import phones
from wegweiser.events import held_data
from wegweiser.events.actions import appearances, invitations, presence_lists, registrations, signed_lists
from wegweiser.events.actions import feedback as answers
from wegweiser.events.models import Appearance, Feedback, Invitee, NoticeSent, PresenceRow, Registration, SignedList
from wegweiser.files.models import Upload
from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows
from wegweiser.kernel.sorting import sort_key
from wegweiser.outbox.models import Letter


def _due(since: dt.date) -> QuerySet[Registration]:
    return held_data.told().filter(_over(since))


def _over(since: dt.date) -> Q:
    """Rows of events that ended before a day, or that were never public."""
    return _ended("event", since) | Q(event__draft__entry=None, recorded_at__lt=clock.at(since))


def _by_phone(phone: str, name: str) -> QuerySet[Registration]:
    found = Registration.objects.filter(phones.is_kept_as(phone))
    return found.filter(sort_key=sort_key(name)) if name else found


def _erase(registration: Registration, restricted: bool, by: Actor) -> None:
    registrations.erase(registration=registration, by=by)
    for row in PresenceRow.objects.filter(seat__registration=registration).exclude(name="", email=""):
        presence_lists.erase(row=row, by=by)


def _parts(registration: Registration) -> Rows:
    letters = Letter.objects.filter(cause_kind=registration._meta.label_lower, cause_uuid=registration.uuid)
    notices = NoticeSent.objects.filter(registration=registration)
    return {"events.Seat": registration.seats.all(), "events.NoticeSent": notices, "outbox.Letter": letters}


erasure.declare(
    erasure.Fate(
        table="events.Registration",
        purpose="event",
        starts="event",
        rows=Registration,
        due=_due,
        of=lambda mail: Registration.objects.filter(mail_addresses.same("email", mail)).order_by(
            "event", "id"
        ),  # as locks are taken
        by_phone=_by_phone,
        erase=_erase,
        covers=("events.Seat",),
        parts=_parts,
        origin=lambda registration: ("event", ()),
    )
)


def _ended(event: str, since: dt.date) -> Q:
    """That the event at `event` ended before that day."""
    before, entry = clock.at(since), f"{event}__draft__entry"
    undated = Q(**{f"{entry}__ends_at": None, f"{entry}__starts_at__lt": before})
    return Q(**{f"{entry}__ends_at__lt": before}) | undated


def _listed(since: dt.date) -> QuerySet[PresenceRow]:
    return held_data.listed().filter(_ended("presence_list__event", since))


def _erase_row(row: PresenceRow, restricted: bool, by: Actor) -> None:
    presence_lists.erase(row=row, by=by)


erasure.declare(
    erasure.Fate(
        table="events.PresenceRow",
        purpose="event",
        starts="event",
        rows=PresenceRow,
        due=_listed,
        of=lambda mail: PresenceRow.objects.filter(
            mail_addresses.same("email", mail) | mail_addresses.same("seat__registration__email", mail),
            ~Q(name="", email=""),
        ),
        erase=_erase_row,
        origin=lambda row: ("event", ()),
    )
)


def _signed(since: dt.date) -> QuerySet[SignedList]:
    return held_data.signed().filter(_ended("event", since))


def _erase_signed(row: SignedList, restricted: bool, by: Actor) -> None:
    signed_lists.erase(row=row, by=by)


erasure.declare(
    erasure.Fate(
        table="events.SignedList",
        purpose="event",
        starts="event",
        rows=SignedList,
        due=_signed,
        of=lambda mail: SignedList.objects.none(),  # whoever signed on paper stands there beside others
        erase=_erase_signed,
    )
)


def _written(since: dt.date) -> QuerySet[Feedback]:
    return held_data.written().filter(_over(since))


def _blank(row: Feedback, restricted: bool, by: Actor) -> None:
    answers.forget_words(answer=row, by=by)


erasure.declare(
    erasure.Fate(
        table="events.Feedback",
        purpose="event",
        starts="event",
        rows=Feedback,
        due=_written,
        of=lambda mail: Feedback.objects.none(),  # nobody knows whose it is
        erase=_blank,
    )
)


def _shown(since: dt.date) -> QuerySet[Appearance]:
    proofs = Upload.objects.filter(owner_kind=Appearance._meta.label_lower).values("owner_uuid")
    return Appearance.objects.filter(~Q(note="") | Q(uuid__in=proofs), day__lt=since)


def _erase_appearance(row: Appearance, restricted: bool, by: Actor) -> None:
    appearances.erase(appearance=row, by=by)


erasure.declare(
    erasure.Fate(
        table="events.Appearance",
        purpose="event",
        starts="event",
        rows=Appearance,
        due=_shown,
        of=lambda mail: Appearance.objects.none(),  # whoever stands in a note or on a photo has no address there
        erase=_erase_appearance,
    )
)


def _invited(since: dt.date) -> QuerySet[Invitee]:
    return Invitee.objects.filter(person__isnull=False).filter(_over(since))


def _invited_by_phone(phone: str, name: str) -> QuerySet[Invitee]:
    found = Invitee.objects.filter(person__phone=phone)
    return found.filter(person__sort_key=sort_key(name)) if name else found


def _forget_invitee(row: Invitee, restricted: bool, by: Actor) -> None:
    invitations.erase(invitee=row, by=by)


erasure.declare(
    erasure.Fate(
        table="events.Invitee",
        purpose="invitation",
        starts="event",
        rows=Invitee,
        due=_invited,
        of=lambda mail: Invitee.objects.filter(mail_addresses.same("person__email", mail)),
        by_phone=_invited_by_phone,
        erase=_forget_invitee,
        first=True,  # once its person is gone nobody finds it
        parts=lambda row: {"events.Invitee": Invitee.objects.filter(pk=row.pk)},
    )
)
