"""What stands on a visit sheet, on the phone and on paper alike, as far as its reader may know it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry
from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Channel, Company, Consent, Person, Position
from wegweiser.consortium.models import Dated
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import recipients, thread_steps
from wegweiser.documents import pdf
from wegweiser.documents.values import Language
from wegweiser.enquiries import queries, visits
from wegweiser.enquiries.models import Appointment, Case, Contribution, FollowUp
from wegweiser.journey import queries as journey
from wegweiser.journey.models import PlannedStep, Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel import clock
from wegweiser.web.desk import firm_facts, letters, offer_words, routes
from wegweiser.web.desk.access import Desk
from wegweiser.web.ui import dates

CHANNELS: dict[str, str | Promise] = {
    Channel.MAIL: gettext_lazy("E-Mail ist recht."),
    Channel.LETTER: gettext_lazy("Möchte Briefe, keine E-Mail."),
    Channel.PHONE: letters.HOLD_REASONS["channel_phone"],
    Channel.NONE: letters.HOLD_REASONS["channel_none"],
}
# What somebody agreed to, in short; a purpose that is new here shows its key.
PURPOSES: dict[str, str | Promise] = {
    "news": gettext_lazy("Neuigkeiten per E-Mail"),
    "newsletter": gettext_lazy("Neuigkeiten per E-Mail"),
    "referral": gettext_lazy("Weitergabe an andere"),
    "photo": gettext_lazy("Fotos"),
    "reference": gettext_lazy("Nennung als Beispiel"),
}
CASES, ASKED, ASKED_BEFORE = 5, 1200, 200  # cases on paper, and characters of what one goes there for and of others
MAP = "https://www.openstreetmap.org/search?query="  # a link to tap: nothing is asked there before


@dataclass(frozen=True)
class Face:
    """Somebody one may meet there."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Said:
    """Something on the way so far. Without words where another partner keeps them: then only that there was contact."""

    day: dt.date
    title: str | Promise
    who: str
    text: str = ""
    readers: str | Promise = ""
    case: Case | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything for one visit. `date` is missing where one goes to a firm without an appointment."""

    title: str
    firm: Company | None
    date: Appointment | None
    faces: list[Face]
    address: list[str]
    facts: list[firm_facts.Known]
    said: list[Said]
    promises: list[FollowUp]
    coming: list[Appointment]
    plan: list[PlannedStep]
    offers: list[Entry]
    channel: str | Promise
    writes_by: str  # the channel of a summary: mail, letter, or nothing where none has somewhere to go
    consents: list[Consent]
    cases: list[Case] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    knows_asker: bool = True  # a date that was cancelled opens no case any more

    @property
    def asked(self) -> Case | None:
        """The case it is about: that of the date, else the firm's newest."""
        return self.date.case if self.date and self.knows_asker else next(iter(self.cases), None)

    @property
    def lacks_address(self) -> bool:
        """Whether they take letters or mails, and nobody knows where to."""
        return not self.writes_by and self.channel in {CHANNELS[Channel.MAIL], CHANNELS[Channel.LETTER]}

    @property
    def spot(self) -> str:
        """What a map is asked for: where the visit is, else where the firm is."""
        place = self.date.place if self.date and self.date.kind == Contribution.Kind.VISIT else ""
        return place or ", ".join(self.address)

    @property
    def map(self) -> str:
        return f"{MAP}{quote(self.spot)}" if self.spot else ""


def of_date(date: Appointment, desk: Desk) -> Sheet:
    """The sheet of a talk or visit that was arranged."""
    firm = companies.root_of(date.case.company) if date.case.company else None
    return _sheet(firm if firm and desk.sees(firm) else None, date, desk)


def of_firm(firm: Company, desk: Desk) -> Sheet:
    """The sheet of a firm where one happens to be."""
    return _sheet(firm, None, desk)


