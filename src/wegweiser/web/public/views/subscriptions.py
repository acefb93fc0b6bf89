"""Being invited to events: asking for it in one line, confirming it, changing the topics, ending it.

A link shows on GET and acts on POST. Only the one that ends everything needs no cookie: mail programs send to it.
"""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wegweiser.companies.actions import consents
from wegweiser.companies.models import Person
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Topic
from wegweiser.crossings import subscriptions
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.limits import allowed_for
from wegweiser.web.public import limits
from wegweiser.web.public.forms import OpenForm, mail_field, stamp
from wegweiser.web.public.registration_words import SENTENCES

MAILS = (3, 3600)  # to one mailbox: nobody is flooded because somebody types their address
DONE = ("bestaetigt", "gespeichert", "beendet", "wieder")


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics to tick; none means all."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Nur zu diesen Themen"),
            help_text=_("Ohne Haken: zu allen."),
            queryset=Topic.objects.all(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def label_from_instance(self, obj: Topic) -> str:
        return str(obj.title)


class SubscribeForm(OpenForm):
    """A name and a mail address."""

    again = _("Das ging sehr schnell. Bitte drücken Sie noch einmal auf „Ja, bitte einladen“, dann ist es unterwegs.")
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=160,
        error_messages={"required": SENTENCES["name_missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = mail_field()
    topics = TopicsField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"stamp": stamp()})
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = SENTENCES["email_missing"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.refuse_programs()
        return cleaned

    def once_for(self) -> str:
        return mail_addresses.key(self.cleaned_data["email"])


class TopicsForm(forms.Form):
    topics = TopicsField()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask to be invited. Whatever the address is known as here, the answer is the same: look into your mailbox."""
    if request.GET.get("stand") == "unterwegs":
        return render(request, "public/invitations_sent.html")
    language = (get_language() or "de")[:2]
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            if not limits.allowed(request, "invitations", limits.SEND):
                form.add_error(None, limits.waits(limits.SEND))
                return limits.refuse(_subscribe(request, form, language, 429), limits.SEND)
            if allowed_for(mail_addresses.key(told["email"]), "invitations-mail", MAILS):
                given = {"name": told["name"], "email": told["email"], "topics": told["topics"]}
                try:
                    subscriptions.ask(**given, language=language, channel="web", by=VISITOR)
                except DomainError as error:
                    form.add_error(error.field, str(SENTENCES.get(error.code, error.code)))
                    return _subscribe(request, form, language, status)
            there = redirect("public:invitations")
            there["Location"] += "?stand=unterwegs"
            return there
    return _subscribe(request, form, language, status)


def _subscribe(request: HttpRequest, form: SubscribeForm, language: str, status: int) -> HttpResponse:
    context = {"form": form, "words": subscriptions.words(language), "most": _most()}
    return render(request, "public/invitations.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: shows what one agrees to, and the button that does it."""
    asked = subscriptions.asked_for(token)
    if asked is None:
        return render(request, "public/invitations_gone.html", status=404)
    if request.method == "POST":
        try:
            consent = subscriptions.confirm(secret=token, by=Actor.link(asked.uuid))
        except DomainError:
            return render(request, "public/invitations_gone.html", status=404)
        by = Actor.link(consent.person.uuid)
        return _own(subscriptions.own_page(person=consent.person, by=by), "bestaetigt")
    return render(request, "public/invitations_confirm.html", {"asked": asked, "topics": asked.topics.all()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """My own page: on which topics I am invited, and the end of it. `do` is topics, end or again."""
    person = subscriptions.behind(token)
    if person is None:
        return render(request, "public/invitations_gone.html", status=404)
    consent = subscriptions.standing(person)
    sent = request.POST if request.POST.get("do") == "topics" else None
    form = TopicsForm(sent, initial={"topics": consent.topics.all() if consent else []})
    if request.method == "POST" and (done := _act(request.POST.get("do", ""), person, form)):
        return _own(token, done)
    done = request.GET.get("stand", "")
    context = {
        "person": person,
        "consent": consent,
        "form": form,
        "token": token,
        "done": done if done in DONE else "",
        "most": _most(),
    }
    return render(request, "public/own_invitations.html", context, status=422 if request.method == "POST" else 200)


def _act(verb: str, person: Person, form: TopicsForm) -> str:
    """Do it; what the page says afterwards, nothing where it could not be done."""
    by, consent = Actor.link(person.uuid), subscriptions.standing(person)
    match verb:
        case "topics" if consent is not None and form.is_valid():
            consents.narrow(consent=consent, topics=form.cleaned_data["topics"], by=by)
            return "gespeichert"
        case "end":
            subscriptions.end(person=person, by=by)
            return "beendet"
        case "again":
            subscriptions.again(person=person, by=by)
            return "wieder"
    return ""


@csrf_exempt  # mail programs send here without a cookie (RFC 8058); the link itself is the right
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """The one click that ends all invitations. On GET it only shows: programs look at links before people do."""
    person = subscriptions.behind(token)
    if person is None:
        return render(request, "public/invitations_gone.html", status=404)
    if request.method == "POST":
        subscriptions.end(person=person, by=Actor.link(person.uuid))
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(_now("Beendet."), content_type="text/plain; charset=utf-8")
        return _own(token, "beendet")
    context = {"token": token, "consent": subscriptions.standing(person)}
    return render(request, "public/end_invitations.html", context)


def _own(token: str, done: str) -> HttpResponse:
    there = redirect("public:own_invitations", token=token)
    there["Location"] += f"?stand={done}"
    return there


def _most() -> int:
    return consortium.centre().most_invitations_per_month
