"""Migrates the database of this environment from zero: `python -m tests.services.migrated`. What it leaves is copied by
the workers and into the homes of programs that they start, so nobody waits here until the disk has it."""

import os
import shutil
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

# A database that `python -m tests.run` has migrated: a file of SQLite, or a name in the server of PostgreSQL. Without
# it whoever needs a database migrates by itself.
TEMPLATE = os.environ.get("WEGWEISER_TEST_TEMPLATE", "")


def copy_into(home: Path) -> None:
    """Gives a home that has none the database of SQLite, so that no program has to migrate it from zero."""
    if TEMPLATE and Path(TEMPLATE).is_file():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TEMPLATE, home / "wegweiser.sqlite3")


if __name__ == "__main__":
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
