"""The database says of every offer what its row says, and makes only the rows of one page."""

import datetime as dt
import uuid

import pytest
from django.db.models import Q
from django.db.models.signals import post_init
from django.urls import reverse

from tests import contact_point, kept, model_centre
from tests.web.desk import staff
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.fields import KINDS
from wegweiser.catalogue.models import Availability, Draft, DraftState, Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.catalogue.worklist import Filter
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated, translated

BY = contact_point.BY
EVERYTHING = Filter(past=None)
# What a field with two sides may hold: nothing in several ways, one side, both.
DETAILS = [
    {},
    {"takeaways": ["Ein Plan"]},
    {"takeaways": ["Ein Plan"], "takeaways_en": ["A plan"]},
    {"takeaways": ["Ein Plan"], "takeaways_en": []},
    {"takeaways": ["Ein Plan"], "takeaways_en": None},
    {"takeaways": [], "takeaways_en": ["A plan"]},
    {"takeaways": None},
    {"takeaways": "", "takeaways_en": ""},
    {"takeaways": False},
]
SUMMARIES = [Translated(), translated("Kurz."), translated("Kurz.", "Short.")]


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


def publish(world, kind, slug, **more):
    here = {"topics": (world.topic,), "partner": world.lead, "contact": world.anna, "title": translated(slug, slug)}
    return entries.publish(offer=Offer(kind=kind, slug=slug, **{**here, **more}), by=BY)


def write(uuid, **changes):
    found = works.work(uuid)
    return drafts.write(uuid=uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)


@pytest.fixture
def shelf(db):
    with clock.stopped_at(contact_point.MONDAY):
        found = kept.once("shelf of the list of offers", full)
        model_centre.of_no_other_test()
        yield found


def full():
    """Everything in every state, coming, running, over and without a day."""
    world = contact_point.world()
    now = clock.now()
    variants = [*((row, SUMMARIES[-1]) for row in DETAILS), *(({}, row) for row in SUMMARIES)]
    for number, (details, summary) in enumerate(variants):
        publish(world, Kind.GUIDE, f"leitfaden-{number}", details=details, summary=summary)
    for number, days in enumerate([-40, -1, 0, 3, 40]):
        starts = now + dt.timedelta(days=days, hours=-2)
        for ends in (None, starts + dt.timedelta(hours=1), starts + dt.timedelta(days=2)):
            place = f"termin-{number}-{ends}".replace(" ", "-").replace(":", "-").replace("+", "-")
            publish(world, Kind.EVENT, place, starts_at=starts, ends_at=ends)
    publish(world, Kind.EVENT, "ohne-tag")
    publish(world, Kind.EVENT, "vorbei", availability=Availability.PAST)
    publish(world, Kind.CHECK, "fremd", partner=world.other, contact=None, topics=())
    entries.withdraw(kind=Kind.CHECK, slug="fremd", by=BY)
    for kind in KINDS:
        if kind != Kind.TOPIC:
            told = {**contents.empty(kind), "title": {"de": f"Neu: {kind}"}, "partner": world.other.key}
            drafts.create(kind=kind, content=told, submission=uuid.uuid4(), by=BY)
    rows = list(Entry.objects.filter(kind__in=[Kind.EVENT, Kind.GUIDE], withdrawn_at=None).order_by("id"))
    for number, entry in enumerate(rows[::2]):
        draft = write(entry.uuid, title={"de": f"Anders {number}", "en": entry.title["en"]})
        if number % 5 == 1:
            drafts.withdraw(uuid=draft.uuid, seen=works.work(draft.uuid).stamp, by=BY)
        if number % 5 == 2:
            drafts.discard(uuid=draft.uuid, seen=works.work(draft.uuid).stamp, by=BY)
        if number % 5 == 3:  # a duty withdraws it
            entries.withdraw(kind=entry.kind, slug=entry.slug, by=BY)
        if number % 5 == 4:  # a duty brings it back under another title
            drafts.withdraw(uuid=draft.uuid, seen=works.work(draft.uuid).stamp, by=BY)
            publish(world, entry.kind, entry.slug, title=translated(f"Wieder da {number}"))
    return world


def told(wanted, allowed=None):
    return [row.uuid for row in worklist.listed(allowed or Q(), wanted)]


def those(condition):
    return [row.uuid for row in worklist.listed(Q(), EVERYTHING) if condition(row)]


