"""The entry point of the web server: static files, kept pages, Django."""

import os
from functools import partial

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from wegweiser.web.page_cache import PageCache
from wegweiser.web.static_files import StaticFiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegweiser.config.settings")
django = get_wsgi_application()
# `messages` is the cookie that Django keeps notices in before they are shown.
pages = PageCache(django, personal=(settings.SESSION_COOKIE_NAME, "messages"), secure=settings.SECURE)
application = StaticFiles(pages, prefix=settings.STATIC_URL, root=settings.STATIC_ROOT)
if settings.TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)

from wegweiser.config import renew, warm  # noqa: E402  need the settings

warm.start(then=partial(renew.run, django))
