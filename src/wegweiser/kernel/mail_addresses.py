"""A mail address as it is kept: one that our mails can reach.

A domain with umlauts is kept as the network knows it (IDNA 2008, `xn--…`): the codec of the standard library makes
another firm's domain of a ß. Umlauts before the @ need SMTPUTF8 at every step of the way, and our mails do not ask for
it.
"""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField, Q
from django.db.models.functions import Lower

from wegweiser.kernel import visible
from wegweiser.kernel.errors import DomainError

LONGEST = 254
_OURS = frozenset("äöüßàáâãåæçèéêëìíîïñòóôõøùúûýÿœčćđęłńśšťůźżž")  # what domains of our neighbours are written with


def kept(typed: str) -> str:
    """The address, or nothing where nothing was typed. Raises DomainError: email_umlauts, email_invalid.

    >>> kept(" Info@Müller-Bau.de "), kept("")
    ('Info@xn--mller-bau-q9a.de', '')
    """
    name, at, domain = unicodedata.normalize("NFC", visible.line(typed, 1000)).rpartition("@")
    if not name and not domain:
        return ""
    plain = "".join("x" if sign.isalpha() else sign for sign in name)
    try:
        domain = ".".join(map(_idna, domain.split(".")))
        validate_email(f"{plain}{at}{domain}")
    except (ValidationError, UnicodeError) as error:
        raise DomainError("email_invalid", field="email") from error
    if not name.isascii():
        raise DomainError("email_umlauts", field="email")
    if len(address := f"{name}{at}{domain}") > LONGEST:
        raise DomainError("email_invalid", field="email")
    return address


def stored(typed: str) -> str:
    """As an address is stored: as `kept`, in lower case. One that is refused stays as it came: no row may be lost.

    >>> stored("Info@Müller-Bau.de"), stored("Jürgen@Firma.de")
    ('info@xn--mller-bau-q9a.de', 'jürgen@firma.de')
    """
    try:
        return kept(typed).lower()
    except DomainError:
        return typed.strip().lower()


def sent_to(mail: str) -> str:
    """Where a mail to this address goes, for one that was stored before `kept` looked at it. Checks nothing.

    >>> sent_to("info@straße.example")
    'info@xn--strae-oqa.example'
    """
    return _each_label(mail, _idna)


def forms(mail: str) -> tuple[str, ...]:
    """One address in all its spellings, in lower case: as typed, as the network has it, as people write it.

    Rows from before `kept` hold umlauts in their domain: who looks for an address by these finds both, and no row has
    to be written anew.

    >>> forms("Info@Müller-Bau.de"), forms("info@firma.example"), forms(" ")
    (('info@müller-bau.de', 'info@xn--mller-bau-q9a.de'), ('info@firma.example',), ())
    """
    typed = visible.line(mail, 1000).lower()
    composed = unicodedata.normalize("NFC", typed)
    return tuple(dict.fromkeys(filter(None, [typed, composed, sent_to(composed), _each_label(composed, _written)])))


def key(mail: str) -> str:
    """The one spelling that all spellings of an address share, for comparing in memory; nothing for nothing.

    >>> key("Info@Müller-Bau.de"), key("info@XN--mller-bau-q9a.de"), key(" ")
    ('info@xn--mller-bau-q9a.de', 'info@xn--mller-bau-q9a.de', '')
    """
    if mail.isascii() and mail.isprintable() and " " not in mail:  # nearly all are: lists compare 100,000 of them
        return mail.lower()
    return sent_to(unicodedata.normalize("NFC", visible.line(mail, 1000).lower()))


def equal(one: str, other: str) -> bool:
    """Whether both are one address; nothing is none.

    >>> equal("Info@Müller-Bau.de", "info@xn--mller-bau-q9a.de"), equal("", "")
    (True, False)
    """
    return bool(key(one)) and key(one) == key(other)


def domain_key(domain: str) -> str:
    """The one spelling that all spellings of a domain share: that of the network.

    >>> domain_key("Müller-Bau.de"), domain_key("firma.example")
    ('xn--mller-bau-q9a.de', 'firma.example')
    """
    return key(f"@{domain}").removeprefix("@")


def domain_forms(domain: str) -> tuple[str, ...]:
    """A domain in all its spellings, as `forms`."""
    return tuple(form.removeprefix("@") for form in forms(f"@{domain}")) if domain else ()


CharField.register_lookup(Lower)


def same(field: str, mail: str) -> Q:
    """The rows whose `field` holds this address, in whichever spelling; none for an empty one.

    By small letters: `iexact` compares capitals on PostgreSQL, where an i without its dot is an I, and the two sigmas
    are one. Such a domain is somebody else's.
    """
    found = Q(pk__in=())
    for form in forms(mail):
        found |= Q((f"{field}__lower", form))
    return found


def within(field: str, word: str) -> Q:
    """The rows whose `field` holds this part of an address; a whole label of its domain in any spelling."""
    bare = "" if "@" in word else "@"
    found = Q()
    for part in dict.fromkeys([word, *(form.removeprefix(bare) for form in forms(f"{bare}{word}"))]):
        found |= Q((f"{field}__icontains", part))
    return found


def shown(address: str) -> str:
    """A mail address or website as people read it: with the umlauts of its domain. What is sent and linked stays.

    Letters of other scripts stay hidden: some look like ours, and would name another domain.

    >>> shown("Info@xn--mller-bau-q9a.de"), shown("https://www.xn--strae-oqa.de/xn--mller-kva")
    ('Info@müller-bau.de', 'https://www.straße.de/xn--mller-kva')
    >>> shown("info@firma.example"), shown("bank@xn--bnk-7cd.de")
    ('info@firma.example', 'bank@xn--bnk-7cd.de')
    """
    if "xn--" not in address.lower():
        return address
    scheme, mark, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    name, at, domain = host.rpartition("@")
    return f"{scheme}{mark}{name}{at}{'.'.join(map(_readable, domain.split('.')))}{slash}{path}"


def _readable(label: str) -> str:
    text = _written(label.lower()) if label.lower().startswith("xn--") else label
    return text if all(sign.isascii() or sign in _OURS for sign in text) else label


def _each_label(mail: str, change: Callable[[str], str]) -> str:
    name, at, domain = mail.rpartition("@")
    return f"{name}{at}{'.'.join(map(change, domain.split('.')))}" if at else mail


def _idna(label: str) -> str:
    return label if label.isascii() else f"xn--{label.lower().encode('punycode').decode()}"


def _written(label: str) -> str:
    """A label as people write it; one that is no such label stays."""
    try:
        text = label.removeprefix("xn--").encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label
    return text if text.isprintable() and _idna(text) == label else label
