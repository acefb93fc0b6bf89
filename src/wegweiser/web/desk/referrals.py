"""Passing a case on to a network or another centre, and the list of what became of it."""

import json
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, expressions
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.consortium.rights import Permission
from wegweiser.crossings import referral_consents
from wegweiser.crossings import referrals as crossings
from wegweiser.enquiries import eligibility, queries, unseen
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import OPEN, Case, Referral
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import reading
from wegweiser.web.desk import referral_consents as consents
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.referral_forms import OutcomeForm, ReferForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates

PAGE = 25

# Why the centre goes only so far for somebody, and what they may be told instead of a refusal.
HINTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "public_body": (
        gettext_lazy(
            "Öffentliche Stelle: Informieren, Zeigen und Qualifizieren sind möglich, Konzept und Umsetzung nicht."
            " Das Gespräch zählt trotzdem."
        ),
        gettext_lazy(
            "danke für Ihre Frage. Unsere Veranstaltungen, Leitfäden und die Technik zum Ausprobieren stehen Ihnen"
            " offen."
            " Für ein eigenes Konzept oder die Umsetzung in einer öffentlichen Stelle ist unser Programm nicht gemacht;"
            " dafür vermitteln wir Sie gern an die richtige Adresse weiter. Sollen wir das tun?"
        ),
    ),
    "large": (
        gettext_lazy(
            "Kein kleines oder mittleres Unternehmen (EU-Definition): Informieren, Zeigen und Qualifizieren sind"
            " möglich, Konzept und Umsetzung nicht. Das Gespräch zählt trotzdem."
        ),
        gettext_lazy(
            "danke für Ihre Frage. Unsere Veranstaltungen, Leitfäden und die Technik zum Ausprobieren stehen Ihnen"
            " offen."
            " Ein eigenes Konzept und die Umsetzung fördert unser Programm nur für kleine und mittlere Unternehmen;"
            " für Sie kennen wir andere gute Adressen und vermitteln gern weiter. Sollen wir das tun?"
        ),
    ),
    "elsewhere": (
        gettext_lazy("Kein Betrieb: Solche Gespräche zählen nicht. Freundlich antworten oder weitervermitteln."),
        gettext_lazy(
            "danke für Ihre Nachricht. Dafür sind wir nicht die Richtigen, aber wir sagen Ihnen gern, wer es ist."
        ),
    ),
}


def hint(case: Case) -> tuple[str | Promise, str | Promise] | None:
    """What to know and to say where the programme goes only so far; None for those it is made for."""
    return HINTS.get(eligibility.of(case, clock.today()).key)


def of_case(case: Case, desk: Desk) -> dict[str, object]:
    """What the page of a case shows of it."""
    return {
        "hint": hint(case),
        "referrals": _lines(case.referrals.select_related("note"), desk),
        "may_refer": desk.may(Permission.CASE_ANSWER, case.partner),
    }


