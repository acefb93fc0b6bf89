"""What an adviser does with an enquiry, by its verb: which action it is, who may do it, and what is said afterwards."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import enquiries as crossings
from wegweiser.crossings import firms, recipients, talks
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.actions import examples as taught
from wegweiser.enquiries.models import Case, Enquirer
from wegweiser.web.desk import (
    askers,
    attaching,
    case_dates,
    case_ends,
    case_topics,
    examples,
    handing,
    letters,
    told_firms,
)
from wegweiser.web.desk.access import Desk


def _take(case: Case, form: Any, desk: Desk) -> str:
    cases.take(case=case, member=desk.member, instead_of=form.cleaned_data["instead_of"], by=desk.by)
    if first_word(case) == "answer":
        return _("Schreiben Sie gleich Ihre Antwort.")
    return _("Rufen Sie an und halten Sie das Gespräch hier fest.") if case.phone else ""


def first_word(case: Case) -> str:
    """The verb by which an enquirer is reached first: who left a number is called."""
    return "answer" if recipients.writable(case) and not case.phone else "log"


def _answer(case: Case, form: Any, desk: Desk) -> str:
    answered = crossings.answer(
        case=case,
        member=desk.member,
        text=form.cleaned_data["text"],
        offers=form.chosen(),
        files=attaching.prepared(case, form.cleaned_data["attached"]),
        seen=form.seen_entry(),
        submission=form.submission_id(),
        by=desk.by,
    )
    return letters.words(answered.letter) if answered.letter else ""


def _log(case: Case, form: Any, desk: Desk) -> str:
    said = form.cleaned_data
    talks.log(
        case=case,
        member=desk.member,
        kind=said["kind"],
        day=said["day"],
        minutes=said["minutes"],
        format=said["format"],
        text=said["text"],
        company=said.get("company"),
        firm=said.get("firm", ""),
        is_another=form.none_of_them(),
        topic=said.get("topic"),
        hours=talks.each(form.those_present(), said["minutes"]),
        appointment=said.get("appointment"),
        offers=form.chosen(),
        facts=form.facts(),
        partner=telling(case, desk),
        seen=form.seen_entry(),
        submission=form.submission_id(),
        by=desk.by,
    )
    return too_short(said["kind"], said["day"], said["minutes"]) or _nobody_reached(case)


def _nobody_reached(case: Case) -> str:
    """What who logged a talk with a firm that has no name here has to know; else empty."""
    if case.enquirer != Enquirer.COMPANY or not Case.objects.filter(pk=case.pk, company=None).exists():
        return ""
    return _("Es zählt als Kontakt. Als erreichtes Unternehmen zählt es, sobald am Anliegen ein Betrieb steht.")


def too_short(kind: str, day: dt.date, minutes: int) -> str:
    """What who logged a talk has to know where it counts nowhere; else empty."""
    if talks.counts(kind, day, minutes):
        return ""
    return _("Im Förderbericht zählt es nicht: Gespräche zählen dort ab zehn Minuten.")


def telling(case: Case, desk: Desk) -> Partner | None:
    """One that gave the case away, for which they log a talk of before; None for who may log for it as it is."""
    if desk.may(Permission.STEP_RECORD, case.partner):
        return None
    left = queries.left_on(case)
    had = [partner for partner in desk.rights.partners() if partner.uuid in left]
    return next((partner for partner in had if desk.may(Permission.STEP_RECORD, partner)), None)


def may(verb: str, case: Case, desk: Desk) -> bool:
    permission = ACTS[verb][1]
    if desk.may(permission, case.partner):
        return True
    return (verb == "log" and telling(case, desk) is not None) or (verb == "missed" and case_ends.own(case, desk))


def _follow_up(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    follow_ups.set(
        case=case,
        company=case.company,
        partner=case.partner,
        due_on=said["due_on"],
        note=said["note"],
        member=said["member"],
        submission=form.identity(),
        by=desk.by,
    )


def _note(case: Case, form: Any, desk: Desk) -> None:
    said = form.cleaned_data
    cases.note(
        case=case,
        member=desk.member,
        text=said["text"],
        visibility=said["visibility"],
        submission=form.identity(),
        by=desk.by,
    )


def _link(case: Case, form: Any, desk: Desk) -> None:
    firms.link(
        case=case,
        company=form.cleaned_data.get("company"),
        firm=form.cleaned_data["firm"],
        is_another=form.none_of_them(),
        by=desk.by,
    )


Act = Callable[[Case, Any, Desk], Any]
# verb: what it does (it may say itself how that went), the right it needs, what is said afterwards
ACTS: dict[str, tuple[Act, Permission, Any]] = {
    "take": (
        _take,
        Permission.CASE_TAKE,
        gettext_lazy("Sie haben das Anliegen übernommen."),
    ),
    "answer": (_answer, Permission.CASE_ANSWER, gettext_lazy("Ihre Antwort steht im Verlauf.")),
    "log": (_log, Permission.STEP_RECORD, gettext_lazy("Festgehalten.")),
    "arrange": (case_dates.arrange, Permission.CASE_ANSWER, gettext_lazy("Termin vereinbart.")),
    "link": (_link, Permission.CASE_ANSWER, gettext_lazy("Der Betrieb ist zugeordnet.")),
    "change_firm": (askers.change_firm, Permission.CASE_ANSWER, gettext_lazy("Der Betrieb ist geändert.")),
    "told": (told_firms.take, Permission.CASE_ANSWER, gettext_lazy("Beim Betrieb eingetragen.")),
    "asker": (askers.put_right, Permission.CASE_ANSWER, gettext_lazy("Gespeichert.")),
    "change_date": (case_dates.change, Permission.CASE_ANSWER, gettext_lazy("Der Termin ist geändert.")),
    "cancel": (case_dates.cancel, Permission.CASE_ANSWER, gettext_lazy("Der Termin ist abgesagt.")),
    "missed": (
        case_ends.missed,
        Permission.CASE_ANSWER,
        gettext_lazy("Festgehalten: Der Termin hat nicht stattgefunden."),
    ),
    "follow_up": (_follow_up, Permission.CASE_ANSWER, gettext_lazy("Wiedervorlage gesetzt.")),
    "hand_over": (handing.act, Permission.CASE_HAND_OVER, gettext_lazy("Das Anliegen ist weitergegeben.")),
    "topic": (case_topics.change, Permission.CASE_ANSWER, gettext_lazy("Festgehalten.")),
    "note": (_note, Permission.CASE_SEE, gettext_lazy("Notiz gespeichert.")),
    "close": (
        case_ends.close,
        Permission.CASE_ANSWER,
        gettext_lazy("Das Anliegen ist abgeschlossen."),
    ),
    "learn": (
        examples.learn,
        Permission.CASE_ANSWER,
        gettext_lazy("Gemerkt. Ähnliche Fragen führen ab jetzt dorthin."),
    ),
    "unlearn": (
        lambda case, form, desk: taught.unlearn(case=case, by=desk.by),
        Permission.CASE_ANSWER,
        gettext_lazy("Das Beispiel ist entfernt. Ab der nächsten Frage zählt es nicht mehr."),
    ),
    "reopen": (
        lambda case, form, desk: crossings.reopen(case=case, member=desk.member, by=desk.by),
        Permission.CASE_ANSWER,
        gettext_lazy("Das Anliegen ist wieder offen."),
    ),
}
