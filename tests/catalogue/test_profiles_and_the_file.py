"""The file of a centre and what editors told of networks, partners and topics: what they changed stays."""

import copy
import dataclasses
import datetime as dt
import uuid

import pytest

from tests import model_centre
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, networks, offers
from wegweiser.catalogue.models import Entry
from wegweiser.consortium import centre_file, profiles
from wegweiser.consortium.actions import centres, partners
from wegweiser.consortium.models import Network, Partner, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def file(db):
    found = centre_file.read(centre_file.model_centre())
    with clock.stopped_at(NOON):
        model_centre.with_offers(at=NOON)
        yield found


def load(file):
    return offers.load(file=file, centre=centres.load(file=file, by=BY).centre, by=BY)


def later(file):
    """The file, in which the centre tells its networks and partners otherwise."""
    catalogue = copy.deepcopy(file.catalogue)
    for row in catalogue["networks"]:
        row["summary"] = "Aus der neuen Datei."
    for row in catalogue["topics"]:
        row["summary"] = "Aus der neuen Datei."
    for row in catalogue["partners"]:
        row["profile"] = "Aus der neuen Datei."
    return dataclasses.replace(file, catalogue=catalogue)


def change(network, **values):
    return networks.change(
        network=network, values={**profiles.told(network), **values}, seen=profiles.stamp(network), by=BY
    )


def told(network):
    """What the list and what the catalogue say."""
    network.refresh_from_db()
    return str(network.summary), str(Entry.objects.get(kind="network", slug=network.slug).summary)


def test_a_network_changed_by_hand_stays_in_the_list_and_in_the_catalogue(file):
    changed, untouched = Network.objects.order_by("slug")
    change(changed, summary=translated("Von Hand."))
    load(later(file))
    assert told(changed) == ("Von Hand.", "Von Hand.")
    assert told(untouched) == ("Aus der neuen Datei.", "Aus der neuen Datei.")


def test_a_new_website_does_not_part_a_network_from_its_file(file):
    network = Network.objects.order_by("slug").first()
    change(network, website="https://netz.example")
    load(later(file))
    assert told(network) == ("Aus der neuen Datei.", "Aus der neuen Datei.")
    assert network.website == "https://netz.example"


def test_a_withdrawn_network_stays_withdrawn_and_comes_back_with_the_latest_text(file):
    network = Network.objects.order_by("slug").first()
    networks.withdraw(network=network, seen=profiles.stamp(network), by=BY)
    load(later(file))
    assert Entry.objects.get(kind="network", slug=network.slug).withdrawn_at is not None
    network.refresh_from_db()
    assert network.withdrawn_at is not None
    networks.restore(network=network, seen=profiles.stamp(network), by=BY)
    assert told(network) == ("Aus der neuen Datei.", "Aus der neuen Datei.")


def test_a_network_of_the_desk_is_not_taken_over_by_one_of_the_file(file):
    known = Network.objects.order_by("slug").first()
    values = {**profiles.told(known), "name": translated("Kammernetz"), "summary": translated("Vom Tisch.")}
    own = networks.add(values=values, submission=uuid.uuid4(), by=BY)
    newer = later(file)
    newer.catalogue["networks"].append({"slug": own.slug, "name": "Kammernetz", "summary": "Aus der neuen Datei."})
    load(newer)
    assert told(own) == ("Vom Tisch.", "Vom Tisch.")


def test_a_partner_changed_by_hand_stays(file):
    changed, untouched = Partner.objects.order_by("key")[:2]
    values = {**profiles.told(changed), "profile": translated("Von Hand.")}
    partners.change(partner=changed, values=values, seen=profiles.stamp(changed), by=BY)
    load(later(file))
    assert str(Partner.objects.get(pk=changed.pk).profile) == "Von Hand."
    assert str(Partner.objects.get(pk=untouched.pk).profile) == "Aus der neuen Datei."


def test_a_topic_published_by_hand_stays_on_its_page_and_in_the_catalogue(file):
    entry = Entry.objects.filter(kind="topic").order_by("slug").first()
    found = works.work(entry.uuid)
    content = {**found.content, "summary": {"de": "Von Hand."}}
    drafts.write(uuid=entry.uuid, seen=found.stamp, content=content, by=BY)
    drafts.publish(uuid=entry.uuid, seen=works.work(entry.uuid).stamp, by=BY)
    load(later(file))
    entry.refresh_from_db()
    assert (str(entry.summary), str(Topic.objects.get(slug=entry.slug).summary)) == ("Von Hand.", "Von Hand.")
    others = Topic.objects.exclude(slug=entry.slug)
    assert {str(row.summary) for row in others} == {"Aus der neuen Datei."}
