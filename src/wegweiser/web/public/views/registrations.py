"""Registering for an event."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.models import Access
from wegweiser.crossings import registrations as crossing
from wegweiser.events import inviting, queries, whole
from wegweiser.events.actions import whole_series
from wegweiser.events.actions.registrations import Registered
from wegweiser.events.actions.whole_series import Bundled, Choice
from wegweiser.events.guests import Guest
from wegweiser.events.models import Event, Invitee, Joining, Question
from wegweiser.events.queries import Room
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.kept import looking_once
from wegweiser.web import page_cache
from wegweiser.web.public import blank_form, enrolment, known, limits, offers, series
from wegweiser.web.public.forms import ANY_TIME, stamp
from wegweiser.web.public.registration_forms import RegistrationForm
from wegweiser.web.public.registration_words import SENTENCES
from wegweiser.web.public.series_forms import SOME, SeriesForm


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
    if event.series_id is None and not _secret(request) and blank_form.is_for_everybody(request):
        with page_cache.in_turn(), looking_once():
            return _blank(request, event, queries.rooms_of(event), queries.questions(event))
    inside = known.access(request)
    invitee = _invited(request, event)
    form = _made(request, event, inside, invitee)
    if request.method == "POST" and form.is_valid():
        if not limits.allowed(request, "register", limits.SEND):
            form.add_error(None, limits.waits(limits.SEND))
            return limits.refuse(_form(request, event, form, inside, status=429), limits.SEND)
        try:
            found = _send(event, form, inside, invitee)
        except DomainError as error:
            form.refuse(error, SENTENCES)
        else:
            return _registered(request, entry, found)
    return _form(request, event, form, inside, status=422 if form.errors else 200)


def _blank(request: HttpRequest, event: Event, rooms: list[Room], questions: list[Question]) -> HttpResponse:
    """The form as everybody gets it who asks for it now."""
    code = request.GET.get(enrolment.FROM, "")[:16]
    closed = queries.closed_because(event)
    key = blank_form.shown(request, event, rooms, questions, closed)

    def rendered() -> HttpResponse:
        form = RegistrationForm(None, event=event, rooms=rooms, questions=questions, code=code)
        return _form(request, event, form, None, places=[blank_form.PLACES])

    places = "; ".join(enrolment.places(enrolment.Enrolment(event, rooms, closed, "")))
    own = {"submission": str(uuid.uuid4()), "stamp": stamp()}
    return blank_form.page(request, key, rendered, places=places, own=own)


def _invited(request: HttpRequest, event: Event) -> Invitee | None:
    """Who was invited to this event and came by that mail."""
    secret = _secret(request)
    found = inviting.behind(secret) if secret else None
    return found if found is not None and found.event_id == event.pk else None


def _secret(request: HttpRequest) -> str:
    return (request.POST if request.method == "POST" else request.GET).get(inviting.PARAMETER, "")[:100]


def _made(request: HttpRequest, event: Event, inside: Access | None, invitee: Invitee | None) -> RegistrationForm:
    """The form; where there are other dates that one can register for with it, it asks for which."""
    given: dict[str, Any] = {
        "who": known.typed(inside) or _who(invitee),
        "code": request.GET.get(enrolment.FROM, "")[:16],
        "invited": _secret(request) if invitee else "",
    }
    sent = request.POST if request.method == "POST" else None
    dates = whole.dates(event.series_id) if event.series_id else []
    if len(series.open_dates(dates)) > 1 and not queries.closed_because(event):
        joined = dates[0].event.series
        if joined is not None and joined.joining != Joining.SINGLE:
            rooms = next((date.rooms for date in dates if date.event.pk == event.pk), [])
            wants_all = request.GET.get(series.WHOLE_SERIES) == series.ALL
            return SeriesForm(sent, event=event, rooms=rooms, dates=dates, wants_all=wants_all, **given)
    rooms = queries.rooms_of(event)
    return RegistrationForm(sent, event=event, rooms=rooms, questions=queries.questions(event), **given)


def _send(event: Event, form: RegistrationForm, inside: Access | None, invitee: Invitee | None) -> Registered | Bundled:
    given = form.cleaned_data
    told = {
        "submission": given["submission"],
        "guest": _guest(event, given, inside),
        **_call(given),
        "invitee": invitee,
        "wants_invitations": given.get("invite_me", False),
        "by": VISITOR,
    }
    choices = form.chosen if isinstance(form, SeriesForm) else [Choice(event, form.chosen_pool)]
    if len(choices) > 1:
        return crossing.register_several(choices=choices, **told)
    return crossing.register(event=choices[0].event, pool=choices[0].pool, **told)


def _registered(request: HttpRequest, entry: Entry, found: Registered | Bundled) -> HttpResponse:
    """To their own page. Who sent another form than the first time sees nothing of it: the link comes by mail again."""
    if not found.secret:
        rows = found.registrations if isinstance(found, Bundled) else [found.registration]
        whole_series.resend(registration=rows[0], by=VISITOR)
        return render(request, "public/registered_before.html", {"card": offers.card(entry)})
    if not found.fresh:
        messages.info(request, _("Sie waren schon angemeldet. Es bleibt bei dieser einen Anmeldung."))
    elif isinstance(found, Bundled) and found.before:
        count = len(found.before)
        said = ngettext(
            "An %(n)d Termin waren Sie schon angemeldet, dabei bleibt es.",
            "An %(n)d Terminen waren Sie schon angemeldet, dabei bleibt es.",
            count,
        )
        messages.info(request, said % {"n": count})
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
    return {
        "wants_call": bool(window),
        "call_window": "" if window == ANY_TIME else window,
        "call_about": given["call_about"],
    }


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
    several = form if isinstance(form, SeriesForm) else None
    only_waiting = taking_part.takes and not taking_part.has_places
    if several is not None:
        only_waiting = not several.all_fit if several.only_whole else not any(d.fits() for d in several.open_dates)
    context = {
        "card": offers.card(entry) if entry else None,
        "when": offers.when(entry) if entry else "",
        "where": offers.where(entry) if entry else "",
        "form": form,
        "closed": "" if several else SENTENCES.get(closed, "") or enrolment.refusal(taking_part),
        "several": several,
        "some": SOME,
        "opens": enrolment.refusal(taking_part) if closed == "registration_not_open_yet" else "",
        "places": left and (places or left),
        "only_waiting": only_waiting,
        "rule_of_line": several.rule_of_line if several else enrolment.rule_of_line(taking_part),
        "event": event,
        "known": bool(inside),
    }
    return render(request, "public/register.html", context, status=status)
