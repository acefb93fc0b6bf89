"""The post at the desk: who sees which letter, what the paper looks like, and what the buttons do."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import channels, companies
from wegweiser.consortium.models import Membership, Role
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter, State
from wegweiser.outbox.rendering import Rendered
from wegweiser.web.desk import letters as post

ADDRESS = ["Firma Öl & Söhne", "Jana Ölmann", "Weg 1", "06108 Halle"]
TEXT = "Guten Tag Jana Ölmann,\n\nbitte kommen Sie vorbei.\n\nFreundliche Grüße\nAnna\n"


@pytest.fixture
def manager(world):
    boss = contact_point.member("Mia", world.lead)
    Membership.objects.filter(member=boss).update(role=Role.MANAGEMENT)
    return boss


def write(partner, cause=None, subject="Ihr Anliegen", **fields):
    cause = cause or contact_point.case(partner, phone="+493915550123")
    given = {"name": "Jana Ölmann", "mail": "jana@firma.example", **fields}
    with transaction.atomic():
        return letters.write(cause=cause, rendered=Rendered(subject, TEXT, ""), by=BY, **given)


def paper(partner, **fields):
    return write(partner, channel="letter", address=ADDRESS, **fields)


def stuck(partner, state=State.FAILED, failure="550 no such user", **fields):
    letter = write(partner, **fields)
    Letter.objects.filter(pk=letter.pk).update(state=state, failure=failure)
    letter.refresh_from_db()
    return letter


def page(client):
    response = client.get(reverse("desk:letters"))
    assert response.status_code == 200
    return response.content.decode()


# --- Who sees what ------------------------------------------------------------------------------------------------


def test_it_shows_what_to_print_what_is_stuck_and_whom_to_call(world, as_member):
    paper(world.lead, subject="Auf Papier")
    stuck(world.lead, subject="Gescheitert")
    stuck(world.lead, state=State.UNCLEAR, failure="Timeout", subject="Unklar")
    write(world.lead, channel="phone", subject="Zurückgehalten")
    text = page(as_member(world.anna))
    for subject in ("Auf Papier", "Gescheitert", "Unklar", "Zurückgehalten"):
        assert f"<h3>{subject}</h3>" in text
    assert "Wünscht Kontakt nur per Telefon." in text
    assert "550 no such user" in text
    assert 'href="tel:+493915550123"' in text


def test_what_goes_its_way_needs_nobody(world, as_member):
    write(world.lead)
    assert "Nichts zu tun" in page(as_member(world.anna))


def test_the_letter_of_a_contribution_belongs_to_its_case(world, as_member):
    case = contact_point.case(world.lead)
    cases.take(case=case, member=world.anna, by=BY)
    answer, _fresh = cases.answer(case=case, member=world.anna, text="Ja.", offers=[], submission=uuid.uuid4(), by=BY)
    paper(world.lead, cause=answer)
    assert f"Anliegen {case.reference}" in page(as_member(world.anna))


def test_a_held_letter_of_a_closed_case_needs_nobody(world, as_member):
    letter = write(world.lead, channel="phone")
    case = world.lead.cases.get(uuid=letter.cause_uuid)
    cases.take(case=case, member=world.anna, by=BY)
    cases.close(case=case, outcome="helped", by=BY)
    assert "Nichts zu tun" in page(as_member(world.anna))


def test_the_post_of_another_partner_does_not_exist(world, as_member):
    mine, foreign, failed = paper(world.lead), paper(world.other, subject="Fremd"), stuck(world.other)
    client = as_member(world.anna)
    assert "Fremd" not in page(client)
    assert client.get(reverse("desk:letter_download", args=[mine.uuid])).status_code == 200
    assert client.get(reverse("desk:letter_download", args=[foreign.uuid])).status_code == 404
    assert client.post(reverse("desk:letter_printed", args=[foreign.uuid])).status_code == 404
    assert client.post(reverse("desk:letter_release", args=[failed.uuid])).status_code == 404
    assert set(Letter.objects.values_list("state", flat=True)) == {State.QUEUED, State.FAILED}


def test_management_sees_the_post_of_all(world, manager, as_member):
    paper(world.lead, subject="Eigen")
    foreign = paper(world.other, subject="Fremd")
    client = as_member(manager)
    text = page(client)
    assert "Eigen" in text
    assert "Fremd" in text
    assert client.post(reverse("desk:letter_printed", args=[foreign.uuid])).status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHECK_IN, Role.REVIEWER])
def test_a_role_without_cases_has_no_post(world, as_member, role):
    Membership.objects.filter(member=world.anna).update(role=role)
    letter = paper(world.lead)
    client = as_member(world.anna)
    assert client.get(reverse("desk:letters")).status_code == 403
    assert client.get(reverse("desk:letter_download", args=[letter.uuid])).status_code == 403
    assert client.post(reverse("desk:letter_printed", args=[letter.uuid])).status_code == 403


def test_a_role_elsewhere_opens_nothing_there(world, as_member):
    """An adviser at one partner who edits pages for another reads no letter of the other."""
    begin = contact_point.BEGIN
    Membership.objects.create(member=world.anna, partner=world.other, role=Role.CHECK_IN, valid_from=begin)
    paper(world.other, subject="Fremd")
    assert "Fremd" not in page(as_member(world.anna))


def test_nobody_gets_in_without_login(world, client):
    assert client.get(reverse("desk:letters")).status_code == 302


def test_the_menu_leads_there(world, as_member):
    assert 'href="/desk/post/"' in page(as_member(world.anna))


def test_it_reads_in_english(world, as_member):
    write(world.lead, channel="phone")
    response = as_member(world.anna).get("/en/desk/post/")
    assert "Wants to be contacted by phone only." in response.content.decode()


# --- What the buttons do ------------------------------------------------------------------------------------------


def test_the_paper_is_a_pdf_that_nobody_stores(world, as_member):
    letter = paper(world.lead)
    response = as_member(world.anna).get(reverse("desk:letter_download", args=[letter.uuid]))
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert letter.recipient_name not in response["Content-Disposition"]


def test_a_mail_is_no_paper(world, as_member):
    letter = stuck(world.lead)
    assert as_member(world.anna).get(reverse("desk:letter_download", args=[letter.uuid])).status_code == 404


def test_printed_today_takes_it_off_the_list(world, as_member):
    letter = paper(world.lead)
    client = as_member(world.anna)
    response = client.post(reverse("desk:letter_printed", args=[letter.uuid]), follow=True)
    assert "Als gedruckt vermerkt." in response.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.printed_on) == (State.PRINTED, dt.date(2026, 3, 2))
    again = client.post(reverse("desk:letter_printed", args=[letter.uuid]), follow=True)
    assert "Das geht nicht mehr." in again.content.decode()


def test_what_jammed_in_the_printer_is_printed_again(world, as_member):
    letter = paper(world.lead)
    client = as_member(world.anna)
    client.post(reverse("desk:letter_printed", args=[letter.uuid]))
    assert "Doch nicht gedruckt" in page(client)
    assert client.get(reverse("desk:letter_download", args=[letter.uuid])).status_code == 200
    response = client.post(reverse("desk:letter_printed", args=[letter.uuid]), {"do": "undo"}, follow=True)
    assert "Der Brief steht jetzt unter „Zu drucken“." in response.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.printed_on) == (State.QUEUED, None)


def test_what_was_printed_long_ago_is_over(world, as_member):
    letter = paper(world.lead)
    client = as_member(world.anna)
    client.post(reverse("desk:letter_printed", args=[letter.uuid]))
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=15)):
        assert client.get(reverse("desk:letter_download", args=[letter.uuid])).status_code == 404
        undo = client.post(reverse("desk:letter_printed", args=[letter.uuid]), {"do": "undo"})
    assert undo.status_code == 404


@pytest.mark.parametrize("state", [State.FAILED, State.UNCLEAR])
def test_a_released_mail_waits_again(world, as_member, state):
    letter = stuck(world.lead, state=state)
    as_member(world.anna).post(reverse("desk:letter_release", args=[letter.uuid]))
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (State.QUEUED, "")


def test_a_held_mail_cannot_be_released(world, as_member):
    letter = write(world.lead, channel="phone")
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    channels.choose(party=firm, channel="phone", by=BY)
    Case.objects.filter(uuid=letter.cause_uuid).update(company=firm)
    client = as_member(world.anna)
    response = client.post(reverse("desk:letter_release", args=[letter.uuid]), follow=True)
    assert "Nicht gesendet. Wünscht Kontakt nur per Telefon." in response.content.decode()
    assert "Noch einmal senden" not in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == State.HELD


def test_a_failed_mail_to_who_wants_none_by_now_is_not_sent_and_says_why(world, as_member):
    letter = stuck(world.lead)
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    channels.choose(party=firm, channel="none", by=BY)
    Case.objects.filter(uuid=letter.cause_uuid).update(company=firm)
    client = as_member(world.anna)
    response = client.post(reverse("desk:letter_release", args=[letter.uuid]), follow=True)
    assert "Nicht gesendet. Wünscht keine Nachrichten." in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == State.FAILED


def test_what_is_blanked_cannot_be_released(world, as_member):
    letter = stuck(world.lead, failure="expired")
    Letter.objects.filter(pk=letter.pk).update(text="", subject="")
    text = page(as_member(world.anna))
    assert "Text gelöscht" in text
    assert "Noch einmal senden" not in text


@pytest.mark.parametrize("name", ["letter_printed", "letter_release", "letter_dismiss"])
def test_a_link_does_nothing(world, as_member, name):
    letter = paper(world.lead)
    assert as_member(world.anna).get(reverse(f"desk:{name}", args=[letter.uuid])).status_code == 405


def dismiss(client, letter, reason="called"):
    return client.post(reverse("desk:letter_dismiss", args=[letter.uuid]), {"reason": reason}, follow=True)


def needs_somebody(client):
    context = client.get(reverse("desk:letters")).context
    return [item.letter for kind in ("to_print", "stuck", "held") for item in context[kind]]


@pytest.mark.parametrize("make", [stuck, paper, lambda partner: write(partner, channel="phone")])
def test_what_is_done_with_is_put_aside_with_its_reason(world, as_member, make):
    letter = make(world.lead)
    state, client = letter.state, as_member(world.anna)
    assert needs_somebody(client) == [letter]
    assert "telefonisch geklärt" in dismiss(client, letter).content.decode()
    assert needs_somebody(client) == []
    letter.refresh_from_db()
    assert (letter.state, letter.dismissal) == (state, "called")  # what happened to it stays
    assert AuditEvent.objects.filter(event="letter:dismissed", subject_uuid=letter.uuid).count() == 1
    assert client.post(reverse("desk:letter_dismiss", args=[letter.uuid]), {"reason": "called"}).status_code == 404


def test_a_reason_has_to_be_given(world, as_member):
    letter = stuck(world.lead)
    client = as_member(world.anna)
    for reason in ("", "nonsense"):
        assert "Bitte sagen Sie, wie es sich erledigt hat." in dismiss(client, letter, reason).content.decode()
    assert needs_somebody(client) == [letter]


def test_what_was_put_aside_may_still_go_out(world, as_member):
    letter = stuck(world.lead)
    client = as_member(world.anna)
    dismiss(client, letter)
    client.post(reverse("desk:letter_release", args=[letter.uuid]))
    letter.refresh_from_db()
    assert (letter.state, letter.dismissal, letter.dismissed_at) == (State.QUEUED, "", None)


def test_an_unclear_mail_put_aside_does_not_go_out_by_itself(world, as_member):
    letter = stuck(world.lead, state=State.UNCLEAR)
    Letter.objects.filter(pk=letter.pk).update(next_attempt_at=clock.now())
    assert Letter.objects.filter(outbox.due(now=clock.now())).count() == 1
    dismiss(as_member(world.anna), letter, "arrived")
    assert Letter.objects.filter(outbox.due(now=clock.now())).count() == 0
    assert outbox.overview().unclear == 0


def test_nobody_puts_the_post_of_another_partner_aside(world, as_member):
    letter = stuck(world.other)
    assert dismiss(as_member(world.anna), letter).status_code == 404


def test_the_case_says_how_it_was_done(world):
    letter = stuck(world.lead)
    letters.dismiss(letter=letter, reason="called", by=BY)
    assert post.words(letter) == "Die E-Mail ist nicht angekommen. Erledigt: telefonisch geklärt."


# --- How it grows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_more_rows_ask_no_more(world, as_member, django_assert_num_queries, count):
    for _number in range(count):
        paper(world.lead)
        stuck(world.lead)
        write(world.lead, channel="phone")
        letters.dismiss(letter=stuck(world.lead), reason="called", by=BY)
    client = as_member(world.anna)
    page(client)
    with django_assert_num_queries(23):
        page(client)
