"""The heads of a mail, from its raw lines and bounded: the parser of the standard library may raise on a broken one."""

import email.header
import email.policy
import email.utils
import re
from email.message import EmailMessage, Message

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wegweiser.enquiries.forwarded import Address, Forwarded
from wegweiser.outbox.rendering import one_line

LONGEST_HEADER = 20_000  # characters of a head that are read
LONGEST_OF_PART = 2000  # characters of what describes a part
MOST_HEADERS = 2000
MOST_ADDRESSES = 100
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,248}>")


class _Bounded(email.policy.EmailPolicy):
    """The standard policy, but no head is longer than its parser can take in no time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: LONGEST_OF_PART if name.lower().startswith("content-") else LONGEST_HEADER]


POLICY = _Bounded()


class Heads:
    """The heads of a mail from its raw lines: decoded as far as that goes, never longer than they may be."""

    def __init__(self, message: EmailMessage) -> None:
        self._found: dict[str, list[str]] = {}
        for number, (name, value) in enumerate(message.raw_items()):
            if number >= MOST_HEADERS:
                break
            self._found.setdefault(name.lower(), []).append(letters(str(value)[:LONGEST_HEADER]))

    def raw(self, name: str) -> str:
        """The first of that name on one line."""
        value = next(iter(self._found.get(name.lower(), ())), "")
        return " ".join(value.replace("\0", "").split())

    def every(self, name: str) -> list[str]:
        """All of that name, each on one line, the topmost first."""
        return [" ".join(value.replace("\0", "").split()) for value in self._found.get(name.lower(), ())]

    def text(self, name: str) -> str:
        """With words in another charset decoded; what says a wrong charset shows replacement signs."""
        return decoded(self.raw(name))

    def addresses(self, name: str) -> list[Address]:
        """Those of all heads of that name; what is no address is left out."""
        lines = self._found.get(name.lower(), ())[:20]
        found = email.utils.getaddresses([" ".join(line.split()) for line in lines])[:MOST_ADDRESSES]
        return [
            Address(one_line(decoded(label), length=160), address)
            for label, mail in found
            if (address := address_of(mail))
        ]

    def between(self) -> Forwarded:
        """Who wrote it, and to whom."""
        sender = next(iter(self.addresses("from")), Address("", ""))
        return Forwarded(sender, [*self.addresses("to"), *self.addresses("cc")])


def letters(value: str) -> str:
    """A raw head as the parser gives it, with the bytes that it could not read as letters: UTF-8, else Windows."""
    try:
        return value if value.isascii() else characters(value.encode("ascii", "surrogateescape"), "utf-8")
    except UnicodeEncodeError:  # letters stand there already
        return value


def decoded(value: str) -> str:
    """With words in another charset as letters (RFC 2047)."""
    parts = []
    value = letters(value)
    try:
        found = email.header.decode_header(value)
    except Exception:  # a broken encoding: what stands there, as it stands there
        found = [(value, None)]
    for part, charset in found:
        if isinstance(part, str):
            parts.append(part)
        else:
            parts.append(characters(part, charset) if charset else _beside(part))
    return "".join(parts).encode("utf-8", "replace").decode("utf-8")


def _beside(part: bytes) -> str:
    """What stands between words of another charset, as `decode_header` gives it."""
    try:
        return part.decode("raw-unicode-escape")
    except ValueError:
        return part.decode("latin-1")


def file_name(part: Message) -> str:
    """As its heads say, in any of the ways in which programs write it there; empty where they do not."""
    try:
        name = part.get_filename() or ""
        if "\ufffd" in name:  # letters of another charset than UTF-8: once more, from the raw lines
            again = Message(policy=email.policy.compat32)
            for head, value in part.raw_items():
                if head.lower() in {"content-type", "content-disposition"}:
                    again[head] = letters(str(value))
            name = again.get_filename() or name
    except Exception:  # a broken head: it has no name then
        return ""
    return decoded(str(name))[:300]


def characters(data: bytes, charset: str) -> str:
    """By the charset that was said, else UTF-8, else what Windows would have written."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def address_of(text: str) -> str:
    """A mail address, or nothing where it is none."""
    text = "".join(text.split())
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def ids(value: str) -> list[str]:
    """The Message-IDs in it, with their brackets."""
    return [found for found in _MESSAGE_ID.findall(value) if len(found) <= 250]
