"""A reply that is filed in the moment a case is closed stays unread. The first test shows that it takes the lock."""

import contextlib
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from tests import contact_point
from tests.concurrency.meeting import A_MOMENT, Meeting, on_monday
from tests.contact_point import BY, MONDAY
from wegweiser.crossings import enquiries, promises
from wegweiser.enquiries import unseen
from wegweiser.enquiries.actions import cases, follow_ups, mails
from wegweiser.enquiries.models import Case, Contribution, Mail, Outcome, State
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

TODAY = MONDAY.date()


@pytest.fixture
def answered(contended, settings):
    settings.ROOT_URLCONF = "tests.crossings.urls"
    world = contact_point.world()
    with clock.stopped_at(MONDAY):
        case = contact_point.case(world.lead)
        cases.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    return case


@pytest.fixture
def mail(answered):
    said = {"sender_mail": "jana@firma.example", "text": "Montag geht doch nicht."}
    return mails.note_down(digest="0" * 64, said=said, state=Mail.State.FILED, by=BY)[0]


@pytest.fixture
def without_lock(monkeypatch, answered, mail):
    """On PostgreSQL without row locks, on SQLite without the immediate transaction that stands for them."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    if connection.vendor == "sqlite":
        for module in (enquiries, cases, mails, follow_ups):
            monkeypatch.setattr(module, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
        for module in (cases, mails, follow_ups):
            monkeypatch.setattr(module, "audit", Mock())
        monkeypatch.setattr("wegweiser.enquiries.actions.changes.audit", Mock())


def close_and_file(case, mail, at_once, monkeypatch):
    """Somebody has looked whether anything came, and closes; in between the reply is filed."""
    meeting, seen = Meeting(), unseen.last(case)
    monkeypatch.setattr(promises, "keep", meeting.before(promises.keep, pause=A_MOMENT))
    file = meeting.before(mails.file)
    one, other = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    results = at_once(
        on_monday(lambda: enquiries.close(case=one, outcome=Outcome.HELPED, seen=seen, by=BY)),
        on_monday(lambda: file(mail=Mail.objects.get(pk=mail.pk), case=other, reply_by=TODAY, by=BY)),
    )
    case.refresh_from_db()
    mail.refresh_from_db()
    return results


def test_without_the_lock_a_reply_is_lost(answered, mail, without_lock, at_once, monkeypatch):
    """It counts as read, or (PostgreSQL) runs into the constraint of a closed case."""
    _closed, filed = close_and_file(answered, mail, at_once, monkeypatch)
    assert mail.read_at is not None or isinstance(filed, IntegrityError)


def test_with_the_lock_the_reply_stays_unread_and_the_case_open(answered, mail, at_once, monkeypatch):
    closed, filed = close_and_file(answered, mail, at_once, monkeypatch)
    assert filed is None
    assert closed is None or (isinstance(closed, DomainError) and closed.code == "came_meanwhile")
    assert (mail.read_at, answered.state) == (None, State.TAKEN)
    assert Contribution.objects.filter(case=answered, kind=Contribution.Kind.MAIL_IN).count() == 1
