"""A firm prepared to be compared with many. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wegweiser.companies import mail_typos
from wegweiser.companies.linkage.row import (
    asides,
    births,
    colleagues,
    lost_letters,
    names,
    other_firms,
    page_addresses,
    people,
    registers,
    said_of_itself,
    sites,
    staff,
    told_contacts,
    told_names,
    trades,
    vocabulary,
    written_addresses,
)
from wegweiser.companies.linkage.row import blocks as blocks_of
from wegweiser.companies.linkage.row.names import Name


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a firm. Phones are E.164; everything may be empty but the name."""

    name: str
    street: str = ""
    postcode: str = ""
    place: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    website: str = ""
    vat_id: str = ""
    register: str = ""
    persons: tuple[str, ...] = ()
    trade: str = ""
    remark: str = ""
    town: str = ""  # of the postal code, where no place is known
    codes: tuple[str, ...] = ()  # of the place, where no postal code is known
    tails: tuple[str, ...] = ()  # numbers without the code of the town, as people write them down who are from there
    same_as: str = ""  # the name of the firm that a remark says it is, where the remark does not name it
    points: tuple[tuple[float, float], ...] = ()  # where it may be
    region: tuple[tuple[float, float], ...] = ()  # where codes are that begin like its own, if no place is known
    districts: tuple[str, ...] = ()  # AGS of the districts it may be in
    is_village: bool = False  # its place has no postal code for itself
    is_whole: bool = False  # its place is written as it is called, and not guessed
    line_town: str = ""  # where a line in the ground is dialled, if neither code nor place is known


WHERE = ("postcode", "place", "town", "codes", "points", "region", "districts", "is_village", "is_whole", "line_town")


def known_together(one: Known, rows: Iterable[Known]) -> Known:
    """`one` with what the other `rows` of its firm tell: how it is reached, who is there and what is done.

    Of a town and one of its parts, where rows name the one or the other, both are taken.
    """
    told = [one, *rows]
    there = next((row for row in told if row.postcode or row.place), one)
    of_its_code = (row for row in told if row.postcode == there.postcode)
    there = next((row for row in of_its_code if written_addresses.part_of_town(row.place)), there)
    house = next((row for row in told if row.street), one)
    return replace(
        one,
        street=house.street,
        **{name: getattr(there, name) for name in WHERE},
        phones=tuple(dict.fromkeys(phone for row in told for phone in row.phones)),
        emails=tuple(dict.fromkeys(address for row in told for address in row.emails)),
        website=next((row.website for row in told if row.website), ""),
        vat_id=next((row.vat_id for row in told if row.vat_id), ""),
        register=next((row.register for row in told if row.register), ""),
        persons=tuple(dict.fromkeys(person for row in told for person in row.persons)),
        trade=", ".join(dict.fromkeys(row.trade for row in told if row.trade)),
    )


@dataclass(slots=True)
class Profile:
    """A firm prepared to be compared with many."""

    key: int
    known: Known
    name: Name
    street: str
    house: str
    place: str
    phones: frozenset[str]
    emails: frozenset[str]
    domains: frozenset[str]
    persons: tuple[people.Person, ...]
    named: tuple[people.Person, ...]
    first_names: tuple[str, ...]  # of `persons`, as the next two
    surnames: frozenset[str]
    full_names: tuple[frozenset[str], ...]
    register: str  # kind and number, whichever court
    mail_words: frozenset[str] = frozenset()  # what its mails and its page are called
    writers: tuple[people.Person, ...] = ()  # who is told by a mail: `ute.abel@`
    part: str = ""
    town: str = ""
    fields: dict[str, frozenset[int]] = field(default_factory=dict)  # what is done there, by the words of its name
    trade: frozenset[int] = frozenset()
    trade_words: tuple[str, ...] = ()
    street_kind: str = ""  # `strasse`, `weg`: a Lindenweg is no Lindenstraße
    houses: frozenset[str] = frozenset()  # all house numbers, where the address has several
    door: str = ""  # the house number with its letter
    generation: str = ""  # `jun` or `sen`
    remark: str = ""  # folded, with one blank between words
    born: str = ""  # a family name in brackets behind the one of now: whoever married, or whom they took over from
    is_staff: bool = False  # who is named works there and does not own it
    is_for_others: bool = False  # number and mail lead to somebody outside
    doubted: frozenset[str] = frozenset()  # cells that may be wrong by a remark
    first_words: frozenset[str] = frozenset()  # words of the name as a first name is read
    aside: asides.Aside = asides.NONE  # what a remark says
    same_as: Name | None = None  # the firm that a remark says it is
    blocks: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()  # the blocks of others to look into


