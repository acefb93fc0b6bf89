"""A template is a draft that others are made from. It stays inside."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from tests import contact_point
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Draft, Entry, Kind
from wegweiser.consortium.rights import Extent
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

BY = contact_point.BY


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


def made(world, *, is_template):
    start = clock.now() + dt.timedelta(days=9)
    told = {
        "title": {"de": "Sprechtag", "en": "Consultation day"},
        "summary": {"de": "Fragen.", "en": "Questions."},
        "topics": [world.topic.key],
        "partner": world.lead.key,
        "contact": world.anna.slug,
        "place": "Halle",
        "starts_at": start.isoformat(),
        "ends_at": (start + dt.timedelta(hours=2)).isoformat(),
    }
    return drafts.create(
        kind=Kind.EVENT,
        content={**contents.empty(Kind.EVENT), **told},
        submission=uuid.uuid4(),
        is_template=is_template,
        by=BY,
    )


def test_a_template_is_never_published_however_complete(world):
    template = made(world, is_template=True)
    found = works.work(template.uuid)
    assert found.readiness.ready
    with pytest.raises(DomainError) as refusal:
        drafts.publish(uuid=template.uuid, seen=found.stamp, by=BY)
    assert refusal.value.code == "template_stays_inside"
    assert not Entry.objects.exists()


def test_a_template_leaves_its_address_to_what_is_made_from_it(world):
    assert made(world, is_template=True).slug == "vorlage-sprechtag"
    assert made(world, is_template=False).slug == "sprechtag"


def test_the_list_of_offers_has_no_templates(world):
    made(world, is_template=True)
    offer = made(world, is_template=False)
    listed = worklist.listed(
        works.editable(Extent(everywhere=True, partners=frozenset(), assigned=False), world.anna),
        worklist.Filter(past=None),
    )
    assert [row.uuid for row in listed[:5]] == [offer.uuid]


def test_the_database_lets_no_template_have_an_entry(world):
    offer = made(world, is_template=False)
    drafts.publish(uuid=offer.uuid, seen=works.work(offer.uuid).stamp, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=offer.pk).update(is_template=True)
