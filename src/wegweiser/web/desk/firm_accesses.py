"""Accesses to "Mein Betrieb" at the desk: requests are confirmed here, and everything a firm can do by itself, too."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.companies import accesses, mail_domains
from wegweiser.companies import queries as companies
from wegweiser.companies.consent_words import INVITATION, words
from wegweiser.companies.models import Access, AccessRequest, Channel, Company, Consent, Person, Right
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import company_data, entrances, recipients, referral_consents, subscriptions
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.web.desk import firm_leaving, list_wishes, merging
from wegweiser.web.desk import referral_consents as recalling
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_plans import firm_of, people_of, sent
from wegweiser.web.desk.letters import HOLD_REASONS, paper
from wegweiser.web.desk.sentences import SENTENCES

NEW = "neu"  # in place of a firm: one that is not known yet
SHOWN = 50

# What speaks for somebody belonging to a firm, in words; what speaks for the firm stands in `merging`.
EVIDENCE: dict[str, str | Promise] = {
    "mail_domain": gettext_lazy("E-Mail-Adresse gehört zur Website des Betriebs"),
    "person_known": gettext_lazy("Person mit dieser E-Mail-Adresse ist dort bekannt"),
    "person_phone": gettext_lazy("Person mit dieser Telefonnummer ist dort bekannt"),
    "managed": gettext_lazy("im Betrieb verwaltet schon jemand die Zugänge"),
}


def _evidence(codes: tuple[str, ...]) -> list[str]:
    return [str(EVIDENCE.get(code) or merging.EVIDENCE.get(code, code)) for code in codes]


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def requests(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Who asks to enter a firm's workspace, with what speaks for it. One click says yes or no."""
    if request.method == "POST":
        answer = _decide(request, desk)
        if answer is not None:
            return answer
    unchosen = request.POST.get("anfrage", "")
    text = request.GET.get("q", "").strip()[:120]
    further = companies.search(text, places=True).companies if text else []
    asking = [(asked, accesses.candidates(asked)) for asked in accesses.waiting()[:SHOWN]]
    firms = [*further, *(found.company for _asked, rows in asking for found in rows)]
    there = accesses.without_mail(firms, [asked.name for asked, _found in asking])

    def may_be(asked: AccessRequest, firm: Company) -> list[Person]:
        return [person for person in there.get(firm.pk, []) if person.sort_key == sort_key(asked.name)]

    rows = [
        {
            "asked": asked,
            "unchosen": str(asked.uuid) == unchosen,
            "ticked": _ticked(found),
            "further": [{"firm": firm, "may_be": may_be(asked, firm)} for firm in further],
            "free_mail": not mail_domains.of_mail(asked.email),
            "domain": mail_domains.of_mail(asked.email),
            "firms": [
                {"firm": hit.company, "evidence": _evidence(hit.evidence), "may_be": may_be(asked, hit.company)}
                for hit in found
            ],
        }
        for asked, found in asking
    ]
    return render(request, "desk/access_requests.html", {"rows": rows, "q": text}, status=422 if unchosen else 200)


def _ticked(found: list[accesses.Candidate]) -> object:
    """What is chosen before anybody looked: the one likely firm, a new one where none is like it, else nothing."""
    likely = [hit.company.uuid for hit in found if hit.is_likely]
    return likely[0] if len(likely) == 1 else "" if found else NEW


