from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "wegweiser.kernel"

    def ready(self) -> None:
        from wegweiser.kernel import erasure, policy  # noqa: F401  (they register a check and events)
