"""Which known firms a new one may be: by the rule that imports go by, among those that share something with it.

Reads only. The number of queries does not depend on how many firms are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet, Value
from rapidfuzz import fuzz, process

from wegweiser.companies import entries, keys, queries, told_apart
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import Likeness, compare
from wegweiser.companies.linkage.row import names, trades, vocabulary, whereabouts
from wegweiser.companies.linkage.row.profiles import Known, Profile, profile
from wegweiser.companies.linkage.row.written_addresses import address_key, town
from wegweiser.companies.linkage.weighing.verdicts import VETOES, Verdict
from wegweiser.companies.models import NAME_KEY, Company, Position
from wegweiser.consortium import directory
from wegweiser.kernel import mail_addresses

MOST_ASKED = 400  # keys in one statement
MOST_READ = 3_000  # rows of one town with a word in common
MOST_COMPARED = 60  # rows by each way that leads to a firm; what more have in common tells nothing any more
NEW = -1
# What is worth showing to somebody who chooses a firm, even where it does not make two firms one.
_TELLING = frozenset({"same_phone", "same_mail", "same_domain", "same_vat_id", "same_register"})
_THERE = frozenset({"same_address", "same_postcode", "same_place", "same_person"})


@dataclass(frozen=True)
class Likely:
    """A firm that may be the same, what speaks for it and against it as codes, and how sure that is.

    Verdict.NO: it shares something worth showing to who chooses a firm, and is not worth asking about.
    """

    company: Company
    evidence: tuple[str, ...]
    verdict: Verdict
    weight: float

    @property
    def asks(self) -> bool:
        """Whether somebody has to say if they are one."""
        return self.verdict > Verdict.NO


def likely(new: Known, *, besides: Company | None = None, restricted: bool = False, limit: int = 5) -> list[Likely]:
    """The known firms that `new` may be, the best first.

    With `restricted` also those that are kept for a proof only: nobody is shown them, but one may come back.
    """
    return _Found(new, besides=besides, restricted=restricted).hits()[:limit]


def likely_of(company: Company, *, asked_from: Mapping[str, str] | None = None, limit: int = 5) -> list[Likely]:
    """The other firms that `company` may be the same as; those that somebody told to be two are left out.

    `asked_from` is of who asked, where the firm itself has none, as `with_contact` takes it.
    """
    told = entries.known([company], Q(company=company))[company.pk]
    return likely(with_contact(told, **(asked_from or {})), besides=company, limit=limit)


def certain(new: Known, *, restricted: bool = False, by_name: bool = True, is_unseen: bool = False) -> Company | None:
    """The one known firm that `new` is without doubt; None where it may be several, or none.

    Beside the rule of imports a name alone will do, where only one firm has it, it tells more than a trade and a
    common family name or comes with a legal form, and nothing that is known of both differs. Not so without `by_name`:
    where nobody sees which firm was found, a namesake in another town would be taken for it. `is_unseen`: nobody does,
    and the name is mostly all there is; then it has to tell more than a trade and a common family name.
    """
    if not new.name.strip():
        return None
    return _Found(new, restricted=restricted).certain(by_name=by_name, is_unseen=is_unseen)


def near(ones: Iterable[Profile]) -> set[int]:
    """Primary keys of the entries of all firms that share something with one of `ones`: two statements for each."""
    roots = {root for one in ones for root in _roots(one, restricted=False)[0]}
    found: set[int] = set()
    for start in range(0, len(roots), MOST_ASKED):
        chunk = sorted(roots)[start : start + MOST_ASKED]
        rows = Company.objects.filter(Q(pk__in=chunk) | Q(canonical__in=chunk))
        found.update(rows.order_by().values_list("pk", flat=True))
    return found


def profiles_of(company: Company) -> list[Profile]:
    """All entries of the firm, to hold several others against them."""
    rows = list(queries.same_firm(company))
    told = entries.known(rows, Q(company__in=rows))
    return [profile(pk, known) for pk, known in told.items()]


def may_mean(asked: Iterable[Known], profiles: Sequence[Profile]) -> list[bool]:
    """Of each whether `certain` may find the firm with these `profiles`: only where it is sure, or of that name."""
    gazetteer = cache(directory.gazetteer)
    ones = [profile(NEW, whereabouts.located(new, gazetteer)) for new in asked]
    return [_may_be_certain(one, profiles) for one in ones]


def share_anything(asked: Iterable[Known], profiles: Sequence[Profile]) -> list[bool]:
    """Of each whether it shares with the firm of these `profiles` what leads from one to the other (`_anywhere`,
    `_nearby`); what does not, `may_mean` need not compare. It costs no query, and a thousand take no time."""
    called = [keys.name_key(one.known.name) for one in profiles]
    phones = {phone for one in profiles for phone in one.known.phones}
    mails = {mail_addresses.key(mail) for one in profiles for mail in one.known.emails}
    domains = {domain for one in profiles for domain in one.domains}

    def shares(new: Known) -> bool:
        if phones.intersection(new.phones) or mails.intersection(map(mail_addresses.key, new.emails)):
            return True
        if any(mail_addresses.domain_key(mail.rpartition("@")[2]) in domains for mail in new.emails):
            return True
        words = [word[:4] for word in keys.name_key(new.name).split() if len(word) > 2]
        return any(word in name for word in words for name in called) or keys.name_key(new.name) in called

    return [shares(new) for new in asked]


def _may_be_certain(one: Profile, profiles: Iterable[Profile]) -> bool:
    likenesses = (compare(one, other) for other in profiles)
    return any(found.verdict == Verdict.SURE or "same_name" in found.evidence for found in likenesses)


class _Found:
    """What `new` shares with others, compared once."""

    def __init__(self, new: Known, *, besides: Company | None = None, restricted: bool = False) -> None:
        self.one = profile(NEW, whereabouts.located(new, directory.gazetteer))
        rows, self._by_people = _rows(self.one, restricted=restricted)
        mine = besides.canonical_id or besides.pk if besides is not None else None
        self.apart: set[int] = _told_to_be_two(rows, mine) if mine is not None else set()
        self.rows = {row.pk: row for row in rows if row.root != mine and row.root not in self.apart}  # type: ignore[attr-defined]
        known = entries.known(self.rows.values(), Q(company__in=list(self.rows))) if self.rows else {}
        self.groups = grouping.Groups()
        self._best: dict[int, Likeness] = {}
        for pk in sorted(known):
            root = self.rows[pk].root  # type: ignore[attr-defined]
            other = profile(pk, known[pk])
            self.groups.know(other, root=root)
            likeness = compare(self.one, other)
            best = self._best.get(root)
            if best is None or (likeness.verdict, likeness.weight) > (best.verdict, best.weight):
                self._best[root] = likeness

    def hits(self) -> list[Likely]:
        sure = self._sure()
        found = []
        for root, likeness in self._best.items():
            if root in self._by_people and root != sure and not self._is_called_alike(root):
                continue
            if root == sure or likeness.verdict or _is_worth_showing(likeness):
                verdict = Verdict.SURE if root == sure else min(likeness.verdict, Verdict.UNSURE)
                found.append((verdict, likeness.weight, -root, likeness))
        companies = Company.objects.in_bulk([-negative for _, _, negative, _ in found]) if found else {}
        return [
            Likely(companies[-negative], likeness.evidence, Verdict(verdict), weight)
            for verdict, weight, negative, likeness in sorted(found, key=lambda hit: hit[:3], reverse=True)
        ]

    def _is_called_alike(self, root: int) -> bool:
        """Whether the names alone may be of one firm: one person with one number may have two."""
        asked = profile(NEW, Known(name=self.one.known.name))
        theirs = (profile(pk, Known(name=row.name)) for pk, row in self.rows.items() if row.root == root)  # type: ignore[attr-defined]
        return any(compare(asked, there).verdict > Verdict.NO for there in theirs)

    def certain(self, *, by_name: bool = True, is_unseen: bool = False) -> Company | None:
        root = self._sure() or self._only_one_of_that_name(is_unseen=is_unseen)
        if root is not None and not by_name and not _TELLING & set(self._best[root].evidence):
            return None
        return Company.objects.get(pk=root) if root is not None else None

    def _sure(self) -> int | None:
        """The firm that the rule of imports finds; none where two firms are surely `new`, because then one is wrong."""
        sure = [root for root, likeness in self._best.items() if likeness.verdict == Verdict.SURE]
        fitting = [root for root in sure if self.groups.nothing_speaks_against(self.one, root, self._best[root])]
        return fitting[0] if len(fitting) == 1 else None

    def _only_one_of_that_name(self, *, is_unseen: bool) -> int | None:
        named = [root for root, likeness in self._best.items() if "same_name" in likeness.evidence]
        fitting = [root for root in named if not _contradicts(self._best[root])]
        if len(named) > 1:
            fitting = [root for root in fitting if self._best[root].evidence != ("same_name",)]
        if len(fitting) != 1:
            return None
        tells = any(not trades.is_trade(word) and word not in vocabulary.SURNAMES for word in self.one.name.words)
        if is_unseen:
            return fitting[0] if tells or (_TELLING | _THERE) & set(self._best[fitting[0]].evidence) else None
        registered = self.one.name.form and self.one.name.form == names.parse(self.rows[fitting[0]].name).form
        return fitting[0] if tells or registered or len(self._best[fitting[0]].evidence) > 1 else None


def _contradicts(likeness: Likeness) -> bool:
    return bool((VETOES | {"other_phone", "other_address"}) & set(likeness.evidence))


def _is_worth_showing(likeness: Likeness) -> bool:
    told = set(likeness.evidence)
    return bool(told & _TELLING) or ("same_name" in told and "different_place" not in told)


def _told_to_be_two(rows: Iterable[Company], mine: int) -> set[int]:
    """The firms that somebody said are another firm than `mine`, by the rows it was said of."""
    roots = {row.pk: row.root for row in rows}  # type: ignore[attr-defined]
    return {roots[pk] for pair in told_apart.pairs(mine) for pk in pair if pk in roots and roots[pk] != mine}


def _roots(one: Profile, *, restricted: bool) -> tuple[set[int], set[int]]:
    """The firms that share something with `one`; and which of them share nothing but somebody's own number or mail."""
    firms = _firms(restricted=restricted)
    columns = ("pk", "canonical_id")
    reached = firms.filter(_anywhere(one)).values_list(*columns, Value(0))
    if (there := _where_somebody_is_reached(one)) is not None:  # two in one statement: each has its index
        reached = reached.union(firms.filter(pk__in=there).values_list(*columns, Value(1)))
    found = [(root or pk, by_people) for pk, root, by_people in reached[:MOST_COMPARED]]
    roots = {root for root, by_people in found if not by_people}
    near = _nearby(one)
    if near is not None:
        near_ones = firms.filter(near).values_list("pk", "canonical_id", "name_key", "address_key")[:MOST_READ]
        roots |= {root or pk for pk, root in _most_alike(one, list(near_ones))}
    by_people = {root for root, _ in found} - roots
    return roots | by_people, by_people