def profile(key: int, known: Known) -> Profile:
    known = without_somebody(_with_lost_letters(known))
    if _A_MAIL.fullmatch(known.name.strip()):
        address = known.name.strip().casefold()
        known = replace(known, name=address.partition("@")[2], emails=tuple(dict.fromkeys((*known.emails, address))))
    if len(known.trade) > MOST_LETTERS_OF_A_SECTOR:
        known = replace(known, trade=known.trade[:MOST_LETTERS_OF_A_SECTOR])
    if not known.trade and _is_a_trade(known.remark):
        known = replace(known, trade=known.remark)
    if not known.persons and (owner := people.owner_told(known.remark)):
        known = replace(known, persons=(owner,))
    doubted = said_of_itself.doubted(known.remark)
    if "postcode" in doubted:
        known = replace(known, postcode="", town="", codes=(), points=(), region=(), districts=(), is_whole=False)
    if not known.register and (entry := registers.in_remark(known.remark)):
        known = replace(known, register=entry)
    if more := told_contacts.numbers(known.remark):
        known = replace(known, phones=tuple(dict.fromkeys((*known.phones, *more))))
    if more := told_contacts.mails(known.remark):
        known = replace(known, emails=tuple(dict.fromkeys((*known.emails, *more))))
    street, house = written_addresses.folded_street(known.street)
    mails = [address.casefold() for address in known.emails]
    mails += filter(None, map(mail_typos.likely_meant, mails))  # one that slipped, and the one that was meant
    pages = (known.website, known.name.strip() if _A_PAGE.fullmatch(known.name) else "")
    made = Profile(
        key=key,
        known=known,
        name=names.parse(known.name),
        street=street,
        house=house,
        place=written_addresses.folded_place(known.place),
        phones=frozenset(known.phones),
        emails=frozenset(mails),
        domains=page_addresses.domains((*known.emails, *pages)),
        persons=births.with_births((*known.persons, *colleagues.named(known.remark)), (known.name, known.remark)),
        named=(),
        first_names=(),
        surnames=frozenset(),
        full_names=(),
        register=registers.read(known.register).number,
        part=written_addresses.part_of_town(known.place) or written_addresses.part_in_street(known.street),
        town=written_addresses.folded_place(known.town),
    )
    _read_people(made)
    made.writers = tuple(dict.fromkeys(found for address in made.emails if (found := people.of_a_mail(address))))
    made.mail_words = frozenset(_words_of_addresses(made))
    own = [name for person in made.persons for name in person]
    made.fields = {
        word: frozenset() if word == "hof" and trades.is_trade(before) else trades.fields(word)  # Senioren Hof
        for before, word in zip(("", *made.name.words), made.name.words, strict=False)
        if word not in own
    }
    made.street_kind = written_addresses.kind_of_street(known.street)
    made.houses = written_addresses.house_numbers(known.street)
    told_street = written_addresses.with_its_number(known.street).casefold()
    door = re.search(r"(\d+)\s*([a-z]?)\W*$", told_street) if "-" not in told_street else None
    made.door = "".join(door.groups()) if door else ""
    made.generation = people.generation(" ".join((known.name, *known.persons)))
    made.aside = asides.read(known.remark)
    told = known.same_as or told_names.same_as(known.remark)
    made.same_as = names.parse(told) if told else None
    if said_of_itself.goes_on(known.remark):
        made.aside = replace(made.aside, continues=True, in_other_hands=False, words=frozenset())
    if made.name.is_branch and (made.aside.belongs or said_of_itself.is_run_from_elsewhere(known.remark)):
        made.aside = replace(made.aside, is_part=True)
    if made.name.is_branch and not made.aside.is_part and sites.is_there(known.name, (made.place, made.town)):
        made.name = replace(made.name, is_branch=False)
    is_theirs = not made.surnames.isdisjoint(made.name.words)
    made.is_staff = bool(known.persons) and all(staff.is_staff(cell, called_after=is_theirs) for cell in known.persons)
    made.is_staff |= bool(known.persons) and (
        staff.is_in_charge(known.remark)
        or colleagues.does_the_office(known.remark, made.surnames)
        or other_firms.is_of_the_family_at_work(known.remark)
    )
    made.doubted = doubted
    made.remark = vocabulary.folded_line(known.remark)
    made.is_for_others = any(map(staff.is_for_others, (*known.persons, known.remark)))
    made.first_words = frozenset(map(names.first_name, made.name.words))
    made.trade = trades.fields_of(known.trade, loosely=not any(made.fields.values()))
    made.trade_words = tuple(filter(trades.is_special, names.parse(known.trade).words)) if known.trade.strip() else ()
    made.named = tuple(dict.fromkeys((*_named(made.name), *people.people(made.name.owner_text), *_by_job(known.name))))
    blocks = tuple(blocks_of.shared(made))
    called = (*made.name.words, *(made.same_as.words if made.same_as else ()))
    words = [word for word in dict.fromkeys(called) if blocks_of.is_rare(word)]
    is_thin = not (known.postcode and known.place)
    made.blocks = (*blocks, *(f"{'t' if is_thin else 'f'}{word}" for word in words))
    made.asks = (*blocks, *(f"t{word}" for word in words), *(f"f{word}" for word in words if is_thin))
    return made


