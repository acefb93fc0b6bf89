"""What a file is, by its name and by its first bytes, and whether it is one that nobody should open.

A name is what its sender wants us to believe; the first bytes are harder to forge. Either is enough to refuse.
"""

import email
import io
import itertools
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

# What a click runs, on any system, or what carries such a thing out of sight of a scanner.
_ENDINGS = """
ace ade adp apk app appx application arj asp aspx bat bin cab chm cmd com command cpl crt csh dll dmg docm dotm
elf exe fxp gadget hlp hta htm html iso img inf ins iqy isp jar jnlp js jse ksh lnk mad maf mam mda mdb mde mht
mhtml msc msh msi msix msp mst ocx osd pif pkg ppam pptm potm prf ps1 ps1xml psc1 psd1 psm1 py pyc pyz rb reg
rgs run scf scr sct settingcontent-ms sh shb shtml slk svg svgz swf sys url vb vbe vbs vhd vhdx vxd wim wsc wsf wsh
xbap xhtml xla xlam xll xlm xlsm xltm xnk zsh
"""
DANGEROUS = frozenset(_ENDINGS.split())
# Programs of machine tools are called so, and of office programs: what is text is read by whoever opens it.
ONLY_AS_TEXT = frozenset({"bas", "prg"})
# What cannot be looked into here; a scanner does.
SEALED = frozenset({"7z", "bz2", "gz", "rar", "tar", "tbz", "tbz2", "tgz", "txz", "xz", "zst"})
_SEALED_TYPES = frozenset(
    {"application/gzip", "application/x-7z-compressed", "application/vnd.rar", "application/x-tar"}
)
DEEPEST = 3  # archives and mails within each other that are looked into: a document on a mail in an archive
MOST_UNPACKED = 50_000_000  # bytes of all inner archives and mails
MOST_PARTS = 300  # of a mail
IN_DOCUMENTS = frozenset({"bin", "htm", "html", "svg"})  # what documents of an office hold by themselves
RUNS = frozenset({"application/x-executable", "application/x-script", "text/html", "image/svg+xml"})
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
_WORDS_WITH_A_NAME = re.compile(r"ATT\d{5}\.html?", re.IGNORECASE)
NAME_LENGTH = 160
MOST_MEMBERS = 2000  # of an archive that are looked at

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"MZ", "application/x-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (b"\xce\xfa\xed\xfe", "application/x-executable"),
    (b"#!", "application/x-script"),
)
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_ZIP, _OLE = "application/zip", "application/x-ole-storage"
# What programs call documents that are archives by their first bytes: the ending says which, the bytes whether.
_DOCUMENTS = {
    "docx": (_ZIP, f"{_OPEN_XML}.wordprocessingml.document"),
    "dotx": (_ZIP, f"{_OPEN_XML}.wordprocessingml.template"),
    "xlsx": (_ZIP, f"{_OPEN_XML}.spreadsheetml.sheet"),
    "pptx": (_ZIP, f"{_OPEN_XML}.presentationml.presentation"),
    "ppsx": (_ZIP, f"{_OPEN_XML}.presentationml.slideshow"),
    "odt": (_ZIP, "application/vnd.oasis.opendocument.text"),
    "ods": (_ZIP, "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": (_ZIP, "application/vnd.oasis.opendocument.presentation"),
    "odg": (_ZIP, "application/vnd.oasis.opendocument.graphics"),
    "epub": (_ZIP, "application/epub+zip"),
    "doc": (_OLE, "application/msword"),
    "dot": (_OLE, "application/msword"),
    "xls": (_OLE, "application/vnd.ms-excel"),
    "ppt": (_OLE, "application/vnd.ms-powerpoint"),
    "msg": (_OLE, "application/vnd.ms-outlook"),
    "csv": ("text/plain", "text/csv"),
}
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script|iframe|svg|\?xml[^>]*\?>\s*<svg)\b", re.I
)


def clean_name(name: str) -> str:
    """A file name without a path, control characters and signs that turn the direction of writing.

    >>> clean_name("..\\\\rechnung\\u202efdp.exe")
    'rechnungfdp.exe'
    """
    name = re.split(r"[/\\\\]", name)[-1]
    odd = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    name = "".join(sign for sign in name if unicodedata.category(sign) not in odd and sign not in ':*?"<>|')
    name = " ".join(name.split()).strip(". ") or "datei"
    if len(name) <= NAME_LENGTH:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}" if dot and len(ending) <= 10 else name[:NAME_LENGTH]


