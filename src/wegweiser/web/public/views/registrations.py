"""Registering for an event."""

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
from wegweiser.events import inviting, queries
from wegweiser.events.actions import registrations
from wegweiser.events.actions.registrations import Guest, Registered
from wegweiser.events.models import Event, Invitee
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import enrolment, known, limits, offers
from wegweiser.web.public.forms import ANY_TIME
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
    inside = known.access(request)
    secret = (request.POST if request.method == "POST" else request.GET).get(inviting.PARAMETER, "")[:100]
    invitee = inviting.behind(secret) if secret else None
    if invitee is not None and (invitee.event_id != event.pk or invitee.person is None):
        invitee = None
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        event=event,
        rooms=queries.rooms_of(event),
        questions=queries.questions(event),
        who=known.typed(inside) or _who(invitee),
        code=request.GET.get(enrolment.FROM, "")[:16],
        invited=secret if invitee else "",
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
                invitee=invitee,
                wants_invitations=form.cleaned_data.get("invite_me", False),
                by=VISITOR,
            )
        except DomainError as error:
            form.refuse(error, SENTENCES)
        else:
            return _registered(request, entry, found)
    return _form(request, event, form, inside, status=422 if form.errors else 200)


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


def _who(invitee: Invitee | None) -> dict[str, str]:
    """Whoever has the mail has read the name in it."""
    return {"name": invitee.person.name, "email": invitee.person.email} if invitee and invitee.person else {}


def _call(given: dict[str, Any]) -> dict[str, Any]:
    window = given["call_window"]
    return {"wants_call": bool(window), "call_window": "" if window == ANY_TIME else window}


def _form(
    request: HttpRequest, event: Event, form: RegistrationForm, inside: Access | None, *, status: int = 200
) -> HttpResponse:
    entry = event.draft.entry
    closed = queries.closed_because(event)
    taking_part = enrolment.Enrolment(event, form.rooms, closed, "")
    context = {
        "card": offers.card(entry) if entry else None,
        "when": offers.when(entry) if entry else "",
        "where": offers.where(entry) if entry else "",
        "form": form,
        "closed": SENTENCES.get(closed, "") or enrolment.refusal(taking_part),
        "opens": enrolment.refusal(taking_part) if closed == "registration_not_open_yet" else "",
        "places": enrolment.places(taking_part),
        "only_waiting": taking_part.takes and not taking_part.has_places,
        "event": event,
        "known": bool(inside),
    }
    return render(request, "public/register.html", context, status=status)
