"""The file of a centre and the hands of its editors: what somebody changed stays, the rest goes on moving."""

import datetime as dt

import pytest

from tests import model_centre
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, offers
from wegweiser.catalogue.fields import KINDS
from wegweiser.catalogue.models import HERE, Entry, Kind
from wegweiser.consortium import centre_file
from wegweiser.consortium.models import Member, Partner
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.web.desk.editing_forms import Choices, OfferForm

BY = Actor.system("test")
NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def file():
    return centre_file.read(centre_file.model_centre())


@pytest.fixture
def centre(db, file):
    with clock.stopped_at(NOON):
        yield model_centre.with_offers(at=NOON)


def event() -> Entry:
    return Entry.objects.filter(kind=Kind.EVENT, starts_at__gt=clock.now()).order_by("starts_at").first()


def later(file, centre):
    """The dates of the file a week later."""
    return offers.load(file=file, centre=centre, base=centre.loaded_on + dt.timedelta(days=7), by=BY)


def change(entry, **changes):
    found = works.work(entry.uuid)
    return drafts.write(uuid=entry.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)


def test_what_an_editor_published_stays(centre, file):
    entry = event()
    change(entry, title={"de": "Von Hand"})
    drafts.publish(uuid=entry.uuid, seen=works.work(entry.uuid).stamp, by=BY)
    entry.refresh_from_db()
    starts_at = entry.starts_at
    assert later(file, centre)["kept"] == 1
    entry.refresh_from_db()
    assert (str(entry.title), entry.starts_at) == ("Von Hand", starts_at)


def test_what_somebody_works_on_does_not_move(centre, file):
    entry = event()
    starts_at = entry.starts_at
    change(entry, title={"de": "In Arbeit"})
    later(file, centre)
    entry.refresh_from_db()
    assert entry.starts_at == starts_at


def test_what_nobody_touched_moves_by_a_week(centre, file):
    entry, other = event(), event()
    drafted = change(entry, title={"de": "Doch nicht"})
    drafts.discard(uuid=entry.uuid, seen=works.work(drafted.uuid).stamp, by=BY)
    later(file, centre)
    entry.refresh_from_db()
    moved = entry.starts_at - other.starts_at
    assert dt.timedelta(days=6) < moved < dt.timedelta(days=8)
    assert works.work(entry.uuid).content["starts_at"] == entry.starts_at.isoformat()


def test_a_renamed_offer_is_not_made_again(centre, file):
    entry = event()
    slug = entry.slug
    found = works.work(entry.uuid)
    drafts.write(uuid=entry.uuid, seen=found.stamp, content=found.content, slug="neue-adresse", by=BY)
    drafts.publish(uuid=entry.uuid, seen=works.work(entry.uuid).stamp, by=BY)
    later(file, centre)
    assert not Entry.objects.filter(kind=Kind.EVENT, slug=slug).exists()


def test_every_offer_of_the_model_centre_goes_through_its_form_unchanged(centre):
    """Opening and saving must not lose what the form has no field for."""
    rows = Entry.objects.filter(origin=HERE, kind__in=list(KINDS)).prefetch_related(
        "topic_rows__topic", "sectors", "supporting_partners"
    )
    assert rows.count() > 60
    choices = Choices(list(Partner.objects.all()), list(Member.objects.all()))
    for entry in rows.select_related("partner", "contact"):
        content = contents.of_entry(entry)
        blank = OfferForm(kind=entry.kind, content=content, choices=choices, slug=entry.slug, seen="1.1")
        sent = {}
        for bound in blank:
            shown = bound.field.widget.format_value(bound.value()) if bound.value() is not None else ""
            sent[bound.html_name] = bound.value() if isinstance(bound.value(), (list, bool)) else shown
            if isinstance(sent[bound.html_name], list) and not isinstance(bound.value(), list):
                sent[bound.html_name] = sent[bound.html_name][0] if sent[bound.html_name] else ""
        form = OfferForm(sent, kind=entry.kind, content=content, choices=choices, slug=entry.slug, seen="1.1")
        assert form.is_valid(), (entry.slug, form.errors)
        told = form.told()
        if entry.availability == "past":
            told["availability"] = "past"
        assert told == content, entry.slug
