"""Starts a server, finds what belongs to it, and reads its CPU time and memory from /proc."""

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


class Server:
    """A running command with all that it started."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, seconds: float) -> None:
        self.process, self.port, self.first_page_seconds = process, port, seconds

    def family(self) -> list[int]:
        parents, found = _parents(), [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def cpu_seconds(self) -> float:
        total = 0
        for pid in self.family():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory_mib(self) -> float:
        """The proportional set size of all processes: shared pages count once."""
        total = 0
        for pid in self.family():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024


@contextmanager
def watching(server: Server) -> Iterator[list[float]]:
    """The memory of all processes, looked at again and again within; the last number is the largest."""
    found, over = [server.memory_mib()], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            with suppress(FileNotFoundError, ProcessLookupError):  # one ended while it was read
                found.append(max(found[-1], server.memory_mib()))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


@contextmanager
def running(command: list[str], *, port: int, environment: dict[str, str], folder: Path) -> Iterator[Server]:
    """The server once it answers its first page; ended, with its children, at the end."""
    began = time.monotonic()
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    server = None
    try:
        while True:
            if process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise SystemExit(f"{command[0]} did not answer:\n" + (folder / f"{port}.log").read_text())
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        server = Server(process, port, time.monotonic() - began)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
