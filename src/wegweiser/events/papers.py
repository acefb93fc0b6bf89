"""What goes out about an event in words: invitation, text for multipliers, press note, post, sign, slide, report.

Each is made from the event whenever it is shown, so that another day or room changes all of them. An event may have
words of its own for each (`Wording`); else the usual ones of `wordings.toml` hold.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from django.utils import translation
from django.utils.formats import date_format

from wegweiser.catalogue import content as contents
from wegweiser.catalogue import times
from wegweiser.catalogue.models import Entry
from wegweiser.companies import phones
from wegweiser.consortium.models import Centre
from wegweiser.events import filling
from wegweiser.events.filling import Filled
from wegweiser.events.models import Event, Pool, Way
from wegweiser.kernel import addresses, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import LANGUAGES, Translated


class Kind(StrEnum):
    """A text about an event; also the key of its `Wording`."""

    INVITATION = "invitation"
    MULTIPLIER = "multiplier"
    PRESS = "press"
    SOCIAL = "social"
    SIGN = "sign"
    SLIDE = "slide"
    REPORT = "report"


# What can stand in a text: its name in German and in English. Both are understood in either language.
NAMES: Mapping[str, str] = {
    "titel": "title",
    "kurztext": "summary",
    "beschreibung": "text",
    "format": "format",
    "thema": "topic",
    "wann": "when",
    "wann_kurz": "when_short",
    "tag": "day",
    "tag_kurz": "day_short",
    "uhrzeit": "time",
    "wo": "where",
    "ort": "place",
    "raum": "room",
    "zugang": "access",
    "link": "link",
    "termine": "dates",
    "anmeldeschluss": "closing_day",
    "plaetze": "places",
    "minuten": "minutes",
    "kosten": "cost",
    "zielgruppe": "for_whom",
    "mitnehmen": "takeaways",
    "es_sprechen": "speakers",
    "ansprechperson": "contact",
    "telefon": "phone",
    "mail": "mail",
    "partner": "partner",
    "zentrum": "centre",
    "sitz": "seat",
    "heute": "today",
    "ueber_das_zentrum": "about_the_centre",
    "foerderung": "funding",
    "grund": "reason",
    "angemeldet": "registered",
    "teilgenommen": "attended",
    "nicht_gekommen": "absent",
    "betriebe": "companies",
    "nach_groesse": "by_size",
    "rueckmeldung": "feedback",
    "unterlagen": "materials",
}
FIGURES = frozenset(
    {"angemeldet", "teilgenommen", "nicht_gekommen", "betriebe", "nach_groesse", "rueckmeldung", "unterlagen"}
)
LONGEST = 8_000
ASKED_FOR = ("tag", "wo", "ansprechperson", "kurztext")  # what a reader misses first


@dataclass(frozen=True)
class Written:
    """A text as it goes out. `missing` names what the event does not say and a reader will ask for."""

    kind: Kind
    text: str
    words: str
    is_own: bool
    missing: tuple[str, ...]

    @property
    def heading(self) -> str:
        return self.text.split("\n", 1)[0]

    @property
    def body(self) -> str:
        return self.text.partition("\n")[2].strip("\n")


def written(
    event: Event,
    kind: Kind,
    language: str,
    *,
    centre: Centre,
    link: str = "",
    figures: Mapping[str, str] | None = None,
    words: str | None = None,
) -> Written:
    """The text `kind` of `event` in `language`.

    `link` replaces the address of the event's page, such as by a multiplier's own. `figures` fill the names in FIGURES
    for those who may see them. `words` are tried instead of what is stored, for a preview. Own words of which nothing
    is left say the usual.
    """
    own = own_words(event, kind).text(language) if words is None else words
    chosen = own or usual(event, kind, language)
    values = facts(event, language, centre=centre, link=link) | dict(figures or {})
    filled: Filled = filling.fill(_german_names(chosen), values)
    if own and not filled.text:  # nothing of it is known yet: a mail needs a subject, a paper its heading
        own, chosen = "", usual(event, kind, language)
        filled = filling.fill(_german_names(chosen), values)
    missing = tuple(name for name in ASKED_FOR if not values.get(name))
    return Written(kind, filled.text, chosen, bool(own), missing)


def own_words(event: Event, kind: Kind) -> Translated:
    """What the event says instead of the usual. A cancelled one says that it is cancelled, whatever it said before."""
    if event.is_cancelled:
        return Translated()
    return next((row.words for row in event.wordings.all() if row.kind == kind), Translated())


def words(event: Event, kind: Kind, language: str) -> str:
    """What an editor begins with: the event's own words in just this language, else the usual ones."""
    own = next((row.words for row in event.wordings.all() if row.kind == kind), Translated())
    return own.get(language) or usual(event, kind, language)


