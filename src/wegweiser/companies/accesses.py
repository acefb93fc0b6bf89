"""Reads of who may enter the workspace of a firm, and who asks to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from wegweiser.companies import alike, mail_domains, phones, queries
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Access, AccessRequest, Company, Person, Position, Right
from wegweiser.consortium.models import Dated
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.sorting import sort_key

MOST_AT_ONE = 50  # people with one mail address that are looked at
LIKE_IT = 5  # firms whose name holds every word that was typed


def standing() -> QuerySet[Access]:
    """Accesses that open something: not ended, of nobody and no firm that is kept for a proof only.

    Whoever does not work for the firm any more, or never did because it was separated from another one, stays outside.
    """
    rows = Access.objects.filter(ended_at=None, person__restricted_at=None, company__restricted_at=None)
    rows = rows.exclude(company__canonical__restricted_at__isnull=False)
    rows = rows.annotate(root=Coalesce("company__canonical_id", "company_id"))
    working = Position.objects.filter(Dated.on(clock.today()), person=OuterRef("person"))
    working = working.annotate(at=Coalesce("company__canonical_id", "company_id")).filter(at=OuterRef("root"))
    return rows.filter(Exists(working)).select_related("person", "company__canonical")


def access(uuid: UUID) -> Access | None:
    """The access that stands behind `uuid`."""
    return standing().filter(uuid=uuid).first()


def by_mail(mail: str) -> list[Access]:
    """Every access that the owner of this mail address has, the oldest first."""
    return list(standing().filter(mail_addresses.same("person__email", mail)).order_by("id")) if mail.strip() else []


def told_of(mail: str) -> dict[str, str]:
    """What the record of whoever owns this address knows of them, by the fields of an `AccessRequest`: name, phone,
    firm, postcode, place. Only for who has proven that it is theirs.

    Of several people with one address no name or number is told, of several firms none, and no cover name.
    """
    people = list(
        Person.objects.filter(mail_addresses.same("email", mail), restricted_at=None).order_by("id")[:MOST_AT_ONE]
    )
    known = {"name": people[0].name, "phone": phones.shown(people[0].phone)} if len(people) == 1 else {}
    there = Position.objects.filter(Dated.on(clock.today()), person__in=people).select_related("company__canonical")
    firms = {root.pk: root for row in there for root in [queries.root_of(row.company)]}
    if len(firms) == 1:
        (firm,) = firms.values()
        if name := queries.told_name(firm):
            known |= {"firm": name, "postcode": firm.postcode, "place": firm.place}
    return {field: text for field, text in known.items() if text}


def of_firm(company: Company) -> QuerySet[Access]:
    """Who may enter the firm's workspace, by name."""
    return standing().filter(company__in=queries.same_firm(company)).order_by("person__sort_key", "id")


def may_see_all(company: Company) -> QuerySet[Person]:
    """Who of the firm may see what concerns all of it, logged in or by a link that was sent to them.

    Whoever works there, unless the only accesses they had were ended or reach less far. Who never had one was told by
    the centre.
    """
    given = Access.objects.filter(company__in=queries.same_firm(company))
    wide = given.filter(ended_at=None, right__in=[Right.ALL, Right.PERSONS])
    shut = given.exclude(person__in=wide.values("person"))
    return queries.working_at(company).exclude(pk__in=shut.values("person"))


def people_of(company: Company) -> QuerySet[Any]:
    """Who works at the firm; `sees_all` marks who may see all of it."""
    seeing = may_see_all(company).filter(pk=OuterRef("pk"))
    return queries.working_at(company).annotate(sees_all=Exists(seeing))


def is_managed(company: Company) -> bool:
    """Whether somebody of the firm decides who else may enter."""
    return of_firm(company).filter(right=Right.PERSONS).exists()


def waiting() -> QuerySet[AccessRequest]:
    """Requests that somebody has to decide on, the oldest first."""
    return AccessRequest.objects.filter(state=AccessRequest.State.ASKED).order_by("asked_at", "id")


