import datetime as dt
import uuid

import pytest

from wegweiser.accounts import queries
from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

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


def test_a_code_is_good_however_it_is_typed_and_is_taken_once():
    code = tokens.issue_code(purpose="login", subject=SUBJECT, expires=clock.now() + dt.timedelta(hours=1), by=BY)
    token = queries.valid_code(purposes=["login"], code=f" {code.lower().replace('-', ' ')}")
    assert token.subject_uuid == SUBJECT
    assert queries.valid_code(purposes=["other"], code=code) is None
    tokens.take(token=token, by=BY)
    assert queries.valid_code(purposes=["login"], code=code) is None
    with pytest.raises(DomainError):
        tokens.take(token=token, by=BY)


@pytest.mark.parametrize("typed", ["", "K7QF", "K7QF-3MX0", "K7QF-3MXR-2", "-" * 60])
def test_what_is_no_code_opens_nothing(typed):
    assert queries.valid_code(purposes=["login"], code=typed) is None


def test_what_is_long_over_is_cleared_and_what_is_good_stays():
    issue(days=1)
    good = issue(days=90)
    with clock.stopped_at(clock.now() + dt.timedelta(days=40)):
        assert tokens.clear(by=BY) == 1
        assert queries.valid_token(purpose="status", secret=good)
