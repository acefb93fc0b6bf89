"""Mails that came in, at the desk: in the thread, on the first screen, and those that nobody could file."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import loose_mails as loose
from wegweiser.crossings import mails as crossings
from wegweiser.enquiries import correspondence, loose_mails, mailbox, queries, references, reply_addresses
from wegweiser.enquiries.actions import mails
from wegweiser.enquiries.models import Case, Mail
from wegweiser.files import queries as files
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web import downloads
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 25
FOUND = 10  # cases that a search for the place of a copy shows
REASONS: dict[str, str | Promise] = {
    "unreadable": gettext_lazy("Aufbau der E-Mail nicht lesbar. Sie liegt als Datei bei."),
    "not_filed": gettext_lazy("Beim Ablegen ging etwas schief. Die E-Mail liegt als Datei bei."),
    "too_large": gettext_lazy("Die E-Mail ist zu groß. Sie liegt noch im Postfach."),
    "too_large_archived": gettext_lazy("Die E-Mail ist zu groß. Sie liegt im Archivordner des Postfachs."),
    "loop": gettext_lazy("Eine eigene E-Mail, die zurückkam."),
    "bounce": gettext_lazy("Meldung eines Mailservers, die zu keiner E-Mail von hier passt."),
    "auto_reply": gettext_lazy("Automatische Antwort, die zu keinem Anliegen passt."),
    "spam": gettext_lazy("Der Mailserver hält sie für Spam."),
    "list": gettext_lazy("Rundmail oder Newsletter."),
    "too_many": gettext_lazy("Sehr viele E-Mails in kurzer Zeit von dieser Adresse."),
    "no_sender": gettext_lazy("Ohne Adresse, an die man antworten könnte."),
}


@dataclass(frozen=True)
class Incoming:
    """A mail with its files, as pages show it."""

    mail: Mail
    files: list[Upload]
    choices: list[Case]
    ticked: Case | None = None
    searched: bool = False
    is_mine: bool = True  # a copy that whoever sees the page sent themselves

    @property
    def asks(self) -> bool:
        """Whether somebody has to say that the outsider is the enquirer, as nothing tells it of one of the choices."""
        if not (self.is_copy and self.mail.other_mail):
            return False
        return not all(correspondence.is_of_enquirer(self.mail, case) for case in self.choices)

    @property
    def outsider(self) -> str:
        """With whom the contact of a copy was, or who wrote it; empty where it names nobody who is not one of us."""
        return self.mail.outsider_mail or self.mail.other_name

    @property
    def reason(self) -> str | Promise:
        if self.is_copy:
            who = self.mail.member.name if self.mail.member else self.mail.sender_mail
            return _("%(name)s hat sie weitergeleitet oder in Kopie geschickt; abgelegt ist sie noch nicht.") % {
                "name": who
            }
        return REASONS.get(self.mail.reason, self.mail.reason)

    @property
    def is_copy(self) -> bool:
        """Whether one of us sent it, so that somebody has to say where it goes."""
        return self.mail.state == Mail.State.DRAFT

    @property
    def may_be_filed(self) -> bool:
        """Whether there are words that a case can be made of, or that belong to one."""
        return self.is_copy or (self.mail.state == Mail.State.ASIDE and self.mail.reason not in {"bounce", "loop"})


def _with_files(rows: list[Mail], places: Mapping[int, list[Case]] | None = None) -> list[Incoming]:
    found, offered = files.uploads_of(row.uuid for row in rows), places or {}
    return [
        Incoming(row, found.get(row.uuid, []), choices, ticked=next(iter(choices), None))
        for row in rows
        for choices in [offered.get(row.pk, [])]
    ]


def _readable(desk: Desk) -> QuerySet[Case]:
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    return queries.visible_cases(member=desk.member, day=clock.today(), everywhere=everywhere)


# --- On other pages ---------------------------------------------------------------------------------------------------


def today(desk: Desk) -> dict[str, Any]:
    """What came in for whoever works: answers that nobody has read, and copies that wait for their word."""
    drafts = correspondence.drafts(desk.member)
    return {
        "unread": correspondence.unread(member=desk.member, day=clock.today()),
        "drafts": _with_files(drafts, correspondence.places_for(drafts, _readable(desk))),
    }


def of_case(case: Case, desk: Desk) -> dict[str, Any]:
    """What the page of a case says about its mails, beside the thread."""
    rows = list(case.mails.select_related("case__company").order_by("recorded_at", "id"))
    opened = next((row for row in rows if row.state == Mail.State.OPENED), None)
    visible = _readable(desk)
    may = desk.may(Permission.CASE_ANSWER, case.partner)
    return {
        "unread": sum(row.is_unread for row in rows),
        "unproven": bool(opened and opened.reason == "unproven"),
        "asks_elsewhere": opened if opened and opened.other_mail else None,
        "answer_mail": opened.answer_mail if opened else "",
        "whole": _more_than(case, opened) if opened else "",
        "files": files.uploads_of([opened.uuid]).get(opened.uuid, []) if opened else [],
        "elsewhere": correspondence.elsewhere(mail=opened, cases=visible) if may and opened else [],
        "earlier": visible.filter(pk=case.earlier_id).first() if case.earlier_id else None,
        "went_on": visible.filter(pk=case.went_on_in_id).first() if case.went_on_in_id else None,
        "may_read": may,
        "address": reply_addresses.of(case),
    }


def _more_than(case: Case, mail: Mail) -> str:
    """The whole mail that opened `case`, where it says more: what it quoted, or the end of a long one."""
    whole = mail.whole or mail.text
    return whole if len(whole) > len(case.text) or mail.whole else ""


def answers_for_loose(desk: Desk) -> bool:
    """Who sees to mails that belong to no case: the management, and who answers cases at the lead partner."""
    lead = consortium.lead()
    return desk.everywhere_for(Permission.CASE_SEE) or (lead is not None and desk.may(Permission.CASE_ANSWER, lead))


# --- Files --------------------------------------------------------------------------------------------------------


@require_GET
@needs(Permission.CASE_SEE)
def download(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A file that came with a mail or went with an answer: to be saved, never opened in place.

    One that the scanner refused goes to whoever asks for it as that: `ungeprueft=1`.
    """
    found = correspondence.upload(
        uuid=uuid,
        member=desk.member,
        day=clock.today(),
        everywhere=desk.everywhere,
        loose=answers_for_loose(desk),
    )
    unchecked = request.GET.get("ungeprueft") == "1"
    answer = downloads.send(found, refused_too=unchecked)
    if found and unchecked and found.is_refused:
        uploads.note_unchecked(upload=found, by=desk.by)
    return answer


