"""What a phone needs to put the site on its home screen: a manifest, and the sign in the centre's colours."""

from base64 import b64decode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import icons, previews

LONGEST_SHORT_NAME = 24


@login_not_required
@keep
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """In the language of its address. The site is a page; kept on a phone it has three short cuts."""
    centre = centres.of(request)
    short = centre.site_text("short_name") or centre.name
    content = {
        "name": centre.name or "Wegweiser",
        "short_name": short if len(short) <= LONGEST_SHORT_NAME else short[: LONGEST_SHORT_NAME - 1].rstrip() + "…",
        "description": centre.claim,
        "lang": get_language() or "de",
        "dir": "ltr",
        "id": "/",
        "start_url": reverse("public:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": icons.colours(centre.look)["brand"],
        "icons": [
            {"src": centre.icon_url("svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
            *(
                {
                    "src": centre.icon_url(size),
                    "type": "image/png",
                    "sizes": f"{size}x{size}",
                    "purpose": "any maskable",
                }
                for size in icons.SIZES
                if size != 180  # that one is for Apple, who reads no manifest
            ),
        ],
        "shortcuts": [
            {"name": _("Frage stellen"), "url": reverse("public:ask")},
            {"name": _("Termine"), "url": reverse("public:events")},
            {"name": _("IT-Notfall"), "url": reverse("public:emergency")},
        ],
    }
    return JsonResponse(
        content, content_type="application/manifest+json; charset=utf-8", json_dumps_params={"ensure_ascii": False}
    )


@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
@require_safe
def icon(request: HttpRequest, kind: str) -> HttpResponse:
    """The sign, or the picture of a link (`vorschau-de`); its address changes with what is drawn."""
    centre = centres.of(request)
    wanted = centre.look
    if kind in centre.preview_kinds:
        drawn = previews.png(wanted, *centre.preview_texts(centre.preview_kinds[kind]))
        return HttpResponse(drawn, content_type="image/png")
    if kind == "svg":
        return HttpResponse(icons.svg(wanted), content_type="image/svg+xml")
    if not kind.isdecimal() or int(kind) not in icons.SIZES:
        raise Http404
    return HttpResponse(icons.png(wanted, int(kind)), content_type="image/png")


@login_not_required
@cache_control(public=True, max_age=31_536_000, immutable=True)
@require_safe
def funder_logo(request: HttpRequest) -> HttpResponse:
    """The picture that the funder prescribes; its address changes with it."""
    found = centres.of(request).funder_picture
    if not found:
        raise Http404
    return HttpResponse(b64decode(found["content"]), content_type=found["type"])
