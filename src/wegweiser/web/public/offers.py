"""Catalogue entries as cards and pages show them: texts in the reader's language, facts in words."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.models import Attendance, Availability, Entry, Kind
from wegweiser.catalogue.showing import href as href
from wegweiser.catalogue.showing import where as where
from wegweiser.kernel import clock
from wegweiser.kernel.kept import Recent
from wegweiser.kernel.translated import Translated

LABELS: dict[str, str | Promise] = {
    Kind.EVENT: _("Veranstaltung"),
    Kind.DEMONSTRATOR: _("Technik ausprobieren"),
    Kind.LIGHTHOUSE_PROJECT: _("Praxisbeispiel"),
    Kind.CHECK: _("Check"),
    Kind.TOOL: _("Online-Rechner"),
    Kind.CONTACT: _("Ansprechperson"),
    Kind.TOPIC: _("Thema"),
    Kind.PROGRAMME: _("Förderprogramm"),
    Kind.GUIDE: _("Leitfaden"),
    Kind.VIDEO: _("Video"),
    Kind.NEWS: _("Aktuelles"),
    Kind.NETWORK: _("Netzwerk"),
    Kind.EXTERNAL: _("Angebot eines Netzwerks"),
}
# The usual words of `Entry.format`; any other stands as it was written.
FORMATS = {
    "Informationsveranstaltung": _("Informationsveranstaltung"),
    "Workshop": _("Workshop"),
    "Schulung": _("Schulung"),
    "Unternehmersprechstunde": _("Unternehmersprechstunde"),
    "Fachtagung": _("Fachtagung"),
    "Check": _("Check"),
}
LANGUAGES = {"de": _("Deutsch"), "en": _("Englisch")}
PLACES = {
    Attendance.ON_SITE: _("vor Ort"),
    Attendance.ONLINE: _("online"),
    Attendance.HYBRID: _("vor Ort und online"),
}


# Kinds that have a page of ours, by the name of its address; contacts and topics are listed by themselves.
PAGES = frozenset(
    {
        *(Kind.EVENT, Kind.DEMONSTRATOR, Kind.LIGHTHOUSE_PROJECT, Kind.CHECK),
        *(Kind.GUIDE, Kind.VIDEO, Kind.PROGRAMME, Kind.TOOL, Kind.NEWS),
    }
)


@dataclass(frozen=True)
class Card:
    """One offer in a list. `when` is the day of a date or of a piece of news.

    `language` is set where its texts are not in the page's language.
    `part` says which date of a series it is, `part_href` leads to the others.
    `key` names the entry as it was published, and the language: the same key has the same texts.
    """

    key: Hashable
    href: str
    label: str
    title: str
    summary: str
    when: str
    time: str
    where: str
    price: str
    badge: str
    language: str
    why: str
    day: dt.datetime | None
    picture: Mapping[str, Any] | None = None
    distance: str = ""
    part: str = ""
    part_href: str = ""


def when(entry: Entry) -> str:
    """`Do, 12. März 2026, 16:00 bis 18:30 Uhr`, in the centre's time."""
    if entry.starts_at is None:
        return ""
    day = date_format(clock.local(entry.starts_at), "D, j. F Y" if get_language() == "de" else "D j F Y")
    return f"{day}, {time(entry)}"


def _published(entry: Entry) -> str:
    """The day of a piece of news: `20. November 2026`."""
    day = entry.details.get("published_on") if entry.kind == Kind.NEWS else None
    return date_format(dt.date.fromisoformat(day), "j. F Y" if get_language() == "de" else "j F Y") if day else ""


def time(entry: Entry) -> str:
    """`16:00 bis 18:30 Uhr`, in the centre's time; over several days with the last day's name."""
    if entry.starts_at is None:
        return ""
    start = clock.local(entry.starts_at)
    begin = date_format(start, "G:i")
    if entry.ends_at is None:
        return _now("%(begin)s Uhr") % {"begin": begin}
    last = clock.local(entry.ends_at)
    end = date_format(last, "G:i")
    if last.date() != start.date():
        day = date_format(last, "D, j. F" if get_language() == "de" else "D j F")
        return _now("%(begin)s Uhr bis %(day)s, %(end)s Uhr") % {"begin": begin, "day": day, "end": end}
    return _now("%(begin)s bis %(end)s Uhr") % {"begin": begin, "end": end}


def price(entry: Entry) -> str:
    if entry.price is None:
        return ""
    if entry.price == 0:
        return _now("kostenfrei")
    return _now("%(amount)s Euro") % {"amount": number_format(entry.price, 2)}


def badge(entry: Entry) -> str:
    """A word on the places where it matters; nothing while there are enough."""
    if entry.availability == Availability.CANCELLED:
        return _now("abgesagt")
    if entry.is_over():
        return _now("vorbei")
    if entry.availability == Availability.WAITING:
        return _now("Warteliste")
    return _now("ausgebucht") if entry.availability == Availability.FULL else ""


def foreign(text: Translated) -> str:
    """The language of a text where it is not the page's."""
    return text.foreign()


PLAIN: Recent[Card] = Recent(2_000)


def card(entry: Entry, why: str = "", distance: str = "") -> Card:
    """An entry as a card. All but the word on its places, and why and how far, stays as long as the entry does."""
    key = (entry.uuid, entry.changed, entry.slug, entry.content_hash, get_language())
    is_stored = not entry._state.adding  # noqa: SLF001 - a preview is not
    plain = PLAIN.take(key, lambda: _card(entry, key)) if is_stored else _card(entry, key)
    word = badge(entry)
    return replace(plain, badge=word, why=why, distance=distance) if word or why or distance else plain


def _card(entry: Entry, key: Hashable) -> Card:
    return Card(
        key=key,
        href=href(entry),
        label=str(LABELS[entry.kind]),
        title=str(entry.title),
        summary=str(entry.summary),
        when=when(entry) or _published(entry),
        time=time(entry),
        where=where(entry),
        price=price(entry),
        badge="",
        language=foreign(entry.summary) or foreign(entry.title),
        why="",
        day=clock.local(entry.starts_at) if entry.starts_at else None,
        picture=picture(entry),
    )


def picture(entry: Entry) -> dict[str, Any] | None:
    """The picture of an offer as `<c-picture>` takes it, with its words in the reader's language."""
    told = entry.details.get("picture")
    if not told:
        return None
    alt = Translated(told["alt"])
    return {**told, "alt": str(alt), "language": foreign(alt)}


def cards(entries: Iterable[Entry], distances: Mapping[int, str] = MappingProxyType({})) -> list[Card]:
    """Those of `entries` that have a page; `distances` in words, by their ids."""
    return [found for entry in entries if (found := card(entry, distance=distances.get(entry.pk, ""))).href]
