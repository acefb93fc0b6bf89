"""Users are made by `init`, the demo, and the management."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from wegweiser.accounts.events import Event
from wegweiser.accounts.models import User
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def create(*, email: str, name: str, password: str | None = None, demo: bool = False, by: Actor) -> User:
    """A user who may log in at the desk; without a password only by a link or a second factor's recovery."""
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, is_staff=True, is_demo=demo)
        audit.record(Event.USER_CREATED, by=by, subject=user)
    return user


def blank(*, user: User, by: Actor) -> User:
    """Take mail and name from a closed login. Raises DomainError("login_active")."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        if row.is_active:
            raise DomainError("login_active", "Close the login first.")
        row.email, row.name, row.last_login = f"{row.uuid}@geloescht.invalid", "", None
        row.set_unusable_password()
        row.save(update_fields=["email", "name", "last_login", "password"])
        EmailAddress.objects.filter(user=row).delete()
        Authenticator.objects.filter(user=row).delete()
        audit.record(Event.USER_BLANKED, by=by, subject=row, changed=["email", "name", "last_login", "password"])
    return row
