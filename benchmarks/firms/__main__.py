"""What it costs to find the firm that an enquirer may belong to, against the floor: comparing with every known firm.

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=4_100)
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

    from wegweiser.companies import queries
    from wegweiser.companies.duplicates import Sketch
    from wegweiser.companies.models import Company

    call_command("migrate", verbosity=0)
    Company.objects.bulk_create([Company(**row) for row in _firms(firms)], batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    known = Company.objects.order_by("id")[firms // 2]
    asked = {
        "a firm that is known, by its name": Sketch(name=known.name.removesuffix("GmbH")),
        "by the mail of a colleague": Sketch(name="Ganz neu", email=f"chefin@{known.email.rpartition('@')[2]}"),
        "with postcode and place": Sketch(name=known.name + "s", postcode=known.postcode, place=known.place),
        "a firm that nobody knows": Sketch(name="Hufbeschlag Unbekannt", email="hu@gmx.de", phone="+493915550000"),
    }
    print(f"{firms} firms on {connection.vendor}; ms of CPU of this process, median of {rounds}")
    for name, sketch in asked.items():
        ours = queries.likely_duplicates(sketch)
        assert [(hit.company.pk, hit.evidence) for hit in ours] == _every(sketch), name
        floor = measured(rounds, lambda sketch=sketch: _every(sketch))
        mended = measured(rounds, lambda sketch=sketch: queries.likely_duplicates(sketch))
        print(f"{name:<40} {len(ours)} found   floor {floor:8.1f}   by what is shared {mended:6.2f}")


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
        rows.append({"name": name, "postcode": postcode, "place": place, "email": mail, "phone": phone})
    return rows


def _every(new: object) -> list[tuple[int, tuple[str, ...]]]:
    """The floor: as if nothing were known of how names are written, every firm is compared."""
    from wegweiser.companies import duplicates, queries

    columns = ("pk", "name", "postcode", "place", "phone", "email")
    found = []
    for pk, *values in queries.listed().filter(is_cover_name=False).order_by().values_list(*columns):
        known = duplicates.Sketch(**dict(zip(columns[1:], values, strict=True)))
        codes = duplicates.evidence(new, known)  # type: ignore[arg-type]
        if duplicates.likely(codes):
            found.append((duplicates.weight(codes), -pk, codes))
    return [(-negative, codes) for _weight, negative, codes in sorted(found, reverse=True)[:5]]


def measured(rounds: int, work: Callable[[], object]) -> float:
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
