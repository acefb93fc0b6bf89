"""Whom a visit sheet names: those one may meet there, and nobody whose data are kept for a proof alone."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.models import Person
from wegweiser.crossings import firms
from wegweiser.enquiries.actions import appointments
from wegweiser.kernel import clock
from wegweiser.web.desk import visit_sheet


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="+493915550123")
    firms.link(case=row, by=BY)
    return row


def arranged(case, member):
    start = clock.now() + dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=member, kind="visit", starts_at=start, by=BY)[0]


def on_paper(monkeypatch, client, address):
    drawn = []
    monkeypatch.setattr(visit_sheet.pdf, "visit_sheet", lambda **given: drawn.append(given) or b"")
    client.get(address)
    return str([(block.heading, block.lines) for block in drawn[0]["blocks"]] + [drawn[0]["title"]])


@pytest.mark.parametrize("name", ["visit", "firm_visit"])
@pytest.mark.parametrize("firm_known", [True, False])
def test_whose_data_are_restricted_stands_on_no_sheet(anna, world, case, name, firm_known, monkeypatch):
    date = arranged(case, world.anna)
    Person.objects.filter(pk=case.person.pk).update(restricted_at=clock.now())
    key = {"uuid": date.uuid if name == "visit" else case.company.uuid}
    if not firm_known and name == "visit":
        case.company, case.firm = None, ""
        case.save(update_fields=["company", "firm"])
    page = anna.get(reverse(f"desk:{name}", kwargs=key)).content.decode()
    paper = on_paper(monkeypatch, anna, reverse(f"desk:{name}_paper", kwargs=key))
    for words in ("Jana Ölmann", "0391 5550123", "+493915550123", "jana@firma.example"):
        assert words not in page
        assert words not in paper
