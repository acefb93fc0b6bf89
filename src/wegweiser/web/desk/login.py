"""How staff get in: mail and password, then a second factor. Nobody signs up by themselves."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class ClosedAdapter(DefaultAccountAdapter):
    """allauth without self-registration: users are made by the management."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorMiddleware:
    """Without a second factor a user gets no further than setting one up. The demo does without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        # Our own pages that are not open to all, wherever they stand; the pages that set a factor up have no namespace.
        match = request.resolver_match
        needs = match is not None and bool(match.namespaces) and getattr(view, "login_required", True)
        if not needs or settings.DEMO or not request.user.is_authenticated or is_mfa_enabled(request.user):
            return None
        return redirect(reverse("mfa_activate_totp"))
