"""What the funder holds in hands says who wrote it, for which days, and by which rules it was counted."""

import io

import openpyxl
import pypdf
import pytest

from tests.contact_point import world as a_centre
from tests.journey import builders
from wegweiser.funding import answers, queries, questions, reports, words
from wegweiser.funding.questions import Question


@pytest.fixture
def world(db):
    found = a_centre()
    for number, (topic, size) in enumerate([("a", "large"), ("b", "micro"), ("a", "small"), ("a", "small")]):
        firm = builders.company(f"Firma {number}", size=size)
        builders.step(firm, grant=found.grant.slug, topic=builders.topic(topic), partner=found.other)
        if number == 0:
            builders.step(firm, grant=found.grant.slug, topic=builders.topic("b"), partner=found.other)
    return found


def ask(world, **changes):
    given = {"indicator": "companies_reached", "dimension": "topic"}
    return questions.answer(
        Question(grant=world.grant, start=world.grant.starts_on, end=world.grant.ends_on, **{**given, **changes})
    )


def text_of(body: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_report_names_centre_partners_days_and_what_counts(world):
    text = text_of(reports.as_pdf(queries.results(world.grant)))
    for part in (str(world.centre.name), str(world.other.name), str(world.grant.funder), "Stand:", "Seite 1 von"):
        assert part in text
    for definition in words.DEFINITIONS.values():
        assert str(definition).split(".")[0] in text.replace("- ", "")
    assert "Die Teile ergeben zusammen mehr" in text
    assert "Ausprägung" not in text


def test_sizes_stand_from_small_to_large_wherever_they_stand(world):
    assert [cell.key for cell in ask(world, dimension="size").cells] == ["micro", "small", "large"]
    text = text_of(reports.as_pdf(queries.results(world.grant)))
    part = text[text.index("Erreichte Unternehmen nach Betriebsgröße") :]
    assert part.index("1–9") < part.index("10–49") < part.index("ab 250")


def test_the_page_of_an_answer_has_centre_rule_and_page_number(world):
    text = text_of(answers.as_pdf(ask(world)))
    for part in (str(world.centre.name), str(words.DEFINITIONS["companies_reached"]), "Stand:", "Seite 1 von 1"):
        assert part in text


def test_the_name_of_a_file_says_what_it_is_about(world):
    found = ask(world, dimension="size", only={"size": "small"})
    end = world.grant.ends_on
    name = answers.file_name(found, words.Labels(), "pdf")
    assert name == f"erreichte-unternehmen-nach-betriebsgroesse-10-49-{end}.pdf"


def test_the_sheet_says_what_each_figure_counts(world):
    book = openpyxl.load_workbook(io.BytesIO(reports.as_xlsx(queries.results(world.grant))))
    (heading, *rows) = book.worksheets[0].iter_rows(values_only=True)
    place = heading.index("Was zählt")
    assert str(words.DEFINITIONS["visits"]) in [row[place] for row in rows if len(row) > place]


def test_the_sheet_of_evidence_says_occasions_in_words(world):
    body = reports.as_xlsx(queries.results(world.grant))
    head, *rows = openpyxl.load_workbook(io.BytesIO(body))["Nachweise"].iter_rows(values_only=True)
    assert {row[head.index("Anlass")] for row in rows} == {"Vor-Ort-Termin"}
