"""The mailbox that answers come to, read by IMAP. What was taken is marked only when its transaction is through.

With `IMAP_ARCHIVE` everything in the folder is taken and moved there; without it what is unread is taken and marked as
read, so nobody else should open the mailbox then. Where a password is refused, XOAUTH2 with a token (`outbox.tokens`).
"""

import base64
import contextlib
import hashlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from wegweiser.outbox import tokens

TIMEOUT = 30.0  # seconds
BATCH = 100  # fresh mails of one run
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxError(Exception):
    """The mailbox cannot be reached or says no; `str()` says what, without a secret."""


def named() -> dict[str, Any]:
    """What the settings say of the mailbox."""
    found: dict[str, Any] = settings.IMAP
    return found


def is_configured() -> bool:
    return bool(named()["host"])


def port() -> int:
    return int(named()["port"] or (993 if named()["tls"] else 143))


class RefusedError(MailboxError):
    """The mailbox answers, and says no to one command: others may still do."""


class Mailbox:
    """One connection. `waiting` gives the numbers of what is to be taken, oldest first; `take` reads one of them.

    A number is that of one mail as long as `place` is the same: a hash of where it lies.
    """

    def __init__(self, line: imaplib.IMAP4) -> None:
        self._line = line
        _answer, told = line.capability()  # many servers say only after the login what they can do
        able = b" ".join(part or b"" for part in told).upper().split()
        _answer, valid = line.response("UIDVALIDITY")
        where = [named()["host"], named()["user"], named()["folder"], (valid[-1] or b"").decode("ascii", "replace")]
        self.place = hashlib.sha256("\n".join(where).encode()).hexdigest()
        self._can_move, self._can_remove_one = b"MOVE" in able, b"UIDPLUS" in able

    def waiting(self) -> list[str]:
        """What somebody marked as deleted is none of it."""
        wanted = () if named()["archive"] else ("UNSEEN",)
        found = self._ask("SEARCH", *wanted, "UNDELETED")
        return [number.decode() for number in (found[0] or b"").split()]

    def size(self, number: str) -> int:
        """In bytes, before anything of it is read."""
        told = _SIZE.search(b" ".join(_flat(self._ask("FETCH", number, "(RFC822.SIZE)"))))
        return int(told[1]) if told else 0

    def take(self, number: str, *, most: int = 0) -> bytes | None:
        """The mail as it came, or its first `most` bytes; None when somebody else took it meanwhile. Marks nothing."""
        part = f"BODY.PEEK[]<0.{most}>" if most else "BODY.PEEK[]"
        for row in self._ask("FETCH", number, f"({part})"):
            if isinstance(row, tuple) and len(row) == 2:
                return bytes(row[1])
        return None

    def mark_taken(self, number: str) -> None:
        """Called once the mail is safe; doing so twice changes nothing.

        A plain EXPUNGE would also remove what others marked as deleted. Where no single mail can be removed (RFC 4315),
        ours stays marked until somebody clears the folder.
        """
        self._ask("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
        if archive := named()["archive"]:
            folder = _quoted(archive)
            if self._can_move:
                self._ask("MOVE", number, folder)
            else:
                self._ask("COPY", number, folder)
                self._ask("STORE", number, "+FLAGS.SILENT", r"(\Deleted)")
                if self._can_remove_one:
                    self._ask("EXPUNGE", number)

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        try:
            answer, found = self._line.uid(command, *arguments)
        except (imaplib.IMAP4.abort, OSError) as error:
            raise MailboxError(_told(error)) from error
        except imaplib.IMAP4.error as error:
            raise RefusedError(_told(error)) from error
        if answer != "OK":
            raise RefusedError(f"{command}: {answer}")
        return list(found)


@contextlib.contextmanager
def opened() -> Iterator[Mailbox]:
    """The mailbox that the settings name, logged in, its folder open. Raises MailboxError."""
    line = _connect()
    try:
        _log_in(line)
        _open_folder(line)
        yield Mailbox(line)
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            line.logout()


def _connect() -> imaplib.IMAP4:
    host = named()["host"]
    try:
        if named()["tls"]:
            return imaplib.IMAP4_SSL(host, port(), ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
        return imaplib.IMAP4(host, port(), timeout=TIMEOUT)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(_told(error)) from error


def _log_in(line: imaplib.IMAP4) -> None:
    user = named()["user"]
    try:
        if token := access_token():
            if not named()["tls"] and named()["host"] not in tokens.LOCAL:
                raise MailboxError("IMAP_TLS is off: the token is not told to another machine in clear.")
            answers = iter([tokens.said(user, token).encode()])
            line.authenticate("XOAUTH2", lambda challenge: next(answers, b""))
        else:
            line.login(user, named()["password"])
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailboxError(_told(error)) from error
    except imaplib.IMAP4.error as error:
        tokens.forget()
        raise MailboxError(f"The login of {user or 'nobody'} was refused.") from error


def _open_folder(line: imaplib.IMAP4) -> None:
    try:
        if archive := named()["archive"]:
            line.create(_quoted(archive))  # says NO where it is there
        answer, _found = line.select(_quoted(named()["folder"]))
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(_told(error)) from error
    if answer != "OK":
        raise MailboxError(f"There is no folder {named()['folder']}.")


def access_token() -> str:
    """The token for XOAUTH2, empty where a password is used. Raises MailboxError."""
    try:
        return tokens.access_token()
    except tokens.TokenError as error:
        raise MailboxError(str(error)) from error


def _quoted(folder: str) -> str:
    """The name of a folder as IMAP wants it: modified UTF-7 for what is not ASCII."""
    return '"' + _utf7(folder).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(text: str) -> str:
    """RFC 3501, 5.1.3.

    >>> _utf7("Entwürfe & mehr")
    'Entw&APw-rfe &- mehr'
    """
    pieces = re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", text)
    return "".join(piece.replace("&", "&-") if piece.isascii() else _shifted(piece) for piece in pieces)


def _shifted(piece: str) -> str:
    return "&" + base64.b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _flat(rows: list[Any]) -> Iterator[bytes]:
    for row in rows:
        yield from (row if isinstance(row, tuple) else [row or b""])


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
