"""How many rows of a sheet hold something, told from the file as it is packed: reading each cell takes far longer."""

import io
import re
import zipfile

_ROW = re.compile(rb"<(?:\w{1,8}:)?row[ >]")
_VALUE = re.compile(rb"<(?:\w{1,8}:)?(?:v|t|f)(?:\s[^>]*)?>[^<]")
PIECE = 1 << 20  # bytes that are looked at together


def count(data: bytes, path: str) -> int:
    """Rows of the sheet at `path` of a workbook that hold a value or a formula; 0 where there is no such sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if path not in packed.namelist():
            return 0
        found, rest = 0, b""
        with packed.open(path) as part:
            while piece := part.read(PIECE):
                *whole, rest = _ROW.split(rest + piece)
                found += sum(bool(_VALUE.search(row)) for row in whole)
        return found + bool(_VALUE.search(rest))
