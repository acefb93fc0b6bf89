"""Registering for an event."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.models import Access
from wegweiser.crossings import registrations as crossing
from wegweiser.events import queries
from wegweiser.events.actions import registrations
from wegweiser.events.actions.registrations import Guest, Registered
from wegweiser.events.models import Event, Question
from wegweiser.events.queries import Room
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.kept import looking_once
from wegweiser.web import page_cache
from wegweiser.web.public import blank_form, enrolment, known, limits, offers
from wegweiser.web.public.forms import ANY_TIME, stamp
from wegweiser.web.public.registration_forms import RegistrationForm
from wegweiser.web.public.registration_words import SENTENCES


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form in one page; with mistakes it comes back with everything that was typed."""
    event = queries.at(slug)
    entry = event.draft.entry if event else None
    if event is None or entry is None:
        moved = catalogue.renamed(Kind.EVENT, slug)
        if moved is None or queries.of_entry(moved) is None:
            raise Http404
        return redirect("public:register", slug=moved.slug)
    rooms, questions = queries.rooms_of(event), queries.questions(event)
    code = request.GET.get(enrolment.FROM, "")[:16]
    if blank_form.is_for_everybody(request):
        with page_cache.in_turn(), looking_once():
            return _blank(request, event, rooms, questions, code)
    inside = known.access(request)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        event=event,
        rooms=rooms,
        questions=questions,
        who=known.typed(inside),
        code=code,
    )
    if request.method == "POST" and form.is_valid():
        if not limits.allowed(request, "register", limits.SEND):
            form.add_error(None, limits.too_many(limits.SEND))
            return limits.refuse(_form(request, event, form, inside, status=429), limits.SEND)
        try:
            found = crossing.register(
                event=event,
                pool=form.chosen_pool,
                submission=form.cleaned_data["submission"],
                guest=_guest(event, form.cleaned_data, inside),
                **_call(form.cleaned_data),
                by=VISITOR,
            )
        except DomainError as error:
            form.refuse(error, SENTENCES)
        else:
            return _registered(request, entry, found)
    return _form(request, event, form, inside, status=422 if form.errors else 200)


def _blank(request: HttpRequest, event: Event, rooms: list[Room], questions: list[Question], code: str) -> HttpResponse:
    """The form as everybody gets it who asks for it now."""
    closed = queries.closed_because(event)
    key = blank_form.shown(request, event, rooms, questions, closed)

    def rendered() -> HttpResponse:
        form = RegistrationForm(None, event=event, rooms=rooms, questions=questions, code=code)
        return _form(request, event, form, None, places=[blank_form.PLACES])

    places = "; ".join(enrolment.places(enrolment.Enrolment(event, rooms, closed, "")))
    own = {"submission": str(uuid.uuid4()), "stamp": stamp()}
    return blank_form.page(request, key, rendered, places=places, own=own)


def _registered(request: HttpRequest, entry: Entry, found: Registered) -> HttpResponse:
    """To their own page. Who sent another form than the first time sees nothing of it: the link comes by mail again."""
    if not found.secret:
        registrations.resend(registration=found.registration, by=VISITOR)
        return render(request, "public/registered_before.html", {"card": offers.card(entry)})
    if not found.fresh:
        messages.info(request, _("Sie waren schon angemeldet. Es bleibt bei dieser einen Anmeldung."))
    return redirect("public:registration", token=found.secret)


def _guest(event: Event, given: dict[str, Any], inside: Access | None) -> Guest:
    places, others = given.get("places") or 1, given["names"]
    company, _person = known.meant(inside, name=given["name"], firm=given["firm"])
    return Guest(
        **{name: given[name] for name in ("name", "email", "phone", "firm", "postcode", "note", "answers")},
        places=places,
        names=[given["name"], *others] if others else [],
        language=(get_language() or "de")[:2],
        company=company,
        multiplier=queries.multiplier(event, given["von"]),
    )


def _call(given: dict[str, Any]) -> dict[str, Any]:
    window = given["call_window"]
    return {"wants_call": bool(window), "call_window": "" if window == ANY_TIME else window}


def _form(
    request: HttpRequest,
    event: Event,
    form: RegistrationForm,
    inside: Access | None,
    *,
    places: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the form; `places` where something else shall stand there for what is left."""
    entry = event.draft.entry
    closed = queries.closed_because(event)
    taking_part = enrolment.Enrolment(event, form.rooms, closed, "")
    left = enrolment.places(taking_part)
    context = {
        "card": offers.card(entry) if entry else None,
        "when": offers.when(entry) if entry else "",
        "where": offers.where(entry) if entry else "",
        "form": form,
        "closed": SENTENCES.get(closed, "") or enrolment.refusal(taking_part),
        "opens": enrolment.refusal(taking_part) if closed == "registration_not_open_yet" else "",
        "places": left and (places or left),
        "only_waiting": taking_part.takes and not taking_part.has_places,
        "event": event,
        "known": bool(inside),
    }
    return render(request, "public/register.html", context, status=status)
