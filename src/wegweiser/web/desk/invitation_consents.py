"""Who agreed to being invited to events: found for a call, written down from paper, taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies.consent_words import CHANNELS, INVITATION
from wegweiser.companies.consent_words import words as purpose_words
from wegweiser.companies.models import Consent, Person
from wegweiser.consortium.models import Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import referral_search, subscriptions
from wegweiser.enquiries.models import Referral
from wegweiser.events import inviting
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key
from wegweiser.web.desk import editing
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk import referral_consents as recalling
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.firm_accesses import identity
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui.mail_fields import MailField

PAGE = 50
WAYS = [
    ("paper", gettext_lazy("auf Papier, mit Unterschrift: gilt sofort")),
    ("phone", gettext_lazy("am Telefon: die Person bestätigt es mit dem Link in einer E-Mail")),
]


class ConsentForm(DeskForm):
    """What somebody said or signed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = MailField(label=gettext_lazy("E-Mail-Adresse"))
    way = forms.ChoiceField(label=gettext_lazy("Wie?"), choices=WAYS, widget=forms.RadioSelect, initial="paper")
    evidence = forms.CharField(
        label=gettext_lazy("Wo liegt das Papier?"),
        help_text=gettext_lazy("Zum Beispiel: Ordner Messe Halle, 12. März. Ohne das lässt sich nichts nachweisen."),
        required=False,
        max_length=200,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Sprache"),
        choices=[("de", gettext_lazy("Deutsch")), ("en", gettext_lazy("Englisch"))],
        initial="de",
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Nur zu diesen Themen"),
        help_text=gettext_lazy("Ohne Haken: zu allen."),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Everybody who may be invited. `do` is note (a new consent), withdraw (somebody's, in `person`) or recall."""
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    if verb == "withdraw":
        return _withdraw(request, desk)
    if verb == "recall":
        return _recall(request, desk)
    form = ConsentForm(request.POST if verb == "note" else None, initial=_known(request.GET.get("person", "")))
    if verb == "note" and form.is_valid():
        try:
            said = _note(form.cleaned_data, desk)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect("desk:invitation_consents")
    return _page(request, form, desk, status=422 if request.method == "POST" else 200)


def _note(told: dict[str, Any], desk: Desk) -> str:
    """Write it down; what is said afterwards."""
    given = {name: told[name] for name in ("name", "email", "language", "topics")}
    if told["way"] == "paper":
        subscriptions.note(**given, evidence=told["evidence"], by=desk.by)
        return _("Notiert. %(name)s wird eingeladen.") % {"name": told["name"]}
    subscriptions.ask(**given, channel="phone", by=desk.by)
    return _("Eine E-Mail mit einem Link ist unterwegs an %(mail)s. Erst danach gilt es.") % {
        "mail": mail_addresses.shown(told["email"])
    }


def _withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    person = subscriptions.with_uuid(identity(request.POST.get("person", "")))
    if person is None:
        raise Http404
    purpose = request.POST.get("purpose", INVITATION)
    try:
        subscriptions.withdraw(person=person, purpose=purpose, way="phone", by=desk.by)
    except DomainError:
        messages.info(request, _("Das war schon widerrufen."))
    else:
        said = (
            _("Widerrufen. %(name)s bekommt keine Einladungen mehr.")
            if purpose == INVITATION
            else _("Widerrufen. Diese Einwilligung von %(name)s gilt ab jetzt nicht mehr.")
        )
        messages.success(request, said % {"name": person.name})
    return redirect("desk:invitation_consents")


def _recall(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A consent to pass an enquiry on, in `weitergabe`."""
    rows = Referral.objects.select_related("case__partner", "member", "note")
    referral = rows.filter(uuid=identity(request.POST.get("weitergabe", ""))).first()
    if referral is None:
        raise Http404
    recalling.note(request, referral, desk)
    return redirect("desk:invitation_consents")


def _known(typed: str) -> dict[str, Any]:
    """Who is meant already, from the page of their firm."""
    person: Person | None = subscriptions.with_uuid(identity(typed)) if typed else None
    return {"name": person.name, "email": person.email, "language": person.language} if person else {}


def _page(request: HttpRequest, form: ConsentForm, desk: Desk, *, status: int) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:120]
    rows = inviting.agreed().select_related("person").prefetch_related("topics").order_by("-given_at", "-id")
    rows = _called(rows, text)
    listed: Any = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    found = list(listed.object_list)
    known = editing.names_of({row.by for row in found})
    listed.object_list = [_line(row, known) for row in found]
    context = {
        "page": listed,
        "q": text,
        "form": form,
        "words": subscriptions.words("de"),
        "others": _others(text),
        "referrals": referral_search.search(text, readable=recalling.readable_cases(desk)) if text else [],
        "open": bool(form.errors) or bool(form.initial),
    }
    return render(request, "desk/invitation_consents.html", context, status=status)


def _called(rows: QuerySet[Consent], text: str) -> QuerySet[Consent]:
    """Those of persons whose name or address has all these words."""
    for word in text.split()[:6]:
        rows = (
            rows.filter(mail_addresses.within("person__email", word))
            if "@" in word
            else rows.filter(person__sort_key__contains=sort_key(word))
        )
    return rows


def _others(text: str) -> list[dict[str, Any]]:
    """What somebody who is looked for agreed to besides invitations; they may belong to no firm of ours."""
    if not text:
        return []
    rows = Consent.objects.filter(withdrawn_at=None, person__restricted_at=None).exclude(purpose=INVITATION)
    found = _called(rows, text).select_related("person").order_by("-given_at", "-id")[:PAGE]
    return [{"row": row, "purpose": purpose_words(row.purpose), "at": words.moment(row.given_at)} for row in found]


def _line(row: Consent, known: Any) -> dict[str, Any]:
    staff = row.by.startswith("staff:")
    return {
        "row": row,
        "at": words.moment(row.given_at),
        "way": CHANNELS.get(row.channel, row.channel),
        "by": words.by_whom(row.by, known) if staff else "",
        "topics": ", ".join(str(topic.title) for topic in row.topics.all()),
    }
