"""The funder's report as a file: XLSX with every step behind the figures, PDF for reading, JSON for machines."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from wegweiser.documents import charts, pdf, sheets
from wegweiser.documents.sheets import Column, Sheet
from wegweiser.funding import plan, queries
from wegweiser.funding.models import Grant
from wegweiser.funding.queries import Results, Row
from wegweiser.funding.words import DIMENSIONS, INDICATORS, OTHERS, UNITS, Labels, ordered
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

_RESULT_COLUMNS = (
    Column(key="indicator", heading="Indikator"),
    Column(key="unit", heading="Einheit", width=16),
    Column(key="actual", heading="Ist", kind="integer"),
    Column(key="target", heading="Soll", kind="integer"),
    Column(key="due", heading="Soll bis Stichtag", kind="integer"),
    Column(key="missing", heading="Fehlt", kind="integer"),
    Column(key="state", heading="Stand", width=12),
)
_BREAKDOWN_COLUMNS = (
    Column(key="indicator", heading="Indikator"),
    Column(key="dimension", heading="Nach", width=16),
    Column(key="label", heading="Ausprägung", width=44),
    Column(key="actual", heading="Ist", kind="integer"),
)
_STEP_COLUMNS = (
    Column(key="indicator", heading="Indikator"),
    Column(key="uuid", heading="Nachweis", width=38),
    Column(key="day", heading="Tag", kind="date"),
    Column(key="occasion", heading="Anlass", width=16),
    Column(key="format", heading="Format", width=18),
    Column(key="topic", heading="Thema", width=34),
    Column(key="partner", heading="Partner", width=24),
    Column(key="company", heading="Unternehmen (Kennung)", width=38),
    Column(key="source", heading="Quelle (Kennung)", width=38),
)


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
    """Three sheets: indicators, breakdowns, and each step behind each figure. No personal data."""
    labels = Labels()
    notes = [_period(found), f"Stand: {clock.local(clock.now()):%d.%m.%Y %H:%M}"]
    return sheets.xlsx(
        [
            Sheet(title="Indikatoren", columns=_RESULT_COLUMNS, rows=map(_result, found.rows), notes=notes),
            Sheet(title="Aufschlüsselung", columns=_BREAKDOWN_COLUMNS, rows=_breakdowns(found.rows, labels)),
            Sheet(title="Nachweise", columns=_STEP_COLUMNS, rows=_steps(found, labels)),
        ],
        title=str(found.grant.title),
        created=clock.now(),
    )


def as_pdf(found: Results) -> bytes:
    labels = Labels()
    tables = [pdf.Table(caption="Indikatoren", columns=_RESULT_COLUMNS, rows=[_result(row) for row in found.rows])]
    plain = [column for column in _BREAKDOWN_COLUMNS if column.key not in ("indicator", "dimension")]
    contacts = [row for row in found.rows if row.key in (indicators.COMPANIES_REACHED, indicators.CONTACTS)]
    drawn = []
    for row in contacts:
        for dimension in indicators.DIMENSIONS:
            lines = list(_breakdown(row, dimension, labels))
            if not lines:
                continue
            caption = f"{INDICATORS[row.key]} nach {DIMENSIONS[dimension]}"
            tables.append(pdf.Table(caption=caption, columns=plain, rows=lines))
            if dimension == "format":
                drawn.append(chart(row, dimension, labels=labels))
    return pdf.table_report(
        title=str(found.grant.title), intro=[str(found.grant.funder), _period(found)], tables=tables, charts_svg=drawn
    )


def chart(row: Row, dimension: str, *, labels: Labels | None = None) -> str:
    """One indicator by one dimension as bars (SVG); "unknown" is a bar of its own."""
    labels = labels or Labels()
    caption = f"{INDICATORS.get(row.key, row.key)} nach {DIMENSIONS[dimension]}"
    return charts.bars(
        title=caption,
        description=caption,
        bars=[
            charts.Bar(label=labels.of(dimension, key), value=figure.value, muted=key in OTHERS)
            for key, figure in ordered(row.indicator.by[dimension], dimension)
        ],
    )


def _period(found: Results) -> str:
    return f"Zeitraum: {found.start:%d.%m.%Y} bis {found.end:%d.%m.%Y}"


def _result(row: Row) -> dict[str, object]:
    return {
        "indicator": str(INDICATORS.get(row.key, row.key)),
        "unit": str(UNITS.get(row.indicator.unit, row.indicator.unit)),
        "actual": row.actual,
        "target": row.target,
        "due": None if row.due is None else round(row.due),
        "missing": row.missing,
        "state": str(plan.WORDS[row.state]) if row.state else None,
    }


def _breakdown(row: Row, dimension: str, labels: Labels) -> Iterator[dict[str, object]]:
    for key, figure in ordered(row.indicator.by[dimension], dimension):
        yield {
            "indicator": str(INDICATORS.get(row.key, row.key)),
            "dimension": str(DIMENSIONS[dimension]),
            "label": labels.of(dimension, key),
            "actual": figure.value,
        }


def _breakdowns(rows: Iterable[Row], labels: Labels) -> Iterator[dict[str, object]]:
    for row in rows:
        for dimension in indicators.DIMENSIONS:
            yield from _breakdown(row, dimension, labels)


def _steps(found: Results, labels: Labels) -> Iterator[dict[str, object]]:
    steps = Step.objects.filter(grant=found.grant.slug, day__range=(found.start, found.end))
    known = {step.uuid: step for step in steps.select_related("topic", "partner", "company")}
    for row in found.rows:
        for uuid in row.indicator.total.steps:
            step = known[uuid]
            yield {
                "indicator": str(INDICATORS.get(row.key, row.key)),
                "uuid": str(uuid),
                "day": step.day,
                "occasion": step.occasion_kind,
                "format": labels.of("format", step.format),
                "topic": str(step.topic.title),
                "partner": step.partner.short_name,
                "company": str(step.company.uuid) if step.company else None,
                "source": str(step.source_uuid),
            }
