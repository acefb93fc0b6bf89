"""Copies of events and templates: what comes along, what does not, and what moves with the day."""

import datetime as dt
import uuid

import pytest

from tests import contact_point, places
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Draft
from wegweiser.consortium.models import Membership
from wegweiser.events import arrangement, figures
from wegweiser.events.actions import copies, events, multipliers, notices, questions
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Event, Wording
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated

# Summer time begins on 29 March 2026: both at ten o'clock at the centre.
MARCH = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)
APRIL = dt.datetime(2026, 4, 13, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield


@pytest.fixture
def held(monday):
    return world.held(
        starts_at=MARCH,
        room="2.14",
        most_places=2,
        fill=True,
        closes_at=clock.at(dt.date(2026, 3, 7), dt.time(23, 59)),
        agenda=[{"at": "10:15", "title": {"de": "Rundgang"}, "speaker": "Ben"}],
    )


def copy(held, starts_at=APRIL, **given):
    given.setdefault("submission", uuid.uuid4())
    when = When(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2))
    return copies.make(source=held.draft.uuid, when=when, by=BY, **given)


def test_text_settings_and_places_come_along_and_nothing_is_public(held):
    event = copy(held).event
    assert event.draft.content["title"] == held.draft.content["title"]
    assert (event.draft.entry, event.draft.slug) == (None, "auftraege-im-blick-2")
    assert (event.room, event.most_places, event.fill) == ("2.14", 2, True)
    assert [(pool.chairs, str(pool.label)) for pool in event.pools.all()] == [(3, "Vor Ort")]


def test_window_agenda_and_slots_move_by_the_clock_on_the_wall(held):
    half = dt.timedelta(minutes=30)
    usual = arrangement.label(way="on_site", starts_at=MARCH, ends_at=MARCH + half)
    slots = [
        Places(chairs=1, label=label, starts_at=MARCH + half * n, ends_at=MARCH + half * (n + 1))
        for n, label in enumerate((usual, translated("zum Schluss")))
    ]
    events.set_places(event=held.event, pools=slots, by=BY)
    event = copy(held, APRIL + dt.timedelta(hours=4)).event
    local = [clock.local(pool.starts_at) for pool in event.pools.all()]
    assert [f"{moment:%d.%m. %H:%M}" for moment in local] == ["13.04. 14:00", "13.04. 14:30"]
    assert [str(pool.label) for pool in event.pools.all()] == ["14:00–14:30 Uhr", "zum Schluss"]
    assert f"{clock.local(event.closes_at):%d.%m. %H:%M}" == "11.04. 23:59"
    assert event.agenda[0]["at"] == "14:15"


def test_a_window_that_ends_on_the_day_ends_as_long_before(held):
    events.change(event=held.event, settings={"closes_at": MARCH - dt.timedelta(hours=1)}, by=BY)
    assert copy(held, APRIL + dt.timedelta(hours=4)).event.closes_at == APRIL + dt.timedelta(hours=3)


def test_questions_keep_their_conditions_among_themselves(held):
    asked = [
        Asked(kind="yes_no", label=translated("Essen Sie mit?")),
        Asked(kind="text", label=translated("Was nicht?"), shown_where=1, shown_answer="yes"),
        Asked(kind="text", label=translated("Alt")),
    ]
    known = questions.set_all(event=held.event, asked=asked, by=BY)
    kept = [Asked(kind="yes_no", label=translated("Essen Sie mit?"), question=known[0])]
    kept.append(
        Asked(kind="text", label=translated("Was nicht?"), shown_where=1, shown_answer="yes", question=known[1])
    )
    questions.set_all(event=held.event, asked=kept, by=BY)
    first, second = copy(held).event.questions.all()
    assert (str(first.label), str(second.label)) == ("Essen Sie mit?", "Was nicht?")
    assert (second.shown_where, second.shown_answer) == (first, "yes")
    assert second.pk != known[1].pk


def test_mails_and_wordings_come_along(held):
    notices.set(event=held.event, moment="missed", is_on=True, hours=3, words={"de": "Schade."}, by=BY)
    Wording.objects.create(event=held.event, kind="press", words=translated("Wir laden ein."))
    event = copy(held).event
    assert [(row.moment, row.hours, str(row.words)) for row in event.notices.all()] == [("missed", 3, "Schade.")]
    assert [(row.kind, str(row.words)) for row in event.wordings.all()] == [("press", "Wir laden ein.")]


def test_what_happened_stays_where_it_happened(held):
    world.register(held)
    multipliers.give_link(event=held.event, name="Kammer", by=BY)
    events.cancel(event=held.event, reason="Krank", by=BY)
    event = copy(held).event
    assert not event.registrations.exists()
    assert not event.multipliers.exists()
    assert (event.cancelled_at, event.cancelled_reason, event.sequence) == (None, "", 0)
    assert event.draft.content["availability"] == "open"


def test_a_contact_who_is_gone_is_said_and_not_named(held):
    assert copy(held).gone == ""
    Membership.objects.filter(member=held.centre.ben).update(valid_to=contact_point.MONDAY.date())
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=2)):
        made = copy(held)
    assert (made.gone, made.event.draft.contact) == ("Ben", None)


