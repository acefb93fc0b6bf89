"""What lists said of somebody beside the fields of their firm: number, mail, and what was noted. Reads only."""

import re
from collections.abc import Iterable
from itertools import pairwise

from wegweiser.companies.linkage.row import trades
from wegweiser.companies.models import ListRow, Person, Position
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.sorting import sort_key

_MOBILE = re.compile(r"\+491[5-7]")
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    {"herr", "herrn", "frau", "hr", "fr", "dr", "familie", "fam", "chef", "chefin", "inh", "inhaber", "meister"}
)
# Surnames that remarks have as words; those of trades are known besides.
_WORDS = """
Lange Lang Groß Große Klein Kleine Kurz Kurze Neu Neue Alt Alte Jung Junge Frei Stark Hoch Gut Gute Schön Schnell Still
Ernst Lieb Recht Fest Hart Voll Bald Fertig Weiß Schwarz Braun Grün Roth Blau Sommer Winter Herbst Lenz Mai März April
Montag Freitag Samstag Sonntag Tag Abend Morgen Anfang Ende Zeit Post Markt Berg Stein Feld Wald Bach Hof Haus Stadt
Land Kunde Geld Preis Gericht Amt
"""
_ORDINARY = frozenset(map(sort_key, _WORDS.split()))
LEAST_OF_A_NAME = 3  # letters: "Li" is a part of many mailboxes


def theirs(*, person: Person, firms: Iterable[int]) -> list[ListRow]:
    """The rows of lists about `firms` that tell of `person`, each with that alone: what `forget` would take away.

    Unsaved, and never to be saved. What the rows tell of the firm and of others there is none of their business.
    """
    firms = list(firms)
    others = Position.objects.filter(company__in=firms).exclude(person=person).exists()
    found = []
    for row in ListRow.objects.filter(company__in=firms).order_by("pk"):
        remark = row.remark if names(row.remark, person) else ""
        rests = {field: (told, without(told, person, others)) for field, told in row.more.items()}
        more = {field: _taken(told, rest) for field, (told, rest) in rests.items() if told != rest}
        unverified = [told for told in row.unverified if is_of(str(told[-1]), person, others)]
        if remark or more or unverified:
            row.remark, row.more, row.unverified = remark, more, unverified
            row.fingerprint, row.first_contact = "", None
            found.append(row)
    return found


def _taken(told: object, rest: object) -> object:
    """What of `told` is not in `rest`."""
    return [one for one in told if one not in rest] if isinstance(told, list) and isinstance(rest, list) else told


def without(told: object, person: Person, others: bool) -> object:
    if isinstance(told, list):
        return [one for one in told if not (isinstance(one, str) and is_of(one, person, others))]
    return "" if isinstance(told, str) and is_of(told, person, others) else told


def is_of(text: str, person: Person, others: bool) -> bool:
    if "@" in text and not re.search(r"\s", text):
        mailbox = _words(text.partition("@")[0])
        is_called_so = len(_surname(person)) >= LEAST_OF_A_NAME and _surname(person) in mailbox
        return is_called_so or mail_addresses.equal(text, person.email)
    has_it = any(value and value in text for value in (person.phone, person.email))
    return has_it or names(text, person) or (not others and bool(_MOBILE.match(text)))


def names(text: str, person: Person) -> bool:
    """Whether a remark names `person`: their surname stands in it. One that is a word as well is none without "Herr",
    "Frau" or a first name in front: "hat lange nicht reagiert" is not of Uwe Lange."""
    surname, words = _surname(person), _WORD.findall(text)
    keys = list(map(sort_key, words))
    if surname not in _ORDINARY and not trades.is_trade(surname):
        return surname in keys
    first = set(sort_key(person.name).split()[:-1])
    return any(key == surname and before in _TITLES | first for before, key in pairwise(["", *keys]))


def _surname(person: Person) -> str:
    return (sort_key(person.name).split() or ["\0"])[-1]


def _words(text: str) -> set[str]:
    """Its words as they are compared; `sort_key` of a whole remark would be cut."""
    return set(map(sort_key, _WORD.findall(text)))
