"""The files in a `winmail.dat`, in which Outlook hides them (TNEF, specification MS-OXTNEF). Pure; reads nothing else.

Nothing in it is compressed, so what comes out is never larger than what came in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

NAME, KINDS = "winmail.dat", frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
UNKNOWN, LONGEST = "application/octet-stream", 300
SIGNATURE = 0x223E9F78
NUMBER = 4  # bytes
MOST_ATTRIBUTES, MOST_FILES, MOST_PROPERTIES = 2_000, 100, 500
ATTACHMENT_LEVEL = 2
BEGIN, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
CODEPAGE = 0x00069007
LONG_NAME, MIME_TYPE, CONTENT = 0x3707, 0x370E, 0x3701
FIXED = {0x01: 0, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
OBJECT, TEXT, WIDE_TEXT, BYTES = 0x0D, 0x1E, 0x1F, 0x102
VARIABLE = frozenset({OBJECT, TEXT, WIDE_TEXT, BYTES})
SEVERAL = 0x1000
NAMED = 0x8000


class NotReadableError(Exception):
    """It is no such file, or a broken one."""


@dataclass(frozen=True)
class File:
    name: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class Unpacked:
    """The files, and whether they are all that was in it."""

    files: list[File] = field(default_factory=list)
    is_whole: bool = True


@dataclass
class _Found:
    """A file as far as it is read; an object is something else, such as a mail in the mail."""

    name: str = ""
    kind: str = ""
    data: bytes = b""
    is_object: bool = False


class _Bytes:
    """What is left to read. Asking for more than there is raises NotReadableError."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = memoryview(data), 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def take(self, count: int) -> bytes:
        if count < 0 or self._at + count > len(self._data):
            raise NotReadableError("It ends too early.")
        self._at += count
        return bytes(self._data[self._at - count : self._at])

    def number(self, size: int = NUMBER) -> int:
        return int.from_bytes(self.take(size), "little")

    def padded(self, count: int) -> bytes:
        """A value whose length is made up to a multiple of four."""
        value = self.take(count)
        self.take(min(-count % 4, len(self._data) - self._at))
        return value


def opened(name: str, kind: str, data: bytes) -> Unpacked:
    """What is in a file of a mail; of one that holds no others nothing, and that is not all of it."""
    if kind not in KINDS and name.lower() != NAME:
        return Unpacked(is_whole=False)
    try:
        found = unpack(data)
    except NotReadableError:
        return Unpacked(is_whole=False)
    return found if found.files else Unpacked(is_whole=False)


def unpack(data: bytes) -> Unpacked:
    """What can be read of it, up to where it is broken.

    Raises NotReadableError where it does not even begin like one.
    """
    rest = _Bytes(data)
    if rest.number() != SIGNATURE:
        raise NotReadableError("It does not begin like one.")
    found: list[_Found] = []
    try:
        is_whole = _read(rest, found)
    except NotReadableError:
        is_whole = False
    return Unpacked(
        [File(one.name[:LONGEST] or "datei", one.kind or UNKNOWN, one.data) for one in found if one.data],
        is_whole=is_whole and not any(one.is_object for one in found),
    )


def _read(rest: _Bytes, found: list[_Found]) -> bool:
    """Fills `found`; whether every check sum was right."""
    codepage, is_right = "cp1252", True
    for level, identity, value, is_sound in _attributes(rest):
        is_right = is_right and is_sound
        if identity == CODEPAGE and len(value) >= NUMBER:
            codepage = f"cp{int.from_bytes(value[:NUMBER], 'little')}"
        elif level != ATTACHMENT_LEVEL:
            continue
        elif identity == BEGIN:
            if len(found) == MOST_FILES:
                return False
            found.append(_Found())
        elif not found:
            continue
        elif identity == TITLE:
            found[-1].name = found[-1].name or _text(value, codepage)
        elif identity == DATA and not found[-1].is_object:
            found[-1].data = value
        elif identity == PROPERTIES:
            _describe(found[-1], value, codepage)
    return is_right


def _attributes(rest: _Bytes) -> Iterator[tuple[int, int, bytes, bool]]:
    """Each as (level, id, value, whether its check sum is right)."""
    rest.take(2)
    for _ in range(MOST_ATTRIBUTES):
        if not rest:
            return
        level, identity = rest.number(1), rest.number()
        value = rest.take(rest.number())
        yield level, identity, value, sum(value) & 0xFFFF == rest.number(2)
    raise NotReadableError("It has too many parts.")


def _describe(file: _Found, data: bytes, codepage: str) -> None:
    """The long name, type and content, where the properties hold them."""
    for identity, kind, value in _properties(data):
        if identity == LONG_NAME and value:
            file.name = _text(value, "utf-16-le" if kind == WIDE_TEXT else codepage)
        elif identity == MIME_TYPE and value:
            file.kind = _text(value, "utf-16-le" if kind == WIDE_TEXT else codepage)[:100]
        elif identity == CONTENT and kind == BYTES and not file.data:
            file.data = value
        elif identity == CONTENT and kind == OBJECT:
            file.data, file.is_object = b"", True


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each as (id, type, value); of several values the first."""
    rest = _Bytes(data)
    count = rest.number()
    if count > MOST_PROPERTIES:
        raise NotReadableError("It has too many properties.")
    for _ in range(count):
        kind, identity = rest.number(2), rest.number(2)
        if identity >= NAMED:
            rest.take(16)
            if rest.number() == 0:
                rest.take(4)
            else:
                rest.padded(rest.number())
        plain = kind & ~SEVERAL
        values = rest.number() if kind & SEVERAL or plain in VARIABLE else 1
        if values > MOST_PROPERTIES or (plain not in VARIABLE and plain not in FIXED):
            raise NotReadableError("A property is of no known type.")
        read = [rest.padded(rest.number()) if plain in VARIABLE else rest.take(FIXED[plain]) for _ in range(values)]
        yield identity, plain, read[0] if read else b""


def _text(value: bytes, encoding: str) -> str:
    try:
        text = value.decode(encoding, errors="replace")
    except LookupError:
        text = value.decode("cp1252", errors="replace")
    return text.partition("\0")[0].strip()
