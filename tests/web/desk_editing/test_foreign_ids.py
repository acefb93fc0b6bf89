"""What a form says about ids and versions is not trusted: it opens nothing of others, and gives nothing away."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.web.desk import staff
from tests.web.desk_editing.test_editing import page, sent
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Draft, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

WRITERS = (Role.EDITOR, Role.MANAGEMENT, Role.ADVISER)


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def publish(world, kind):
    """An offer of the lead partner that nobody edited yet: its id stands in our feeds."""
    named = {"topics": (world.topic,), "partner": world.lead, "contact": world.anna}
    offer = Offer(kind=kind, slug="echt", title=translated("Das echte Angebot"), **named)
    return entries.publish(offer=offer, by=contact_point.BY)


def write(client, kind, submission, title="Untergeschoben", **more):
    address = reverse("desk:offer_create", kwargs={"kind": kind})
    return client.post(address, sent(client, address, title_de=title, submission=str(submission), **more))


@pytest.mark.parametrize("kind", [Kind.EVENT, Kind.NEWS])
@pytest.mark.parametrize("role", WRITERS)
def test_no_new_draft_takes_the_place_of_an_offer_of_others(client, world, role, kind):
    entry = publish(world, kind)
    client.force_login(staff.hire(role, world.other))
    assert write(client, kind, entry.uuid).status_code == 302
    assert client.get(page(entry.uuid)).status_code == 404
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    assert client.get(page(entry.uuid)).context["work"].entry == entry
    assert str(works.work(entry.uuid).content["title"]["de"]) == "Das echte Angebot"


@pytest.mark.parametrize("role", WRITERS)
def test_no_new_draft_takes_the_place_of_a_draft_of_others(client, world, role):
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    write(client, Kind.NEWS, uuid.uuid4(), title="Das Ihre", contact="")
    theirs = Draft.objects.get()
    client.force_login(staff.hire(role, world.other))
    response = write(client, Kind.NEWS, theirs.uuid)
    mine = Draft.objects.exclude(pk=theirs.pk).get()
    assert response["Location"] == page(mine.uuid)
    theirs.refresh_from_db()
    assert (str(theirs.title), str(mine.title)) == ("Das Ihre", "Untergeschoben")


def test_a_form_of_somebody_else_makes_a_draft_of_one_s_own(client, world):
    submission = uuid.uuid4()
    for role in (Role.EDITOR, Role.MANAGEMENT):
        client.force_login(staff.hire(role, world.other))
        assert write(client, Kind.NEWS, submission, title=role).status_code == 302
    assert sorted(str(row.title) for row in Draft.objects.all()) == sorted([Role.EDITOR, Role.MANAGEMENT])


def test_one_s_own_form_sent_twice_makes_one_draft(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.other))
    submission = uuid.uuid4()
    places = [write(client, Kind.NEWS, submission)["Location"] for _ in range(2)]
    assert places == [page(Draft.objects.get().uuid)] * 2


def moved(world):
    """An offer of the lead partner that was given to the other one."""
    entry = publish(world, Kind.NEWS)
    there = {"partner": world.other.key, "contact": world.ben.slug, "summary": {"de": "Neu."}, "text": {"de": "Lang."}}
    found = works.work(entry.uuid)
    given = {"uuid": entry.uuid, "by": contact_point.BY}
    drafts.write(seen=found.stamp, content={**found.content, **there}, **given)
    drafts.publish(seen=works.work(entry.uuid).stamp, **given)
    return entry


def act(client, uuid, verb, **more):
    told = {"do": verb, "seen": works.work(uuid).stamp, **more}
    return client.post(reverse("desk:offer_act", kwargs={"uuid": uuid}), told, follow=True)


@pytest.mark.parametrize("role", WRITERS)
def test_a_version_of_earlier_days_does_not_give_the_offer_back_to_its_former_partner(client, world, role):
    entry = moved(world)
    user = staff.login(world.ben) if role == Role.ADVISER else staff.hire(role, world.other)
    client.force_login(user)
    response = act(client, entry.uuid, "restore", number="1")
    assert response.status_code == 200
    found = works.work(entry.uuid)
    assert (found.partner, found.contact, found.content["summary"]) == (world.other, world.ben, {"de": ""})
    assert client.get(page(entry.uuid)).status_code == 200


def test_whoever_gives_up_a_change_that_brought_an_offer_here_goes_on_to_the_list(client, world):
    entry = publish(world, Kind.NEWS)
    found = works.work(entry.uuid)
    there = {**found.content, "partner": world.other.key}
    drafts.write(uuid=entry.uuid, seen=found.stamp, content=there, by=contact_point.BY)
    client.force_login(staff.hire(Role.EDITOR, world.other))
    response = act(client, entry.uuid, "discard")
    assert response.redirect_chain[-1] == (reverse("desk:offers"), 302)
    assert works.work(entry.uuid).partner == world.lead
