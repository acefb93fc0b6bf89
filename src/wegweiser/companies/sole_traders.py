"""Whether a firm's name is its owner's, and goes with them. Somebody says so, or name and people tell. Reads only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wegweiser.companies import queries
from wegweiser.companies.linkage.row import names, people, trades
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.models import Company, Person, Position

SOLE = "sole"  # the kind of form of an e. K.


@dataclass(frozen=True)
class Firm:
    """A firm with all its rows, the one that it is first, and everybody who was ever named there."""

    rows: Sequence[Company]
    people: Sequence[Person]

    @property
    def root(self) -> Company:
        return self.rows[0]

    @property
    def is_owned(self) -> bool | None:
        """Whether it is one owner's: as somebody said of a row, else by the form in its name. None: nobody knows."""
        said = [row.is_sole_trader for row in self.rows if row.is_sole_trader is not None]
        if said:
            return said[0] if self.root.is_sole_trader is not None else any(said)
        forms = {names.parse(row.name).form for row in self.rows} - {""}
        return None if not forms else forms == {SOLE}

    def bears(self, person: Person) -> bool:
        return any(is_named_after(row.name, person.name) for row in self.rows)

    def is_of(self, who: Collection[Person], *, has_their_contact: bool) -> bool | None:
        """Whether the name goes with `who`; None where it may be theirs and somebody has to say so.

        A name that fits others there just as well ("Tischlerei Abel" and two who are called Abel) tells nothing.
        """
        mine = [person for person in self.people if person in who]
        others = [person for person in self.people if person not in who]
        is_alone = bool(mine) and not others
        fits = any(map(self.bears, mine))
        is_theirs = fits and not any(map(self.bears, others))
        if self.is_owned:
            return True if has_their_contact or is_alone or is_theirs else None if fits else False
        if self.is_owned is not None:
            return False
        names_somebody = any(profile(-1, Known(name=row.name)).named for row in self.rows)
        if (is_theirs and is_alone) or (has_their_contact and not self.people and names_somebody):
            return True
        return None if fits else False


def is_named_after(firm: str, person: str) -> bool:
    """Whether a firm without the form of a company bears somebody's surname, and no other first name with it.

    >>> is_named_after("Tischlermeister Kurt Quappe", "Kurt Quappe"), is_named_after("Tischlerei Quappe", "Fr. Quappe")
    (True, True)
    >>> is_named_after("Tischlerei Kurt Quappe", "Anna Quappe"), is_named_after("Quappe GmbH", "Kurt Quappe")
    (False, False)
    """
    name = names.parse(firm)
    if name.form not in {"", SOLE} or name.is_family:
        return False
    words, named = {*name.words, *name.owner_words}, profile(-1, Known(name=firm)).named
    for one in people.people(person):
        parts = set(one[1].split("-"))
        if not one[1] or not parts <= words:
            continue
        alike = [people.same(one, other) for other in named if other[1] == one[1]]
        if trades.is_trade(one[1]) and people.Same.PERSON not in alike:
            continue  # Herr Müller and the mill
        if people.Same.OTHER not in alike or people.Same.PERSON in alike:
            return True
    return False


def firms(people: Iterable[Person], contact: Q) -> list[Firm]:
    """Where these people are or were, and the firms with their mail address or number (`contact`)."""
    there = Company.objects.filter(contact | Q(positions__person__in=list(people)), is_cover_name=False)
    roots = sorted({root or pk for pk, root in there.values_list("pk", "canonical_id")})
    found: dict[int, list[Company]] = {root: [] for root in roots}
    for row in Company.objects.filter(pk__in=queries.families(roots)).order_by("canonical_id", "pk"):
        found[row.canonical_id or row.pk].append(row)
    positions = Position.objects.filter(company__in=[row.pk for rows in found.values() for row in rows])
    at: dict[int, dict[int, Person]] = {root: {} for root in roots}
    for position in positions.select_related("person", "company").order_by("pk"):
        at[position.company.canonical_id or position.company_id].setdefault(position.person_id, position.person)
    return [
        Firm(sorted(rows, key=lambda row: row.canonical_id is not None), list(at[root].values()))
        for root, rows in found.items()
    ]


def of(people: QuerySet[Person] | Sequence[Person], contact: Q) -> list[int]:
    """The primary keys of all rows of the firms whose name goes with these people."""
    who = list(people)
    near = set(Company.objects.filter(contact).values_list("pk", flat=True)) if contact else set()
    return [
        row.pk
        for firm in firms(who, contact)
        if firm.is_of(who, has_their_contact=any(row.pk in near for row in firm.rows))
        for row in firm.rows
    ]


def asked(person: Person) -> list[Company]:
    """Firms that may be called after this person, where nobody has said whether they are."""
    return [firm.root for firm in firms([person], Q(pk=None)) if firm.is_of([person], has_their_contact=False) is None]


def namesake(company: Company) -> str:
    """Somebody of the firm whose name its own may be; empty where there is none."""
    rows = queries.same_firm(company)
    for person in queries.working_at(company).order_by("pk"):
        if any(is_named_after(row.name, person.name) for row in rows):
            return person.name
    return ""
