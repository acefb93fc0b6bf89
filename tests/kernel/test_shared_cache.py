"""What the processes of one machine share: counts are exact, ends stay, and what is over goes first."""

import multiprocessing
import time
from pathlib import Path

import pytest
from django.core.cache.backends.filebased import FileBasedCache

from wegweiser.kernel import shared_cache
from wegweiser.kernel.shared_cache import SharedCache

pytestmark = pytest.mark.one_database
TIMES = 150


def make(kind: type[FileBasedCache], folder: Path, **options: object) -> FileBasedCache:
    return kind(str(folder), {"OPTIONS": options})


def count(kind: type[FileBasedCache], folder: Path, begin) -> None:
    cache = make(kind, folder)
    begin.wait()
    for _ in range(TIMES):
        if not cache.add("visits", 1):
            cache.incr("visits")


def counted(kind: type[FileBasedCache], folder: Path) -> int:
    """What three processes reach together that count at the same time."""
    begin = multiprocessing.get_context("fork").Barrier(3)
    processes = [
        multiprocessing.get_context("fork").Process(target=count, args=(kind, folder, begin)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return make(kind, folder).get("visits") or 0


def test_three_processes_lose_no_count(tmp_path):
    assert counted(SharedCache, tmp_path) == 3 * TIMES


def test_without_our_lock_they_do(tmp_path):
    assert counted(FileBasedCache, tmp_path) < 3 * TIMES


def test_counting_does_not_move_the_end(tmp_path, monkeypatch):
    cache, now = make(SharedCache, tmp_path), time.time()
    cache.set("window", 1, timeout=600)
    monkeypatch.setattr(time, "time", lambda: now + 590)
    assert cache.incr("window") == 2
    monkeypatch.setattr(time, "time", lambda: now + 602)
    assert cache.get("window") is None
    with pytest.raises(ValueError, match="not there"):
        cache.incr("window")


def test_what_never_ends_stays_so(tmp_path, monkeypatch):
    cache, now = make(SharedCache, tmp_path), time.time()
    cache.set("visits", 1, timeout=None)
    cache.incr("visits")
    monkeypatch.setattr(time, "time", lambda: now + 10**8)
    assert cache.get("visits") == 2


def test_room_is_made_from_what_is_over(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_cache, "CULL_EACH", 1)
    cache, now = make(SharedCache, tmp_path, MAX_ENTRIES=30), time.time()
    for number in range(20):
        cache.set(f"short-{number}", number, timeout=10)
    monkeypatch.setattr(time, "time", lambda: now + 20)
    for number in range(29):
        cache.set(f"long-{number}", number, timeout=1_000)
    assert [cache.get(f"long-{number}") for number in range(29)] == list(range(29))
    assert len(list(tmp_path.glob("*.djcache"))) == 29


def test_it_never_grows_far_beyond_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_cache, "CULL_EACH", 5)
    cache = make(SharedCache, tmp_path, MAX_ENTRIES=30)
    for number in range(300):
        cache.set(str(number), number, timeout=1_000)
    assert len(list(tmp_path.glob("*.djcache"))) < 100
