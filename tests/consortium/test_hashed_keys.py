"""The data migration that hashes the keys of what was loaded, run on rows as they were before it."""

import hashlib

import pytest

from tests import migrating
from wegweiser.consortium.models import Loaded


@pytest.mark.django_db(transaction=True)
def test_no_name_is_left_and_each_row_is_found_by_its_hash():
    keys = ("jana-oelmann", "Jürgen Groß", "x" * 250)
    for key in keys:
        Loaded.objects.create(kind="member", key=key, content_hash="c" * 64)
    migrating.forward("consortium", before="0003_departure", after="0004_hashed_keys_of_loaded_rows")
    found = dict(Loaded.objects.values_list("key", "content_hash"))
    assert found == {hashlib.sha256(key.encode()).hexdigest(): "c" * 64 for key in keys}
