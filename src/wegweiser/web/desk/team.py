"""The team: who works here, in which roles from when to when, and who can log in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.accounts import queries as accounts
from wegweiser.accounts.actions import logins
from wegweiser.accounts.models import Token
from wegweiser.consortium import rights, teams
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Membership, Role
from wegweiser.consortium.rights import ROLE_DESCRIPTIONS, Permission
from wegweiser.crossings import invitations, people
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.web.desk import letters
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.desk.team_forms import ContactForm, EndForm, RoleForm

PAGE = 25
WHEN = [
    ("now", gettext_lazy("heute dabei")),
    ("later", gettext_lazy("kommt noch")),
    ("before", gettext_lazy("nicht mehr dabei")),
    ("all", gettext_lazy("alle")),
]


@dataclass(frozen=True)
class Held:
    """A role as the page shows it: over, running or still to come."""

    row: Membership
    state: str


@dataclass(frozen=True)
class Access:
    """Whether somebody can log in. Never what they do there."""

    state: str
    second_factor: bool = False
    link: Token | None = None


def held(rows: Iterable[Membership]) -> list[Held]:
    today = clock.today()
    found = []
    for row in sorted(rows, key=lambda row: (row.valid_from, row.pk), reverse=True):
        is_over = row.valid_to is not None and row.valid_to < today
        found.append(Held(row, "over" if is_over else "later" if row.valid_from > today else "now"))
    return found


def access(member: Member, factors: set[int]) -> Access:
    """The login of `member`; `factors` are the users with a second factor."""
    user = member.user
    if user is None:
        return Access("none")
    if not user.is_active:
        return Access("closed")
    return Access("open" if user.has_usable_password() else "invited", user.pk in factors)


def manageable(desk: Desk, uuid: UUID) -> Member:
    """Somebody `desk` may look after; anybody else does not exist."""
    member = teams.visible(desk.rights).select_related("user").filter(uuid=uuid).first()
    if member is None or not teams.may_manage(desk.rights, member):
        raise Http404
    return member


@require_GET
@needs(Permission.MEMBER_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").split())[:120]
    when = request.GET.get("wann", "now")
    chosen = {"partner": request.GET.get("partner", ""), "role": request.GET.get("rolle", "")}
    rows = teams.team(teams.visible(desk.rights), text=text, when=when, **chosen).select_related("user")
    page = Paginator(rows.prefetch_related("memberships__partner"), PAGE).get_page(request.GET.get("seite"))
    factors = accounts.with_second_factor(row.user_id for row in page if row.user_id)
    context = {
        "page": page,
        "people": [
            {"member": row, "held": held(row.memberships.all()), "access": access(row, factors)} for row in page
        ],
        "q": text,
        "when": when,
        "whens": WHEN,
        **chosen,
        "partners": [(row.key, str(row)) for row in teams.manageable_partners(desk.rights)],
        "roles": Role.choices,
    }
    return render(request, "desk/team.html", context)


def _role_form(desk: Desk, *args: Any) -> RoleForm:
    return RoleForm(
        *args, auto_id="rolle_%s", partners=teams.manageable_partners(desk.rights), everywhere=desk.everywhere
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBER_EDIT)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """Somebody new, with a first role. The login follows on their page."""
    data = [request.POST] if request.method == "POST" else []
    contact, role = ContactForm(*data), _role_form(desk, *data)
    if data and all([contact.is_valid(), role.is_valid()]):
        try:
            with transaction.atomic():
                values = contact.values()
                member = members.add(
                    name=values["name"],
                    email=values["email"],
                    values=values,
                    topics=contact.cleaned_data["topics"],
                    by=desk.by,
                )
                given = {name: role.cleaned_data[name] for name in ("role", "partner", "since", "until")}
                people.grant(member=member, by=desk.by, **given)
        except DomainError as error:
            (contact if error.field in contact.fields else role).refuse(error)
        else:
            messages.success(request, _told(member))
            return redirect("desk:team_person", uuid=member.uuid)
    context = {"contact": contact, "role": role, "descriptions": _descriptions(role)}
    return render(request, "desk/team_new.html", context)


def _told(member: Member) -> str:
    """That somebody is there now, and who sees them."""
    seen = _("Auf der Website erscheint diese Person.")
    unseen = _("Auf der Website erscheint diese Person nicht.")
    return f"{_('Angelegt. Jetzt können Sie einen Zugang einrichten.')} {seen if member.is_public else unseen}"


def _descriptions(role: RoleForm) -> list[dict[str, Any]]:
    choices = role.fields["role"].choices  # type: ignore[attr-defined]
    return [{"term": label, "text": ROLE_DESCRIPTIONS[Role(value)]} for value, label in choices]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBER_EDIT)
def person(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One person: contact data, roles, login. Each form of the page says in `do` what it does."""
    member = manageable(desk, uuid)
    if request.method == "POST":
        return _act(request, desk, member)
    return _page(request, desk, member)


