"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wegweiser.config.settings")
application = get_wsgi_application()

from wegweiser.config import warm  # noqa: E402  needs the settings

warm.start()