def _sheet(firm: Company | None, date: Appointment | None, desk: Desk) -> Sheet:
    day, everywhere = clock.today(), desk.everywhere_for(Permission.CASE_SEE)
    me = desk.member
    readable = queries.visible_cases(member=me, day=day, everywhere=everywhere)
    about = visits.cases_of(firm, cases=readable) if firm else readable.filter(pk__in=[date.case.pk] if date else [])
    told = visits.said(about=about, firm=firm, member=me, day=day, everywhere=everywhere)
    promised = visits.promised(about=about, firm=firm, member=me, day=day, everywhere=everywhere)
    cases = list(about.select_related("topic", "partner", "person")[: visits.MOST])
    positions = _positions(firm)
    people = _who_is_there(positions, cases)
    opens = date is not None and (date.cancelled_at is None or readable.filter(pk=date.case.pk).exists())
    meets = date is not None and opens and not _is_hidden(date.case)
    asked = date.case if date and opens else (cases[0] if cases else None)
    channel = recipients.channel(asked) if asked else (firm.channel if firm else Channel.MAIL)
    return Sheet(
        title=firm.name if firm else _called(date, opens=opens, meets=meets),
        firm=firm,
        date=date,
        faces=_faces(positions, date.case if date and meets else None, people),
        address=[line for line in (firm.street, f"{firm.postcode} {firm.place}".strip()) if line] if firm else [],
        facts=firm_facts.known(firm) if firm else [],
        said=_said(list(told), firm, {case.pk for case in cases}),
        promises=list(promised),
        coming=[row for row in visits.arranged(about=about) if row != date],
        plan=[row for row in journey.plan(firm) if row.is_open and row.title] if firm else [],
        offers=_offers(cases),
        channel=CHANNELS[Channel(channel)],
        writes_by=_writes_by(asked if date else None, channel, firm, people)
        if channel in {Channel.MAIL, Channel.LETTER}
        else "",
        consents=list(Consent.objects.filter(person__in=people, withdrawn_at=None).select_related("person")),
        cases=cases,
        people=people,
        knows_asker=date is None or opens,
    )


def _positions(firm: Company | None) -> list[Position]:
    if firm is None:
        return []
    there = Position.objects.filter(Dated.on(clock.today()), company__in=companies.same_firm(firm))
    rows = there.filter(person__restricted_at=None)
    return list(rows.select_related("person").order_by("person__sort_key", "id"))


def _who_is_there(positions: Sequence[Position], cases: Sequence[Case]) -> list[Person]:
    """Who works at the firm, then who asked; nobody whose data are kept for a proof alone."""
    asked = [case.person for case in cases if case.person and not case.person.restricted_at]
    return list(dict.fromkeys([*(row.person for row in positions), *asked]))


def _writes_by(case: Case | None, chosen: str, firm: Company | None, people: Sequence[Person]) -> str:
    """How a summary would go: that of a date by what who asked has chosen, else to the firm or whom we met."""
    if case is not None:
        return chosen if recipients.writable(case, chosen) else ""
    channel = recipients.channel_of(None, firm)
    if channel == Channel.LETTER:
        return channel if recipients.address_of("", firm) else ""
    reached = bool(firm and firm.email) or any(person.email for person in people)
    return channel if channel == Channel.MAIL and reached else ""


def _is_hidden(case: Case) -> bool:
    """Whether who asked is kept for a proof alone: then the case names them no more either."""
    return bool(case.person and case.person.restricted_at)


def _called(date: Appointment | None, *, opens: bool, meets: bool) -> str:
    if date is None:
        return ""
    if not opens:
        return _("Abgesagter Termin")
    return date.case.firm or (date.case.asker if meets else date.case.reference)


def _faces(positions: Sequence[Position], case: Case | None, people: Sequence[Person]) -> list[Face]:
    """Who asked comes first, with the number they gave."""
    faces = []
    if case and case.name:
        faces.append(Face(case.name, "", case.phone, recipients.mail(case)))
    functions = {row.person_id: row.function for row in positions}
    others = [person for person in people if case is None or person.name != case.name]
    return faces + [Face(person.name, functions.get(person.pk, ""), person.phone, person.email) for person in others]


def _said(rows: Sequence[Contribution], firm: Company | None, readable: set[int]) -> list[Said]:
    found = [
        Said(
            day=row.day or clock.local(row.recorded_at).date(),
            title=Contribution.Kind(row.kind).label,
            who=", ".join(filter(None, [str(row.member or ""), str(row.case.partner)])),
            text=row.text,
            readers=row.get_visibility_display(),
            case=row.case if row.case_id in readable else None,
        )
        for row in rows
    ]
    told = {row.uuid for row in rows}
    steps = [step for step in journey.timeline(firm)[: visits.MOST] if journey.reversing(step) is None] if firm else []
    found += [
        Said(day=step.day, title=OCCASIONS.get(step.occasion_kind, step.get_format_display()), who=_who(step))
        for step in steps
        if not (step.source_kind == thread_steps.SOURCE and step.source_uuid in told)
    ]
    return sorted(found, key=lambda row: row.day, reverse=True)[: visits.MOST]


def _who(step: Step) -> str:
    return f"{step.partner} · {step.topic}"


