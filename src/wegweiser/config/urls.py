"""Every address of the house: German at the root, English at the same path under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from wegweiser.web.public import health
from wegweiser.web.public.views import icons, machines, pictures

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("bilder/<str:digest>.webp", pictures.picture, name="picture"),
    path("zeichen/foerderung/", icons.funder_logo, name="funder_logo"),
    path("zeichen/<slug:kind>/", icons.icon, name="icon"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    *i18n_patterns(
        path("", include("wegweiser.web.public.urls")),
        path("zentrum.webmanifest", icons.manifest, name="manifest"),
        path("", include("wegweiser.web.ui.urls")),
        path("mein-betrieb/", include("wegweiser.web.company.urls")),
        path("desk/", include("wegweiser.web.desk.urls")),
        path("konto/", include("wegweiser.web.desk.account_urls")),
        prefix_default_language=False,
    ),
]
handler400 = "wegweiser.web.errors.bad_request"
handler429 = "wegweiser.web.errors.too_many_logins"  # allauth asks for it
handler500 = "wegweiser.web.errors.server_error"
