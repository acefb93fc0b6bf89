"""A real IMAP server on loopback (pymap, its mailbox in memory), with the ways in which providers let one in."""

import asyncio
import datetime as dt
import socket
import threading
from argparse import Namespace
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import Config, DictBackend
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import Flag
from pysasl import SASLAuth
from pysasl.creds.plain import PlainCredentials
from pysasl.hashing import Cleartext
from pysasl.mechanism import ServerChallenge
from pysasl.mechanism.login import LoginMechanism
from pysasl.mechanism.oauth import OAuth2Mechanism
from pysasl.mechanism.plain import PlainMechanism

USER, PASSWORD = "antwort@centre.example", "geheim-und-lang"


class _Tokens(OAuth2Mechanism):
    """XOAUTH2 whose token is the password of the account; a wrong one is told as providers tell it, then refused."""

    def server_attempt(self, responses):
        super().server_attempt(responses[:1])
        user, token = self._pattern.match(responses[0].response).groups()
        if token.decode() != PASSWORD and len(responses) == 1:
            raise ServerChallenge(b'{"status":"400","schemes":"Bearer"}')
        return PlainCredentials(user.decode(), token.decode()), None


class _Config(Config):
    """Passwords and tokens over a plain line, as on loopback."""

    @property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth([PlainMechanism(), LoginMechanism(), _Tokens()])

    @property
    def login_capability(self):
        left_out = {b"MOVE"} if self.args.without_move else set()
        left_out |= {b"UIDPLUS"} if self.args.without_uidplus else set()
        return [name for name in super().login_capability if name not in left_out]


class ImapServer:
    """One account. `deliver` puts a mail into a folder, `flags` and `mails` say what became of what lies there."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self.socket.getsockname()
        self.loop = asyncio.new_event_loop()
        self.arguments = Namespace(
            host=self.host,
            port=self.port,
            debug=False,
            cert=None,
            key=None,
            tls=False,
            passlib_cfg=None,
            proxy_protocol=None,
            inherited_sockets=None,
            demo_data=False,
            demo_user=USER,
            demo_password=PASSWORD,
            without_move=False,
            without_uidplus=False,
        )
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10), "The IMAP server did not start."

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._serve())
        self.loop.close()

    async def _serve(self) -> None:
        self.backend, self.config = await DictBackend.init(self.arguments, hash_context=Cleartext())
        self.config.__class__ = _Config
        self.config.apply_context()
        async with AsyncExitStack() as stack:
            await self.backend.start(stack)
            serve = ProxyProtocolReader(self.config.proxy_protocol).get_callback(
                IMAPServer(self.backend.login, self.config)
            )
            server = await asyncio.start_server(serve, sock=self.socket)
            self._ready.set()
            await self._stop.wait()
            server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    def deliver(self, raw: bytes, folder: str = "INBOX", flags: Iterable[bytes] = ()) -> None:
        async def append() -> None:
            box, marks = await self._box(folder), frozenset(map(Flag, flags))
            await box.append(AppendMessage(raw, dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), marks))

        self._do(append())

    def mails(self, folder: str = "INBOX") -> int:
        async def count() -> int:
            return len([row async for row in (await self._box(folder)).messages()])

        return self._do(count())

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """The flags of each mail in the folder, oldest first."""

        async def told() -> list[set[str]]:
            box = await self._box(folder)
            return [{bytes(flag).decode() for flag in row.permanent_flags} async for row in box.messages()]

        return self._do(told())

    async def _box(self, folder: str) -> Any:
        identity = self.backend.login.demo_user_identity
        async with identity.new_session() as session:
            return await session.mailbox_set.get_mailbox(folder)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)


@pytest.fixture
def imap(settings) -> Iterator[ImapServer]:
    """A mailbox that the settings name during the test, over a plain line with a password."""
    server = ImapServer()
    server.start()
    settings.IMAP = {
        **settings.IMAP,
        "host": server.host,
        "port": str(server.port),
        "tls": False,
        "user": USER,
        "password": PASSWORD,
    }
    yield server
    server.stop()
