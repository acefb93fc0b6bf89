"""`python -m benchmarks.search`: the search over 10,000 entries, against SQL LIKE over the same texts."""

import random
import resource
import sqlite3
import time
from collections.abc import Callable

from benchmarks.matching.catalogue import load
from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.shelf import Item, Query, Shelf

ENTRIES = 10_000
TURNS = 20
QUESTIONS = ("", "Maschine", "masch", "Maschinenanbindung alte Drehbank", "Datensicherng Handwrk", "Hubschrauber")


def main() -> None:
    items = _items()
    start = time.process_time()
    shelf = Shelf(items)
    print(f"{ENTRIES} entries in two languages: {time.process_time() - start:.1f} s of CPU to build the shelf,")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB in the whole process at most.\n")
    floor = _database(items)
    print("| text | found | CPU ms, with counts of all filters | SQL LIKE: found | CPU ms |")
    print("| --- | --- | --- | --- | --- |")
    for text in QUESTIONS:
        found, ours = _timed(lambda text=text: len(shelf.find(Query(text=text), now=0).ids))
        rows, theirs = _timed(lambda text=text: _like(floor, text))
        print(f"| {text or '(nothing)'} | {found} | {ours:.1f} | {rows} | {theirs:.1f} |")


def _items() -> list[Item]:
    """The model centre's offers again and again, each with words of its own, so that no two are alike."""
    rows = [row for row in load() if row.lang == "de" and row.kind not in {"topic", "contact"}]
    words = sorted({word for row in rows for word in f"{row.title} {row.summary}".split()})
    chance = random.Random(1)
    items = []
    for number in range(ENTRIES):
        row = rows[number % len(rows)]
        more = " ".join(chance.sample(words, 15))
        texts = {
            lang: Document(
                key=str(number), kind=row.kind, topics=(), partner="", title=row.title, summary=row.summary, text=more
            )
            for lang in ("de", "en")
        }
        items.append(
            Item(
                id=number,
                kind=row.kind,
                sort_key=row.title,
                topics=row.topics,
                partners=(row.partner,),
                sectors=row.sectors,
                starts_at=chance.random(),
                documents=texts,
            )
        )
    return items


def _database(items: list[Item]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)")
    texts = [
        (item.id, f"{item.documents['de'].title} {item.documents['de'].summary} {item.documents['de'].text}")
        for item in items
    ]
    connection.executemany("INSERT INTO entry VALUES (?, ?)", texts)
    return connection


def _like(connection: sqlite3.Connection, text: str) -> int:
    wanted = text.split()
    condition = " AND ".join(["text LIKE ?"] * len(wanted)) or "1"
    return len(
        connection.execute(f"SELECT id FROM entry WHERE {condition}", [f"%{word}%" for word in wanted]).fetchall()
    )


def _timed(call: Callable[[], int]) -> tuple[int, float]:
    result = call()
    start = time.process_time()
    for _ in range(TURNS):
        call()
    return result, (time.process_time() - start) / TURNS * 1000


if __name__ == "__main__":
    main()