def test_everything_is_there_once(shelf):
    found = told(EVERYTHING)
    assert len(found) == len(set(found)) == Entry.objects.filter(draft=None).count() + Draft.objects.count()
    assert {row.state for row in worklist.listed(Q(), EVERYTHING)} == set(DraftState)


@pytest.mark.parametrize("state", DraftState)
def test_the_state_is_the_one_the_row_shows(shelf, state):
    assert told(Filter(past=None, state=state)) == those(lambda row: row.state == state) != []


def test_missing_english_is_the_one_the_row_shows(shelf):
    behind = those(lambda row: row.lacks_english or row.outdated)
    assert told(Filter(past=None, lacks_english=True)) == behind != []
    assert len(behind) < len(told(EVERYTHING))


@pytest.mark.parametrize("past", [False, True])
def test_what_is_past_is_what_the_row_says(shelf, past):
    assert told(Filter(past=past)) == those(lambda row: row.is_past is past) != []


def test_words_are_those_of_the_title_that_is_shown(shelf):
    assert told(Filter(past=None, text="wieder da")) == those(lambda row: str(row.title).startswith("Wieder da")) != []


def test_partner_topic_and_contact_narrow_both_tables(shelf):
    assert told(Filter(past=None, partner=shelf.other)) == those(lambda row: row.partner == "Other") != []
    assert told(Filter(past=None, topic=shelf.topic)) == those(lambda row: row.topic == "Vernetzung") != []
    assert told(Filter(past=None, contact=shelf.anna)) == those(lambda row: row.contact == "Anna") != []
    assert told(EVERYTHING, Q(partner=shelf.other)) == told(Filter(past=None, partner=shelf.other))


def test_titles_are_in_order_and_dates_in_theirs(shelf):
    titles = [row.sort_key for row in worklist.listed(Q(), EVERYTHING)]
    assert titles == sorted(titles)
    days = [row.starts_at or worklist.NEVER for row in worklist.listed(Q(), Filter(kind=Kind.EVENT, past=None))]
    assert days == sorted(days)
    assert worklist.NEVER in days


@pytest.mark.parametrize("size", [1, 7, 25, 1000])
def test_pages_joined_are_the_list(world, size):
    for number in range(12):
        publish(world, Kind.NEWS, f"gleich-{number}", title=translated("Gleicher Titel"))
    rows = worklist.listed(Q(), EVERYTHING)
    pages = [row.uuid for begin in range(0, len(rows), size) for row in rows[begin : begin + size]]
    assert pages == [row.uuid for row in rows]
    assert len(set(pages)) == 12
    assert rows[-1].uuid == pages[-1]


def test_only_the_rows_of_a_page_are_made(client, world):
    for number in range(60):
        publish(world, Kind.NEWS, f"neu-{number}")
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    made = []

    def note(sender, instance, **_):
        made.append(instance.pk)

    post_init.connect(note, sender=Entry)
    try:
        page = client.get(reverse("desk:offers")).context["page"]
    finally:
        post_init.disconnect(note, sender=Entry)
    assert (len(page), page.paginator.count, page.paginator.num_pages) == (25, 60, 3)
    assert len(made) == 25


def test_missing_english_is_looked_for_only_where_it_is_asked_for(world, monkeypatch):
    publish(world, Kind.GUIDE, "leitfaden")
    asked = []
    monkeypatch.setattr(worklist, "_lacks_english", lambda: asked.append(True) or Q(pk__isnull=False))
    assert len(worklist.listed(Q(), Filter(text="leitfaden"))) == 1
    assert asked == []
    assert len(worklist.listed(Q(), Filter(lacks_english=True))) == 1
    assert asked == [True]


@pytest.mark.parametrize("thrown_away", [False, True])
def test_a_draft_that_begins_or_goes_while_the_list_is_read_is_no_fault(world, monkeypatch, thrown_away):
    entry = publish(world, Kind.GUIDE, "leitfaden")
    if thrown_away:
        write(entry.uuid, summary=translated("Neu."))
    found, read = worklist.listed(Q(), EVERYTHING), worklist._read

    def meanwhile(rows):
        """The keys are read, the rows are not."""
        if thrown_away:
            Draft.objects.all().delete()
        else:
            write(entry.uuid, summary=translated("Neu."))
        return read(rows)

    monkeypatch.setattr(worklist, "_read", meanwhile)
    assert [row.slug for row in found[:10]] == ([] if thrown_away else ["leitfaden"])
    assert Draft.objects.exists() is not thrown_away
