"""The plan of a firm on paper: to print, to take along to a visit."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import plans
from wegweiser.documents import pdf
from wegweiser.documents.sheets import Column
from wegweiser.kernel import clock


def made(company: Company, *, language: pdf.Language) -> bytes:
    """The plan as a PDF: what is open, with room to tick off, and what is done."""
    firm, plan, centre = companies.root_of(company), plans.of(company, language=language), consortium.centre()
    name = centre.name.text(language)
    with translation.override(language):
        today = date_format(clock.today(), "DATE_FORMAT")
        columns = [
            Column(key="what", heading=_("Was"), width=50),
            Column(key="who", heading=_("Wer"), width=14),
            Column(key="due", heading=_("Bis wann"), kind="date", width=14),
            Column(key="done", heading=_("Erledigt"), kind="date", width=14),
        ]
        tables = [
            pdf.Table(caption=caption, columns=columns, rows=[_paper_row(row, number) for number, row in rows])
            for caption, rows in (
                (_("Das steht an"), list(enumerate(plan.open, 1))),
                (_("Das ist erledigt"), [(0, row) for row in plan.done]),
            )
            if rows
        ]
        return pdf.table_report(
            title=_("Fahrplan für %(firm)s") % {"firm": firm.name},
            intro=[] if plan.open or plan.done else [_("Noch ist nichts verabredet.")],
            facts=[
                (_("Betrieb"), firm.name),
                (_("Stand"), today),
                (_("Rückfragen"), ", ".join(filter(None, [name, phones.shown(centre.phone), centre.email]))),
            ],
            tables=tables,
            lang=language,
            house=pdf.House(name=name, colour=str(centre.look.get("brand", "")), made=today),
        )


def _paper_row(row: plans.Row, number: int) -> dict[str, object]:
    planned = row.planned
    title = f"{number}. {row.title}" if number else row.title
    named = row.offer_title if row.offer_title != row.title else ""
    remark = _("Ihre Bemerkung: %(text)s") % {"text": planned.remark} if planned.remark else ""
    return {
        "what": "\n".join(filter(None, [title, planned.note, named, remark])),
        "who": str(planned.get_doer_display()),
        "due": planned.due_on,
        "done": clock.local(planned.done_at).date() if planned.done_at else None,
    }