def _offers(cases: Iterable[Case]) -> list[Entry]:
    """What was suggested for what they asked lately, and is not over."""
    keys = [
        (offer.get("kind", ""), offer.get("slug", "")) for case in cases for offer in case.suggested.get("offers", [])
    ]
    return [entry for entry in catalogue.named(keys) if not catalogue.is_gone(entry)][:8]


# --- On paper --------------------------------------------------------------------------------------------------------


def paper(sheet: Sheet, *, house: pdf.House, lang: Language) -> bytes:
    """The same on A4, with room for the three fields that are filled in afterwards."""
    return pdf.visit_sheet(
        title=sheet.title,
        lead=when(sheet.date) if sheet.date else _("Besuch ohne Termin"),
        blocks=[
            pdf.Block(_("Wer"), _who_lines(sheet)),
            pdf.Block(_("Worum es geht"), _case_lines(sheet)),
            pdf.Block(_("Betrieb"), [_fact_line(fact) for fact in sheet.facts]),
            pdf.Block(_("Kontaktweg"), [str(sheet.channel), *consent_lines(sheet)]),
            pdf.Block(_("Offen"), promise_lines(sheet)),
            pdf.Block(_("Was passt"), [offer_words.words(entry) for entry in sheet.offers]),
            pdf.Block(_("Bisher"), [_said_line(row) for row in sheet.said[:20]]),
        ],
        log=_("Danach"),
        lines=[_("Minuten"), _("Worum ging es?"), _("Was ist vereinbart?"), _("Melden bis")],
        route=routes.to(sheet.spot),
        route_words=_("Route dorthin"),
        lang=lang,
        house=house,
    )


def when(date: Appointment) -> str:
    start = clock.local(date.starts_at)
    minutes = _("%(minutes)s Minuten") % {"minutes": date.minutes}
    parts = [dates.written(start, "l, d.m.Y, H:i"), str(date.get_kind_display()), minutes, date.place, str(date.member)]
    return " · ".join(filter(None, parts))


def consent_lines(sheet: Sheet) -> list[str]:
    """What somebody there agreed to, and since when; that nobody did is worth knowing as well."""
    if not sheet.consents:
        return [_("Keine Einwilligung in Rundbriefe oder Einladungen.")]
    return [
        _("%(name)s: %(purpose)s, seit %(day)s")
        % {
            "name": row.person.name,
            "purpose": PURPOSES.get(row.purpose, row.purpose),
            "day": dates.written(clock.local(row.given_at), "d.m.Y"),
        }
        for row in sheet.consents
    ]


def promise_lines(sheet: Sheet) -> list[str]:
    noted = [" · ".join(filter(None, [row.note, str(row.person or "")])) for row in sheet.promises]
    lines = [
        f"{dates.written(row.due_on, 'd.m.Y')}: {note} ({row.member or row.partner})"
        for row, note in zip(sheet.promises, noted, strict=True)
    ]
    lines += [when(row) for row in sheet.coming]
    lines += [
        ": ".join(filter(None, [dates.written(row.due_on, "d.m.Y") if row.due_on else "", row.title]))
        for row in sheet.plan
    ]
    return lines


def _who_lines(sheet: Sheet) -> list[str]:
    lines = [
        ", ".join(filter(None, [face.name, face.function, phones.shown(face.phone), face.email]))
        for face in sheet.faces
    ]
    if sheet.firm and sheet.firm.phone:
        lines.append(_("Betrieb: %(phone)s") % {"phone": phones.shown(sheet.firm.phone)})
    return [*lines, ", ".join(sheet.address)]


def _case_lines(sheet: Sheet) -> list[str]:
    """What was asked: that of the date first, each as far as it fits beside the rest."""
    first = sheet.date.case if sheet.date else None
    cases = sorted(sheet.cases, key=lambda case: case != first)
    return [
        "\n".join(
            filter(None, [f"{case.reference} · {case.get_state_display()} · {case.partner}", _asked(case, first)])
        )
        for case in cases[:CASES]
    ]


def _asked(case: Case, first: Case | None) -> str:
    words = "\n".join(line for line in case.text.splitlines() if line.strip())
    return Truncator(words).chars(ASKED if case == first else ASKED_BEFORE)


def _fact_line(fact: firm_facts.Known) -> str:
    words = fact.words if fact.value else _("nicht bekannt")
    return f"{fact.label}: {words}"


def _said_line(row: Said) -> str:
    text = "\n".join(line for line in row.text.splitlines() if line.strip())
    return "\n".join(filter(None, [f"{dates.written(row.day, 'd.m.Y')} · {row.title} · {row.who}", text]))
