"""Rows gathered into firms one after the other, as an import reads them. Pure.

A row joins a firm when it is surely the same as one of its rows and speaks against none of them. Who was told to be two
stays two, and of two firms that the house works with no row makes one: that is for a person to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wegweiser.companies.linkage.blocking import Index
from wegweiser.companies.linkage.likeness import STRANGERS, Likeness, compare
from wegweiser.companies.linkage.pair import phone_lines, sharing, streets, villages
from wegweiser.companies.linkage.row import names, people
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile, known_together, profile
from wegweiser.companies.linkage.third_rows import ThirdRows
from wegweiser.companies.linkage.weighing import odds
from wegweiser.companies.linkage.weighing.verdicts import SURE_FROM, VETOES, Verdict

CONTACTS = frozenset({"same_phone", "same_exchange", "same_mail", "same_domain"})
HERE = frozenset({"same_place", "same_postcode"})
OTHERS = frozenset({"other_phone", "other_trade"})
# What does not keep a row out of a firm that it surely belongs to, where all signs together say that the two are one.
# Father and son, or who was told to be two, are no such case: a row that may be either is no bridge between them.
SOFT = frozenset({"different_words", "different_place", "other_owner", "other_trade"})
LEADS_THERE = frozenset({"same_phone", "same_mail"})
ELSEWHERE = frozenset({"other_address", "other_phone"})
LEADS_TO_BOTH = CONTACTS | {"same_person", "told_moved", "told_renamed", "told_part"}
TRADES = frozenset({"different_words", "other_trade"})
NAMES = frozenset({"same_name", "similar_name", "part_of_name"})
MOST_REMEMBERED = 100_000  # pairs: some 30 MB
MOST_NAMES = 5  # of one firm that are compared
LINKS = frozenset({"same_phone", "same_exchange", "same_mail", "same_address", "same_person"})


@dataclass(frozen=True)
class Placed:
    """Where a row went: the firm it joined (None: a new one) and why, firms that turned out to be one with it, and rows
    of other firms that it may be."""

    root: int | None
    because: Likeness | None
    joined: tuple[tuple[int, Likeness], ...] = ()
    unsure: tuple[tuple[int, Likeness], ...] = ()


class Groups:
    """Firms as they are known by now."""

    def __init__(self) -> None:
        self.index = Index()
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, set[int]] = {}
        self._served: set[int] = set()
        self._asked: dict[tuple[int, int], tuple[frozenset[object], frozenset[object]]] = {}
        self._compared: dict[tuple[int, int], Likeness] = {}
        self._open: dict[int, list[int]] = {}  # rows that may be one with another: what comes later may tell

    def root(self, key: int) -> int:
        """The firm of a row; one that is not compared with others stands for itself."""
        return self._root.get(key, key)

    def members(self, key: int) -> list[int]:
        """The rows of the firm of a row."""
        return self._members.get(self.root(key), [key])

    def know(self, one: Profile, *, root: int | None = None) -> None:
        """A row that is there already, and the firm it is known to be."""
        self.index.add(one)
        root = one.key if root is None else root
        self._root[one.key] = root
        self._members.setdefault(root, []).append(one.key)

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Somebody said that these rows are two firms."""
        for one, other in pairs:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def serve(self, keys: Iterable[int]) -> None:
        """Rows that cases, accesses, steps or plans hang on: whoever is let in at a firm sees all that hangs on it."""
        self._served.update(keys)

    def place(self, one: Profile) -> Placed:
        """Find the firm of a new row and put it there."""
        hits = self.index.alike(one)
        root: int | None = None
        because: Likeness | None = None
        joined: list[tuple[int, Likeness]] = []
        unsure: dict[int, tuple[int, Likeness]] = {}
        self.know(one)
        may_be_each = self._may_be_each_of_two(one, hits)
        for key, likeness in hits:
            firm = self._root[key]
            mine = self._root[one.key]
            if firm == mine:
                continue
            is_sure = likeness.verdict == Verdict.SURE and not may_be_each and not self._are_both_served(mine, firm)
            if is_sure and self._fit(mine, firm, likeness):
                self._unite(firm, mine) if root is None else self._unite(mine, firm)
                if root is None:
                    root, because = firm, likeness
                else:
                    joined.append((firm, likeness))
            else:
                unsure.setdefault(firm, (key, likeness))
        grown = () if root is None else self._members[self._root[one.key]]
        waiting = [key for member in grown for key in self._open.get(member, ())]
        for key in dict.fromkeys([*(key for key, _ in unsure.values()), *waiting]):
            mine, theirs = self._root[one.key], self._root[key]
            stay_two = may_be_each or mine == theirs or self._are_both_served(mine, theirs)
            whole = None if stay_two else self._as_a_whole(mine, theirs)
            if whole is not None:
                self._unite(theirs, mine) if root is None else self._unite(mine, theirs)
                if root is None:
                    root, because = theirs, whole
                else:
                    joined.append((theirs, whole))
        here = self._root[one.key]
        rest = {self._root[key]: (key, found) for firm, (key, found) in reversed(unsure.items())}
        for key, _ in rest.values():
            if not may_be_each:
                self._open.setdefault(key, []).append(one.key)
                self._open.setdefault(one.key, []).append(key)
        open_pairs = [pair for firm, pair in rest.items() if firm != here and not self._are_apart(firm, here)]
        return Placed(root, because, tuple(joined), tuple(sorted(open_pairs, key=lambda pair: pair[0])))

    def _may_be_each_of_two(self, one: Profile, hits: list[tuple[int, Likeness]]) -> bool:
        """Whether a name alone makes a row surely each of two firms that are not one: father and son, say."""
        sure: dict[int, Likeness] = {}
        for key, likeness in hits:
            if likeness.verdict == Verdict.SURE:
                sure.setdefault(self._root[key], likeness)
        if len(sure) < 2:
            return False
        (best, because), *others = sure.items()
        if set(because.evidence) & (CONTACTS | {"same_address"}):
            return False
        if "same_person" in because.evidence and all(self._has_others(one, firm) for firm, _ in others):
            return False
        return any(not self._fit(best, other, likeness) for other, likeness in others)

    def _has_others(self, one: Profile, root: int) -> bool:
        """Whether a firm names people, and none of them has a name of those whom `one` names."""
        theirs = {person for key in self._members[root] for person in self.index.profiles[key].persons}
        return bool(theirs) and all(people.same(mine, its) == Same.NOBODY for mine in one.persons for its in theirs)

    def _fit(self, one: int, other: int, because: Likeness) -> bool:
        """Whether nothing speaks against any two of the rows being one firm."""
        if self._are_apart(one, other):
            return False
        mine = [self.index.profiles[key] for key in self._members[one]]
        return all(self.nothing_speaks_against(left, other, because) for left in mine)

    def nothing_speaks_against(self, one: Profile, root: int, because: Likeness) -> bool:
        """Whether `one` may be each entry of a firm, where `because` says that it is one of them.

        Two names for one trade ("Spedition", "Transporte") are no hindrance where a third row has the number of one
        and all stand at one address.
        """
        is_told = bool(LINKS & set(because.evidence))
        reached = bool(CONTACTS & set(because.evidence))
        repeats = "same_name" in because.evidence and bool(LEADS_THERE & set(because.evidence))
        members = [self.index.profiles[right] for right in self._members[root]]
        rows = [*members, *(self.index.profiles[key] for key in self._members.get(self.root(one.key), ()))]
        third = ThirdRows(rows, self._compare)
        has_moved = any(row.aside.moved for row in rows)
        compared = [(other, self._compare(one, other)) for other in members]
        known_as = {other.name.joined for other, likeness in compared if likeness.verdict == Verdict.SURE}
        for other, likeness in compared:
            if likeness.verdict == Verdict.SURE or third.is_a_part_of_the_firm(one, other):
                continue
            evidence = set(likeness.evidence)
            links = LINKS & set(because.evidence)
            if likeness is STRANGERS and (
                len(links | ({"same_domain"} & set(because.evidence))) > 1
                or (links & LEADS_THERE and _nothing_differs(one, other))
                or (because.weight > SURE_FROM and _nothing_differs(one, other) and not _is_elsewhere(one, other))
                or (third.names_both_people(one, other) and not phone_lines.other_line(one, other))
            ):
                continue  # known by another name there, and nothing says that it is another firm
            if not reached and evidence >= ELSEWHERE and not evidence & LEADS_TO_BOTH:
                return False  # two shops of one name: a row that may be either is no bridge
            is_led_on = reached or "same_person" in because.evidence
            if not is_led_on and "same_postcode" in evidence and villages.stay_two_villages(one, other, rows):
                return False  # nor is one that tells nothing but the code of two villages
            speaks_against = VETOES & evidence
            is_linked = len(evidence & LINKS) >= (1 if reached else 2) or (
                is_told and "shared_word" in evidence and bool(evidence & HERE) and not evidence & OTHERS
            )
            if is_linked or repeats or other.name.joined in known_as:  # the same words are there already
                speaks_against -= {"different_words"}
            if evidence & LEADS_THERE and speaks_against & TRADES and third.names_both_trades(one, other):
                speaks_against -= TRADES
            is_called_so = has_moved and bool(evidence & NAMES)
            if is_called_so or "told_moved" in evidence or "different_place" in because.evidence:  # it has moved
                speaks_against -= {"different_place"}
            if "different_place" in speaks_against and third.names_both_places(one, other):
                speaks_against -= {"different_place"}
            if "different_place" in speaks_against and third.is_where_another_row_is(one, other, evidence):
                speaks_against -= {"different_place"}
            is_staff = one.is_staff or other.is_staff
            if "other_first_name" in speaks_against and (is_staff or third.names_both_people(one, other)):
                speaks_against -= {"other_first_name"}
            if "other_first_name" in speaks_against and third.is_one_company(one, other):
                speaks_against -= {"other_first_name"}
            if "other_first_name" in speaks_against and third.knows_one_beside_the_other(one, other):
                speaks_against -= {"other_first_name"}
            if "told_apart" in speaks_against and third.follows_somebody_of_it(one, other):
                speaks_against -= {"told_apart"}
            is_nobody = not all(side.persons or side.named for side in (one, other))
            # "Abel sen.", and a row that names nobody, at the address of the firm.
            if is_told and is_nobody and "same_name" in because.evidence:
                speaks_against -= {"other_first_name"}
            if reached and any(row.name.form in LASTING for row in rows):  # others work there every year
                speaks_against -= {"other_owner"}
            soft = SOFT | {"other_first_name"} if evidence & CONTACTS and _is_a_company(one, other) else SOFT
            weight = likeness.weight
            if is_staff and "other_first_name" in evidence:  # who works there is none of two owners
                weight -= odds.WEIGHTS["other_first_name"]
            if "other_owner" in speaks_against and "different_words" in evidence:
                return False  # another name and other people on one line: who has taken over the inn
            if (
                speaks_against
                and not (weight > SURE_FROM and speaks_against <= soft)
                and not third.is_said_more_fully(one, other)
            ):
                return False
        return True

    def _as_a_whole(self, one: int, other: int) -> Likeness | None:
        """Why two firms are one by all that their rows tell together: one has the number, another who answers there."""
        if max(len(self._members[one]), len(self._members[other])) < 2:
            return None
        told = (self._told_by(one), self._told_by(other))
        if self._asked.get((one, other)) == told:
            return None  # whoever came since told nothing new
        self._asked[one, other] = told
        registered = [
            [row for key in self._members[firm] if (row := self.index.profiles[key]).name.form in LASTING]
            for firm in (one, other)
        ]
        if all(registered) and not any(
            self._compare(mine, its).verdict == Verdict.SURE for mine in registered[0] for its in registered[1]
        ):
            return None  # two companies of a register, each with people and numbers that the other may use
        left, right = (self._whole(firm) for firm in (one, other))
        found = [compare(mine, its) for mine in left for its in right]
        sure = [likeness for likeness in found if likeness.verdict == Verdict.SURE]
        best = max(sure, key=lambda likeness: likeness.weight, default=None)
        return best if best is not None and self._fit(one, other, best) else None

    def _told_by(self, root: int) -> frozenset[object]:
        """All that tells whether a firm is another one. Of mailboxes under a domain of their own only the domain: who
        has the very mailbox is found by it."""
        rows = [self.index.profiles[key] for key in self._members[root]]
        return frozenset(
            (
                row.name.joined,
                *row.phones,
                *(row.domains or row.emails),
                *row.persons,
                *row.named,
                row.known.street,
                row.known.postcode,
                row.place,
                row.known.vat_id,
                row.register,
                row.known.trade,
                row.known.remark,
            )
            for row in rows
        )

    def _whole(self, root: int) -> list[Profile]:
        """A firm under each of its names, each with all that is known of the firm."""
        rows = [self.index.profiles[key].known for key in self._members[root]]
        named = {names.parse(row.name).joined: row for row in reversed(rows)}
        return [profile(root, known_together(row, rows)) for row in list(named.values())[:MOST_NAMES]]

    def _compare(self, one: Profile, other: Profile) -> Likeness:
        """As `compare`; what two rows of the list were found to be is asked again by each row that joins their firm."""
        known = self.index.profiles
        if known.get(one.key) is not one or known.get(other.key) is not other:
            return compare(one, other)
        pair = (one.key, other.key)
        found = self._compared.get(pair)
        if found is None:
            if len(self._compared) >= MOST_REMEMBERED:
                self._compared.clear()
            found = self._compared[pair] = compare(one, other)
        return found

    def _are_apart(self, one: int, other: int) -> bool:
        members = set(self._members[other])
        return any(self._apart.get(key, set()) & members for key in self._members[one])

    def _are_both_served(self, one: int, other: int) -> bool:
        return not any(self._served.isdisjoint(self._members[root]) for root in (one, other))

    def _unite(self, kept: int, gone: int) -> None:
        for key in self._members.pop(gone):
            self._root[key] = kept
            self._members[kept].append(key)


def _nothing_differs(one: Profile, other: Profile) -> bool:
    """Whether neither another number nor other people tell two rows apart."""
    if phone_lines.other_line(one, other):
        return False
    if one.aside.continues or other.aside.continues:
        return True  # the next of the family
    known = [people.same(mine, its) for mine in one.persons for its in other.persons]
    return not known or max(known) > Same.OTHER


def _is_elsewhere(one: Profile, other: Profile) -> bool:
    """Whether the two have different streets or towns."""
    return streets.addresses(one, other)[0] is False or sharing.places(one, other)[0] is False


def _is_a_company(one: Profile, other: Profile) -> bool:
    """Whether one is a company with a register, where several of a family work."""
    return not LASTING.isdisjoint((one.name.form, other.name.form))
