"""A sentence names a trade where it says who somebody is, not where a word merely begins like one."""

import pytest

from wegweiser.companies.importing import trades


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Ich bin Tischler und habe 6 Leute", "wood_furniture"),
        ("Unsere Schreinerei schreibt auf Zettel", "wood_furniture"),
        ("Bäckerei mit drei Filialen", "food"),
        ("wir sind ein Malerbetrieb", "construction"),
        ("Schlosserei, 12 Mann", "metalworking"),
    ],
)
def test_a_craft_is_its_own_sector_and_the_crafts(text, sector):
    assert {sector, "crafts"} <= trades.named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wir tippen jeden Auftrag dreimal ab",
        "Die Gäste wollen ihr Zimmer online buchen",
        "Im Lager liegt alles auf Papier",
        "Der Drucker steht, die Software hängt",
        "Wir wollen Bilder hochladen und mehr verkaufen",
    ],
)
def test_a_thing_is_no_trade(text):
    assert trades.named(text) == frozenset()
