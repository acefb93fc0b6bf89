"""Which sheet of a workbook was read, which were not, and the choice between them: for both kinds of lists."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from wegweiser.companies.importing.reading import MOST_NAME, Grid
from wegweiser.kernel.errors import DomainError


def words(name: str, rows: int) -> str:
    """A sheet with its rows, the one of the headers among them."""
    told = ngettext("%(rows)s Zeile", "%(rows)s Zeilen", rows) % {"rows": rows}
    return _now("„%(sheet)s“ (%(told)s)") % {"sheet": name, "told": told}


def before(grid: Grid) -> dict[str, Any]:
    """For the preview, where one chooses; nothing where the file has one sheet."""
    return {
        "sheet": grid.sheet,
        "not_read": [words(one.name, one.rows) for one in grid.others],
        "sheets": [(one.name, words(one.name, one.rows)) for one in grid.others],
    }


def afterwards(counts: Mapping[str, Any]) -> dict[str, Any]:
    """For a list that is taken over: its file is gone."""
    return {"sheet": counts.get("sheet", ""), "not_read": [words(*one) for one in counts.get("not_read", [])]}


def said(request: HttpRequest) -> str:
    """The sheet that somebody chose. Raises DomainError("sheet_unknown") for none."""
    if name := request.POST.get("blatt", "")[:MOST_NAME]:
        return name
    raise DomainError("sheet_unknown", field="sheet")
