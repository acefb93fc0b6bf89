"""How a partner or a network presents itself: what editors may change, the state they read, and what differs from it.

Both are small and have no drafts: what is saved is public.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from wegweiser.consortium.loaded import fingerprint
from wegweiser.consortium.models import Network, Partner
from wegweiser.kernel import translations
from wegweiser.kernel.errors import DomainError

WEBSITE = re.compile(r"https?://[^/?#]*[^/?#.]\.[^/?#.]", re.IGNORECASE)

Profile = Partner | Network
Values = Mapping[str, Any]

# Of the two sides of a text, the longest that is taken. Every other field has the length of its column.
TEXTS: dict[type[Profile], dict[str, int]] = {
    Partner: {"name": 200, "profile": 3_000},
    Network: {"name": 200, "scope": 200, "summary": 3_000, "refer_when": 1_000},
}
LINES: dict[type[Profile], tuple[str, ...]] = {
    Partner: ("short_name", "city", "email", "phone", "website"),
    Network: ("email", "website"),
}
NEEDED: dict[type[Profile], tuple[str, ...]] = {Partner: ("name", "short_name", "city"), Network: ("name", "summary")}


def told(row: Profile) -> dict[str, Any]:
    """What editors may change, as it is."""
    return {name: getattr(row, name) for name in (*TEXTS[type(row)], *LINES[type(row)])}


def stamp(row: Profile) -> str:
    """Says which state somebody read; who saves hands it back."""
    withdrawn = row.withdrawn_at if isinstance(row, Network) else None
    return fingerprint([told(row), row.outdated, withdrawn])[:16]


def is_overtaken(row: Profile, seen: str, values: Values) -> bool:
    """Whether somebody else saved since, and something other than `values`."""
    return stamp(row) != seen and bool(differing(values, told(row)))


def sides(kind: type[Profile], values: Values) -> list[translations.Side]:
    return [(name, values[name].get("de", ""), values[name].get("en", "")) for name in TEXTS[kind]]


def lacking_english(row: Profile) -> list[str]:
    """The texts that are there in German only."""
    return translations.missing(sides(type(row), told(row)))


def check(kind: type[Profile], values: Values) -> None:
    """Raises DomainError: profile_incomplete, text_too_long, german_missing, website_invalid."""
    for name in NEEDED[kind]:
        value = values[name]
        if not (value.get("de") if name in TEXTS[kind] else value):
            raise DomainError("profile_incomplete", field=f"{name}_de" if name in TEXTS[kind] else name)
    for name, longest in TEXTS[kind].items():
        side = next((side for side, text in values[name].items() if len(text) > longest), None)
        if side:
            raise DomainError("text_too_long", field=f"{name}_{side}")
        if values[name].get("en") and not values[name].get("de"):
            raise DomainError("german_missing", field=f"{name}_de")
    if values["website"] and not WEBSITE.match(values["website"]):
        raise DomainError("website_invalid", field="website")


def take(row: Profile, values: Values, confirmed: Collection[str] = ()) -> list[str]:
    """Put `values` into `row`; the names of what changed. What they do not name stays as it is.

    `confirmed` are texts whose English still says the same as the German.
    """
    kind, before = type(row), told(row)
    outdated = translations.outdated(sides(kind, before), sides(kind, values), marked=row.outdated, confirmed=confirmed)
    changed = [name for name in before if name in values and before[name] != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    if outdated != list(row.outdated):
        row.outdated = outdated
        changed.append("outdated")
    return changed


def differing(ours: Values, theirs: Values) -> list[str]:
    """The fields that two people told differently."""
    return [name for name, value in theirs.items() if ours.get(name) != value]
