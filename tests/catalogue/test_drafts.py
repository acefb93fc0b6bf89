"""An offer is public as it was published; what editors do to it shows only then, and nothing they wrote is lost."""

import datetime as dt
import uuid

import numpy as np
import pytest

from tests import contact_point
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import held, queries
from wegweiser.catalogue.actions import contacts, drafts, entries, vectors
from wegweiser.catalogue.models import DRAFTING, Availability, Draft, DraftState, Entry, FormerSlug, Kind, Published
from wegweiser.catalogue.offers import Offer
from wegweiser.catalogue.readiness import Code
from wegweiser.consortium.models import Topic
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

BY = contact_point.BY


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


def content(world, **changes):
    """A date that lacks nothing."""
    start = clock.now() + dt.timedelta(days=9)
    told = {
        "title": {"de": "Sprechtag", "en": "Consultation day"},
        "summary": {"de": "Fragen und Antworten.", "en": "Questions and answers."},
        "topics": [world.topic.key],
        "partner": world.lead.key,
        "contact": world.anna.slug,
        "place": "Halle",
        "starts_at": start.isoformat(),
        "ends_at": (start + dt.timedelta(hours=2)).isoformat(),
    }
    return {**contents.empty(Kind.EVENT), **told, **changes}


def create(world, **changes):
    return drafts.create(kind=Kind.EVENT, content=content(world, **changes), submission=uuid.uuid4(), by=BY)


def seen(draft):
    return works.work(draft.uuid).stamp


def publish(draft):
    return drafts.publish(uuid=draft.uuid, seen=seen(draft), by=BY)


def write(draft, told, **more):
    return drafts.write(uuid=draft.uuid, seen=seen(draft), content=told, by=BY, **more)


def refused(call, **given):
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


# Writing and publishing


def test_a_draft_is_nowhere_to_be_seen(world):
    draft = create(world)
    assert (draft.state, draft.slug) == (DraftState.DRAFT, "sprechtag")
    assert not Entry.objects.exists()


def test_publishing_shows_what_was_written(world):
    entry = publish(create(world))
    found = queries.entry(Kind.EVENT, "sprechtag")
    assert found == entry
    assert (found.title, found.partner, found.contact) == (
        translated("Sprechtag", "Consultation day"),
        world.lead,
        world.anna,
    )


def test_a_change_shows_only_when_it_is_published(world):
    draft = create(world)
    publish(draft)
    changed = write(draft, content(world, title={"de": "Sprechstunde"}))
    assert changed.state == DraftState.CHANGED
    assert str(queries.entry(Kind.EVENT, "sprechtag").title) == "Sprechtag"
    publish(draft)
    assert str(queries.entry(Kind.EVENT, "sprechtag").title) == "Sprechstunde"
    assert Draft.objects.get().state == DraftState.PUBLISHED


def test_the_same_form_sent_twice_makes_one_draft(world):
    given = {"kind": Kind.EVENT, "content": content(world), "submission": uuid.uuid4(), "by": BY}
    assert drafts.create(**given) == drafts.create(**given)


def test_an_entry_nobody_edited_can_be_edited_at_once(world):
    here = {"topics": (world.topic,), "partner": world.lead, "contact": world.anna}
    entry = entries.publish(
        offer=Offer(
            kind=Kind.NEWS,
            slug="neu",
            title=translated("Neu"),
            summary=translated("Kurz."),
            text=translated("Lang."),
            details={"note": "bleibt"},
            **here,
        ),
        by=BY,
    )
    found = works.work(entry.uuid)
    assert (found.state, found.draft) == (DraftState.PUBLISHED, None)
    draft = drafts.write(uuid=entry.uuid, seen=found.stamp, content={**found.content, "title": {"de": "Neuer"}}, by=BY)
    assert (draft.state, draft.entry) == (DraftState.CHANGED, entry)
    publish(draft)
    entry.refresh_from_db()
    assert (str(entry.title), entry.details) == ("Neuer", {"note": "bleibt"})
    assert [row.content["title"]["de"] for row in draft.published.all()] == ["Neuer", "Neu"]


