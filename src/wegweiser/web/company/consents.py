"""What somebody agreed to, and taking it back: as easy as giving it."""

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wegweiser.companies.actions import consents
from wegweiser.companies.consent_words import words
from wegweiser.companies.models import Consent, Person
from wegweiser.crossings import referral_consents, subscriptions
from wegweiser.enquiries.models import Referral
from wegweiser.kernel.errors import DomainError
from wegweiser.web.company.access import Visitor, identity, inside
from wegweiser.web.company.sections import Section, Summary, register


def _summary(me: Visitor) -> Summary:
    number = me.person.consents.filter(withdrawn_at=None).count() + standing_of(me.person).count()
    if not number:
        return Summary(_("Keine erteilt"))
    return Summary(ngettext("%(number)s erteilt", "%(number)s erteilt", number) % {"number": number})


register(
    Section(
        name="consents",
        title=gettext_lazy("Einwilligungen"),
        icon="shield",
        order=50,
        url="company:consents",
        summary=_summary,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside()
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") == "referral":
        return _recall(request, me)
    if request.method == "POST":
        return _again(request, me) if request.POST.get("do") == "again" else _withdraw(request, me)
    may_give = {row.pk for row in _taken_back(me)}
    rows = [
        {"consent": row, "words": words(row.purpose), "again": row.pk in may_give}
        for row in me.person.consents.order_by(F("withdrawn_at").desc(nulls_first=True), "-given_at", "-id")
    ]
    return render(
        request, "company/consents.html", {"me": me, "rows": rows, "referrals": referral_consents.of(me.person)}
    )


def standing_of(person: Person) -> QuerySet[Referral]:
    return referral_consents.of(person).filter(withdrawn_at=None)


def _recall(request: HttpRequest, me: Visitor) -> HttpResponse:
    """What was passed on with a consent: taken back."""
    referral = referral_consents.of(me.person).filter(uuid=identity(request.POST.get("weitergabe", ""))).first()
    if referral is None:
        raise Http404
    if referral_consents.withdraw(referral=referral, by=me.by).is_still_ours:
        messages.success(request, _("Widerrufen. Es war noch nichts unterwegs, und es geht nichts mehr hinaus."))
    else:
        text = _("Widerrufen. Wir sagen %(recipient)s Bescheid, dass Ihre Angaben nicht mehr verwendet werden dürfen.")
        messages.success(request, text % {"recipient": referral.recipient})
    return redirect("company:consents")


def _taken_back(me: Visitor) -> list[Consent]:
    """The last consent to each purpose that none stands for: these may be given again, in the same words."""
    last: dict[str, Consent] = {row.purpose: row for row in me.person.consents.order_by("given_at", "id")}
    standing = set(me.person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))
    return [row for purpose, row in last.items() if purpose not in standing]


def _again(request: HttpRequest, me: Visitor) -> HttpResponse:
    wanted = identity(request.POST.get("einwilligung", ""))
    if not me.person.consents.filter(uuid=wanted).exists():
        raise Http404
    consent = next((row for row in _taken_back(me) if row.uuid == wanted), None)
    if consent is None:  # given again a moment ago
        messages.info(request, _("Das ist schon erlaubt."))
    else:
        version = consent.text_version
        consents.give(
            person=me.person,
            purpose=consent.purpose,
            text_version=version,
            channel="workspace",
            words=consent.words,
            language=consent.language,
            topics=consent.topics.all(),
            by=me.by,
        )
        messages.success(request, _("Erlaubt, in denselben Worten wie zuvor. Widerrufen geht jederzeit."))
    return redirect("company:consents")


def _withdraw(request: HttpRequest, me: Visitor) -> HttpResponse:
    consent = me.person.consents.filter(uuid=identity(request.POST.get("einwilligung", ""))).first()
    if consent is None:
        raise Http404
    try:
        subscriptions.withdraw(person=me.person, purpose=consent.purpose, by=me.by)
    except DomainError:
        messages.info(request, _("Das war schon widerrufen."))
    else:
        messages.success(
            request, _("Widerrufen. Ab jetzt halten wir uns daran. War es ein Versehen: „Wieder erlauben“.")
        )
    return redirect("company:consents")
