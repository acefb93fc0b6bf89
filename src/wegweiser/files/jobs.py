"""Periodic work of the files."""

from wegweiser.files.actions import pictures, uploads
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=24)
def clear() -> None:
    """Files that no row names: what an upload left that failed half-way, and what a removed picture left."""
    pictures.clear(by=Actor.system("files.clear"))


@every(minutes=1)
def scan() -> None:
    """What came in while the virus scanner was away."""
    uploads.scan(by=Actor.system("files.scan"))
