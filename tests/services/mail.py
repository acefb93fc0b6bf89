"""A real SMTP server on loopback, and the ways in which real ones fail."""

import asyncio
import base64
import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER = "antwort@centre.example"


class MailServer:
    """Keeps what it accepted in `messages` (oldest first) and the SMTP recipients in `recipients`.

    `refuse` is the answer to every message ("550 Unknown user"), `refuse_us` to who it is from, `refuse_recipient` to
    whom it goes (of `refused_domains`, where these are named), `delay` the seconds before any answer, `drop` hangs up:
    "before" the message is kept, or "after", so that the sender cannot know that it arrived. With a `token` only those
    are let in who say it by XOAUTH2, and passwords are refused.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = ""
        self.refuse_us = ""
        self.refuse_recipient = ""
        self.refused_domains: set[str] = set()
        self.delay = 0.0
        self.drop = ""
        self.token = ""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self.socket.getsockname()

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """A wrong token is told as providers tell it, as a challenge, and refused after an empty answer."""
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\1auth=Bearer {self.token}\1\1":
            return AuthResult(success=True, auth_data=USER)
        answer = await server.challenge_auth(b'{"status":"401","schemes":"Bearer"}')
        assert answer == b"", "The client answers the error with an empty line."
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.token and not session.authenticated:
            return "530 5.7.57 Client not authenticated to send mail"
        if self.refuse_us:
            return self.refuse_us
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient and (not self.refused_domains or address.rpartition("@")[2] in self.refused_domains):
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

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
    controller = _Controller(
        server,
        hostname=server.host,
        port=server.port,
        auth_require_tls=False,
        authenticator=lambda *given: AuthResult(success=not server.token),
    )
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
