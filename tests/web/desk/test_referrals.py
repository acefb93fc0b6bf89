"""Passing a case on at the desk: what goes is read first, then the consent, then it goes; and what became of it."""

import re
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import facts
from wegweiser.consortium.models import Network
from wegweiser.crossings import firms, referral_consents
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import FollowUp, Referral
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="0391 5550123")
    firms.link(case=row, by=BY)
    return row


def address(case):
    return reverse("desk:refer", kwargs={"uuid": case.uuid})


def said(**given):
    start = {
        "recipient": "Netz Nord",
        "mail": "hilfe@netz.example",
        "passed": ["name", "phone"],
        "consent_by": "Jana Ölmann",
        "consent_way": "phone",
        "consent_on": clock.today().isoformat(),
        "submission": str(uuid.UUID(int=3)),
    }
    return {**start, **given}


def shown(anna, case, **given):
    """What the page says between what goes and the consent, by which it knows what was shown."""
    page = anna.post(address(case), said(do="show", **given)).content.decode()
    return re.search(r'name="shown" value="(\w+)"', page)[1]


def send(anna, case, **given):
    return anna.post(address(case), said(do="send", agreed="on", shown=shown(anna, case, **given), **given))


def test_what_goes_and_the_words_of_the_consent_are_read_first(anna, case):
    page = anna.post(address(case), said(do="show")).content.decode()
    assert "Das geht hinaus" in page
    assert "Wer sie bekommt: Netz Nord. Wer sie weitergibt: Zentrum." in page
    assert not Letter.objects.exists()


def test_without_consent_nothing_goes(anna, case):
    answer = anna.post(address(case), said(do="send", shown=shown(anna, case)))
    assert answer.status_code == 422
    assert "Ohne Einwilligung geben wir nichts weiter." in answer.content.decode()
    assert not Referral.objects.exists()


UNHEARD = "Diese Worte hat noch niemand gehört."


def test_what_was_never_shown_does_not_go(anna, case):
    answer = anna.post(address(case), said(do="send", agreed="on"))
    assert answer.status_code == 422
    assert UNHEARD in answer.content.decode()
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"passed": ["name", "phone", "email"]},
        {"recipient": "Netz Süd"},
        {"mail": "hilfe@nezt.example"},
        {"message": "Umsatz 3 Mio."},
    ],
)
def test_what_was_changed_after_it_was_read_out_is_shown_again(anna, case, changed):
    seen = shown(anna, case)
    answer = anna.post(address(case), said(do="send", agreed="on", shown=seen, **changed))
    page = answer.content.decode()
    assert UNHEARD in page
    assert not Letter.objects.exists()
    assert not re.search(r'name="agreed"[^>]*checked', page)
    again = re.search(r'name="shown" value="(\w+)"', page)[1]
    anna.post(address(case), said(do="send", agreed="on", shown=again, **changed))
    words = Referral.objects.get().consent_text
    assert ("E-Mail" in words) == ("passed" in changed)
    assert changed.get("recipient", "Netz Nord") in words


def test_where_it_goes_and_our_own_words_are_read_first_too(anna, case):
    words = "Bitte 0391 5550123 anrufen, nicht +49 171 5550199. Post an jana@firma.example."
    words += " Am 01.03.2026 sagte sie: Umsatz 3.000.000 EUR."
    page = anna.post(address(case), said(do="show", message=words)).content.decode()
    goes = page.partition("Das geht hinaus")[2].partition("</section>")[0]
    assert "hilfe@netz.example" in goes
    assert words in goes
    told = goes.partition("Nicht vereinbart ist:")[2]
    assert told.strip().startswith("+49 171 5550199, jana@firma.example<")


@pytest.mark.parametrize(
    "words", ["Erreichbar von 08.00-16.30 Uhr.", "Es geht um Rechnung 01234567.", "Az. 01-2026/0045"]
)
def test_what_cannot_be_called_is_no_number_that_was_not_agreed(anna, case, words):
    page = anna.post(address(case), said(do="show", message=words))
    assert page.status_code == 200
    assert "Nicht vereinbart ist:" not in page.text


def test_a_question_with_an_invoice_number_is_passed_on(anna, case):
    type(case).objects.filter(pk=case.pk).update(text="Wer liest Rechnung 01234567 von 08.00-16.30 Uhr?")
    page = anna.post(address(case), said(do="show", passed=["name", "question"]))
    assert page.status_code == 200


