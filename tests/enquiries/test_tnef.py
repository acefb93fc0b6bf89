"""Files that Outlook hides in a winmail.dat, built here by the specification, whole, broken and hostile."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mailing import written
from wegweiser.enquiries import mail_reading, tnef

HEAD = struct.pack("<IH", tnef.SIGNATURE, 1)
CONTENT = "Maschine;Stunden\nFräse;12\n".encode()


def attribute(level, identity, value, check=None):
    found = sum(value) & 0xFFFF if check is None else check
    return struct.pack("<BII", level, identity, len(value)) + value + struct.pack("<H", found)


def variable(kind, identity, value, named=b""):
    return (
        struct.pack("<HH", kind, identity) + named + struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    )


def properties(*rows):
    return struct.pack("<I", len(rows)) + b"".join(rows)


def long_name(text):
    return variable(tnef.WIDE_TEXT, tnef.LONG_NAME, f"{text}\0".encode("utf-16-le"))


def a_file(title=b"LISTE~1.CSV\0", data=CONTENT, *rows):
    parts = [attribute(2, tnef.BEGIN, bytes(14))]
    parts += [attribute(2, tnef.TITLE, title)] if title else []
    parts += [attribute(2, tnef.DATA, data)] if data is not None else []
    parts += [attribute(2, tnef.PROPERTIES, properties(*rows))] if rows else []
    return b"".join(parts)


def unpacked(*parts):
    found = tnef.unpack(HEAD + b"".join(parts))
    return [(one.name, one.data) for one in found.files], found.is_whole


def test_files_come_out_with_their_long_names_and_in_their_order():
    message = attribute(1, 0x00069003, properties(struct.pack("<HHI", 3, 0x0E08, 7)))
    second = a_file(b"plan.pdf\0", b"%PDF-1.7", struct.pack("<HHI", 3, 0x0E21, 1))
    files = [("Liste für Köthen.csv", CONTENT), ("plan.pdf", b"%PDF-1.7")]
    assert unpacked(message, a_file(b"LISTE~1.CSV\0", CONTENT, long_name("Liste für Köthen.csv")), second) == (
        files,
        True,
    )


def test_a_short_name_is_read_in_the_codepage_that_is_said():
    codepage = attribute(1, tnef.CODEPAGE, struct.pack("<II", 850, 0))
    assert unpacked(codepage, a_file("Köthen.csv\0".encode("cp850"))) == ([("Köthen.csv", CONTENT)], True)
    unknown = attribute(1, tnef.CODEPAGE, struct.pack("<II", 99_999, 0))
    assert unpacked(unknown, a_file("Köthen.csv\0".encode("cp1252")))[0] == [("Köthen.csv", CONTENT)]


def test_named_properties_and_several_values_are_stepped_over():
    by_number = bytes(16) + struct.pack("<II", 0, 7)
    word = "Wort\0".encode("utf-16-le")
    by_name = bytes(16) + struct.pack("<II", 1, len(word)) + word + bytes(-len(word) % 4)
    rows = [
        variable(tnef.TEXT, 0x8001, b"eins\0", named=by_number),
        variable(tnef.TEXT, 0x8002, b"zwei\0", named=by_name),
        struct.pack("<HHI", 0x1003, 0x6801, 3) + struct.pack("<III", 1, 2, 3),
        struct.pack("<HH", 0x40, 0x3007) + bytes(8),
        long_name("ganz.csv"),
    ]
    assert unpacked(a_file(b"", CONTENT, *rows)) == ([("ganz.csv", CONTENT)], True)


def test_the_content_may_stand_among_the_properties():
    inside = variable(tnef.BYTES, tnef.CONTENT, CONTENT)
    assert unpacked(a_file(b"liste.csv\0", None, inside)) == ([("liste.csv", CONTENT)], True)


def test_a_mail_in_the_mail_is_no_file_and_is_missed():
    inside = variable(tnef.OBJECT, tnef.CONTENT, bytes(40))
    assert unpacked(a_file(b"Mail\0", b"bild", inside), a_file()) == ([("LISTE~1.CSV", CONTENT)], False)


@pytest.mark.parametrize(
    "broken",
    [
        attribute(1, 0x00069003, b"", check=7),
        attribute(2, tnef.PROPERTIES, struct.pack("<I", 2**31)),
        attribute(2, tnef.PROPERTIES, struct.pack("<IHH", 1, 0x77, 1)),
        struct.pack("<BII", 2, tnef.DATA, 2**32 - 1),
        b"rest",
    ],
)
def test_what_was_read_before_it_breaks_is_not_lost(broken):
    assert unpacked(a_file(), broken) == ([("LISTE~1.CSV", CONTENT)], False)


def test_of_too_many_the_first_come_out():
    files, is_whole = unpacked(*[a_file(b"x\0", b"x")] * (tnef.MOST_FILES + 1))
    assert (len(files), is_whole) == (tnef.MOST_FILES, False)


def test_endless_parts_end():
    assert unpacked(a_file(), *[attribute(1, 1, b"")] * tnef.MOST_ATTRIBUTES)[1] is False


@given(st.binary(max_size=300))
def test_nothing_that_somebody_sends_breaks_it(data):
    for head in (b"", HEAD, HEAD + a_file()):
        try:
            found = tnef.unpack(head + data)
        except tnef.NotReadableError:
            assert not head
        else:
            assert sum(len(one.data) for one in found.files) <= len(head + data)


def read(data, name="winmail.dat", kind="ms-tnef"):
    mail = written("Anbei.")
    mail.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return [file.name for file in mail_reading.read(mail.as_bytes()).files]


def test_of_a_mail_the_files_stand_instead_of_the_wrapping():
    assert read(HEAD + a_file()) == ["LISTE~1.CSV"]
    assert read(HEAD + a_file(), name="att0001.dat", kind="vnd.ms-tnef") == ["LISTE~1.CSV"]
    assert read(HEAD + a_file(), kind="octet-stream") == ["LISTE~1.CSV"]


def test_the_wrapping_stays_where_not_all_could_be_read_or_nothing_was_in_it():
    assert read(HEAD + a_file() + b"rest") == ["LISTE~1.CSV", "winmail.dat"]
    assert read(HEAD) == ["winmail.dat"]
    assert read(b"ganz etwas anderes") == ["winmail.dat"]
    assert read(HEAD + a_file(), name="anderes.dat", kind="octet-stream") == ["anderes.dat"]