def _page(request: HttpRequest, desk: Desk, member: Member, **further: Any) -> HttpResponse:
    factors = accounts.with_second_factor([member.user_id] if member.user_id else [])
    role = _role_form(desk)
    context = {
        "member": member,
        "contact": ContactForm(member=member),
        "role": role,
        "descriptions": _descriptions(role),
        "held": held(member.memberships.select_related("partner")),
        "access": access(member, factors),
        "link": accounts.open_link(member.user) if member.user else None,
        "departure": teams.open_departure(member),
        "sends_mail": outbox.is_configured(),
        "stays_here": letters.stays_here(),
        **further,
    }
    if departure := context["departure"]:
        context["failure"] = SENTENCES.get(departure.failure, departure.failure)
    return render(request, "desk/team_person.html", context)


def _act(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    verb = request.POST.get("do", "")
    if verb == "change":
        return _change(request, desk, member)
    if verb == "grant":
        return _grant(request, desk, member)
    if verb == "show_link":
        return _show_link(request, desk, member)
    known: dict[str, Callable[[], str]] = {
        "end": lambda: _end(request, desk, member),
        "invite": lambda: _invited(desk, member),
        "revoke": lambda: _revoked(desk, member),
        "language": lambda: _language(request, desk, member),
        "second_factor": lambda: _without_factor(desk, member),
    }
    if verb not in known:
        raise Http404
    try:
        messages.success(request, known[verb]())
    except DomainError as error:
        messages.error(request, SENTENCES.get(error.code, error.code))
    # Who took away their own right has no way back to this page.
    allowed = teams.may_manage(rights.of(desk.user), member)
    return redirect("desk:team_person", uuid=member.uuid) if allowed else redirect("desk:today")


def _change(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    form = ContactForm(request.POST, member=member)
    if form.is_valid():
        try:
            with transaction.atomic():
                changed = people.change(
                    member=member, values=form.values(), topics=form.cleaned_data["topics"], by=desk.by
                )
                invitations.change_mail(member=changed, by=desk.by)
        except DomainError as error:
            form.refuse(error)
            member.refresh_from_db()
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:team_person", uuid=member.uuid)
    return _page(request, desk, member, contact=form)


def _grant(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    form = _role_form(desk, request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("role", "partner", "since", "until")}
        try:
            people.grant(member=member, by=desk.by, **given)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Rolle eingetragen."))
            return redirect("desk:team_person", uuid=member.uuid)
    return _page(request, desk, member, role=form)


def _show_link(request: HttpRequest, desk: Desk, member: Member) -> HttpResponse:
    """Without a mail server: the link on this one page, to hand over in person. It is stored nowhere."""
    try:
        address = invitations.invite(member=member, by_mail=False, by=desk.by)
    except DomainError as error:
        messages.error(request, SENTENCES.get(error.code, error.code))
        return redirect("desk:team_person", uuid=member.uuid)
    response = _page(request, desk, Member.objects.select_related("user").get(pk=member.pk), address=address)
    response["Cache-Control"] = "no-store"
    return response


def _end(request: HttpRequest, desk: Desk, member: Member) -> str:
    form = EndForm(request.POST)
    wanted = _uuid(request.POST.get("membership"))
    row = Membership.objects.filter(member=member, uuid=wanted).first() if wanted else None
    if row is None or not form.is_valid():
        return _("Bitte geben Sie einen Tag an.") if row else _("Diese Rolle gibt es nicht mehr.")
    people.end(membership=row, on=form.cleaned_data["on"], by=desk.by)
    return _("Das Ende der Rolle ist eingetragen.")


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _invited(desk: Desk, member: Member) -> str:
    invitations.invite(member=member, by_mail=True, by=desk.by)
    if outbox.is_configured():
        return _("Der Link ist unterwegs.")
    if letters.stays_here():
        return letters.on_its_way()
    return _("Der Link liegt im Postausgang. Solange kein Mailserver eingerichtet ist, geht er nicht hinaus.")


def _revoked(desk: Desk, member: Member) -> str:
    invitations.revoke(member=member, by=desk.by)
    return _("Der Link gilt nicht mehr.")


def _language(request: HttpRequest, desk: Desk, member: Member) -> str:
    if member.user:
        logins.choose_language(user=member.user, language=request.POST.get("language", ""), by=desk.by)
    return _("Gespeichert.")


def _without_factor(desk: Desk, member: Member) -> str:
    if member.user:
        logins.reset_second_factor(user=member.user, by=desk.by)
    return _("Der zweite Faktor ist zurückgesetzt. Beim nächsten Einloggen wird ein neuer eingerichtet.")
