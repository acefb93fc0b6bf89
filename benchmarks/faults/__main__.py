"""`python -m benchmarks.faults [--rounds 20] [--database postgresql]`: registrations under SIGKILL, round after round.

Exits 1 with what is wrong and the seed that leads there, as soon as anything is.
"""

import argparse
import random
import sys
import time
from collections import Counter

from tests.faults.installation import Installation, installed

KINDS = {"sqlite": ("web", "worker"), "postgresql": ("web", "worker", "database")}
PLACES_PER_ROUND = 4  # fewer than come, so that many wait


def play(house: Installation, what: str, rounds: int, chance: random.Random) -> None:
    """Rounds of one kind of fault, and one line that says how they went."""
    start, before = time.monotonic(), Counter(house.answers)
    guests, erred = 0, 0
    for number in range(rounds):
        seen = house.round(what, chance)
        hit = [row for row in seen if row.erred]
        guests, erred = guests + len(seen), erred + len(hit)
        wrong = house.problems() + house.told_again(hit)
        house.settle()
        if wrong := wrong + house.problems(settled=True):
            sys.exit(f"{what}, round {number + 1}:\n" + "\n".join(wrong))
    answers = house.answers - before
    doubles = sum(copies - 1 for copies in house.delivered().values())
    print(
        f"{what}: {rounds} rounds, {guests} registered, {erred} of them after an error"
        f" ({answers[0]} without an answer, {answers[503]} times 503); nothing lost, nobody twice;"
        f" {doubles} mails twice so far; {time.monotonic() - start:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="of each kind of fault")
    parser.add_argument("--database", choices=[*KINDS], action="append", help="both without it")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    told = parser.parse_args()
    print(f"Seed {told.seed}", flush=True)
    for kind in told.database or KINDS:
        chance = random.Random(told.seed)
        print(f"\n{kind}", flush=True)
        with installed(kind, places=told.rounds * len(KINDS[kind]) * PLACES_PER_ROUND) as house:
            for what in KINDS[kind]:
                play(house, what, told.rounds, chance)


if __name__ == "__main__":
    main()