def test_the_same_form_sent_twice_makes_one(held):
    form = uuid.uuid4()
    assert copy(held, submission=form).event == copy(held, submission=form).event
    assert Event.objects.count() == 2


def test_an_event_without_registration_becomes_one_with_the_places_its_offer_names(monday):
    centre = contact_point.world()
    draft = world.published(centre, details={"slot_minutes": 60, "registered": 7})
    made = copies.make(source=draft.uuid, when=When(starts_at=APRIL, ends_at=APRIL), submission=uuid.uuid4(), by=BY)
    assert "registered" not in made.event.draft.content["details"]
    draft = world.published(centre, title={"de": "Sprechtag"}, details={"slot_minutes": 60})
    when = When(starts_at=APRIL, ends_at=APRIL + dt.timedelta(hours=2))
    made = copies.make(source=draft.uuid, when=when, submission=uuid.uuid4(), by=BY)
    assert [pool.starts_at for pool in made.event.pools.all()] == [APRIL, APRIL + dt.timedelta(hours=1)]


def test_a_template_keeps_its_day_as_an_example_and_cannot_be_published(held):
    template = copies.make(source=held.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY).event
    assert (template.draft.is_template, template.draft.starts_at) == (True, MARCH)
    with pytest.raises(DomainError) as refused:
        drafts.publish(uuid=template.draft.uuid, seen=work(template.draft.uuid).stamp, by=BY)
    assert refused.value.code == "template_stays_inside"
    made = copy(world.Held(held.centre, template.draft, template))
    assert made.event.draft.is_template is False
    drafts.publish(uuid=made.event.draft.uuid, seen=work(made.event.draft.uuid).stamp, by=BY)


def test_a_copy_needs_a_day_and_an_event(held):
    with pytest.raises(DomainError) as refused:
        copies.make(source=held.draft.uuid, submission=uuid.uuid4(), by=BY)
    assert refused.value.code == "day_missing"
    with pytest.raises(DomainError) as refused:
        copies.make(source=uuid.uuid4(), when=When(starts_at=APRIL), submission=uuid.uuid4(), by=BY)
    assert refused.value.code == "offer_unknown"


def test_where_one_copy_fails_none_is_made(held):
    before = Draft.objects.count()
    whens = [When(starts_at=APRIL), When(starts_at=MARCH, ends_at=MARCH - dt.timedelta(hours=1))]
    with pytest.raises(DomainError):
        copies.several(source=held.draft.uuid, whens=whens, submission=uuid.uuid4(), by=BY)
    assert Draft.objects.count() == before


def test_the_day_of_what_nobody_knows_yet_takes_slots_and_window_along(held):
    """Else they would move when it is published, on top of what somebody set by hand meanwhile."""
    slots = [Places(chairs=1, starts_at=MARCH, ends_at=MARCH + dt.timedelta(minutes=30))]
    events.set_places(event=held.event, pools=slots, by=BY)
    template = copies.make(source=held.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY).event
    content = {**template.draft.content, "starts_at": APRIL.isoformat(), "ends_at": None}
    drafts.write(uuid=template.draft.uuid, seen=work(template.draft.uuid).stamp, content=content, by=BY)
    assert events.follow(event=template, by=BY) is False
    template = Event.objects.get(pk=template.pk)
    assert template.pools.get().starts_at == APRIL
    assert f"{clock.local(template.closes_at):%d.%m. %H:%M}" == "11.04. 23:59"
    assert template.sequence == 0


def test_the_example_day_of_a_template_counts_in_no_figures(held):
    copies.make(source=held.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY)
    day = MARCH.date()
    assert list(figures.held_between(Event.objects.all(), day, day)) == [held.event]


def house() -> world.Held:
    """An event in Halberstadt with everything that is true of one house."""
    places.load()
    found = world.held(room="2.14", access=translated("Aufzug im Hof."), join_link="https://treffen.example/1")
    told = work(found.draft.uuid)
    content = {**told.content, "place": "Handwerkskammer, Halberstadt"}
    drafts.write(uuid=told.uuid, seen=told.stamp, content=content, by=BY)
    return found


def test_at_another_place_nothing_of_the_old_house_comes_along(monday):
    made = copy(house(), changes={"place": "Rathaus, Stendal"})
    assert (made.event.room, made.event.access, made.event.join_link) == ("", {}, "")
    assert made.event.draft.content["district"] == places.STENDAL
    assert made.left == ("room", "access", "join_link")


def test_at_a_place_that_is_not_known_the_old_district_does_not_stay(monday):
    assert copy(house(), changes={"place": "Raum 4"}).event.draft.content["district"] == ""


@pytest.mark.parametrize("place", ["Handwerkskammer, Halberstadt", " handwerkskammer,  Halberstadt"])
def test_at_the_same_place_all_of_it_comes_along(monday, place):
    made = copy(house(), changes={"place": place})
    assert (made.event.room, str(made.event.access), made.event.join_link) == (
        *("2.14", "Aufzug im Hof."),
        "https://treffen.example/1",
    )
    assert (made.event.draft.content["district"], made.left) == (places.HARZ, ())


def test_what_is_online_keeps_its_link(monday):
    held = world.held(join_link="https://treffen.example/1")
    assert copy(held).event.join_link == "https://treffen.example/1"
