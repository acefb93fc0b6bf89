"""People of the demo's firms, and telephone numbers that nobody can have: they are reserved for films and novels."""

from wegweiser.companies import phones
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Company, Person
from wegweiser.kernel.actor import Actor

BY = Actor.system("demo")
# Of a thousand numbers each; see the "Drama-Rufnummern" of the Bundesnetzagentur.
FIRMS, PEOPLE, UNKNOWN, GUESTS = "069 90009", "030 23125", "040 66969", "0221 4710"
OWN_FIRM, OWNER = "089 99998 100", "089 99998 101"  # of the firm that has a workspace
BLOCK = 1_000
FIRST = ("Katrin", "Jens", "Ulrike", "Thomas", "Silke", "Mario", "Anke", "Frank", "Doreen", "Steffen", "Heike", "Olaf")
LAST = (
    *("Ahlers", "Brömme", "Czerny", "Dreyer", "Eckardt", "Förster"),
    *("Gebhardt", "Hellwig", "Illgen", "Jahnke", "Kolbe", "Lüders"),
)


def name(place: int) -> str:
    """The invented person at `place`; the first hundred and more are all called differently.

    >>> name(0), name(12)
    ('Katrin Ahlers (fiktiv)', 'Katrin Brömme (fiktiv)')
    """
    return f"{FIRST[place % len(FIRST)]} {LAST[(place + place // len(FIRST)) % len(LAST)]} (fiktiv)"


def number(block: str, place: int) -> str:
    """The telephone number at `place` of a block; empty where it has no more."""
    return f"{block} {place:03}" if place < BLOCK else ""


def at(firm: Company, name: str) -> Person:
    """The person of this name at `firm`, with a number of their own."""
    taken = Person.objects.filter(phone__startswith=phones.e164(number(PEOPLE, 0))[:-3]).count()
    return persons.find_or_create(name=name, phone=number(PEOPLE, taken), company=firm, by=BY)
