"""A web process lends its encoders; the others of the installation use them and load their own only without it."""

import signal
import socket
import stat
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from wegweiser.catalogue.matching import Borrowed, lending
from wegweiser.catalogue.matching.lending import LOCK, SOCKET

TEXTS = ["Lager im Griff", "Größe: 5 µm\nund „mehr“", ""]
LENDER = """
import sys, threading
from pathlib import Path
from tests.catalogue.matching.test_lending import Counting, lending
print("waits", flush=True)
lending.lend([Counting(float(sys.argv[2]))], Path(sys.argv[1]))
"""


class Counting:
    """Rows of one number, and how often it was asked."""

    name, dimensions, version = "counting", 3, "1"

    def __init__(self, number: float, version: str = "1") -> None:
        self.number, self.version, self.calls = number, version, 0

    def encode_questions(self, texts):
        self.calls += 1
        return np.full((len(texts), 3), self.number, np.float32)

    def encode_offers(self, texts):
        return -self.encode_questions(texts)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "m"


def wait_for(folder) -> None:
    """Until somebody lends."""
    end = time.monotonic() + 20
    while lending.ask(Counting(0), "questions", ["a"], folder) is None:
        assert time.monotonic() < end, "nobody lends"
        time.sleep(0.02)


@pytest.fixture
def lender(folder):
    found = Counting(1)
    lending.start([found], folder)
    wait_for(folder)
    found.calls = 0
    return found


def test_vectors_come_from_the_lender_and_nothing_is_loaded_here(folder, lender):
    own = Counting(2)
    borrowed = Borrowed(own, folder)
    assert (borrowed.name, borrowed.version, borrowed.dimensions) == ("counting", "1", 3)
    np.testing.assert_array_equal(borrowed.encode_questions(TEXTS), np.full((3, 3), 1))
    np.testing.assert_array_equal(borrowed.encode_offers(TEXTS), np.full((3, 3), -1))
    assert borrowed.encode_offers([]).shape == (0, 3)
    assert (lender.calls, own.calls) == (2, 0)


def test_another_version_is_not_lent(folder, lender):
    own = Counting(2, version="2")
    np.testing.assert_array_equal(Borrowed(own, folder).encode_questions(["a"]), [[2, 2, 2]])
    assert (lender.calls, own.calls) == (0, 1)


def test_without_a_lender_one_uses_ones_own(folder):
    own = Counting(2)
    np.testing.assert_array_equal(Borrowed(own, folder).encode_offers(["a"]), [[-2, -2, -2]])
    folder.mkdir()
    with socket.socket(socket.AF_UNIX) as dead:  # left behind by a process that was killed
        dead.bind(str(folder / SOCKET))
    np.testing.assert_array_equal(Borrowed(own, folder).encode_offers(["a"]), [[-2, -2, -2]])


@pytest.mark.parametrize("sent", [b"", b"\n", b"no json\n", b'["counting"]\n', b'["counting", "1", "questions", 5]\n'])
def test_whatever_a_caller_sends_the_next_one_is_answered(folder, lender, sent):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(folder / SOCKET))
        caller.sendall(sent)
    assert lending.ask(Counting(0), "questions", ["a"], folder) is not None


def test_only_the_owner_of_the_folder_can_ask(folder, lender):
    assert stat.S_IMODE((folder / SOCKET).stat().st_mode) == 0o600


def test_when_the_lender_is_killed_the_next_process_lends(folder):
    command = [sys.executable, "-c", LENDER, str(folder)]
    first = subprocess.Popen([*command, "5"], stdout=subprocess.PIPE)
    wait_for(folder)
    second = subprocess.Popen([*command, "6"], stdout=subprocess.PIPE)
    try:
        second.stdout.readline()
        assert lending.ask(Counting(0), "questions", ["a"], folder)[0, 0] == 5
        first.send_signal(signal.SIGKILL)
        first.wait()
        wait_for(folder)
        assert lending.ask(Counting(0), "questions", ["a"], folder)[0, 0] == 6
    finally:
        for process in (first, second):
            process.kill()
            process.communicate()


def test_a_folder_that_takes_no_socket_is_told_and_ends_nothing(tmp_path, caplog):
    deep = tmp_path / ("x" * 120)  # a socket's path has at most 107 letters
    thread = lending.start([Counting(1)], deep)
    thread.join(10)
    assert not thread.is_alive()
    assert "are not lent" in caplog.text
    assert (deep / LOCK).exists()


def test_many_ask_at_once(folder, lender):
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(lending.ask(Counting(0), "questions", TEXTS, folder)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [answer.shape for answer in answers] == [(3, 3)] * 4
