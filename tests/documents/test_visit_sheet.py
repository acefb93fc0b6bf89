"""The visit sheet on paper: what is there, nothing for what is missing, hostile words as words."""

import io

import pytest
from pypdf import PdfReader

from wegweiser.documents import pdf
from wegweiser.documents.pdf import Block


def sheet(**changes) -> PdfReader:
    given = {
        "title": "Fräserei Ölmann",
        "lead": "Montag, 10 Uhr",
        "blocks": [Block("Wer", ["Jana Ölmann"]), Block("Offen", []), Block("Bisher", ["Preis zu hoch"])],
        "log": "Danach",
        "lines": ["Minuten"],
    }
    return PdfReader(io.BytesIO(pdf.visit_sheet(**{**given, **changes})))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def test_a_heading_without_lines_is_left_out():
    text = text_of(sheet())
    assert all(words in text for words in ("Fräserei Ölmann", "Jana Ölmann", "Preis zu hoch", "Minuten"))
    assert "Offen" not in text


@pytest.mark.parametrize("hostile", ["#panic()", "*fett* _x_ $y$", "= Titel"])
def test_words_are_never_read_as_markup(hostile):
    assert "".join(hostile.split()) in "".join(text_of(sheet(title=hostile, blocks=[Block("Wer", [hostile])])).split())


def test_a_long_past_goes_on_the_next_page_and_the_lines_stay_together():
    reader = sheet(blocks=[Block("Bisher", [f"Tag {number}: viel gesagt" for number in range(120)])])
    assert len(reader.pages) > 1
    assert "Minuten" in reader.pages[-1].extract_text()


def test_with_a_way_there_a_code_stands_beside_the_title():
    reader = sheet(route="https://maps.example/?to=Halle", route_words="Route dorthin")
    assert "Route dorthin" in text_of(reader)
    assert "Route dorthin" not in text_of(sheet())
