"""The domains of a firm's mails and pages, in the spellings by which two rows know each other. Pure."""

import re
from collections.abc import Iterable

from wegweiser.companies import keys
from wegweiser.companies.linkage.row import vocabulary

_BESIDE_THE_PAGE = re.compile(
    r"(?:w{2,5}|shop|mail|web|m)\.(?=[^.]+\.[^.]+)"
)  # of the same domain; shop.example is one


def domain_of(website: str) -> str:
    """The domain of a page as the network has it, without what it asks for.

    >>> domain_of("https://www.abel.example?lang=de"), domain_of("https://facebook.com/abel")
    ('abel.example', '')
    """
    return keys.own_domain(_host(website).removeprefix("www."))


def domains(addresses: Iterable[str]) -> frozenset[str]:
    """Of mails and pages: without what is put before a domain for the shop or the mail, with umlauts and hyphens as in
    words, and with them as they are.

    >>> sorted(domains(["https://shop.abel-guss.example", "info@kühn.example"]))
    ['abel-guss.example', 'abelguss.example', 'kuehn.example', 'xn--khn-hoa.example']
    """
    found = set()
    for address in addresses:
        host = address.casefold().rpartition("@")[2] if "@" in address else _host(address)
        bare = _BESIDE_THE_PAGE.sub("", host, count=1) if _BESIDE_THE_PAGE.match(host) else host
        found |= {keys.own_domain(bare), keys.own_domain(bare.translate(vocabulary.UMLAUTS))}
    return frozenset({*found, *(domain.replace("-", "") for domain in found if not domain.startswith("xn--"))} - {""})


def _host(page: str) -> str:
    return re.split(r"[/:?#]", re.sub(r"^[a-z]+://", "", page.casefold()), maxsplit=1)[0]
