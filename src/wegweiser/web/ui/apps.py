"""Registers the check of components with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "wegweiser.web.ui"

    def ready(self) -> None:
        from wegweiser.web.ui import components  # noqa: F401 - importing registers the check
