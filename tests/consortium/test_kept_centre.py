"""The kept row of the centre is another one as soon as anything of it is, its long texts included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.public.conftest import small_centre
from wegweiser.consortium import directory
from wegweiser.consortium.models import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre():
    yield from small_centre()


@pytest.mark.parametrize("changed", [{"texts": {"a": {"de": "Anders"}}}, {"phone": "+4930999"}])
def test_it_is_made_anew_when_it_changed(changed):
    number, _row = directory.centre.versioned()
    assert directory.centre.versioned()[0] == number
    Centre.objects.update(**changed)
    again, row = directory.centre.versioned()
    assert again != number
    assert {name: getattr(row, name) for name in changed} == changed


def test_postgresql_does_not_write_its_texts_out():
    Centre.objects.update(texts={"a": {"de": "Lang und breit"}})
    directory.centre()
    with CaptureQueriesContext(connection) as asked:
        directory.centre()
    (statement,) = [row["sql"] for row in asked.captured_queries]
    hashed = 'jsonb_hash_extended("consortium_centre"."texts", 0)' in statement
    assert hashed == (connection.vendor == "postgresql")
