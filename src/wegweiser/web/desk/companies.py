"""Companies as the whole consortium may see them, and the timeline of one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wegweiser.companies import cover_names, person_names, queries
from wegweiser.companies.actions import erasures
from wegweiser.companies.models import Channel, Company, Fact, Person
from wegweiser.consortium.models import District, Member, Sector
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import plans, recipients
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.models import OPEN, Case
from wegweiser.journey import queries as journey
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_facts, list_wishes, timeline
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 50


@require_GET
@needs(Permission.COMPANY_SEE)
def directory(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All firms, or those a name, a phone number or a place finds."""
    text = request.GET.get("q", "").strip()[:120]
    found = queries.search(text, limit=200, places=True).companies if text else queries.listed()
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    firms = list(page)
    facts = queries.facts_of(firms, [Fact.Kind.SECTOR, Fact.Kind.DISTRICT], clock.today())
    districts = {row.ags: str(row) for row in District.objects.all()}
    sectors = {row.key: row.label for row in Sector.objects.all()}
    contacts = journey.contacts(firms)
    rows = [
        {
            "firm": firm,
            "place": f"{firm.postcode} {firm.place}".strip()
            or districts.get(facts[firm.pk].get(Fact.Kind.DISTRICT, "")),
            "sector": sectors.get(facts[firm.pk].get(Fact.Kind.SECTOR, "")),
            "contacts": contacts.get(firm.pk),
        }
        for firm in firms
    ]
    context = {
        "page": page,
        "rows": rows,
        "q": text,
        "may_confirm": desk.may(Permission.COMPANY_EDIT),
        "may_import": desk.may(Permission.COMPANY_IMPORT),
        "may_merge": desk.may(Permission.COMPANY_MERGE),
        "pairs": queries.doubts_count(clock.today()) if desk.may(Permission.COMPANY_MERGE) else 0,
    }
    return render(request, "desk/companies.html", context)


@require_GET
@needs(Permission.COMPANY_SEE)
def company(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One firm that I may see: facts, people, cases I may read, open promises, and its timeline."""
    found = Company.objects.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    root = queries.root_of(found)
    if not desk.sees(root):
        raise Http404
    if root.pk != found.pk:
        return redirect("desk:company", uuid=root.uuid)
    day = clock.today()
    firms = queries.same_firm(root)
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    readable = enquiries.visible_cases(member=desk.member, day=day, everywhere=everywhere)
    forgotten_on = queries.forgotten_on(root)
    is_known = root.restricted_at is None and forgotten_on is None
    promises = enquiries.promises(member=desk.member, day=day, everywhere=everywhere).filter(company__in=firms)
    people = list(queries.working_at(root))
    context = {
        "company": root,
        "forgotten_on": forgotten_on,
        "is_known": is_known,
        "today": day,
        "facts": firm_facts.known(root),
        "people": [(person, _may_mail(person, root, desk)) for person in people],
        "perhaps_twice": desk.may(Permission.COMPANY_EDIT) and bool(person_names.perhaps_one(people)),
        "cases": readable.filter(company__in=firms).select_related("topic", "partner", "company")[:20]
        if desk.may(Permission.CASE_SEE)
        else [],
        "follow_ups": promises.select_related("partner", "member", "company", "person", "case__company")
        if desk.may(Permission.CASE_SEE)
        else [],
        "may_promise": desk.may(Permission.CASE_ANSWER) and is_known,
        "advisers": _advisers(firms),
        "may_edit": desk.may(Permission.COMPANY_EDIT) and forgotten_on is None,
        "is_covered": cover_names.is_covered(root),
        "may_merge": desk.may(Permission.COMPANY_MERGE) and is_known,
        "merges": queries.merges_of(root) if desk.may(Permission.COMPANY_MERGE) else [],
        "held": list_wishes.lines(queries.held_of(root)) if desk.may(Permission.COMPANY_EDIT) else [],
        "may_import": desk.may(Permission.COMPANY_IMPORT),
        "may_erase": desk.may(Permission.PERSON_ERASE),
        "list_rows": queries.list_rows(root) if desk.may(Permission.COMPANY_EDIT) else [],
        "timeline": timeline.rows(root, desk),
        "plan": plans.of(root, language=get_language() or "de"),
    }
    return render(request, "desk/company.html", context)


@require_POST
@needs(Permission.PERSON_ERASE)
def readmit(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """A firm whose name was kept for a proof alone is in contact again by its own word."""
    found = Company.objects.filter(uuid=uuid).select_related("canonical").first()
    if found is None:
        raise Http404
    try:
        erasures.readmit(company=found, by=desk.by)
    except DomainError as refusal:
        messages.info(request, str(SENTENCES[refusal.code]))
    else:
        messages.success(request, _("Der Betrieb ist wieder da, mit allem, was für den Nachweis geblieben ist."))
    return redirect("desk:company", uuid=queries.root_of(found).uuid)


def _may_mail(person: Person, firm: Company, desk: Desk) -> bool:
    """Whether their address is shown: to who may see accesses, where a mail is welcome."""
    return desk.may(Permission.COMPANY_EDIT) and recipients.channel_of(person, firm) == Channel.MAIL


def _advisers(firms: QuerySet[Company]) -> list[Member]:
    """Who answers for an open case of the firm: whom a colleague asks before calling there. Names, no message."""
    cases = Case.objects.filter(company__in=firms, state__in=OPEN, adviser__isnull=False)
    return list(Member.objects.filter(pk__in=cases.values("adviser")))
