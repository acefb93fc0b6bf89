"""A search leaves out what has no visible reason, and knows what a trade is called elsewhere."""

import pytest

from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.shelf import Item, Query, Shelf

TITLES = {
    1: "Lieferscheine ohne Papier",
    2: "Die Software erscheint und lief gleich",
    3: "Datensicherung in vier Regeln",
    4: "Sicher unterwegs mit Daten",
    5: "Treppe aus der Tischlerei",
    6: "Wartung der Maschine",
}


def shelf() -> Shelf:
    return Shelf(
        Item(
            id=number,
            kind="event",
            sort_key=title,
            documents={"de": Document(key=str(number), kind="event", topics=(), partner="", title=title, lang="de")},
        )
        for number, title in TITLES.items()
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Lieferscheine", {1}),
        ("Datensicherung", {3}),
        ("Schreinerei", {5}),
        ("Schreiner", {5}),
        ("Tischlerei", {5}),
        ("Maschinenwartung", {6}),  # nobody writes it whole, so its parts are looked for
        ("Fleischerei", set()),
    ],
)
def test_what_is_found_has_a_reason_one_can_see(text, ids):
    assert set(shelf().find(Query(text=text), now=0).ids) == ids
