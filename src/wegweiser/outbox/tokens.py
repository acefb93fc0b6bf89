"""Tokens by which mail providers let one in where they refuse passwords (XOAUTH2), for reading and for sending.

From a file that another program keeps fresh, or by client credentials from the provider.
"""

import json
import urllib.parse
import urllib.request
from pathlib import Path

from django.conf import settings

TIMEOUT = 30.0  # seconds
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


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
    return _fresh() if given["token_url"] else ""


def said(user: str, token: str) -> str:
    """What one says to be let in: the same for IMAP and SMTP."""
    return f"user={user}\1auth=Bearer {token}\1\1"


def _fresh() -> str:
    """By client credentials (RFC 6749, 4.4). Only over https, unless the provider is this machine."""
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
            return str(json.loads(answer.read(100_000))["access_token"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TokenError(f"IMAP_TOKEN_URL gave no token: {type(error).__name__}.") from error
