"""A virus scanner on loopback that speaks clamd's INSTREAM: it finds the test virus that all scanners agree on."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

# Put together here, so that no scanner takes this file for a virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Scan(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._line()
        self.server.asked += 1
        if self.server.hangs:
            self.rfile.read()  # until who asked has had enough
        elif command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            data = b""
            while length := struct.unpack("!I", self.rfile.read(4))[0]:
                data += self.rfile.read(length)
                if self.server.most and len(data) > self.server.most:  # as clamd does: said, and hung up
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0" if self.server.says_why else b"")
                    return
            if self.server.stumbles:
                self.wfile.write(b"stream: Can't allocate memory ERROR\0")
                return
            self.server.scanned.append(data)
            self.wfile.write(b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0")

    def _line(self) -> bytes:
        read = b""
        while not read.endswith(b"\0"):
            read += self.rfile.read(1)
        return read.rstrip(b"\0")


class Scanner(socketserver.ThreadingTCPServer):
    """`scanned` is what it was given, oldest first; above `most` bytes it takes nothing, and may say so.

    While it `stumbles` it judges nothing; while it `hangs` it takes everything and says nothing. `asked` is how often
    somebody called.
    """

    daemon_threads = True
    stumbles = hangs = False
    asked = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Scan)
        self.scanned: list[bytes] = []
        self.most, self.says_why = 0, True


class UnixScanner(Scanner):
    address_family = socket.AF_UNIX

    def __init__(self, path: str) -> None:
        socketserver.BaseServer.__init__(self, path, _Scan)
        self.socket = socket.socket(self.address_family, socket.SOCK_STREAM)
        self.socket.bind(path)
        self.socket.listen()
        self.scanned, self.most, self.says_why = [], 0, True


@pytest.fixture
def clamd(settings) -> Iterator[Scanner]:
    """A scanner that the settings name during the test."""
    server = Scanner()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
