"""What two rows of one firm share at least once, by which they are led together. Pure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wegweiser.companies.linkage.row import names, sounds, trades, vocabulary, written_addresses
from wegweiser.kernel.sorting import sort_key

if TYPE_CHECKING:
    from wegweiser.companies.linkage.row.profiles import Profile

MOST_CODES = 4  # postal codes of a place by which its rows are looked for
LEAST_OF_A_REMARK = 5  # letters of a word in a remark that may be a firm's name, and one more
LETTERS_OF_A_SHORT_TOWN = 7  # that an abbreviated place still has: Altmärk. Wische
_WIDESPREAD = vocabulary.FIRST_NAMES | vocabulary.EVERYDAY | vocabulary.SURNAMES


def is_rare(word: str) -> bool:
    """Whether a word leads to a firm where its place is not known."""
    return len(word) > 4 and word not in _WIDESPREAD and not trades.is_trade(word)


def _shortened(town: str) -> str:
    """As much of a town as an abbreviation has; one that is told from others by a number stays whole."""
    return town if any(map(str.isdigit, town)) else town[:LETTERS_OF_A_SHORT_TOWN]


def shared(made: "Profile") -> Iterable[str]:
    """What two rows of one firm share at least once."""
    yield from (f"p{number}" for number in made.phones)
    yield from (f"m{address}" for address in made.emails)
    yield from (f"d{domain}" for domain in made.domains)
    if made.known.vat_id:
        yield f"v{made.known.vat_id}"
    if made.register:
        yield f"r{made.register}"
    here = _shortened(written_addresses.town(made.known.place or made.known.town))
    people_of = {name for person in (*made.persons, *made.named) for name in person}
    second = made.place.split()[1:] if "-" in made.known.place else []  # Bitterfeld-Wolfen
    towns = (here, _shortened(made.part), *(_shortened(word) for word in second if len(word) > 4))
    left = written_addresses.before_it_moved(made.known.remark) if made.aside.moved else ()
    towns = (*towns, *(_shortened(written_addresses.town(before.split()[0])) for before in left))
    codes = made.known.codes if len(made.known.codes) <= MOST_CODES else ()  # a municipality, and no large town
    wheres = [where for where in (made.known.postcode, *towns, *codes) if where]
    surnames = made.surnames
    # Whoever says "heißt jetzt Abel Guss" may stand there under that name as well.
    named_besides = names.parse(made.aside.former).words if made.aside.former else ()
    told_words = {
        begin
        for word in (*made.name.words, *named_besides, *(made.same_as.words if made.same_as else ()))
        # Sonnenhof, but not Praxis
        if len(word) > 2
        and (not trades.is_trade(word) or (not trades.fields(word) and not trades.is_bare(word)) or word in surnames)
        for begin in (word[:4], sounds.sound(word)[:4])
    }
    lasts = {part for _, last in (*made.persons, *made.named) for part in (last, *last.split("-")) if len(part) > 2}
    for where in wheres:
        for house in made.houses:
            yield f"a{where}|{written_addresses.key_of_parts(made.street, house)}"
        yield from (f"w{where}|{begin}" for begin in told_words)
        is_a_person = made.name.words and all(word in people_of for word in made.name.words)
        if is_a_person and made.known.remark:  # Ute Abel: Inhaberin Glanzrose
            told = sort_key(made.remark.replace("ph", "f")).split()
            yield from (f"w{where}|{word[:4]}" for word in told if is_rare(word) and len(word) > LEAST_OF_A_REMARK)
        for last in lasts:
            yield from {f"s{where}|{sounds.sound(last)}", f"w{where}|{sounds.sound(last)[:4]}"}
        if any(map(trades.is_trade, made.name.words)):  # Berg-Hotel, Berghotel
            yield f"n{where}|{made.name.joined}"
        if all(map(trades.is_trade, made.name.words)):
            yield f"n{where}|{''.join(sorted(made.name.words))}"
    if len(made.name.joined) > 9 and not all(map(trades.is_trade, made.name.words)):
        yield f"j{''.join(sorted(made.name.words))}"
