"""What it costs to find the firm that an enquirer may belong to. Of few firms it checks that none is missed.

python -m benchmarks.firms [--firms 4100] [--rounds 20] [--database postgres://…]
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable

TRADES = ("Tischlerei", "Metallbau", "Bäckerei", "Elektro", "Maschinenbau", "Druckerei", "Autohaus", "Zimmerei")
PLACES = (
    ("39104", "Magdeburg"),
    ("06108", "Halle"),
    ("38855", "Wernigerode"),
    ("39576", "Stendal"),
    ("06844", "Dessau"),
)
FORMS = ("GmbH", "e. K.", "GmbH & Co. KG", "")


MOST_COMPARED_WITH_ALL = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", default="", help="Of an empty database; without it SQLite.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as home:
        os.environ["WEGWEISER_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        if asked.database:
            os.environ["DATABASE_URL"] = asked.database
        os.environ["DJANGO_SETTINGS_MODULE"] = "wegweiser.config.settings"
        import django

        django.setup()
        run(asked.firms, asked.rounds)


def run(firms: int, rounds: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from wegweiser.companies import alike
    from wegweiser.companies.linkage.row.profiles import Known
    from wegweiser.companies.models import Company

    call_command("migrate", verbosity=0)
    Company.objects.bulk_create([Company(**row) for row in _firms(firms)], batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    known = Company.objects.order_by("id")[firms // 2]
    here = {"street": known.street, "postcode": known.postcode, "place": known.place}
    asked = {
        "a firm that is known, by its name": Known(name=known.name.removesuffix("GmbH")),
        "by the mail of a colleague": Known(name="Ganz neu", emails=(f"chefin@{known.email.rpartition('@')[2]}",)),
        "with address, number and place": Known(name=known.name + "s", phones=(known.phone,), **here),
        "a new firm in a large town": Known(name="Hufbeschlag Unbekannt", phones=("+493915550000",), **here),
        "a firm that nobody knows": Known(name="Hufbeschlag Unbekannt", emails=("hu@gmx.de",)),
    }
    print(f"{firms} firms on {connection.vendor}; ms of CPU of this process, median and largest of {rounds}")
    for name, new in asked.items():
        ours = [hit.company.pk for hit in alike.likely(new, limit=1000) if hit.asks]
        if firms <= MOST_COMPARED_WITH_ALL:
            assert sorted(ours) == sorted(_every(new)), name
        median, largest = measured(rounds, lambda new=new: alike.likely(new))
        print(f"{name:<40} {len(ours)} found   {median:6.1f} {largest:6.1f}")


def _firms(count: int) -> list[dict[str, object]]:
    """Firms whose names are alike by trade and differ by owner."""
    chance, syllables = random.Random(1), ("ber", "mann", "hof", "stein", "win", "kel", "ro", "sen", "hart", "lau")
    rows = []
    for number in range(count):
        owner = "".join(chance.choice(syllables) for _ in range(3)).capitalize()
        postcode, place = chance.choice(PLACES)
        name = f"{chance.choice(TRADES)} {owner} {chance.choice(FORMS)}".strip()
        mail = f"info@{owner.lower()}-{number}.example"
        phone = f"+49391{5_000_000 + number}"
        street = f"{chance.choice(syllables).capitalize()}{chance.choice(syllables)}straße {number % 90 + 1}"
        rows.append(
            {
                "name": name,
                "street": street,
                "postcode": postcode,
                "place": place,
                "email": mail,
                "phone": phone,
                "website": f"https://www.{owner.lower()}-{number}.example" if number % 2 else "",
            }
        )
    return rows


def _every(new: object) -> list[int]:
    """As if nothing were known of how names are written, every firm is compared."""
    from wegweiser.companies import entries, queries
    from wegweiser.companies.linkage.likeness import compare
    from wegweiser.companies.linkage.row.profiles import profile

    one = profile(-1, new)  # type: ignore[arg-type]
    return [firm.pk for firm in queries.listed() if compare(one, profile(firm.pk, entries.known_of(firm))).verdict]


def measured(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken), max(taken)


if __name__ == "__main__":
    main()
