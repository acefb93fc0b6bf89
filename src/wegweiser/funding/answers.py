"""An answer as a file: XLSX to go on with, and one page of PDF to hand over."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wegweiser.catalogue.slugs import slug
from wegweiser.consortium import queries as consortium
from wegweiser.documents import maps, pdf, sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.documents.values import Language
from wegweiser.funding import paper
from wegweiser.funding.questions import Answer, Question, Refusal
from wegweiser.funding.words import DEFINITIONS, DIMENSIONS, INDICATORS, Labels
from wegweiser.kernel import clock
from wegweiser.kernel.days import on

HIDDEN: str | Promise = gettext_lazy("verdeckt*")


def limits(question: Question, labels: Labels) -> list[str]:
    """What the question is narrowed to, each part in words: "Landkreis Aurich", "Branche Handwerk"."""
    return [f"{DIMENSIONS[dimension]} {labels.of(dimension, key)}" for dimension, key in question.only.items()]


def sentence(answer: Answer, labels: Labels) -> str:
    """The answer as one reads it out."""
    question = answer.question
    told = {
        "indicator": INDICATORS.get(question.indicator, question.indicator),
        "value": number(answer.total),
        "dimension": DIMENSIONS[question.dimension],
        "start": on(question.start),
        "end": on(question.end),
    }
    parts = limits(question, labels)
    if answer.refused:
        return _("%(indicator)s vom %(start)s bis %(end)s: zusammen %(value)s.") % told
    if not parts:
        return _("%(indicator)s vom %(start)s bis %(end)s: zusammen %(value)s, aufgeteilt nach %(dimension)s.") % told
    told["only"] = ", ".join(parts)
    return (
        _("%(indicator)s, %(only)s, vom %(start)s bis %(end)s: zusammen %(value)s, aufgeteilt nach %(dimension)s.")
        % told
    )


def number(value: int | None) -> str:
    return str(HIDDEN) if value is None else number_format(value, force_grouping=True)


def notes(answer: Answer, labels: Labels) -> list[str]:
    """What one has to know to read the figures."""
    group = labels.groups.get(answer.question.only["sector"]) if "sector" in answer.question.only else None
    told = [labels.rule(group)] if group else []
    return [*told, *overlap(answer), *hints(answer)]


def overlap(answer: Answer) -> list[str]:
    """Why the parts of an answer add up to more than the whole, where they are all told and do."""
    parts = sum(cell.value or 0 for cell in answer.cells)
    if answer.hides or parts <= answer.total:
        return []
    return [_("Die Teile ergeben zusammen mehr: Wer bei mehreren vorkommt, zählt bei jedem.")]


def hints(answer: Answer) -> list[str]:
    """What is kept from the reader, and why."""
    if answer.refused == Refusal.FIRMS_ONLY:
        return [
            _(
                "Nach Betriebsgröße, Branche und Landkreis werden für den Zuwendungsgeber nur die erreichten "
                "Unternehmen aufgeteilt. Sonst ließe sich mit den Nachweisen ausrechnen, um welchen Betrieb es geht."
            )
        ]
    if answer.refused == Refusal.TOO_FEW and answer.total:
        return [_("Wo es zu wenige sind, steht nur die Summe: Sonst ließe sich ein einzelner Betrieb erkennen.")]
    if answer.hides:
        return [_("* Verdeckt sind Zahlen unter 5 und so viele weitere, dass sich keine davon ausrechnen lässt.")]
    return []


def known(recorded_by: dt.datetime) -> str:
    """From when on what is entered waits for the next month's answer, and why."""
    return _(
        "Für den Zuwendungsgeber gilt immer die ganze Förderung bis zum Ende des letzten vollen Monats, so wie sie am "
        "%(day)s festgehalten war. Neues kommt mit dem nächsten Monat dazu: Wer Zahlen von Tag zu Tag vergleichen "
        "könnte, sähe sonst, was einzelne Betriebe getan haben."
    ) % {"day": on(clock.local(recorded_by))}


def as_xlsx(answer: Answer) -> bytes:
    """The table with the question below it; numbers stay numbers, a hidden one is text."""
    labels = Labels()
    sheet = Sheet(
        title=str(DIMENSIONS[answer.question.dimension]),
        columns=_columns(answer),
        rows=_rows(answer, labels),
        notes=[sentence(answer, labels), *notes(answer, labels), paper.made()],
    )
    return sheets.xlsx([sheet], title=title(answer), created=clock.now())


def as_pdf(answer: Answer) -> bytes:
    """One page: the answer with its counting rule, and its table with bars or beside the map."""
    labels, question = Labels(), answer.question
    drawing = picture(answer, labels)
    marks = [] if drawing else [*paper.marks(answer), pdf.Mark(part=None)]
    table = pdf.Table(
        caption=_("Zahlen"),
        columns=_columns(answer),
        rows=_rows(answer, labels),
        notes=notes(answer, labels),
        marks=marks,
    )
    intro = [sentence(answer, labels), str(DEFINITIONS.get(question.indicator, "")), str(question.grant.title)]
    house = paper.house(question.grant)
    return pdf.one_page(
        title=title(answer), intro=intro, table=table, picture_svg=drawing, lang=language(), house=house
    )


def picture(answer: Answer, labels: Labels) -> str:
    """The map by district, with hidden ones as not stated; empty where there is none to draw."""
    drawing = None
    if answer.question.dimension == "district" and not answer.refused:
        drawing = consortium.district_map()
    if drawing is None:
        return ""
    names = labels.known["district"]
    values = {cell.key: cell.value for cell in answer.cells}
    areas = [maps.Area(key=ags, name=name, value=values.get(ags, 0)) for ags, name in names.items()]
    return maps.district_map(
        title=title(answer),
        description=_described(answer, labels),
        drawing=drawing,
        areas=areas,
        hidden=str(HIDDEN),
        lang=language(),
    )


def _described(answer: Answer, labels: Labels) -> str:
    parts = [f"{labels.of(answer.question.dimension, cell.key)}: {number(cell.value)}" for cell in answer.cells]
    return "; ".join(parts)


def file_name(answer: Answer, labels: Labels, kind: str) -> str:
    """What the answer is about, so that one finds it again among other files."""
    parts = [title(answer), *(labels.of(dimension, key) for dimension, key in answer.question.only.items())]
    return f"{slug(' '.join(parts).replace('–', '-'))}-{answer.question.end}.{kind}"


def title(answer: Answer) -> str:
    question = answer.question
    return _("%(indicator)s nach %(dimension)s") % {
        "indicator": INDICATORS.get(question.indicator, question.indicator),
        "dimension": DIMENSIONS[question.dimension],
    }


def _columns(answer: Answer) -> Sequence[Column]:
    return (
        Column(key="label", heading=str(DIMENSIONS[answer.question.dimension]), width=44),
        Column(key="value", heading=str(INDICATORS[answer.question.indicator]), kind="integer", width=16),
    )


def _rows(answer: Answer, labels: Labels) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = [
        {
            "label": labels.of(answer.question.dimension, cell.key),
            "value": str(HIDDEN) if cell.value is None else cell.value,
        }
        for cell in answer.cells
    ]
    return [*rows, {"label": _("Zusammen"), "value": answer.total}]


def language() -> Language:
    """The one the reader reads, as far as documents know it."""
    return "en" if (get_language() or "").startswith("en") else "de"
