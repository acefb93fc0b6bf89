from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "wegweiser.kernel"

    def ready(self) -> None:
        from wegweiser.kernel import policy  # noqa: F401  (registers its check)