def test_a_withdrawn_offer_leaves_the_site_and_comes_back(world):
    draft = create(world)
    publish(draft)
    assert drafts.withdraw(uuid=draft.uuid, seen=seen(draft), by=BY).state == DraftState.WITHDRAWN
    assert queries.entry(Kind.EVENT, "sprechtag") is None
    publish(draft)
    assert queries.entry(Kind.EVENT, "sprechtag") is not None
    assert works.work(draft.uuid).state == DraftState.PUBLISHED


def test_discarding_goes_back_to_what_is_public(world):
    draft = create(world)
    publish(draft)
    write(draft, content(world, title={"de": "Anders"}), slug="anders")
    found = drafts.discard(uuid=draft.uuid, seen=seen(draft), by=BY)
    assert (found.state, found.slug, str(found.title)) == (DraftState.PUBLISHED, "sprechtag", "Sprechtag")


def test_a_draft_that_was_never_public_can_be_thrown_away(world):
    draft = create(world)
    drafts.drop(uuid=draft.uuid, seen=seen(draft), by=BY)
    assert works.work(draft.uuid) is None


def test_what_was_public_is_never_thrown_away(world):
    draft = create(world)
    publish(draft)
    assert refused(drafts.drop, uuid=draft.uuid, seen=seen(draft), by=BY) == "transition_not_allowed"


def test_an_earlier_version_comes_back_as_a_draft(world):
    draft = create(world)
    publish(draft)
    write(draft, content(world, title={"de": "Zweiter"}))
    publish(draft)
    drafts.restore(uuid=draft.uuid, number=1, seen=seen(draft), by=BY)
    assert str(queries.entry(Kind.EVENT, "sprechtag").title) == "Zweiter"
    assert works.work(draft.uuid).content["title"]["de"] == "Sprechtag"
    assert refused(drafts.restore, uuid=draft.uuid, number=9, seen=seen(draft), by=BY) == "version_unknown"


VERBS = {
    "publish": publish,
    "withdraw": lambda draft: drafts.withdraw(uuid=draft.uuid, seen=seen(draft), by=BY),
    "discard": lambda draft: drafts.discard(uuid=draft.uuid, seen=seen(draft), by=BY),
}


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("verb", VERBS)
def test_every_state_allows_what_the_table_says(world, state, verb):
    draft = create(world)
    if state != DraftState.DRAFT:
        publish(draft)
    if state == DraftState.CHANGED:
        write(draft, content(world, title={"de": "Anders"}))
    if state == DraftState.WITHDRAWN:
        drafts.withdraw(uuid=draft.uuid, seen=seen(draft), by=BY)
    assert works.work(draft.uuid).state == state
    if verb in DRAFTING.verbs(state):
        VERBS[verb](draft)
        assert works.work(draft.uuid).state == DRAFTING.target(state=state, verb=verb)
    else:
        assert refused(VERBS[verb], draft=draft) == "transition_not_allowed"


# Two editors at once


def test_the_second_editor_is_told_and_the_first_one_s_words_stay(world):
    draft = create(world)
    stamp = seen(draft)
    drafts.write(uuid=draft.uuid, seen=stamp, content=content(world, place="Stendal"), by=BY)
    given = {"uuid": draft.uuid, "seen": stamp, "content": content(world, place="Magdeburg"), "by": BY}
    assert refused(drafts.write, **given) == "changed_meanwhile"
    assert Draft.objects.get().content["place"] == "Stendal"


def test_a_new_publication_by_a_duty_is_noticed_too(world):
    draft = create(world)
    entry = publish(draft)
    stamp = seen(draft)
    entries.withdraw(kind=entry.kind, slug=entry.slug, by=BY)
    given = {"uuid": draft.uuid, "seen": stamp, "content": content(world), "by": BY}
    assert refused(drafts.write, **given) == "changed_meanwhile"
    assert works.work(draft.uuid).state == DraftState.WITHDRAWN


