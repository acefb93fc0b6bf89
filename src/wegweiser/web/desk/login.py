"""How staff get in: mail and password, then a second factor. Nobody signs up by themselves."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account import views as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wegweiser.accounts.models import User
from wegweiser.kernel import mail_addresses


class ClosedAdapter(DefaultAccountAdapter):
    """allauth without self-registration: users are made by the management."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The mail address may be typed with umlauts in its domain, or as the network has it."""
        if credentials.get("email"):
            credentials["email"] = _stored(credentials["email"])
        return super().authenticate(request, **credentials)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just logged in has just said the password: allauth itself counts only what was asked afterwards."""
        records = get_authentication_records(self.request, self.request.user)
        said = [row["at"] for row in records if row.get("method") in {"password", "mfa"}]
        if said and time.time() - said[-1] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def _stored(email: str) -> str:
    """The address as the login of its owner has it; of a stranger's, as it was typed."""
    return User.objects.filter(mail_addresses.same("email", email)).values_list("email", flat=True).first() or email


class SecondFactorMiddleware:
    """Without a second factor a user gets no further than setting one up. The logins of the demo do without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        # Our own pages that are not open to all, wherever they stand; the pages that set a factor up have no namespace.
        match = request.resolver_match
        needs = match is not None and bool(match.namespaces) and getattr(view, "login_required", True)
        if not needs or not request.user.is_authenticated or _does_without(request.user):
            return None
        if is_mfa_enabled(request.user):
            return None
        return redirect(reverse("mfa_activate_totp"))


def _does_without(user: User) -> bool:
    """A login of the demo, while this is the demo: everybody knows its password, so a code would protect nothing."""
    return bool(settings.DEMO) and user.is_demo


@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Whoever goes takes along what the device kept of visits, also where no script runs."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"storage"'
    return response