def usual(event: Event, kind: Kind, language: str) -> str:
    """The usual words, by how things stand: cancelled, a report ahead of the day, or as always."""
    texts = _texts()[kind]
    if event.is_cancelled:
        return texts["cancelled"][language]
    return texts["ahead" if "ahead" in texts and not _is_over(event) else "usual"][language]


def unknown(words: str) -> tuple[str, ...]:
    """Names in braces that mean nothing."""
    return filling.unknown(_german_names(words), NAMES.keys())


def checked(words: Mapping[str, str]) -> dict[str, str]:
    """The words of each language as they are stored. Raises DomainError as `actions.wordings.set` does."""
    told = {language: _tidy(words.get(language, "")) for language in LANGUAGES}
    for language, text in told.items():
        if len(text) > LONGEST:
            raise DomainError("text_too_long", field=language)
        if strange := unknown(text):
            raise DomainError("name_unknown", strange[0], field=language)
        if not filling.is_closed(text):
            raise DomainError("braces_uneven", field=language)
        if not filling.is_even(text):
            raise DomainError("brackets_uneven", field=language)
    return told


def facts(event: Event, language: str, *, centre: Centre, link: str = "") -> dict[str, str]:
    """What an event says of itself, by the German names; what it does not say is empty."""
    told, draft = _content(event), event.draft
    public = _public(event)
    contact, partner = (public.contact, public.partner) if public else (draft.contact, draft.partner)
    topic = next((row.topic for row in public.topic_rows.all()), None) if public else draft.topic
    details = told["details"] or {}
    pools = list(event.pools.all())
    with translation.override(language):
        starts, ends = contents.moment(told["starts_at"]), contents.moment(told["ends_at"])
        return {
            "titel": _text(told["title"], language),
            "kurztext": _text(told["summary"], language),
            "beschreibung": _text(told["text"], language),
            "format": told["format"] if language == "de" else "",
            "thema": Translated(topic.title).text(language) if topic else "",
            **_times(starts, ends, language),
            **_places(event, told, pools, language),
            "link": link or page(event, language),
            "termine": addresses.events(language=language),
            "anmeldeschluss": _day(_closes(event, starts), language),
            "plaetze": str(sum(pool.chairs for pool in pools) or ""),
            "minuten": _minutes(pools),
            "kosten": _free(told, language),
            "zielgruppe": _text(told["target_group"], language),
            "mitnehmen": _points(details, "takeaways", language),
            "es_sprechen": _speakers(event),
            "ansprechperson": contact.name if contact else "",
            "telefon": phones.shown((contact.phone if contact else "") or centre.phone),
            "mail": (contact.email if contact else "") or centre.email,
            "partner": Translated(partner.name).text(language) if partner else "",
            "zentrum": centre.name.text(language),
            "sitz": centre.seat,
            "heute": _day(clock.now(), language, weekday=False),
            "ueber_das_zentrum": centre.about.text(language),
            "foerderung": Translated(centre.texts.get("logo_line") or {}).text(language),
            "grund": event.cancelled_reason,
        }


def _german_names(words: str) -> str:
    german = {english: name for name, english in NAMES.items()}
    return filling.GAP.sub(lambda found: "{" + german.get(found[1].strip(), found[1].strip()) + "}", words)


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    found = tomllib.loads(resources.files("wegweiser.events").joinpath("wordings.toml").read_text("utf-8"))
    return {
        kind: {case: {language: text.strip("\n") for language, text in both.items()} for case, both in cases.items()}
        for kind, cases in found.items()
    }


def _content(event: Event) -> contents.Content:
    """What the public reads; before it is public, what is written so far."""
    public = _public(event)
    return contents.of_entry(public) if public else {**contents.empty(event.draft.kind), **event.draft.content}


def _public(event: Event) -> Entry | None:
    entry = event.draft.entry
    return entry if entry is not None and entry.withdrawn_at is None else None


def page(event: Event, language: str) -> str:
    """The address of its page, also before it is public."""
    return addresses.offer("event", slug(event), language=language)


def slug(event: Event) -> str:
    """Where its page is, or will be."""
    return event.draft.entry.slug if event.draft.entry else event.draft.slug


