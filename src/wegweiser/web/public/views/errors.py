"""The page for our own failures. It asks nothing of the database, which may be what failed."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import render_to_string

from wegweiser.web import context


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Whom to call, as this process last read it."""
    known = SimpleNamespace(phone=context.last_phone(), name="", reachable_text="")
    return HttpResponseServerError(render_to_string("500.html", {"centre": known}))
