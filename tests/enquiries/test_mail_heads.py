"""Heads that say no charset hold letters all the same: programs write UTF-8 or cp1252 straight into them."""

import pytest

from wegweiser.enquiries import mail_reading
from wegweiser.enquiries.forwarded import Address

HEAD = (
    "From: Jörg Müller <joerg@mueller.example>\nTo: Bürgerbüro <antwort@centre.example>\n"
    "Subject: Frage zur Fräse für Nähmaschinen – 5 €\nMessage-ID: <1@mueller.example>\n"
)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_letters_in_a_head_are_read(charset):
    reading = mail_reading.read(HEAD.encode(charset) + b"\nHallo")
    assert reading.subject == "Frage zur Fräse für Nähmaschinen – 5 €"
    assert reading.sender == Address("Jörg Müller", "joerg@mueller.example")
    assert reading.recipients == [Address("Bürgerbüro", "antwort@centre.example")]


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_letters_in_the_head_of_what_cannot_be_read_are_read(charset):
    assert mail_reading.glimpse(HEAD.encode(charset))["subject"] == "Frage zur Fräse für Nähmaschinen – 5 €"
    assert mail_reading.glimpse(HEAD.encode(charset))["sender_name"] == "Jörg Müller"


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("=?utf-8?q?Fr=C3=A4se?= für 5 €", "Fräse für 5 €"),
        ("für =?iso-8859-1?q?Fr=E4se?=", "für Fräse"),
        ("=?utf-8?q?Fr=C3=A4se?= in C:\\user", "Fräse in C:\\user"),
        ("=?utf-8?q?Fr=C3=A4?= =?utf-8?q?se?=", "Fräse"),
    ],
)
def test_encoded_words_beside_letters_are_read(subject, read):
    raw = f"From: a@b.example\nSubject: {subject}\n\nHallo".encode()
    assert mail_reading.read(raw).subject == read


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "head",
    [
        'Content-Disposition: attachment; filename="Fräse für Köthen.pdf"',
        'Content-Type: application/pdf; name="Fräse für Köthen.pdf"',
        "Content-Disposition: attachment; filename*=utf-8''Fr%C3%A4se%20f%C3%BCr%20K%C3%B6then.pdf",
        'Content-Disposition: attachment; filename="=?utf-8?q?Fr=C3=A4se_f=C3=BCr_K=C3=B6then.pdf?="',
    ],
)
def test_letters_in_the_name_of_a_file_are_read(head, charset):
    kind = "" if head.startswith("Content-Type") else "Content-Type: application/pdf\n"
    raw = f"From: a@b.example\nMIME-Version: 1.0\n{kind}{head}\n\nx".encode(charset)
    assert [file.name for file in mail_reading.read(raw).files] == ["Fräse für Köthen.pdf"]
