"""Registering for an event, and the guest's own page behind the link."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue.models import Kind
from wegweiser.events import queries
from wegweiser.events.actions import letters, registrations
from wegweiser.events.actions.registrations import Guest
from wegweiser.events.models import Event, Registration, State
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import limits, offers, reads
from wegweiser.web.public.registration_forms import RegistrationForm
from wegweiser.web.public.registration_words import SENTENCES

ACTS = {"confirm": registrations.confirm, "accept": registrations.accept, "cancel": registrations.cancel}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form in one page; with mistakes it comes back with everything that was typed."""
    entry = reads.entry(Kind.EVENT, slug)
    event = queries.of_entry(entry) if entry and not entry.withdrawn_at else None
    if entry is None or event is None:
        raise Http404
    pools = queries.rooms(event.pools.all())
    form = RegistrationForm(request.POST or None, event=event, rooms=pools)
    if request.method == "POST" and form.is_valid():
        if not limits.allowed(request, "register", limits.SEND):
            form.add_error(None, limits.too_many(limits.SEND))
            return limits.refuse(_form(request, event, form, status=429), limits.SEND)
        try:
            found = registrations.register(
                event=event,
                pool=form.chosen_pool,
                submission=form.cleaned_data["submission"],
                guest=_guest(form.cleaned_data),
                by=VISITOR,
            )
        except DomainError as error:
            form.refuse(error, SENTENCES)
        else:
            if found.registration.submission == form.cleaned_data["submission"]:
                return redirect("public:registration", token=letters.link(found.registration, by=VISITOR))
            return render(request, "public/registered_before.html", {"card": offers.card(entry)})
    return _form(request, event, form, status=422 if form.errors else 200)


def _guest(given: dict[str, Any]) -> Guest:
    names = [given["name"], *given["names"]] if given["places"] > 1 else []
    return Guest(
        **{name: given[name] for name in ("name", "email", "phone", "firm", "places", "note")},
        names=names,
        language=(get_language() or "de")[:2],
    )


def _form(request: HttpRequest, event: Event, form: RegistrationForm, *, status: int = 200) -> HttpResponse:
    entry = event.draft.entry
    closed = queries.closed_because(event)
    context = {
        "card": offers.card(entry) if entry else None,
        "when": offers.when(entry) if entry else "",
        "where": offers.where(entry) if entry else "",
        "form": form,
        "closed": SENTENCES.get(closed, ""),
        "event": event,
    }
    return render(request, "public/register.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody registered, and what they can do about it. A link shows on GET and acts only on POST."""
    row = queries.behind(token)
    if row is None:
        return render(request, "public/link_gone.html", status=404)
    refused = ""
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act:
            try:
                act(registration=row, by=Actor.link(row.uuid))
            except DomainError as error:
                refused = str(SENTENCES.get(error.code, error.code))
        if not refused:
            return redirect("public:registration", token=token)
    return render(request, "public/registration.html", _own(row) | {"refused": refused, "token": token})


def _own(row: Registration) -> dict[str, Any]:
    entry = row.event.draft.entry
    return {
        "row": row,
        "card": offers.card(entry) if entry else None,
        "when": offers.when(entry) if entry else "",
        "where": offers.where(entry) if entry else "",
        "seats": list(row.seats.filter(given_back_at=None)),
        "unconfirmed": row.state in {State.PENDING, State.ASKED},
        "offered": row.state == State.OFFERED,
        "can_cancel": row.is_active,
    }
