"""Migrates the database of this environment from zero: `python -m tests.services.migrated`. What it leaves is copied by
the workers, so nobody waits here until the disk has it."""

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