def _rows(one: Profile, *, restricted: bool) -> tuple[list[Company], set[int]]:
    """Entries of the firms that share something with `one`, each firm with all of its entries; and which firms share
    nothing but somebody's own number or mail."""
    firms = _firms(restricted=restricted)
    roots, by_people = _roots(one, restricted=restricted)
    rows = [*firms.filter(pk__in=roots), *firms.filter(canonical__in=roots)] if roots else []  # two: each has its index
    for row in rows:
        row.root = row.canonical_id or row.pk  # type: ignore[attr-defined]
    return rows, by_people


def _most_alike(one: Profile, rows: Sequence[tuple[int, int | None, str, str]]) -> list[tuple[int, int | None]]:
    """In a large town a word is shared by many: those at the address, and the names that have most in common."""
    if len(rows) <= MOST_COMPARED:
        return [(pk, root) for pk, root, *_ in rows]
    key, here = keys.name_key(one.known.name), address_key(one.known.street)
    best = process.extract(key, [name for _, _, name, _ in rows], scorer=fuzz.token_set_ratio, limit=MOST_COMPARED)
    kept = {place for _, _, place in best} | {place for place, row in enumerate(rows) if here and row[3] == here}
    return [rows[place][:2] for place in kept]


def _firms(*, restricted: bool) -> QuerySet[Company]:
    rows = Company.objects.filter(is_cover_name=False).order_by()
    return rows if restricted else rows.filter(restricted_at=None)


