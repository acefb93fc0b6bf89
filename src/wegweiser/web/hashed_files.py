"""The addresses of static files under names with their hash, each worked out once per process."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Django's own storage, which takes addresses apart and puts them together on every use: fifteen times a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if force:
            return str(super().url(name, force=True))
        if name not in self.known:
            self.known[name] = str(super().url(name))
        return self.known[name]

    def save_manifest(self) -> None:
        super().save_manifest()
        self.known = {}