def _is_over(event: Event) -> bool:
    dated = event.draft.entry or event.draft
    return times.is_over(dated.starts_at, dated.ends_at)


def _text(told: Mapping[str, str] | None, language: str) -> str:
    return Translated(told or {}).text(language)


def _points(details: Mapping[str, object], name: str, language: str) -> str:
    found = (details.get(f"{name}_en") if language == "en" else None) or details.get(name) or []
    return "\n".join(f"– {point}" for point in found) if isinstance(found, list) else str(found)


def _speakers(event: Event) -> str:
    return ", ".join(dict.fromkeys(row["speaker"] for row in event.agenda if row.get("speaker")))


def _minutes(pools: list[Pool]) -> str:
    """How long each talk of a consultation day takes; empty where they differ or there are none."""
    found = {pool.ends_at - pool.starts_at for pool in pools if pool.starts_at and pool.ends_at}
    return str(int(found.pop().total_seconds() // 60)) if len(found) == 1 else ""


def _free(told: Mapping[str, object], language: str) -> str:
    price = told.get("price")
    if price is None or float(str(price)):
        return ""
    return "Taking part is free of charge." if language == "en" else "Die Teilnahme ist kostenfrei."


def _closes(event: Event, starts: dt.datetime | None) -> dt.datetime | None:
    """The last day to register, where that is before the day itself."""
    closes = event.closes_at
    if closes is None or starts is None or clock.local(closes).date() >= clock.local(starts).date():
        return None
    return closes


def _places(event: Event, told: Mapping[str, object], pools: list[Pool], language: str) -> dict[str, str]:
    """Place, room, both, and how one takes part from elsewhere."""
    ways = {pool.way for pool in pools} or {Way.ONLINE if told["attendance"] == "online" else Way.ON_SITE}
    place = str(told["place"]) if Way.ON_SITE in ways else ""
    room = event.room if Way.ON_SITE in ways else ""
    there = ", ".join(filter(None, [place, room]))
    online = "online"
    if Way.ONLINE in ways and there:
        online = "or online" if language == "en" else "oder online"
    where = " ".join(filter(None, [there, online if Way.ONLINE in ways else ""]))
    access = event.access.text(language) if Way.ON_SITE in ways else ""
    return {"ort": place, "raum": room, "wo": where, "zugang": access.rstrip(".")}


def _times(starts: dt.datetime | None, ends: dt.datetime | None, language: str) -> dict[str, str]:
    """Day and hours as one says them."""
    names = ("wann", "wann_kurz", "tag", "tag_kurz", "uhrzeit")
    if starts is None:
        return dict.fromkeys(names, "")
    first, last = clock.local(starts), clock.local(ends) if ends else None
    day, short = _day(starts, language), _day(starts, language, weekday=False)
    if last is not None and last.date() != first.date():
        until = _day(ends, language)
        if language == "en":
            told = (f"{day}, {_hour(first)}, to {until}, {_hour(last)}", f"{day}, to {until}")
            when = f"from {told[0]}"
        else:
            told = (f"{day}, {_hour(first)} Uhr, bis {until}, {_hour(last)} Uhr", f"{day}, bis {until}")
            when = f"von {told[0]}"
        return dict(zip(names, (when, *told, short, ""), strict=True))
    hours = _hours(first, last, language)
    if language == "en":
        when = f"on {day}, {'from ' if last else 'at '}{hours}"
    else:
        when = f"am {day}, {'von ' if last else 'um '}{hours}"
    return dict(zip(names, (when, f"{day}, {hours}", day, short, hours), strict=True))


def _hours(first: dt.datetime, last: dt.datetime | None, language: str) -> str:
    if language == "en":
        return f"{_hour(first)} to {_hour(last)}" if last else _hour(first)
    return f"{_hour(first)} bis {_hour(last)} Uhr" if last else f"{_hour(first)} Uhr"


def _hour(moment: dt.datetime) -> str:
    """An hour: 14 or 14:30; the English one always with its minutes."""
    if translation.get_language() == "en":
        return f"{moment:%H:%M}"
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else str(moment.hour)


def _day(moment: dt.datetime | None, language: str, *, weekday: bool = True) -> str:
    if moment is None:
        return ""
    plain = "j F Y" if language == "en" else "j. F Y"
    return date_format(clock.local(moment), f"l, {plain}" if weekday else plain)


def _tidy(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
