"""The plan of a firm on its way to the firm: links that open it, reminders that were asked for, remarks."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.queries import valid_token
from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Entry
from wegweiser.companies import accesses, phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import looking_after, promises, recipients
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import Doer, PlannedStep, PlanReader
from wegweiser.kernel import addresses, clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import render

LINK, CODE = "plan-link", "plan-code"
KEPT = dt.timedelta(days=180)
CODE_KEPT = dt.timedelta(days=30)
AHEAD = dt.timedelta(days=3)  # so long before the day it falls due somebody is reminded
MOST_NAMED, MOST_OF_A_TITLE = 3, 60  # things in a note, and signs of what each is called
AT_THE_FIRM = (ActorKind.LINK, ActorKind.PERSON)


@dataclass(frozen=True)
class Row:
    """One thing of the plan as pages and papers show it; `offer` leads to what the centre offers for it."""

    planned: PlannedStep
    title: str
    offer: str
    offer_title: str
    overdue: bool
    by_firm: bool  # whether the firm ticked it off itself


@dataclass(frozen=True)
class Plan:
    """What is open, in order; what is done, the newest first; what was dropped."""

    open: list[Row]
    done: list[Row]
    dropped: list[Row]

    def __bool__(self) -> bool:
        return bool(self.open or self.done or self.dropped)


def of(company: Company, *, language: str) -> Plan:
    """The plan of a firm, with the offers it names, in two queries. What was erased has no words and is left out."""
    rows = [row for row in journey.plan(company) if row.title]
    entries = {entry.uuid: entry for entry in Entry.objects.filter(uuid__in={row.entry for row in rows if row.entry})}
    shown = [_row(row, entries.get(row.entry) if row.entry else None, language) for row in rows]
    done = [row for row in shown if row.planned.done_at]
    return Plan(
        open=[row for row in shown if row.planned.is_open],
        done=sorted(done, key=lambda row: row.planned.done_at or clock.now(), reverse=True),
        dropped=[row for row in shown if row.planned.dropped_at],
    )


def _row(planned: PlannedStep, entry: Entry | None, language: str) -> Row:
    standing = entry is not None and entry.withdrawn_at is None
    is_named_so = entry is not None and planned.title in dict(entry.title).values()
    return Row(
        planned=planned,
        title=Translated(entry.title).text(language) if entry and is_named_so else planned.title,
        offer=showing.address(entry, language=language) if entry and standing else "",
        offer_title=Translated(entry.title).text(language) if entry and standing else "",
        overdue=planned.is_open and planned.due_on is not None and planned.due_on < clock.today(),
        by_firm=planned.done_by.startswith(tuple(f"{kind}:" for kind in AT_THE_FIRM)),
    )


# --- Links ---------------------------------------------------------------------------------------------------------


def link(*, reader: PlanReader, sent_to: str = "", by: Actor) -> str:
    """The address of a new link on which `reader` sees the plan, ticks off and says something."""
    return addresses.plan(secret(reader=reader, sent_to=sent_to, by=by), language=language_of(reader))


def secret(*, reader: PlanReader, sent_to: str = "", by: Actor) -> str:
    """What such a link carries; with the mail address it goes to it ends, see `end_links_sent_to`."""
    return tokens.issue(purpose=LINK, subject=reader.uuid, expires=clock.now() + KEPT, sent_to=sent_to, by=by)


def code(*, reader: PlanReader, by: Actor) -> str:
    """A short code that opens the same, to be read out on the telephone."""
    return tokens.issue_code(purpose=CODE, subject=reader.uuid, expires=clock.now() + CODE_KEPT, by=by)


def reader_behind(secret: str) -> PlanReader | None:
    """Who reads the plan by this link; None for one that is unknown or too old, or of who may not read it any more."""
    token = valid_token(purpose=LINK, secret=secret)
    return reader(token.subject_uuid) if token else None


def reader(identity: uuid.UUID) -> PlanReader | None:
    """The reader behind `identity`, while they may read."""
    found = PlanReader.objects.select_related("company").filter(uuid=identity).first()
    return journey.readers(found.company).filter(pk=found.pk).first() if found else None


def language_of(reader: PlanReader) -> str:
    return reader.person.language if reader.person else settings.LANGUAGE_CODE


def channel_of(reader: PlanReader) -> str:
    """How this reader may be told something; a letter only where it is known where to."""
    return ways_to(people=[reader.person], company=reader.company)[reader.person_id]


def heard_by(reader: PlanReader) -> str:
    """How a reminder reaches this reader: see `called_without_address`."""
    return called_without_address(reader.person, reader.company, channel_of(reader))


def called_without_address(person: Person | None, company: Company, channel: str) -> str:
    """Who has no address for the channel they chose is called."""
    firm = companies.root_of(company)
    missing = {
        Channel.MAIL: not ((person.email if person else "") or firm.email),
        Channel.LETTER: not recipients.address_of(person.name if person else "", firm),
    }
    return Channel.PHONE if missing.get(Channel(channel)) else channel


def ways_to(*, people: Iterable[Person | None], company: Company) -> dict[int | None, str]:
    """How each of `people`, or the firm itself (None), may be told of the plan, by their keys.

    What goes to the firm's address also has to please whoever else is known with it.
    """
    people, firm = list(people), companies.root_of(company)
    shared = {person.pk if person else None for person in people if person is None or not person.email}
    there = recipients.wishes_at([firm.email]).get(mail_addresses.key(firm.email), set()) if shared else set()
    found: dict[int | None, str] = {}
    for person in people:
        key, own = person.pk if person else None, recipients.channel_of(person, firm)
        found[key] = recipients.strictest({own, *there}) if key in shared else own
    return found


def send(*, company: Company, person: Person | None, by: Actor) -> Letter:
    """The link to the plan, by the way that the person or firm chose; on paper a code stands in its place.

    Raises DomainError("reads_no_plan").
    """
    with transaction.atomic():
        reader = admit(company=company, person=person, by=by)
        return _write(reader, "journey/mails/plan", {}, by)


def admit(*, company: Company, person: Person | None, by: Actor) -> PlanReader:
    """`person`, or the firm itself, gets the plan to read. Raises DomainError("reads_no_plan") for who may not."""
    if person is not None and not accesses.may_see_all(company).filter(pk=person.pk).exists():
        raise DomainError("reads_no_plan", "Their access was ended, or does not reach so far.")
    return readers.add(company=company, person=person, by=by)


def end_links(*, company: Company, by: Actor) -> int:
    """Links to the firm's plan open nothing any more; returns how many did.

    Nobody is reminded either, until they ask again: a reminder carries a link.
    """
    with transaction.atomic():
        rows = PlanReader.objects.filter(company__in=companies.same_firm(company)).select_related("company")
        for reader in rows.exclude(reminders_since=None):
            readers.remind(reader=reader, wanted=False, by=by)
        return _end(rows, by)


def end_links_of(*, person: Person, by: Actor) -> int:
    """What was sent to somebody whose mail address was wrong opens nothing any more."""
    return _end(PlanReader.objects.filter(person=person), by)


def end_links_sent_to(*, company: Company, mail: str, by: Actor) -> int:
    """What was sent to `mail` because it was the firm's address opens nothing any more; returns how many did.

    It was the firm's own, and that of whoever has none; not of whose own address it is. Who got an address of their own
    since keeps what was sent to that.
    """
    rows = PlanReader.objects.filter(company__in=companies.same_firm(company))
    rows = rows.exclude(person__in=Person.objects.filter(mail_addresses.same("email", mail)))
    posted = Letter.objects.filter(mail_addresses.same("recipient_mail", mail), cause_uuid__in=rows.values("uuid"))
    there, known = Q(person=None) | Q(person__email=""), Q(uuid__in=posted.values("cause_uuid"))
    with transaction.atomic():
        ended = _end(rows.filter(there), by) + _end(rows.exclude(there), by, sent_to={mail})
        return ended + _end(rows.exclude(there).filter(known), by, sent_to={""})  # from before that was kept


def shut_out(*, company: Company, person: Person, by: Actor) -> None:
    """Somebody may not see all of the firm any more, if that is so: their links end, and nobody reminds them."""
    if accesses.may_see_all(company).filter(pk=person.pk).exists():
        return
    with transaction.atomic():
        rows = PlanReader.objects.filter(company__in=companies.same_firm(company), person=person)
        _end(rows, by)
        for reader in rows:
            readers.remind(reader=reader, wanted=False, by=by)


def _end(rows: Iterable[PlanReader], by: Actor, *, sent_to: Collection[str] | None = None) -> int:
    with transaction.atomic():
        return sum(
            tokens.revoke(purpose=purpose, subject=row.uuid, sent_to=sent_to, by=by)
            for row in rows
            for purpose in (LINK, CODE)
        )


def _write(reader: PlanReader, template: str, context: dict[str, object], by: Actor) -> Letter:
    centre, channel, language = consortium.centre(), channel_of(reader), language_of(reader)
    firm = companies.root_of(reader.company)
    paper = channel == Channel.LETTER
    written = ""
    if paper:
        written = code(reader=reader, by=by)
    name = reader.person.name if reader.person else ""
    mail = (reader.person.email if reader.person else "") or firm.email
    context = {
        **context,
        "name": name,
        "firm": firm.name,
        "address": addresses.company_code(language=language) if paper else link(reader=reader, sent_to=mail, by=by),
        "code": written,
        "phone": phones.shown(centre.phone),
        "signature": "",
        "centre": centre.name.text(language),
    }
    return letters.write(
        cause=reader,
        rendered=render(template, language, context),
        channel=channel,
        name=name or firm.name,
        mail=mail,
        address=recipients.address_of(name, firm),
        language=language,
        reply_to=centre.email,
        body_until=clock.today() + CODE_KEPT,
        by=by,
    )


# --- What the firm does with it ------------------------------------------------------------------------------------


def tick_off(*, planned: PlannedStep, by: Actor) -> PlannedStep:
    """The firm says that it is done; whoever looks after the firm finds it among what is due today.

    What is the centre's turn alone, the centre ticks off. Raises DomainError: not_your_turn, and what `plans.tick_off`
    raises.
    """
    with transaction.atomic():
        before = _locked(planned)
        if before.doer == Doer.CENTRE:
            raise DomainError("not_your_turn", "The centre does it.")
        done = plans.tick_off(planned=planned, by=by)
        if before.done_at is None:  # what was ticked off before is no news
            with translation.override(settings.LANGUAGE_CODE):  # all staff read it
                note = _("Der Betrieb hat abgehakt: %(title)s") % {"title": done.title}
            _tell(done, note, by, submission=_ticked(done, done.done_at))
    return done


def _locked(planned: PlannedStep) -> PlannedStep:
    return PlannedStep.objects.select_for_update(no_key=True, of=("self",)).get(pk=planned.pk)


def reopen(*, planned: PlannedStep, by: Actor) -> PlannedStep:
    """It was ticked off by mistake: whoever was told that it is done, and has not looked yet, need not any more.

    Who did look, or ticked it off at the desk, is told where the firm takes it back. What is the centre's turn alone,
    and what a step proves, only the centre takes back. Raises DomainError: not_your_turn, plan_proved.
    """
    with transaction.atomic():
        before, by_firm = _locked(planned), by.kind in AT_THE_FIRM
        if by_firm and before.doer == Doer.CENTRE:
            raise DomainError("not_your_turn", "The centre does it.")
        if by_firm and before.step_id is not None:
            raise DomainError("plan_proved", "It belongs to something that the centre did with the firm.")
        row, ticked_at = plans.reopen(planned=planned, by=by)
        told = enquiries.open_follow_up(_ticked(row, ticked_at)) if ticked_at else None
        if told is not None:
            follow_ups.done(follow_up=told, by=by)
        elif ticked_at is not None and by_firm:
            with translation.override(settings.LANGUAGE_CODE):  # all staff read it
                note = _("Laut Betrieb doch nicht erledigt: %(title)s") % {"title": row.title}
            _tell(row, note, by)
    return row


def _ticked(planned: PlannedStep, at: dt.datetime | None) -> uuid.UUID:
    """The UUID of the follow-up that tells of this very tick: who takes it back and ticks again tells once more."""
    return uuid.uuid5(planned.uuid, f"done {at.isoformat() if at else ''}")


def remark(*, planned: PlannedStep, text: str, by: Actor) -> bool:
    """What the firm has to say about it; whoever looks after the firm finds it among what is due today, in its words:
    the next remark takes the place of this one.

    Gives whether somebody does: what stood there already, and what is taken back, is told to nobody.
    Raises DomainError: plan_dropped, and what `plans.remark` raises.
    """
    with transaction.atomic():
        if _locked(planned).dropped_at is not None:
            raise DomainError("plan_dropped", "Both sides have let go of it.")
        if not plans.remark(planned=planned, text=text, by=by) or not text.strip():
            return False
        told = {"title": _short(planned.title), "text": text}
        with translation.override(settings.LANGUAGE_CODE):  # all staff read it
            note = _("Bemerkung zum Fahrplan „%(title)s“: %(text)s") % told
        owed, identity = promises.again(planned.uuid, "remark")
        if owed:
            follow_ups.move(follow_up=owed, due_on=consortium.working_day(clock.today()), note=note, by=by)
            return True
        return _tell(planned, note, by, submission=identity)


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[:MOST_OF_A_TITLE].rstrip()}…"


def _tell(planned: PlannedStep, note: str, by: Actor, *, submission: uuid.UUID | None = None) -> bool:
    """Whether there is somebody to tell; what changed is told once each time, by the lock of what is planned."""
    after = looking_after.of_several([planned.company]).get(planned.company_id)
    if after is None:
        return False  # where nobody leads today, what the firm did stands in its plan all the same
    partner, member = after
    follow_ups.set(
        company=companies.root_of(planned.company),
        partner=partner,
        member=member,
        due_on=consortium.working_day(clock.today()),
        note=note,
        submission=submission,
        by=by,
    )
    return True


def remind_due(*, by: Actor) -> int:
    """Remind who asked for it of what falls due within days. Gives how many were told.

    Each reader once of each thing for each day it was set to, in one message for all that they have; who is called is
    put on somebody's list instead, as soon as there is somebody.
    """
    due: dict[int, list[PlannedStep]] = {}
    for planned in journey.to_remind_of(clock.today(), ahead=AHEAD):
        due.setdefault(companies.root_of(planned.company).pk, []).append(planned)
    told = 0
    for rows in due.values():
        with transaction.atomic():
            firm = companies.root_of(rows[0].company)
            asked = journey.asked_to_be_reminded(firm)
            unheard = {Channel.NONE} if looking_after.of_several([firm]) else {Channel.NONE, Channel.PHONE}
            for reader in (reader for reader in asked if heard_by(reader) not in unheard):
                fresh = [row for row in rows if plans.reminded(planned=row, reader=reader, by=by)]
                if fresh:
                    _remind(reader, fresh, by)
                    told += 1
    return told


def _remind(reader: PlanReader, rows: Iterable[PlannedStep], by: Actor) -> None:
    rows = list(rows)
    if heard_by(reader) != Channel.PHONE:
        _write(reader, "journey/mails/plan_reminder", {"rows": rows, "first": rows[0]}, by)
        return
    firm = companies.root_of(reader.company)
    partner, member = looking_after.of(firm)
    what = ", ".join(_short(row.title) for row in rows[:MOST_NAMED])
    with translation.override(settings.LANGUAGE_CODE):
        if further := len(rows[MOST_NAMED:]):
            what = _("%(what)s und %(number)s mehr") % {"what": what, "number": further}
        note = _("Bitte anrufen und erinnern: %(what)s") % {"what": what}
    follow_ups.set(
        company=firm, partner=partner, member=member, due_on=consortium.working_day(clock.today()), note=note, by=by
    )
