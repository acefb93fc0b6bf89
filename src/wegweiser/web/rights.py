"""What whoever asks may do: read from the database once per request, for the guard, the view and the menu alike."""

from django.http import HttpRequest

from wegweiser.consortium import rights
from wegweiser.consortium.rights import Rights


def rights_of(request: HttpRequest) -> Rights:
    """The rights as they were when the request came in; what a view itself changes shows in `rights.of`."""
    if not hasattr(request, "_rights"):
        request._rights = rights.of(request.user)  # type: ignore[attr-defined]  # noqa: SLF001
    return request._rights  # type: ignore[attr-defined]  # noqa: SLF001