# What is missing


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"summary": {"de": ""}}, Code.SUMMARY),
        ({"topics": []}, Code.TOPIC),
        ({"partner": ""}, Code.PARTNER),
        ({"contact": ""}, Code.CONTACT),
        ({"starts_at": None, "ends_at": None}, Code.DAY),
        ({"place": ""}, Code.PLACE),
    ],
)
def test_what_is_missing_keeps_it_from_being_public(world, change, code):
    draft = create(world, **change)
    assert [finding.code for finding in works.work(draft.uuid).readiness.missing] == [code]
    assert refused(publish, draft=draft) == "not_ready"
    assert not Entry.objects.exists()


def test_an_online_date_needs_no_place(world):
    assert works.work(create(world, place="", attendance="online").uuid).readiness.ready


def test_a_contact_who_left_has_to_be_replaced(world):
    draft = create(world)
    world.anna.memberships.update(valid_to=clock.today() - dt.timedelta(days=1))
    assert [finding.code for finding in works.work(draft.uuid).readiness.missing] == [Code.CONTACT_GONE]


def test_missing_english_is_told_and_does_not_keep_from_publishing(world):
    draft = create(world, title={"de": "Sprechtag"}, details={"takeaways": ["Ein Plan"]})
    found = works.work(draft.uuid).readiness
    english = next(finding for finding in found.advice if finding.code == Code.ENGLISH)
    assert english.fields == ("title", "details.takeaways")
    assert found.ready


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": {"de": " ".strip()}}, "title_missing"),
        ({"text": {"de": "x" * 20_001}}, "text_too_long"),
        ({"starts_at": None}, "end_before_start"),
    ],
)
def test_nonsense_is_not_stored(world, change, code):
    assert refused(create, world=world, **change) == code


# Translations


def test_english_is_outdated_until_somebody_looks_at_it(world):
    draft = create(world)
    changed = content(world, summary={"de": "Anders.", "en": "Questions and answers."})
    assert write(draft, changed).outdated == ["summary"]
    publish(draft)
    assert works.work(draft.uuid).outdated == ("summary",)
    assert write(draft, changed, confirmed=["summary"]).outdated == []


# Addresses


def test_a_new_address_keeps_the_old_one_as_a_way_there(world):
    draft = create(world)
    entry = publish(draft)
    write(draft, content(world), slug="sprechtag-halle")
    assert not FormerSlug.objects.exists()
    assert publish(draft) == entry
    assert queries.entry(Kind.EVENT, "sprechtag-halle") == entry
    assert queries.renamed(Kind.EVENT, "sprechtag") == entry


def test_a_former_address_belongs_to_nobody_else(world):
    draft = create(world)
    publish(draft)
    write(draft, content(world), slug="neu")
    publish(draft)
    assert create(world).slug == "sprechtag-2"
    given = {"kind": Kind.EVENT, "content": content(world), "submission": uuid.uuid4(), "by": BY}
    assert refused(drafts.create, slug="sprechtag", **given) == "slug_taken"


def test_an_offer_may_return_to_its_own_former_address(world):
    draft = create(world)
    for slug in ("neu", "sprechtag"):
        publish(draft) if slug == "neu" else None
        write(draft, content(world), slug=slug)
        publish(draft)
    assert queries.entry(Kind.EVENT, "sprechtag") is not None
    assert queries.renamed(Kind.EVENT, "sprechtag") is None
    assert queries.renamed(Kind.EVENT, "neu") is not None


def test_an_entry_that_comes_later_takes_the_address_of_a_draft(world):
    draft = create(world)
    entry = entries.publish(offer=Offer(kind=Kind.EVENT, slug="sprechtag", title=translated("Vom Netzwerk")), by=BY)
    assert refused(publish, draft=draft) == "slug_taken"
    found = works.work(entry.uuid)
    told = {**found.content, "place": "Halle"}
    assert drafts.write(uuid=entry.uuid, seen=found.stamp, content=told, by=BY).slug == "sprechtag"
    draft.refresh_from_db()
    assert draft.slug == "sprechtag-2"
    publish(draft)
    assert queries.entry(Kind.EVENT, "sprechtag-2") == Draft.objects.get(pk=draft.pk).entry


