"""A picture that nothing shows, and nothing could show again, goes after its term: the row, then its files."""

import datetime as dt
import os
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from tests.files.paint import painted
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import jobs, pictures
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.files import queries, storage
from wegweiser.files.actions import pictures as files
from wegweiser.files.models import Picture
from wegweiser.kernel import clock, erased, erasure
from wegweiser.kernel.models import AuditEvent, Erasure
from wegweiser.kernel.translated import translated

LATER = contact_point.MONDAY + dt.timedelta(days=40)


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


def upload(width=640):
    found = files.add(data=painted(width), alt=translated("Eine Halle"), by=BY)
    for digest, _put in storage.stored():  # as old as the clock of the test says
        os.utime(storage.path(digest), (clock.now().timestamp(),) * 2)
    return found


def draft(world, picture):
    told = {"title": translated("Abend"), "partner": world.lead.key, "picture": str(picture.uuid)}
    return drafts.create(kind="news", content={**contents.empty("news"), **told}, submission=uuid.uuid4(), by=BY)


def shown(world, picture, slug="halle"):
    details = {"picture": queries.document(picture)}
    offer = Offer(kind="event", slug=slug, title=translated("Halle"), image=queries.image(picture), details=details)
    return entries.publish(offer=offer, by=BY)


def night(moment, django_capture_on_commit_callbacks):
    with clock.stopped_at(moment), django_capture_on_commit_callbacks(execute=True):
        jobs.look_for_unused_pictures()
        return [item.uuid for item in erasure.run(day=clock.today(), by=BY) if item.fate.table == "files.Picture"]


@pytest.fixture
def nights(django_capture_on_commit_callbacks):
    return lambda moment: night(moment, django_capture_on_commit_callbacks)


def test_what_nothing_shows_goes_after_a_month_row_and_files(world, nights):
    picture = upload()
    names = [digest for digest, _put in storage.stored()]
    assert nights(clock.now()) == []
    assert nights(clock.now() + dt.timedelta(days=27)) == []
    assert nights(LATER) == [picture.uuid]
    assert not Picture.objects.exists()
    assert [name for name in names if storage.read(name)] == []
    assert AuditEvent.objects.filter(event="picture:removed", subject_uuid=picture.uuid).count() == 1
    assert Erasure.objects.get(table="files.Picture").subject_uuid == picture.uuid


def test_what_is_shown_drafted_withdrawn_or_published_before_stays(world, nights):
    public, written, gone, before = (upload(width) for width in (640, 700, 800, 900))
    shown(world, public)
    draft(world, written)
    shown(world, gone, "weg")
    entries.withdraw(kind="event", slug="weg", by=BY)
    entry = shown(world, before, "frueher")
    found = works.work(entry.uuid)
    drafts.set_picture(uuid=entry.uuid, seen=found.stamp, picture=public, by=BY)  # keeps the first state
    Entry.objects.filter(pk=entry.pk).update(image="", details={})
    assert pictures.in_use() == {public.uuid, written.uuid, gone.uuid, before.uuid}
    nights(clock.now())
    assert nights(LATER) == []
    assert Picture.objects.count() == 4


def test_the_month_begins_when_the_last_use_ends(world, nights):
    picture = upload()
    made = draft(world, picture)
    nights(LATER)
    with clock.stopped_at(LATER):
        drafts.drop(uuid=made.uuid, seen=works.work(made.uuid).stamp, by=BY)
    assert nights(LATER + dt.timedelta(days=1)) == []
    assert nights(LATER + dt.timedelta(days=20)) == []
    assert nights(LATER + dt.timedelta(days=40)) == [picture.uuid]


def test_what_is_used_again_meanwhile_stays(world, nights):
    picture = upload()
    nights(clock.now())
    draft(world, picture)
    with clock.stopped_at(LATER):  # the note is still there, nobody looked again
        assert [item for item in erasure.plan(clock.today()) if item.fate.table == "files.Picture"] == []
    nights(LATER)
    picture.refresh_from_db()
    assert picture.unused_since is None


def test_a_file_that_another_picture_needs_stays(world, nights):
    one, two = upload(), upload()
    assert one.digest == two.digest
    shown(world, two)
    nights(clock.now())
    assert nights(LATER) == [one.uuid]
    assert all(storage.read(row.digest) for row in two.renditions.all())
    assert storage.read(two.digest)


def test_files_without_a_row_go_unless_they_were_put_lately(world):
    picture = upload()
    stray, young = storage.put(b"stray"), storage.put(b"young")
    day = dt.timedelta(days=1).total_seconds()
    os.utime(storage.path(stray), (clock.now().timestamp() - 2 * day,) * 2)
    os.utime(storage.path(young), (clock.now().timestamp() - day / 2,) * 2)
    assert files.clear(by=BY) == 1
    assert storage.read(stray) is None
    assert storage.read(young) == b"young"
    assert storage.read(picture.digest)


def test_a_file_put_again_is_young(world):
    digest = storage.put(b"again")
    os.utime(storage.path(digest), (0, 0))
    storage.put(b"again")
    files.clear(by=BY)
    assert storage.read(digest) == b"again"


def test_a_restored_state_that_shows_a_removed_picture_keeps_it(world, nights):
    picture = upload()
    nights(clock.now())
    nights(LATER)
    log = erased.written()
    again = upload()
    Picture.objects.filter(pk=again.pk).update(uuid=picture.uuid)
    again.refresh_from_db()
    shown(world, again)
    for entry in log:
        entry["uuid"] = str(uuid.uuid4())  # an older database knows nothing of it
    erased.replay(log=log, by=BY)
    assert Picture.objects.filter(uuid=picture.uuid).exists()
