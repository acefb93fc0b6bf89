"""Being invited, as somebody on a phone meets it: ask, confirm, change, end, answer. Links show on GET."""

import datetime as dt
import re
import uuid
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.events import inviting_world
from tests.events import world as events_world
from wegweiser.companies.models import Consent, ConsentRequest
from wegweiser.crossings import subscriptions
from wegweiser.events import inviting
from wegweiser.events.actions import invitations
from wegweiser.events.inviting import Filter
from wegweiser.events.models import Invitee, Registration
from wegweiser.kernel import clock
from wegweiser.outbox import delivery
from wegweiser.outbox.models import Letter
from wegweiser.web.public.forms import stamp

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        yield events_world.held(places=5)


def form(**given):
    return {"name": "Jana Ölmann", "email": "jana@firma.example", "stamp": old_stamp(), **given}


def old_stamp():
    """Of a form that was made some seconds ago."""
    with clock.stopped_at(clock.now() - dt.timedelta(minutes=1)):
        return stamp()


def path(text: str, name: str) -> str:
    """The path of the first link of a mail that holds `name`."""
    return re.search(rf"https?://[^/]+(/{name}/\S+)", text)[1]


def invited(held):
    """Jana's invitation: the mail, and what it is of."""
    inviting_world.person("Jana Ölmann", mail="jana@firma.example")
    given = {"event": held.event, "submission": uuid.uuid4(), "chosen": Filter()}
    invitations.order(**given, by=BY)
    invitations.send_due(by=BY)
    return inviting.letters().get(), Invitee.objects.get()


def test_asking_and_confirming(client, held):
    answer = client.post("/einladungen/", form(topics=[held.centre.topic.pk]))
    assert answer.status_code == 302
    assert "Postfach" in client.get(answer["Location"]).text
    link = path(Letter.objects.get().text, "einladungen/bestaetigen")
    page = client.get(link)
    assert "Ja, ich möchte per E-Mail zu Veranstaltungen eingeladen werden (Absender: Zentrum)." in page.text
    assert "Nur zu diesen Themen: Vernetzung." in page.text
    assert not Consent.objects.exists(), "looking is not agreeing"
    there = client.post(link)
    assert "Ab jetzt laden wir Sie ein." in client.get(there["Location"]).text
    assert Consent.objects.get().person.email == "jana@firma.example"
    assert client.get(link).status_code == 404