def asking(company: Company) -> list[AccessRequest]:
    """The requests that mean `company` without doubt, the oldest first.

    Most mean another firm, and there may be thousands: that is told from what is known of this one alone, first by what
    they share with it at all, without asking for each of them.
    """
    rows = list(waiting())
    told = alike.profiles_of(company) if rows else []
    rows = list(compress(rows, alike.share_anything(map(_known, rows), told)))
    near = compress(rows, alike.may_mean(map(_known, rows), told)) if rows else ()
    return [row for row in near if (found := certain(row)) is not None and found.pk == company.pk]


@dataclass(frozen=True)
class Candidate:
    """A firm that somebody may mean, with the codes of what speaks for it and that they belong there."""

    company: Company
    evidence: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return "same_name" in self.evidence and "different_place" not in self.evidence


def candidates(asked: AccessRequest) -> list[Candidate]:
    """The firms that may be meant, the best first, with what speaks for the person too."""
    found = {likely.company.pk: likely for likely in alike.likely(_known(asked))}
    firms = {pk: likely.company for pk, likely in found.items()}
    known = Person.objects.filter(mail_addresses.same("email", asked.email), restricted_at=None)
    for firm in Company.objects.filter(positions__person__in=known, positions__valid_to=None).select_related(
        "canonical"
    ):
        root = queries.root_of(firm)
        if root.restricted_at is None:
            firms.setdefault(root.pk, root)
    for firm in queries.search(asked.firm, limit=LIKE_IT).companies:
        firms.setdefault(firm.pk, firm)
    theirs = _of_person(asked, list(firms.values()))
    rows = [Candidate(firm, (*(found[pk].evidence if pk in found else ()), *theirs[pk])) for pk, firm in firms.items()]
    return sorted(rows, key=lambda row: (not row.is_likely, -len(row.evidence)))


def without_mail(firms: Iterable[Company], names: Iterable[str]) -> dict[int, list[Person]]:
    """Who of these names works at one of `firms` today and left no mail address, by the key of the firm; one query.

    Who asks for an access may be one of them: whoever knows both says so.
    """
    keys = {sort_key(name) for name in names if name.strip()}
    roots = {firm.canonical_id or firm.pk for firm in firms}
    if not keys or not roots:
        return {}
    works = Position.objects.filter(Dated.on(clock.today()), person__sort_key__in=keys, person__email="")
    works = works.filter(person__restricted_at=None).annotate(at=Coalesce("company__canonical_id", "company_id"))
    found: dict[int, list[Person]] = {}
    for position in works.filter(at__in=roots).select_related("person").order_by("person_id", "id"):
        people = found.setdefault(position.at, [])  # type: ignore[attr-defined]
        if position.person not in people:
            people.append(position.person)
    return found


def certain(asked: AccessRequest) -> Company | None:
    """The one firm that is meant without doubt."""
    return alike.certain(_known(asked))


def _known(asked: AccessRequest) -> Known:
    return Known(
        name=asked.firm,
        postcode=asked.postcode,
        place=asked.place,
        phones=tuple(filter(None, [asked.phone])),
        emails=(asked.email,),
    )


def _of_person(asked: AccessRequest, firms: Sequence[Company]) -> dict[int, list[str]]:
    """What speaks for the person at each firm, by its key; as many queries for one firm as for ten."""
    roots = [firm.pk for firm in firms]
    at = Coalesce("company__canonical_id", "company_id")
    there = Position.objects.filter(person__restricted_at=None).order_by().annotate(at=at).filter(at__in=roots)
    known = there.filter(mail_addresses.same("person__email", asked.email))
    told = list(known.values_list("at", "valid_to"))
    works = {firm for firm, ended in told if ended is None}
    called = there.filter(person__phone=asked.phone, valid_to=None) if asked.phone else there.none()
    managing = standing().filter(Q(company__in=roots) | Q(company__canonical__in=roots), right=Right.PERSONS)
    codes = {
        "mail_domain": mail_domains.proving(asked.email, firms),
        "person_known": works,
        "person_left": {firm for firm, _ended in told} - works,
        "person_phone": set(called.values_list("at", flat=True)),
        "managed": {row.company.canonical_id or row.company_id for row in managing},
    }
    return {pk: [code for code, holding in codes.items() if pk in holding] for pk in roots}
