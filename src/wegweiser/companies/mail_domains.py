"""What the domain of a mail address says about the firm behind it: often nothing, sometimes that they belong there."""

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models import Q

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


def of_firm(company: Company) -> frozenset[str]:
    """The domains that are known as the firm's own: of its website, and those that somebody of us said are its own.

    An adviser lets in the firm's tax office and its IT service as well: their colleagues do not belong to the firm.
    """
    rows = queries.same_firm(company)
    pages = {of_website(row.website) for row in rows}
    inside = Access.objects.filter(company__in=rows, ended_at=None, evidence=Access.Evidence.OWN_DOMAIN)
    people = {of_mail(mail) for mail in inside.values_list("person__email", flat=True)}
    return frozenset((pages | people) - {""})


def proves(mail: str, company: Company) -> bool:
    """Whether this address alone says that its owner belongs to the firm, and to no other that we know."""
    domain = of_mail(mail)
    if not domain or domain not in of_firm(company):
        return False
    named = Q()
    for form in mail_addresses.domain_forms(domain):
        named |= Q(website__icontains=form)
    others = queries.listed().exclude(pk=company.canonical_id or company.pk).filter(named)
    return not any(of_website(other.website) == domain for other in others)
