"""How much one request may bring. Django stores a form with files whatever its size, before any view can refuse it.

What is too much is refused by the length it says, before anything is read, and where that length is not true by what
has come. Only the views that take files get more than the text of a form, and only from who may be there: at the desk
who is logged in, elsewhere whom the view does not turn away (`turns_away`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

from wegweiser.companies.importing.reading import MOST_BYTES as LIST_BYTES
from wegweiser.web import errors

BESIDE_BYTES = 2**20  # the text of the form and what stands between its parts

View = TypeVar("View", bound=Callable[..., HttpResponse])
TurnsAway = Callable[..., HttpResponse | None]  # gets the request and what its address names


def takes_files(view: View) -> View:
    """Marks a view whose form sends files: it says itself which of them are too large."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def turns_away(by: TurnsAway) -> Callable[[View], View]:
    """Marks a view without a login at the desk: `by` answers who may not send files, and gives None for all others."""

    def mark(view: View) -> View:
        view.turns_away = by  # type: ignore[attr-defined]
        return view

    return mark


def ordinary() -> int:
    """The bytes of a form without files."""
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def with_files() -> int:
    """The bytes of a form with files: the largest that any of them may be, with the text beside them."""
    return max(settings.MAIL_MOST_BYTES, settings.UPLOAD_MOST_BYTES, LIST_BYTES) + BESIDE_BYTES


class BodyLimitMiddleware:
    """Above whatever reads a form, such as the check against forged ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        """Refuse what says that it is too long; what comes is counted by `Counted`."""
        said, most = _length(request), ordinary()
        if said <= most:
            request.most_bytes = most  # type: ignore[attr-defined]
            return None
        most = with_files() if getattr(view, "takes_files", False) else most
        request.most_bytes = most  # type: ignore[attr-defined]
        return errors.too_large(request, most=most) if said > most else _turned_away(request, view, named)


class Counted(FileUploadHandler):
    """Counts what the files of a form bring, all together, whatever the request said of its length."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.come = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on what came, up to what this request may bring."""
        self.come += len(raw_data)
        if self._is_too_much:
            raise StopUpload(connection_reset=True)  # closes and removes what is stored so far
        return raw_data

    def upload_complete(self) -> None:
        """Refuse the request: by itself a stopped upload would be a form without its files."""
        if self._is_too_much:
            raise RequestDataTooBig("The files of this request are larger than it said, and than may be.")

    @property
    def _is_too_much(self) -> bool:
        return self.come > int(getattr(self.request, "most_bytes", ordinary()))

    def file_complete(self, file_size: int) -> None:
        """Another handler keeps the file."""


def _turned_away(request: HttpRequest, view: Any, named: dict[str, Any]) -> HttpResponse | None:
    """What the view would say a moment later to who may not be there, with nothing stored."""
    if getattr(view, "login_required", True):
        return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())
    by: TurnsAway | None = getattr(view, "turns_away", None)
    return by(request, **named) if by else None


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
