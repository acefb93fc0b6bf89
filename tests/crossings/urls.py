"""The addresses that mails name, without the pages behind them."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path


def page(request, **kwargs):
    return HttpResponse("")


public = (
    [
        path("anliegen/<str:token>/", page, name="enquiry_status"),
        path("demonstratoren/<slug:slug>/", page, name="demonstrator"),
        path("veranstaltungen/<slug:slug>/", page, name="event"),
        path("anmeldung/<str:token>/", page, name="registration"),
        path("einladungen/bestaetigen/<str:token>/", page, name="invitations_confirm"),
        path("einladungen/meine/<str:token>/", page, name="own_invitations"),
    ],
    "public",
)
company = (
    [path("code/", page, name="code"), path("fahrplan/link/<str:token>/", page, name="plan_link")],
    "company",
)
desk = ([path("anliegen/<uuid:uuid>/", page, name="case")], "desk")
urlpatterns = i18n_patterns(
    path("", include(public)),
    path("mein-betrieb/", include(company)),
    path("desk/", include(desk)),
    prefix_default_language=False,
)
