"""What was written about an event goes when its time is over; figures stay. Who is erased leaves no way back in."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.world import ENDS
from wegweiser.accounts.actions import tokens
from wegweiser.events import feedback as reads
from wegweiser.events.actions import attendance, feedback, registrations
from wegweiser.events.models import Feedback
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import VISITOR

AFTER = ENDS + dt.timedelta(days=1)
LONG_AFTER = ENDS + dt.timedelta(days=735)


@pytest.fixture
def row(db):
    with clock.stopped_at(MONDAY):
        found = world.register(world.held(), 1, places=2).registration
    with clock.stopped_at(AFTER):
        for seat in found.seats.all():
            attendance.set_presence(seat=seat, presence="attended", by=BY)
        feedback.give(registration=found, useful=4, recommend=None, missing="Ich, Uwe, fand es gut", by=VISITOR)
        feedback.give(registration=found, useful=None, recommend=None, missing="Ruft Uwe an", by=VISITOR)
    return found


@pytest.mark.parametrize(("moment", "written"), [(AFTER, 2), (LONG_AFTER, 0)])
def test_words_go_two_years_after_the_event_and_figures_stay(row, moment, written):
    with clock.stopped_at(moment):
        erasure.run(day=clock.today(), by=BY)
    assert Feedback.objects.exclude(missing="").count() == written
    assert list(Feedback.objects.filter(useful=4).values_list("useful", flat=True)) == [4]


def test_the_link_of_who_was_erased_is_over(row):
    with clock.stopped_at(AFTER):
        until = clock.now() + dt.timedelta(days=9)
        secret = tokens.issue(purpose=reads.FEEDBACK, subject=row.uuid, expires=until, by=BY)
        assert reads.behind(secret)
        registrations.erase(registration=row, by=BY)
        assert reads.behind(secret) is None


def test_a_copy_for_the_person_names_what_they_were_sent(row):
    fate = erasure.fates()["events.Registration"]
    assert {"events.Seat", "events.NoticeSent"} <= fate.parts(row).keys()
