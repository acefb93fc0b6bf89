"""The codes that are put together say the same, square for square, as those that are worked out."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.documents import qr


@pytest.fixture(autouse=True, scope="module")
def known():
    qr.prepare()


def worked_out(text, label=""):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(qr, "_known", None)
        return qr.svg(text, label=label)


@given(st.uuids())
def test_the_code_of_a_number_is_the_same(number):
    assert qr.svg(str(number), label="ä & <b>") == worked_out(str(number), label="ä & <b>")


@pytest.mark.parametrize(
    "text",
    [
        qr.ZERO,  # digits alone: another way of writing them, so a smaller drawing
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "0000000a-0000-0000-0000-000000000000",
        str(UUID(int=1 << 127)).upper(),
        "https://example.org/",
        "0000000a-0000-0000-0000-00000000000",
    ],
)
def test_so_is_everything_else(text):
    assert qr.svg(text) == worked_out(text)
