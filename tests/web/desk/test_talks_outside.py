"""A consultation day that ends earlier: said before it is published, at the desk, and where guests choose a talk."""

import datetime as dt

import pytest
from django.db.models import F
from django.urls import reverse

from tests.contact_point import BY
from tests.events import world
from tests.events.test_talks import HALF, last, register
from tests.events.test_talks import ends as _ends
from wegweiser.events.actions import events
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Pool
from wegweiser.kernel import clock

OUTSIDE = "Gespräche außerhalb der Zeit"


@pytest.fixture
def day(centre):
    held = world.held(centre=centre, room="1", access={"de": "Aufzug"})
    rows = [
        Places(chairs=1, starts_at=world.STARTS + HALF * number, ends_at=world.STARTS + HALF * (number + 1))
        for number in range(4)
    ]
    events.set_places(event=held.event, pools=rows, by=BY)
    return held


def text_of(response):
    return " ".join(response.content.decode().split())


def at(name, uuid):
    return reverse(f"desk:{name}", kwargs={"uuid": uuid})


def test_before_it_is_published_one_sees_who_would_have_a_talk_after_the_end(ben, day):
    register(day, last(day))
    _ends(day, 1, publish=False)
    page = ben.get(at("offer", day.draft.uuid))
    assert OUTSIDE in text_of(page)
    sent = {"do": "publish", "seen": page.context["work"].stamp}
    asked = ben.post(at("offer_act", day.draft.uuid), sent)
    assert asked["Location"] == at("offer_move", day.draft.uuid)
    shown = text_of(ben.get(asked["Location"]))
    assert "Gespräche außerhalb der neuen Zeit" in shown
    assert "Mo, 9.3., 11:30–12:00 (1 Anmeldung)" in shown
    assert "Gästen schreiben" not in shown
    done = text_of(ben.post(at("offer_act", day.draft.uuid), sent | {"told": "1"}, follow=True))
    assert "Veröffentlicht." in done
    assert "Die Gäste erfahren" not in done


def test_the_desk_is_told_whom_to_give_another_talk(ben, day):
    guest = register(day, last(day))
    assert OUTSIDE not in text_of(ben.get(at("event", day.event.uuid)))
    _ends(day, 1)
    page = text_of(ben.get(at("event", day.event.uuid)))
    assert OUTSIDE in page
    assert "bekommt davon keine Nachricht" in page
    address = reverse("desk:event_guest", kwargs={"uuid": day.event.uuid, "guest": guest.uuid})
    assert f'Mo, 9.3., 11:30–12:00: <a href="{address}">Gast 1</a>' in page
    assert OUTSIDE in text_of(ben.get(reverse("desk:events")))


def offered(page, form):
    return [str(label) for _uuid, label in page.context[form].fields["pool"].choices]


def test_the_desk_offers_no_talk_after_the_end_but_the_one_that_a_guest_has(ben, day):
    late, early = register(day, last(day), 1), register(day, day.event.pools.all()[0], 2)
    _ends(day, 1)
    of = {"uuid": day.event.uuid}
    pages = {row: ben.get(reverse("desk:event_guest", kwargs={**of, "guest": row.uuid})) for row in (late, early)}
    assert [word.partition(" (")[2] for word in offered(pages[late], "change")] == ["voll)", "1 frei)", "wie bisher)"]
    assert [word.partition(" (")[2] for word in offered(pages[early], "change")] == ["wie bisher)", "1 frei)"]
    assert len(offered(ben.get(reverse("desk:event_guest_new", kwargs=of)), "form")) == 2


def test_whoever_saves_talks_outside_the_hours_reads_so(ben, day):
    _ends(day, 1)
    form = ben.get(at("event_settings", day.draft.uuid)).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    page = ben.post(
        at("event_settings", day.draft.uuid), sent | {"pools": form.count, "points": form.points}, follow=True
    )
    assert "Außerhalb der Zeit der Veranstaltung, darum für niemanden zu buchen: Mo, 9.3., 11:00" in text_of(page)


@pytest.mark.parametrize("inside", [True, False])
def test_the_form_of_the_guests_offers_no_talk_after_the_end(client, day, inside):
    address = reverse("public:register", kwargs={"slug": "auftraege-im-blick"})
    before = client.get(address).content.decode()
    _ends(day, 1)
    pool = day.event.pools.all()[0] if inside else last(day)
    page = client.get(address).content.decode()
    row = page[page.index(f'value="{pool.uuid}"') - 200 :][:600]
    assert "vergeben" not in before
    assert ("vergeben" in row.partition("</label>")[0]) is not inside


def test_the_page_of_the_event_counts_the_talks_within_its_hours(client, day):
    _ends(day, 1)
    assert "noch 2 Termine frei" in client.get("/veranstaltungen/auftraege-im-blick/").content.decode()
    with clock.stopped_at(world.STARTS + dt.timedelta(minutes=5)):
        assert "noch 1 Termin frei" not in client.get("/veranstaltungen/auftraege-im-blick/").content.decode()


def test_where_no_talk_lies_within_the_hours_nobody_is_told_that_all_is_full(ben, day):
    _ends(day, 1)
    late = {"starts_at": F("starts_at") + dt.timedelta(days=1), "ends_at": F("ends_at") + dt.timedelta(days=1)}
    Pool.objects.filter(event=day.event).update(**late)
    page = text_of(ben.get(at("event_guest_new", day.event.uuid)))
    assert "Alles voll" not in page
    assert "Alle Gespräche liegen außerhalb der Zeit der Veranstaltung" in page