def _read_people(made: Profile) -> None:
    """Who is there, with the name from before a marriage and the initial that a mail tells, and their names alone."""
    made.born = _name_before_marriage(made)
    persons = (
        (first, f"{last}-{made.born}" if first and made.born and last in made.name.words else last)
        for first, last in made.persons
    )
    made.persons = tuple(_with_initial(person, made.emails) for person in persons)
    made.first_names = tuple(names.first_name(first) for first, _ in made.persons if len(first) > 1)
    made.surnames = frozenset(part for _, last in made.persons for part in last.split("-") if len(part) > 2)
    made.full_names = tuple(
        frozenset((names.first_name(first), last)) for first, last in made.persons if len(first) > 1
    )


def _with_lost_letters(known: Known) -> Known:
    name, street, *persons = lost_letters.restored(
        (known.name, known.street, *known.persons), (*known.emails, known.website)
    )
    return replace(known, name=name, street=street, persons=tuple(persons))


_GREETED = r"(?:herrn?|hr\.?|frau|fr\.?)\s+[^\W\d_][\w. -]+?"
_MAY_GREET = re.compile(r"\b(?:[Ff]r|[Hh]r|[Ff]rau|[Hh]errn?)\b")
_SOMEBODY = (
    re.compile(
        rf"\s*(?P<who>{_GREETED})\s*(?:\(\s*|[/,;–]\s*|\s-\s)(?:fa\.?\s+|firma\s+)?(?P<firm>[^()/,;]{{3,}}?)\)?\s*",
        re.I,
    ),
    re.compile(rf"\s*(?P<firm>[^()/,;]{{3,}}?)\s*(?:\(\s*|[/,;–]\s*|\s-\s)(?P<who>{_GREETED})\)?\s*", re.I),
)


def without_somebody(known: Known) -> Known:
    """`Fr. Abel (Guss & Kain)`, as people sign in: the firm, and who came.

    >>> told = without_somebody(Known(name="Fr. Abel (Kain Guss)"))
    >>> told.name, told.persons
    ('Kain Guss', ('Fr. Abel',))
    >>> [without_somebody(Known(name=name)).name for name in ("Ute Abel, Kain Guss", "Ute Abel, Gießerei")]
    ['Kain Guss', 'Ute Abel, Gießerei']
    """
    if _MAY_GREET.search(known.name):
        found = next((told for form in _SOMEBODY if (told := form.fullmatch(known.name))), None)
    else:
        found = _FROM_A_FIRM.fullmatch(known.name)
        found = found if found and _is_from_a_firm(found["who"], found["firm"]) else None
    if found is None:
        return known
    return replace(known, name=found["firm"].strip(), persons=known.persons or (found["who"].strip(),))


_FROM_A_FIRM = re.compile(r"\s*(?P<who>[^\W\d_][\w-]+ [^\W\d_][\w-]+)\s*(?:[,/]|\s[–-]\s)\s*(?P<firm>[^()/,;]{3,})\s*")


