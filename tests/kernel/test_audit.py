from enum import StrEnum

import pytest

from wegweiser.accounts.events import Event
from wegweiser.accounts.models import User
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent


@pytest.mark.django_db(transaction=True)
def test_an_audit_row_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(Event.USER_CREATED, by=Actor.system("test"), subject=User())
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_an_event_that_no_room_declared_is_refused():
    class Stray(StrEnum):
        NEWS = "stray:news"

    with pytest.raises(ValueError, match="stray:news"):
        audit.record(Stray.NEWS, by=Actor.system("test"), subject=User())


def test_an_event_cannot_be_declared_twice():
    class Twin(StrEnum):
        USER_CREATED = "user:created"

    with pytest.raises(ValueError, match="twice"):
        audit.declare(Twin)
