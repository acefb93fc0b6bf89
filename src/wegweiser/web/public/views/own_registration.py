"""The guest's own page behind their link. A link shows on GET and acts only on POST."""

import copy
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wegweiser.catalogue.models import Entry
from wegweiser.companies import mail_typos
from wegweiser.events import certificates, correcting, feedback, materials, queries, whole
from wegweiser.events.actions import contacts, questions, registrations, whole_series
from wegweiser.events.actions import feedback as feedback_actions
from wegweiser.events.models import UNCONFIRMED, Listing, Question, Registration, Seat, State, Way
from wegweiser.files.models import Upload
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.public import blank_form, gone_links, limits, offers, rendered_once
from wegweiser.web.public import own_registration as words
from wegweiser.web.public.forms import tidy
from wegweiser.web.public.registration_words import SENTENCES
from wegweiser.web.public.rendered_once import Own

PAGE = "public/registration.html"
ONE = "termin"  # the parameter that names another date of the same registration


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody registered, and what they can do about it. Cancelling asks first."""
    row = behind(request, token)
    if row is None or row.is_erased:
        return gone_links.page(request, row)
    act, refused = request.POST.get("act", ""), ""
    if request.method == "POST" and act not in {"cancel", "cancel_rest"}:
        if not _may_go_on(request, row, act):
            page = _page(request, row, token, refused=limits.too_many(limits.SEND), status=429)
            return limits.refuse(page, limits.SEND)
        try:
            if act == "address":
                return redirect("public:registration", token=_correct(request, row) or token)
            if act == "feedback":
                return redirect("public:event_feedback", token=feedback_actions.link(registration=row, by=by(row)))
            _act(request, row, act)
        except DomainError as error:
            refused = str(SENTENCES.get(error.code, SENTENCES["transition_not_allowed"]))
        else:
            there = reverse("public:registration", kwargs={"token": token})
            return redirect(f"{there}?{request.GET.urlencode()}" if ONE in request.GET else there)
    asks = act if request.method == "POST" and (act == "cancel_rest" or (act == "cancel" and row.is_active)) else ""
    return _page(request, row, token, refused=refused, asks=asks, status=422 if refused else 200)


def _page(
    request: HttpRequest, row: Registration, token: str, *, refused: str = "", asks: str = "", status: int = 200
) -> HttpResponse:
    """The page; whoever only looks at it gets it from what was rendered once for all who are shown the same."""
    own = Own(apart=not request.GET and not row.bundle and blank_form.is_by_nobody(request))
    context = {**_context(row, own), "refused": refused, "asks": asks, "token": own.text("secret", token)}
    if own.apart:
        return rendered_once.page(request, PAGE, context, own, secret=token)
    return render(request, PAGE, context, status=status)


@login_not_required
@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The date for one's own calendar, with the name under which later changes find it."""
    row = behind(request, token)
    if row is not None and ONE not in request.GET and row.bundle:
        text = words.calendar_of_all(whole.of_bundle(row.bundle))
    else:
        text = words.calendar_file(row) if row and row.state == State.CONFIRMED else ""
    if not text:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response


def behind(request: HttpRequest, token: str) -> Registration | None:
    """What a link opens: the registration, or with `termin` another one that was made with the same form."""
    row, wanted = queries.behind(token), request.GET.get(ONE, "")
    if row is None or not wanted:
        return row
    found = next((one for one in whole.of_bundle(row.bundle) if str(one.uuid) == wanted), None)
    if found is not None:
        found.by_mail = row.by_mail  # type: ignore[attr-defined]
    return found or row


def _may_go_on(request: HttpRequest, row: Registration, act: str) -> bool:
    """Whether what writes a mail or makes a link was not asked for too often; guests of one event share an address."""
    if act == "feedback":
        return limits.allowed_for(str(row.uuid), "own_feedback", limits.SEND)
    return act != "address" or limits.allowed(request, "register", limits.SEND)


def _act(request: HttpRequest, row: Registration, act: str) -> None:
    acts: dict[str, Callable[[], object]] = {
        "confirm": lambda: _confirm(row),
        "accept": lambda: whole_series.accept(registration=row, by=by(row)),
        "cancel_rest_indeed": lambda: whole_series.cancel_rest(registration=row, by=by(row)),
        "cancel_indeed": lambda: registrations.cancel(registration=row, by=by(row)),
        "change": lambda: _change(request, row),
        "resend": lambda: _resend(request, row),
        "withdraw": lambda: _withdraw(request, row),
    }
    if act in acts:
        if (row.event.is_cancelled or words.is_over(row)) and act not in {"withdraw", "cancel_rest_indeed"}:
            raise DomainError("transition_not_allowed")
        acts[act]()


def by(row: Registration) -> Actor:
    return Actor.link(row.uuid)


def _confirm(row: Registration) -> None:
    if not row.by_mail:  # type: ignore[attr-defined]
        raise DomainError("transition_not_allowed")
    whole_series.confirm(registration=row, by=by(row))


def _change(request: HttpRequest, row: Registration) -> None:
    """Other names, and who cannot come; where only heads are counted, how many."""
    if row.event.listing == Listing.HEADS:
        wanted = request.POST.get("places", "")
        places = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else row.places
        registrations.change(registration=row, places=places, by=by(row))
    else:
        seats = _seats(row)
        gone = {seat.uuid for seat in seats if request.POST.get(f"gone_{seat.uuid}")}
        if seats and len(gone) == len(seats):
            raise DomainError("nobody_stays")
        stay = [seat for seat in seats if seat.uuid not in gone]
        names = [tidy(request.POST.get(f"name_{seat.uuid}", seat.name))[:160] for seat in stay]
        registrations.change(registration=row, names=names, leaving=gone, by=by(row))
    messages.success(request, _("Gespeichert."))


