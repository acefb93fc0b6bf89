"""Funding programmes as the answer page shows them: what one gets, who may ask, until when, and when we last looked."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wegweiser.catalogue.models import Entry
from wegweiser.kernel.translated import Translated, translated
from wegweiser.web.public import offers, reads


@dataclass(frozen=True)
class Line:
    """A programme; `facts` are short words: who gives it, where, up to what size, until when."""

    title: str
    href: str
    summary: str
    rate: str
    facts: list[str]
    checked: str
    language: str


def line(entry: Entry) -> Line:
    told = entry.details
    size, until, checked = told.get("max_employees"), told.get("valid_until"), told.get("last_checked")
    facts = [
        _said(told, "funder"),
        _said(told, "region"),
        _("bis %(n)d Beschäftigte") % {"n": size} if size else "",
        _("Anträge bis %(day)s") % {"day": _day(until)} if until else "",
    ]
    return Line(
        title=str(entry.title),
        href=reverse("public:programme", kwargs={"slug": entry.slug}),
        summary=str(entry.summary),
        rate=_said(told, "rate_text"),
        facts=[fact for fact in facts if fact],
        checked=_day(checked) if checked else "",
        language=offers.foreign(entry.title),
    )


def _said(told: dict[str, Any], name: str) -> str:
    value = told.get(name) or ""
    return str(Translated(value) if isinstance(value, dict) else translated(value, told.get(f"{name}_en")))


def _day(text: object) -> str:
    return date_format(reads.day(str(text)), "DATE_FORMAT")
