import pytest

from tests import letters


@pytest.fixture
def cause(db):
    return letters.cause()
