"""The data migration that hashes the keys of what was loaded, run on rows with names.

Only its own step runs: going back to that day takes the whole database along, and the table has been the same since.
"""

import hashlib
from importlib import import_module

import pytest
from django.apps import apps

from wegweiser.consortium.models import Loaded

MIGRATION = import_module("wegweiser.consortium.migrations.0004_hashed_keys_of_loaded_rows")


@pytest.mark.django_db
def test_no_name_is_left_and_each_row_is_found_by_its_hash():
    keys = ("jana-oelmann", "Jürgen Groß", "x" * 250)
    for key in keys:
        Loaded.objects.create(kind="member", key=key, content_hash="c" * 64)
    MIGRATION.hash_keys(apps, None)  # asks its editor for nothing
    found = dict(Loaded.objects.values_list("key", "content_hash"))
    assert found == {hashlib.sha256(key.encode()).hexdigest(): "c" * 64 for key in keys}
