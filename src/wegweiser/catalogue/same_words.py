"""Words that are one to who searches: a trade's names in both languages, and names of one thing.

Pure. Only the search reads them; what a question means is told by `matching.lexicon`.
"""

from wegweiser.catalogue.matching.text import stem, surfaces

SAME = (
    ("E-Mail", "Mail", "email"),
    ("Cyberangriff", "Cyberattacke", "Hackerangriff", "cyberattack"),
    ("Tischler", "Tischlerei", "Schreiner", "Schreinerei", "joiner", "joinery", "carpenter", "carpentry"),
    ("Zimmerer", "Zimmerei", "carpenter", "carpentry"),
    ("Fleischer", "Fleischerei", "Metzger", "Metzgerei", "butcher", "butchery"),
    ("Bäcker", "Bäckerei", "baker", "bakery"),
    ("Schlosser", "Schlosserei", "Metallbauer", "Metallbau", "metalworker", "metalworking"),
    ("Klempner", "Spengler", "plumber"),
    ("Wäscherei", "laundry"),
    ("Druckerei", "printer", "printing"),
    ("Brauerei", "brewery"),
)


def by_stem(lang: str) -> dict[str, tuple[str, ...]]:
    """The other names of each of these words, by its stem in `lang`."""
    found: dict[str, dict[str, None]] = {}
    for group in SAME:
        for word in group:
            root = stem(surfaces(word)[0], lang)
            found.setdefault(root, {}).update(dict.fromkeys(surfaces(other)[0] for other in group if other != word))
    return {root: tuple(others) for root, others in found.items()}
