"""The funder's report as a file: XLSX with every step behind the figures, PDF for reading, JSON for machines."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegweiser.consortium import directory
from wegweiser.documents import pdf, sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.funding import answers, evidence, paper, plan, queries
from wegweiser.funding.models import Grant
from wegweiser.funding.queries import Results, Row
from wegweiser.funding.questions import Answer
from wegweiser.funding.words import DEFINITIONS, DIMENSIONS, INDICATORS, UNITS, Labels
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel import clock
from wegweiser.kernel.days import on
from wegweiser.kernel.errors import DomainError


def write_report(grant: Grant, start: dt.date | None, end: dt.date | None, path: Path) -> None:
    """Write the report to `path`; its ending chooses the kind. Raises DomainError("file_kind_unknown")."""
    path = Path(path)
    makers = {".json": as_json, ".xlsx": as_xlsx, ".pdf": as_pdf}
    maker = makers.get(path.suffix.lower())
    if maker is None:
        raise DomainError("file_kind_unknown", "The report is written as .pdf, .xlsx or .json.", field="path")
    path.write_bytes(maker(queries.results(grant, start, end)))


def as_json(found: Results) -> bytes:
    return (json.dumps(queries.document(found), ensure_ascii=False, indent=2) + "\n").encode()


def as_xlsx(found: Results) -> bytes:
    """The figures, reach apart from them, their breakdowns, each step behind each figure. No personal data."""
    labels = Labels()
    broken_down = _broken_down(found)
    hints = (hint for answer in broken_down for hint in [*answers.overlap(answer), *answers.hints(answer)])
    notes = list(dict.fromkeys(hints))
    return sheets.xlsx(
        [
            Sheet(
                title=_("Kennzahlen"),
                columns=(*_result_columns(found), _definition_columns()[1]),
                rows=({**_result(row), **_definition(row)} for row in found.usual),
                notes=[*_extent(found), *_openings(found.usual), paper.made()],
            ),
            Sheet(
                title=_("Reichweite"),
                columns=(*_result_columns(found), _definition_columns()[1]),
                rows=({**_result(row), **_definition(row)} for row in found.reach),
                notes=[*reach_notes(found), *_openings(found.reach)],
            ),
            Sheet(
                title=_("Aufschlüsselung"),
                columns=_breakdown_columns(),
                rows=(line for answer in broken_down for line in _breakdown(answer, labels)),
                notes=notes,
            ),
            Sheet(title=_("Nachweise"), columns=_step_columns(outside=found.outside), rows=_steps(found, labels)),
        ],
        title=str(found.grant.title),
        created=clock.now(),
    )


def as_pdf(found: Results) -> bytes:
    """The figures, what each counts, and what was reached and how often by each dimension, with bars."""
    labels = Labels()
    tables = [
        pdf.Table(
            caption=_("Kennzahlen"),
            columns=_result_columns(found),
            rows=[_result(row) for row in found.usual],
            notes=_openings(found.usual),
        ),
        *_reach(found),
        pdf.Table(caption=_("Was zählt"), columns=_definition_columns(), rows=[_definition(row) for row in found.rows]),
    ]
    refused: list[str] = []
    shown = (indicators.COMPANIES_REACHED, indicators.CONTACTS)
    for answer in (answer for answer in _broken_down(found) if answer.question.indicator in shown):
        if answer.refused:
            refused += answers.hints(answer)
        if answer.cells:
            tables.append(_part(answer, labels))
    return pdf.table_report(
        title=str(found.grant.title),
        intro=list(dict.fromkeys(refused)),
        facts=_facts(found),
        tables=tables,
        lang=answers.language(),
        house=paper.house(found.grant),
    )


def _reach(found: Results) -> list[pdf.Table]:
    """Reach under a heading of its own, where there is any or where any is promised."""
    if not any(row.reached or row.target for row in found.reach):
        return []
    rows = [_result(row) for row in found.reach]
    notes = [*reach_notes(found), *_openings(found.reach)]
    return [pdf.Table(caption=_("Reichweite"), columns=_result_columns(found), rows=rows, notes=notes)]


def reach_notes(found: Results) -> list[str]:
    """What reach is not, and how many firms somebody guessed."""
    told = [
        _(
            "Auftritte bei Veranstaltungen anderer, zum Beispiel ein Vortrag beim Tag einer Kammer. Das Publikum zählt "
            "nicht als erreichte Unternehmen und nicht als Kontakte."
        )
    ]
    if guessed := found.guessed_firms():
        number = number_format(guessed, force_grouping=True)
        told.append(
            ngettext(
                "Im Publikum war geschätzt %(number)s Betrieb.",
                "Im Publikum waren geschätzt %(number)s Betriebe.",
                guessed,
            )
            % {"number": number}
        )
    return told


def _part(answer: Answer, labels: Labels) -> pdf.Table:
    dimension = answer.question.dimension
    return pdf.Table(
        caption=answers.title(answer),
        columns=(
            Column(key="label", heading=str(DIMENSIONS[dimension]), width=44),
            Column(key="actual", heading=_("Ist"), kind="integer"),
        ),
        rows=list(_breakdown(answer, labels)),
        notes=answers.notes(answer, labels),
        marks=paper.marks(answer),
    )


def _facts(found: Results) -> list[tuple[str, str]]:
    """Who reports to whom, about which days."""
    grant, partners = found.grant, directory.today().partners()
    told = {"start": on(found.start), "end": on(found.end)}
    centre = directory.centre()
    facts = [
        (_("Zentrum"), str(centre.name) if centre else ""),
        (_("Partner"), "; ".join(str(partner.name) for partner in partners)),
        (_("Zuwendungsgeber"), str(grant.funder)),
        (_("Zeitraum"), _("%(start)s bis %(end)s") % told),
    ]
    if found.outside and found.recorded_by:
        facts.append((_("Stand der Zahlen"), answers.known(found.recorded_by)))
    facts.append((_("Soll"), plan.rule(found.end)))
    return [(name, text) for name, text in facts if text]


# --- Columns and rows ----------------------------------------------------------------------------------------------


def _result_columns(found: Results) -> Sequence[Column]:
    before = any(row.opening for row in found.rows)
    return (
        Column(key="indicator", heading=_("Kennzahl")),
        Column(key="unit", heading=_("Einheit"), width=16),
        Column(key="actual", heading=_("Ist"), kind="integer"),
        *([Column(key="opening", heading=_("Eröffnungswert"), kind="integer")] if before else []),
        Column(key="target", heading=_("Soll"), kind="integer"),
        Column(key="due", heading=_("Soll bis Stichtag"), kind="integer"),
        Column(key="missing", heading=_("Fehlt"), kind="integer"),
        Column(key="state", heading=_("Stand"), width=12),
    )


def _breakdown_columns() -> Sequence[Column]:
    return (
        Column(key="indicator", heading=_("Kennzahl")),
        Column(key="dimension", heading=_("Aufgeteilt nach"), width=16),
        Column(key="label", heading=_("Davon"), width=44),
        Column(key="actual", heading=_("Ist"), kind="integer"),
    )


def _definition_columns() -> Sequence[Column]:
    return (
        Column(key="indicator", heading=_("Kennzahl"), width=34),
        Column(key="definition", heading=_("Was zählt"), width=70),
    )


def _definition(row: Row) -> dict[str, object]:
    return {
        "indicator": str(INDICATORS.get(row.key, row.key)),
        "definition": str(DEFINITIONS.get(row.key, "")),
    }


def _step_columns(*, outside: bool) -> Sequence[Column]:
    firm = _("Betrieb (Kennung in dieser Förderung)") if outside else _("Betrieb (Kennung)")
    return (
        Column(key="indicator", heading=_("Kennzahl")),
        Column(key="uuid", heading=_("Nachweis"), width=38),
        Column(key="day", heading=_("Tag"), kind="date"),
        Column(key="occasion", heading=_("Anlass"), width=16),
        Column(key="format", heading=_("Format"), width=18),
        Column(key="topic", heading=_("Thema"), width=34),
        Column(key="partner", heading=_("Partner"), width=24),
        Column(key="company", heading=firm, width=38),
        Column(key="source", heading=_("Quelle (Kennung)"), width=38),
        # Who was somewhere that day knows how long it took: to outsiders it would tell which firm it was.
        *(() if outside else (Column(key="minutes", heading=_("Dauer in Minuten"), kind="integer"),)),
    )


def _extent(found: Results) -> list[str]:
    """Which days it is about, and what outsiders have to know of them."""
    told = {"start": on(found.start), "end": on(found.end)}
    period = _("Zeitraum: %(start)s bis %(end)s") % told
    return [period, answers.known(found.recorded_by)] if found.outside and found.recorded_by else [period]


def _result(row: Row) -> dict[str, object]:
    return {
        "indicator": str(INDICATORS.get(row.key, row.key)),
        "unit": str(UNITS.get(row.indicator.unit, row.indicator.unit)),
        "actual": row.actual,
        "opening": row.opening.value if row.opening else None,
        "target": row.target,
        "due": None if row.due is None else round(row.due),
        "missing": row.missing,
        "state": str(plan.WORDS[row.state]) if row.state else None,
    }


def _openings(rows: Sequence[Row]) -> list[str]:
    """What was reached before the steps begin, what that rests on, and that nothing proves it one by one."""
    told = [
        _("%(indicator)s: Eröffnungswert %(value)s, Stand %(day)s. Grundlage: %(reason)s")
        % {
            "indicator": INDICATORS.get(row.key, row.key),
            "value": number_format(row.opening.value, force_grouping=True),
            "day": on(row.opening.day),
            "reason": row.opening.reason,
        }
        for row in rows
        if row.opening
    ]
    if told:
        told.append(
            _("Eröffnungswerte stehen nicht im Ist und haben keine einzelnen Nachweise; beim Soll zählen sie mit.")
        )
    return told


def _broken_down(found: Results) -> list[Answer]:
    return [found.answer(row, dimension) for row in found.rows for dimension in indicators.DIMENSIONS]


def _breakdown(answer: Answer, labels: Labels) -> Iterator[dict[str, object]]:
    question = answer.question
    for cell in answer.cells:
        yield {
            "indicator": str(INDICATORS.get(question.indicator, question.indicator)),
            "dimension": str(DIMENSIONS[question.dimension]),
            "label": labels.of(question.dimension, cell.key),
            "actual": str(answers.HIDDEN) if cell.value is None else cell.value,
        }


def _steps(found: Results, labels: Labels) -> Iterator[dict[str, object]]:
    steps = Step.objects.filter(grant=found.grant.slug, day__range=(found.start, found.end))
    steps = indicators.with_minutes(steps).select_related("topic", "partner", "company")
    known: dict[UUID, Step] = {step.uuid: step for step in steps}
    firm = _firm(found)
    for row in found.rows:
        for uuid in row.indicator.total.steps:
            step = known[uuid]
            yield {
                "indicator": str(INDICATORS.get(row.key, row.key)),
                "uuid": str(uuid),
                "day": step.day,
                "occasion": str(OCCASIONS.get(step.occasion_kind, step.get_format_display())),
                "format": labels.of("format", step.format),
                "topic": str(step.topic.title),
                "partner": step.partner.short_name,
                "company": firm(step),
                "source": str(step.source_uuid),
                **({} if found.outside else {"minutes": indicators.minutes_noted(step)}),
            }


def _firm(found: Results) -> Callable[[Step], str | None]:
    if found.outside:
        return evidence.Codes(found.grant, recorded_by=found.recorded_by).of
    return lambda step: str(step.company.uuid) if step.company else None
