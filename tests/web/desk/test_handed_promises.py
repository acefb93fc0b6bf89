"""A promised call goes along with the case that is handed over: the one who has it now sees it, nobody else."""

import datetime as dt

from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.events import Event
from wegweiser.kernel import audit

TODAY = MONDAY.date()


def promise(case, world, note, *, days=0, member=None):
    due = TODAY + dt.timedelta(days=days)
    found, _ = follow_ups.set(case=case, partner=world.lead, member=member, due_on=due, note=note, by=BY)
    return found


def today(client, user):
    client.force_login(user)
    return client.get(reverse("desk:today")).text


def test_both_pages_of_the_day_are_right_after_a_hand_over(client, world):
    anna, ben = staff.login(world.anna), staff.login(world.ben)
    case = contact_point.case(world.lead)
    promise(case, world, "Möchte angerufen werden")
    promise(case, world, "Preis nennen", days=-2, member=world.anna)
    other = contact_point.case(world.lead)
    promise(other, world, "Bleibt hier")
    client.force_login(anna)
    page = reverse("desk:case", kwargs={"uuid": case.uuid})
    given = {"do": "hand_over", "hand_over-partner": world.other.pk, "hand_over-note": "Bitte anrufen."}
    assert client.post(page, given).status_code == 302
    giver, taker = today(client, anna), today(client, ben)
    for note in ("Möchte angerufen werden", "Preis nennen"):
        assert note not in giver
        assert note in taker
    assert "Bleibt hier" in giver
    assert "Bleibt hier" not in taker


def test_what_was_kept_before_stays_with_who_kept_it_and_each_move_is_in_the_audit(world):
    case = contact_point.case(world.lead)
    kept, still_open = promise(case, world, "Erledigt"), promise(case, world, "Offen")
    follow_ups.done(follow_up=kept, by=BY)
    cases.hand_over(case=case, partner=world.other, note="Bitte.", by=BY)
    kept.refresh_from_db()
    still_open.refresh_from_db()
    assert (kept.partner, still_open.partner) == (world.lead, world.other)
    row = audit.of(still_open, Event.FOLLOW_UP_HANDED_OVER).get()
    assert row.references == {"from": str(world.lead.uuid), "to": str(world.other.uuid)}
    assert not audit.of(kept, Event.FOLLOW_UP_HANDED_OVER).exists()
