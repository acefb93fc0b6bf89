"""Small writes that go together: one statement for each table, all of them or none."""

import pytest

from wegweiser.accounts.events import Event
from wegweiser.accounts.models import User
from wegweiser.kernel import audit, together
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

BY = Actor.system("test")


@pytest.mark.django_db
def test_what_is_written_together_takes_one_statement_and_keeps_its_order(django_assert_num_queries):
    with django_assert_num_queries(1), together.writing():
        audit.record(Event.USER_CREATED, by=BY, subject=User())
        with together.writing():
            audit.record(Event.TOKEN_TAKEN, by=BY, subject=User())
    found = AuditEvent.objects.order_by("id").values_list("event", flat=True)
    assert list(found) == ["user:created", "token:taken"]


@pytest.mark.django_db
def test_what_fails_leaves_nothing_for_the_next():
    with pytest.raises(ValueError, match="wrong"), together.writing():
        audit.record(Event.USER_CREATED, by=BY, subject=User())
        raise ValueError("wrong")
    audit.record(Event.TOKEN_TAKEN, by=BY, subject=User())
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["token:taken"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_put_off():
    with pytest.raises(RuntimeError, match="transaction"), together.writing():
        pass
