"""Users are made by `init`, the demo, and the management."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from wegweiser.accounts import queries
from wegweiser.accounts.events import Event
from wegweiser.accounts.models import Token, User
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

OF_FIRMS = "company-"  # how the purposes of links, codes and sessions of firms begin


def create(
    *, email: str, name: str, password: str | None = None, language: str = "de", demo: bool = False, by: Actor
) -> User:
    """A user who may log in at the desk; without a password only by a link or a second factor's recovery.

    Raises DomainError("mail_taken") where another login has the address.
    """
    with transaction.atomic():
        if User.objects.filter(mail_addresses.same("email", email)).exists():
            raise DomainError("mail_taken", "Another login has this address.", field="email")
        user = User.objects.create_user(email, password, name=name, language=language, is_staff=True, is_demo=demo)
        audit.record(Event.USER_CREATED, by=by, subject=user)
    return user


def erase(*, user: User, by: Actor) -> User:
    """Nobody is behind this login any more: name, mail, password, second factor and sessions go, the row stays.

    The placeholder for the mail lies in a domain that exists nowhere (RFC 2606).
    """
    with transaction.atomic():
        user.refresh_from_db(from_queryset=User.objects.select_for_update())
        nobody = f"{user.uuid}@erased.invalid"
        if user.email == nobody:
            return user
        user.email, user.name, user.language, user.last_login = nobody, "", "de", None
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
        Authenticator.objects.filter(user=user).delete()
        EmailAddress.objects.filter(user=user).delete()
        Session.objects.filter(pk__in=queries.sessions_of(user)).delete()
        Token.objects.filter(subject_uuid=user.uuid).delete()
        audit.record(Event.USER_ERASED, by=by, subject=user, changed=["email", "name", "password"])
    return user


def end_all_sessions(*, by: Actor) -> int:
    """Everybody logs in again, firms too, with a new link. Gives how many sessions of the staff were open."""
    with transaction.atomic():
        Token.objects.filter(purpose__startswith=OF_FIRMS).delete()
        for user in queries.logged_in():
            audit.record(Event.SESSIONS_ENDED, by=by, subject=user)
        return Session.objects.all().delete()[0]


def clear_sessions(*, by: Actor) -> int:
    """Remove sessions that are over. Gives how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
