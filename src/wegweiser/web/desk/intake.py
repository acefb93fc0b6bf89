"""\"Neu\": an enquiry by phone, at the counter or at a fair, taken down while the other one speaks."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wegweiser.catalogue import matches
from wegweiser.companies import alike, phones
from wegweiser.companies import queries as companies
from wegweiser.companies.keys import name_key
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import enquiries as crossings
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key
from wegweiser.web import replies
from wegweiser.web.desk import case_acts, similar
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import NewForm

SHORTEST_NAME = 4  # characters from which a name or a number is looked for
SHORTEST = 12  # characters from which matching says something


def _suggestion(text: str, said: QueryDict) -> matches.Answer | None:
    """What fits the text and what was answered to our questions back."""
    if len(text.strip()) < SHORTEST:
        return None
    given = replies.read(said.get("answered", ""), said.get("reply", ""))
    return matches.match(text, lang=(get_language() or "de")[:2], replies=given)


def _company(uuid: str) -> Company | None:
    """The firm a link named; one that is kept for a proof alone, or an address somebody mangled, names none."""
    try:
        found = Company.objects.filter(uuid=UUID(uuid)).select_related("canonical").first()
    except ValueError:
        return None
    firm = companies.root_of(found) if found else None
    return firm if firm and firm.restricted_at is None else None


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_CREATE)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Take an enquiry down. Nothing is stored before it is sent."""
    chosen = _company(request.GET.get("betrieb", ""))
    start = {"firm": chosen.name, "phone": chosen.phone} if chosen else {"phone": request.GET.get("telefon", "")}
    chosen = _company(request.POST.get("company", "")) or chosen
    form = NewForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        suggestion = _suggestion(said["text"], request.POST)
        topic = said["topic"] or matches.topic_of(suggestion)
        try:
            if chosen is None and (told := _told_by_more_than_the_name(said)) and not _declined(request, told):
                chosen = told
            enquiry = crossings.Enquiry(
                text=said["text"],
                name=said["name"],
                intake=said["intake"],
                enquirer=said["enquirer"],
                email=said["email"],
                phone=said["phone"],
                firm=said["firm"] or (chosen.name if chosen else ""),
                wants_call=said["wants_call"],
                call_window=said["call_window"],
                urgent=bool(suggestion and suggestion.urgent),
                topic=topic,
                suggested=suggestion.as_document(said["text"]) if suggestion else {},
                company=chosen,
            )
            sent = crossings.desk_open(
                submission=form.submission_id(),
                enquiry=enquiry,
                member=desk.member,
                minutes=said["minutes"],
                confirm=said["confirm"],
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            taken = _("Aufgenommen: %(reference)s, liegt bei %(partner)s.") % {
                "reference": sent.case.reference,
                "partner": sent.case.partner,
            }
            messages.success(request, " ".join(filter(None, [taken, *_logged(said["minutes"])])))
            mine = sent.case.adviser_id == desk.member.pk and not said["minutes"]  # the talk is still to be logged
            address = reverse("desk:case", kwargs={"uuid": sent.case.uuid})
            return redirect(f"{address}?oeffnen=log" if mine else address)
    context = {"form": form, "chosen": chosen}
    return render(request, "desk/new.html", context, status=422 if form.errors else 200)


def _told_by_more_than_the_name(said: Mapping[str, str]) -> Company | None:
    """The known firm that name, number and mail say together: it may be that nobody saw a suggestion.

    Raises DomainError("invalid_phone").
    """
    phone = phones.dialled(phones.kept(said["phone"])) if said["phone"] else ""
    told = alike.with_contact(Known(name=said["firm"]), phone=phone, email=said["email"])
    return alike.certain(told, by_name=False)


def _logged(minutes: int | None) -> list[str]:
    if not minutes:
        return []
    return [_("Ihr Gespräch ist festgehalten."), case_acts.too_short("talk", clock.today(), minutes)]


def _declined(request: HttpRequest, offered: Company) -> bool:
    """Whether somebody saw the firm chosen for them and took it away again."""
    said = request.POST
    return said.get("offered") == str(offered.uuid) and str(offered.uuid) not in said.getlist("company")


def _obvious(typed: str, found: list[Company]) -> Company | None:
    """The one firm that was found, where its name has every word that was typed, and more than one or all of them."""
    words = sort_key(typed).split()
    if len(found) != 1 or not set(words) <= set(found[0].sort_key.split()):
        return None
    return found[0] if len(words) > 1 or name_key(typed) == found[0].name_key else None


@require_POST
@needs(Permission.CASE_CREATE)
def suggest(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """While one types: who this is, and where the enquiry belongs. Stores nothing."""
    typed = [text for name in ("phone", "firm") if len(text := request.POST.get(name, "").strip()) >= SHORTEST_NAME]
    asked, found = "", companies.Found([], [])
    for asked in typed:  # what the number does not find, the name may
        found = companies.search(asked, limit=5)
        if found.companies or found.persons:
            break
    obvious = _obvious(asked, found.companies)
    chosen = _company(request.POST.get("company", ""))
    if chosen is None and obvious and not _declined(request, obvious):
        chosen = obvious
    others = [company for company in found.companies if company != chosen]
    suggestion = _suggestion(request.POST.get("text", ""), request.POST)
    titles = {topic.slug: topic.title for topic in Topic.objects.all()}
    topics = [titles[topic.slug] for topic in suggestion.topics[:2] if topic.slug in titles] if suggestion else []
    context = {
        "found": found,
        "others": others,
        "chosen": chosen,
        "suggestion": suggestion,
        "topics": topics,
        "asked": asked,
        "obvious": obvious,
        "offers": [(hit.entry.title, similar.told(hit)) for hit in suggestion.offers] if suggestion else [],
        "given": replies.lines(suggestion.given) if suggestion else [],
        "answered": replies.written((one.key, one.reply) for one in suggestion.given) if suggestion else "",
        "similar": similar.cases([uuid for _, uuid in suggestion.similar], desk) if suggestion else None,
    }
    return render(request, "desk/_suggestion.html", context)
