"""What a certificate of attendance says, on paper and to whoever checks its code."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wegweiser.consortium import directory
from wegweiser.documents import pdf
from wegweiser.documents.values import Language
from wegweiser.events import lengths, queries
from wegweiser.events.door import plain
from wegweiser.events.models import Certificate, Event, Pool, Presence, Registration, Seat, State
from wegweiser.kernel import addresses, clock

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another


@dataclass(frozen=True)
class Said:
    """What anybody may read who holds the code. Who it was is only compared with what they type."""

    title: str
    days: str
    hours: str
    partner: str
    valid: bool
    named: bool


def by_code(text: str) -> Certificate | None:
    """The certificate of a code, however it is written."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper())
    if len(signs) != 12:
        return None
    rows = Certificate.objects.select_related("seat__registration__event__draft__entry", "seat__registration__pool")
    rows = rows.select_related("seat__registration__event__draft__partner", "seat__registration__event__draft__topic")
    return rows.filter(code="-".join((signs[:4], signs[4:8], signs[8:]))).first()


def name(seat: Seat) -> str:
    """Whose certificate it is: the one named, or who registered alone."""
    return seat.name or (seat.registration.name if seat.registration.places == 1 else "")


def took_part(seat: Seat) -> bool:
    """Whether somebody was there, in a place that is still theirs."""
    return bool(
        seat.presence == Presence.ATTENDED and seat.given_back_at is None and seat.registration.state == State.CONFIRMED
    )


def from_when(event: Event, pool: Pool, *, at_desk: bool) -> dt.datetime | None:
    """From when on there are certificates for a place; None where nobody knows when it is."""
    starts, ends = lengths.times(event, pool)
    if starts is None:
        return None
    over = ends or queries.ends_at(event) or starts
    return starts + (over - starts) * event.least_share / 100 if at_desk else over


def ready(registration: Registration, seats: Iterable[Seat], *, at_desk: bool = False) -> list[Seat]:
    """The places of a registration whose certificate there is now."""
    since = from_when(registration.event, registration.pool, at_desk=at_desk)
    if since is not None and clock.now() < since:
        return []
    found = []
    for seat in seats:
        seat.registration = registration
        if took_part(seat) and name(seat):
            found.append(seat)
    return found


def said(certificate: Certificate) -> Said:
    seat, event = certificate.seat, certificate.seat.registration.event
    return Said(
        title=_title(event),
        days=days(event, seat.registration.pool),
        hours=hours(certificate.hours),
        partner=str(event.draft.partner or ""),
        valid=took_part(seat),
        named=bool(name(seat)),
    )


def is_of(certificate: Certificate, typed: str) -> bool:
    """Whether the name that somebody typed is the one on it."""
    meant = " ".join(plain(name(certificate.seat)).split())
    return bool(meant) and meant == " ".join(plain(typed).split())


def days(event: Event, pool: Pool) -> str:
    """`9. März 2026`, of several days `9. bis 11. März 2026`: on which days whoever has a place there takes part."""
    found = lengths.days(*lengths.times(event, pool))
    if not found:
        return ""
    first, last = found[0], found[-1]
    plain = _("j. F Y")
    if first == last:
        return date_format(last, plain)
    if first.year != last.year:
        shape = plain
    elif first.month != last.month:
        shape = _("j. F")
    else:
        shape = _("j.")
    return _("%(first)s bis %(last)s") % {"first": date_format(first, shape), "last": date_format(last, plain)}


def hours(number: Decimal) -> str:
    written = number_format(number.normalize(), use_l10n=True)
    return ngettext("%(n)s Stunde", "%(n)s Stunden", 1 if number == 1 else 2) % {"n": written}


def paper(certificate: Certificate, *, lang: Language) -> bytes:
    """The certificate as PDF."""
    seat, event = certificate.seat, certificate.seat.registration.event
    centre = directory.centre()
    with translation.override(lang):
        facts = [
            (_("Veranstaltung"), _title(event)),
            (_("Thema"), str(event.draft.topic or "")),
            (_("Tag"), days(event, seat.registration.pool)),
            (_("Umfang"), hours(certificate.hours)),
            (_("Veranstalter"), str(event.draft.partner or "")),
            (_("Code zum Prüfen"), certificate.code),
        ]
        return pdf.certificate(
            title=_("Teilnahmebescheinigung"),
            name=name(seat),
            sentence=_("hat an dieser Veranstaltung teilgenommen."),
            facts=[fact for fact in facts if fact[1]],
            check=_("Ob sie echt ist, sagt der Code unter %(address)s")
            % {"address": addresses.certificates(language=lang)},
            signed=_("Ausgestellt am %(day)s. Sie gilt ohne Unterschrift.")
            % {"day": date_format(clock.local(certificate.recorded_at), _("j. F Y"))},
            lang=lang,
            house=pdf.House(
                name=str(centre.name) if centre else "",
                colour=str(centre.look.get("brand", "")) if centre else "",
                line=_funder_line(lang),
            ),
        )


def _title(event: Event) -> str:
    return str(event.draft.entry.title if event.draft.entry else event.draft.title)


def _funder_line(lang: Language) -> str:
    centre = directory.centre()
    line = (centre.texts or {}).get("logo_line") if centre else None
    return str((line or {}).get(lang) or (line or {}).get("de") or "")
