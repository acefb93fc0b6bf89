"""Between whom a mail went that somebody forwards, by the copied heads in its text. A forwarded mail may hold more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wegweiser.outbox.rendering import one_line

READ = 20_000  # characters of a text that are searched for heads
MOST = 20  # heads of one mail, and addresses of one head
LINES = 12  # that a copied head has at most
_MARKED = re.compile(r"^\s*(wg|fw|fwd|weitergeleitet)\s*:", re.IGNORECASE)
_SENDER = re.compile(r"^[>\s*]*(?:von|from)\s*\*?:\*?\s*(.{3,300})$", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^[>\s*]*(?:an|to|cc|kopie)\s*\*?:\*?\s*(.{1,2000})$", re.IGNORECASE)
_NAMED = re.compile(r"^[>\s*]*[\w-]{2,20}\s?\*?:")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,190}\.[a-z]{2,24}", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Somebody in the head of a mail; a copied head often says only the name."""

    name: str
    mail: str


@dataclass(frozen=True)
class Forwarded:
    """Who wrote what is forwarded, and to whom."""

    sender: Address
    recipients: Sequence[Address] = ()


def is_marked(subject: str) -> bool:
    """Whether `subject` says that the mail is forwarded."""
    return bool(_MARKED.match(subject))


def heads_in(text: str) -> list[Forwarded]:
    """The copied heads in `text`, the newest mail first; a line that only begins like one needs an address."""
    lines = text[:READ].split("\n")
    found = []
    for number, line in enumerate(lines):
        said = _SENDER.match(line)
        sender = next(_addresses(said[1]), None) if said else None
        if sender is None:
            continue
        recipients = _recipients(lines[number + 1 : number + LINES])
        if sender.mail or recipients:
            found.append(Forwarded(sender, recipients))
    return found[:MOST]


def _recipients(lines: Sequence[str]) -> list[Address]:
    """Those of the head that goes on in `lines`, until an empty line ends it; a long line of them may be wrapped."""
    found: list[str] = []
    inside = False
    for line in lines:
        if not line.strip(" >"):
            break
        if said := _RECIPIENTS.match(line):
            found.append(said[1])
        elif inside and not _NAMED.match(line):
            found[-1] += f" {line.strip(' >')}"
        inside = bool(said) or (inside and not _NAMED.match(line))
    return [one for value in found for one in _addresses(value)][:MOST]


def _addresses(said: str) -> Iterator[Address]:
    """Whom a line of a head names: with their addresses, or by name alone where it shows none."""
    said = said.replace("[mailto:", "<").replace("]", ">")
    matches = list(_ADDRESS.finditer(said))[:MOST]
    end = 0
    for match in matches:
        before = re.split(r"[<(]", said[end : match.start()])[0]
        name = one_line(before.strip(" \"'*;,>)\t"), length=160)
        yield Address("" if "@" in name else name, match[0])
        end = match.end()
    if not matches:
        for name in said.split(";")[:MOST]:
            if name.strip(" \"'*<>"):
                yield Address(one_line(name.strip(" \"'*<>"), length=160), "")
