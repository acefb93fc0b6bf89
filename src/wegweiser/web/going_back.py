"""What a form brought stays with the browser of the one who sent it, so that going back to it sends nothing again.

Such a page must not vary by cookie: it is in one browser only, and a cookie that arrived with it (the one against
forged forms) or after it would make Chromium throw it away and show ERR_CACHE_MISS instead.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

SECONDS = 600
KEPT = f"private, max-age={SECONDS}"


def keep(response: HttpResponse) -> HttpResponse:
    """Marks the answer to a form as one that may be gone back to; not for pages behind a login."""
    response["Cache-Control"] = KEPT
    return response


class GoingBackMiddleware:
    """The outermost one: the others name the cookie they have looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.get("Cache-Control") == KEPT:
            others = [name.strip() for name in response.get("Vary", "").split(",")]
            response["Vary"] = ", ".join(name for name in others if name.lower() not in {"", "cookie"})
        return response
