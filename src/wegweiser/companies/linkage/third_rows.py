"""What parts two rows and is settled by a third row of their firm. Pure.

A row is placed by one that it surely is the same as; the others of the firm are asked whether anything speaks against
it. Much that does is told in full by a third one: who sits in the branch, whose post somebody has taken, what the firm
is called besides.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from wegweiser.companies.linkage.likeness import Likeness
from wegweiser.companies.linkage.pair import fitting, remarked, sharing
from wegweiser.companies.linkage.row import people
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Profile
from wegweiser.companies.linkage.weighing.evidence import VETOES
from wegweiser.companies.linkage.weighing.verdicts import Verdict

_NAMES = frozenset({"same_name", "similar_name", "part_of_name"})
_ELSEWHERE = frozenset({"other_address", "other_phone"})
_LEADS = frozenset({"same_phone", "same_exchange", "same_mail", "same_domain", "same_address", "same_person"})


@dataclass(frozen=True)
class ThirdRows:
    """The rows of a firm, and how two rows are compared."""

    rows: Collection[Profile]
    compare: Callable[[Profile, Profile], Likeness]

    def is_said_more_fully(self, one: Profile, other: Profile) -> bool:
        """Whether a row of the firm tells all that one of the two tells, and surely is the other one as well.

        "Wäscherei Schön" and "Seetal Wäscherei, Hr. Abel" share nothing; "Seetal-Wäscherei GmbH, Frau Schön" is both,
        and who signs in from there tells nothing that she does not.
        """
        return any(
            self._is_surely_led_to(row, beside) and self._tells_all_of(row, side)
            for side, beside in ((one, other), (other, one))
            for row in self._beside(one, other)
        )

    def is_a_part_of_the_firm(self, one: Profile, other: Profile) -> bool:
        """Whether one of the two is a branch or a plant of a firm, as its row or a remark says, and the other surely
        is that firm: a branch is elsewhere, has a line and a number of its own, and is the firm all the same."""
        return any(
            (side.name.is_branch or side.aside.is_part)
            and "told_part" in self.compare(row, side).evidence
            and self._is_surely_led_to(row, beside)
            for side, beside in ((one, other), (other, one))
            for row in self._beside(one, other)
        )

    def is_where_another_row_is(self, one: Profile, other: Profile, evidence: Collection[str]) -> bool:
        """Whether a row of the firm is in the very place of one of the two, and surely is each of them: "Harzgeist
        GmbH", Rübeland, and "Harzgeist", Oberharz, are one where "Destillerie Harzgeist" in Rübeland is both."""
        if not _NAMES & set(evidence) or _ELSEWHERE & set(evidence):
            return False
        return any(
            any(_where(row) == _where(side) for side in (one, other)) and self._is_surely_both(row, one, other)
            for row in self._beside(one, other)
        )

    def names_both_places(self, one: Profile, other: Profile) -> bool:
        """Whether a row names a town and its part, and the two are in one of them each."""
        if not (one.place and other.place):
            return False
        return any(row.part and {one.place, other.place} <= {row.part, row.place} for row in self.rows)

    def names_both_people(self, one: Profile, other: Profile) -> bool:
        """Whether a row of the firm names both, and neither firm is called after one of them alone."""
        if any(side.named and not sharing.is_a_person(side, side) for side in (one, other)):
            return False
        return any(
            len(row.persons) > 1
            and all(
                any(people.same(mine, its) >= Same.LIKELY for mine in side.persons or side.named for its in row.persons)
                for side in (one, other)
            )
            for row in self.rows
        )

    def names_both_trades(self, one: Profile, other: Profile) -> bool:
        """Whether a row has all words of both, and surely is each of them: "Schlüsseldienst & Sicherheitstechnik
        Abel"."""
        words = {*one.name.words, *other.name.words}
        return any(
            all(any(fitting.covers(word, its) > 1 for its in row.name.words) for word in words)
            and self._is_surely_both(row, one, other)
            for row in self._beside(one, other)
        )

    def is_one_company(self, one: Profile, other: Profile) -> bool:
        """Whether two of a family surely work at one company with a register that the firm has a row of, and neither
        row is called after one of them alone."""
        if one.named or other.named:
            return False
        return any(
            row.name.form in LASTING and self._is_surely_both(row, one, other) for row in self._beside(one, other)
        )

    def knows_one_beside_the_other(self, one: Profile, other: Profile) -> bool:
        """Whether a row of the firm names who is at one of them, and surely is each of them by more than a name: then
        the two first names say nothing more. Two firms that each bear a first name are two."""
        if one.named and other.named:
            return False
        return any(
            _names_one_of(row, side) and all(self._is_surely_led_to(row, its) for its in (one, other))
            for side in (one, other)
            for row in self._beside(one, other)
        )

    def follows_somebody_of_it(self, one: Profile, other: Profile) -> bool:
        """Whether a remark on one says whose post somebody has taken at a company that the firm has a row of, and the
        other surely is that company: whoever left it may be named there still."""
        for side, beside in ((one, other), (other, one)):
            for row in self._beside(one, other):
                if row.name.form not in LASTING:
                    continue
                found = self.compare(side, row)
                is_there = found.verdict == Verdict.SURE
                is_there = is_there and remarked.follows_somebody_there(side, row, found.evidence)
                if is_there and self.compare(row, beside).verdict == Verdict.SURE:
                    return True
        return False

    def _beside(self, one: Profile, other: Profile) -> Iterable[Profile]:
        return (row for row in self.rows if row is not one and row is not other)

    def _is_surely_both(self, row: Profile, one: Profile, other: Profile) -> bool:
        return all(self.compare(row, side).verdict == Verdict.SURE for side in (one, other))

    def _is_surely_led_to(self, row: Profile, beside: Profile) -> bool:
        """Whether more than a name says that two rows are one firm."""
        found = self.compare(row, beside)
        return found.verdict == Verdict.SURE and not _LEADS.isdisjoint(found.evidence)

    def _tells_all_of(self, row: Profile, side: Profile) -> bool:
        """Whether `row` has the name, the house, the place and the people of `side`, as far as it has any. Who has a
        mailbox of their own at the firm is one of its people, unless it may be another one of the family."""
        found = self.compare(row, side)
        if found.verdict != Verdict.SURE or not (VETOES | _ELSEWHERE).isdisjoint(found.evidence):
            return False
        if side.name.form and side.name.form != row.name.form:
            return False
        if not all(any(fitting.covers(word, its) > 1 for its in row.name.words) for word in side.name.words):
            return False
        if (side.street and not row.street) or (side.known.postcode and not row.known.postcode):
            return False
        if side.place and not row.place:
            return False
        answers_there = not side.phones.isdisjoint(row.phones)
        is_of_the_house = not side.domains.isdisjoint(row.domains)
        if (side.domains and not is_of_the_house) or (side.phones and not (answers_there or is_of_the_house)):
            return False
        named = (*row.persons, *row.named)
        return all(
            any(_is_named_by(mine, its, answers_there=answers_there) for its in named)
            or (is_of_the_house and mine[1] not in row.surnames and _has_a_mailbox(mine, side))
            for mine in (*side.persons, *side.named)
        )


def _has_a_mailbox(person: people.Person, side: Profile) -> bool:
    """Whether a mail bears the last name of a person: `petzold@`."""
    last = person[1].replace("-", "")
    return len(last) > 2 and any(last in word for word in side.mail_words)


def _is_named_by(mine: people.Person, its: people.Person, *, answers_there: bool) -> bool:
    """Whether `its` is `mine` in full: who answers there as J. Abel may be Johannes, and Johannes is no J."""
    found = people.same(mine, its)
    return found == Same.PERSON or (answers_there and found >= Same.LIKELY and len(mine[0]) < 2)


def _names_one_of(row: Profile, one: Profile) -> bool:
    told = (*one.persons, *one.named)
    return any(people.same(mine, its) == Same.PERSON for mine in row.persons for its in told)  # J. may be each


def _where(one: Profile) -> tuple[str, str]:
    return one.known.postcode, one.place
