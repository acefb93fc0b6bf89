"""Two workers, two events, one person at the cap: one mail. The first test lets both decide before either writes."""

import datetime as dt
import uuid

import pytest
from django.db import connection

from tests.concurrency.meeting import A_MOMENT, Meeting, on_monday
from tests.contact_point import BY, MONDAY
from tests.events import inviting_world, world
from wegweiser.companies.actions import consents
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Channel
from wegweiser.crossings import channels, subscriptions
from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.inviting import Audience, Filter
from wegweiser.events.models import Event, Invitation, Invitee
from wegweiser.kernel import clock
from wegweiser.outbox.models import State

MOST = 1


@pytest.fixture
def listed(contended):
    """Two invitations to Jana that are about to be sent, where she may have one."""
    with clock.stopped_at(MONDAY):
        first = world.held(places=5)
        first.centre.centre.most_invitations_per_month = MOST
        first.centre.centre.save()
        second = world.held(centre=first.centre, starts_at=world.STARTS + dt.timedelta(days=1))
        inviting_world.person("Jana")
        rows = []
        for held in (first, second):
            given = {"event": held.event, "submission": uuid.uuid4(), "chosen": Filter()}
            row = invitations.order(**given, by=BY)
            invitations._list(row, BY)
            rows.append(Invitation.objects.get(pk=row.pk))
        yield rows


def send(row: Invitation):
    def run():
        with clock.stopped_at(MONDAY):
            return invitations._send(row, BY)

    return run


def test_without_the_lock_both_would_be_sent(listed, at_once, monkeypatch):
    people = [row.person_id for row in Invitee.objects.all()][:1]
    decided = {row.event_id: Audience(Event.objects.get(pk=row.event_id), people, most=MOST) for row in listed}
    monkeypatch.setattr(invitations, "Audience", lambda event, keys, *, most: decided[event.pk])
    assert sum(at_once(*map(send, listed))) == 2


def test_with_it_the_second_is_held_by_the_cap(listed, at_once):
    assert sum(at_once(*map(send, listed))) == 1
    assert sorted(Invitee.objects.values_list("state", "why")) == [("held", "cap"), ("sent", "")]


def test_who_withdraws_at_the_same_moment_gets_no_mail_that_still_waits(listed, at_once):
    person = Invitee.objects.first().person

    def withdraw():
        with clock.stopped_at(MONDAY):
            return subscriptions.withdraw(person=person, purpose=INVITATION, by=BY)

    at_once(send(listed[0]), withdraw)
    assert not inviting.letters().filter(state=State.QUEUED).exists()
    assert not person.consents.filter(withdrawn_at=None).exists()


def test_without_taking_back_the_mail_would_still_wait(listed, at_once, monkeypatch):
    person = Invitee.objects.first().person

    def withdraw():
        with clock.stopped_at(MONDAY):
            return consents.withdraw(person=person, purpose=INVITATION, by=BY)

    send(listed[0])()
    withdraw()
    assert inviting.letters().filter(state=State.QUEUED).count() == 1


def choose_the_telephone(listed, at_once, monkeypatch):
    """Somebody chooses not to be mailed once the portion has read that they may be."""
    person, meeting = Invitee.objects.first().person, Meeting()
    audience = invitations.Audience

    def decided(*given, **more):
        found = audience(*given, **more)
        return meeting.before(lambda: found, pause=A_MOMENT)()

    monkeypatch.setattr(invitations, "Audience", decided)
    choose = meeting.before(channels.choose)
    chosen = on_monday(lambda: choose(party=person, channel=Channel.PHONE, by=BY))
    at_once(on_monday(send(listed[0])), chosen)
    return inviting.letters().filter(state=State.QUEUED).count()


def test_who_chooses_the_telephone_at_the_same_moment_gets_no_mail_that_still_waits(listed, at_once, monkeypatch):
    assert choose_the_telephone(listed, at_once, monkeypatch) == 0


def test_without_waiting_for_the_portion_it_would_go_out(listed, at_once, monkeypatch):
    """SQLite has one lock for everything."""
    monkeypatch.setattr(channels.locks, "hold", lambda *names: None)
    assert choose_the_telephone(listed, at_once, monkeypatch) == (1 if connection.vendor == "postgresql" else 0)
