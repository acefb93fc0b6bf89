"""Letters for the tests of the outbox."""

from django.db import transaction

from wegweiser.accounts.models import User
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import Rendered

BY = Actor.system("test")
RENDERED = Rendered("Grüße aus Köthen", "Hallo\n", "<p>Hallo</p>")


def cause() -> User:
    return User.objects.create_user("jana@firma.example", name="Jana")


def write(cause: User, **fields: object) -> Letter:
    given = {"rendered": RENDERED, "name": "Jana Ölmann", "mail": "jana@firma.example"}
    with transaction.atomic():
        return letters.write(cause=cause, by=BY, **{**given, **fields})
