"""Which names alone tell a firm where nobody sees which one was found."""

import pytest

from tests.contact_point import BY
from wegweiser.companies import alike
from wegweiser.companies.actions import companies
from wegweiser.companies.linkage.row.profiles import Known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Müller GmbH", False),
        ("Bäckerei Müller GmbH", False),
        ("Metallbau Schmidt GmbH & Co. KG", False),
        ("Mödebeck Kühlgeräte GmbH", True),
    ],
)
def test_a_form_and_a_trade_are_no_reason(name, is_told):
    firm = companies.find_or_create(name=name, postcode="39576", place="Stendal", by=BY)
    assert alike.certain(Known(name=name)) == firm
    assert (alike.certain(Known(name=name), is_unseen=True) == firm) is is_told
    there = Known(name=name, postcode="39576", place="Stendal")
    assert alike.certain(there, is_unseen=True) == firm
