"""The data migration that takes the person out of what was suggested, run on rows as they were before it."""

import pytest

from tests import contact_point, migrating
from wegweiser.enquiries.models import Case


@pytest.mark.django_db(transaction=True)
def test_the_contact_goes_and_everything_else_stays():
    world = contact_point.world()
    offers = {"offers": [{"kind": "demonstrator", "slug": "fraese"}], "topics": ["netz"]}
    before = [{**offers, "contact": "jana-oelmann"}, {"contact": None}, offers, {}]
    rows = [contact_point.case(world.lead, suggested=suggested) for suggested in before]
    migrating.forward("enquiries", before="0003_case_matter", after="0004_no_contact_among_suggestions")
    after = [Case.objects.get(pk=row.pk).suggested for row in rows]
    assert after == [offers, {}, offers, {}]