# Heirs


def test_an_heir_is_named_in_what_somebody_is_writing_too(world):
    draft = create(world)
    entry = publish(draft)
    write(draft, content(world, title={"de": "In Arbeit"}))
    stamp = seen(draft)
    contacts.replace(entry=entry, contact=world.ben, by=BY)
    found = works.work(draft.uuid)
    assert (found.contact, found.content["contact"], found.content["title"]["de"]) == (
        world.ben,
        world.ben.slug,
        "In Arbeit",
    )
    given = {"uuid": draft.uuid, "seen": stamp, "content": content(world), "by": BY}
    assert refused(drafts.write, **given) == "changed_meanwhile"


# Matching


def test_new_everyday_words_are_encoded_again(world):
    class Counting:
        name, version, texts = "counting", "1", []

        def encode_offers(self, texts):
            self.texts += texts
            return np.ones((len(texts), 4), np.float32)

    draft = create(world)
    publish(draft)
    encoder = Counting()
    assert vectors.encode(encoders=[encoder], by=BY) == 2
    write(draft, content(world, everyday_words={"de": "Zettelwirtschaft"}))
    assert vectors.encode(encoders=[encoder], by=BY) == 0
    publish(draft)
    assert vectors.encode(encoders=[encoder], by=BY) == 1
    assert "Zettelwirtschaft" in encoder.texts[-1]


# Dates


@pytest.mark.parametrize(
    ("said", "days", "shown"),
    [
        ("open", 9, Availability.OPEN),
        ("full", 9, Availability.FULL),
        ("past", 9, Availability.OPEN),
        ("open", -9, Availability.PAST),
        ("off", 9, Availability.CANCELLED),
        ("off", -9, Availability.CANCELLED),
    ],
)
def test_the_clock_says_what_is_past(world, said, days, shown):
    start = clock.now() + dt.timedelta(days=days)
    entry = publish(create(world, availability=said, starts_at=start.isoformat(), ends_at=None))
    assert entry.availability == shown


def test_a_cancelled_date_is_suggested_to_nobody(world):
    entry = publish(create(world, availability="off"))
    assert entry.pk not in [row.pk for row in held.coming_dates()]
    assert entry.pk not in [number for number, _ in queries.corpus()]


# Topics


def test_the_words_of_a_topic_are_changed_where_its_page_reads_them(world):
    offer = Offer(
        kind=Kind.TOPIC, slug="netz", title=translated("Vernetzung"), topics=(world.topic,), partner=world.lead
    )
    entry = entries.publish(offer=offer, by=BY)
    found = works.work(entry.uuid)
    told = {**found.content, "title": {"de": "Netze", "en": "Networks"}, "summary": {"de": "Alles verbunden."}}
    draft = drafts.write(uuid=entry.uuid, seen=found.stamp, content=told, by=BY)
    publish(draft)
    topic = Topic.objects.get(slug="netz")
    assert (topic.title, topic.summary) == ({"de": "Netze", "en": "Networks"}, {"de": "Alles verbunden."})
    given = {"uuid": entry.uuid, "seen": seen(draft), "by": BY}
    assert refused(drafts.withdraw, **given) == "transition_not_allowed"
    assert refused(drafts.write, content=told, slug="anders", **given) == "slug_fixed"


# Trail and history


def test_every_step_leaves_its_row(world):
    draft = create(world)
    publish(draft)
    told = [row.event for row in AuditEvent.objects.order_by("id")]
    assert told == ["draft:saved", "entry:published"]
    assert Published.objects.get().by == str(BY)


def test_a_preview_stores_nothing(world):
    found = works.work(create(world).uuid)
    entry = works.unsaved_entry(found)
    assert [row.topic for row in entry.topic_rows.all()] == [world.topic]
    assert (entry.partner, list(entry.sectors.all())) == (world.lead, [])
    assert not Entry.objects.exists()
