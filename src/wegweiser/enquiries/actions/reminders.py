"""Reminders of answers: before one is due to who gives it, and once it is overdue to who answers for that.

The first one, and those to what the enquirer writes later.

Each person gets one mail with all of it, on working days only, and none of it twice. What nobody could be told of,
since nobody there has an address, is tried again.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from wegweiser.consortium import calendar, directory, teams
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre, Member
from wegweiser.enquiries import answer_times, queries
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import Case, Reminder
from wegweiser.kernel import addresses, audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render

MORNING = dt.time(7)  # earlier nobody is reminded
MOST = 30  # enquiries that one mail names


@dataclass
class Digest:
    """What one person is told: answers that they can give, and overdue ones that they answer for."""

    due: list[Case] = field(default_factory=list)
    overdue: list[Case] = field(default_factory=list)


def remind(*, by: Actor) -> int:
    """Tell everybody what they are not told yet. Returns how many mails were written."""
    today = clock.today()
    with transaction.atomic():
        teams.lock()  # two workers at once tell nobody twice
        centre = consortium.centre()
        is_open = calendar.is_working_day(today, land=centre.land, closed=centre.closed_days)
        if not is_open or clock.local(clock.now()).time() < MORNING:
            return 0
        digests: dict[Member, Digest] = {}
        due = list(answer_times.due_for_a_reminder(centre, today))
        answering = teams.answering({case.partner_id for case in due}) if due else {}
        for case in due:
            told = _answering(case, _reachable(answering.get(case.partner_id, [])))
            for member in told:
                digests.setdefault(member, Digest()).due.append(case)
            if told:
                _note(case, Reminder.Kind.DUE, by)
        overdue = list(answer_times.due_for_escalation(centre, today))
        leading = teams.leading({case.partner_id for case in overdue}) if overdue else {}
        for case in overdue:
            told = teams.present(_reachable(leading.get(case.partner_id, [])))
            for member in told:
                digests.setdefault(member, Digest()).overdue.append(case)
            if told:
                _note(case, Reminder.Kind.OVERDUE, by)
        for member, digest in digests.items():
            _write(centre, member, digest, by)
    return len(digests)


def _reachable(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if member.email]


def _answering(case: Case, colleagues: list[Member]) -> list[Member]:
    """Whom a mail can tell that `case` waits: its adviser, else who stands in, else all at the partner who are there.

    `colleagues` have an address. An adviser who left the partner is asked no more, whatever their last day was.
    """
    adviser = case.adviser
    if adviser is None or not queries.works_for(adviser, case.partner):
        return teams.present(colleagues)
    away = directory.today().away().get(adviser.pk)
    if away is None:
        return _reachable([adviser]) or teams.present(colleagues)
    deputies = [colleague for colleague in colleagues if away.deputy and colleague.pk == away.deputy.pk]
    return deputies or teams.present(colleagues)


def _note(case: Case, kind: Reminder.Kind, by: Actor) -> None:
    """Nobody has to be told of it again."""
    Reminder.objects.create(case=case, partner=case.partner, kind=kind, due_on=case.due_by)
    event = Event.REMINDED if kind == Reminder.Kind.DUE else Event.ESCALATED
    audit.record(event, by=by, subject=case, references={"partner": case.partner.uuid})


def _write(centre: Centre, member: Member, digest: Digest, by: Actor) -> None:
    """No name and no word of an enquirer: a mail may be read on the way, the desk asks for a login."""
    language = member.user.language if member.user else settings.LANGUAGE_CODE
    due = [case for case in digest.due if case not in digest.overdue]
    context = {
        "name": member.name,
        "due": _lines(due),
        "due_more": max(0, len(due) - MOST),
        "overdue": _lines(digest.overdue),
        "overdue_more": max(0, len(digest.overdue) - MOST),
        "count": len(due) + len(digest.overdue),
        "today": clock.today(),
        "desk": addresses.desk_today(language=language),
        "signature": "",
        "centre": centre.name.text(language),
    }
    letters.write(
        cause=member,
        rendered=render("enquiries/mails/reminder", language, context),
        name=member.name,
        mail=member.email,
        language=language,
        reply_to=centre.email,
        by=by,
    )


def _lines(cases: list[Case]) -> list[dict[str, object]]:
    return [{"case": case, "address": addresses.desk_case(case.uuid)} for case in cases[:MOST]]
