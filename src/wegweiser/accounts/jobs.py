"""Periodic work of the accounts."""

from django.core.management import call_command

from wegweiser.kernel.jobs import every


@every(hours=24)
def clear_sessions() -> None:
    """Sessions that are over."""
    call_command("clearsessions")
