"""How many rows of a sheet hold something, told from the file as it is packed: reading each cell takes far longer."""

import io
import re
import zipfile

_ROW = re.compile(rb"<(?:\w{1,8}:)?row[ >]")
_VALUE = re.compile(rb"<(?:\w{1,8}:)?(?:v|t|f)(?:\s[^>]*)?>[^<]")
PIECE = 1 << 20  # bytes that are looked at together
LONGEST_TAG = 512  # bytes that are looked at again with the next: a tag may be cut, and a row may have no end


def count(data: bytes, path: str) -> int:
    """Rows of the sheet at `path` of a workbook that hold a value or a formula; 0 where there is no such sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if path not in packed.namelist():
            return 0
        found, rest, holds = 0, b"", False  # whether the row that is open holds something in what was read of it
        with packed.open(path) as part:
            while piece := part.read(PIECE):
                *whole, last = _ROW.split(rest + piece)
                for row in whole:
                    found += holds or bool(_VALUE.search(row))
                    holds = False
                holds = holds or bool(_VALUE.search(last))
                rest = last[-LONGEST_TAG:]
        return found + holds