def kind(data: bytes) -> str:
    """The media type that the first bytes speak for.

    >>> kind(b"%PDF-1.7 ..."), kind("Grüße".encode())
    ('application/pdf', 'text/plain')
    """
    for start, found in _MAGIC:
        if data.startswith(start):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return "image/heic" if data[8:12] in {b"heic", b"heix", b"mif1"} else "video/mp4"
    head = data[:1024]
    if _MARKUP.match(head):
        return "image/svg+xml" if b"<svg" in head.lower() and b"<html" not in head.lower() else "text/html"
    return UNKNOWN if b"\0" in head else TEXT


def media_type(name: str, sniffed: str) -> str:
    """What a file goes out as: what its name says where the first bytes agree, else what these say.

    >>> media_type("angebot.docx", "application/zip"), media_type("angebot.docx", "application/pdf")
    ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/pdf')
    """
    looks, called = _DOCUMENTS.get(_ending(name), ("", ""))
    return called if looks == sniffed else sniffed


def is_dangerous(name: str, data: bytes, *, scanned: bool = False) -> bool:
    """Whether the name, the first bytes, or a file in an archive or mail is of a kind that nobody should open.

    `scanned`: a scanner looks into it as well, so that archives which we cannot open may pass.
    """
    return _Look(scanned).finds(name, data, DEEPEST)


def is_sealed(name: str, data: bytes) -> bool:
    """Whether it is of no kind that is dangerous by itself, and holds an archive that only a scanner looks into.

    What calls itself something else than it is, is none of these.
    """
    is_called_so = _ending(name) in {*SEALED, "zip", "eml"}
    return is_called_so and is_dangerous(name, data) and not is_dangerous(name, data, scanned=True)


def _ending(name: str) -> str:
    """Trailing dots and blanks mean nothing to Windows, so they hide nothing here."""
    return name.rstrip(". \t").rpartition(".")[2].strip().lower()


@dataclass
class _Look:
    """One look into a file and what it carries. What is deeper, or more, than one looks at is dangerous."""

    scanned: bool
    left: int = MOST_UNPACKED

    def finds(self, name: str, data: bytes, depth: int) -> bool:
        """Whether there is danger in it; `depth`: how many archives and mails may still lie within each other."""
        ending, found = _ending(name), kind(data)
        if ending in DANGEROUS or found in RUNS or (ending in ONLY_AS_TEXT and found != TEXT):
            return True
        if (ending in SEALED or found in _SEALED_TYPES) and not self.scanned:
            return True
        if found == "application/zip":
            return depth < 1 or self._in_archive(data, depth)
        return ending == "eml" and (depth < 1 or self._in_mail(data, depth))

    def _in_archive(self, data: bytes, depth: int) -> bool:
        """An archive that cannot be opened is dangerous; documents of an office are archives without macros."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
                if len(names) > MOST_MEMBERS or self._is_named(names):
                    return True
                carriers = [name for name in names if _ending(name) in {"zip", "eml"}]
                return any(self._in_member(archive, name, depth - 1) for name in carriers)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zlib.error):
            return True

    def _is_named(self, names: Sequence[str]) -> bool:
        if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
            return True
        office = "[Content_Types].xml" in names or "mimetype" in names
        refused = DANGEROUS - IN_DOCUMENTS if office else DANGEROUS
        return any(_ending(name) in refused or (_ending(name) in SEALED and not self.scanned) for name in names)

    def _in_member(self, archive: zipfile.ZipFile, name: str, depth: int) -> bool:
        with archive.open(name) as inside:
            data = inside.read(self.left + 1)  # what its head says of its size need not be so
        self.left -= len(data)
        return self.left < 0 or self.finds(name, data, depth)

    def _in_mail(self, data: bytes, depth: int) -> bool:
        """Of a mail what hangs on it; its words, also as a page, are shown and not run."""
        try:
            parts = list(itertools.islice(email.message_from_bytes(data).walk(), MOST_PARTS + 1))
            if len(parts) > MOST_PARTS:
                return True
            for part in parts:
                name, content = str(part.get_filename() or ""), part.get_payload(decode=True)
                # A mail that hangs on it is walked through with it.
                if isinstance(content, bytes) and not _is_shown(part) and self.finds(name, content, depth - 1):
                    return True
        except (ValueError, LookupError, TypeError, RecursionError):
            return True
        return False


def _is_shown(part: Message) -> bool:
    """Whether it is words of a mail or stands among them: mail programs show that and run none of it.

    Exchange gives the words behind a picture a name of its own (ATT00001.htm); signatures have drawn logos.
    """
    kind, name = part.get_content_type(), str(part.get_filename() or "")
    if part.get_content_maintype() == "text" and not name:
        return True
    stands_there = part.get_content_disposition() == "inline" or (
        bool(part.get("content-id")) and part.get_content_disposition() != "attachment"
    )
    if kind == "image/svg+xml":
        return stands_there
    return kind == "text/html" and (stands_there or _WORDS_WITH_A_NAME.fullmatch(name) is not None)
