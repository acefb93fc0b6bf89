"""A picture's row is never changed; its bytes are stored once, by their content."""

import pytest

from tests.files.paint import painted
from wegweiser.files import queries, storage
from wegweiser.files.actions import pictures
from wegweiser.files.models import Focus, Picture, Ratio
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated

BY = Actor.system("test")
ALT = translated("Eine Fräse", "A milling machine")


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


def test_without_words_there_is_no_picture(db):
    with pytest.raises(DomainError) as refused:
        pictures.add(data=painted(), alt=Translated(), by=BY)
    assert refused.value.code == "alt_missing"
    assert list(storage.folder().rglob("*")) == []


def test_every_size_is_stored_by_its_content(db):
    picture = pictures.add(data=painted(1600, 1200), alt=ALT, by=BY)
    rows = list(picture.renditions.all())
    assert [row.width for row in rows if row.shown] == [320, 480, 960, 1440]
    assert [row.width for row in rows if not row.shown] == [960]
    for row in rows:
        assert len(storage.read(row.digest)) == row.size
    assert storage.put(storage.read(rows[0].digest)) == rows[0].digest


def test_the_same_upload_twice_takes_no_more_room(db):
    pictures.add(data=painted(), alt=ALT, by=BY)
    before = sorted(storage.folder().rglob("*"))
    pictures.add(data=painted(), alt=translated("Anders gesagt"), by=BY)
    assert sorted(storage.folder().rglob("*")) == before
    assert Picture.objects.count() == 2


def test_another_cut_is_another_picture_and_the_old_one_stays(db):
    first = pictures.add(data=painted(1000, 1000), alt=ALT, focus=Focus.TOP, by=BY)
    told = {"alt": ALT, "credit": "", "licence": ""}
    second = pictures.recut(picture=first, ratio=Ratio.PLAIN, focus=Focus.BOTTOM, by=BY, **told)
    assert second.digest == first.digest
    assert (second.ratio, Picture.objects.get(pk=first.pk).ratio) == (Ratio.PLAIN, Ratio.WIDE)
    assert queries.image(second) != queries.image(first)
    assert pictures.recut(picture=second, ratio=Ratio.PLAIN, focus=Focus.BOTTOM, by=BY, **told) == second


def test_a_page_learns_all_it_needs(db):
    picture = pictures.add(data=painted(1000, 1000), alt=ALT, credit=" Jana ", licence="CC BY 4.0", by=BY)
    told = queries.document(queries.picture(picture.uuid))
    assert (told["alt"], told["credit"], told["licence"]) == (
        {"de": "Eine Fräse", "en": "A milling machine"},
        "Jana",
        "CC BY 4.0",
    )
    assert [(size["width"], size["height"]) for size in told["sizes"]] == [(320, 180), (480, 270), (960, 540)]
    assert told["sizes"][-1]["src"] == queries.image(picture)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "/"])
def test_only_a_digest_names_a_file(name):
    with pytest.raises(ValueError, match="SHA-256"):
        storage.path(name)
    assert storage.read(name) is None


@pytest.mark.parametrize("name", ["", "x", None])
def test_what_is_no_id_is_no_picture(db, name):
    assert queries.picture(name) is None
