"""Members and their logins are forgotten some months after their last role ended; their partner's figures stay."""

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from wegweiser.accounts import queries as accounts
from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium import queries
from wegweiser.consortium.actions import absences, members
from wegweiser.consortium.models import NAMELESS, Absence, Member
from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows
from wegweiser.kernel.errors import DomainError

LIBRARIES = ("account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "sessions.Session")


def _erase_member(member: Member, restricted: bool, by: Actor) -> None:
    members.erase(member=member, by=by)


def _refuse_working(member: Member) -> None:
    """Who works here, or will, is found by name; and what was theirs has to be with their heirs first."""
    if member.memberships.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today())).exists():
        raise DomainError("membership_runs", "They work for the centre. End their roles first.")
    if member.departures.filter(done_at=None).exists():
        raise DomainError("departure_planned", "Their work has not gone to their heirs yet.")


def _parts_of_member(member: Member) -> Rows:
    login = _parts_of_user(member.user) if member.user else {}
    own = User.objects.filter(member=member)
    rows = {"consortium.Membership": member.memberships.all(), "consortium.Departure": member.departures.all()}
    return {**rows, "consortium.Absence": member.absences.all(), "accounts.User": own, **login}


def _absences_of(mail: str) -> QuerySet[Absence]:
    return Absence.objects.filter(member__in=queries.members_of(mail))


def _erase_absence(absence: Absence, restricted: bool, by: Actor) -> None:
    absences.drop(absence=absence, by=by)


def _erase_user(user: User, restricted: bool, by: Actor) -> None:
    users.erase(user=user, by=by)


def _parts_of_user(user: User) -> Rows:
    return {
        "account.EmailAddress": EmailAddress.objects.filter(user=user),
        "account.EmailConfirmation": EmailConfirmation.objects.filter(email_address__user=user),
        "mfa.Authenticator": Authenticator.objects.filter(user=user),
        "sessions.Session": Session.objects.filter(pk__in=accounts.sessions_of(user)),
    }


def _logins_of_nobody(since: dt.date) -> QuerySet[User]:
    """Logins without a member, which may do nothing, unused for the whole term."""
    start = clock.at(since)
    unused = Q(last_login=None, recorded_at__lt=start) | Q(last_login__lt=start)
    return User.objects.filter(unused, member=None).exclude(name="", is_active=False)


erasure.declare(
    erasure.Fate(
        table="consortium.Member",
        purpose="staff",
        starts="end of membership",
        rows=Member,
        due=lambda since: queries.left_before(since).exclude(name=NAMELESS),
        of=queries.members_of,
        erase=_erase_member,
        covers=("consortium.Membership", "consortium.Departure", *LIBRARIES),
        parts=_parts_of_member,
        refuse=_refuse_working,
    )
)
erasure.declare(
    erasure.Fate(
        table="accounts.User",
        purpose="staff",
        starts="end of membership",
        rows=User,
        due=_logins_of_nobody,
        of=lambda mail: User.objects.filter(mail_addresses.same("email", mail), member=None),
        erase=_erase_user,
        covers=LIBRARIES,
        parts=_parts_of_user,
    )
)
erasure.declare(
    erasure.Fate(
        table="consortium.Absence",
        purpose="absence",
        starts="last day of absence",
        rows=Absence,
        due=lambda since: Absence.objects.filter(last_day__lt=since),
        of=_absences_of,
        erase=_erase_absence,
    )
)
