"""A file that somebody sends, before its row is written: looked at, scanned where there is a scanner, stored.

This belongs before any transaction: it writes files and may talk to the scanner.
"""

from dataclasses import dataclass

from django.conf import settings

from wegweiser.files import scanning, sniffing, storage
from wegweiser.files.models import Scan, Withheld
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Prepared:
    """A file whose content is stored, or `withheld` for a reason; its row is still to be written."""

    name: str
    declared_type: str
    sniffed_type: str
    size: int
    digest: str
    scan: str
    withheld: str = ""


def prepare(*, name: str, declared_type: str, data: bytes, trusted: bool = False) -> Prepared:
    """Look at a file that came from outside, and store it unless it is of no use or of harm.

    An archive that nobody here can look into is stored as one that could not be scanned: a person decides about it.

    `trusted` is for what we ourselves keep as it came, such as an unreadable mail: it is scanned, not judged.
    """
    name = sniffing.clean_name(name)
    withheld, is_sealed = "", False
    if len(data) > settings.UPLOAD_MOST_BYTES and not trusted:
        withheld = Withheld.TOO_LARGE
    elif not trusted and sniffing.is_dangerous(name, data, scanned=scanning.is_configured()):
        is_sealed = not scanning.is_configured() and sniffing.is_sealed(name, data)
        withheld = "" if is_sealed else Withheld.DANGEROUS
    scan: str = Scan.FAILED if is_sealed else Scan.UNSCANNED
    if not withheld and scanning.is_configured():
        infected = scanning.at_once(data)
        if infected is not None:  # else the job asks again
            scan = Scan.INFECTED if infected else Scan.CLEAN
        withheld = Withheld.INFECTED if scan == Scan.INFECTED else ""
    digest = "" if withheld else storage.put(data)
    return Prepared(name, declared_type[:100], sniffing.kind(data), len(data), digest, scan, withheld)


def require_kept(prepared: Prepared) -> None:
    """Raises DomainError for a file that would be withheld: who sends it from here is told at once."""
    if prepared.scan == Scan.FAILED and not scanning.is_configured():
        raise DomainError("upload_dangerous", prepared.name, field="attached")
    if prepared.withheld:
        raise DomainError(f"upload_{prepared.withheld}", prepared.name, field="attached")