def _decide(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """None where somebody said yes and not to which firm."""
    uuid = _identity(request.POST.get("anfrage", ""))
    asked = AccessRequest.objects.filter(uuid=uuid).exclude(state=AccessRequest.State.STARTED).first()
    if asked is None:
        raise Http404
    chosen, _colon, person = request.POST.get("betrieb", "").partition(":")
    if request.POST.get("do") == "yes" and not chosen:
        return None
    try:
        if request.POST.get("do") == "yes":
            firm = None if chosen == NEW else firm_of(desk, _identity(chosen))
            known = _who(firm, person) if firm and person else None
            is_own = bool(request.POST.get("eigene"))
            access = entrances.confirm(asked=asked, company=firm, person=known, is_own_domain=is_own, by=desk.by)
            messages.success(request, _("%(name)s bekommt eine E-Mail mit einem Link.") % {"name": access.person.name})
        else:
            entrances.refuse(asked=asked, by=desk.by)
            messages.success(request, _("Abgelehnt. %(name)s bekommt Bescheid.") % {"name": asked.name})
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
    return redirect("desk:access_requests")


def _who(firm: Company, typed: str) -> Person:
    found = next((row for row in people_of(firm) if str(row.uuid) == typed), None)
    if found is None:
        raise Http404
    return found


def _identity(typed: str) -> UUID:
    """What a form says of a row; where that is no identity, one that no row has."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


# --- One firm ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Who of the firm may enter, for a call: let in, change, send a link, read out a code, log out, end, withdraw."""
    firm = firm_of(desk, uuid)
    shown: dict[str, str] = {}
    going: dict[str, Any] | None = None
    if request.method == "POST":
        match request.POST.get("do"):
            case "print":
                return _sheet(request, firm, desk)
            case "leave":
                going = firm_leaving.leave(request, firm, _who(firm, request.POST.get("person", "")), desk)
            case "stay":
                firm_leaving.stay(request, firm, request.POST.get("person", ""), desk)
            case _:
                try:
                    shown = _act(request, firm, desk)
                except DomainError as refusal:
                    messages.error(request, str(SENTENCES[refusal.code]))
        if not shown and not going:
            return redirect("desk:firm_accesses", uuid=firm.uuid)
    people = people_of(firm)
    inside = {row.person_id: row for row in accesses.of_firm(firm)}
    agreed: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(person__in=people, withdrawn_at=None).order_by("given_at", "id"):
        agreed.setdefault(consent.person_id, []).append(consent)
    opened = request.GET.get("weitergaben", "")
    passed_on, ways = referral_consents.standing_of(people), entrances.ways_to(people=people, company=firm)
    readable = recalling.readable([row for rows in passed_on.values() for row in rows], desk)
    lines = {
        person.pk: [row for row in passed_on[person.pk] if row.case_id in readable or opened == str(person.uuid)]
        for person in people
    }
    context = {
        "company": firm,
        "shown": shown,
        "rows": [
            {
                "person": person,
                "access": inside.get(person.pk),
                "way": Channel(recipients.channel_of(person, firm)).label,
                "unsent": ways[person.pk] in entrances.UNSENT,
                "invited": any(row.purpose == INVITATION for row in agreed.get(person.pk, [])),
                "consents": [{"row": row, "words": words(row.purpose)} for row in agreed.get(person.pk, [])],
                "referrals": lines[person.pk],
                "has_more": len(lines[person.pk]) < len(passed_on[person.pk]),
            }
            for person in people
        ],
        "rights": Right.choices,
        "managed": accesses.is_managed(firm),
        "held": list_wishes.lines(companies.held_of(firm)),
        "may_import": desk.may(Permission.COMPANY_IMPORT),
        "may_erase": desk.may(Permission.PERSON_ERASE),
        "erasing": _erasing(request, firm, desk),
        "going": going or firm_leaving.asked(request, people),
        "former": companies.worked_at(firm),
    }
    return render(request, "desk/firm_accesses.html", context, status=422 if going else 200)


def _erasing(request: HttpRequest, firm: Company, desk: Desk) -> dict[str, Any] | None:
    """Whom one is about to erase, and what would become of what; asked for in the address, done by a button."""
    wanted = request.GET.get("loeschen", "")
    person = next((row for row in people_of(firm) if wanted and str(row.uuid) == wanted), None)
    if person is None or not desk.may(Permission.PERSON_ERASE):
        return None
    try:
        leaving = company_data.leaving(person, language="en" if request.path.startswith("/en/") else "de")
    except DomainError:
        return {"person": person, "leaving": None}
    return {"person": person, "leaving": leaving}


def _act(request: HttpRequest, firm: Company, desk: Desk) -> dict[str, str]:
    """What a button says in `do`; what is to be shown now, if anything."""
    verb, typed = request.POST.get("do", ""), request.POST.get("person", "")
    person = next((row for row in people_of(firm) if str(row.uuid) == typed), None)
    if person is None:
        raise Http404
    match verb:
        case "open":
            access = entrances.open_for(
                company=firm, person=person, right=request.POST.get("right", Right.ALL), by=desk.by
            )
            messages.success(request, _("%(name)s hat jetzt einen Zugang.") % {"name": person.name})
            told(request, entrances.send(access=access, by=desk.by))
            return {}
        case "withdraw":
            subscriptions.withdraw(person=person, purpose=request.POST.get("purpose", ""), way="phone", by=desk.by)
            messages.success(request, _("Die Einwilligung ist widerrufen."))
            return {}
        case "recall":
            _recall(request, person, desk)
            return {}
        case "erase":
            _erase(request, person, desk)
            return {}
    held = accesses.of_firm(firm).filter(person=person).first()
    if held is None:
        raise Http404
    return _of_access(request, verb, held, desk)


def _sheet(request: HttpRequest, firm: Company, desk: Desk) -> HttpResponse:
    """A code on paper, to be handed over: nothing is sent."""
    access = accesses.of_firm(firm).filter(person__uuid=_identity(request.POST.get("person", ""))).first()
    if access is None:
        raise Http404
    sheet, person = entrances.on_paper(access=access, by=desk.by), access.person
    lines = recipients.address_of(person.name, firm) or [firm.name, person.name]
    content = paper(lines=lines, subject=sheet.subject, text=sheet.text, language=person.language)
    headers = {"Content-Disposition": 'attachment; filename="code.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _of_access(request: HttpRequest, verb: str, access: Access, desk: Desk) -> dict[str, str]:
    match verb:
        case "send":
            told(request, entrances.send(access=access, by=desk.by))
        case "code":
            return {"name": access.person.name, "code": entrances.code(access=access, by=desk.by)}
        case "right":
            entrances.change(access=access, right=request.POST.get("right", ""), by=desk.by)
            messages.success(request, _("Gespeichert."))
            if not accesses.is_managed(access.company):
                messages.warning(request, firm_leaving.nobody_decides())
        case "log_out":
            entrances.end_sessions(access=access, by=desk.by)
            messages.success(request, _("Auf allen Geräten ausgeloggt."))
        case "end":
            entrances.end(access=access, may_be_last=True, by=desk.by)
            messages.success(request, _("Der Zugang ist beendet."))
        case _:
            raise Http404
    return {}


def _recall(request: HttpRequest, person: Person, desk: Desk) -> None:
    """What was passed on of their enquiries with a consent, whoever of the centre answered them."""
    uuid = _identity(request.POST.get("weitergabe", ""))
    referral = referral_consents.of(person).filter(uuid=uuid).select_related("case__partner", "member", "note").first()
    if referral is None:
        raise Http404
    recalling.note(request, referral, desk)


def _erase(request: HttpRequest, person: Person, desk: Desk) -> None:
    if not desk.may(Permission.PERSON_ERASE):
        raise Http404
    company_data.erase(person=person, by=desk.by)
    messages.success(request, _("Die Daten sind gelöscht."))


def told(request: HttpRequest, letter: Letter) -> None:
    """Say what becomes of a letter that was just written."""
    if letter.state == LetterState.HELD:
        messages.warning(request, _("Nicht gesendet. %(reason)s") % {"reason": HOLD_REASONS[letter.hold_reason]})
    else:
        messages.success(request, sent(letter))


@require_GET
@needs(Permission.PERSON_ERASE)
def copy(request: HttpRequest, *, desk: Desk, uuid: UUID, person: UUID) -> HttpResponse:
    """Everything that is kept about a person of the firm, as a file for them: for who asks on the telephone."""
    found = next((row for row in people_of(firm_of(desk, uuid)) if row.uuid == person), None)
    if found is None or not (found.email or found.phone):
        raise Http404
    content = company_data.copy_of(found)
    headers = {"Content-Disposition": 'attachment; filename="auskunft.zip"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)