def test_a_network_is_written_to_where_it_was_written_to_before(anna, case):
    network = Network.objects.create(slug="netz", name=translated("Netz Süd"))
    to = {"recipient": "", "network": network.pk}
    unknown = anna.post(address(case), said(do="show", mail="", **to))
    assert "E-Mail-Adresse" in unknown.content.decode().partition("ww-summary")[2].partition("</div>")[0]
    send(anna, case, **to)
    again = anna.post(address(case), said(do="show", mail="", **to)).content.decode()
    assert "hilfe@netz.example" in again.partition("Das geht hinaus")[2]
    other = anna.post(address(case), said(do="show", mail="hilfe@nezt.example", **to)).content.decode()
    assert "Zuletzt ging es an hilfe@netz.example." in other


def test_the_address_that_stands_with_a_network_need_not_be_known(anna, case):
    network = Network.objects.create(slug="netz", name=translated("Netz Süd"), email="post@netz.example")
    to = {"recipient": "", "network": network.pk}
    page = anna.post(address(case), said(do="show", mail="", **to)).content.decode()
    assert "post@netz.example" in page.partition("Das geht hinaus")[2].partition("</section>")[0]
    other = anna.post(address(case), said(do="show", mail="hilfe@netz.example", **to)).content.decode()
    assert "Eingetragen ist post@netz.example." in other
    network.email = ""
    network.save()
    unknown = anna.post(address(case), said(do="show", mail="", **to)).content.decode()
    assert "Für dieses Netzwerk kennen wir noch keine E-Mail-Adresse." in unknown


def test_nobody_agreed_before_the_enquiry_came_in(anna, case):
    given = {"consent_on": "1990-01-01"}
    answer = send(anna, case, **given)
    assert answer.status_code == 422
    assert "bevor das Anliegen da war" in answer.content.decode()
    assert not Letter.objects.exists()


def test_what_changed_at_the_case_meanwhile_is_shown_again(anna, case):
    seen = shown(anna, case)
    type(case).objects.filter(pk=case.pk).update(phone="+493915550777")
    answer = anna.post(address(case), said(do="send", agreed="on", shown=seen))
    assert "0391 5550777" in answer.content.decode()
    assert not Letter.objects.exists()


def test_showing_it_again_sends_nothing_and_takes_the_tick_for_other_words(anna, case):
    changed = {"passed": ["name", "question"], "shown": shown(anna, case)}
    page = anna.post(address(case), said(do="show", agreed="on", **changed)).content.decode()
    assert not re.search(r'name="agreed"[^>]*checked', page)
    assert not Referral.objects.exists()


def test_with_consent_it_goes_once_and_stands_at_the_case(anna, case):
    for _ in range(2):
        send(anna, case)
    assert Letter.objects.get().recipient_mail == "hilfe@netz.example"
    page = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()
    for words in ("Weitervermittelt an Netz Nord", "Zugestimmt: Jana Ölmann, am Telefon", "noch nichts gehört"):
        assert words in page


def test_a_network_of_ours_is_called_as_it_is_called(anna, case):
    network = Network.objects.create(slug="netz", name=translated("Netz Süd"))
    send(anna, case, recipient="", network=network.pk)
    assert (Referral.objects.get().recipient, Referral.objects.get().network) == ("Netz Süd", network)


def test_what_is_not_known_is_not_offered(anna, world):
    row = contact_point.case(world.lead, topic=world.topic)
    page = anna.get(address(row)).content.decode()
    assert 'value="email"' in page
    assert 'value="firm"' not in page


def test_what_became_of_it_stands_in_the_list(anna, case):
    send(anna, case)
    outcome = reverse("desk:referral_outcome", kwargs={"uuid": Referral.objects.get().uuid})
    anna.post(outcome, {"outcome": "helped", "on": clock.today().isoformat(), "note": "Förderung bewilligt"})
    page = anna.get(reverse("desk:referrals")).content.decode()
    for words in ("Netz Nord", "dort wurde geholfen", "Förderung bewilligt"):
        assert words in page


def test_a_large_firm_gets_a_friendly_way_and_no_refusal(anna, case):
    here = reverse("desk:case", kwargs={"uuid": case.uuid})
    assert "ab 250 Beschäftigten" not in anna.get(here).content.decode()
    facts.declare(company=case.company, kind="size", value="large", valid_from=clock.today(), by=BY)
    page = anna.get(here).content.decode()
    assert "Das Gespräch zählt trotzdem." in page
    assert "vermitteln gern weiter" in page


