"""A guest's own page in words: how their registration stands, what happens next, who comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.documents import calendars, qr
from wegweiser.events import calendar_dates, queries
from wegweiser.events.models import Registration, Seat, State, Way
from wegweiser.kernel import clock
from wegweiser.web.public import enrolment, offers
from wegweiser.web.public.details import Fact


@dataclass(frozen=True)
class Stand:
    """How it stands: a heading, a sentence, and what happens next."""

    heading: str
    lead: str
    steps: tuple[str, ...] = ()
    good: bool = False


@dataclass(frozen=True)
class Pass:
    """What somebody shows at the door."""

    name: str
    code: SafeString


@dataclass(frozen=True)
class Consent:
    """What somebody agreed to; `key` is the number of the question."""

    key: str
    text: str
    language: str
    withdrawn: bool


@dataclass(frozen=True)
class Line:
    """One of several dates that were registered for together."""

    row: Registration
    when: str
    title: str
    state: str
    kind: str
    this: bool


KINDS = {
    State.CONFIRMED: "success",
    State.WAITING: "warning",
    State.OFFERED: "warning",
    State.PENDING: "info",
    State.ASKED: "info",
}


def lines(rows: Sequence[Registration], *, this: Registration) -> list[Line]:
    """The dates of a bundle, each with how it stands; titles where they are not all the same."""
    titled = len({_title(row) for row in rows}) > 1
    return [_line(row, this, titled) for row in rows] if len(rows) > 1 else []


def _line(row: Registration, this: Registration, titled: bool) -> Line:
    state, kind = str(State(row.state).label), KINDS.get(State(row.state), "neutral")
    if row.event.is_cancelled and row.is_active:
        state, kind = _("fällt aus"), "warning"
    elif is_over(row) and row.is_active:
        state, kind = _("vorbei"), "neutral"
    when, title = _when(row), _title(row)
    return Line(row, when, title if titled and when != title else "", state, kind, row.pk == this.pk)


def mixed(rows: Sequence[Registration]) -> str:
    """At how many of the coming dates they have a place, where it is not the same at all."""
    sure = sum(row.state == State.CONFIRMED for row in rows)
    if not sure or sure == len(rows):
        return ""
    told = ngettext(
        "An %(sure)d von %(n)d Terminen haben Sie einen Platz, am anderen noch nicht.",
        "An %(sure)d von %(n)d Terminen haben Sie einen Platz, an den anderen noch nicht.",
        len(rows) - sure,
    )
    return told % {"sure": sure, "n": len(rows)}


def offers_beside(rows: Sequence[Registration], *, this: Registration) -> list[tuple[Registration, str, str]]:
    """Places that are kept for them at other dates than the page shows: which, when, and until when.

    The page opens with the first date, and that one may be sure while the offer at another runs out.
    """
    found = [row for row in rows if row.state == State.OFFERED and row.pk != this.pk]
    return [(row, _when(row), enrolment.moment(row.until) if row.until else "") for row in found]


def _when(row: Registration) -> str:
    starts = row.pool.starts_at or queries.starts_at(row.event)
    return enrolment.moment(starts) if starts else _title(row)


def _title(row: Registration) -> str:
    entry = row.event.draft.entry
    return str(entry.title if entry else row.event.draft.title)


def is_over(row: Registration) -> bool:
    """Whether nothing can be changed any more, because it is under way or behind us."""
    starts = row.pool.starts_at or queries.starts_at(row.event)
    return starts is not None and starts <= clock.now()


def may_edit(row: Registration) -> bool:
    """Whether somebody may still change what they registered."""
    return row.is_active and not row.event.is_cancelled and not is_over(row)


def stand(row: Registration) -> Stand:
    """In plain words, and what to do or to wait for."""
    if row.event.is_cancelled and row.is_active:
        reason = row.event.cancelled_reason
        return Stand(_("Diese Veranstaltung fällt aus"), reason or _("Es tut uns leid."))
    if is_over(row) and row.is_active:
        return _afterwards(row)
    until = enrolment.moment(row.until) if row.until else ""
    match State(row.state):
        case State.PENDING:
            lead = _("Ihr Platz ist bis %(until)s für Sie freigehalten.") % {"until": until}
            return Stand(_("Bitte bestätigen Sie Ihre Anmeldung"), lead, _confirming(row))
        case State.ASKED:
            lead = _("Im Moment ist kein Platz frei. Ihre Anmeldung wartet bis %(until)s auf Ihre Bestätigung.")
            return Stand(_("Bitte bestätigen Sie Ihre Anmeldung"), lead % {"until": until}, _confirming(row))
        case State.CONFIRMED:
            return Stand(_("Sie sind angemeldet"), _("Wir freuen uns auf Sie."), _coming(row), good=True)
        case State.WAITING:
            return Stand(_("Sie stehen auf der Warteliste"), _ahead(row), _waiting(row))
        case State.OFFERED:
            lead = _("Er ist bis %(until)s für Sie reserviert.") % {"until": until}
            step = _("Sagen Sie bis dahin nicht zu, geht der Platz an die Nächsten weiter.")
            return Stand(_("Ein Platz ist frei für Sie"), lead, (step,))
        case State.CANCELLED:
            return Stand(
                _("Ihre Anmeldung ist abgesagt"),
                _("Danke, dass Sie Bescheid gegeben haben: So kann jemand anders kommen."),
            )
    return Stand(
        _("Ihre Anmeldung ist verfallen"),
        _("Der Platz wurde nicht rechtzeitig bestätigt. Möchten Sie doch kommen? Melden Sie sich einfach neu an."),
    )


def _afterwards(row: Registration) -> Stand:
    ends = queries.ends_at(row.event)
    if ends and ends > clock.now():
        return Stand(_("Es hat begonnen"), _("Zeigen Sie am Einlass einfach Ihren Code."), good=True)
    if queries.came(row):
        return Stand(_("Danke, dass Sie da waren"), "", good=True)
    return Stand(_("Diese Veranstaltung ist vorbei"), "")


def _confirming(row: Registration) -> tuple[str, ...]:
    told = _("Wir haben Ihnen eine E-Mail an %(mail)s geschickt. Tippen Sie darin auf den Link.") % {"mail": row.email}
    after = (
        _("Danach sind Sie angemeldet.") if row.state == State.PENDING else _("Danach stehen Sie auf der Warteliste.")
    )
    return (told, after)


def _coming(row: Registration) -> tuple[str, ...]:
    steps = []
    if row.email:
        steps.append(_("Die Bestätigung mit Kalendereintrag geht an %(mail)s.") % {"mail": row.email})
    if row.pool.way == Way.ONLINE:
        steps.append(_("Am Tag selbst kommen Sie über den Link auf dieser Seite hinein."))
    else:
        steps.append(_("Am Einlass zeigen Sie den Code von dieser Seite, auf dem Telefon oder ausgedruckt."))
    steps.append(_("Sie können doch nicht? Sagen Sie hier ab, dann kommt jemand anders zum Zug."))
    return tuple(steps)


def _ahead(row: Registration) -> str:
    ahead = queries.before_in_line(row)
    if not ahead:
        return _("Sie sind als Nächstes an der Reihe.")
    return ngettext("Vor Ihnen wartet %(n)d Anmeldung.", "Vor Ihnen warten %(n)d Anmeldungen.", ahead) % {"n": ahead}


def _waiting_together(row: Registration) -> tuple[str, ...]:
    hours = row.event.offer_hours
    step = _("Sie warten auf die ganze Reihe: Sobald an allen Terminen Platz ist, schreiben wir Ihnen.")
    if not hours:
        return (step,)
    told = ngettext("Dann haben Sie %(n)d Stunde, um zuzusagen.", "Dann haben Sie %(n)d Stunden, um zuzusagen.", hours)
    return (step, told % {"n": hours})


def _waiting(row: Registration) -> tuple[str, ...]:
    hours = row.event.offer_hours
    if row.together:
        return _waiting_together(row)
    if not hours:
        steps = [_("Wird ein Platz frei, rücken Sie von selbst nach, und wir schreiben Ihnen.")]
    else:
        told = ngettext(
            "Wird ein Platz frei, schreiben wir Ihnen. Dann haben Sie %(n)d Stunde, um zuzusagen.",
            "Wird ein Platz frei, schreiben wir Ihnen. Dann haben Sie %(n)d Stunden, um zuzusagen.",
            hours,
        )
        steps = [told % {"n": hours}]
    if row.event.fill:
        steps.append(str(enrolment.FILLS))
    return tuple(steps)


def passes(row: Registration, seats: list[Seat]) -> list[Pass]:
    """A code for each place on site, while there is a place to show it for."""
    ends = row.pool.ends_at or queries.ends_at(row.event)
    is_over = ends is not None and ends <= clock.now()
    if row.state != State.CONFIRMED or row.pool.way == Way.ONLINE or row.event.is_cancelled or is_over:
        return []
    said = _("QR-Code für den Einlass")
    return [Pass(label(seat), qr.svg(str(seat.uuid), label=said)) for seat in seats]


def day(row: Registration) -> str:
    """The day and hour for which a code is, as it stands beside it: who has several dates prints several."""
    starts = row.pool.starts_at or queries.starts_at(row.event)
    return enrolment.moment(starts) if starts else ""


def label(seat: Seat) -> str:
    return seat.name or _("Platz %(n)d") % {"n": seat.position}


def consents(row: Registration) -> list[Consent]:
    """What was agreed to, in the words of then."""
    given = {key: value for key, value in row.answers.items() if isinstance(value, dict) and "text" in value}
    return [
        Consent(key, value["text"], value.get("language", ""), bool(value.get("withdrawn_at")))
        for key, value in given.items()
    ]


def facts(row: Registration, people: Sequence[str] = ()) -> list[Fact]:
    """When and where, as it is now, for how many, and for which `people` where several come."""
    event, entry = row.event, row.event.draft.entry
    starts = row.pool.starts_at
    when = offers.when(entry) if entry else ""
    if starts:
        when = f"{enrolment.day(starts)}, {enrolment.name(row.pool)}"
    online, access = row.pool.way == Way.ONLINE, event.access
    place = "" if online else ", ".join(filter(None, [entry.place if entry else "", event.room]))
    rows = [
        Fact(_("Wann"), when),
        Fact(_("Wo"), _("online") if online else place),
        Fact(pgettext("way in", "Zugang"), "" if online else str(access), offers.foreign(access) if access else ""),
        Fact(_("Plätze"), str(row.places) if row.places > 1 and row.is_active else ""),
        Fact(_("Es kommen"), ", ".join(filter(None, people)) if row.places > 1 and row.is_active else ""),
        Fact(_("Angemeldet als"), ", ".join(filter(None, [row.name, row.firm]))),
    ]
    return [fact for fact in rows if fact.text]


def calendar_file(row: Registration) -> str:
    """The date for one's own calendar, as the mails carry it; empty where it has no day."""
    found = _date(row, consortium.centre())
    return calendars.file(found) if found else ""


def calendar_of_all(rows: Sequence[Registration]) -> str:
    """All dates of a bundle that stand, in one file; empty where none does."""
    centre = consortium.centre()
    stand = [row for row in rows if row.state == State.CONFIRMED and not row.event.is_cancelled]
    found = [replace(date, attendee="") for row in stand if (date := _date(row, centre)) is not None]
    return calendars.files(found) if found else ""


def _date(row: Registration, centre: Centre) -> calendars.Date | None:
    entry = row.event.draft.entry
    place = ", ".join(filter(None, [row.event.told.get("place"), row.event.room]))
    return calendar_dates.of(
        row,
        title=entry.title if entry else row.event.draft.title,
        place="" if row.pool.way == Way.ONLINE else place,
        organiser=centre.email,
        organiser_name=centre.name.text(row.language),
    )
