"""Accesses of one firm to "Mein Betrieb" at the desk: everything that the firm can do by itself, too."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.companies import accesses, person_names
from wegweiser.companies import queries as companies
from wegweiser.companies.consent_words import INVITATION, words
from wegweiser.companies.models import Access, Channel, Company, Consent, Person, Right
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import company_data, entrances, recipients, referral_consents, subscriptions
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.web.desk import firm_leaving, list_wishes
from wegweiser.web.desk import referral_consents as recalling
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_plans import firm_of, people_of, sent
from wegweiser.web.desk.letters import HOLD_REASONS, paper
from wegweiser.web.desk.sentences import SENTENCES


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
                going = firm_leaving.leave(request, firm, who(firm, request.POST.get("person", "")), desk)
            case "stay":
                firm_leaving.stay(request, firm, request.POST.get("person", ""), desk)
            case _:
                try:
                    shown = _act(request, firm, desk)
                except DomainError as refusal:
                    messages.error(request, str(SENTENCES[refusal.code]))
        if not shown and not going:
            return redirect("desk:firm_accesses", uuid=firm.uuid)
    people, former = people_of(firm), list(companies.worked_at(firm))
    perhaps = person_names.perhaps_one(people)
    inside = {row.person_id: row for row in accesses.of_firm(firm)}
    agreed: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(person__in=[*people, *former], withdrawn_at=None).order_by("given_at", "id"):
        agreed.setdefault(consent.person_id, []).append(consent)
    opened = request.GET.get("weitergaben", "")
    passed_on, ways = referral_consents.standing_of(people), recipients.ways_to(people=people, company=firm)
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
                "perhaps": [other.name for other in perhaps.get(person.pk, [])],
                "way": Channel(recipients.channel_of(person, firm)).label,
                "unsent": ways[person.pk] in entrances.UNSENT,
                "invited": any(row.purpose == INVITATION for row in agreed.get(person.pk, [])),
                "consents": _worded(agreed.get(person.pk, [])),
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
        "former": [{"person": person, "consents": _worded(agreed.get(person.pk, []))} for person in former],
    }
    return render(request, "desk/firm_accesses.html", context, status=422 if going else 200)


def _worded(agreed: list[Consent]) -> list[dict[str, object]]:
    return [{"row": row, "words": words(row.purpose)} for row in agreed]


def _known_at(firm: Company, typed: str) -> Person | None:
    """Who works at the firm or did: whoever calls is told what is kept, and may have it erased."""
    return next((row for row in [*people_of(firm), *companies.worked_at(firm)] if str(row.uuid) == typed), None)


def _erasing(request: HttpRequest, firm: Company, desk: Desk) -> dict[str, Any] | None:
    """Whom one is about to erase, and what would become of what; asked for in the address, done by a button."""
    wanted = request.GET.get("loeschen", "")
    person = _known_at(firm, wanted) if wanted else None
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
    person = _known_at(firm, typed)
    if person is None:
        raise Http404
    match verb:
        case "open":
            access = entrances.open_for(
                company=firm, person=who(firm, typed), right=request.POST.get("right", Right.ALL), by=desk.by
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
    access = accesses.of_firm(firm).filter(person__uuid=identity(request.POST.get("person", ""))).first()
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
    uuid = identity(request.POST.get("weitergabe", ""))
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
    found = _known_at(firm_of(desk, uuid), str(person))
    if found is None or not (found.email or found.phone):
        raise Http404
    content = company_data.copy_of(found)
    headers = {"Content-Disposition": 'attachment; filename="auskunft.zip"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def who(firm: Company, typed: str) -> Person:
    found = next((row for row in people_of(firm) if str(row.uuid) == typed), None)
    if found is None:
        raise Http404
    return found


def identity(typed: str) -> UUID:
    """What a form says of a row; where that is no identity, one that no row has."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
