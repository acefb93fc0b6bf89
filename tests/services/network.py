"""Sockets that reach this machine and no other."""

import ipaddress
import socket

import pytest


class NetworkClosedError(AssertionError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def close(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections, datagrams and name look-ups to anything but loopback and Unix sockets raise NetworkClosedError."""

    def refuse(host: object) -> None:
        raise NetworkClosedError(
            f"Tests reach no other machine, but this one asked for {host!r}: use a twin or loopback."
        )

    def guarded(method):
        def connect(self: socket.socket, *arguments: object):
            address = arguments[-1]
            if self.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
                refuse(address[0])
            return method(self, *arguments)

        return connect

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def getaddrinfo(host, *arguments: object, **options: object):
        if not is_local(host):
            refuse(host)
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
