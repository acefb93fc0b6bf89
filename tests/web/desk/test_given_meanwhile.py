"""Two at one enquiry: nobody gives away what a colleague has taken, and nobody answers what was answered, unseen."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk.test_came_meanwhile import hidden, opened
from wegweiser.consortium.models import Membership
from wegweiser.crossings import company_cases, enquiries
from wegweiser.enquiries import unseen
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Contribution
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter


@pytest.fixture
def case(world):
    return contact_point.case(world.lead, topic=world.topic)


@pytest.fixture
def carl(world):
    return contact_point.member("Carl", world.lead)


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def given_to(partner, html, note="Gehört zu euch."):
    """What pressing "Weitergeben" sends."""
    form = next(part for part in re.findall(r"<form.*?</form>", html, re.DOTALL) if 'value="hand_over"' in part)
    names = ("hand_over-instead_of", "hand_over-submission")
    typed = {"hand_over-partner": partner.pk, "hand_over-note": note}
    return {"do": "hand_over", **typed, **{name: hidden(form, name) for name in names}}


def test_an_older_page_gives_away_nothing_that_a_colleague_took_until_it_says_so(anna, world, case, carl):
    given = given_to(world.other, anna.get(page(case)).text)
    cases.take(case=case, member=carl, by=BY)
    told = anna.post(page(case), given)
    case.refresh_from_db()
    assert (told.status_code, case.partner, case.adviser) == (422, world.lead, carl)
    assert "Das hat inzwischen Carl übernommen. Möchten Sie es trotzdem weitergeben?" in told.text
    assert "Gehört zu euch." in told.text
    assert anna.post(page(case), given_to(world.other, told.text)).status_code == 302
    case.refresh_from_db()
    assert (case.partner, case.adviser) == (world.other, None)


def test_whose_it_was_on_the_page_it_may_be_given_away_from(anna, world, case, carl):
    cases.take(case=case, member=carl, by=BY)
    assert anna.post(page(case), given_to(world.other, anna.get(page(case)).text)).status_code == 302


def test_what_i_took_myself_i_give_away_from_an_older_page_too(anna, world, case):
    given = given_to(world.other, anna.get(page(case)).text)
    cases.take(case=case, member=world.anna, by=BY)
    assert anna.post(page(case), given).status_code == 302


def test_nothing_is_given_to_a_partner_at_which_nobody_works(anna, world, case):
    Membership.objects.filter(partner=world.other).update(valid_to=MONDAY.date() - dt.timedelta(days=1))
    before = anna.get(page(case)).text
    assert "Other (dort arbeitet heute niemand)" in before
    told = anna.post(page(case), given_to(world.other, before))
    case.refresh_from_db()
    assert (told.status_code, case.partner) == (422, world.lead)
    assert "Dort arbeitet heute niemand. Bitte wählen Sie einen anderen Partner." in told.text
    assert "Gehört zu euch." in told.text


def answer(client, case, given):
    return client.post(page(case), {"answer-text": "Rufen Sie uns an.", **given})


def test_of_two_who_answer_at_once_the_second_reads_the_first(anna, world, case, carl):
    given = opened(anna, case, "answer")
    enquiries.answer(case=case, member=carl, text="Kommen Sie am Montag.", by=BY)
    told = answer(anna, case, given)
    assert (told.status_code, Letter.objects.count()) == (422, 1)
    assert "Inzwischen ist das schon beantwortet worden" in told.text
    form = told.text.partition('value="answer"')[2].split("</form>")[0]
    assert all(words in form for words in ("Kommen Sie am Montag.", "Carl", "Rufen Sie uns an."))
    again = {name: hidden(told.text, name) for name in given if name != "do"}
    assert answer(anna, case, {"do": "answer", **again}).status_code == 302
    assert Letter.objects.count() == 2


def test_who_is_told_of_a_message_is_told_of_the_answer_to_it_too(anna, world, case, carl):
    given = opened(anna, case, "answer")
    company_cases.write_by_link(case=case, text="Und wann?", by=Actor.link(case.uuid))
    enquiries.answer(case=case, member=carl, text="Am Montag.", seen=unseen.last(case), by=BY)
    told = answer(anna, case, given).text
    assert "Und wann?" in told
    form = told.partition('value="answer"')[2].split("</form>")[0]
    assert "Am Montag." in form


def test_my_own_answer_of_before_holds_up_nothing(anna, world, case):
    given = opened(anna, case, "answer")
    enquiries.answer(case=case, member=world.anna, text="Eins.", by=BY)
    assert answer(anna, case, given).status_code == 302
    assert Contribution.objects.filter(kind=Contribution.Kind.MAIL_OUT).count() == 2
