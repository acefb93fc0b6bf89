"""Mail addresses and websites as pages show them; every template has the filter."""

from django import template

from wegweiser.kernel import mail_addresses

register = template.Library()


@register.filter
def readable(address: str | None) -> str:
    """`info@xn--mller-bau-q9a.de` → `info@müller-bau.de`: for reading, never for a link; nothing for nothing."""
    return mail_addresses.shown(str(address or ""))
