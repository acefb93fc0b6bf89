"""What the search finds: words, beginnings, slips, compounds; and what the counts beside the filters promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.shelf import Item, Query, Shelf, kilometres
from wegweiser.consortium import outlines

NOW = 1_000.0


def item(number: int, title: str = "Titel", english: str = "", **fields) -> Item:
    texts = {"de": title, "en": english or title}
    documents = {
        lang: Document(key=str(number), kind="guide", topics=(), partner="", title=text, lang=lang)
        for lang, text in texts.items()
    }
    return Item(**{"id": number, "kind": "guide", "sort_key": f"{number:03}", "documents": documents, **fields})


def ids(shelf: Shelf, **query) -> list[int]:
    return list(shelf.find(Query(**query), now=NOW).ids)


TITLES = {
    1: "Maschinenanbindung für alte Drehbänke",
    2: "Datensicherung im Handwerk",
    3: "Lagerbestand mit dem Handy zählen",
    4: "Maschinen und Datensicherung",
}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf([item(number, title) for number, title in TITLES.items()])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Datensicherung", {2, 4}),
        ("datensicherungen", {2, 4}),  # stem
        ("Datensicherng", {2, 4}),  # a slip
        ("Datens", {2, 4}),  # still typing
        ("Anbindung", {1}),  # part of a compound
        ("Drehbank", {1}),
        ("DREHBAENKE", {1}),
        ("Maschine Datensicherung", {4}),  # all words first
        ("der die das", {1, 2, 3, 4}),  # nothing to look for
        ("", {1, 2, 3, 4}),
        ("Hubschrauberlandeplatz", set()),
    ],
)
def test_words_are_found(shelf, text, found):
    assert set(ids(shelf, text=text)) == found


def test_a_slip_is_forgiven_where_a_part_of_the_word_is_known_too():
    shelf = Shelf([item(1, "Datensicherung"), item(2, "Daten und Datensicht"), item(3, "Förderung")])
    assert 1 in ids(shelf, text="Datensicherng")
    assert ids(shelf, text="Fördeung") == [3]


@pytest.mark.parametrize(
    "text",
    ["Fördrung", "Foerdrung", "Fördreung", "Förderrung", "Förderumg", "Vörderung", "Forderug", "Förderugn"],
)
def test_a_mistyped_word_finds_what_the_right_one_finds(text):
    shelf = Shelf([item(1, "Förderung für Betriebe"), item(2, "Drehbank"), item(3, "Förderband", "ordering")])
    assert ids(shelf, text=text)[0] == ids(shelf, text="Förderung")[0] == 1


def test_a_word_that_is_written_like_that_brings_no_near_misses():
    shelf = Shelf([item(1, "Lager"), item(2, "Laser")])
    assert (ids(shelf, text="Lager"), ids(shelf, text="Laser")) == ([1], [2])


def test_a_compound_written_apart_finds_the_one_word():
    assert ids(Shelf([item(1, "Rechnungseingang"), item(2, "Drehbank")]), text="Rechnung Eingang") == [1]


def test_the_last_moment_of_a_span_is_outside_it_and_what_has_no_date_is_in_no_span():
    shelf = Shelf([item(1, starts_at=2_000.0), item(2, starts_at=2_999.0), item(3, starts_at=3_000.0), item(4)])
    assert ids(shelf, since=2_000.0, until=3_000.0) == [1, 2]
    assert ids(shelf, since=2_000.0) == [1, 2, 3]
    assert ids(shelf, until=3_000.0) == [1, 2]


def test_when_nothing_holds_all_words_those_with_most_come_and_it_says_so(shelf):
    found = shelf.find(Query(text="Datensicherung Handwerk Hubschrauber"), now=NOW)
    assert (found.ids, found.complete) == ((2,), False)


def test_somebody_may_search_in_the_other_language():
    shelf = Shelf([item(1, "Angebote", "Quotations")])
    assert ids(shelf, text="quotations", lang="de") == [1]


def test_coming_dates_stand_first_by_day_and_what_is_over_only_when_asked_for():
    shelf = Shelf(
        [
            item(1),
            item(2, starts_at=NOW + 20, over_at=NOW + 30),
            item(3, starts_at=NOW + 10, over_at=NOW + 30),
            item(4, starts_at=NOW - 20, over_at=NOW - 10),
            item(5, starts_at=NOW - 40, over_at=NOW - 30),
            item(6, starts_at=NOW - 5, over_at=NOW + 5),  # has begun, is not over
        ]
    )
    assert ids(shelf) == [6, 3, 2, 1]
    assert ids(shelf, past=True) == [6, 3, 2, 1, 4, 5]
    assert ids(shelf, since=NOW, until=NOW + 15) == [3]


def test_what_is_on_site_and_online_is_found_in_both_ways():
    shelf = Shelf([item(1, attendance="hybrid"), item(2, attendance="online"), item(3)])
    assert ids(shelf, attendance="online") == [1, 2]
    assert ids(shelf, attendance="on_site") == [1]


def test_a_filter_nobody_has_finds_nothing_and_breaks_nothing(shelf):
    assert ids(shelf, topic="erfunden") == []
    assert Shelf([]).find(Query(text="Maschine"), now=NOW).ids == ()


ITEMS = st.lists(
    st.builds(
        dict,
        kind=st.sampled_from(["event", "check"]),
        topics=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        sectors=st.lists(st.sampled_from("xy"), unique=True).map(tuple),
        district=st.sampled_from(["", "15001", "15002"]),
    ),
    max_size=12,
)
QUERIES = st.builds(
    dict,
    kinds=st.frozensets(st.sampled_from(["event", "check"]), max_size=1),
    topic=st.sampled_from(["", "a", "b"]),
    sector=st.sampled_from(["", "x"]),
)


@given(rows=ITEMS, query=QUERIES)
def test_a_count_is_what_one_gets_by_choosing_that_value(rows, query):
    shelf = Shelf([item(number, **row) for number, row in enumerate(rows)])
    found = shelf.find(Query(**query), now=NOW)
    for topic in "abc":
        assert found.counts["topic"].get(topic, 0) == len(ids(shelf, **{**query, "topic": topic}))
    for kind in ("event", "check"):
        assert found.counts["kind"].get(kind, 0) == len(ids(shelf, **{**query, "kinds": frozenset({kind})}))


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text):
    shelf = Shelf([item(number, title) for number, title in TITLES.items()])
    assert set(ids(shelf, text=text)) <= set(TITLES)


POINT = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


@given(st.lists(st.none() | POINT, max_size=12), POINT, st.sampled_from([10, 500, 5_000, None]))
def test_what_is_near_is_what_a_ruler_says(points, here, within):
    """Nothing beyond the radius, everything inside it, the nearest first, and what lies nowhere is counted apart."""
    shelf = Shelf([item(number, point=point) for number, point in enumerate(points, 1)])
    found = shelf.find(Query(near=here, within_km=within, by_distance=True), now=NOW)
    ruler = {number: outlines.kilometres(here, point) for number, point in enumerate(points, 1) if point}
    near = {number: away for number, away in ruler.items() if within is None or away <= within}
    assert found.kilometres == pytest.approx(near, abs=1e-6)
    assert list(found.ids) == sorted(near, key=lambda number: (round(found.kilometres[number]), number))
    assert found.anywhere == points.count(None)


@given(POINT, POINT, POINT)
def test_distances_are_those_of_a_sphere(one, other, third):
    def way(start, end):
        return float(kilometres(start, np.array([end]))[0])

    assert way(one, other) == pytest.approx(way(other, one), abs=1e-6)
    assert way(one, third) <= way(one, other) + way(other, third) + 1e-6
    assert way(one, one) == 0


def test_dates_stay_in_their_order_near_a_place():
    shelf = Shelf([item(1, point=(52.0, 11.0), starts_at=3_000.0), item(2, point=(52.4, 11.0), starts_at=2_000.0)])
    assert ids(shelf, near=(52.0, 11.0)) == [2, 1]
    assert ids(shelf, near=(52.0, 11.0), by_distance=True) == [1, 2]
    assert ids(shelf, near=(52.0, 11.0), within_km=20) == [1]


def test_counts_of_filters_know_the_radius():
    shelf = Shelf([item(1, point=(52.0, 11.0), topics=("netz",)), item(2, point=(53.0, 11.0), topics=("netz",))])
    found = shelf.find(Query(near=(52.0, 11.0), within_km=20), now=NOW)
    assert found.counts["topic"] == {"netz": 1}


def test_what_lies_nowhere_is_counted_with_the_other_filters():
    shelf = Shelf([item(1, "Lager", topics=("a",)), item(2, "Lager", topics=("b",)), item(3, "Netz", topics=("a",))])
    found = shelf.find(Query(text="Lager", topic="a", near=(52.0, 11.0), within_km=20), now=NOW)
    assert (found.ids, found.anywhere) == ((), 1)
