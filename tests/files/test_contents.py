"""Content that two rows need in turn stays, and rows without any hold up nothing."""

import datetime as dt

import pytest

from tests import letters
from tests.contact_point import MONDAY
from tests.letters import BY
from wegweiser.files import storage, uploading
from wegweiser.files.actions import pictures, uploads
from wegweiser.files.models import Scan, Upload
from wegweiser.kernel import clock

PDF = b"%PDF-1.7\nPlan"
LATER = MONDAY + dt.timedelta(minutes=5)


@pytest.fixture
def owner(db):
    return letters.cause()


def prepared(data=PDF):
    return uploading.prepare(name="plan.pdf", declared_type="application/pdf", data=data)


def attached(owner, data=PDF):
    (row,) = uploads.attach(owner=owner, prepared=[prepared(data)], by=BY)
    return row


def test_what_is_put_again_before_the_first_row_goes_is_there_for_the_second(owner, django_capture_on_commit_callbacks):
    with clock.stopped_at(MONDAY):
        first = attached(owner)
    with clock.stopped_at(LATER):
        coming = prepared()  # the next mail brings the same file, and its row is not written yet
        with django_capture_on_commit_callbacks(execute=True):
            uploads.remove_of(owners=[owner.uuid], by=BY)
        assert storage.read(first.digest) == PDF
        (second,) = uploads.attach(owner=owner, prepared=[coming], by=BY)
        with django_capture_on_commit_callbacks(execute=True):
            uploads.remove(upload=second, by=BY)
        assert storage.read(first.digest) is None


def test_what_was_put_again_for_nothing_goes_with_the_daily_clearing(owner, django_capture_on_commit_callbacks):
    with clock.stopped_at(MONDAY):
        first = attached(owner)
    with clock.stopped_at(LATER):
        prepared()
        with django_capture_on_commit_callbacks(execute=True):
            uploads.remove(upload=first, by=BY)
    with clock.stopped_at(LATER + 2 * pictures.UPLOAD):
        pictures.clear(by=BY)
    assert storage.read(first.digest) is None


def test_rows_without_content_hold_up_no_scan(owner, clamd, settings, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_IN_A_RUN", 2)
    scanner, settings.CLAMD = settings.CLAMD, ""
    lost = [attached(owner, PDF + bytes([number])) for number in range(3)]
    there = attached(owner)
    for row in lost:
        storage.remove(row.digest)
    settings.CLAMD = scanner
    assert uploads.scan(by=BY) == 1
    assert Upload.objects.get(pk=there.pk).scan == Scan.CLEAN
    assert {row.scan for row in Upload.objects.exclude(pk=there.pk)} == {Scan.UNSCANNED}
