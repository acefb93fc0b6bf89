"""What is run by people who are employed there, whoever owns it. Pure."""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.pair import phone_lines
from wegweiser.companies.linkage.row.profiles import Profile

# A nursery or a museum has no owner; a hotel or a forwarder has staff. A café or a hairdresser is one person's, and the
# next one keeps the name; and so are schools of driving, of music and of dancing.
_STAFFED = tuple(
    map(
        re.compile,
        (
            r"^kita$|^kindertages|kindergarten$|^hort$|krippe$",
            r"^(?:(?:grund|sekundar|gemeinschafts|gesamt|foerder|berufs|real|ober|hoch|fach|volkshoch|regel)?schule)$",
            r"gymnasium$",
            r"museum$",
            r"bibliothek$|buecherei$",
            r"(?<!tier)klinik(?:um)?$|krankenhaus$",
            r"(?:alten|pflege|senioren|kinder|wohn|tier|jugend|alters|frauen)heim$",
            r"(?:frei|wald|hallen|schwimm|strand|natur|see|berg|stadt)bad$|schwimmhalle$",
            r"jugend(?:club|klub|zentrum|haus|treff)$",
            r"^auto(?:haus|zentrum)$",
            r"^moebel(?:haus|welt|markt|zentrum)$",
            r"^(?:super|bau|getraenke|verbraucher|garten|einkaufs)markt$",
            r"^hotel$",
            r"^spedition$",
        ),
    )
)


def is_one_house_of_staff(one: Profile, other: Profile) -> bool:
    """Whether both names say the same of these at one house number, with no line of its own for either, and no remark
    speaks of it: two who are named there both work there."""
    if not one.house or (one.street, one.house) != (other.street, other.house):
        return False
    if any(side.known.remark.strip() for side in (one, other)) or phone_lines.other_line(one, other):
        return False
    return bool(_kinds(one.name.words) & _kinds(other.name.words))


def _kinds(words: Collection[str]) -> frozenset[int]:
    return frozenset(number for number, kind in enumerate(_STAFFED) if any(map(kind.search, words)))
