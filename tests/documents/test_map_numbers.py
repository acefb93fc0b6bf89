"""Numbers on a map stand beside each other, near the places they belong to."""

from hypothesis import given
from hypothesis import strategies as st

from wegweiser.documents import maps

POINTS = st.tuples(st.integers(0, 900), st.integers(0, 900))


def overlap(one: tuple[int, int], other: tuple[int, int], texts: tuple[str, str]) -> bool:
    wide = sum(len(text) * maps.LETTER * maps.SIZE for text in texts) / 2
    return abs(one[0] - other[0]) < wide and abs(one[1] - other[1]) < maps.SIZE


def test_a_city_within_its_district_is_read_apart():
    for told in ([(300, 300, "36"), (310, 316, "68")], [(100, 100, "19"), (100, 100, "28")]):
        one, other = maps.apart(told)
        assert not overlap(one, other, (told[0][2], told[1][2]))
    assert overlap((300, 300), (310, 316), ("36", "68"))  # as they would stand


def test_numbers_that_have_room_and_those_not_shown_stay():
    assert maps.apart([(0, 0, "12"), (500, 0, "3")]) == [(0, 0), (500, 0)]
    assert maps.apart([(0, 0, "12"), (0, 0, "")]) == [(0, 0), (0, 0)]


@given(POINTS, POINTS, st.integers(1, 9_999), st.integers(1, 999))
def test_two_numbers_never_touch(one, other, first, second):
    texts = str(first)[:3], str(second)
    placed = maps.apart([(*one, texts[0]), (*other, texts[1])])
    assert not overlap(*placed, texts)


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 900), st.sampled_from(["", "7", "68", "1.204"])), max_size=12
    )
)
def test_nothing_goes_far_from_its_place(labels):
    for (x, y, _), (left, top) in zip(labels, maps.apart(labels), strict=True):
        assert abs(x - left) <= maps.FARTHEST
        assert abs(y - top) <= maps.FARTHEST
