"""The addresses of static files under names with their hash, each worked out once per process."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Django's own storage, which takes addresses apart and puts them together on every use: fifteen times a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        if force:
            return str(super().url(name, force=True))  # type: ignore[arg-type]
        if name not in self.known:
            self.known[name] = str(super().url(name))  # type: ignore[arg-type]
        return self.known[name]

    def save_manifest(self) -> None:
        super().save_manifest()
        self.known = {}
