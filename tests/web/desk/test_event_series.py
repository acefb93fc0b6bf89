"""Somebody calls and wants to come to several dates of a series: one form at the desk, too."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import in_a_row
from tests.events import world as events_world
from wegweiser.catalogue.models import Draft
from wegweiser.events.actions import attendance
from wegweiser.events.models import Joining, Registration
from wegweiser.events.queries import starts_at
from wegweiser.kernel import clock


@pytest.fixture
def found(centre):
    return in_a_row.row(places=1, centre=centre)


def form(held):
    return reverse("desk:event_guest_new", kwargs={"uuid": held.event.uuid})


def page(row):
    return reverse("desk:event_guest", kwargs={"uuid": row.event.uuid, "guest": row.uuid})


def send(ben, found, *others, **typed):
    hidden = dict(events_world.hidden(ben.get(form(found.dates[0])).text))
    given = {"name": "Anja Ruf", "places": "1", "language": "de", "pool": str(found.dates[0].pool.uuid), **typed}
    dates = [str(held.event.uuid) for held in others]
    return ben.post(form(found.dates[0]), {**hidden, **given, "dates": dates}, follow=True)


def test_one_date_or_several_by_phone(ben, found):
    events_world.register(found.dates[2], 7)
    response = send(ben, found, found.dates[1], found.dates[2])
    assert in_a_row.states(found) == [["confirmed"], ["confirmed"], ["confirmed", "waiting"]]
    assert "Anja Ruf: angemeldet an 2, auf der Warteliste an 1 der Termine." in html.unescape(response.text)
    send(ben, found, name="Bo Ruf")
    assert found.dates[0].event.registrations.count() == 2


def test_the_form_says_how_full_each_date_is_and_a_whole_series_is_ticked(ben, found):
    events_world.register(found.dates[2], 7)
    text = html.unescape(ben.get(form(found.dates[0])).text)
    assert [text.count(word) for word in ("(1 frei)", "(voll, Warteliste)")] == [1, 1]
    assert "checked" not in text[text.index("Auch für diese Termine") : text.index("Betrieb")]
    found.series.joining = Joining.WHOLE
    found.series.save()
    text = ben.get(form(found.dates[0])).text
    assert text.count("checked") == 2


def test_a_guest_shows_the_other_dates_and_all_are_cancelled_on_the_telephone(ben, found):
    send(ben, found, *found.dates[1:])
    first, second, _third = Registration.objects.order_by("id")
    text = html.unescape(ben.get(page(first)).text)
    assert page(second) in text
    assert "Alle 3 Termine absagen" in text
    response = ben.post(page(first), {"do": "cancel_rest"}, follow=True)
    assert "3 Termine abgesagt." in html.unescape(response.text)
    assert in_a_row.states(found) == [["cancelled"]] * 3


def test_only_the_dates_still_to_come_are_counted_and_cancelled(ben, found):
    """One is behind us, and at one they were let in before it began: two are left, then one."""
    send(ben, found, *found.dates[1:])
    first, second, third = Registration.objects.order_by("id")
    with clock.stopped_at(starts_at(first.event) + dt.timedelta(minutes=5)):
        text = html.unescape(ben.get(page(second)).text)
        assert "Alle 3 Termine absagen" not in text
        assert "Beide Termine absagen" in text
        attendance.arrive(seat=second.seats.get(), by=BY)
        assert "Termine absagen" not in html.unescape(ben.get(page(third)).text)
        ben.post(page(third), {"do": "cancel_rest"})
    assert in_a_row.states(found) == [["confirmed"], ["confirmed"], ["cancelled"]]


def test_dates_of_another_partner_are_neither_offered_nor_cancelled(ben, found, centre):
    send(ben, found, *found.dates[1:])
    row = found.dates[0].event.registrations.get()
    Draft.objects.filter(pk=found.dates[2].draft.pk).update(partner=centre.lead, contact=None)
    assert str(found.dates[2].event.uuid) not in ben.get(form(found.dates[0])).text
    text = html.unescape(ben.get(page(row)).text)
    assert str(found.dates[2].event.uuid) not in text
    assert "Termine absagen" not in text
    assert ben.post(page(row), {"do": "cancel_rest"}).status_code == 404
    assert Registration.objects.filter(state="confirmed").count() == 3


def test_the_desk_says_no_where_a_date_offers_no_such_place(ben, found):
    found.dates[1].event.pools.update(way="online")
    held = found.dates[0]
    held.event.pools.create(position=9, way="online", chairs=1)
    held.event.pools.filter(position=9).update(label={"de": "Online"})
    hidden = dict(events_world.hidden(ben.get(form(held)).text))
    on_site = held.event.pools.exclude(position=9).get()
    typed = {"name": "Anja", "places": "1", "language": "de", "pool": str(on_site.uuid)}
    response = ben.post(form(held), {**hidden, **typed, "dates": [str(found.dates[1].event.uuid)]})
    assert response.status_code == 422
    assert "gibt es diese Art der Teilnahme nicht" in html.unescape(response.text)
    assert not Registration.objects.exists()


def joining(found):
    return reverse("desk:series_joining", kwargs={"uuid": found.series.uuid})


def test_how_guests_register_is_set_for_the_whole_series(ben, found):
    event = reverse("desk:event", kwargs={"uuid": found.dates[0].event.uuid})
    page = reverse("desk:series", kwargs={"uuid": found.series.uuid})
    assert page in ben.get(event).text
    assert joining(found) in ben.get(page).text
    assert "Gespeichert." in ben.post(joining(found), {"joining": "whole"}, follow=True).text
    found.series.refresh_from_db()
    assert found.series.joining == Joining.WHOLE


def test_it_stays_while_somebody_waits_for_the_whole_and_says_why(ben, found):
    ben.post(joining(found), {"joining": "whole"})
    in_a_row.register(found)
    in_a_row.register(found, guest_number=2)
    response = ben.post(joining(found), {"joining": "single"})
    assert response.status_code == 422
    assert "wenn niemand mehr auf die ganze Reihe wartet" in html.unescape(response.text)


def test_who_cannot_change_all_dates_does_not_set_it(ben, found, centre):
    Draft.objects.filter(pk=found.dates[2].draft.pk).update(partner=centre.lead, contact=None)
    assert ben.get(joining(found)).status_code == 404
