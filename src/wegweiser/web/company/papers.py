"""Documents: what there is to print or to keep. Later duties add theirs to `SOURCES`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from wegweiser.companies.models import Right
from wegweiser.crossings import company_cases
from wegweiser.files.models import Upload
from wegweiser.journey import queries as journey
from wegweiser.kernel import clock
from wegweiser.web import downloads
from wegweiser.web.company.access import Visitor, inside
from wegweiser.web.company.sections import Section, Summary, register


@dataclass(frozen=True)
class Document:
    """One thing to load; `day` is when it was made, or nothing for what is always of today."""

    title: str | Promise
    kind: str
    href: str
    day: dt.date | None = None


def _plan(me: Visitor) -> list[Document]:
    if not me.may(Right.ALL) or not journey.plan(me.firm).exclude(title="").exists():
        return []
    return [Document(_("Ihr Fahrplan"), "PDF", reverse("company:plan_paper"))]


def _files(me: Visitor) -> list[Document]:
    return [
        Document(row.name, filesizeformat(row.size), reverse("company:file", kwargs={"uuid": row.uuid}), _day(row))
        for row in company_cases.uploads(me.access)
    ]


def _day(upload: Upload) -> dt.date:
    return clock.local(upload.recorded_at).date()


SOURCES: list[Callable[[Visitor], list[Document]]] = [_plan, _files]


def of(me: Visitor) -> list[Document]:
    """Everything there is for `me`: what is always of today first, then the newest."""
    found = [document for source in SOURCES for document in source(me)]
    return sorted(found, key=lambda row: row.day or dt.date.max, reverse=True)


def _summary(me: Visitor) -> Summary:
    number = len(of(me))
    if not number:
        return Summary(_("Noch nichts da"))
    return Summary(ngettext("%(number)s Dokument", "%(number)s Dokumente", number) % {"number": number})


register(
    Section(
        name="papers",
        title=gettext_lazy("Unterlagen"),
        icon="download",
        order=30,
        url="company:papers",
        summary=_summary,
    )
)


@require_safe
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    return render(request, "company/papers.html", {"me": me, "documents": of(me)})


@require_safe
@inside()
def file(request: HttpRequest, *, me: Visitor, uuid: UUID) -> HttpResponse:
    """A file that went with an answer or came with a mail; another firm's is not there."""
    return downloads.send(company_cases.upload(me.access, uuid))
