"""Who of the firm may enter the workspace, and how much each sees. Who manages persons invites, changes and ends."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegweiser.companies import accesses
from wegweiser.companies.models import Access, AccessRequest, Right
from wegweiser.crossings import colleagues, entrances
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web import limits
from wegweiser.web.company.access import Visitor, identity, inside
from wegweiser.web.company.sections import Section, Summary, register
from wegweiser.web.company.sentences import SENTENCES
from wegweiser.web.ui.mail_fields import MailField

INVITE = (20, 3600)

# Whatever way they wish, it is the same: whoever types an address could find that out of somebody.
TOLD = gettext_lazy(
    "%(name)s hat jetzt einen Zugang. Zum Einloggen genügt unter „Mein Betrieb“ die eigene E-Mail-Adresse."
)


class InviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = MailField(label=gettext_lazy("E-Mail-Adresse"))
    right = forms.ChoiceField(
        label=gettext_lazy("Was darf die Person?"), choices=Right.choices, initial=Right.OWN, widget=forms.RadioSelect
    )


def asking(me: Visitor) -> list[AccessRequest]:
    """Who asks to be let in at this firm, for who decides about persons."""
    return accesses.asking(me.firm) if me.may(Right.PERSONS) else []


def _summary(me: Visitor) -> Summary:
    waiting = len(asking(me))
    if waiting:
        text = ngettext("%(number)s Person bittet um Zugang", "%(number)s Personen bitten um Zugang", waiting)
        return Summary(text % {"number": waiting}, waiting)
    number = accesses.of_firm(me.firm).count()
    return Summary(ngettext("%(number)s Zugang", "%(number)s Zugänge", number) % {"number": number})


register(
    Section(
        name="people",
        title=gettext_lazy("Personen"),
        icon="person",
        order=40,
        url="company:people",
        summary=_summary,
        right=Right.ALL,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
@inside(Right.ALL)
def overview(request: HttpRequest, *, me: Visitor) -> HttpResponse:
    """The list, and for who may: invite, say yes or no, change a right, end an access, say who left."""
    form = InviteForm(initial=me.typed)
    if request.method == "POST":
        if not me.may(Right.PERSONS):
            raise Http404
        verb = request.POST.get("do", "")
        if verb == "invite":
            form = InviteForm(request.POST)
            done = _invite(request, me, form)
        elif verb in {"yes", "no"}:
            done = _decide(request, me, verb)
        else:
            done = _change(request, me, verb)
        if done:
            return redirect("company:people")
    context = {
        "me": me,
        "rows": accesses.of_firm(me.firm),
        "may_manage": me.may(Right.PERSONS),
        "asking": asking(me),
        "form": form,
        "rights": Right.choices,
    }
    return render(request, "company/people.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, me: Visitor, form: InviteForm) -> bool:
    if not form.is_valid():
        return False
    if not limits.allowed_for(str(me.firm.uuid), "company-invite", INVITE):
        form.add_error(None, limits.waits(INVITE))
        return False
    said = form.cleaned_data
    try:
        access = colleagues.invite(
            company=me.firm,
            name=said["name"],
            mail=said["email"],
            right=said["right"],
            language=(get_language() or "de")[:2],
            by=me.by,
        )
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, SENTENCES.get(refusal.code, refusal.code))
        return False
    messages.success(request, str(TOLD) % {"name": access.person.name})
    return True


def _decide(request: HttpRequest, me: Visitor, verb: str) -> bool:
    asked = next((row for row in asking(me) if str(row.uuid) == request.POST.get("anfrage")), None)
    if asked is None:
        raise Http404
    right = request.POST.get("right", Right.OWN)
    try:
        if verb == "yes":
            entrances.confirm(asked=asked, company=me.firm, right=right, by=me.by)
            messages.success(request, _("%(name)s bekommt eine E-Mail mit einem Link.") % {"name": asked.name})
        else:
            entrances.refuse(asked=asked, by=me.by)
            messages.success(request, _("Abgelehnt. %(name)s bekommt Bescheid.") % {"name": asked.name})
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    return True


def _change(request: HttpRequest, me: Visitor, verb: str) -> bool:
    row = _access(me, request.POST.get("zugang", ""))
    try:
        match verb:
            case "right":
                entrances.change(access=row, right=request.POST.get("right", ""), by=me.by)
                messages.success(request, _("Gespeichert."))
            case "end":
                entrances.end(access=row, by=me.by)
                messages.success(request, _("%(name)s kommt nicht mehr hinein.") % {"name": row.person.name})
            case "left":
                colleagues.leave(company=me.firm, person=row.person, since=clock.today(), by=me.by)
                text = _("%(name)s arbeitet nicht mehr bei Ihnen und kommt nicht mehr hinein.")
                messages.success(request, text % {"name": row.person.name})
            case _:
                raise Http404
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    return True


def _access(me: Visitor, typed: str) -> Access:
    found = accesses.of_firm(me.firm).filter(uuid=identity(typed)).first()
    if found is None:
        raise Http404
    return found
