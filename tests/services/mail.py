"""A real SMTP server on loopback, and the ways in which real ones fail."""

import asyncio
import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps what it accepted in `messages` (oldest first) and the SMTP recipients in `recipients`.

    `refuse` is the answer to every message ("550 Unknown user"), `delay` the seconds before any answer, `drop` hangs
    up: "before" the message is kept, or "after", so that the sender cannot know that it arrived.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = ""
        self.delay = 0.0
        self.drop = ""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self.socket.getsockname()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        if self.refuse:
            return self.refuse
        if self.drop != "before":
            self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
        if self.drop:
            server.transport.abort()
        return "250 OK"


class _Controller(Controller):
    """Serves the socket that is already bound, so that nobody else can take the port in between."""

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.handler.socket)


@contextmanager
def running() -> Iterator[MailServer]:
    """A mail server that takes mails until the end."""
    server = MailServer()
    controller = _Controller(server, hostname=server.host, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def smtp(settings) -> Iterator[MailServer]:
    """A mail server that Django's SMTP backend is pointed at during the test."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_TIMEOUT = 5
        yield server
