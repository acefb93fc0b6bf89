"""Dates on the page of a case: what speaks against one is said, one moves, goes to a colleague, or is called off."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.consortium.actions import absences
from wegweiser.crossings import appointments
from wegweiser.enquiries.models import Appointment, FollowUp
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import case_dates


@pytest.fixture
def case(world):
    return contact_point.case(world.lead, topic=world.topic)


def tomorrow(hour=10, minute=0):
    return clock.at(clock.today() + dt.timedelta(days=1), dt.time(hour, minute))


def date(world, case, **given):
    given = {"starts_at": tomorrow(), "minutes": 60, "invite": True, **given}
    return appointments.arrange(case=case, member=world.anna, kind="visit", by=BY, **given)


def page_of(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def arrange(client, case, hour, **given):
    said = {"kind": "visit", "day": tomorrow().date().isoformat(), "time": hour, "minutes": "30", **given}
    return client.post(page_of(case), {"do": "arrange"} | {f"arrange-{name}": value for name, value in said.items()})


def change(client, row, **given):
    start = clock.local(row.starts_at)
    said = {
        "day": start.date().isoformat(),
        "time": f"{start:%H:%M}",
        "minutes": str(row.minutes),
        "member": str(row.member.uuid),
        "tell": "write",
        **given,
    }
    said = {f"change_date-{row.pk}-{name}": value for name, value in said.items()}
    return client.post(page_of(row.case), {"do": "change_date", "appointment": str(row.pk), **said}, follow=True)


def test_two_dates_at_one_hour_are_arranged_only_by_who_says_so_again(anna, world, case):
    date(world, contact_point.case(world.lead, topic=world.topic, name="Uwe Krause"))
    refused = arrange(anna, case, "10:30")
    assert refused.status_code == 422
    assert "Anna hat da schon: 10:00 bis 11:00 Uhr, Vor-Ort-Termin, Uwe Krause." in refused.content.decode()
    assert arrange(anna, case, "10:30", anyway="on").status_code == 302
    assert arrange(anna, case, "11:00").status_code == 302  # one ends, the next begins
    assert case.appointments.count() == 2


def test_the_same_date_sent_twice_is_in_nobodys_way(anna, world, case):
    assert [arrange(anna, case, "10:00").status_code for _ in range(2)] == [302, 302]
    assert Appointment.objects.count() == 1


def test_who_is_away_that_day_is_asked_once(anna, world, case):
    day = tomorrow().date()
    absences.enter(member=world.anna, first_day=day, last_day=day, deputy=None, by=BY)
    assert "Anna ist an diesem Tag nicht da." in arrange(anna, case, "10:00").content.decode()


def test_a_date_moves_and_they_are_written_to_once(anna, world, case):
    row = date(world, case)
    assert "Der Termin ist geändert." in change(anna, row, time="10:30").content.decode()
    row.refresh_from_db()
    assert row.starts_at == tomorrow(10, 30)
    assert Letter.objects.count() == 2


def test_a_date_goes_to_a_colleague_who_is_then_asked_about_theirs(anna, world, case):
    carla = contact_point.member("Carla", world.lead)
    contact_point.let_in(carla)
    row = date(world, case)
    change(anna, row, member=str(carla.uuid), tell="known")
    row.refresh_from_db()
    assert row.member == carla
    other = date(world, contact_point.case(world.lead, topic=world.topic, name="Uwe Krause"))
    assert "Carla hat da schon" in change(anna, other, member=str(carla.uuid)).content.decode()


def test_what_was_refused_keeps_what_was_typed(anna, world, case):
    row = date(world, case)
    page = change(anna, row, day="2026-02-01", place="Tor 7").content.decode()
    assert "Der Tag ist schon vorbei." in page
    assert "Tor 7" in page


def test_an_older_page_takes_back_nothing_that_a_colleague_agreed_on(anna, world, case):
    row = date(world, case)
    before = case_dates.ChangeForm(date=row, members=[], may_write=True).initial["shown"]
    appointments.change(appointment=row, starts_at=tomorrow(14), by=BY)
    old = {"time": "10:00", "place": "Tor 7", "shown": before}
    page = change(anna, row, **old).content.decode()
    assert "Der Termin ist inzwischen anders: 03.03.2026 14:00" in page
    row.refresh_from_db()
    assert (row.starts_at, row.place) == (tomorrow(14), "")


def test_a_date_that_was_called_off_meanwhile_does_not_move(anna, world, case):
    row = date(world, case)
    appointments.cancel(appointment=row, by=BY)
    page = change(anna, row, time="11:00").content.decode()
    assert "schon festgehalten oder abgesagt" in page


def test_where_nothing_goes_out_the_page_says_that_one_calls(anna, world, case):
    row = date(world, case, invite=False)
    said = {"do": "cancel", "cancel-appointment": row.pk}
    page = anna.post(page_of(case), said, follow=True).content.decode()
    assert "Der Termin ist abgesagt. Es geht keine Nachricht hinaus." in page
    assert FollowUp.objects.get().member == world.anna


def test_where_they_are_written_to_nobody_has_to_call(anna, world, case):
    page = anna.post(page_of(case), {"do": "cancel", "cancel-appointment": date(world, case).pk}, follow=True)
    assert "Es geht keine Nachricht hinaus" not in page.content.decode()


def test_who_called_it_off_themselves_is_neither_written_to_nor_called(anna, world, case):
    row = date(world, case, invite=False)
    assert 'name="cancel-tell"' in anna.get(page_of(case)).content.decode()
    said = {"do": "cancel", "cancel-appointment": row.pk, "cancel-tell": "known"}
    page = anna.post(page_of(case), said, follow=True).content.decode()
    assert "Der Termin ist abgesagt." in page
    assert "Sie anrufen" not in page
    assert not FollowUp.objects.exists()
    assert not Letter.objects.exists()


def test_a_change_that_is_sent_twice_is_one(anna, world, case):
    row = Appointment.objects.get(pk=date(world, case).pk)
    before = case_dates.ChangeForm(date=row, members=[], may_write=True).initial["shown"]
    sent = {"time": "11:00", "place": "Tor  7", "shown": before}
    for _ in range(2):
        assert "Der Termin ist geändert." in change(anna, row, **sent).content.decode()
    assert Letter.objects.count() == 2
