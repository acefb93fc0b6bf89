"""Tokens by which mail providers let one in where they refuse passwords (XOAUTH2), for reading and for sending.

From a file that another program keeps fresh, or by client credentials from the provider.
"""

import datetime as dt
import json
import urllib.parse
import urllib.request
from pathlib import Path

from django.conf import settings

from wegweiser.kernel import clock

TIMEOUT = 30.0  # seconds
RENEWED_BEFORE = dt.timedelta(minutes=1)  # its end, so that it does not end on the way
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


_kept: dict[str, tuple[str, dt.datetime]] = {}  # by what was asked: a token, and until when it is good


class TokenError(Exception):
    """There is no token; `str()` says why, without a secret."""


def access_token() -> str:
    """The token that the settings name (`IMAP_TOKEN_…`), empty where they name none. Raises TokenError."""
    given = settings.IMAP
    if given["token_file"]:
        try:
            return Path(given["token_file"]).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise TokenError(f"IMAP_TOKEN_FILE cannot be read: {error.strerror}.") from error
    return _kept_or_fresh() if given["token_url"] else ""


def forget() -> None:
    """A token was refused: the next one is asked for anew."""
    _kept.clear()


def said(user: str, token: str) -> str:
    """What one says to be let in: the same for IMAP and SMTP."""
    return f"user={user}\1auth=Bearer {token}\1\1"


def _kept_or_fresh() -> str:
    """A provider may refuse who asks for each connection, so a token is kept as long as the provider says."""
    given = settings.IMAP
    asked = "\n".join(given[name] for name in ("token_url", "client_id", "client_secret", "scope"))
    token, ends = _kept.get(asked, ("", clock.now()))
    if clock.now() < ends:
        return token
    token, lasts = _fresh()
    forget()
    if lasts > RENEWED_BEFORE:
        _kept[asked] = (token, clock.now() + lasts - RENEWED_BEFORE)
    return token


def _fresh() -> tuple[str, dt.timedelta]:
    """A token and how long it lasts (0: not said), by client credentials (RFC 6749, 4.4 and 5.1).

    Only over https, unless the provider is this machine.
    """
    given = settings.IMAP
    parts = urllib.parse.urlsplit(given["token_url"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise TokenError("IMAP_TOKEN_URL needs https://.")
    asked = {
        "grant_type": "client_credentials",
        "client_id": given["client_id"],
        "client_secret": given["client_secret"],
        **({"scope": given["scope"]} if given["scope"] else {}),
    }
    request = urllib.request.Request(given["token_url"], urllib.parse.urlencode(asked).encode())  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            told = json.loads(answer.read(100_000))
            return str(told["access_token"]), dt.timedelta(seconds=float(told.get("expires_in") or 0))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise TokenError(f"IMAP_TOKEN_URL gave no token: {type(error).__name__}.") from error
