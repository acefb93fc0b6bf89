"""The page behind a mailed link: whoever holds it chooses a password. Looking at it uses nothing up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wegweiser.accounts import queries
from wegweiser.accounts.actions import logins
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.team_forms import PasswordForm


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.valid_token(purpose=queries.SET_PASSWORD, secret=token)
    if found is None:
        return render(request, "desk/team_password_gone.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            logins.set_password(token=found, password=form.cleaned_data["password"], by=Actor.link(found.uuid))
        except DomainError as error:
            if error.code == "link_gone":
                return render(request, "desk/team_password_gone.html", status=410)
            form.add_error("password", str(error))
        else:
            messages.success(request, _("Ihr Passwort ist festgelegt. Bitte loggen Sie sich ein."))
            return redirect("account_login")
    return render(request, "desk/team_password.html", {"form": form})