# --- A case -------------------------------------------------------------------------------------------------------


@require_POST
@needs(Permission.CASE_ANSWER)
def of_one_case(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What came in was read; or the mail that opened this case belongs to another one that its page offers."""
    visible = _readable(desk)
    case = get_object_or_404(visible.select_related("partner"), uuid=uuid)
    if not desk.may(Permission.CASE_ANSWER, case.partner):
        raise Http404
    if request.POST.get("do") == "move":
        return _move(request, desk, case)
    mails.mark_read(case=case, seen=_seen(request), by=desk.by)
    return redirect("desk:case", uuid=case.uuid)


def _seen(request: HttpRequest) -> UUID | None:
    """The newest entry that stood on the page, as `enquiries.unseen` has it."""
    try:
        return UUID(request.POST.get("seen", ""))
    except ValueError:
        return None


def _move(request: HttpRequest, desk: Desk, case: Case) -> HttpResponse:
    mail = case.mails.filter(state=Mail.State.OPENED).select_related("case__company").first()
    offered = correspondence.elsewhere(mail=mail, cases=_readable(desk)) if mail else []
    wanted = request.POST.get("case") or str(mail.proposed.uuid if mail and mail.proposed else "")
    target = next((row for row in offered if str(row.case.uuid) == wanted), None)
    if mail is None or target is None:
        messages.info(request, SENTENCES["mail_settled"])
        return redirect("desk:case", uuid=case.uuid)
    before = _promised(target.case)
    try:
        theirs = target.is_the_enquirer or (target.asks and "theirs" in request.POST)
        crossings.move(mail=mail, case=target.case, theirs=theirs, seen=_seen(request), by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
        return redirect("desk:case", uuid=case.uuid)
    said = [_("Die E-Mail liegt jetzt hier; das zweite Anliegen ist als doppelt abgeschlossen.")]
    if n := _promised(target.case) - before:
        said.append(ngettext("%(n)s Zusage kam mit hierher.", "%(n)s Zusagen kamen mit hierher.", n) % {"n": n})
    messages.success(request, " ".join(said))
    return redirect("desk:case", uuid=target.case.uuid)


def _promised(case: Case) -> int:
    """How many follow-ups and dates of `case` are to come."""
    return queries.open_promises(case).count() + case.appointments.filter(log=None, cancelled_at=None).count()


# --- Copies -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_ANSWER)
def copy(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A mail that I copied or forwarded to the centre: read whole, filed where I say, or forgotten.

    One that its sender cannot or does not file is filed by whoever sees to loose mails; only its sender forgets it. So
    is what was set aside and is an enquiry after all.
    """
    mail = get_object_or_404(Mail, uuid=uuid)
    is_mine = mail.member_id == desk.member.pk
    if not is_mine and not (answers_for_loose(desk) and loose_mails.waiting().filter(pk=mail.pk).exists()):
        raise Http404
    back = "desk:today" if is_mine else "desk:mails"
    if request.method != "POST":
        return _where(request, mail, desk, back)
    try:
        if request.POST.get("do") == "reject":
            mails.reject(mail=mail, member=desk.member, by=desk.by)
            messages.success(request, _("Verworfen. Der Text ist gelöscht."))
            return redirect("desk:today")
        chosen = _chosen(request, desk)
        if mail.state == Mail.State.ASIDE:
            return _take_up(request, mail, chosen, desk)
        case = crossings.confirm(
            mail=mail,
            case=chosen,
            member=desk.member,
            theirs="theirs" in request.POST,
            answers=chosen is None or desk.may(Permission.CASE_ANSWER, chosen.partner),
            by=desk.by,
        )
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
        return redirect(back)
    messages.success(request, _("Abgelegt bei %(reference)s.") % {"reference": case.reference})
    return redirect(back)


def _take_up(request: HttpRequest, mail: Mail, case: Case | None, desk: Desk) -> HttpResponse:
    """What was set aside goes on as if it had come there. Raises DomainError."""
    if case is None:
        case = loose.take_up(mail=mail, by=desk.by)
        if not _readable(desk).filter(pk=case.pk).exists():  # its topic is another partner's
            messages.success(request, _("Aufgenommen als %(reference)s.") % {"reference": case.reference})
            return redirect("desk:mails")
    else:
        loose.put(mail=mail, case=case, by=desk.by)
    messages.success(request, _("Abgelegt bei %(reference)s.") % {"reference": case.reference})
    return redirect("desk:case", uuid=case.uuid)


def _where(request: HttpRequest, mail: Mail, desk: Desk, back: str) -> HttpResponse:
    """The whole copy, and the cases that it may go to: those that one looks for, and those it may belong to.

    After a search nothing is ticked that was not named by its whole number: a name finds namesakes.
    """
    if mail.state not in {Mail.State.DRAFT, Mail.State.ASIDE}:
        messages.info(request, SENTENCES["mail_settled"])
        return redirect(back)
    text = request.GET.get("q", "").strip()[:120]
    rows = queries.search(text, cases=_readable(desk))[: FOUND + 1]
    found = [case for case in rows if correspondence.knows_somebody(case)]
    offered = correspondence.places_for([mail], _readable(desk))[mail.pk]
    shown = [*found[:FOUND], *(case for case in offered if case not in found[:FOUND])]
    (row,) = _with_files([mail], {mail.pk: shown})
    row = replace(row, is_mine=mail.member_id == desk.member.pk)
    if text:
        is_number = len(found) == 1 and references.normalised(text) == found[0].reference
        row = replace(row, searched=True, ticked=found[0] if is_number else None)
    context = {"row": row, "q": text, "more": len(found) > FOUND, "nothing": bool(text and not found)}
    return render(request, "desk/mail_copy.html", context)


def _chosen(request: HttpRequest, desk: Desk) -> Case | None:
    """The case that was ticked, if I may read it; None for a new one. Raises DomainError."""
    wanted = request.POST.get("case", "")
    if not wanted:
        return None
    try:
        found = _readable(desk).filter(uuid=UUID(wanted)).first()
    except ValueError:
        found = None
    if found is None or not correspondence.knows_somebody(found):
        raise DomainError("transition_not_allowed")
    return found


# --- What nobody could file ---------------------------------------------------------------------------------------


@require_GET
@needs(Permission.CASE_SEE)
def incoming(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Mails that cannot be read or were set aside. Each waits for somebody who has looked at it."""
    if not answers_for_loose(desk):
        raise Http404
    found = loose_mails.waiting().select_related("member")
    page: Page[Mail] = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    rows = _with_files(list(page.object_list))
    context = {
        "page": page,
        "unreadable": [row for row in rows if row.mail.state == Mail.State.UNREADABLE],
        "perhaps": [row for row in rows if row.mail.state != Mail.State.UNREADABLE and not _by_machine(row.mail)],
        "aside": [row for row in rows if _by_machine(row.mail)],
        "settled": _with_files(list(loose_mails.settled(clock.now() - loose_mails.SETTLED_SHOWN)[:PAGE])),
        "configured": mailbox.is_configured(),
    }
    return render(request, "desk/mails.html", context)


def _by_machine(mail: Mail) -> bool:
    return mail.state == Mail.State.ASIDE and mail.reason in loose_mails.MACHINES


@require_POST
@needs(Permission.CASE_ANSWER)
def settle_shown(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What machines sent and a page showed, all of it at once; what came since stays."""
    if not answers_for_loose(desk):
        raise Http404
    shown = [identity for sent in request.POST.getlist("mail")[:PAGE] if (identity := _uuid(sent))]
    done = 0
    for mail in Mail.objects.filter(loose_mails.by_machines(), uuid__in=shown).order_by("id"):
        with suppress(DomainError):  # somebody else saw to it meanwhile
            mails.settle(mail=mail, by=desk.by)
            done += 1
    if done:
        said = ngettext("%(n)s E-Mail ist erledigt.", "%(n)s E-Mails sind erledigt.", done)
        messages.success(request, said % {"n": done})
    return redirect("desk:mails")


def _uuid(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


@require_POST
@needs(Permission.CASE_ANSWER)
def settle(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody has looked at it; or, with `do=again`, it was ticked off by mistake."""
    if not answers_for_loose(desk):
        raise Http404
    mail = get_object_or_404(Mail, uuid=uuid)
    again = request.POST.get("do") == "again"
    try:
        (mails.present if again else mails.settle)(mail=mail, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        messages.success(request, _("Liegt wieder vor.") if again else _("Erledigt."))
    return redirect("desk:mails")