def _anywhere(one: Profile) -> Q:
    """What leads to a firm wherever it is. Each condition has an index."""
    known = one.known
    found = Q(name_key=keys.name_key(known.name)[:NAME_KEY])
    if known.phones:
        found |= Q(phone__in=known.phones)
    if one.domains:
        domains = [form for domain in one.domains for form in mail_addresses.domain_forms(domain)]
        found |= Q(mail_domain__in=domains) | Q(web_domain__in=domains)
    for address in one.emails:
        domain = address.rpartition("@")[2]
        if mail_addresses.domain_key(domain) not in one.domains:  # of a provider whom thousands share
            shared = Q(mail_domain__in=mail_addresses.domain_forms(domain))
            found |= shared & mail_addresses.same("email", address)
    if known.vat_id:
        found |= Q(vat_id=known.vat_id)
    if known.register:
        found |= Q(register_entry=known.register)
    return found


def _where_somebody_is_reached(one: Profile) -> QuerySet[Position, Any] | None:
    """The firms where somebody has one of its numbers or mails; None where it tells none."""
    reached = Q(person__phone__in=one.known.phones) if one.known.phones else Q()
    if forms := [form for address in one.emails for form in mail_addresses.forms(address)]:
        reached |= Q(person__email__in=forms)
    if not reached:
        return None
    there = Position.objects.filter(reached, valid_to=None, person__restricted_at=None).order_by()
    return there.values("company")


