"""Words for what happens to a registration, and what is to be done next for an event."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wegweiser.catalogue import content, times
from wegweiser.catalogue.models import Draft
from wegweiser.catalogue.worklist import Row
from wegweiser.events import answers, arrangement, queries, talks
from wegweiser.events.hosting import Numbers
from wegweiser.events.models import Change, Event, Pool, Question, QuestionKind, Registration, State
from wegweiser.kernel import clock
from wegweiser.kernel.translated import Translated
from wegweiser.web.ui import dates

BADGES: dict[str, str] = {
    State.CONFIRMED: "success",
    State.PENDING: "info",
    State.ASKED: "info",
    State.WAITING: "warning",
    State.OFFERED: "warning",
}
CHANGES: dict[str, Promise] = {
    "confirm": gettext_lazy("Anmeldung bestätigt"),
    "queue": gettext_lazy("Adresse bestätigt, auf die Warteliste"),
    "move_up": gettext_lazy("Von der Warteliste nachgerückt"),
    "offer": gettext_lazy("Platz angeboten"),
    "accept": gettext_lazy("Angebotenen Platz angenommen"),
    "cancel": gettext_lazy("Abgesagt"),
    "address": gettext_lazy("E-Mail-Adresse geändert"),
    "lapse": gettext_lazy("Frist verstrichen, Platz weitergegeben"),
}
# What to say to somebody without a mail address, by what became of their registration.
TO_SAY: dict[str, Promise] = {
    State.OFFERED: gettext_lazy("Ein Platz ist frei geworden. Fragen Sie, ob es noch passt."),
    State.CONFIRMED: gettext_lazy("Sagen Sie, was sich geändert hat."),
    State.WAITING: gettext_lazy("Sagen Sie, was sich geändert hat."),
    State.LAPSED: gettext_lazy("Der angebotene Platz ist weitergegeben."),
    State.CANCELLED: gettext_lazy("Die Anmeldung ist abgesagt."),
}


def change(row: Change, pools: Mapping[str, str]) -> str:
    """What became of a registration, in one line of its history; `pools` are the places of the event by their key."""
    if row.verb == "pool":
        gone = _("ein Platz, den es nicht mehr gibt")
        moved = {"before": pools.get(row.source) or gone, "now": pools.get(row.target) or gone}
        return _("Umgebucht: bisher %(before)s, jetzt %(now)s") % moved
    if row.verb != "places":
        return str(CHANGES.get(row.verb, row.verb))
    before, after = int(row.source), int(row.target)
    if after < before:
        told = ngettext(
            "%(n)d Platz zurückgegeben, bleiben %(left)d",
            "%(n)d Plätze zurückgegeben, bleiben %(left)d",
            before - after,
        )
        return told % {"n": before - after, "left": after}
    told = ngettext("%(n)d Platz mehr, jetzt %(now)d", "%(n)d Plätze mehr, jetzt %(now)d", after - before)
    return told % {"n": after - before, "now": after}


def moment(value: dt.datetime | None, pattern: str = "d.m.Y, H:i") -> str:
    return dates.written(clock.local(value), pattern) if value else ""


def title(event: Event) -> str:
    """What it is called: as the public reads it, else as it is written so far."""
    entry = event.draft.entry
    return str(entry.title if entry and entry.withdrawn_at is None else event)


def begins(event: Event) -> str:
    if event.draft.is_template:
        return _("Vorlage")
    starts = queries.starts_at(event)
    return dates.written(clock.local(starts), "l, j. F Y, H:i") if starts else _("noch ohne Tag")


def place(event: Event) -> str:
    entry = event.draft.entry
    spot = entry.place if entry else event.draft.content.get("place", "")
    return ", ".join(filter(None, [spot, event.room]))


BY_ITSELF = frozenset({"offer", "move_up", "lapse"})  # follows from what others did


def by_whom(actor: str, names: dict[str, str]) -> str:
    """Who did it: a colleague by name, the guest, or nobody (it came by itself)."""
    kind, _colon, _rest = actor.partition(":")
    if actor in names:
        return names[actor]
    match kind:
        case "system":
            return _("von selbst")
        case "staff":
            return _("am Arbeitsplatz")
    return _("selbst")


def answered(questions: Sequence[Question], guest: Registration) -> dict[Question, str]:
    """What a guest answered, question by question. A consent that they were asked for and did not give is a no."""
    given = guest.answers
    told = {row: given.get(answers.key(row)) for row in questions}
    shown = {row: answer(row, said) for row, said in told.items() if said not in (None, "", [])}
    return {
        row: shown[row] if row in shown else _("nein")
        for row in questions
        if row in shown or (row.kind == QuestionKind.CONSENT and _was_asked(row, questions, guest))
    }


def is_consenting(question: Question, guest: Registration) -> bool:
    """Whether a consent that a guest gave to this question stands."""
    given = guest.answers.get(answers.key(question))
    return question.kind == QuestionKind.CONSENT and isinstance(given, dict) and "withdrawn_at" not in given


def _was_asked(question: Question, questions: Sequence[Question], guest: Registration) -> bool:
    """Whether the form that somebody filled in themselves had this question."""
    if guest.by.startswith("staff") or not guest.name or question.recorded_at > guest.recorded_at:
        return False
    retired = question.retired_at is not None and question.retired_at <= guest.recorded_at
    return not retired and answers.is_shown(question, questions, guest.answers)


def answer(question: Question, given: Any) -> str:
    """An answer in the reader's words; a consent with the day it was given, or taken back."""
    if isinstance(given, dict):
        if gone := content.moment(given.get("withdrawn_at")):
            return _("zurückgenommen am %(day)s") % {"day": moment(gone, "d.m.Y")}
        day = content.moment(given.get("at"))
        return _("ja, am %(day)s") % {"day": moment(day, "d.m.Y")} if day else _("ja")
    names = {row["key"]: str(Translated(row["label"])) for row in question.options}
    names |= {answers.YES: _("ja"), answers.NO: _("nein")} if question.kind == QuestionKind.YES_NO else {}
    told = given if isinstance(given, list) else [given]
    return ", ".join(names.get(str(value), str(value)) for value in told)


