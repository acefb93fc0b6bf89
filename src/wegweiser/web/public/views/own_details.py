"""A guest changes, by their own link, how they take part and what they told us."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.events import queries
from wegweiser.events.actions import contacts, questions, rebooking
from wegweiser.events.models import Pool, Registration
from wegweiser.events.naming import seating
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key
from wegweiser.web.public import gone_links, limits, offers
from wegweiser.web.public import own_registration as words
from wegweiser.web.public.details_form import DetailsForm
from wegweiser.web.public.registration_words import SENTENCES
from wegweiser.web.public.views.own_registration import ONE, behind, by


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """All of it is saved, or nothing: whoever finds no place elsewhere keeps what they have."""
    row = behind(request, token)
    if row is None or row.is_erased:
        return gone_links.page(request, row)
    there = reverse("public:registration", kwargs={"token": token})
    there = f"{there}?{ONE}={row.uuid}" if ONE in request.GET else there
    if not words.may_edit(row):
        return redirect(there)
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, row=row, rooms=queries.rooms_of(row.event), questions=queries.questions(row.event))
    if sent is not None and form.is_valid():
        if not limits.allowed_for(str(row.uuid), "own_details", limits.SEND):
            form.add_error(None, limits.waits(limits.SEND))
            return limits.refuse(_page(request, row, form, there, status=429), limits.SEND)
        try:
            _save(row, form)
        except DomainError as error:
            form.refuse(error, SENTENCES)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(there)
    return _page(request, row, form, there, status=422 if sent is not None else 200)


def _save(row: Registration, form: DetailsForm) -> None:
    told = form.cleaned_data
    with transaction.atomic():
        contacts.correct(registration=row, firm=told["firm"], note=told["note"], by=by(row))
        rebooking.rebook(registration=row, pool=_pool(row, form), phone=told["phone"], **_who(row, told), by=by(row))
        questions.answer(registration=row, given=told["answers"], by=by(row))


def _pool(row: Registration, form: DetailsForm) -> Pool:
    return form.chosen_pool if "pool" in form.fields else row.pool


def _who(row: Registration, told: dict[str, Any]) -> dict[str, Any]:
    """Who comes along takes a place that nobody was named for, else another one; or how many come.

    Who has a place already has it: the same form sent twice names them twice.
    """
    seats = [seat.name for seat in queries.seats(row)]
    there = {sort_key(name) for name in seats if name}
    if more := [name for name in told["names"] if sort_key(name) not in there]:
        names = [*filter(None, seats), *more]
        found = seating(seats=seats, names=names, places=max(len(seats), len(names))).names
        return {"names": found, "places": max(len(seats), len(found))}
    return {"places": told["places"]} if told.get("places") else {}


def _page(request: HttpRequest, row: Registration, form: DetailsForm, back: str, *, status: int) -> HttpResponse:
    entry = row.event.draft.entry
    context = {
        "form": form,
        "back": back,
        "title": str(entry.title if entry else row.event.draft.title),
        "when": offers.when(entry) if entry else "",
    }
    return render(request, "public/registration_details.html", context, status=status)
