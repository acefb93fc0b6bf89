"""The question, its answer, the form that sends it, and the page that says it is sent."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from wegweiser.catalogue.matching import says_nothing
from wegweiser.catalogue.models import Availability, Entry, Kind
from wegweiser.companies.models import Access
from wegweiser.crossings import enquiries as crossing
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case, Enquirer, Matter
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import Translated
from wegweiser.web import context as centres
from wegweiser.web import going_back, replies
from wegweiser.web.page_cache import changes_nothing, keep
from wegweiser.web.public import answers, known, limits, offers, paths, reads
from wegweiser.web.public.forms import ANY_TIME, LONGEST, TOO_LONG, SendForm, tidy, too_short
from wegweiser.web.public.views.enquiry_status import behind, link_gone


def _wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return bool(getattr(request, "htmx", False))


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The answer page, or for htmx only the part that changed: the same template either way."""
    form = context.setdefault("form", None)
    context["broken"] = bool(form and form.errors)
    found, centre = context["answer"], centres.of(request).row
    if found and found.urgent and centre:
        day = crossing.answer_by(centre, urgent=True)
        context |= {"help_by": _told_day(day), "help_today": day <= clock.today()}
        context["helpers"] = helpers(centres.of(request))
        if not centres.of(request).reachable:
            context["answer"] = replace(found, way=paths.URGENT_NOBODY_THERE)
    asks_on = context.setdefault("asks_on", False)
    context["sentences"] = [] if context["answer"] else centres.of(request).sentences
    template = "public/_answer.html" if _wants_fragment(request) else "public/answer.html"
    response = render(request, template, context, status=status)
    if asks_on:
        response["HX-Reswap"] = "outerHTML show:#rueckfrage:top"
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    if request.method == "POST" and status == 200 and not context.get("known"):
        return going_back.keep(response)
    if request.method == "POST" or form:
        add_never_cache_headers(response)
    return response


def helpers(centre: centres.CentreView) -> list[dict[str, str]]:
    """Who can be called in an emergency beside the centre: those of its file with a number."""
    rows = [row for row in centre.emergency.get("contacts", []) if row.get("phone")]
    return [{"name": str(Translated(row["name"])), "phone": row["phone"]} for row in rows]


def _blank(text: str = "") -> dict[str, Any]:
    return {"answer": None, "text": text, "error": ""}


@keep
def _question(request: HttpRequest) -> HttpResponse:
    """The question box alone: the same for everybody, like the one of the home page."""
    return _page(request, _blank())


@csrf_exempt  # stores nothing and knows nobody, so a forged question does no harm; pages that ask can then be kept
@login_not_required
@changes_nothing
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Answers a question. Nothing of it is stored: not in the database, not in the session, not in the address."""
    if request.method != "POST":
        about = _coming_date(request.GET.get("zu", ""))
        return _page(request, _blank() | _enrolment(request, about)) if about else _question(request)
    text = tidy(request.POST.get("sentence") or request.POST.get("text", ""))
    if not limits.allowed(request, "ask", limits.ASK):
        page = _page(request, _blank(text) | {"error": limits.too_many(limits.ASK)}, status=429)
        return limits.refuse(page, limits.ASK)
    if len(text) > LONGEST:
        return _page(request, _blank(text) | {"error": TOO_LONG})
    given = replies.read(request.POST.get("answered", ""), request.POST.get("reply", ""))
    chosen, phone = request.POST.get("as", ""), centres.of(request).phone
    found = None if too_short(text) else answers.answer(text, phone=phone, given=given, chosen=chosen)
    inside = known.access(request)
    if found is None or (says_nothing(text) and not found.urgent):
        return _more_words(request, text, inside)
    form = SendForm.blank(text=text, enquirer=found.way.enquirer, answered=found.answered, who=known.typed(inside))
    context = {"answer": found, "text": text, "error": "", "form": form, "known": bool(inside)}
    # Who did not know the answer sees what they saw: they go on where they were, at the next question.
    context["asks_on"] = found.ask is not None and request.POST.get("reply", "").endswith(":")
    return _page(request, context)


def _more_words(request: HttpRequest, text: str, inside: Access | None) -> HttpResponse:
    """Asks for some words more where there is nothing to go by; what was typed may be sent all the same."""
    error = _("Bitte beschreiben Sie in ein paar Worten, worum es geht. Oder rufen Sie uns einfach an.")
    told = _blank(text) | {"error": error, "known": bool(inside)}
    if not too_short(text):
        told["form"] = SendForm.blank(text=text, enquirer=Enquirer.COMPANY, who=known.typed(inside))
    return _page(request, told)


def _coming_date(slug: str) -> Entry | None:
    """The date that somebody comes from, as long as it takes place and is still to come."""
    entry = reads.entry(Kind.EVENT, slug) if slug else None
    if entry is None or entry.withdrawn_at or entry.is_over() or entry.availability == Availability.CANCELLED:
        return None
    return entry


def _enrolment(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """The form with the date in its text. The office enters who takes part."""
    text = _("%(date)s: Ich möchte teilnehmen.") % {"date": _named_date(entry)}
    inside = known.access(request)
    form = SendForm.blank(text=text, enquirer=Enquirer.COMPANY, about=entry.slug, who=known.typed(inside))
    return {"about": offers.card(entry), "form": form, "known": bool(inside)}


def _named_date(entry: Entry) -> str:
    return ", ".join(filter(None, [str(entry.title), offers.when(entry)]))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Sends a question to a person; with mistakes the page comes back with everything that was typed."""
    if request.method != "POST":  # somebody loads the page with mistakes again
        return redirect("public:ask")
    form = SendForm(request.POST)
    if form.is_valid() and not limits.allowed(request, "send", limits.SEND):
        form.add_error(None, limits.waits(limits.SEND))
        return limits.refuse(_again(request, form, status=429), limits.SEND)
    if not form.is_valid():
        return _again(request, form)
    given = form.cleaned_data
    company, person = known.meant(known.access(request), name=given["name"], firm=given["firm"])
    enquiry = replace(_enquiry(given), company=company, person=person)
    sent = crossing.send(submission=given["submission"], enquiry=enquiry, by=VISITOR)
    address = reverse("public:sent", kwargs={"token": sent.status_secret})
    there = HttpResponseClientRedirect(address) if _wants_fragment(request) else redirect(address)
    add_never_cache_headers(there)
    return there