def _correct(request: HttpRequest, row: Registration) -> str:
    """Another mail address; gives the secret of their page, for the link that came by mail is over."""
    if words.is_over(row):
        raise DomainError("transition_not_allowed")
    secret = contacts.correct(registration=row, email=request.POST.get("email", "")[:254], by=by(row))
    if secret:
        messages.success(request, _("Gespeichert. Eine E-Mail ist unterwegs an die neue Adresse."))
    return secret


def _resend(request: HttpRequest, row: Registration) -> None:
    if whole_series.resend(registration=row, by=by(row)):
        messages.success(
            request, _("Die E-Mail ist noch einmal unterwegs an %(mail)s.") % {"mail": mail_addresses.shown(row.email)}
        )
    else:
        messages.info(
            request, _("Die letzte E-Mail ist keine zehn Minuten alt. Schauen Sie auch bei den unerwünschten nach.")
        )


def _withdraw(request: HttpRequest, row: Registration) -> None:
    try:
        wanted = UUID(request.POST.get("einwilligung", ""))
    except ValueError:
        raise DomainError("consent_not_given") from None
    question = Question.objects.filter(event=row.event, uuid=wanted).first()
    if question is None:
        raise DomainError("consent_not_given")
    questions.withdraw(registration=row, question=question, by=by(row))
    messages.success(request, _("Widerrufen. Ab jetzt halten wir uns daran."))


def _seats(row: Registration) -> list[Seat]:
    return queries.seats(row)


def _context(row: Registration, own: Own) -> dict[str, Any]:
    """What the page shows, in plain values: what is a guest's own goes through `own`."""
    entry, seats = row.event.draft.entry, _seats(row)
    stands = row.is_active and not row.event.is_cancelled
    ahead = stands and not words.is_over(row)
    confirmed = row.state == State.CONFIRMED and stands
    unconfirmed = row.state in UNCONFIRMED
    public = entry is not None and entry.withdrawn_at is None
    bundle = whole.of_bundle(row.bundle)
    remaining = [one for one in bundle if one.is_active and not one.event.is_cancelled and not words.is_over(one)]
    told = _told(row, own)
    names = [own.text(f"name {n}", seat.name) for n, seat in enumerate(seats)]
    return {
        "bundle": words.lines(bundle, this=row),
        "mixed": words.mixed(remaining),
        "offers": [] if row.together else words.offers_beside(remaining, this=row),
        "all_dates": sum(one.state == State.CONFIRMED for one in remaining) > 1,
        "rest": len(remaining) if len(remaining) > 1 else 0,
        "all_at_once": row.together and len(remaining) > 1,
        "email": told.email,
        "places": row.places,
        "own_date": f"{ONE}={row.uuid}" if bundle else "",
        "title": str(entry.title if entry else row.event.draft.title),
        "stand": words.stand(told),
        "moved": ahead and queries.moved_since(row),
        "facts": words.facts(told, names),
        "page": offers.href(entry) if entry and public else "",
        "again": reverse("public:register", kwargs={"slug": entry.slug})
        if entry and public and not row.is_active and not queries.closed_because(row.event)
        else "",
        "passes": [
            (own.text(f"pass {n}", one.name), own.drawing(f"code {n}", one.code))
            for n, one in enumerate(words.passes(row, seats))
        ],
        "day": words.day(row),
        "join_link": row.event.join_link if confirmed and row.pool.way == Way.ONLINE else "",
        "seats": [
            (
                own.text(f"seat {n}", str(seat.uuid)),
                names[n],
                own.text(f"label {n}", words.label(seat)),
            )
            for n, seat in enumerate(seats)
        ],
        "present": [
            (own.text(f"present {n}", str(seat.uuid)), own.text(f"who {n}", seat.name))
            for n, seat in enumerate(certificates.ready(row, seats))
        ],
        "may_say": feedback.may_answer(row, seats),
        "materials": [_file(entry, file) for file in materials.shown(entry)] if entry and public else [],
        "heads": row.event.listing == Listing.HEADS,
        "fewer": range(1, row.places + 1),
        "consents": words.consents(row),
        "unconfirmed": unconfirmed,
        "may_correct": (may_correct := ahead and correcting.may_correct(row)),
        "meant": own.text("meant", mail_typos.likely_meant(row.email)) if may_correct else "",
        "may_confirm": ahead and unconfirmed and row.by_mail,  # type: ignore[attr-defined]
        "offered": ahead and row.state == State.OFFERED,
        "may_change": ahead and (row.places > 1 or row.event.listing == Listing.NAMES),
        "may_cancel": ahead,
        "may_edit": words.may_edit(row),
        "may_resend": ahead and bool(row.email),
        "calendar": confirmed and ahead,
    }


def _file(entry: Entry, file: Upload) -> tuple[str, str, int]:
    """The address, name and size of a file on the page of the event."""
    return reverse("public:event_material", kwargs={"slug": entry.slug, "uuid": file.uuid}), file.name, file.size


def _told(row: Registration, own: Own) -> Registration:
    """`row` as the sentences may name it."""
    told = copy.copy(row)
    told.name, told.firm = own.text("name", row.name), own.text("firm", row.firm)
    told.email = own.text("email", mail_addresses.shown(row.email))
    return told
