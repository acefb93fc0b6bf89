"""In which language the centre writes to whoever works here: they choose it themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wegweiser.accounts.actions import logins
from wegweiser.accounts.models import User
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.sentences import SENTENCES


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (the middleware lets nobody else here)
    try:
        logins.choose_language(user=user, language=request.POST.get("language", ""), by=Actor.staff(user.uuid))
    except DomainError as error:
        messages.error(request, str(SENTENCES[error.code]))
    else:
        messages.success(request, _("Gespeichert."))
    return redirect("mfa_index")
