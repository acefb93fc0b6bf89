"""Who the centre is and with whom it works: networks, partners and topics, as editors change them.

Networks and partners are a few lines each, so they have no drafts: what is saved is public. Topics are offers and have
them; their page is `editing.offer`.
"""

import uuid as ids
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wegweiser.catalogue import drafts as works
from wegweiser.catalogue import worklist
from wegweiser.catalogue.actions import networks as actions
from wegweiser.catalogue.models import Kind
from wegweiser.consortium import directory, profiles
from wegweiser.consortium.actions import partners as partner_actions
from wegweiser.consortium.models import Network, Partner
from wegweiser.consortium.profiles import Profile
from wegweiser.consortium.rights import Permission
from wegweiser.kernel import audit, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, editing_list, tabs
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.profile_forms import ProfileForm, differences
from wegweiser.web.desk.sentences import SENTENCES


def _networks(desk: Desk) -> QuerySet[Network]:
    """All networks, where the one at the desk may edit them; else 404."""
    if not tabs.may_edit_networks(desk):
        raise Http404
    return Network.objects.all()


def _network(desk: Desk, uuid: UUID) -> Network:
    found = _networks(desk).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs(Permission.PROFILE_EDIT)
def networks(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """All networks, those that are withdrawn last."""
    rows = sorted(_networks(desk), key=lambda row: (row.withdrawn_at is not None, row.sort_key))
    lines = [{"row": row, "lacks_english": bool(profiles.lacking_english(row))} for row in rows]
    return render(request, "desk/networks.html", {"lines": lines, "tabs": tabs.of(desk, "networks")})


@require_http_methods(["GET", "POST"])
@needs(Permission.PROFILE_EDIT)
def add_network(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """A network more. It is public as soon as it is saved."""
    _networks(desk)
    sent = request.POST if request.method == "POST" else None
    form = ProfileForm(sent, row=Network(), submission=ids.uuid4())
    if sent is not None and form.is_valid():
        submission = form.cleaned_data["submission"] or ids.uuid4()
        try:
            made = actions.add(values=form.told(), submission=submission, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Gespeichert. Das Netzwerk steht jetzt auf der Website."))
            return redirect("desk:network", uuid=made.uuid)
    context = {
        "form": form,
        "row": form.row,
        "title": _("Neues Netzwerk"),
        "eyebrow": "",
        "page": "",
        "changed_by": "",
        "up": {"href": reverse("desk:networks"), "text": _("Netzwerke")},
        "differences": [],
        "is_network": False,
    }
    return render(request, "desk/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PROFILE_EDIT)
def network(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One network. What is saved is public at once, unless it is withdrawn."""
    found = _network(desk, uuid)

    def save(form: ProfileForm) -> None:
        seen, confirmed = form.cleaned_data["seen"], form.confirmed()
        actions.change(network=found, values=form.told(), seen=seen, confirmed=confirmed, by=desk.by)

    return _edit(request, found, save)


@require_POST
@needs(Permission.PROFILE_EDIT)
def act_on_network(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Take a network off the site, or bring it back: the verb stands in `do`."""
    found, seen = _network(desk, uuid), request.POST.get("seen", "")
    verbs = {
        "withdraw": (
            actions.withdraw,
            _("Von der Website genommen: Liste und Suche nennen es nicht mehr. Unten können Sie es zurückholen."),
        ),
        "restore": (actions.restore, _("Das Netzwerk steht wieder auf der Website.")),
    }
    if request.POST.get("do") not in verbs:
        raise Http404
    does, said = verbs[request.POST["do"]]
    try:
        does(network=found, seen=seen, by=desk.by)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        messages.success(request, said)
    return redirect("desk:network", uuid=uuid)


def _partners(desk: Desk) -> QuerySet[Partner]:
    """The partners whose profile one may change."""
    reach = desk.rights.extent(Permission.PROFILE_EDIT)
    return Partner.objects.all() if reach.everywhere else Partner.objects.filter(pk__in=reach.partners)


@require_GET
@needs(Permission.PROFILE_EDIT)
def partners(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The partners one looks after, the lead first; those of former days last."""
    today = directory.today()
    lead, present = today.lead(), set(today.partners())
    rows = sorted(_partners(desk), key=lambda row: (row not in present, row != lead, row.sort_key))
    lines = [
        {
            "row": row,
            "is_lead": row == lead,
            "is_former": row not in present,
            "lacks_english": bool(profiles.lacking_english(row)),
        }
        for row in rows
    ]
    return render(request, "desk/partners.html", {"lines": lines, "tabs": tabs.of(desk, "partners")})


@require_http_methods(["GET", "POST"])
@needs(Permission.PROFILE_EDIT)
def partner(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """How one partner presents itself. Its roles and people are looked after elsewhere."""
    found = _partners(desk).filter(uuid=uuid).first()
    if found is None:
        raise Http404

    def save(form: ProfileForm) -> None:
        seen, confirmed = form.cleaned_data["seen"], form.confirmed()
        partner_actions.change(partner=found, values=form.told(), seen=seen, confirmed=confirmed, by=desk.by)

    return _edit(request, found, save)


@require_GET
@needs(Permission.PROFILE_EDIT)
def topics(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """The topics one looks after, each with who answers for it today. Their texts are edited like offers."""
    reach = desk.rights.extent(Permission.PROFILE_EDIT)
    owners = directory.today().owners()
    named = {row.slug: owners[row.pk].short_name for row in directory.topics() if row.pk in owners}
    rows = worklist.listed(works.editable_topics(reach), worklist.Filter(kind=Kind.TOPIC, past=None))
    lines = [{**editing_list.line(row), "owner": named.get(row.slug, "")} for row in rows[:]]
    return render(request, "desk/topics.html", {"lines": lines, "tabs": tabs.of(desk, "topics")})


def _edit(request: HttpRequest, row: Profile, save: Callable[[ProfileForm], None]) -> HttpResponse:
    """The page of a partner or network: what is sent is saved, what a rule refuses comes back with every input kept."""
    sent = request.POST if request.method == "POST" else None
    form, told, status = ProfileForm(sent, row=row), [], 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                save(form)
            except DomainError as refusal:
                form.refuse(refusal)
                if refusal.code == "changed_meanwhile":
                    row.refresh_from_db()
                    status, told = 409, differences(type(row), form.told(), profiles.told(row))
                    form.data = request.POST.copy()
                    form.data["seen"] = profiles.stamp(row)
            else:
                messages.success(request, _saved(row))
                return redirect(request.path)
    return render(request, "desk/profile.html", _context(row, form, told), status=status)


def _saved(row: Profile) -> str:
    if isinstance(row, Network) and row.withdrawn_at:
        return _("Gespeichert. Auf der Website steht das Netzwerk erst, wenn Sie es zurückholen.")
    return _("Gespeichert. So steht es jetzt auf der Website.")


def _context(row: Profile, form: ProfileForm, told: list[tuple[str, str]]) -> dict[str, Any]:
    last = audit.last(row)
    context: dict[str, Any] = {
        "form": form,
        "row": row,
        "stamp": profiles.stamp(row),
        "differences": told,
        "changed_by": editing.name_of(f"{last.actor_kind}:{last.actor_id}") if last else "",
        "changed_at": clock.local(last.recorded_at) if last else None,
    }
    if isinstance(row, Network):
        page = f"{reverse('public:networks')}#{row.slug}" if row.withdrawn_at is None else ""
        up = {"href": reverse("desk:networks"), "text": _("Netzwerke")}
        return {**context, "title": str(row.name), "eyebrow": _("Netzwerk"), "up": up, "page": page, "is_network": True}
    page = reverse("public:partner", kwargs={"slug": row.slug})
    up = {"href": reverse("desk:partners"), "text": pgettext("several", "Partner")}
    return {**context, "title": row.short_name, "eyebrow": _("Partner"), "up": up, "page": page, "is_network": False}
