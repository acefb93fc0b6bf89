import datetime as dt
import uuid

import pytest

from wegweiser.accounts import queries
from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
SUBJECT = uuid.UUID(int=7)


def issue(purpose="status", days=1):
    return tokens.issue(purpose=purpose, subject=SUBJECT, expires=clock.now() + dt.timedelta(days=days), by=BY)


def test_a_link_leads_to_its_subject():
    assert queries.valid_token(purpose="status", secret=issue()).subject_uuid == SUBJECT


def test_a_link_is_good_for_one_purpose_only():
    assert queries.valid_token(purpose="cancel", secret=issue("status")) is None


def test_a_link_expires():
    secret = issue(days=1)
    with clock.stopped_at(clock.now() + dt.timedelta(days=1, seconds=1)):
        assert queries.valid_token(purpose="status", secret=secret) is None


def test_a_revoked_link_opens_nothing_and_revoking_twice_counts_once():
    secret = issue()
    assert [tokens.revoke(purpose="status", subject=SUBJECT, by=BY) for _ in range(2)] == [1, 0]
    assert queries.valid_token(purpose="status", secret=secret) is None


def test_the_secret_is_not_stored():
    secret = issue()
    assert secret not in str(Token.objects.values().get())
