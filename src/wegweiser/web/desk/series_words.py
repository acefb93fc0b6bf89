"""What the dates of a series share, in words: the name of each part, and how it stands on a date."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wegweiser.catalogue.models import Kind
from wegweiser.events import sharing
from wegweiser.events.models import Listing, Moment, Registration
from wegweiser.events.sharing import Member
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated
from wegweiser.web.desk import editing_differences, editing_words
from wegweiser.web.ui import dates

NOTHING = "–"
LABELS: dict[str, Promise] = {
    sharing.DAY: _("Tag und Uhrzeit"),
    sharing.LENGTH: _("Dauer"),
    sharing.WINDOW: _("Anmeldung von und bis"),
    sharing.POOLS: _("Plätze"),
    sharing.QUESTIONS: _("Fragen an die Gäste"),
    sharing.NOTICES: _("Mails an die Gäste"),
    sharing.WORDINGS: _("Eigene Texte"),
    "listing": _("Wen tragen wir ein?"),
    "most_places": _("Plätze je Anmeldung, höchstens"),
    "opt_in": _("E-Mail-Adresse erst bestätigen lassen"),
    "waiting_list": _("Warteliste"),
    "fill": _("Wer rückt nach?"),
    "offer_hours": _("Frist zum Zusagen, in Stunden"),
    "access": _("Zugang mit Rollstuhl"),
    "room": _("Raum"),
    "join_link": _("Link zum Mitmachen"),
    "agenda": _("Ablauf"),
    "certificate_hours": _("Stunden auf der Teilnahmebescheinigung"),
    "text.topics": _("Themen"),
    "text.picture": _("Bild"),
}


def label(part: str) -> str:
    """What a part is called on the pages where one changes it."""
    if part in LABELS:
        return str(LABELS[part])
    name = part.partition(".")[2]
    return editing_words.label(name) if name in editing_words.FIELDS else name


def value(member: Member, part: str) -> str:
    """How a part stands on a date, short enough to compare."""
    if part in SAID:
        told = SAID[part](member)
    elif part.startswith(("text.", "details.")):
        told = _of_text(member, part)
    else:
        told = _plain(getattr(member.event, part))
    return told or NOTHING


def begins(member: Member) -> str:
    starts = member.starts_at
    return dates.written(clock.local(starts), "D, d.m.Y, H:i") if starts else _now("noch ohne Tag")


def _of_text(member: Member, part: str) -> str:
    """As the comparison of two editors' texts says it: against a text that lacks just this part."""
    told = member.work.content
    kind, _dot, name = part.partition(".")
    if kind == "text":
        empty: Any = {"de": ""} if isinstance(told[name], dict) else type(told[name])() if told[name] else None
        without = {**told, name: empty}
    else:
        without = {**told, "details": {k: v for k, v in told["details"].items() if k not in {name, f"{name}_en"}}}
    return "; ".join(said for _label, said in editing_differences.found(Kind.EVENT, without, told))


def _plain(told: Any) -> str:
    if isinstance(told, bool):
        return _now("ja") if told else _now("nein")
    if isinstance(told, Translated):
        return str(told)
    return "" if told is None else str(told)


def _length(member: Member) -> str:
    minutes = member.parts[sharing.LENGTH]
    return "" if minutes is None else ngettext("%(n)d Minute", "%(n)d Minuten", minutes) % {"n": minutes}


def _window(member: Member) -> str:
    opens, closes = (
        dates.written(clock.local(moment), "d.m.Y, H:i") if moment else ""
        for moment in (member.event.opens_at, member.event.closes_at)
    )
    return _now("von %(opens)s bis %(closes)s") % {
        "opens": opens or _now("sofort"),
        "closes": closes or _now("zum Beginn"),
    }


def _pools(member: Member) -> str:
    rows = list(member.event.pools.all())
    slots = [row for row in rows if row.starts_at]
    told = [f"{row.label}: {row.chairs}{f' + {row.beyond}' if row.beyond else ''}" for row in rows if not row.starts_at]
    if slots:
        told.append(ngettext("%(n)d Gespräch", "%(n)d Gespräche", len(slots)) % {"n": len(slots)})
    return ", ".join(told)


def _notices(member: Member) -> str:
    return ", ".join(str(Moment(row[0]).label) for row in member.parts[sharing.NOTICES] if row[1])


SAID: dict[str, Callable[[Member], str]] = {
    sharing.DAY: begins,
    sharing.LENGTH: _length,
    sharing.WINDOW: _window,
    sharing.POOLS: _pools,
    sharing.QUESTIONS: lambda member: ", ".join(str(row.label) for row in member.event.questions.all()),
    sharing.NOTICES: _notices,
    sharing.WORDINGS: lambda member: str(len(member.event.wordings.all()) or ""),
    "listing": lambda member: str(Listing(member.event.listing).label),
    "fill": lambda member: _now("wer hineinpasst") if member.event.fill else _now("streng der Reihe nach"),
    "agenda": lambda member: ", ".join(str(Translated(row["title"])) for row in member.event.agenda),
}


def added(rows: Sequence[Registration]) -> str:
    """How many of those who have the whole series have a place at a new date, too, or wait for it."""
    guests = len({row.bundle for row in rows})
    told = ngettext(
        "%(n)d Anmeldung für die ganze Reihe gilt auch dafür. Eine E-Mail sagt es.",
        "%(n)d Anmeldungen für die ganze Reihe gelten auch dafür. Je eine E-Mail sagt es.",
        guests,
    )
    return told % {"n": guests}
