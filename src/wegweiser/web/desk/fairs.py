"""Forty business cards after a fair: the occasion once, row after row, then one personal follow-up for each."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.consortium import calendar
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import fairs as crossings
from wegweiser.crossings import recipients
from wegweiser.enquiries import business_cards, fairs, unseen
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Card, Fair, State
from wegweiser.files import queries as files
from wegweiser.files import storage
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.bodies import takes_files
from wegweiser.web.desk import fair_changes, letters, reading
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.fair_forms import CallForm, CardForm, FairForm, FollowForm, PhotosForm
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 25
CALL_WITHIN = 3  # working days, as a start


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The occasions of my partner, and a new one."""
    own = _own(desk)
    form = FairForm(request.POST if request.method == "POST" else None, partners=own)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            fair, _fresh = cards.open_fair(
                title=said["title"],
                day=said["day"],
                partner=said["partner"],
                topic=said["topic"],
                member=desk.member,
                submission=form.submission_id(),
                by=desk.by,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk:fair", uuid=fair.uuid)
    partners = [partner.pk for partner in desk.rights.partners()]
    context = {
        "form": form if own else None,
        "page": Paginator(fairs.fairs(partners=partners, everywhere=desk.everywhere), PAGE).get_page(
            request.GET.get("seite")
        ),
        "opened": bool(form.errors),
    }
    return render(request, "desk/fairs.html", context, status=422 if form.errors else 200)


@takes_files
@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The cards of an occasion: a row to type into, and below it what is there already."""
    fair = _fair(desk, uuid)
    may = desk.may(Permission.CASE_ANSWER, fair.partner)
    form = CardForm(prefix="card")
    if request.method == "POST":
        if not may:
            raise Http404
        if request.POST.get("do") == "take":
            return _take_all(request, fair, desk)
        if request.POST.get("do") in fair_changes.VERBS:
            changed = fair_changes.act(request, fair, desk, _own(desk))
            if isinstance(changed, HttpResponse):
                return changed
            return _cards(request, fair, form, PhotosForm(prefix="photos"), changed)
        if request.POST.get("do") == "photos":
            photos = PhotosForm(request.POST, request.FILES, prefix="photos")
            if photos.is_valid():
                return _keep_all(request, fair, photos, desk)
            return _cards(request, fair, form, photos, _change_form(fair, desk))
        form = CardForm(request.POST, request.FILES, prefix="card")
        if form.is_valid():
            try:
                photo = form.cleaned_data.get("photo")
                cards.note(fair=fair, submission=form.submission_id(), **form.values(), photo=photo, by=desk.by)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return redirect("desk:fair", uuid=fair.uuid)
    change = _change_form(fair, desk) if may else None
    return _cards(request, fair, form, PhotosForm(prefix="photos"), change)


def _change_form(fair: Fair, desk: Desk) -> fair_changes.ChangeForm:
    return fair_changes.ChangeForm(fair=fair, partners=_own(desk))


def _cards(
    request: HttpRequest, fair: Fair, form: CardForm, photos: PhotosForm, change: fair_changes.ChangeForm | None
) -> HttpResponse:
    """`change` is there for who may work on these cards."""
    may = change is not None
    rows = list(fairs.cards(fair))
    twins = fairs.twins(rows)
    clear = fairs.without_doubt(rows)
    untyped = fairs.untyped(rows)
    context = {
        "fair": fair,
        "form": form if may else None,
        "photos": photos,
        "untyped": untyped,
        "rows": [{"card": card, "twin": twins.get(card.uuid)} for card in rows],
        "clear": len(clear),
        "doubtful": len([card for card in rows if card.case_id is None]) - len(clear) - len(untyped),
        "settled": len([card for card in rows if card.settled_at]),
        "next": next((card for card in reversed(rows) if card.case_id and not card.settled_at), None),
        "calls": fairs.calls(fair),
        "may": may,
        "change": change,
    }
    wrong = form.errors or photos.errors or (change and change.errors)
    return render(request, "desk/fair.html", context, status=422 if wrong else 200)


def _keep_all(request: HttpRequest, fair: Fair, form: PhotosForm, desk: Desk) -> HttpResponse:
    """Each photo a card; the same form sent twice keeps each once."""
    for photo in form.cleaned_data["photos"]:
        cards.note(fair=fair, submission=uuid5(form.submission_id(), photo.digest), photo=photo, by=desk.by)
    number = len(form.cleaned_data["photos"])
    kept = ngettext("%(n)s Foto ist da.", "%(n)s Fotos sind da.", number)
    messages.success(request, f"{kept % {'n': number}} {_('Abtippen können Sie später.')}")
    return redirect("desk:fair", uuid=fair.uuid)


@require_POST
@needs(Permission.CASE_SEE)
def known(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """While one types: known firms it may be, and whether the card is here already. Stores nothing."""
    fair = _fair(desk, uuid)
    form = CardForm(prefix="card", initial=_typed(request))
    return render(request, "desk/_card_known.html", {"form": form, "fair": fair, "twin": _twin(request, fair)})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SEE)
def card(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One card: put right while it is none, then followed up."""
    found = Card.objects.select_related("fair__partner", "fair__topic", "case__company", "case__person", "company")
    row = found.filter(uuid=uuid).first()
    if row is None:
        raise Http404
    fair = _fair(desk, row.fair.uuid)
    if not desk.may(Permission.CASE_ANSWER, fair.partner):
        raise Http404
    return _follow(request, desk, row) if row.case else _change(request, desk, row)


@require_GET
@needs(Permission.CASE_SEE)
def photo(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The photo of a card that is not settled yet, for who may see the card."""
    row = Card.objects.filter(uuid=uuid).select_related("fair").first()
    kept = files.uploads_of([row.uuid]).get(row.uuid, []) if row and _fair(desk, row.fair.uuid) else []
    data = storage.read(kept[0].digest) if kept and kept[0].is_offered else None
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def _change(request: HttpRequest, desk: Desk, row: Card) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") == "remove":
        cards.remove(card=row, by=desk.by)
        messages.success(request, _("Die Karte ist entfernt."))
        return redirect("desk:fair", uuid=row.fair.uuid)
    was_photo = not row.is_whole
    form = CardForm(request.POST if request.method == "POST" else None, card=row, prefix="card")
    if request.method == "POST" and form.is_valid():
        said_whole = was_photo and request.POST.get("do") == "whole"
        try:
            cards.change(card=row, **form.values(), by=desk.by)
            if said_whole:
                crossings.take(card=row, member=desk.member, nothing_more=True, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            is_done = was_photo and (row.is_whole or said_whole)
            following = fairs.untyped(row.fair.cards.all()) if is_done else []
            later = next((card for card in following if card.pk > row.pk), next(iter(following), None))
            return redirect("desk:card", later.uuid) if later else redirect("desk:fair", uuid=row.fair.uuid)
    context = {"card": row, "fair": row.fair, "form": form, "photo": _has_photo(row), "untyped": was_photo}
    return render(request, "desk/card_change.html", context, status=422 if form.errors else 200)


def _follow(request: HttpRequest, desk: Desk, row: Card) -> HttpResponse:
    case = row.case
    assert case is not None  # noqa: S101 (the caller has looked)
    posted: Any = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    text = FollowForm(posted if do in {"write", "keep", "reopen"} else None, initial={"text": crossings.draft(row)})
    text.showing(unseen.last(case))
    due = CallForm(posted if do == "call" else None, initial={"due_on": _soon()}, prefix="call")
    if request.method == "POST":
        try:
            said = _act(do, row, desk, text, due)
        except DomainError as refusal:
            form = due if do == "call" else text
            if not form.is_bound:  # nothing was typed that could be lost
                messages.info(request, str(SENTENCES[refusal.code]))
                return redirect("desk:card", uuid=row.uuid)
            if refusal.code == "not_writable":
                form.add_error(None, str(letters.HOLD_REASONS["no_mail"]))
            else:
                form.refuse(refusal)
            reading.show_what_came(form, case, refusal)
            case.refresh_from_db()
        else:
            if said and do in {"keep", "reopen"}:
                messages.success(request, said)
                return redirect("desk:card", uuid=row.uuid)
            if said:
                messages.success(request, f"{row.words}: {said}")
                following = fairs.next_open(row.fair, after=row)
                return redirect(*(("desk:card", following.uuid) if following else ("desk:fair", row.fair.uuid)))
    channel = recipients.channel(case)
    context = {
        "card": row,
        "case": case,
        "fair": row.fair,
        "text": text,
        "due": due,
        "writable": crossings.writable(row),
        "elsewhere": case.partner if case.partner_id != row.fair.partner_id else None,
        "closed": case.state == State.CLOSED,
        "mail": recipients.mail(case),
        "by_post": channel == "letter",
        "channel": letters.HOLD_REASONS.get(f"channel_{channel}", letters.HOLD_REASONS["no_mail"]),
        "photo": _has_photo(row),
        "taken_back": crossings.is_taken_back(row),
        "left": row.fair.cards.filter(case__isnull=False, settled_at=None).count(),
    }
    return render(request, "desk/card.html", context, status=422 if text.errors or due.errors else 200)


def _act(do: str, row: Card, desk: Desk, text: FollowForm, due: CallForm) -> str:
    """What was done with the card, in words; empty where the form has to come back."""
    match do:
        case "write" if text.is_valid():
            answered = crossings.write(
                card=row,
                member=desk.member,
                text=text.cleaned_data["text"],
                seen=text.seen_entry(),
                by=desk.by,
            )
            return letters.words(answered.letter) if answered.letter else _("gesendet")
        case "keep" if text.is_valid():
            cards.keep_draft(card=row, text=text.cleaned_data["text"], by=desk.by)
            return _("Ihr Text ist gemerkt.")
        case "reopen":
            if text.is_valid():
                cards.keep_draft(card=row, text=text.cleaned_data["text"], by=desk.by)
            crossings.reopen(card=row, member=desk.member, by=desk.by)
            return _("Das Anliegen ist wieder offen.")
        case "call" if due.is_valid():
            crossings.call(card=row, member=desk.member, due_on=due.cleaned_data["due_on"], by=desk.by)
            return _("Steht auf der Anrufliste.")
        case "nothing":
            if crossings.let_be(card=row, member=desk.member, by=desk.by):
                return _("Ohne Nachfassen erledigt. Der Kontakt zählt trotzdem.")
            return _("Ohne Nachfassen erledigt. Das Anliegen bleibt offen: Daran wird schon gearbeitet.")
    return ""


def _take_all(request: HttpRequest, fair: Fair, desk: Desk) -> HttpResponse:
    taken = crossings.take_all(fair=fair, member=desk.member, by=desk.by)
    said = ngettext("%(n)s Karte ist übernommen.", "%(n)s Karten sind übernommen.", taken.number)
    messages.success(request, said % {"n": taken.number})
    if taken.again:
        repeated = ngettext(
            "%(n)s davon gab es schon: Sie ist beim ersten Anliegen vermerkt.",
            "%(n)s davon gab es schon: Sie sind beim ersten Anliegen vermerkt.",
            taken.again,
        )
        messages.info(request, repeated % {"n": taken.again})
    if taken.doubtful:
        left = ngettext(
            "Bei %(n)s Karte fehlt noch, welcher Betrieb es ist.",
            "Bei %(n)s Karten fehlt noch, welcher Betrieb es ist.",
            len(taken.doubtful),
        )
        messages.info(request, left % {"n": len(taken.doubtful)})
    return redirect("desk:fair", uuid=fair.uuid)


def _own(desk: Desk) -> list[Partner]:
    return [partner for partner in desk.rights.partners() if desk.may(Permission.CASE_ANSWER, partner)]


def _fair(desk: Desk, uuid: UUID) -> Fair:
    """An occasion of my partner; another one does not exist for me."""
    partners = [partner.pk for partner in desk.rights.partners()]
    found = Fair.objects.filter(uuid=uuid).select_related("partner", "topic", "member").first()
    if found is None or not (desk.everywhere or found.partner_id in partners):
        raise Http404
    return found


def _has_photo(row: Card) -> bool:
    return any(upload.is_offered for upload in files.uploads_of([row.uuid]).get(row.uuid, []))


def _typed(request: HttpRequest) -> dict[str, Any]:
    names = ("name", "firm", "contact", "keyword", "company")
    return {name: request.POST.get(f"card-{name}", "")[:200] for name in names}


def _twin(request: HttpRequest, fair: Fair) -> Card | None:
    """The card of this occasion that is being typed once more."""
    typed = business_cards.unsaved(**{name: text for name, text in _typed(request).items() if name != "company"})
    typed.pk = 2**62  # later than all that are there
    return fairs.twins([*fair.cards.all(), typed]).get(typed.uuid)


def _soon() -> dt.date:
    here = consortium.centre()
    return calendar.add_working_days(clock.today(), CALL_WITHIN, land=here.land, closed=here.closed_days)
