"""Setting an event up at the desk, and what reaches guests before it does."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.events import world
from tests.web.desk import staff
from wegweiser.catalogue import content as contents
from wegweiser.catalogue.actions import drafts as writing
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Availability, Draft
from wegweiser.consortium.models import Role
from wegweiser.events.actions import events
from wegweiser.events.models import Event, State
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


def settings_page(draft):
    return reverse("desk:event_settings", kwargs={"uuid": draft.uuid})


def text_of(response):
    return " ".join(response.content.decode().split())


def fields(response):
    """What a browser would send of the form: inputs, areas and choices as they stand there."""
    form, found = response.context["form"], {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            found |= {field.html_name: "on"} if value else {}
        elif value is not None:
            found[field.html_name] = (
                field.field.widget.format_value(value) if hasattr(field.field.widget, "format_value") else value
            )
    return {
        **{key: value[0] if isinstance(value, list) else value or "" for key, value in found.items()},
        "pools": str(form.count),
        "points": str(form.points),
        "do": "save",
    }


def test_what_the_offer_says_stands_there_already(ben, centre):
    details = {**contents.empty("event")["details"], "capacity": 12, "registration_closes_days_before": 3}
    draft = world.published(centre, details=details)
    page = ben.get(settings_page(draft))
    sent = fields(page)
    assert (str(sent["p0_chairs"]), sent["closes_day"]) == ("12", "2026-03-06")
    response = ben.post(settings_page(draft), sent)
    event = Event.objects.get()
    assert response["Location"] == reverse("desk:event", kwargs={"uuid": event.uuid})
    assert event.pools.get().chairs == 12
    assert str(event.pools.get().label) == "Vor Ort"
    day = clock.local(world.STARTS).date() - dt.timedelta(days=3)
    assert clock.local(event.closes_at) == clock.local(clock.at(day, dt.time(23, 59)))


def test_saving_what_stands_there_changes_nothing(ben, centre):
    held = world.held(centre=centre, most_places=3, room="Saal 1", fill=True)
    before = Event.objects.values().get(), held.event.pools.values().get()
    response = ben.post(settings_page(held.draft), fields(ben.get(settings_page(held.draft))))
    assert response.status_code == 302
    pool = held.event.pools.values().get()
    assert {**before[1], "position": 0} == {**pool, "position": 0}
    assert before[0] == Event.objects.values().get()


def test_the_talks_of_a_consultation_day_are_made_from_four_numbers(ben, centre):
    draft = world.published(centre)
    sent = fields(ben.get(settings_page(draft)))
    times = {"slots_from": "09:00", "slots_until": "11:00", "slots_minutes": "45", "slots_pause": "15"}
    made = ben.post(settings_page(draft), {**sent, **times, "do": "slots", "room": "Zimmer 7"})
    assert not Event.objects.exists(), "nothing is saved yet"
    ready = fields(made)
    assert (ready["p0_starts"], ready["p1_ends"], ready["room"]) == ("09:00", "10:45", "Zimmer 7")
    ben.post(settings_page(draft), ready)
    pools = Event.objects.get().pools.all()
    assert [str(pool.label) for pool in pools] == ["09:00–09:45 Uhr", "10:00–10:45 Uhr"]
    assert clock.local(pools[0].starts_at).date() == clock.local(world.STARTS).date()


def test_minutes_per_talk_in_the_offer_make_the_slots(ben, centre):
    details = {**contents.empty("event")["details"], "slot_minutes": 30}
    draft = world.published(centre, details=details)
    sent = fields(ben.get(settings_page(draft)))
    ben.post(settings_page(draft), sent)
    assert Event.objects.get().pools.count() == 4
    assert Event.objects.get().most_places == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"p0_chairs": ""}, "Wie viele Plätze gibt es?"),
        ({"p0_starts": "10:00"}, "Es fehlt eine Uhrzeit."),
        ({"p0_starts": "10:00", "p0_ends": "09:00"}, "Das Ende liegt vor dem Beginn."),
        ({"opens_time": "10:00"}, "An welchem Tag?"),
        ({"opens_day": "2026-03-05", "closes_day": "2026-03-04"}, "Der Anmeldeschluss liegt vor dem Beginn"),
        ({"access_en": "Lift"}, "Bitte zuerst auf Deutsch."),
        ({"a0_en": "Welcome"}, "Bitte zuerst auf Deutsch."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(ben, centre, changes, said):
    draft = world.published(centre)
    sent = fields(ben.get(settings_page(draft)))
    response = ben.post(settings_page(draft), {**sent, **changes})
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Event.objects.exists()


def test_agenda_and_access_are_kept(ben, centre):
    draft = world.published(centre)
    sent = fields(ben.get(settings_page(draft)))
    agenda = {"a0_at": "11:00", "a0_de": "Rundgang", "a1_at": "10:00", "a1_de": "Begrüßung", "a1_speaker": "Ben"}
    ben.post(settings_page(draft), {**sent, **agenda, "access_de": "Ebenerdig.", "certificate_hours": "1,5"})
    event = Event.objects.get()
    assert [row["title"]["de"] for row in event.agenda] == ["Begrüßung", "Rundgang"]
    assert (event.access["de"], str(event.certificate_hours)) == ("Ebenerdig.", "1.50")


def test_fewer_places_than_are_taken_are_refused(ben, centre):
    held = world.held(places=2, centre=centre)
    world.register(held, 1, places=2)
    sent = fields(ben.get(settings_page(held.draft)))
    response = ben.post(settings_page(held.draft), {**sent, "p0_chairs": "1"})
    assert response.status_code == 422
    assert "Es sind schon mehr Plätze vergeben" in text_of(response)


def test_more_places_let_those_who_wait_move_up(ben, centre):
    held = world.held(places=1, centre=centre, offer_hours=0)
    world.register(held, 1)
    world.register(held, 2)
    sent = fields(ben.get(settings_page(held.draft)))
    ben.post(settings_page(held.draft), {**sent, "p0_chairs": "2"})
    assert world.states(held) == [State.CONFIRMED] * 2


# --- What reaches guests ---------------------------------------------------------------------------------------------


def write(held, **changes):
    found = work(held.draft.uuid)
    writing.write(uuid=held.draft.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)


def act(client, held, **sent):
    address = reverse("desk:offer_act", kwargs={"uuid": held.draft.uuid})
    return client.post(address, {"do": "publish", "seen": work(held.draft.uuid).stamp, **sent})


def test_who_publishes_another_place_sees_first_whom_it_reaches(ben, centre):
    held = world.held(centre=centre)
    world.register(held)
    Letter.objects.all().delete()
    write(held, place="Stendal, Markt 1")
    response = act(ben, held)
    assert response["Location"] == reverse("desk:offer_move", kwargs={"uuid": held.draft.uuid})
    page = text_of(ben.get(response["Location"]))
    assert "1 Anmeldung bekommt eine E-Mail mit Kalenderdatei." in page
    assert "Stendal, Markt 1 (bisher: Halle, Marktplatz 1)" in page
    assert not Letter.objects.exists()
    act(ben, held, told="1")
    assert "Stendal, Markt 1" in Letter.objects.get().text
    assert Draft.objects.get(pk=held.draft.pk).entry.place == "Stendal, Markt 1"


def test_another_text_is_published_at_once_and_told_to_nobody(ben, centre):
    held = world.held(centre=centre)
    world.register(held)
    Letter.objects.all().delete()
    write(held, summary={"de": "Anders gesagt."})
    assert act(ben, held)["Location"] == reverse("desk:offer", kwargs={"uuid": held.draft.uuid})
    assert not Letter.objects.exists()


def test_places_are_counted_and_not_set_by_hand(ben, centre):
    held = world.held(places=1, centre=centre)
    world.register(held)
    page = ben.get(reverse("desk:offer", kwargs={"uuid": held.draft.uuid}))
    assert "availability" not in page.context["form"].fields
    assert "1 von 1 Plätzen belegt" in text_of(page)
    write(held, availability="open", summary={"de": "Anders gesagt."})
    act(ben, held)
    assert Draft.objects.get(pk=held.draft.pk).entry.availability == Availability.WAITING


def test_an_event_is_called_off_after_a_look_at_the_mail(ben, centre):
    held = world.held(centre=centre)
    world.register(held)
    Letter.objects.all().delete()
    address = reverse("desk:event_cancel", kwargs={"uuid": held.event.uuid})
    assert "Absagen und 1 Anmeldung benachrichtigen" in text_of(ben.get(address))
    assert ben.post(address, {"do": "cancel", "reason": ""}).status_code == 422
    looked = text_of(ben.post(address, {"do": "look", "reason": "Die Referentin ist krank."}))
    assert "die Veranstaltung fällt leider aus. Die Referentin ist krank." in looked
    assert not Letter.objects.exists()
    ben.post(address, {"do": "cancel", "reason": "Die Referentin ist krank."})
    assert Draft.objects.get(pk=held.draft.pk).entry.availability == Availability.CANCELLED
    assert Letter.objects.count() == 1
    assert ben.get(address).status_code == 302, "once is enough"


def test_a_draft_is_thrown_away_with_its_prepared_registration(ben, centre):
    content = world.document(contact=centre.ben.slug)
    draft = writing.create(kind="event", content=content, submission=world.uuid.uuid4(), by=BY)
    events.open_registration(draft=draft, pools=[events.Places(chairs=2)], settings={}, by=BY)
    address = reverse("desk:offer_act", kwargs={"uuid": draft.uuid})
    ben.post(address, {"do": "drop", "seen": work(draft.uuid).stamp})
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_who_may_not_hold_the_event_finds_no_way_to_its_registration(client, centre):
    held = world.held(centre=centre)
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    page = text_of(client.get(reverse("desk:offer", kwargs={"uuid": held.draft.uuid})))
    assert not re.search(r"Anmeldung (einrichten|ändern)", page)


def test_another_way_of_taking_part_is_said_and_the_offer_does_not_ask_for_it(ben, centre):
    held = world.held(centre=centre)
    sent = fields(ben.get(settings_page(held.draft)))
    online = {"p1_way": "online", "p1_chairs": "5", "join_link": "https://treffen.example/1"}
    page = ben.post(settings_page(held.draft), sent | online, follow=True)
    assert "Überall steht jetzt: vor Ort und online." in text_of(page)
    offer = reverse("desk:offer", kwargs={"uuid": held.draft.uuid})
    assert "attendance" not in ben.get(offer).context["form"].fields
    again = ben.post(settings_page(held.draft), fields(ben.get(settings_page(held.draft))), follow=True)
    assert "Überall steht jetzt" not in text_of(again)


def test_each_point_of_several_days_has_its_day(ben, centre):
    ends = (world.ENDS + dt.timedelta(days=1)).isoformat()
    draft = world.published(centre, ends_at=ends)
    sent = fields(ben.get(settings_page(draft)))
    rows = [("2", "09:00", "Werkstatt"), ("1", "11:00", "Begrüßung")]
    for number, (day, at, title) in enumerate(rows):
        sent |= {f"a{number}_day": day, f"a{number}_at": at, f"a{number}_de": title}
    ben.post(settings_page(draft), sent)
    agenda = Event.objects.get().agenda
    assert [(row["day"], row["title"]["de"]) for row in agenda] == [(1, "Begrüßung"), (2, "Werkstatt")]
    page = ben.get(settings_page(draft))
    assert "Mo, 9.3." in text_of(page)
    ben.post(settings_page(draft), fields(page))
    assert Event.objects.get().agenda == agenda
