"""The history of a case as its page shows it: what was said, with offers and letters, and what became of the case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from wegweiser.catalogue import queries as catalogue
from wegweiser.consortium.models import Member
from wegweiser.crossings import company_cases, thread_steps
from wegweiser.enquiries import history, queries
from wegweiser.enquiries.models import Case, Contribution, Mail
from wegweiser.files import queries as files
from wegweiser.files.models import Upload
from wegweiser.journey.models import Step
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import ActorKind
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import letters, timeline
from wegweiser.web.desk.access import Desk
from wegweiser.web.ui import dates


@dataclass(frozen=True)
class Row:
    """One entry. `day` stands for the moment where somebody named only the day; `who` made it."""

    title: str
    at: dt.datetime
    day: dt.date | None = None
    minutes: int | None = None
    who: Member | str | None = None
    text: str = ""
    offers: list[str] = field(default_factory=list)
    talked: bool = False
    letter: str = ""
    sent: Letter | None = None  # its words, as long as they are kept
    first: str = ""
    step: timeline.Standing | None = None
    mail: Mail | None = None
    files: list[Upload] = field(default_factory=list)
    other_address: bool = False  # somebody else than the enquirer wrote


def rows(thread: queries.Thread, desk: Desk) -> list[Row]:
    """How it came, then everything in the order in which it was written down; what opened something comes before what
    closed it."""
    came = Row(title=_("Anliegen eingegangen"), at=thread.case.recorded_at, who=thread.case.get_intake_display())
    found = [(row.at, 1, row) for row in _said(thread, desk)]
    turns = history.turns(thread.case, thread.changes)
    found += [(turn.at, 2 if turn.verb == "close" else 0, _turn(turn)) for turn in turns]
    return [came, *(row for _at, _place, row in sorted(found, key=lambda one: one[:2]))]


def _said(thread: queries.Thread, desk: Desk) -> list[Row]:
    steps = thread_steps.of_thread(thread.contributions)
    titles = catalogue.titles_of({uuid for row in thread.contributions for uuid in row.offers})
    mails = {mail.contribution_id: mail for mail in thread.case.mails.exclude(contribution=None)}
    owners = [*(mail.uuid for mail in mails.values()), *(row.uuid for row in thread.contributions)]
    attached = files.uploads_of(owners)
    went = history.handed_to(thread.case, thread.contributions)
    writers = company_cases.writers(thread.contributions)
    return [
        Row(
            title=_("Weitergegeben an %(partner)s") % {"partner": went[row.uuid]}
            if row.uuid in went
            else _title(row, mails.get(row.pk)),
            at=row.recorded_at,
            **_when(row, steps.get(row.uuid)),
            who=row.member or (mails[row.pk].sender if row.pk in mails else writers.get(row.by)),
            text=row.text,
            offers=[str(titles[uuid]) for uuid in row.offers if uuid in titles],
            talked=row.kind in queries.TALKS,
            letter=letters.words(thread.letters[row.uuid]) if row.uuid in thread.letters else "",
            sent=thread.letters.get(row.uuid),
            **_came(thread.case, row, mails.get(row.pk), attached),
            step=timeline.standing(steps[row.uuid], desk) if row.uuid in steps else None,
        )
        for row in thread.contributions
    ]


def _came(case: Case, row: Contribution, mail: Mail | None, attached: Mapping[UUID, list[Upload]]) -> dict[str, Any]:
    """The mail behind an entry, and the files of either."""
    found = [*(attached.get(mail.uuid, []) if mail else []), *attached.get(row.uuid, [])]
    wrote = mail.answer_mail if mail and not mail.direction else ""
    other = bool(wrote and case.email) and not mail_addresses.equal(wrote, case.email)
    return {"mail": mail, "files": found, "other_address": other}


def _title(row: Contribution, mail: Mail | None) -> str:
    if row.kind == Contribution.Kind.MESSAGE and row.by.startswith(f"{ActorKind.LINK}:"):
        return _("Nachricht über den Link zum Anliegen")
    return _("Automatische Antwort") if mail and mail.automatic else str(Contribution.Kind(row.kind).label)


def _when(row: Contribution, step: Step | None) -> dict[str, Any]:
    """Day and minutes as they count; what was entered first stays told where it was put right."""
    if step is None or row.day is None or row.minutes is None:
        return {"day": row.day, "minutes": row.minutes}
    minutes = int(step.measures.get("minutes", row.minutes))
    if (step.day, minutes) == (row.day, row.minutes):
        return {"day": row.day, "minutes": row.minutes}
    first = _("Berichtigt. Zuerst stand da: %(day)s, %(minutes)s Minuten.") % {
        "day": dates.written(row.day, "d.m.Y"),
        "minutes": row.minutes,
    }
    return {"day": step.day, "minutes": minutes, "first": first}


def _turn(turn: history.Turn) -> Row:
    title = {
        "take": _("Übernommen"),
        "reopen": _("Wieder geöffnet"),
        "come_back": _("Wieder geöffnet"),
        "close": _("Abgeschlossen: %(outcome)s") % {"outcome": turn.outcome} if turn.outcome else _("Abgeschlossen"),
    }[turn.verb]
    return Row(title=title, at=turn.at, who=turn.member or (_("auf der Statusseite") if turn.by_enquirer else None))
