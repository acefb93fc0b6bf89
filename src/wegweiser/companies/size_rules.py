"""The size of an enterprise by Recommendation 2003/361/EC (Annex I GBER), with the enterprises it belongs to. Pure.

Linked enterprises (more than half of the votes, or control) count in full, partner enterprises (a quarter to a half)
with the share. A partner's linked enterprises count with the partner; a partner's partners do not. People who act
jointly link the enterprises that belong to them, where these are in one market or in adjacent ones (Art. 3(3)): that is
for a person to say, as a tie of its own kind.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

QUARTER, HALF, WHOLE = Decimal(25), Decimal(50), Decimal(100)
MILLION = Decimal(1_000_000)


class Class(IntEnum):
    MICRO, SMALL, MEDIUM, LARGE = 0, 1, 2, 3


# Annual work units have to be below, and turnover or balance sheet total at most.
LIMITS = {
    Class.MICRO: (Decimal(10), 2 * MILLION, 2 * MILLION),
    Class.SMALL: (Decimal(50), 10 * MILLION, 10 * MILLION),
    Class.MEDIUM: (Decimal(250), 50 * MILLION, 43 * MILLION),
}


class Kind(StrEnum):
    """Who holds a share."""

    ENTERPRISE = "enterprise"
    PERSON = "person"
    PUBLIC = "public"
    JOINT = "joint"  # the same people own both
    EXEMPT = "exempt"  # Art. 3(2): venture capital, universities, institutional investors, small municipalities


@dataclass(frozen=True)
class Figures:
    """Annual work units, turnover and balance sheet total in EUR of one closing date; None: not known.

    `at_least`: what is known of both, where some of those counted in have not told theirs.
    """

    headcount: Decimal
    turnover: Decimal | None = None
    balance: Decimal | None = None
    at_least: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    @property
    def known(self) -> tuple[Decimal, Decimal]:
        """Turnover and balance sheet total, as far as anybody told them."""
        return (
            self.at_least[0] if self.turnover is None else self.turnover,
            self.at_least[1] if self.balance is None else self.balance,
        )

    def plus(self, other: "Figures", percent: Decimal = WHOLE) -> "Figures":
        share = percent / WHOLE
        mine, theirs = self.known, other.known
        return Figures(
            self.headcount + other.headcount * share,
            _sum(self.turnover, other.turnover, share),
            _sum(self.balance, other.balance, share),
            (mine[0] + theirs[0] * share, mine[1] + theirs[1] * share),
        )


NOTHING = Figures(Decimal(0), Decimal(0), Decimal(0))


def _sum(one: Decimal | None, other: Decimal | None, share: Decimal) -> Decimal | None:
    """What is not known of a part is not known of the whole."""
    return None if one is None or other is None else one + other * share


def class_of(figures: Figures) -> Class:
    """By headcount and by the better of the two amounts; by headcount alone where neither is known.

    An amount that not all have told makes nothing smaller: it counts where what is known of it is too much already.

    >>> class_of(Figures(Decimal(49), Decimal("10000000"))).name, class_of(Figures(Decimal(50))).name
    ('SMALL', 'MEDIUM')
    """
    for size, (people, turnover, balance) in LIMITS.items():
        if figures.headcount >= people:
            continue
        amounts = [(figures.turnover, figures.known[0], turnover), (figures.balance, figures.known[1], balance)]
        known = [least <= limit for amount, least, limit in amounts if amount is not None or least > limit]
        if not known or any(known):
            return size
    return Class.LARGE


@dataclass(frozen=True)
class Tie:
    """`owner` holds `percent` of `owned` (the higher of capital and votes), or controls it."""

    owner: Hashable
    owned: Hashable
    percent: Decimal
    kind: Kind = Kind.ENTERPRISE
    controls: bool = False

    @property
    def links(self) -> bool:
        linking = self.kind in {Kind.ENTERPRISE, Kind.EXEMPT} and (self.percent > HALF or self.controls)
        return linking or self.kind == Kind.JOINT

    @property
    def makes_partners(self) -> bool:
        return self.kind == Kind.ENTERPRISE and not self.links and QUARTER <= self.percent <= HALF


@dataclass(frozen=True)
class Part:
    """An enterprise that is counted in, by how much of it, and through which it came in."""

    key: Hashable
    percent: Decimal
    through: Hashable
    figures: Figures | None


@dataclass(frozen=True)
class Result:
    """`parts` without the enterprise itself. `missing`: enterprises of which no figures are known."""

    size: Class
    total: Figures
    parts: tuple[Part, ...]
    public_share: Decimal
    missing: tuple[Hashable, ...]

    @property
    def is_public(self) -> bool:
        """A quarter or more is held by public bodies, or by what belongs to them: then it is no SME, whatever its size
        (Art. 3(4): "directly or indirectly controlled, jointly or individually")."""
        return self.public_share >= QUARTER


def linked_with(start: Hashable, ties: Iterable[Tie]) -> dict[Hashable, Hashable]:
    """Every enterprise linked with `start`, through others too, and through which; `start` itself first."""
    near: dict[Hashable, list[Hashable]] = {}
    for tie in ties:
        if tie.links:
            near.setdefault(tie.owner, []).append(tie.owned)
            near.setdefault(tie.owned, []).append(tie.owner)
    found: dict[Hashable, Hashable] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in near.get(here, ()):
            if there not in found:
                found[there] = here
                waiting.append(there)
    return found


def result(subject: Hashable, ties: Sequence[Tie], figures: Mapping[Any, Figures]) -> Result:
    """The size of `subject` with all that is counted in. Figures of `subject` have to be there."""
    own = linked_with(subject, ties)
    parts = [Part(key, WHOLE, through, figures.get(key)) for key, through in own.items() if key != subject]
    partners: dict[Hashable, tuple[Decimal, Hashable]] = {}
    for tie in ties:
        if not tie.makes_partners or (tie.owner in own) == (tie.owned in own):
            continue
        inside, outside = (tie.owner, tie.owned) if tie.owner in own else (tie.owned, tie.owner)
        if outside not in partners or tie.percent > partners[outside][0]:  # of cross-holdings the greater counts
            partners[outside] = (tie.percent, inside)
    counted: dict[Hashable, Part] = {}
    for partner, (percent, through) in partners.items():
        for key, by in linked_with(partner, ties).items():
            if key not in own and (key not in counted or counted[key].percent < percent):
                counted[key] = Part(key, percent, through if key == partner else by, figures.get(key))
    parts += counted.values()
    total = figures[subject]
    for part in parts:
        if part.figures is not None:
            total = total.plus(part.figures, part.percent)
    missing = tuple(part.key for part in parts if part.figures is None)
    return Result(class_of(total), total, tuple(parts), public_share(subject, ties), missing)


def public_share(subject: Hashable, ties: Sequence[Tie]) -> Decimal:
    """Percent of `subject` that public bodies hold, and enterprises of which they hold more than half together.

    Whoever controls it holds all of it. An exempt investor holds nothing here.
    """
    public = {tie.owner for tie in ties if tie.kind == Kind.PUBLIC}

    def held(key: Hashable) -> Decimal:
        theirs = [tie for tie in ties if tie.owned == key and tie.kind in {Kind.PUBLIC, Kind.ENTERPRISE}]
        shares = [WHOLE if tie.controls else tie.percent for tie in theirs if tie.owner in public]
        return min(sum(shares, Decimal(0)), WHOLE)

    while found := {tie.owner for tie in ties if tie.owner not in public and held(tie.owner) > HALF}:
        public |= found
    return held(subject)


def status(by_year: Mapping[int, Class]) -> Class | None:
    """The size after the two-year rule: it changes where two years in a row say so. One year alone is taken as it is.

    After a year that nobody told of, the greater class counts until two years in a row are known: what the missing one
    would have changed is not to anybody's favour, and telling it settles it.

    >>> status({2022: Class.SMALL, 2023: Class.MEDIUM, 2024: Class.SMALL}).name
    'SMALL'
    >>> status({2022: Class.SMALL, 2023: Class.MEDIUM, 2024: Class.LARGE}).name
    'MEDIUM'
    """
    now: Class | None = None
    for year in sorted(by_year):
        found, before = by_year[year], by_year.get(year - 1)
        if now is None:
            now = found
        elif before is None:
            now = max(now, found)
        elif before > now and found > now:
            now = min(before, found)
        elif before < now and found < now:
            now = max(before, found)
    return now


def missing_year(by_year: Mapping[int, Class]) -> int | None:
    """The last year nobody told of, between others, whose figures may make the size another one."""
    told = status(by_year)
    gaps = [year for year in range(max(by_year), min(by_year), -1) if year not in by_year] if by_year else []
    return next((year for year in gaps if any(status({**by_year, year: size}) != told for size in Class)), None)
