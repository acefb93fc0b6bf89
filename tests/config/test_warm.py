"""A web process gets the matching ready by itself; commands and tests do not."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.core.signals import request_finished

from wegweiser.catalogue import matches
from wegweiser.catalogue.matching import encoders
from wegweiser.config import warm

SHOW = """
import threading
{line}
print([thread.daemon for thread in threading.enumerate() if thread.name == "warm"])
"""


def threads_after(line, tmp_path):
    environment = {**os.environ, "WEGWEISER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
    code = [sys.executable, "-c", SHOW.format(line=line)]
    done = subprocess.run(code, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_the_web_server_starts_it_and_can_end_without_it(tmp_path):
    assert threads_after("import wegweiser.config.wsgi", tmp_path) == "[True]"


def test_a_command_does_not(tmp_path):
    assert threads_after("import django; django.setup(); import wegweiser.config.cli", tmp_path) == "[]"


@pytest.fixture(autouse=True)
def lent(monkeypatch):
    """How often the encoders were lent."""
    found = []
    monkeypatch.setattr(matches, "lend", lambda: found.append(1))
    return found


@pytest.fixture
def asked(monkeypatch):
    """The languages in which the matching was asked."""
    languages = []
    monkeypatch.setattr(matches, "match", lambda text, *, lang: languages.append(lang))
    return languages


@pytest.mark.django_db  # Django looks after its connections at the end of a request
def test_it_waits_for_the_first_page(asked):
    before = len(request_finished.receivers)
    thread = warm.start(pause=60)
    thread.join(0.2)
    assert (thread.is_alive(), asked) == (True, [])
    request_finished.send(sender=None)
    thread.join(10)
    assert (thread.is_alive(), asked) == (False, ["de", "en"])
    assert len(request_finished.receivers) == before


def test_without_a_page_it_begins_after_a_pause_and_lends_what_is_loaded_and_goes_on(asked, lent):
    further = []
    warm.start(pause=0.05, then=lambda: further.append((list(asked), list(lent)))).join(10)
    assert further == [(["de", "en"], [1])]


def test_a_failure_is_logged_and_ends_nothing(monkeypatch, caplog, lent):
    def broken(text, *, lang):
        raise RuntimeError("no database")

    monkeypatch.setattr(matches, "match", broken)
    warm.start(pause=0).join(10)
    assert "could not be made ready" in caplog.text
    assert lent == []


class OpenLock:
    """A lock that locks nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


@pytest.mark.parametrize("kind", [encoders.E5, encoders.UniversalSentenceEncoder])
@pytest.mark.parametrize(("locked", "loads"), [(True, 1), (False, 4)])
def test_questions_that_come_at_once_load_an_encoder_once(kind, locked, loads):
    """Four threads ask; without the lock each of them loads the model."""
    loaded = []

    class Model:
        def query(self, text):
            return [1.0] * kind.dimensions

        def encode(self, texts):
            return [self.query(text) for text in texts]

    def load():
        loaded.append(1)
        time.sleep(0.3)
        return Model()

    encoder = kind()
    encoder._model = encoders._Model(load)
    if not locked:
        encoder._model._lock = OpenLock()
    threads = [threading.Thread(target=encoder.encode_questions, args=(["Lager"],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(loaded) == loads