def _lines(rows: Iterable[Referral], desk: Desk) -> list[dict[str, object]]:
    rows = list(rows)
    stayed = referral_consents.stayed(rows)
    return [{"row": row, "may": consents.may(row, desk), "stayed": row.pk in stayed} for row in rows]


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_ANSWER)
def refer(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """First what goes to whom, then the mail and the consent in words, then it goes: only what was shown before."""
    case = _cases(desk).select_related("partner", "topic", "company__canonical", "person").filter(uuid=uuid).first()
    if case is None or not desk.may(Permission.CASE_ANSWER, case.partner):
        raise Http404
    form = ReferForm(request.POST if request.method == "POST" else None, case=case)
    form.showing(unseen.last(case))
    context: dict[str, object] = {"case": case, "form": form, "is_open": case.state in OPEN, "preview": False}
    if request.method == "POST" and form.is_valid():
        passed = form.cleaned_data["passed"]
        parts = crossings.agreed_parts(case, passed)
        words = crossings.consent_text(recipient=form.recipient_name(), passed=passed, language=case.language)
        said = [form.cleaned_data["mail"], form.cleaned_data["message"]]
        context |= {"preview": True, "parts": parts, "words": words, "shown": shown(case, words, parts, said)}
        context |= {"recipient": form.recipient_name(), "mail": said[0], "message": said[1]}
        context |= {"unagreed": crossings.unagreed(said[1], parts), "usual_mail": form.usual_mail()}
        if request.POST.get("do") == "send" and form.may_go(str(context["shown"])):
            try:
                sent = _refer(case, form, desk, words)
            except DomainError as refusal:
                form.refuse(refusal)
                reading.show_what_came(form, case, refusal)
            else:
                told = _("Weitervermittelt an %(recipient)s. Am %(day)s fragen wir nach.")
                day = dates.written(crossings.asked_on(clock.today()), "DATE_FORMAT")
                messages.success(request, told % {"recipient": sent.recipient, "day": day})
                return redirect("desk:case", uuid=case.uuid)
        elif request.POST.get("shown") != context["shown"]:
            form.forget_consent()
    return render(request, "desk/refer.html", context, status=422 if form.errors else 200)


def shown(case: Case, words: str, parts: list[tuple[str, str]], said: list[str]) -> str:
    """The seal of what stood on the page: who agreed heard these words, and this is what goes, for this case; `said`
    is where it goes, and our own words."""
    told = json.dumps([str(case.uuid), words, parts, said])
    return salted_hmac("desk.refer", told, algorithm="sha256").hexdigest()


def _refer(case: Case, form: ReferForm, desk: Desk, words: str) -> Referral:
    said = form.cleaned_data
    agreed = Agreed(
        by=said["consent_by"], way=said["consent_way"], on=said["consent_on"], text=words, version=crossings.VERSION
    )
    return crossings.refer(
        case=case,
        member=desk.member,
        network=said["network"],
        recipient=said["recipient"],
        mail=said["mail"],
        passed=said["passed"],
        message=said["message"],
        agreed=agreed,
        topic=said.get("topic"),
        close=said["close"],
        seen=form.seen_entry(),
        submission=form.submission_id(),
        by=desk.by,
    )


@require_GET
@needs(Permission.CASE_SEE)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What was passed on: first what waits for somebody here, the oldest on top; last what is over.

    A withdrawn one is over once its receiver was told, or the enquiry was decided about.
    """
    visible = _visible(desk)
    unsettled = referral_consents.unsettled(visible)
    page = Paginator(_by_need(visible, unsettled), PAGE)
    shown = page.get_page(request.GET.get("seite"))
    stayed = referral_consents.stayed(shown)
    rows = [
        {
            "referral": row,
            "unsettled": row.pk in unsettled,
            "stayed": row.pk in stayed,
            "may": consents.may(row, desk),
            "form": OutcomeForm(auto_id=f"{row.uuid}-%s", initial=_told(row)),
        }
        for row in shown
    ]
    return render(request, "desk/referrals.html", {"page": shown, "rows": rows})


def _by_need(rows: QuerySet[Referral], unsettled: Collection[int]) -> QuerySet[Referral]:
    place = expressions.Case(
        expressions.When(pk__in=unsettled, then=0),
        expressions.When(withdrawn_at__isnull=False, then=3),
        expressions.When(outcome="", then=1),
        expressions.When(outcome=Referral.Outcome.RUNNING, then=2),
        default=3,
    )
    return rows.annotate(place=place).order_by("place", "recorded_at", "id")


@require_POST
@needs(Permission.CASE_ANSWER)
def outcome(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What became of one of them."""
    row = _visible(desk).filter(uuid=uuid).first()
    if row is None or not consents.may(row, desk):
        raise Http404
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie ein Ergebnis und einen Tag."))
        return redirect("desk:referrals")
    try:
        crossings.conclude(referral=row, **form.cleaned_data, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
    else:
        messages.success(request, _("Festgehalten."))
    return redirect("desk:referrals")


def _cases(desk: Desk) -> QuerySet[Case]:
    return queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)


def _visible(desk: Desk) -> QuerySet[Referral]:
    rows = Referral.objects.filter(case__in=_cases(desk))
    return rows.select_related("case__company__canonical", "case__partner", "member", "note")


def _told(row: Referral) -> dict[str, object]:
    return {"outcome": row.outcome, "note": row.outcome_note, **({"on": row.outcome_on} if row.outcome_on else {})}
