"""How well duplicates are told, on forty-five lists with invented names, and what it costs.

python -m benchmarks.companies [--half tune] [--part 0] [--misses] [--firms 100000]

`firm` in the lists is the truth: a number and a letter. The same number with another letter is a trap. Lists by
outsiders have columns of their own for it: rows of one `truth` are one firm; others of one `trap` are a trap, or count
neither way where it begins with `?`. A row whose `truth` is `?` may be anybody.
"""

import argparse
import csv
import math
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.companies import cells
from wegweiser.companies import keys
from wegweiser.companies.importing import contacts, pages, phone_cells, told, values
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import whereabouts
from wegweiser.companies.linkage.row.profiles import Known, profile

Pair = tuple[int, int]
HERE = Path(__file__).parent
WITH_CELLS = "third"  # says what its cells mean
# Read by the import itself, with columns for headcount, remark and more.
UNREAD = (
    *("eleventh", "twelfth", "sixteenth", "nineteenth", "twentieth", "twenty-ninth", "thirty-fifth"),
    *("thirty-eighth", "thirty-ninth", "forty-third", "forty-fourth", "forty-sixth"),
)
OUTSIDERS = (
    *("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "thirteenth", "fourteenth", "fifteenth"),
    *("seventeenth", "eighteenth", "twenty-first", "twenty-second", "twenty-fourth"),
    *("twenty-third", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth"),
    *("thirtieth", "thirty-first", "thirty-second", "thirty-third", "thirty-fourth", "thirty-sixth"),
    *("thirty-seventh", "fortieth", "forty-first", "forty-second", "forty-fifth"),
    *UNREAD,
)
HALVES = ("tune", "second", "unseen", WITH_CELLS, *OUTSIDERS)
AS_A_LIST = {WITH_CELLS: cells.COLUMNS, **dict.fromkeys(OUTSIDERS, cells.OUTSIDERS_COLUMNS)}
DISPUTED = "?"


def rows(half: str) -> list[dict[str, str]]:
    with (HERE / f"{half}.psv").open(encoding="utf-8") as lines:
        found = [
            {name: value or "" for name, value in row.items() if name} for row in csv.DictReader(lines, delimiter="|")
        ]
    if "truth" not in found[0]:
        return found
    told = cells.OUTSIDERS_COLUMNS
    return [
        {"firm": row["truth"], "trap": row["trap"], **{name: row[column] for name, column in told.items()}}
        for row in found
    ]


def known(row: dict[str, str]) -> Known:
    return Known(
        name=(values.name(row["name"]) or values.Name(row["name"])).text,
        street=row["street"],
        postcode=values.postcode(row["postcode"]) or "",
        place=row["place"],
        phones=phone_cells.numbers(row["phone"]).good or ((row["phone"],) if row["phone"] else ()),
        emails=contacts.mails(row["email"]).good,
        website=pages.website(row["website"]) or "",
        persons=(row["person"],) if row["person"] else (),
    )


def family(row: dict[str, str]) -> str:
    """What rows that look alike have in common: the trap, or the firm where there is none."""
    return (row["trap"] or row["firm"]) if "trap" in row else row["firm"][:-1]


def truth(table: list[dict[str, str]]) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """Pairs of rows that are one firm, pairs that look alike and are two, and pairs of which nobody can tell."""
    by_firm: dict[str, list[int]] = defaultdict(list)
    by_family: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(table):
        if row["firm"] != cells.NO_FIRM:
            by_firm[row["firm"]].append(number)
            by_family[family(row)].append(number)
    of_nobody = by_firm.get(DISPUTED, [])
    firms = sorted(number for numbers in by_firm.values() for number in numbers)
    unknown = {(min(a, b), max(a, b)) for a in of_nobody for b in firms if a != b}
    same = _pairs(by_firm.values()) - unknown
    alike = _pairs(by_family.values()) - same - unknown
    disputed = _pairs(numbers for name, numbers in by_family.items() if name.startswith(DISPUTED)) & alike
    return same, alike - disputed, disputed | unknown


def _pairs(groups: Iterable[list[int]]) -> set[Pair]:
    """Any two of one group; each group in the order of the table."""
    return {pair for group in groups for pair in combinations(group, 2)}


def told_by(name: str, table: list[dict[str, str]]) -> list[Known | None]:
    """What each row tells of a firm; None where it names none."""
    if name not in AS_A_LIST:
        return [known(row) for row in table]
    read, places = cells.read(table, AS_A_LIST[name]), cells.cleaner().region.gazetteer
    return [whereabouts.located(told.known_of(row), lambda: places) if isinstance(row, Clean) else None for row in read]


def ours(read: list[Known | None]) -> tuple[set[Pair], set[Pair]]:
    """Pairs that end up in one firm, and pairs that are shown to a person."""
    groups = grouping.Groups()
    proposed = set()
    for number, row in enumerate(read):
        if row is None:
            continue
        placed = groups.place(profile(number, row))
        proposed |= {(min(number, other), max(number, other)) for other, _ in placed.unsure}
    roots: dict[int, list[int]] = {}
    for number in range(len(read)):
        roots.setdefault(groups.root(number), []).append(number)
    merged = {pair for group in roots.values() for pair in combinations(sorted(group), 2)}
    return merged, {pair for pair in proposed if groups.root(pair[0]) != groups.root(pair[1])}


def name_and_postcode(table: list[dict[str, str]]) -> set[Pair]:
    told = [(keys.name_key(row["name"]), values.postcode(row["postcode"])) for row in table]
    return {(a, b) for a, b in combinations(range(len(table)), 2) if told[a] == told[b]}


def plain_ratio(table: list[dict[str, str]]) -> set[Pair]:
    names = [row["name"].casefold() for row in table]
    return {(a, b) for a, b in combinations(range(len(table)), 2) if fuzz.token_sort_ratio(names[a], names[b]) >= 90}


def interval(right: int, of: int) -> str:
    """Share with its 95 % interval (Wilson)."""
    if not of:
        return "–"
    share, z = right / of, 1.96
    middle, spread = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = ((middle + sign * spread) / (1 + z * z / of) for sign in (-1, 1))
    return f"{share:.3f} [{max(0, low):.3f}, {min(1, high):.3f}] ({right}/{of})"


def report(name: str, found: set[Pair], same: set[Pair], traps: set[Pair], proposed: set[Pair] | None = None) -> None:
    print(f"  {name}")
    print(f"    precision {interval(len(found & same), len(found))}")
    print(f"    recall    {interval(len(found & same), len(same))}")
    print(f"    traps merged {len(found & traps)} of {len(traps)}")
    if proposed is not None:
        print(f"    merged or shown to a person {interval(len((found | proposed) & same), len(same))}")
        print(f"    shown to a person: {len(proposed)} pairs, {len(proposed & same)} of them one firm")


def every_second(table: list[dict[str, str]], which: int) -> set[int]:
    """Rows of every second family, in the order in which the families turn up."""
    order = {name: number for number, name in enumerate(dict.fromkeys(map(family, table)))}
    return {number for number, row in enumerate(table) if order[family(row)] % 2 == which}


def half(name: str, *, misses: bool, part: int | None) -> None:
    table = rows(name)
    kept = every_second(table, part) if part is not None else set(range(len(table)))
    only: Callable[[set[Pair]], set[Pair]] = lambda pairs: {pair for pair in pairs if kept & set(pair)}  # noqa: E731
    same, traps, disputed = map(only, truth(table))
    print(f"{name}: {len(kept)} rows, {len(same)} pairs of one firm, {len(traps)} traps, {len(disputed)} disputed")
    rows_told = told_by(name, table)
    merged, proposed = (only(pairs) - disputed for pairs in ours(rows_told))
    report("ours", merged, same, traps, proposed)
    report("floor: equal name and postcode", only(name_and_postcode(table)) - disputed, same, traps)
    report("floor: rapidfuzz token_sort_ratio >= 90", only(plain_ratio(table)) - disputed, same, traps)
    if misses:
        for title, pairs in (("missed", same - merged), ("wrongly merged", merged - same)):
            for a, b in sorted(pairs):
                one, other = rows_told[a], rows_told[b]
                likeness = compare(profile(a, one), profile(b, other)) if one and other else None
                names = " | ".join(f"{table[row]['firm']} {table[row]['name']}" for row in (a, b))
                print(f"  {title}: {names}: {likeness}")
    if name == WITH_CELLS:
        print("  cells read as they are meant")
        cells.judge(table, misses=misses)


SYLLABLES = (
    "ber",
    "mann",
    "hof",
    "stein",
    "win",
    "kel",
    "ro",
    "sen",
    "hart",
    "lau",
    "tor",
    "gen",
    "schu",
    "fel",
    "drei",
)
TRADES = (
    "Tischlerei",
    "Metallbau",
    "Bäckerei",
    "Elektro",
    "Maschinenbau",
    "Druckerei",
    "Autohaus",
    "Zimmerei",
    "Hotel",
    "Praxis",
)


def crowd(count: int) -> list[Known]:
    """Firms with a fifth of them twice, spelt otherwise."""
    chance = random.Random(4)
    found: list[Known] = []
    while len(found) < count:
        owner = "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()
        trade, postcode = chance.choice(TRADES), f"{chance.randrange(6000, 39700):05}"
        street = f"{''.join(chance.choice(SYLLABLES) for _ in range(2)).capitalize()}str. {chance.randrange(1, 120)}"
        phone = f"+49391{len(found):07}"
        found.append(
            Known(
                name=f"{trade} {owner} GmbH", street=street, postcode=postcode, place=f"Ort{postcode}", phones=(phone,)
            )
        )
        if chance.random() < 0.2:
            found.append(Known(name=f"{owner} {trade}", street=street.replace("str.", "straße"), postcode=postcode))
    return found[:count]


def cost(firms: int) -> None:
    table = crowd(firms)
    groups = grouping.Groups()
    began, cpu = time.perf_counter(), time.process_time()
    for number, row in enumerate(table):
        groups.place(profile(number, row))
    merged = sum(groups.root(number) != number for number in range(firms))
    print(
        f"{firms} firms: {time.perf_counter() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU; {merged} folded"
    )
    sample = random.Random(5).sample(table, 200)
    single = [_taken(lambda row=row: groups.index.alike(profile(-1, row))) for row in sample]
    print(f"one more among them: {statistics.median(single):.2f} ms in the middle, {max(single):.2f} ms at most")


def _taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--part", type=int, choices=(0, 1), help="every second family only, from the first or the next")
    parser.add_argument("--misses", action="store_true", help="print each mistake; for the tuning half")
    parser.add_argument("--firms", type=int, default=100_000)
    asked = parser.parse_args()
    for name in [asked.half] if asked.half else HALVES:
        half(name, misses=asked.misses, part=asked.part)
    if asked.firms:
        cost(asked.firms)


if __name__ == "__main__":
    main()
