"""Absences at the desk, the suggestion whom to give it to, and what visitors read meanwhile."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.consortium.actions import absences, members
from wegweiser.consortium.models import Absence, Role
from wegweiser.crossings import enquiries
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.web.public import reads

URL = "/desk/anliegen/abwesenheit/"
DAYS = {"first_day": "2026-03-02", "last_day": "2026-03-06"}


@pytest.fixture
def berta(world):
    row = contact_point.member("Berta", world.lead)
    row.topics.add(world.topic)
    contact_point.let_in(row)
    return row


def away(member, deputy=None):
    days = {name: dt.date.fromisoformat(day) for name, day in DAYS.items()}
    return absences.enter(member=member, **days, deputy=deputy, by=BY)[0]


def test_one_enters_the_own_days_and_changes_them(client, world, berta):
    contact_point.let_in(world.anna)
    client.force_login(staff.login(berta))
    said = {"member": berta.pk, **DAYS, "deputy": world.anna.pk}
    assert client.post(URL, said).status_code == 302
    absence = Absence.objects.get()
    assert "heute nicht da" in client.get(URL).content.decode()
    assert client.post(f"{URL}{absence.uuid}/", {**said, "last_day": "2026-03-09", "deputy": ""}).status_code == 302
    absence.refresh_from_db()
    assert (absence.last_day, absence.deputy) == (dt.date(2026, 3, 9), None)
    client.post(f"{URL}{absence.uuid}/", {"do": "drop"})
    assert not Absence.objects.exists()


def test_a_rule_stands_beside_its_field(client, world, berta):
    client.force_login(staff.login(berta))
    page = client.post(URL, {"member": berta.pk, "first_day": "2026-03-06", "last_day": "2026-03-02"})
    assert page.status_code == 422
    assert "Der letzte Tag liegt vor dem ersten." in page.content.decode()


def test_who_leads_the_partner_enters_for_its_people_and_nobody_else_does(client, anna, world, berta):
    assert anna.post(URL, {"member": berta.pk, **DAYS}).status_code == 302  # Anna is there longest
    assert anna.post(URL, {"member": world.ben.pk, **DAYS}).status_code == 422
    foreign = away(world.ben)
    assert anna.get(f"{URL}{foreign.uuid}/").status_code == 404
    client.force_login(staff.login(berta))
    assert client.post(URL, {"member": world.anna.pk, **DAYS}).status_code == 422


def test_the_form_says_whom_to_give_it_to_and_why(anna, world, berta):
    carl = contact_point.member("Carl", world.lead)
    carl.topics.add(world.topic)
    contact_point.let_in(carl)
    away(berta, carl)
    case = contact_point.case(world.lead, topic=world.topic)
    text = anna.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert "Carl (Lead): kennt das Thema, ist da, hat nichts offen" in text
    assert "Berta (Lead): kennt das Thema, ist bis 6. März nicht da, Vertretung: Carl" in text
    assert text.index("Carl (Lead)") < text.index("Berta (Lead)")


def test_it_is_given_to_a_colleague_who_sees_that_it_is_theirs(anna, client, world, berta):
    case = contact_point.case(world.lead, topic=world.topic)
    to = {"do": "hand_over", "hand_over-to": f"{berta.uuid}:{world.lead.pk}", "hand_over-note": "Dein Feld."}
    assert anna.post(f"/desk/anliegen/{case.uuid}/", to).status_code == 302
    case.refresh_from_db()
    assert case.adviser == berta
    client.force_login(staff.login(berta))
    assert "für Berta" in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "chosen", [{}, {"hand_over-partner": "own"}, {"hand_over-partner": "other", "hand_over-to": "b"}]
)
def test_nowhere_or_twice_is_refused(anna, world, berta, chosen):
    case = contact_point.case(world.lead)
    values = {"own": world.lead.pk, "other": world.other.pk, "b": f"{berta.uuid}:{world.lead.pk}"}
    data = {name: values[value] for name, value in chosen.items()}
    page = anna.post(f"/desk/anliegen/{case.uuid}/", {"do": "hand_over", "hand_over-note": "Bitte.", **data})
    assert page.status_code == 422
    case.refresh_from_db()
    assert case.partner == world.lead


def test_who_stands_in_sees_it_on_the_first_screen(client, world, berta):
    case = contact_point.case(world.lead, text="Die Säge steht.")
    cases.take(case=case, member=world.anna, by=BY)
    away(world.anna, berta)
    client.force_login(staff.login(berta))
    text = client.get("/desk/").content.decode()
    assert "In Vertretung für Anna" in text
    assert "Die Säge steht." in text
    assert "ist bis 6. März nicht da, Vertretung: Berta" in client.get(f"/desk/anliegen/{case.uuid}/").content.decode()


def test_visitors_read_from_when_somebody_is_there_again(client, world, berta):
    away(world.anna)
    page = f"/ansprechpersonen/{world.anna.slug}/"
    assert "Wieder da ab Montag, 9. März." in client.get(page).content.decode()
    assert "Back from Monday 9 March." in client.get(f"/en{page}").content.decode()
    Absence.objects.all().delete()
    away(world.anna, berta)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=1)):
        assert "Bis dahin hilft Berta." in client.get(page).content.decode()


def test_the_status_page_says_so_too(client, world, berta):
    enquiry = enquiries.Enquiry(text="Die Säge steht.", name="Jana", email="jana@firma.example")
    sent = enquiries.send(submission=berta.uuid, enquiry=enquiry, by=VISITOR)
    cases.take(case=sent.case, member=world.anna, by=BY)
    away(world.anna, berta)
    page = client.get(reverse("public:enquiry_status", kwargs={"token": sent.status_secret}))
    assert "Wieder da ab Montag, 9. März. Bis dahin hilft Berta." in page.content.decode()


def test_a_question_names_somebody_who_is_there(world, berta):
    world.ben.topics.add(world.topic)
    away(world.ben)
    assert reads._named(world.ben.slug, [world.topic]) == berta
    away(berta)
    assert reads._named(world.ben.slug, [world.topic]).name == "Ben"  # nobody for it is there


def test_the_management_sees_everybody(client, world):
    away(world.ben)
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    assert "Ben" in client.get(URL).content.decode()


def test_only_who_can_log_in_is_offered_to_be_given_something(anna, world, berta):
    invited, closed = (contact_point.member(name, world.lead) for name in ("Carl", "Dora"))
    contact_point.let_in(closed)
    User.objects.filter(pk=closed.user.pk).update(is_active=False)
    members.link(member=invited, user=users.create(email=invited.email, name="Carl", by=BY), by=BY)
    invited.refresh_from_db()
    nobody = contact_point.member("Emil", world.lead)
    case = contact_point.case(world.lead, topic=world.topic)
    shown = anna.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    for member in (invited, closed, nobody):
        assert f'value="{member.uuid}:{world.lead.pk}"' not in shown
        assert f'<option value="{member.pk}">{member.name}</option>' not in shown
    assert f'value="{berta.uuid}:{world.lead.pk}"' in shown
    assert f'<option value="{berta.pk}">Berta</option>' in shown
    offered = anna.get(URL).content.decode().partition('name="deputy"')[2]
    assert "Berta" in offered
    assert not any(name in offered.partition("</select>")[0] for name in ("Carl", "Dora", "Emil"))
    invited.user.last_login = clock.now()
    invited.user.save()
    assert "Carl" in anna.get(URL).content.decode(), "who logs in elsewhere has no password here"
