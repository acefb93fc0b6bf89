"""Inviting at the desk: the number and the reasons, the mail, sending it once, and what became of it."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contact_point import BY
from tests.events import inviting_world, world
from tests.events.inviting_world import person
from tests.web.desk import staff
from wegweiser.catalogue.models import Draft
from wegweiser.companies.actions import channels
from wegweiser.companies.models import Consent
from wegweiser.consortium.models import Role
from wegweiser.crossings import subscriptions
from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.models import Invitation, Invitee
from wegweiser.outbox.models import Letter

CONSENTS = "/desk/betriebe/einladungen/"


@pytest.fixture
def held(centre):
    return world.held(places=5, centre=centre)


def here(held) -> str:
    return f"/desk/termine/{held.event.uuid}/einladen/"


def send(held) -> Invitation:
    given = {"event": held.event, "submission": uuid.uuid4(), "chosen": inviting.Filter()}
    row = invitations.order(**given, by=BY)
    invitations.send_due(by=BY)
    return row


def test_the_page_counts_whom_it_reaches_and_why_not_others(ben, held):
    person("Jana", firm="Metallbau Nord", district="15003")
    person("Uwe", agreed=False)
    channels.choose(party=person("Eva"), channel="phone", by=BY)
    page = ben.get(here(held)).text
    assert re.findall(r"<dd>(\d+)</dd>", page)[:2] == ["1", "3"]
    assert "ohne Zustimmung" in page
    assert "keine E-Mail gewünscht" in page
    assert "Einladung: Aufträge im Blick" in page
    assert "Invitation: Orders in view" in page
    assert "Jana" not in page.replace("Jana Muster", "")


def test_a_parameter_that_nobody_can_choose_narrows_nothing(ben, held):
    person("Jana")
    page = ben.get(here(held) + "?landkreis=99999&termin=quatsch&thema=netz'").text
    assert re.findall(r"<dd>(\d+)</dd>", page)[:2] == ["1", "1"]


def test_it_is_looked_at_before_it_goes_out_and_sent_once(ben, held):
    person("Jana")
    first = dict(world.hidden(ben.get(here(held)).text))
    looked = ben.post(here(held), {**first, "do": "look"})
    assert "Diese Mail geht an 1 Person" in looked.text
    assert "wir laden Sie herzlich ein: Aufträge im Blick." in looked.text
    assert not Invitation.objects.exists()
    sent = {"do": "send", **dict(world.hidden(looked.text))}
    first, second = ben.post(here(held), sent), ben.post(here(held), sent)
    assert first["Location"] == second["Location"]
    assert Invitation.objects.count() == 1
    assert "Die Liste entsteht gerade." in ben.get(first["Location"]).text
    invitations.send_due(by=BY)
    page = ben.get(first["Location"]).text
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["1", "0", "0", "1"]
    assert "Jana" in page


def test_a_trial_goes_to_oneself_and_invites_nobody(ben, held):
    person("Jana")
    answer = ben.post(here(held) + "?landkreis=15003", {"do": "try-en"})
    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert (letter.recipient_mail, letter.subject) == ("ben@centre.example", "Invitation: Orders in view")
    assert not Invitation.objects.exists()


def test_the_answers_are_seen_and_narrowed(ben, held):
    for name in ("Jana", "Uwe", "Eva"):
        person(name, mail=f"{name.lower()}@firma.example")
    invitations.order(event=held.event, submission=held.event.uuid, chosen=inviting.Filter(), by=BY)
    invitations.send_due(by=BY)
    invitations.decline(invitee=Invitee.objects.get(person__name="Uwe"), by=BY)
    world.register(held, 1, email="eva@firma.example")
    result = here(held) + f"{Invitation.objects.get().uuid}/"
    page = ben.get(result).text
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["3", "1", "1", "1"]
    assert "Uwe" in ben.get(result + "?stand=nicht").text
    assert "Uwe" not in ben.get(result + "?stand=kommt").text
    assert "Eva" in ben.get(result + "?stand=kommt").text


def test_staff_ends_it_with_a_button(ben, held):
    person("Jana")
    row = invitations.order(event=held.event, submission=held.event.uuid, chosen=inviting.Filter(), by=BY)
    page = ben.post(here(held) + f"{row.uuid}/", {"do": "stop"}, follow=True).text
    assert "Jemand hat das Verschicken beendet." in page
    assert invitations.send_due(by=BY) == 0


def test_when_the_event_takes_nobody_the_page_says_so_and_sends_nothing(ben, held):
    person("Jana")
    world.register(held, 1, places=5)
    assert "Alle Plätze sind vergeben." in ben.get(here(held)).text
    assert ben.post(here(held), {"do": "send"}).status_code == 422
    assert not Invitation.objects.exists()


def test_where_nobody_can_be_invited_nothing_says_that_a_mail_goes_out(ben, held):
    person("Jana")
    world.register(held, 1, places=5)
    for page in (ben.get(here(held)).text, ben.post(here(held), {"do": "look"}).text):
        assert "werden eingeladen" not in page
        assert "Diese Mail geht an" not in page
        assert "Ansehen und verschicken" not in page


def test_only_events_that_somebody_registered_for_are_earlier_ones(ben, held):
    asked, empty = (world.held(places=3, centre=held.centre) for _number in range(2))
    world.register(asked, 1)
    page = ben.get(here(held)).text
    assert str(asked.event.uuid) in page
    assert str(empty.event.uuid) not in page


def test_who_may_not_see_guests_sees_nobody_who_is_invited(client, held):
    client.force_login(staff.hire(Role.EDITOR, held.centre.other))
    assert client.get(here(held)).status_code == 403
    assert "/einladen/" not in client.get(f"/desk/termine/{held.event.uuid}/").text


def test_another_partners_event_is_not_there(client, held):
    client.force_login(staff.login(held.centre.anna))
    assert client.get(here(held)).status_code == 404


def test_a_template_is_no_event_to_invite_to(ben, held):
    Draft.objects.filter(pk=held.draft.pk).update(entry=None, state="draft", is_template=True, slug="")
    assert ben.get(here(held)).status_code == 404


@pytest.mark.parametrize(("name", "most"), [("invite", 38), ("invitation", 23), ("consents", 12)])
def test_more_people_and_more_invitations_ask_no_more(ben, held, name, most):
    row = send(held)
    counts = []
    for more in (1, 3):
        for _number in range(more):
            person(firm=f"Betrieb {Consent.objects.count()}")
        send(held)
        Invitee.objects.filter(state="sent").update(invitation=row)
        address = {"invite": here(held), "invitation": here(held) + f"{row.uuid}/", "consents": CONSENTS}[name]
        ben.get(address)
        with CaptureQueriesContext(connection) as queries:
            ben.get(address)
        counts.append(len(queries))
    assert counts == [most] * 2


# --- Consents at the desk --------------------------------------------------------------------------------------------


def test_a_paper_is_noted_with_its_words_and_who_wrote_it_down(ben, held):
    assert (
        "Ja, ich möchte per E-Mail zu Veranstaltungen eingeladen werden (Absender: Zentrum)." in ben.get(CONSENTS).text
    )
    given = {"do": "note", "name": "Uwe", "email": "uwe@firma.example", "way": "paper", "language": "de"}
    refused = ben.post(CONSENTS, given)
    assert refused.status_code == 422
    assert "Bitte sagen Sie, wo das Papier liegt." in refused.text
    page = ben.post(CONSENTS, {**given, "evidence": "Ordner Messe"}, follow=True).text
    assert "Ordner Messe" in page
    assert "notiert von Ben" in page


def test_what_was_said_on_the_telephone_waits_for_the_mail(ben, held):
    given = {"do": "note", "name": "Uwe", "email": "uwe@firma.example", "way": "phone", "language": "de"}
    page = ben.post(CONSENTS, given, follow=True).text
    assert "Erst danach gilt es." in page
    assert not Consent.objects.exists()
    assert Letter.objects.get().recipient_mail == "uwe@firma.example"


def test_somebody_who_calls_is_found_and_not_invited_any_more(ben, held):
    jana, _uwe = person("Jana Ölmann"), person("Uwe")
    page = ben.get(CONSENTS + "?q=ölmann").text
    assert "Jana Ölmann" in page
    assert "Uwe" not in page
    ben.post(CONSENTS, {"do": "withdraw", "person": jana.uuid})
    assert subscriptions.standing(jana) is None


def test_a_person_of_a_firm_is_taken_along(ben, held):
    uwe = person("Uwe", agreed=False, firm="Metallbau Nord")
    firm = uwe.positions.get().company
    assert f"?person={uwe.uuid}" in ben.get(f"/desk/betriebe/{firm.uuid}/zugaenge/").text
    assert f'value="{uwe.email}"' in ben.get(f"{CONSENTS}?person={uwe.uuid}").text
    inviting_world.agree(uwe)
    assert f"?person={uwe.uuid}" not in ben.get(f"/desk/betriebe/{firm.uuid}/zugaenge/").text
