"""What the domain of a mail address says about the firm behind it: often nothing, sometimes that they belong there."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models import Q
from django.db.models.functions import Coalesce

from wegweiser.companies import queries
from wegweiser.companies.models import Access, Company
from wegweiser.kernel import mail_addresses

FILE = Path(__file__).resolve().parent / "mail_domains.toml"


@cache
def everybodys() -> frozenset[str]:
    """Domains that belong to no firm: of free mailboxes, and of pages that many share."""
    lists = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return frozenset(lists["free"]) | frozenset(lists["shared"])


def of_mail(mail: str) -> str:
    """The domain of an address, if it can belong to one firm; else nothing.

    >>> of_mail("Jana@Muster-Bau.de"), of_mail("jana@gmx.de")
    ('muster-bau.de', '')
    """
    return _own(mail.strip().rpartition("@")[2])


def of_website(address: str) -> str:
    """The domain of a page, likewise, without its `www.`.

    >>> of_website("https://www.Muster-Bau.de/kontakt"), of_website("https://muster.jimdofree.com")
    ('muster-bau.de', '')
    """
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return _own(host.removeprefix("www."))


def _own(domain: str) -> str:
    domain = mail_addresses.domain_key(domain.rstrip("."))
    parts = domain.split(".")
    above = {".".join(parts[start:]) for start in range(len(parts))}
    return "" if len(parts) < 2 or above & everybodys() else domain


def of_firms(firms: Iterable[Company]) -> dict[int, frozenset[str]]:
    """The domains that are known as each firm's own, by its key: of its website, and those that somebody of us said are
    its own; two queries.

    An adviser lets in the firm's tax office and its IT service as well: their colleagues do not belong to the firm.
    """
    roots = {firm.canonical_id or firm.pk for firm in firms}
    rows = Company.objects.filter(Q(pk__in=roots) | Q(canonical__in=roots)).order_by()
    pages = rows.annotate(root=Coalesce("canonical_id", "pk")).values_list("root", "website")
    said = Access.objects.filter(company__in=rows, ended_at=None, evidence=Access.Evidence.OWN_DOMAIN).order_by()
    root = Coalesce("company__canonical_id", "company_id")
    found: dict[int, set[str]] = {pk: set() for pk in roots}
    for pk, website in pages:
        found[pk].add(of_website(website))
    for pk, mail in said.annotate(root=root).values_list("root", "person__email"):
        found[pk].add(of_mail(mail))
    return {pk: frozenset(domains - {""}) for pk, domains in found.items()}


def proving(mail: str, firms: Iterable[Company]) -> set[int]:
    """The keys of those of `firms` to which this address alone says that its owner belongs, and to no other that we
    know; three queries."""
    domain, firms = of_mail(mail), list(firms)
    if not domain or not firms:
        return set()
    claimed = {pk for pk, domains in of_firms(firms).items() if domain in domains}
    if not claimed:
        return set()
    named = Q()
    for form in mail_addresses.domain_forms(domain):
        named |= Q(website__icontains=form)
    there = {row.pk for row in queries.listed().filter(named) if of_website(row.website) == domain}
    return {pk for pk in claimed if not there - {pk}}


def proves(mail: str, company: Company) -> bool:
    """Whether this address alone says that its owner belongs to the firm, and to no other that we know."""
    return bool(proving(mail, [company]))