def to_say(row: Registration) -> str:
    return str(TO_SAY.get(row.state, ""))


def full(numbers: Numbers) -> str:
    """How full, in one line. What is taken is told, for that is true of past dates and of too many guests as well."""
    told = _("%(taken)d von %(capacity)d Plätzen belegt") % {"taken": numbers.taken, "capacity": numbers.capacity}
    if numbers.waiting:
        waits = ngettext("%(n)d wartet", "%(n)d warten", numbers.waiting) % {"n": numbers.waiting}
        told = f"{told}, {waits}"
    return told


def next_thing(row: Row, event: Event | None, calls: int) -> tuple[str, str]:
    """What is to be done next for an event, and where; both empty where nothing is."""
    settings = reverse("desk:event_settings", kwargs={"uuid": row.uuid})
    if event is None:
        return ("", "") if row.is_past else (_("Anmeldung einrichten"), settings)
    page = reverse("desk:event", kwargs={"uuid": event.uuid})
    if calls:
        text = ngettext("%(n)d Gast anrufen", "%(n)d Gäste anrufen", calls) % {"n": calls}
        return text, f"{page}#anrufe"
    if event.is_cancelled:
        return "", ""
    draft: Draft = event.draft
    entry = draft.entry
    if entry is None or entry.withdrawn_at:
        return ("", "") if row.is_past else (_("Veröffentlichen"), reverse("desk:offer", kwargs={"uuid": row.uuid}))
    if times.is_over(entry.starts_at, entry.ends_at):
        return ("", "") if event.settled_at else (_("Teilnahme festhalten"), page)
    if talks.outside(event, event.pools.all()):
        return _("Gespräche außerhalb der Zeit"), f"{page}#gespraeche"
    if missing := missing_settings(event):
        return missing[0], settings
    return "", ""


def talk(pool: Pool) -> str:
    """A talk by its day and time, and its name where it has one of its own."""
    if pool.starts_at is None or pool.ends_at is None:
        return str(pool.label)
    usual = arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
    ends = clock.local(pool.ends_at)
    time = f"{moment(pool.starts_at, 'D, j.n., H:i')}–{ends:%H:%M}"
    return time if not pool.label or pool.label == usual else f"{time}, {pool.label}"


def missing_settings(event: Event) -> list[str]:
    """What guests will ask for and nobody wrote down yet."""
    pools = list(event.pools.all())
    ways = {pool.way for pool in pools}
    found = []
    if "online" in ways and not event.join_link:
        found.append(_("Link zum Mitmachen fehlt"))
    if "on_site" in ways and not event.access:
        found.append(_("Zugang mit Rollstuhl beschreiben"))
    return found
