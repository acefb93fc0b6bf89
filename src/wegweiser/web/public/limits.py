"""How often one address may ask. Generous, kept in the cache that all processes share, and without the address."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wegweiser.kernel import clock

# (requests, seconds): far above what a person does, far below what harms.
ASK = (60, 60)
SEND = (20, 600)


def allowed(request: HttpRequest, name: str, limit: tuple[int, int]) -> bool:
    """Count this request; False when its address has used up the present window."""
    most, seconds = limit
    window = int(clock.now().timestamp()) // seconds
    address = salted_hmac("wegweiser.limit", f"{window}:{request.META.get('REMOTE_ADDR', '')}").hexdigest()[:32]
    key = f"limit:{name}:{address}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ended in between: a new window
        return True
