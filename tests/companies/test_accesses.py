"""Who asks to be let in at a firm is told to that firm only, by the rule that finds the one firm without doubt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.journey import builders
from wegweiser.companies import accesses
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.models import Company
from wegweiser.kernel.actor import VISITOR

pytestmark = pytest.mark.django_db
ASKED = {
    "same name": ("Fräserei Ölmann", ""),
    "legal form": ("Fräserei Ölmann GmbH", ""),
    "other spelling, same phone": ("Fraeserei Oelmann", "0391 5550177"),
    "another firm": ("Tischlerei Kunz", ""),
    "nobody knows it": ("Gießerei Neu", ""),
}


@pytest.fixture
def firm():
    found = builders.company("Fräserei Ölmann")
    Company.objects.filter(pk=found.pk).update(phone="+493915550177")
    builders.company("Tischlerei Kunz")
    for number, (name, phone) in enumerate(ASKED.values()):
        asked = acting.start(email=f"{number}@mail.example", language="de", by=VISITOR)
        acting.ask(asked=asked, name="Uwe", firm=name, phone=phone, by=VISITOR)
    return found


def test_a_firm_is_told_the_requests_that_mean_it_without_doubt(firm):
    meant = [row for row in accesses.waiting() if accesses.certain(row) == firm]
    assert accesses.asking(firm) == meant
    assert [row.firm for row in meant] == [name for name, _ in list(ASKED.values())[:3]]


def test_a_request_at_another_firm_costs_it_no_query(firm):
    accesses.waiting().exclude(firm="Gießerei Neu").delete()
    accesses.asking(firm)  # what the process keeps is read
    counts = []
    for further in (0, 2):
        for number in range(further):
            asked = acting.start(email=f"neu{number}@mail.example", language="de", by=VISITOR)
            acting.ask(asked=asked, name="Ute", firm=f"Zimmerei Neu {number}", phone="", by=VISITOR)
        with CaptureQueriesContext(connection) as queries:
            assert accesses.asking(firm) == []
        counts.append(len(queries))
    assert counts == [7, 7]  # three of them ask whether the places are still those that the process holds


def test_the_sixtieth_request_reaches_its_firm(firm):
    for number in range(60):
        asked = acting.start(email=f"viele{number}@mail.example", language="de", by=VISITOR)
        acting.ask(asked=asked, name="Ute", firm=f"Zimmerei Neu {number}", by=VISITOR)
    asked = acting.start(email="spaet@mail.example", language="de", by=VISITOR)
    acting.ask(asked=asked, name="Uwe", firm="Oelmann Fräserei", by=VISITOR)
    assert accesses.asking(firm)[-1] == asked
    assert len(accesses.asking(firm)) == 4
