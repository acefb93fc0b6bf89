"""What a firm's copy of its data says of other firms: their name, unless that is nobody's business any more."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.contact_point import BY
from wegweiser.companies.actions import companies, sizes
from wegweiser.companies.models import Company
from wegweiser.crossings import company_data
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "told"),
    [({}, "Kain Holding GmbH"), ({"restricted_at": clock.now()}, ""), ({"is_cover_name": True}, "")],
)
def test_who_is_restricted_or_under_cover_is_not_named(world, changed, told):
    abel, kain = (companies.find_or_create(name=name, by=BY) for name in ("Abel GmbH", "Kain Holding GmbH"))
    given = {"direction": "owner", "kind": "enterprise", "valid_from": dt.date(2026, 1, 1), "other": kain}
    sizes.add_share(company=abel, percent=Decimal(30), **given, by=BY)
    Company.objects.filter(pk=kain.pk).update(**changed)
    (share,) = company_data.document(abel, language="de")["shares"]
    assert share["name"] == told
