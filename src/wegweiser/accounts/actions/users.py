"""Users are made by `init`, the demo, and the management."""

from django.db import transaction

from wegweiser.accounts.events import Event
from wegweiser.accounts.models import User
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor


def create(*, email: str, name: str, password: str | None = None, demo: bool = False, by: Actor) -> User:
    """A user who may log in at the desk; without a password only by a link or a second factor's recovery."""
    with transaction.atomic():
        user = User.objects.create_user(email, password, name=name, is_staff=True, is_demo=demo)
        audit.record(Event.USER_CREATED, by=by, subject=user)
    return user
