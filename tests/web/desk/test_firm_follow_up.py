"""A follow-up about a firm without an enquiry: set on its page, found under Heute, ticked off where one is."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BEGIN, BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import FollowUp

DAY = dt.date(2026, 3, 9)


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def firm(world):
    return builders.company("Krause Frästechnik GmbH")


@pytest.fixture
def address(firm):
    return f"/desk/betriebe/{firm.uuid}/wiedervorlage/"


def said(**changes):
    return {"due_on": "2026-03-09", "note": "Wegen der neuen Halle anrufen", **changes}


def test_the_page_of_the_firm_leads_to_it_and_shows_what_was_set(anna, world, firm, address):
    page = f"/desk/betriebe/{firm.uuid}/"
    assert f'href="{address}"' in anna.get(page).text
    assert anna.get(address).context["form"]["member"].value() == world.anna.pk, "it is mine unless I say otherwise"
    assert anna.post(address, said(member=world.anna.pk))["Location"] == page
    row = FollowUp.objects.get()
    assert (row.company, row.case, row.partner, row.member, row.due_on) == (firm, None, world.lead, world.anna, DAY)
    assert "Wegen der neuen Halle anrufen" in anna.get(page).text
    done = anna.post(f"/desk/wiedervorlagen/{row.uuid}/erledigt/", {"weiter": "betrieb"})
    assert done["Location"] == page


def test_without_a_name_it_is_for_whoever_is_at_the_partner(anna, world, firm, address):
    anna.post(address, said(member=""))
    assert FollowUp.objects.get().member is None


def test_a_form_sent_twice_sets_one(anna, world, address):
    same = str(anna.get(address).context["form"]["submission"].value())
    for _ in range(2):
        assert anna.post(address, said(submission=same)).status_code == 302
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"note": " "}, {"due_on": "2026-03-01"}, {"due_on": ""}])
def test_what_is_missing_or_over_is_said_beside_its_field(anna, address, wrong):
    response = anna.post(address, said(**wrong))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(wrong)
    assert not FollowUp.objects.exists()


def test_only_who_is_there_and_can_log_in_is_offered(anna, world, address):
    dora = contact_point.member("Dora", world.lead)
    for somebody in (dora, world.ben):
        assert anna.post(address, said(member=somebody.pk)).status_code == 422
    contact_point.let_in(dora)
    assert anna.post(address, said(member=dora.pk)).status_code == 302


def test_who_works_at_two_partners_says_for_which(anna, world, address):
    members.grant(member=world.anna, role=Role.ADVISER, partner=world.other, since=BEGIN, by=BY)
    contact_point.let_in(world.ben)
    assert anna.post(address, said()).status_code == 422
    refused = anna.post(address, said(partner=world.lead.pk, member=world.ben.pk))
    assert "Diese Person arbeitet nicht bei diesem Partner." in refused.text
    anna.post(address, said(partner=world.other.pk, member=world.ben.pk))
    assert FollowUp.objects.get().partner == world.other


def test_another_partner_does_not_see_it(anna, client, world, firm, address):
    anna.post(address, said())
    client.force_login(staff.login(world.ben))
    assert "Wegen der neuen Halle" not in client.get(f"/desk/betriebe/{firm.uuid}/").text


def test_it_is_moved_to_another_day_with_other_words(anna, client, world, firm, address):
    anna.post(address, said(member=world.anna.pk))
    row = FollowUp.objects.get()
    move = f"/desk/wiedervorlagen/{row.uuid}/verschieben/"
    assert f'href="{move}"' in anna.get(f"/desk/betriebe/{firm.uuid}/").text
    assert anna.get(move).context["form"]["due_on"].value() == DAY
    assert anna.post(move, {"due_on": "2026-03-01", "note": "Zu früh"}).status_code == 422
    assert anna.post(move, {"due_on": "2026-04-01", "note": "Später"})["Location"] == f"/desk/betriebe/{firm.uuid}/"
    row.refresh_from_db()
    assert (row.due_on, row.note, row.member) == (dt.date(2026, 4, 1), "Später", world.anna)
    follow_ups.done(follow_up=row, by=BY)
    assert anna.post(move, {"due_on": "2026-05-01", "note": "Zu spät"}).status_code == 302
    row.refresh_from_db()
    assert (row.due_on, row.note) == (dt.date(2026, 4, 1), "Später")
    client.force_login(staff.login(world.ben))
    assert client.get(move).status_code == 404
