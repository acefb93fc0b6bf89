"""The check of what survived finds what it looks for: each test hands it one thing that is wrong."""

import dataclasses
import uuid

import pytest

from tests.faults.browser import Seen
from tests.faults.survival import Mail, Stored, problems

CAPACITY = 3


def seen(number: int, places: int = 1) -> Seen:
    return Seen(uuid.UUID(int=number), f"Gast {number}", f"gast{number}@firma.example", places)


def stored(number: int, **other: object) -> Stored:
    told = seen(number)
    row = Stored(
        told.submission, told.name, told.email, "confirmed", 1, 1, [Mail(f"<{number}@centre.example>", "sent", 0)]
    )
    return dataclasses.replace(row, **other)


GUESTS = [seen(1), seen(2), seen(3), seen(4)]
ROWS = [stored(1), stored(2), stored(3), stored(4, state="waiting")]
DELIVERED = {f"<{number}@centre.example>": 1 for number in (1, 2, 3, 4)}


def found(guests=GUESTS, rows=ROWS, delivered=DELIVERED, **more: object) -> list[str]:
    return problems(guests, rows, capacity=CAPACITY, delivered=delivered, **more)


def mailed(state: str, unclear_count: int = 0) -> list[Stored]:
    return [*ROWS[:3], stored(4, state="waiting", mails=[Mail("<4@centre.example>", state, unclear_count)])]


def test_nothing_is_wrong_where_nothing_is():
    assert found(settled=True) == []


def test_an_invented_confirmation_is_found():
    assert found([*GUESTS, seen(5)]) == ["Gast 5 saw a confirmation, and nothing is stored."]


def test_one_person_who_was_told_twice_is_found():
    doubled = dataclasses.replace(GUESTS[0], submission=uuid.UUID(int=9))
    assert found([*GUESTS, doubled]) == [
        "Gast 1 saw a confirmation, and nothing is stored.",
        "gast1@firma.example was told 2 times.",
    ]


def test_one_person_who_is_stored_twice_is_found():
    again = stored(1, submission=uuid.UUID(int=9), state="waiting", mails=[Mail("<9@centre.example>", "queued", 0)])
    assert found(rows=[*ROWS, again]) == [
        "Gast 1 is stored, and was never told.",
        "gast1@firma.example is stored 2 times.",
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*ROWS[:3], stored(4)], "4 places are confirmed of 3."),
        ([*ROWS[:2], stored(3, state="waiting"), ROWS[3]], "Gast 3 waits, and 1 places are empty."),
        ([*ROWS[:2], stored(3, seats=0), ROWS[3]], "Gast 3 has 0 seats for 1 places."),
        ([*ROWS[:3], stored(4, state="lapsed")], "Gast 4 is lapsed."),
        ([*ROWS[:3], stored(4, state="waiting", mails=[])], "Gast 4 has 0 mails."),
    ],
)
def test_a_row_that_cannot_be_is_found(rows, told):
    delivered = {mail.message_id: 1 for row in rows for mail in row.mails}
    assert found(rows=rows, delivered=delivered) == [told]


def test_a_registration_of_other_places_is_found():
    assert "Gast 2 is stored as something else" in found([GUESTS[0], seen(2, places=2), *GUESTS[2:]])[0]


@pytest.mark.parametrize("state", ["queued", "sending", "unclear"])
def test_a_mail_may_be_on_its_way_until_all_had_their_time(state):
    some = {name: 1 for name in DELIVERED if not name.startswith("<4")}
    assert found(rows=mailed(state), delivered=some) == []
    assert found(rows=mailed(state), delivered=some, settled=True) == [f"The mail to Gast 4 never went out: {state}."]


def test_a_mail_that_never_arrived_and_one_that_nobody_wrote_are_found():
    delivered = {**{name: 1 for name in DELIVERED if not name.startswith("<4")}, "<x@centre.example>": 1}
    assert found(delivered=delivered) == [
        "The mail to Gast 4 is called sent, and never arrived.",
        "A mail <x@centre.example> arrived that nobody wrote.",
    ]


def test_a_mail_arrives_twice_only_where_it_was_unclear():
    twice = {**DELIVERED, "<4@centre.example>": 2}
    assert found(rows=mailed("sent", unclear_count=1), delivered=twice) == []
    assert found(rows=mailed("sent"), delivered=twice) == ["The mail to Gast 4 arrived 2 times."]
