"""A firm prepared to be compared with many, and what two rows of one firm share at least once. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wegweiser.companies import duplicates, names
from wegweiser.companies.names import Name
from wegweiser.kernel.sorting import sort_key


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
    persons: tuple[tuple[str, str], ...]
    register: str
    blocks: tuple[str, ...] = ()

    @property
    def first_names(self) -> list[str]:
        return [first for first, _ in self.persons if len(first) > 1]

    @property
    def full_names(self) -> list[frozenset[str]]:
        return [frozenset(names_of) for names_of in self.persons if len(names_of[0]) > 1]


def profile(key: int, known: Known) -> Profile:
    street, house = folded_street(known.street)
    domains = {duplicates.mail_domain(address) for address in known.emails} | {domain_of(known.website)}
    made = Profile(
        key=key,
        known=known,
        name=names.parse(known.name),
        street=street,
        house=house,
        place=_place(known.place),
        phones=frozenset(known.phones),
        emails=frozenset(address.casefold() for address in known.emails),
        domains=frozenset(domains - {""}),
        persons=tuple(filter(None, map(_person, known.persons))),
        register=sort_key(known.register),
    )
    made.blocks = tuple(_blocks(made))
    return made


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def folded_street(text: str) -> tuple[str, str]:
    """The street without its ending, and the house number."""
    plain = text.casefold().translate(_UMLAUTS)
    told = re.search(r"(\d+)(?:\s*[-–/+]\s*\d+)*\s*[-/]?\s*[a-z]?[^a-z0-9]*$", plain)
    house = told[1] if told else ""
    name = plain[: told.start()] if told else plain
    words = [_STREET_WORDS.get(word, word) for word in sort_key(re.sub(r"\bnr\b\.?", " ", name)).split()]
    flat = "".join(words)
    bare = re.sub(r"(strasse|str|weg|w|platz|pl|allee|gasse|g|chaussee|ch)$", "", flat)
    return bare if len(bare) > 2 else flat, house


_STREET_WORDS = {"gr": "grosse", "kl": "kleine", "st": "sankt", "v": "von", "ch": "chaussee"}


def _place(text: str) -> str:
    plain = re.split(r"[,/(]|\bot\b|\bbei\b|\ban der\b", text.casefold().translate(_UMLAUTS))[0]
    plain = re.sub(r"\b(lutherstadt|hansestadt|landeshauptstadt|stadt)\b", " ", plain)
    return sort_key(plain).split(" am ")[0]


def town(place: str) -> str:
    """What all spellings of a place have in common.

    >>> town("Frankfurt (Oder)"), town("Frankfurt/O."), town("Castrop-Rauxel OT Ickern")
    ('frankfurt', 'frankfurt', 'castrop')
    """
    whole = _place(place)
    first = whole.partition(" ")[0]
    return first if len(first) > 4 else whole


def address_key(street: str) -> str:
    """The beginning of a street and the house number, as spellings of one address share them; empty without a number.

    >>> address_key("Lindenallee 4"), address_key("Lindenalle 4 a"), address_key("Am Markt")
    ('linde|4', 'linde|4', '')
    """
    name, house = folded_street(street)
    return f"{name[:5]}|{house}" if name and house else ""


def domain_of(website: str) -> str:
    host = re.sub(r"^[a-z]+://", "", website.casefold()).partition("/")[0].partition(":")[0]
    return host.removeprefix("www.")


_NO_FIRST_NAMES = {"familie", "fam", "ehepaar", "dres", "geschwister", "gebr", "gebrueder", "eheleute"}


def _person(name: str) -> tuple[str, str] | None:
    """First and last name."""
    plain = name.casefold().translate(_UMLAUTS)
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{first} {last}"
    words = [word for word in sort_key(plain).split() if word not in names.FILLERS | _NO_FIRST_NAMES]
    return ("" if len(words) == 1 else names.first_name(words[0]), words[-1]) if words else None


# --- Which are worth to be compared --------------------------------------------------------------------------------


def _blocks(made: Profile) -> Iterable[str]:
    """What two rows of one firm share at least once."""
    yield from (f"p{number}" for number in made.phones)
    yield from (f"m{address}" for address in made.emails)
    yield from (f"d{domain}" for domain in made.domains)
    if made.known.vat_id:
        yield f"v{made.known.vat_id}"
    if made.register:
        yield f"r{made.register}"
    wheres = [where for where in (made.known.postcode, town(made.known.place)) if where]
    for where in wheres:
        if address := address_key(made.known.street):
            yield f"a{where}|{address}"
        for word in made.name.words:
            if len(word) > 2 and not names.is_trade(word):
                yield f"w{where}|{word[:4]}"
        if all(map(names.is_trade, made.name.words)):
            yield f"n{where}|{made.name.joined}"
            yield f"n{where}|{''.join(sorted(made.name.words))}"
    if len(made.name.joined) > 9 and not all(map(names.is_trade, made.name.words)):
        yield f"j{''.join(sorted(made.name.words))}"
