"""A picture is public while an offer that anybody may see shows it; before that only editors see it."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.files.paint import painted
from tests.web.desk import staff
from tests.web.public.conftest import BY, change
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Role
from wegweiser.files import queries, storage
from wegweiser.files.actions import pictures
from wegweiser.kernel.translated import translated


@pytest.fixture
def picture(world, settings, tmp_path):
    settings.HOME = tmp_path
    return pictures.add(data=painted(1000, 700), alt=translated("Eine Halle", "A hall"), credit="Jana", by=BY)


def publish(world, picture, slug="halle"):
    return entries.publish(
        offer=Offer(
            kind="event",
            slug=slug,
            title=translated("Halle"),
            topics=(world.topic,),
            partner=world.other,
            contact=world.ben,
            image=queries.image(picture),
            details={"picture": queries.document(picture)},
        ),
        by=BY,
    )


def address(picture, place=0):
    return queries.address(picture.renditions.all()[place].digest)


def test_nobody_outside_sees_a_picture_that_no_offer_shows(client, picture):
    assert client.get(address(picture)).status_code == 404


def test_an_editor_sees_it_and_no_cache_keeps_it(client, world, picture):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    response = client.get(address(picture))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_a_shown_picture_is_public_for_ever(client, world, picture):
    publish(world, picture)
    response = client.get(address(picture))
    assert response.content == storage.read(picture.renditions.first().digest)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_has_it_is_told_so(client, world, picture):
    publish(world, picture)
    digest = picture.renditions.first().digest
    response = client.get(address(picture), headers={"If-None-Match": f'"{digest}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_the_whole_is_never_public(client, world, picture):
    publish(world, picture)
    whole = queries.to_choose(picture)
    assert client.get(queries.address(whole.digest)).status_code == 404


def test_a_withdrawn_offer_takes_its_picture_along(client, world, picture):
    publish(world, picture)
    publish(world, picture, "zwei")
    entries.withdraw(kind="event", slug="halle", by=BY)
    assert client.get(address(picture)).status_code == 200
    entries.withdraw(kind="event", slug="zwei", by=BY)
    assert client.get(address(picture)).status_code == 404


@pytest.mark.parametrize("digest", ["x", "a" * 64, "..%2F..%2Fdb"])
def test_what_is_no_picture_is_not_there(client, world, digest):
    assert client.get(f"/bilder/{digest}.webp").status_code == 404


def test_the_page_shows_it_in_all_sizes_and_keeps_its_place(client, world, picture):
    entry = publish(world, picture)
    page = client.get(reverse("public:event", kwargs={"slug": entry.slug})).content.decode()
    tiny, small, large = (queries.address(row.digest) for row in picture.renditions.all() if row.shown)
    assert f'srcset="{tiny} 320w, {small} 480w, {large} 960w"' in page
    assert 'width="960" height="540" alt="Eine Halle"' in page
    assert "Bild: Jana" in page
    english = client.get(f"/en/veranstaltungen/{entry.slug}/").content.decode()
    assert 'alt="A hall"' in english


def test_words_that_are_missing_in_english_are_marked_as_german(client, world, settings, tmp_path):
    settings.HOME = tmp_path
    picture = pictures.add(data=painted(), alt=translated("Nur deutsch"), by=BY)
    entry = publish(world, picture)
    english = client.get(f"/en/veranstaltungen/{entry.slug}/").content.decode()
    assert 'alt="Nur deutsch" lang="de"' in english


def test_hostile_words_are_shown_harmlessly(client, world, settings, tmp_path):
    settings.HOME = tmp_path
    picture = pictures.add(data=painted(), alt=translated('"><script>alert(1)</script>'), by=contact_point.BY)
    entry = publish(world, picture)
    page = client.get(reverse("public:event", kwargs={"slug": entry.slug})).content.decode()
    assert "<script>alert" not in page


# --- Before it is public ------------------------------------------------------------------------------------------


def seen_by(client, user, picture):
    client.force_login(user)
    return client.get(address(picture)).status_code == 200


@pytest.mark.parametrize(
    ("role", "house", "sees"),
    [
        (Role.EDITOR, "lead", True),
        (Role.EDITOR, "other", False),
        (Role.MANAGEMENT, "lead", True),
        (Role.MANAGEMENT, "other", True),
        (Role.ADMINISTRATOR, "", True),
        (Role.ADVISER, "lead", False),
        (Role.FUNDER, "", False),
        (Role.REVIEWER, "lead", False),
    ],
)
def test_only_its_partners_editors_and_the_management_see_it(client, world, settings, tmp_path, role, house, sees):
    settings.HOME = tmp_path
    picture = pictures.add(data=painted(), alt=translated("Halle"), owner=world.lead.uuid, by=BY)
    user = staff.hire(role, getattr(world, house) if house else None)
    assert seen_by(client, user, picture) == sees


def test_whoever_may_edit_an_offer_with_it_sees_it_too(client, world, picture):
    title = translated("Abend")
    told = {"title": title, "partner": world.other.key, "contact": world.ben.slug, "picture": str(picture.uuid)}
    drafts.create(kind="news", content={**contents.empty("news"), **told}, submission=uuid.uuid4(), by=BY)
    assert seen_by(client, staff.login(world.ben), picture), "he is the contact"
    assert not seen_by(client, staff.login(world.anna), picture)
    assert seen_by(client, staff.hire(Role.EDITOR, world.other), picture), "the offer is at their partner now"


def test_the_picture_of_a_topic_stands_on_its_page_and_in_its_preview(client, world, picture):
    address_of_topic = reverse("public:topic", kwargs={"slug": world.topic.slug})
    assert "<img" not in client.get(address_of_topic).text.partition("<h2")[0]
    change(world.topic.slug, summary=translated("Maschinen, die miteinander reden."))
    entry = Entry.objects.get(kind="topic", slug=world.topic.slug)
    found = works.work(entry.uuid)
    drafts.set_picture(uuid=entry.uuid, seen=found.stamp, picture=picture, by=BY)
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    assert 'alt="Eine Halle"' in client.get(reverse("public:preview", kwargs={"uuid": entry.uuid})).text
    client.logout()
    assert 'alt="Eine Halle"' not in client.get(address_of_topic).text
    drafts.publish(uuid=entry.uuid, seen=works.work(entry.uuid).stamp, by=BY)
    head = client.get(address_of_topic).text.partition("<h2")[0]
    assert 'alt="Eine Halle"' in head
    assert "Bild: Jana" in head
    assert 'alt="A hall"' in client.get(f"/en{address_of_topic}").text
