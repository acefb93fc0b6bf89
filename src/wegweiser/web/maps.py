"""A map of the centre's districts with a number in each."""

from collections.abc import Mapping
from dataclasses import dataclass

from wegweiser.consortium import directory

CLASSES = 4  # shades of a map, the palest is "none"


@dataclass(frozen=True)
class Shape:
    """One district: its outline, its number, and the shade (0: none, 1 to 4) that stands for it."""

    ags: str
    name: str
    path: str
    x: int
    y: int
    value: int
    shade: int
    href: str
    here: bool


@dataclass(frozen=True)
class DistrictMap:
    width: int
    height: int
    shapes: list[Shape]


def of_counts(
    counts: Mapping[str, int], *, here: str = "", link: Mapping[str, str] | None = None
) -> DistrictMap | None:
    """The map with `counts` by AGS; None for a centre without outlines. `here` is the AGS that stands out."""
    rows = directory.outlines()
    if not rows:
        return None
    most = max((counts.get(row.district_id, 0) for row in rows), default=0)
    return DistrictMap(
        rows[0].width,
        rows[0].height,
        [
            Shape(
                ags=row.district_id,
                name=row.district.name,
                path=row.path,
                x=row.x,
                y=row.y,
                value=counts.get(row.district_id, 0),
                shade=shade(counts.get(row.district_id, 0), most),
                href=(link or {}).get(row.district_id, ""),
                here=row.district_id == here,
            )
            for row in rows
        ],
    )


def shade(value: int, most: int) -> int:
    """0 for nothing, else 1 to 4 in equal steps up to the largest number.

    >>> [shade(value, 8) for value in (0, 1, 2, 3, 8)]
    [0, 1, 1, 2, 4]
    """
    return 0 if value <= 0 else -(-CLASSES * value // most)
