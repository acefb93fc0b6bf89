"""Who asks to enter a firm's workspace: one request at a time with what speaks for it, the others in a list below."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies import accesses, mail_domains
from wegweiser.companies import queries as companies
from wegweiser.companies.models import AccessRequest, Company, Person
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import entrances
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import merging
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_accesses import identity, who
from wegweiser.web.desk.firm_plans import firm_of
from wegweiser.web.desk.sentences import SENTENCES

NEW = "neu"  # in place of a firm: one that is not known yet
PAGE = 20

# What speaks for somebody belonging to a firm, in words; what speaks for the firm stands in `merging`.
EVIDENCE: dict[str, str | Promise] = {
    "mail_domain": gettext_lazy("E-Mail-Adresse gehört zur Website des Betriebs"),
    "person_known": gettext_lazy("Person mit dieser E-Mail-Adresse ist dort bekannt"),
    "person_left": gettext_lazy("Person mit dieser E-Mail-Adresse arbeitet dort nicht mehr"),
    "person_phone": gettext_lazy("Person mit dieser Telefonnummer ist dort bekannt"),
    "managed": gettext_lazy("im Betrieb verwaltet schon jemand die Zugänge"),
}


def _evidence(codes: tuple[str, ...]) -> list[str]:
    return [str(EVIDENCE.get(code) or merging.EVIDENCE.get(code, code)) for code in codes]


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The request that is looked at, else the oldest; one click says yes or no, and the next one is there.

    Which firms it may mean is asked for this one alone, however many wait.
    """
    if request.method == "POST":
        answer = _decide(request, desk)
        if answer is not None:
            return answer
    unchosen = request.POST.get("anfrage", "")
    waiting = accesses.waiting()
    listed = Paginator(waiting, PAGE).get_page(request.GET.get("seite"))
    rows = list(listed)
    wanted = identity(unchosen or request.GET.get("anfrage", ""))
    asked = waiting.filter(uuid=wanted).first() or next(iter(rows), None)
    text = request.GET.get("q", "").strip()[:120]
    context = {
        "row": _looked_at(asked, text) | {"unchosen": bool(unchosen)} if asked else None,
        "others": [{"asked": row, "free_mail": not mail_domains.of_mail(row.email)} for row in rows if row != asked],
        "page": listed,
        "q": text,
    }
    return render(request, "desk/access_requests.html", context, status=422 if unchosen else 200)


def _looked_at(asked: AccessRequest, text: str) -> dict[str, object]:
    """The firms that it may mean, and those that a search for `text` finds beside them."""
    found = accesses.candidates(asked)
    shown = {hit.company.pk for hit in found}
    further = companies.search(text, places=True).companies if text else []
    there = accesses.without_mail([*further, *(hit.company for hit in found)], [asked.name])

    def may_be(firm: Company) -> list[Person]:
        return there.get(firm.pk, [])

    return {
        "asked": asked,
        "ticked": _ticked(found),
        "domain": mail_domains.of_mail(asked.email),
        "further": [{"firm": firm, "may_be": may_be(firm)} for firm in further if firm.pk not in shown],
        "firms": [
            {"firm": hit.company, "evidence": _evidence(hit.evidence), "may_be": may_be(hit.company)} for hit in found
        ],
    }


def _ticked(found: list[accesses.Candidate]) -> object:
    """What is chosen before anybody looked: the one likely firm, a new one where none is like it, else nothing."""
    likely = [hit.company.uuid for hit in found if hit.is_likely]
    return likely[0] if len(likely) == 1 else "" if found else NEW


def _decide(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    """None where somebody said yes and not to which firm."""
    uuid = identity(request.POST.get("anfrage", ""))
    asked = AccessRequest.objects.filter(uuid=uuid).exclude(state=AccessRequest.State.STARTED).first()
    if asked is None:
        raise Http404
    chosen, _colon, person = request.POST.get("betrieb", "").partition(":")
    if request.POST.get("do") == "yes" and not chosen:
        return None
    try:
        if request.POST.get("do") == "yes":
            firm = None if chosen == NEW else firm_of(desk, identity(chosen))
            known = who(firm, person) if firm and person else None
            is_own = bool(request.POST.get("eigene"))
            access = entrances.confirm(asked=asked, company=firm, person=known, is_own_domain=is_own, by=desk.by)
            messages.success(request, _("%(name)s bekommt eine E-Mail mit einem Link.") % {"name": access.person.name})
        else:
            entrances.refuse(asked=asked, by=desk.by)
            messages.success(request, _("Abgelehnt. %(name)s bekommt Bescheid.") % {"name": asked.name})
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
    return redirect("desk:access_requests")
