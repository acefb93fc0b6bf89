"""What a clean row tells of a firm, in the shapes that others ask for. Pure."""

import hashlib
import json
import re

from wegweiser.companies.importing import phone_cells
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage.row.profiles import Known


def known_of(row: Clean) -> Known:
    return Known(
        name=row.name,
        street=row.street,
        postcode=row.postcode,
        place=row.place,
        phones=row.phones,
        emails=row.emails,
        website=row.website,
        vat_id=row.vat_id,
        register=row.register,
        persons=(row.contact.name,) if row.contact else (),
        trade=row.raw.get("sector", ""),
        remark=row.remark,
        same_as=row.same_as,
        tails=tuple(filter(None, map(_tail, phone_cells.parts(row.raw.get("phone", ""))))),
    )


def _tail(text: str) -> str:
    """`41 18 08`: a number of the town that one is in."""
    digits = "".join(filter(str.isdigit, text))
    return digits if _LOCAL.fullmatch(text.strip()) and LEAST_OF_A_NUMBER <= len(digits) <= MOST_OF_A_NUMBER else ""


_LOCAL = re.compile(r"[1-9][\d /-]+")
LEAST_OF_A_NUMBER, MOST_OF_A_NUMBER = 5, 8


def fingerprint(row: Clean) -> str:
    """The same for two rows that say the same."""
    told = json.dumps({name: " ".join(text.split()) for name, text in sorted(row.raw.items())}, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
