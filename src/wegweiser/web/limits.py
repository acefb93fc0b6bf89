"""How often one address may ask. Generous, kept in the cache that all processes share, and without the address."""

import datetime as dt

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from wegweiser.kernel import clock


def allowed(request: HttpRequest, name: str, limit: tuple[int, int]) -> bool:
    """Count this request; False when its address has used up the present window."""
    return allowed_for(request.META.get("REMOTE_ADDR", ""), name, limit)


def allowed_for(who: str, name: str, limit: tuple[int, int]) -> bool:
    """Count once for `who`, such as a mail address; False when the present window is used up."""
    most, seconds = limit
    window = int(clock.now().timestamp()) // seconds
    key = f"limit:{name}:{salted_hmac('wegweiser.limit', f'{window}:{who}').hexdigest()[:32]}"
    if cache.add(key, 1, timeout=seconds):
        return most > 0
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ended in between: a new window
        return True


def opens_at(limit: tuple[int, int]) -> dt.datetime:
    """When the present window is over."""
    seconds = limit[1]
    return dt.datetime.fromtimestamp((int(clock.now().timestamp()) // seconds + 1) * seconds, dt.UTC)


def goes_on_at(limit: tuple[int, int]) -> str:
    """That time for a page, up to the next full minute: its clock shows no seconds."""
    return time_format(clock.local(opens_at(limit) + dt.timedelta(seconds=59)), "G:i")


def too_many(limit: tuple[int, int]) -> str:
    """What a page says to an address that has used up its window: when it goes on, and that a call always works."""
    return _(
        "Von Ihrem Anschluss kamen gerade sehr viele Anfragen. Ab %(time)s Uhr geht es weiter. "
        "Was Sie geschrieben haben, steht noch hier. Oder rufen Sie uns einfach an."
    ) % {"time": goes_on_at(limit)}


def waits(limit: tuple[int, int]) -> ValidationError:
    """The same for a form."""
    return ValidationError(too_many(limit), code="too_many")


def refuse(response: HttpResponse, limit: tuple[int, int]) -> HttpResponse:
    """The same to programs: the seconds until the present window is over."""
    response["Retry-After"] = str(max(1, int((opens_at(limit) - clock.now()).total_seconds()) + 1))
    return response
