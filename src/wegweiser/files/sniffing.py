"""What a file is, by its name and by its first bytes, and whether it is one that nobody should open.

A name is what its sender wants us to believe; the first bytes are harder to forge. Either is enough to refuse.
"""

import io
import re
import unicodedata
import zipfile

# What a click runs, on any system, or what carries such a thing out of sight of a scanner.
_ENDINGS = """
ace ade adp apk app appx application arj asp aspx bas bat bin cab chm cmd com command cpl crt csh dll dmg docm dotm
elf exe fxp gadget hlp hta htm html iso img inf ins iqy isp jar jnlp js jse ksh lnk mad maf mam mda mdb mde mht
mhtml msc msh msi msix msp mst ocx osd pif pkg ppam pptm potm prf prg ps1 ps1xml psc1 psd1 psm1 py pyc pyz rb reg
rgs run scf scr sct settingcontent-ms sh shb shtml slk svg svgz swf sys url vb vbe vbs vhd vhdx vxd wim wsc wsf wsh
xbap xhtml xla xlam xll xlm xlsm xltm xnk zsh
"""
DANGEROUS = frozenset(_ENDINGS.split())
IN_DOCUMENTS = frozenset({"bin", "htm", "html", "svg"})  # what documents of an office hold by themselves
RUNS = frozenset({"application/x-executable", "application/x-script", "text/html", "image/svg+xml"})
UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
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


def is_dangerous(name: str, data: bytes) -> bool:
    """Whether the name, the first bytes, or a file inside an archive is of a kind that nobody should open."""
    if _ending(name) in DANGEROUS:
        return True
    found = kind(data)
    return found in RUNS or (found == "application/zip" and _holds_danger(data))


def _ending(name: str) -> str:
    """Trailing dots and blanks mean nothing to Windows, so they hide nothing here."""
    return name.rstrip(". \t").rpartition(".")[2].strip().lower()


def _holds_danger(data: bytes) -> bool:
    """An archive that cannot be looked into is dangerous too; documents of an office are archives without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):
        return True
    if len(names) > MOST_MEMBERS:
        return True
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        return True
    office = "[Content_Types].xml" in names or "mimetype" in names
    return any(_ending(name) in (DANGEROUS - IN_DOCUMENTS if office else DANGEROUS) for name in names)