def test_the_answer_does_not_tell_whether_an_address_is_known(client, held):
    inviting_world.person("Jana Ölmann", mail="jana@firma.example")
    known, unknown = (client.post("/einladungen/", form(email=f"{who}@firma.example")) for who in ("jana", "neu"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_nobodys_mailbox_is_flooded(client, held):
    for _number in range(6):
        client.post("/einladungen/", form())
    assert Letter.objects.count() == 3


def test_programs_are_asked_once_more(client, held):
    answer = client.post("/einladungen/", {**form(), "stamp": stamp()})
    assert answer.status_code == 422
    assert "Das ging sehr schnell." in answer.text
    assert client.post("/einladungen/", {**form(), "website": "x", "stamp": stamp()}).status_code == 422
    assert not ConsentRequest.objects.exists()
    again = {"website": "x", "stamp": dict(events_world.hidden(answer.text))["stamp"]}
    assert client.post("/einladungen/", form(**again, email="uwe@firma.example")).status_code == 422, "not for others"
    assert client.post("/einladungen/", form(**again, email="Jana@firma.example")).status_code == 302


def test_what_is_missing_is_said_beside_its_field(client, held):
    page = client.post("/einladungen/", {"stamp": old_stamp()})
    assert page.status_code == 422
    assert "Bitte sagen Sie uns, wie Sie heißen." in page.text


def test_topics_are_changed_and_it_is_ended_on_ones_own_page(client, held):
    person = inviting_world.person("Jana")
    own = reverse("public:own_invitations", kwargs={"token": subscriptions.own_page(person=person, by=BY)})
    client.post(own, {"do": "topics", "topics": [held.centre.topic.pk]})
    assert list(subscriptions.standing(person).topics.all()) == [held.centre.topic]
    there = client.post(own, {"do": "end"})
    assert "Sie bekommen keine Einladungen mehr." in client.get(there["Location"]).text
    assert subscriptions.standing(person) is None
    client.post(own, {"do": "again"})
    assert subscriptions.standing(person) is not None


def test_one_click_of_a_mail_program_ends_it_without_a_cookie(held):
    letter, invitee = invited(held)
    link = path(letter.unsubscribe, "einladungen/beenden")
    program = Client(enforce_csrf_checks=True)
    assert "Ja, beenden" in program.get(link).text
    assert subscriptions.standing(invitee.person) is not None, "programs that look ahead end nothing"
    answer = program.post(link, ONE_CLICK)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert subscriptions.standing(invitee.person) is None
    assert program.post(link, ONE_CLICK).status_code == 200


def test_the_mail_carries_the_headers_of_the_one_click(held):
    letter, _invitee = invited(held)
    _sender, _to, raw = delivery._compose(letter)
    mail = message_from_bytes(raw, policy=default)
    assert mail["List-Unsubscribe"].strip() == f"<{letter.unsubscribe}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_other_mails_carry_none(client, held):
    client.post("/einladungen/", form())
    assert b"List-Unsubscribe" not in delivery._compose(Letter.objects.get())[2]


def test_not_this_time_is_a_button_not_a_link(client, held):
    letter, invitee = invited(held)
    link = path(letter.text, "einladung")
    assert "Dieses Mal nicht" in client.get(link).text
    invitee.refresh_from_db()
    assert invitee.state == "sent"
    page = client.get(client.post(link)["Location"])
    assert "Danke, dass Sie Bescheid geben." in page.text
    invitee.refresh_from_db()
    assert invitee.state == "declined"
    assert "Doch anmelden" in page.text


def test_the_mail_leads_to_the_form_and_the_registration_tells_who_it_came_from(client, held):
    letter, invitee = invited(held)
    link = path(letter.text, "veranstaltungen")
    page = client.get(link).text
    assert 'value="jana@firma.example"' in page
    assert "auch zu anderen Veranstaltungen" not in page
    sent = dict(events_world.hidden(page))
    assert sent["einladung"]
    client.post(link.partition("?")[0], form(**{**sent, "stamp": old_stamp(), "places": "1"}))
    invitee.refresh_from_db()
    assert (invitee.state, invitee.registration) == ("registered", Registration.objects.get())
    assert "Sie sind angemeldet." in client.get(path(letter.text, "einladung")).text


def test_the_form_that_is_kept_for_everybody_never_holds_who_was_invited(held):
    letter, _invitee = invited(held)
    link = path(letter.text, "veranstaltungen")
    assert "jana@firma.example" in Client().get(link).text
    assert "jana@firma.example" not in Client().get(link.partition("?")[0]).text
    assert "jana@firma.example" in Client().get(link).text


def test_an_invitation_to_another_event_is_none_to_this_one(client, held):
    letter, _invitee = invited(held)
    other = events_world.held(centre=held.centre)
    secret = letter.text.split("einladung=")[1].split()[0]
    page = client.get(f"/veranstaltungen/{other.draft.entry.slug}/anmelden/?einladung={secret}").text
    assert "jana@firma.example" not in page


def test_the_tick_at_a_registration_is_empty_and_asks_by_a_mail_of_its_own(client, held):
    register = f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"
    page = client.get(register).text
    box = re.search(r'<input[^>]*name="invite_me"[^>]*>', page)[0]
    assert "checked" not in box
    client.post(register, form(submission=uuid.uuid4(), places="1", invite_me="on"))
    assert Registration.objects.count() == 1
    assert not Consent.objects.exists()
    letter = Letter.objects.get(subject__startswith="Bitte bestätigen: Einladungen")
    client.post(path(letter.text, "einladungen/bestaetigen"))
    assert Consent.objects.get().channel == "registration"


def test_without_the_tick_nobody_is_asked(client, held):
    register = f"/veranstaltungen/{held.draft.entry.slug}/anmelden/"
    client.post(register, form(submission=uuid.uuid4(), places="1"))
    assert not ConsentRequest.objects.exists()


@pytest.mark.parametrize("name", ["einladung", "einladungen/bestaetigen", "einladungen/meine", "einladungen/beenden"])
def test_a_link_that_is_over_says_how_to_get_a_new_one(client, held, name):
    page = client.get(f"/{name}/unbekannt/")
    assert page.status_code == 404
    assert "/einladungen/" in page.text


def test_the_pages_are_there_in_english(client, held):
    page = client.get("/en/einladungen/").text
    assert "Yes, please invite me to events by email (sender: Centre)." in page
    assert "Ihre Zustimmung" not in page
