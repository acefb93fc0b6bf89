"""How long figures take over 20,000 steps, against the floor: reading the same steps from the database and no more.

python -m benchmarks.figures [--steps 20000] [--rounds 5]
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable

FIRMS = 6_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as home:
        os.environ["WEGWEISER_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"
        import django

        django.setup()
        run(asked.steps, asked.rounds)


def run(steps: int, rounds: int) -> None:
    from django.core.cache import cache
    from django.test import Client

    from wegweiser.config import demo_year, installation
    from wegweiser.consortium import centre_file
    from wegweiser.funding.queries import running_grant
    from wegweiser.journey import indicators, summaries
    from wegweiser.journey.models import Step
    from wegweiser.kernel.actor import Actor

    installation.install(path=centre_file.model_centre(), quick=True, by=Actor.system("benchmark"))
    share = steps / 1_540
    demo_year.FIRMS = FIRMS
    demo_year.EVENTS = round(demo_year.EVENTS * share)
    demo_year.KINDS = {
        kind: (round(count * share), shape, hours) for kind, (count, shape, hours) in demo_year.KINDS.items()
    }
    began = time.perf_counter()
    made = demo_year.make()
    print(f"{made} steps of {FIRMS} firms, written in {time.perf_counter() - began:.2f} s")
    grant = running_grant()
    assert grant is not None
    asked = {"start": grant.starts_on, "end": grant.ends_on, "grant": grant.slug}
    columns = ("uuid", "day", "company", "occasion_uuid", "format", "topic__slug", "partner__key", "measures")

    def fresh() -> None:
        cache.clear()
        summaries.figures(keys=("companies_reached", "contacts"), **asked)

    client = Client(headers={"host": "localhost"})
    assert client.get("/wirkung/").status_code == 200
    report("floor: read the steps", rounds, lambda: list(Step.objects.filter(grant=grant.slug).values_list(*columns)))
    report("all indicators by all dimensions, with evidence", rounds, lambda: indicators.figures(**asked))
    report("two indicators as sums, made anew", rounds, fresh)
    summaries.figures(keys=("companies_reached", "contacts"), **asked)
    report(
        "two indicators as sums, kept",
        rounds * 10,
        lambda: summaries.figures(keys=("companies_reached", "contacts"), **asked),
    )
    client.get("/wirkung/")
    report("/wirkung/, sums kept", rounds * 10, lambda: client.get("/wirkung/"))


def report(name: str, rounds: int, work: Callable[[], object]) -> None:
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    print(f"{name:<50} {statistics.median(taken):8.1f} ms CPU (median of {rounds})")


if __name__ == "__main__":
    main()
