"""What is misconfigured about mails: the mailbox, the address for answers, the virus scanner, sending with a token.

All are tried out, since a login that is refused shows nowhere else before the first answer is missing.
"""

import smtplib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wegweiser.config import demo
from wegweiser.config.findings import Finding, error, warning
from wegweiser.enquiries import mailbox, references, reply_addresses
from wegweiser.files import scanning
from wegweiser.outbox import delivery, tokens

SIGNED = 2 + references.LENGTH + reply_addresses.SIGNATURE  # characters that an address of a case adds: +7f3k9-…


def findings() -> list[Finding]:
    """Everything that is wrong with the way in; a mailbox and a scanner that are set up have to answer."""
    found = [*_reply_address(), *_mailbox(), *_scanner(), *_token()]
    if not any(row.level == "error" for row in found):
        found += [*_login(), *_scan(), *_sending()]
    return found


def _reply_address() -> list[Finding]:
    address = settings.MAIL_REPLY
    if not address:
        if not mailbox.is_configured():
            return []
        text = "MAIL_REPLY is not set: answers to our mails go to the advisers' own mailboxes, not to the thread."
        return [warning("no_reply_address", text)]
    try:
        validate_email(address)
    except ValidationError:
        return [error("reply_address_invalid", f"MAIL_REPLY is {address!r}, which is no mail address.")]
    local = address.partition("@")[0]
    if "+" in local:
        return [error("reply_address_invalid", "MAIL_REPLY has a + already; name the plain address of the mailbox.")]
    if len(local) + SIGNED > reply_addresses.LONGEST_LOCAL:
        return [error("reply_address_invalid", f"MAIL_REPLY is too long before the @ by {len(local) + SIGNED - 64}.")]
    return []


def _mailbox() -> list[Finding]:
    given = mailbox.named()
    if not given["host"]:
        kept = () if settings.EMAIL_TOKEN else ("token_file", "token_url")  # these may be for sending alone
        named = [f"IMAP_{key.upper()}" for key in ("user", "password", *kept) if given[key]]
        return [error("no_mailbox", f"{', '.join(named)} is set, IMAP_HOST is not.")] if named else []
    found = []
    if given["port"] and not given["port"].isdigit():
        found.append(error("mailbox_port", f"IMAP_PORT is {given['port']!r}, which is no number."))
    if not given["user"]:
        found.append(error("mailbox_user", "IMAP_USER is not set."))
    if not (given["password"] or given["token_file"] or given["token_url"]):
        text = "Set IMAP_PASSWORD, or IMAP_TOKEN_FILE or IMAP_TOKEN_URL where passwords are refused."
        found.append(error("mailbox_secret", text))
    if given["token_url"] and not (given["client_id"] and given["client_secret"]):
        found.append(error("mailbox_secret", "IMAP_TOKEN_URL needs IMAP_CLIENT_ID and IMAP_CLIENT_SECRET."))
    if given["token_file"] and not Path(given["token_file"]).is_file():
        found.append(error("mailbox_secret", f"IMAP_TOKEN_FILE {given['token_file']} is not there."))
    if not given["tls"] and given["host"] not in tokens.LOCAL:
        found.append(error("mailbox_not_encrypted", f"IMAP_TLS is off, but {given['host']} is another machine."))
    return found


def _login() -> list[Finding]:
    if not mailbox.is_configured():
        return []
    try:
        with mailbox.opened():
            return []
    except mailbox.MailboxError as refused:
        return [error("mailbox_unreachable", f"The mailbox for answers cannot be read: {refused}")]


def _token() -> list[Finding]:
    if not (settings.EMAIL_TOKEN and settings.EMAIL_HOST):
        return []
    found = []
    if not settings.EMAIL_HOST_USER:
        found.append(error("mail_token", "EMAIL_TOKEN needs EMAIL_USER, the address that is sent from."))
    if not (settings.IMAP["token_file"] or settings.IMAP["token_url"]):
        found.append(error("mail_token", "EMAIL_TOKEN needs IMAP_TOKEN_FILE or IMAP_TOKEN_URL."))
    if not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in tokens.LOCAL:
        text = f"EMAIL_TLS is off, but {settings.EMAIL_HOST} is another machine: the token would be read by others."
        found.append(error("mail_token", text))
    return found


def _sending() -> list[Finding]:
    """A server that is not there, or a login that is refused, expired or may not send: every mail would wait."""
    if not settings.EMAIL_HOST:
        return []
    try:
        delivery.knock()
    except smtplib.SMTPException as refused:
        return [error("mail_login", f"The mail server does not let us in: {refused}")]
    except OSError as refused:
        return [error("mail_server_unreachable", f"The mail server {settings.EMAIL_HOST} does not answer: {refused}")]
    return []


def _scanner() -> list[Finding]:
    if not settings.CLAMD:
        text = "CLAMD is not set: nothing that is sent to us is checked for viruses."
        return [warning("no_scanner", text)] if demo.is_public(settings.BASE_URL) else []
    if not settings.CLAMD.startswith(("tcp://", "unix:/")):
        text = f"CLAMD is {settings.CLAMD!r}; it must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl."
        return [error("scanner_address", text)]
    return []


def _scan() -> list[Finding]:
    if not settings.CLAMD:
        return []
    try:
        scanning.ping()
    except scanning.ScannerUnreachableError as unreachable:
        return [warning("scanner_unreachable", f"The virus scanner does not answer: {unreachable}.")]
    return []
