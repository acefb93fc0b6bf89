"""Between whom the mails went that stand in the text of another, by their copied heads and by who wrote what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from wegweiser.enquiries import mail_text
from wegweiser.kernel import mail_addresses
from wegweiser.outbox.rendering import one_line

READ = 20_000  # characters of a text that are searched for heads
MOST = 20  # heads of one mail, and addresses of one head
LINES = 12  # that a copied head has at most
MOST_LINES = 2_000  # of a text in which somebody's words are looked for
_QUOTED = re.compile(r"^\s*>\s?")
_SENDER = re.compile(r"^[>\s*]*(?:von|from)\s*\*?:\*?\s*(.{3,300})$", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^[>\s*]*(?:an|to|cc|kopie)\s*\*?:\*?\s*(.{1,2000})$", re.IGNORECASE)
_NAMED = re.compile(r"^[>\s*]*[\w-]{2,20}\s?\*?:")
_BESIDE = re.compile(  # what else a copied head says
    r"^[>\s*]*(?:an|to|b?cc|kopie|gesendet|sent|datum|date|betreff|subject|thema|antwort an|reply-to)"
    r"(?: \w{2,10})?\s*\*?:",
    re.IGNORECASE,
)
_WRAPPED = 60  # characters from which a program may have gone on with a line in the next one
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,190}\.[a-z]{2,24}", re.IGNORECASE)
_AFTER_ADDRESS = re.compile(r"@[\w.-]+\W*\s\w")  # words go on behind it
_BEFORE_NAME = re.compile(r"\bschrieb\b|\d{1,2}:\d\d(?::\d\d)?(?:\s*(?:uhr|am|pm))?\s*,?|\b\d{4}\s*,", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Somebody in the head of a mail; a copied head often says only the name."""

    name: str
    mail: str


@dataclass(frozen=True)
class Forwarded:
    """Who wrote a mail that stands in another, and to whom, where that is said."""

    sender: Address
    recipients: Sequence[Address] = ()


def heads_in(text: str) -> list[Forwarded]:
    """The copied heads in `text`, the newest mail first; a line that only begins like one needs an address.

    "Am … schrieb Jana <jana@firma.example>:" is one, too: who answers a mail and changes to whom it goes sends it on.
    """
    lines = text[:READ].split("\n")
    bare = [line.strip(" >*\t") for line in lines]
    found = []
    for number, line in enumerate(lines):
        said = _SENDER.match(line)
        sender = next(_addresses(said[1]), None) if said and _is_head(lines, number) else None
        if sender is None:
            if writer := _writer(bare, number):
                found.append(Forwarded(writer))
            continue
        recipients = _recipients(lines[number + 1 : number + LINES])
        if sender.mail or recipients:
            found.append(Forwarded(sender, recipients))
    return found[:MOST]


def words_of(text: str, sender: Address) -> str:
    """What `sender` wrote of all that stands in `text`: below their head, without what they quote in turn.

    Empty where no head names them.
    """
    lines = text.split("\n")
    bare = [line.strip(" >*\t") for line in lines]
    for number, line in enumerate(lines[:MOST_LINES]):
        said = _SENDER.match(line)
        named, end = next(_addresses(said[1]), None) if said and _is_head(lines, number) else None, number
        if named:
            end = _end_of_head(lines, bare, number)
        elif named := _writer(bare, number):
            end += mail_text.introduces(bare, number)
        if named and (mail_addresses.equal(named.mail, sender.mail) if named.mail else named.name == sender.name):
            below = "\n".join(_QUOTED.sub("", line) for line in lines[end:])
            return mail_text.new_words(mail_text.tidy(below))
    return ""


def _is_head(lines: Sequence[str], number: int) -> bool:
    """Whether the line that begins "Von:" is of a copied head: it ends with the address, or others stand beside it."""
    above, below = lines[max(0, number - 2) : number][::-1], lines[number + 1 : number + 3]
    beside = [line for around in (above, below) for line in takewhile(lambda one: one.strip(" >*\t"), around)]
    return any(_BESIDE.match(line) for line in beside) or not _AFTER_ADDRESS.search(lines[number])


def _end_of_head(lines: Sequence[str], bare: Sequence[str], number: int) -> int:
    """The line behind a copied head: mostly an empty one, else the first that is neither of it nor goes on with it."""
    block = next((at for at in range(number, min(number + LINES, len(lines))) if not bare[at]), None)
    reach = min(number + LINES, len(lines)) if block is None else block
    end = max(at for at in range(number, reach) if at == number or _BESIDE.match(lines[at])) + 1
    if block is not None and all(_NAMED.match(line) for line in lines[end:block]):
        return block  # what it says of weight or files is of the head, too
    while end < reach and (bare[end - 1].endswith((";", ",")) or len(bare[end - 1]) >= _WRAPPED):
        end += 1
    return end


def _writer(lines: Sequence[str], number: int) -> Address | None:
    """Who wrote what follows the line of that number, as programs say it above what is answered."""
    said = " ".join(lines[number : number + mail_text.introduces(lines, number)])
    found = _ADDRESS.search(said)
    if found is None:
        return None
    before = _BEFORE_NAME.split(said[: found.start()])[-1]
    name = one_line(before.split("<")[0].strip(" \"'(,;"), length=160)
    return Address("" if "@" in name else name, found[0])


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
