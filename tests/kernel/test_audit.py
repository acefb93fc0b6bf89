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


@pytest.mark.django_db
def test_what_is_recorded_together_is_written_by_one_statement_in_its_order(django_assert_num_queries):
    by, user = Actor.system("test"), User()
    with django_assert_num_queries(1), audit.together():
        audit.record(Event.USER_CREATED, by=by, subject=user)
        with audit.together():
            audit.record(Event.TOKEN_TAKEN, by=by, subject=user)
    found = AuditEvent.objects.order_by("id").values_list("event", flat=True)
    assert list(found) == ["user:created", "token:taken"]


@pytest.mark.django_db
def test_what_fails_together_leaves_nothing_for_the_next():
    by, user = Actor.system("test"), User()
    with pytest.raises(ValueError, match="wrong"), audit.together():
        audit.record(Event.USER_CREATED, by=by, subject=user)
        raise ValueError("wrong")
    audit.record(Event.TOKEN_TAKEN, by=by, subject=user)
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["token:taken"]


def test_an_event_cannot_be_declared_twice():
    class Twin(StrEnum):
        USER_CREATED = "user:created"

    with pytest.raises(ValueError, match="twice"):
        audit.declare(Twin)
