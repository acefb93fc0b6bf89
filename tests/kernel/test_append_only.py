import pytest
from django.db import DatabaseError, transaction

from wegweiser.accounts.actions import users
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    users.create(email="test@example.org", name="Test", by=Actor.system("test"))
    return AuditEvent.objects.get(event="user:created")


def test_the_database_refuses_to_change_an_audit_row(event):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(actor_id="somebody else")


def test_the_database_refuses_to_remove_an_audit_row(event):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_an_audit_row_names_actor_and_subject_and_no_personal_value(event):
    assert (event.actor_kind, event.actor_id, event.subject_kind) == ("system", "test", "accounts.user")
    assert "example.org" not in str([event.changed, event.references])