def _is_from_a_firm(who: str, firm: str) -> bool:
    """Whether somebody by first and last name stands before a firm that has a name of its own: no trade of theirs."""
    told = people.people(who)
    words = names.parse(firm).words
    first, last = told[0] if len(told) == 1 else ("", "")
    if first not in vocabulary.FIRST_NAMES or trades.is_trade(last) or last in words:
        return False
    return vocabulary.FIRST_NAMES.isdisjoint(words) and any(
        not trades.is_trade(word) and not trades.fields_of(word) for word in words
    )


def _is_a_trade(remark: str) -> bool:
    """Whether a remark says what is done, and nothing else: `Lackierer`."""
    if not remark or len(remark) > MOST_LETTERS_OF_A_TRADE or len(remark.split()) > MOST_OF_A_TRADE:
        return False
    words = names.parse(remark).words
    return all(_WHO_DOES_IT.search(word) and trades.is_trade(word) and trades.fields(word) for word in words)


_WHO_DOES_IT = re.compile(r"(er|eur|ist|wirt)(in)?$|ei$")  # and no "Netzwerktreffen"
MOST_OF_A_TRADE, MOST_LETTERS_OF_A_TRADE = 2, 80  # words and letters of a remark
MOST_LETTERS_OF_A_SECTOR = 200  # that are read: the rest costs time and says no more
_A_PAGE = re.compile(r"\s*(https?://)?(www\.)?[\w-]{3,}(\.[\w-]{2,})+/?\s*", re.IGNORECASE)
_A_MAIL = re.compile(r"[\w.+-]+@[\w-]{3,}(\.[\w-]{2,})+")


def _named(name: Name) -> Iterable[people.Person]:
    """People that a firm is called after by first name or initial and last name."""
    yield from ((letter, name.words[-1]) for letter in name.initials)
    for one, other in pairwise(name.words):
        for first, last in ((one, other), (other, one)):
            is_in_front = first == one or one == name.words[0]  # K. Abel Zäune; Abel K. Zäune
            is_first = first in vocabulary.FIRST_NAMES or (len(first) == 1 and first.isalpha() and is_in_front)
            if is_first and len(last) > 2 and last not in vocabulary.FIRST_NAMES and not trades.is_trade(last):
                yield first, last
                break


_BY_JOB = re.compile(r"\s*(?:(?:herr|hr\.?|frau|fr\.?)\s+)?([a-z]{3,}(?:-[a-z]{3,})?)\s*,\s*([a-z]{4,})\s*")


def _name_before_marriage(made: Profile) -> str:
    """`Praxis Ute Abel (früher Kain)`: the other family name, where she is named."""
    former = made.name.former
    told = [word for word in former.words if not trades.is_trade(word)] if former else []
    is_named = any(first in made.name.words and last in made.name.words for first, last in made.persons)
    return told[0] if len(told) == 1 and is_named and len(told[0]) > 2 else ""


def _by_job(name: str) -> Iterable[people.Person]:
    """`Abel, Schmied`: somebody of that family name."""
    told = _BY_JOB.fullmatch(vocabulary.folded(name))
    if told and told[2] not in vocabulary.FIRST_NAMES and trades.fields(told[2]):
        yield "", told[1]


# --- Which are worth to be compared --------------------------------------------------------------------------------


def _with_initial(person: people.Person, emails: Iterable[str]) -> people.Person:
    """`Hr. Abel` whose mail is `v.abel@` has a first name with V."""
    first, last = person
    if first or len(last) < 3:
        return person
    told = (re.fullmatch(rf"([a-z])[.-]{re.escape(last)}", people.mailbox(address)) for address in emails)
    return next((found[1] for found in told if found), ""), last


def _words_of_addresses(made: Profile) -> Iterable[str]:
    """What stands in front of the sign and, if it is its own, behind it: folded, without dots and "und"."""
    locals_of = (address.partition("@")[0] for address in made.emails)
    for text in (*locals_of, *(domain.rpartition(".")[0] for domain in made.domains)):
        plain = re.sub(r"[^a-z0-9]", "", text.translate(vocabulary.UMLAUTS)).replace("ph", "f")
        yield plain
        if "und" in plain:
            yield plain.replace("und", "", 1)
