"""Pages for what goes wrong, and the door that is closed while somebody works on the installation.

Those for our own failures (400, 500, 503) ask nothing of the database, which may be what failed: they name the centre
and its telephone as this process last read them.
"""

import sys
from collections.abc import Callable, Sequence
from inspect import isfunction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers

from wegweiser.web import context

RETRY_SECONDS = 120  # what a closed or unreachable installation asks browsers and search engines to wait
LOGIN_SECONDS = 60  # allauth counts by the minute
CLOSED = "closed"  # a file of this name in the home folder closes the site
OPEN_WHEN_CLOSED = frozenset({"/healthz", "/readyz"})
# SQLSTATE of a table or a column that is not there: the code is newer than the database, so `migrate` is due or runs.
OLD_SHAPE = frozenset({"42P01", "42703"})
MOST_TYPED = 40  # fields of a form that are offered once more
SECRET = frozenset({"csrfmiddlewaretoken", "code"})  # these and passwords no page repeats


def closed_by() -> Path:
    """The file that closes the site while it is there."""
    return Path(settings.HOME) / CLOSED


class ErrorPagesMiddleware:
    """Below the one that knows the language, above everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if closed_by().exists() and request.path not in OPEN_WHEN_CLOSED:
            return unavailable(request)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "405.html", {"again": request.path if request.method == "POST" else ""}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response


def _told(template: str, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template, {"centre": _last_known()}), status=status)
    add_never_cache_headers(response)
    return response


def _last_known() -> SimpleNamespace:
    return SimpleNamespace(phone=context.last_phone(), name=context.last_name(), reachable_text="")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What could not be read. The host may be what is wrong, so nothing is built from it."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, most=getattr(request, "most_bytes", 0))
    return _told("400.html", 400)


def too_large(request: HttpRequest, *, most: int) -> HttpResponse:
    """More than a page takes (`bodies`): how much that is, and that nothing of it was kept."""
    size = filesizeformat(most) if most else ""
    response = render(request, "413.html", {"size": size}, status=413)
    add_never_cache_headers(response)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Whom to call. Where the database is what failed, that it comes back."""
    if _is_away(sys.exc_info()[1]):
        return unavailable(request)
    return _told("500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The installation is closed, or its database cannot be reached."""
    response = _told("503.html", 503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, was busy for too long, or has the shape of another version."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") in OLD_SHAPE


def too_many_logins(request: HttpRequest) -> HttpResponse:
    """Wrong passwords, too often: when it goes on, and whom to ask."""
    response = render(request, "429.html", {"minutes": LOGIN_SECONDS // 60}, status=429)
    response["Retry-After"] = str(LOGIN_SECONDS)
    add_never_cache_headers(response)
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: shows what was typed, where it was typed here, so that nothing is lost.

    A public form can be sent once more with one button. At the desk one copies the text: a stranger's form that became
    ours by a click would act with the rights of whoever clicked. A page that takes no form says so (405).
    """
    taken = methods_of(request.path)
    if taken and request.method not in taken:
        return HttpResponseNotAllowed(taken)
    typed = _typed(request) if sent_from_here(request) else []
    context_ = {
        "address": request.path,
        "again": typed if typed and _public(request.path) else [],
        "texts": [value for name, value in typed if name.rsplit("-", 1)[-1] in {"text", "note"} and value.strip()],
    }
    response = render(request, "403_csrf.html", context_, status=403)
    add_never_cache_headers(response)
    return response


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours says that it holds the form."""
    here = f"{request.scheme}://{request.get_host()}"
    there = request.headers.get("Origin") or request.headers.get("Referer", "")
    return there == here or there.startswith(f"{here}/")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form brought, without what is secret."""
    names = [name for name in request.POST if name not in SECRET and "password" not in name]
    return [(name, value) for name in names for value in request.POST.getlist(name)][:MOST_TYPED]


def methods_of(path: str) -> Sequence[str]:
    """The methods that Django's decorators let through to the view of `path`; empty where none of them says so."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return ()
    while view:
        said = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True)) if isfunction(view) else {}
        if "request_method_list" in said:
            return tuple(said["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ()


def _public(path: str) -> bool:
    try:
        return "public" in resolve(path).namespaces
    except Resolver404:
        return False
