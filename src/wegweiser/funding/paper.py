"""What every paper about a grant shares: whose it is, when it was made, and bars beside its figures."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.consortium import directory
from wegweiser.documents import pdf
from wegweiser.funding.models import Grant
from wegweiser.funding.questions import Answer
from wegweiser.funding.words import OTHERS
from wegweiser.kernel import clock
from wegweiser.kernel.days import on
from wegweiser.kernel.translated import Translated


def made() -> str:
    moment = clock.local(clock.now())
    return _("Stand: %(moment)s") % {"moment": f"{on(moment)}, {date_format(moment, 'H:i')}"}


def house(grant: Grant) -> pdf.House:
    """The centre in its own colour, with the line that the notice prescribes."""
    centre = directory.centre()
    line = str(grant.logo_line) or str(Translated(centre.texts.get("logo_line", {})) if centre else "")
    return pdf.House(
        name=str(centre.name) if centre else "",
        colour=str(centre.look.get("brand", "")) if centre else "",
        made=made(),
        line=line,
    )


def marks(answer: Answer) -> list[pdf.Mark]:
    """A bar for each cell, in proportion to the longest; none for what is hidden."""
    return [
        pdf.Mark(part=None if cell.value is None else cell.value / answer.longest, quiet=cell.key in OTHERS)
        for cell in answer.cells
    ]
