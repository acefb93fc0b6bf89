"""Who is inside: known by a cookie of the workspace alone. A login at the desk opens nothing here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wegweiser.accounts.models import Token
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Company, Person, Right
from wegweiser.crossings import entrances
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.addresses import NEXT
from wegweiser.web import errors
from wegweiser.web.bodies import turns_away
from wegweiser.web.company import typed
from wegweiser.web.company.login_forms import CodeForm, MailForm
from wegweiser.web.cookies import COMPANY_COOKIE as COOKIE


@dataclass(frozen=True)
class Visitor:
    """Somebody of a firm, logged in: what they may see, and for which firm."""

    token: Token
    access: Access
    typed: dict[str, str] = field(default_factory=dict)  # what they wrote before they had to log in again, by field

    @property
    def person(self) -> Person:
        return self.access.person

    @property
    def firm(self) -> Company:
        """The firm as it stands after merges."""
        return companies.root_of(self.access.company)

    @property
    def by(self) -> Actor:
        return entrances.actor(self.access)

    def may(self, right: str) -> bool:
        return self.access.may(right)


def visitor(request: HttpRequest) -> Visitor | None:
    """Who asks, read once per request; None for who is not logged in, or whose access has ended."""
    if not hasattr(request, "_company_visitor"):
        found = entrances.session(request.COOKIES.get(COOKIE, ""))
        request._company_visitor = Visitor(*found) if found else None  # type: ignore[attr-defined]  # noqa: SLF001
    return request._company_visitor  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001


View = Callable[..., HttpResponse]


def outside(view: View) -> View:
    """A page of the workspace that is open without a login; it knows nobody, and no browser keeps it."""
    return login_not_required(never_cache(view))


def _to_login(request: HttpRequest, written: typed.Typed | None = None) -> HttpResponse:
    """The login, and from there back to the page; what was `written` for it goes along."""
    back = request.path if "GET" in errors.methods_of(request.path) else ""
    if written:
        context = {"form": MailForm(), "code": CodeForm(), "next": back, "typed": written}
        return render(request, "company/entry.html", context, status=403)
    if request.method == "POST" and back:
        messages.warning(request, _("Sie sind nicht mehr eingeloggt. Gespeichert oder gesendet wurde nichts."))
    return redirect(reverse("company:home") + (f"?{NEXT}={back}" if back else ""))


def _turned_away(request: HttpRequest, **_named: Any) -> HttpResponse | None:
    """Before a large form is read: its words are, where it is one of ours; its files are not."""
    if visitor(request):
        return None
    return never_cache(_to_login)(request, typed.before_files(request) if errors.sent_from_here(request) else None)


def inside(right: str = Right.OWN) -> Callable[[View], View]:
    """The view is for who is logged in and may see as much; it gets `me` beside the request.

    Who is not logged in is asked to, and comes back; what one may not see is not there.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            me = visitor(request)
            if me is None:
                return _to_login(request, typed.carried(request) or typed.sent(request))
            if not me.may(right):
                raise Http404
            if back := typed.carried(request):  # from the login: the page is shown, nothing is sent by coming back
                me, request.method = replace(me, typed=back.values), "GET"
            return view(request, me=me, **kwargs)

        return turns_away(_turned_away)(login_not_required(never_cache(guarded)))

    return wrap


def let_in(response: HttpResponse, entered: entrances.Entered, *, stay: bool = False) -> HttpResponse:
    """Give the browser its session: until it is closed, or for as long as the session lasts."""
    response.set_cookie(
        COOKIE,
        entered.secret,
        max_age=int(entered.lasts.total_seconds()) if stay else None,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def going_on(request: HttpRequest) -> str:
    """The page of the workspace that somebody was on their way to; empty where they name anything else.

    It stands in a mail, so nobody may write into it: no query, and of what an address names only identities.
    """
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    try:
        with override(get_language_from_path(wanted) or settings.LANGUAGE_CODE):
            found = resolve(wanted)
    except Resolver404:
        return ""
    named = all(isinstance(value, UUID) for value in found.kwargs.values())
    return wanted if named and getattr(found.func, "turns_away", None) is _turned_away else ""


def gone(request: HttpRequest, *, page: str = "") -> HttpResponse:
    """A link to log in by that opens nothing (any more): asks to have another sent, which leads on to `page`."""
    return render(request, "company/link_gone.html", {"asking": MailForm(), "next": page}, status=404)


def identity(typed: str) -> UUID:
    """What a form says of a row; where that is no identity, one that no row has."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