def _nearby(one: Profile) -> Q | None:
    """At one address, or with a word of the name in one town: read in the indexes that hold town and name."""
    here, there = town(one.known.place or one.known.town)[:60], one.known.postcode
    if not here and not there:
        return None
    words = [word for word in keys.name_key(one.known.name).split() if len(word) > 2 and not trades.is_trade(word)]
    alike = Q()
    for word in dict.fromkeys((*words, *one.surnames)):
        alike |= Q(name_key__contains=word[:4])
    if address := address_key(one.known.street):
        alike |= Q(address_key=address)
    if not alike:
        return None
    wheres = Q()
    if here:
        wheres |= Q(town_key=here) & alike
    if one.part:
        wheres |= Q(town_key=town(one.part)[:60]) & alike
    if there:
        wheres |= Q(postcode=there) & alike
    elif one.known.codes:
        wheres |= Q(postcode__in=one.known.codes, town_key="") & alike
    return wheres


def with_contact(
    known: Known, *, phone: str = "", email: str = "", street: str = "", postcode: str = "", place: str = ""
) -> Known:
    """`known` in its blanks filled by who asked: it helps to tell firms of one name apart. An address is one thing."""
    if not (known.street or known.postcode or known.place):
        known = replace(known, street=street, postcode=postcode, place=place)
    return replace(
        known,
        phones=known.phones or ((phone,) if phone else ()),
        emails=known.emails or ((email,) if email else ()),
    )
