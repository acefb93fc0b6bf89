"""Signs, slide, notice and press note: on their sheets, with what a screen reader needs, whatever they say."""

import io
import itertools

import pytest
from pypdf import PdfReader

from tests.documents.test_pdf import figures_of, squeezed, text_of
from wegweiser.documents import posters
from wegweiser.documents.posters import Way
from wegweiser.documents.typesetting import House

HOUSE = House(name="Zentrum", line="Gefördert durch das Ministerium.")
LINK = "https://zentrum.example/veranstaltungen/auftraege/"
LONG = "Auch die Drehbank von 1988 kann sprechen: Bestandsmaschinen anbinden, Daten lesen und endlich wissen, was läuft"


def read(made):
    return PdfReader(io.BytesIO(made))


def signs(title="Abend", lines=("14 bis 16 Uhr", "Saal 2"), ways=tuple(Way)):
    return read(posters.signs(title=title, lines=lines, ways=ways, lang="de", house=HOUSE))


def slide(title="Abend", lines=("Worum es geht",)):
    return read(posters.slide(title=title, lines=lines, link=LINK, caption="Unterlagen", lang="de", house=HOUSE))


def notice(title="Abend", points=("Ein Plan",)):
    facts = [("Wann", "Montag"), ("Wo", "")]
    told = {"lead": "Kurz.", "facts": facts, "points": ("Das nehmen Sie mit", points)}
    return read(posters.notice(title=title, **told, link=LINK, caption="Anmelden", lang="de", house=HOUSE))


def note(text="Kopf\n\nErster Absatz.\n\nZweiter."):
    return read(posters.note(kicker="Pressemitteilung", text=text, lang="de", house=HOUSE))


def test_each_way_has_a_sign_and_its_arrow_says_where_to():
    reader = signs()
    assert len(reader.pages) == 4
    arrows = figures_of(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert [told for told in arrows if told.startswith(("nach", "gerade"))] == [
        "nach links",
        "nach rechts",
        "geradeaus",
    ]


def test_a_code_says_where_it_leads():
    for reader in (slide(), notice()):
        assert f"QR-Code: {LINK}" in figures_of(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def test_the_slide_is_sixteen_by_nine():
    box = slide().pages[0].mediabox
    assert float(box.width / box.height) == pytest.approx(16 / 9, abs=0.01)


def lines_of(page):
    """Each line of large letters: their size, and how far its baseline lies below the one before."""
    found = []

    def visit(text, matrix, _text_matrix, _font, size):
        if text.strip() and size > 20:
            found.append((matrix[5], size))

    page.extract_text(visitor_text=visit)
    return [(size, above - below) for (above, _), (below, size) in itertools.pairwise(found)]


@pytest.mark.parametrize("make", [signs, slide])
def test_lines_below_the_title_do_not_run_into_each_other(make):
    page = make(lines=("Bringen Sie einen Zettel mit, der täglich von Hand zu Hand geht.",) * 2).pages[0]
    apart = [distance / size for size, distance in lines_of(page)]
    assert len(apart) == 4
    assert min(apart) > 1


def test_what_a_notice_does_not_know_it_does_not_ask():
    text = text_of(notice())
    assert "Wann" in text
    assert "Wo\n" not in text
    assert "Das nehmen Sie mit" not in text_of(notice(points=()))


@pytest.mark.parametrize("title", [LONG, "#panic() *fett* $y$", "Donaudampfschifffahrtsgesellschaftskapitän" * 2])
def test_a_long_or_strange_title_stays_on_its_sheet_and_is_whole(title):
    wanted = squeezed(title)
    for reader, sheets in ((signs(title), 4), (slide(title), 1), (notice(title), 1)):
        assert len(reader.pages) == sheets
        assert wanted in squeezed(reader.pages[0].extract_text())


def test_a_note_keeps_its_paragraphs_and_its_heading():
    reader = note()
    assert reader.metadata.title == "Kopf"
    assert squeezed("PressemitteilungKopfErster Absatz.Zweiter.") in squeezed(text_of(reader))


def test_the_same_words_make_the_same_bytes():
    given = {"kicker": "x", "text": "Kopf\n\nAbsatz", "lang": "de", "house": HOUSE}
    assert posters.note(**given) == posters.note(**given)