def _enquiry(given: dict[str, Any]) -> crossing.Enquiry:
    """What was typed, routed by what matching says of it now.

    About a date it goes to whoever holds it, and names it, whatever was left of the text that the form came with.
    """
    language = (get_language() or "de")[:2]
    about = _coming_date(given["about"])
    text = given["text"]
    if about and str(about.title) not in text:
        text = f"{_named_date(about)}:\n{text}"[:LONGEST]
    match = reads.match(text, language=language, replies=replies.read(given["answered"] or ""))
    window = given["call_window"]
    topic = match.topics[0][0] if match and match.in_scope and match.topics else None
    if about:
        topic = next((row.topic for row in about.topic_rows.all()), topic)  # by position
    return crossing.Enquiry(
        **{name: given[name] for name in ("name", "email", "phone", "firm", "enquirer")},
        text=text,
        wants_call=bool(window),
        call_window="" if window == ANY_TIME else window,
        language=language,
        urgent=match.urgent if match else False,
        topic=topic,
        partner=about.partner if about else None,
        suggested=match.suggested(text) if match else {},
    )


def _again(request: HttpRequest, form: SendForm, *, status: int = 200) -> HttpResponse:
    text = tidy(form.data.get("text", ""))
    about = _coming_date(form.data.get("about", ""))
    given, phone = replies.read(form.data.get("answered", "")), centres.of(request).phone
    chosen = form.data.get("as", "")
    found = None if about or too_short(text) else answers.answer(text, phone=phone, given=given, chosen=chosen)
    told = {"about": offers.card(about)} if about else {}
    return _page(request, {"answer": found, "text": text, "error": "", "form": form, **told}, status=status)


@login_not_required
@never_cache
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms what was sent; loading it again changes nothing."""
    found = behind(token)
    if found is None:
        return link_gone(request)
    case, status = found
    day = _told_day(status.answer_by)
    if not status.reachable:
        promise = _("Wir sehen es uns spätestens am %(day)s an.") % {"day": day}
    elif case.urgent and status.answer_by <= clock.today():
        promise = _("Wir kümmern uns heute noch darum.")
    else:
        promise = _("Sie hören spätestens am %(day)s von uns.") % {"day": day}
    steps = _steps(case, status, day)
    if case.email:
        steps.insert(
            0, {"title": _("Sie bekommen eine Bestätigung"), "text": _("Per E-Mail, mit dem Link zu Ihrem Anliegen.")}
        )
    barrier = case.matter == Matter.BARRIER
    context = {"status": status, "token": token, "promise": promise, "steps": steps, "barrier": barrier}
    return render(request, "public/sent.html", context)


# Who sells, applies or reports decides nothing about offers of ours.
WITH_OFFERS = (Enquirer.COMPANY, Enquirer.MULTIPLIER, Enquirer.PUBLIC_BODY)


def _told_day(day: dt.date) -> str:
    return date_format(day, "l, j. F" if get_language() == "de" else "l j F")


def _steps(case: Case, status: queries.Status, day: str) -> list[dict[str, str]]:
    """What happens next."""
    if case.matter == Matter.BARRIER:
        reply = (
            {"title": _("Wir melden uns"), "text": _how(case, day)}
            if status.reachable
            else {
                "title": _("Sie sehen den Stand"),
                "text": _("Auf der Seite „Stand ansehen“, weil Sie uns keine Adresse genannt haben."),
            }
        )
        return [
            {"title": _("Wir sehen uns die Seite an"), "text": str(status.partner.name)},
            {"title": _("Wir beheben es"), "text": _("Bis dahin lesen wir Ihnen den Inhalt gern am Telefon vor.")},
            reply,
        ]
    steps = [
        {"title": _("Wir lesen Ihr Anliegen"), "text": str(status.partner.name)},
        {"title": _("Wir melden uns"), "text": _how(case, day)},
    ]
    if case.enquirer in WITH_OFFERS:
        steps.append(
            {"title": _("Sie entscheiden, wie es weitergeht"), "text": _("Kostenfrei und ohne Verpflichtung.")}
        )
    return steps


def _how(case: Case, day: str) -> str:
    if case.phone and case.call_window:
        return _("Am Telefon, %(window)s, spätestens am %(day)s.") % {"window": case.call_words, "day": day}
    return _("Spätestens am %(day)s.") % {"day": day}