def test_a_consent_is_withdrawn_at_the_case_by_who_may_answer_it(anna, case):
    send(anna, case)
    row = Referral.objects.get()
    page = reverse("desk:case", kwargs={"uuid": case.uuid})
    button = reverse("desk:referral_withdraw", kwargs={"uuid": row.uuid})
    assert button in anna.get(page).content.decode()
    assert "Es geht nichts mehr hinaus" in anna.post(button, follow=True).content.decode()
    shown = anna.get(page).content.decode()
    assert "Einwilligung widerrufen am" in shown
    assert button not in shown


@pytest.mark.parametrize(("state", "told"), [("queued", "Nichts weitergegeben."), ("sent", "Weitergegeben:")])
def test_what_never_went_out_is_not_said_to_have_been_passed_on(anna, case, state, told):
    send(anna, case)
    Letter.objects.update(state=state, sent_at=clock.now() if state == "sent" else None)
    row = Referral.objects.get()
    shown = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).text
    assert shown.index("Das lässt sich nicht zurücknehmen") < shown.index("Ja, ist widerrufen")
    referral_consents.withdraw(referral=row, by=BY)
    for page in (reverse("desk:case", kwargs={"uuid": case.uuid}), reverse("desk:referrals")):
        shown = anna.get(page).text
        assert told in shown
        assert ("Weitergegeben:" in shown) == (state == "sent")


def test_who_passed_it_on_says_what_became_of_it_after_the_enquiry_went_elsewhere(anna, world, case):
    send(anna, case)
    foreign = passed_on(world, 2, member=world.ben)
    for row in (case, foreign.case):
        cases.hand_over(case=row, partner=world.other, note="Bitte", by=BY)
    page = anna.get(reverse("desk:referrals")).content.decode()
    mine = Referral.objects.get(case=case)
    tell, withdraw = "desk:referral_outcome", "desk:referral_withdraw"
    for name in (tell, withdraw):
        assert reverse(name, kwargs={"uuid": mine.uuid}) in page
        assert reverse(name, kwargs={"uuid": foreign.uuid}) not in page
    told = {"outcome": "helped", "on": clock.today().isoformat()}
    assert anna.post(reverse(tell, kwargs={"uuid": mine.uuid}), told).status_code == 302
    assert anna.post(reverse(withdraw, kwargs={"uuid": mine.uuid})).status_code == 302
    mine.refresh_from_db()
    assert (mine.outcome, bool(mine.withdrawn_at)) == ("helped", True)
    assert anna.post(reverse(tell, kwargs={"uuid": foreign.uuid}), told).status_code == 404


def passed_on(world, number, **given):
    """One that went out; `given` is what became of it."""
    row = Referral.objects.create(
        case=contact_point.case(world.lead, topic=world.topic),
        recipient=f"Netz {number}",
        partner=world.lead,
        member=world.anna,
        consent_text="Ja.",
        consent_version="1",
        consent_way="phone",
        consent_on=clock.today(),
    )
    Referral.objects.filter(pk=row.pk).update(**given)
    row.refresh_from_db()
    return row


def test_what_still_needs_somebody_s_hand_is_on_top_and_what_was_withdrawn_is_not(anna, world):
    withdrawn, told = passed_on(world, 1), passed_on(world, 2)
    passed_on(world, 3, outcome="helped", outcome_on=clock.today())
    passed_on(world, 4, outcome="running", outcome_on=clock.today())
    passed_on(world, 5)
    for row in (withdrawn, told):
        referral_consents.withdraw(referral=row, by=BY)
    follow_ups.done(follow_up=FollowUp.objects.get(case=told.case), by=BY)
    page = anna.get(reverse("desk:referrals"))
    assert [row["referral"].recipient for row in page.context["rows"]] == [f"Netz {n}" for n in (1, 5, 4, 2, 3)]
    assert page.text.count("Nach dem Widerruf ist noch etwas zu tun") == 1


def test_a_firm_that_is_large_by_the_definition_of_the_eu_is_told_no_headcount(anna, world):
    """A firm of eighty people that belongs to a group is large, too."""
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firm = firms.link(case=row, by=BY)
    facts.declare(company=firm, kind="size", value="large", valid_from=clock.today(), by=BY)
    page = anna.get(reverse("desk:case", kwargs={"uuid": row.uuid})).content.decode()
    assert "Kein kleines oder mittleres Unternehmen" in page
    assert "ab 250 Beschäftigten" not in page
