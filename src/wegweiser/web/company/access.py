"""Who is inside: known by a cookie of the workspace alone. A login at the desk opens nothing here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from wegweiser.accounts.models import Token
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Company, Person, Right
from wegweiser.crossings import entrances
from wegweiser.kernel.actor import Actor
from wegweiser.web.bodies import turns_away
from wegweiser.web.cookies import COMPANY_COOKIE as COOKIE

NEXT = "weiter"


@dataclass(frozen=True)
class Visitor:
    """Somebody of a firm, logged in: what they may see, and for which firm."""

    token: Token
    access: Access

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


def _to_login(request: HttpRequest) -> HttpResponse:
    response = redirect("company:home")
    if request.method == "GET":
        response["Location"] += f"?{NEXT}={request.path}"
    return response


def _turned_away(request: HttpRequest, **_named: Any) -> HttpResponse | None:
    return None if visitor(request) else _to_login(request)


def inside(right: str = Right.OWN) -> Callable[[View], View]:
    """The view is for who is logged in and may see as much; it gets `me` beside the request.

    Who is not logged in is asked to, and comes back; what one may not see is not there.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            me = visitor(request)
            if me is None:
                return _to_login(request)
            if not me.may(right):
                raise Http404
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
    """Where somebody was on their way to, inside the workspace; nothing where that is elsewhere."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and "/mein-betrieb/" in wanted
    return wanted if fine and wanted.startswith("/") else ""


def identity(typed: str) -> UUID:
    """What a form says of a row; where that is no identity, one that no row has."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
