"""A reference number is found in a subject among ordinary words that look like one."""

import pytest

from tests import contact_point
from wegweiser.enquiries import correspondence
from wegweiser.enquiries.models import Case


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead)
    Case.objects.filter(pk=row.pk).update(reference="W-VHJA3")
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    "subject",
    [
        "Frage zu W-VHJA3",
        "Warten auf Antwort W-VHJA3",
        "Wasser in der Halle, W-VHJA3",
        "Wetter / W-VHJA3",
        "Re: [w-vhja3]: noch etwas",
        "Vorgang W VHJA3",
        "Vorgang WVHJA3.",
        "W – VHJA3",
        "W-ABCDE und W-VHJA3",
    ],
)
def test_the_number_is_found(case, subject):
    assert correspondence.named_in(subject) == case


@pytest.mark.parametrize("subject", ["Warten auf Antwort", "XW-VHJA3", "W-VHJA34", ""])
def test_what_is_none_is_not(case, subject):
    assert correspondence.named_in(subject) is None


def test_one_query_is_enough(case, django_assert_num_queries):
    with django_assert_num_queries(1):
        correspondence.named_in("Warten, Wetter, Wasser, W-VHJA3")


def test_of_two_the_first_counts_that_is_written_as_a_number(world, case):
    other = contact_point.case(world.lead)
    Case.objects.filter(pk=other.pk).update(reference="W-ARTEN")
    assert correspondence.named_in("Warten auf W-VHJA3") == case
    other.refresh_from_db()
    assert correspondence.named_in("W-ARTEN und W-VHJA3") == other
