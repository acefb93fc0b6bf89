"""A firm that does not say who it is: sector, size and district under a cover name, until it says so itself.

It is a company like any other to whatever counts. Once it is known, the cover is merged into the firm that it is, so
that all its contacts follow and it is never counted twice.
"""

import secrets
from collections.abc import Mapping

from django.db import transaction

from wegweiser.companies import cover_names as words
from wegweiser.companies.actions import companies, facts, merges
from wegweiser.companies.models import Company, Fact, Merge
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

KNOWN = (Fact.Kind.SECTOR, Fact.Kind.SIZE, Fact.Kind.DISTRICT)


def found(*, known: Mapping[str, str], by: Actor) -> Company:
    """A firm under a fresh cover name, with what it says of itself: kinds of `KNOWN`, empty where it says nothing."""
    if set(known) - set(KNOWN):
        raise DomainError("fact_unknown")
    with transaction.atomic():
        name = words.PREFIX + "".join(secrets.choice(words.ALPHABET) for _ in range(words.LENGTH))
        company = companies.find_or_create(name=name, is_cover_name=True, by=by)
        for kind, value in known.items():
            if value:
                facts.declare(company=company, kind=kind, value=value, valid_from=clock.today(), by=by)
    return company


def reveal(
    *, company: Company, survivor: Company | None = None, name: str = "", postcode: str = "", place: str = "", by: Actor
) -> Merge:
    """The firm behind a cover name said who it is: the known `survivor`, or a new one of that `name`.

    Everything that hung on the cover follows. Raises DomainError: not_covered, name_missing.
    """
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        if not words.is_covered(company):
            raise DomainError("not_covered", "It has a name, or somebody was faster.")
        if survivor is None:
            survivor = companies.find_or_create(name=name, postcode=postcode, place=place, is_another=True, by=by)
        return merges.merge(loser=company, survivor=survivor, evidence=["revealed"], by=by)
