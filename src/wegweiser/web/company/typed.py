"""What somebody wrote whose session ended meanwhile: it goes along through the login, and stands in its form again.

Nothing of it is stored: it lies in the forms of the login, which the browser sends on. Files cannot go along.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

WORDS = ("text", "remark", "name", "email")  # fields of the workspace that hold words, by their names
BESIDE = ("step", "right")  # what says where they belong
PREFIX = "typed-"


@dataclass(frozen=True)
class Typed:
    """`values` by field, with the prefix under which the forms of the login carry them."""

    values: dict[str, str]
    had_files: bool = False

    def __bool__(self) -> bool:
        return any(self.values.get(name) for name in WORDS)

    @property
    def words(self) -> list[str]:
        return [self.values[name] for name in WORDS if self.values.get(name)]

    @property
    def carried(self) -> list[tuple[str, str]]:
        return [(f"{PREFIX}{name}", value) for name, value in self.values.items()]


def sent(request: HttpRequest) -> Typed:
    """What a form of the workspace brought."""
    found = {name: request.POST.get(name, "") for name in (*WORDS, *BESIDE)}
    return Typed({name: value for name, value in found.items() if value.strip()}, had_files=bool(request.FILES))


def carried(request: HttpRequest) -> Typed:
    """What a form of the login carries on."""
    found = {name: request.POST.get(f"{PREFIX}{name}", "") for name in (*WORDS, *BESIDE)}
    return Typed({name: value for name, value in found.items() if value.strip()})


def before_files(request: HttpRequest) -> Typed:
    """The same, where what follows may be too much to read: the fields that stand before the first file."""
    request.upload_handlers = [_StopsAtFiles(request), *request.upload_handlers]
    return Typed(sent(request).values, had_files=True)


class _StopsAtFiles(FileUploadHandler):
    def new_file(self, *args: object, **kwargs: object) -> None:
        raise StopUpload(connection_reset=True)  # what has been read so far stays

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
