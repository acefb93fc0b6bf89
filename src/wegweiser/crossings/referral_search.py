"""Whose consent to pass an enquiry on somebody on the telephone means: found by those, too, who may not read the case.

Of cases that one may read any part of a name or address finds it. Another partner's is found by what only somebody
tells who knows the enquirer: a whole mail address or telephone number, or the surname with one more word.
"""

import re
import unicodedata
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.keys import name_key
from wegweiser.enquiries.models import Case, Referral
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key, spellings

WORDS = 6  # as many are looked for
MOST = 50
_ADDRESSED = frozenset({"herr", "herrn", "frau", "dr", "prof", "dipl", "ing"})  # no name of anybody


def search(text: str, *, readable: QuerySet[Case]) -> list[tuple[Referral, bool]]:
    """The referrals that stand and may be meant, the newest first, each with whether its case is one of `readable`."""
    words = [word for typed in unicodedata.normalize("NFC", text).split() if (word := typed.strip(",;()"))][:WORDS]
    if not words:
        return []
    number = _number(text)
    called = _has_number(number)
    rows = Referral.objects.annotate(is_readable=Exists(readable.filter(pk=OuterRef("case"))))
    rows = rows.filter(Q(case__person=None) | Q(case__person__restricted_at=None), withdrawn_at=None)
    rows = rows.filter(Q(is_readable=True) & _all_words(words) | Q(is_readable=False) & _perhaps(words) | called)
    rows = rows.select_related("case__person", "case__company__canonical").order_by("-consent_on", "-id")
    pairs = ((row, bool(row.is_readable)) for row in rows)
    return list(islice((pair for pair in pairs if pair[1] or _is_meant(pair[0], words, number)), MOST))


def _all_words(words: list[str]) -> Q:
    found = Q()
    for word in words:
        found &= _mail_with(word) if "@" in word else _name_with(word)
    return found


def _mail_with(part: str) -> Q:
    return mail_addresses.within("case__email", part) | mail_addresses.within("case__person__email", part)


def _name_with(word: str) -> Q:
    found = Q()
    for spelled in spellings(word):
        found |= Q(case__person__sort_key__contains=sort_key(spelled))
        for written in {spelled, spelled.lower(), spelled.upper(), spelled.title()}:  # SQLite folds ASCII letters only
            found |= Q(case__name__icontains=written)
    return found


def _number(text: str) -> str:
    """The whole telephone number that was typed, if it is one."""
    try:
        return phones.e164(text)
    except DomainError:
        return ""


def _has_number(number: str) -> Q:
    return Q(case__phone=number) | Q(case__person__phone=number) if number else Q(pk__in=())


def _perhaps(words: list[str]) -> Q:
    """Wide enough for every row that `_is_meant`."""
    found = Q(pk__in=())
    for word in words:
        if "@" in word:
            found |= mail_addresses.same("case__email", word) | mail_addresses.same("case__person__email", word)
        else:
            for part in re.findall(r"\w+", word):
                found |= _name_with(part)
    return found


def _is_meant(row: Referral, words: list[str], number: str) -> bool:
    case, person = row.case, row.case.person
    if number and number in {case.phone, person.phone if person else ""}:
        return True
    if any(mail_addresses.equal(mail, word) for word in words for mail in (case.email, person.email if person else "")):
        return True
    typed = _parts(" ".join(words))
    firm = companies.root_of(case.company) if case.company else None
    around = _parts(case.firm) | (_parts(firm.name) | _parts(firm.place) if firm else set())
    return any(_is_named(name, typed, around) for name in (case.name, person.name if person else ""))


def _is_named(name: str, typed: set[str], around: set[str]) -> bool:
    """The whole surname and at least one word more: the first name, the firm or its place. None may be wrong."""
    called = name.partition(",")[0].split()  # a title may follow: "Ruben Ahlers, M.A."
    surname = _parts(called[-1]) if called else set()
    return bool(surname) and surname < typed <= surname | _parts(name) | around


def _parts(text: str) -> set[str]:
    """Words that name somebody or something; no legal form, title or sign."""
    return set(name_key(unicodedata.normalize("NFC", text)).split()) - _ADDRESSED
