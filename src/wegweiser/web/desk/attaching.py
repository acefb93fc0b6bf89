"""Files that go out with an answer; a letter on paper takes none along."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from wegweiser.companies.models import Channel
from wegweiser.crossings import recipients
from wegweiser.enquiries.models import Case
from wegweiser.files.uploading import Prepared
from wegweiser.kernel.errors import DomainError
from wegweiser.web.ui import uploads


def prepared(case: Case, files: Iterable[UploadedFile]) -> list[Prepared]:
    """Raises DomainError for a file that may not go out."""
    found = list(files)
    if found and recipients.channel(case) == Channel.LETTER:
        raise DomainError("upload_on_paper", field="attached")
    return uploads.prepared(found)
