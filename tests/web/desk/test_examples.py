"""A case whose answer was right teaches the matching, at the desk; editors see what was taught, and take it back."""

import uuid

import pytest
from django.db.models import Model
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.actions import examples
from wegweiser.catalogue.models import Entry, Example
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases, erasures
from wegweiser.enquiries.models import Enquirer
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.web.desk import examples as overview

SAID = "Hier ist Jana Ölmann von der Ölmann Fräsen GmbH, 0391 5550199. Unsere Fräse steht zu oft."


@pytest.fixture
def world(db, settings):
    settings.EMAIL_HOST = "mail.example"
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def closed(partner, **fields):
    case = contact_point.case(partner, text=SAID, firm="Ölmann Fräsen GmbH", **fields)
    return cases.close(case=case, outcome="helped", by=BY)


def send(client, case, verb, **fields):
    given = {f"{verb}-{name}": value for name, value in {"submission": uuid.uuid4(), **fields}.items()}
    return client.post(page(case), {"do": verb, **given}, follow=True)


def test_a_closed_case_offers_its_question_without_who_asked(anna, world):
    shown = anna.get(page(closed(world.lead))).text
    form = shown[shown.index("Als Beispiel merken") :]
    text = form[form.index("<textarea") : form.index("</textarea>")]
    assert "Unsere Fräse steht zu oft." in text
    assert not [word for word in ("Jana", "Ölmann", "0391") if word in text]


def test_what_was_sent_is_proposed_as_what_helped(anna, world):
    case = contact_point.case(world.lead, text=SAID)
    offer = Entry.objects.get(slug="scanner")
    cases.answer(case=case, member=world.anna, text="Schauen Sie vorbei.", offers=[offer.uuid], by=BY)
    shown = anna.get(page(case)).text
    box = shown[shown.index(f'value="{offer.uuid}"', shown.index("Was hat geholfen?")) :]
    assert "checked" in box[: box.index(">")]


def test_learning_is_audited_puts_the_topic_right_and_can_be_taken_back(anna, world):
    case, offer = closed(world.lead), Entry.objects.get(slug="scanner")
    given = {"text": "Unsere Fräse steht zu oft.", "topic": world.topic.pk, "more": [offer.uuid]}
    assert "Als Beispiel gemerkt" in send(anna, case, "learn", **given).text
    example = Example.objects.get()
    assert (example.text, example.topics, example.offers) == (given["text"], ["netz"], [str(offer.uuid)])
    assert example.partner == world.lead
    case.refresh_from_db()
    assert case.topic == world.topic
    assert "Als Beispiel gemerkt" not in send(anna, case, "unlearn").text
    assert not Example.objects.exists()
    assert AuditEvent.objects.filter(event__startswith="example:").count() == 2


def test_a_name_that_stayed_in_is_pointed_out_and_nothing_is_lost(anna, world):
    case = closed(world.lead)
    response = send(anna, case, "learn", text="Jana Ölmann: die Fräse steht zu oft.", topic=world.topic.pk)
    assert response.status_code == 422
    assert "Darin steht noch ein Name" in response.text
    assert "Jana Ölmann: die Fräse steht zu oft." in response.text
    assert not Example.objects.exists()


def test_before_an_answer_nothing_can_be_learnt(anna, world):
    case = contact_point.case(world.lead, text=SAID)
    assert "Als Beispiel merken</summary>" not in anna.get(page(case)).text
    send(anna, case, "learn", text="Unsere Fräse steht zu oft.", topic=world.topic.pk)
    assert not Example.objects.exists()


def test_who_wants_no_help_teaches_nothing(anna, world):
    case = closed(world.lead, enquirer=Enquirer.PRESS)
    assert "Als Beispiel merken" not in anna.get(page(case)).text


def test_closing_leads_on_to_the_example_where_wished(anna, world):
    case = contact_point.case(world.lead, text=SAID)
    response = send(anna, case, "close", outcome="helped", learn="on")
    assert response.request["QUERY_STRING"] == "oeffnen=learn"
    assert '<details class="ww-act" id="beispiel" open>' in response.text
    other = contact_point.case(world.lead, text=SAID)
    assert send(anna, other, "close", outcome="helped").request["QUERY_STRING"] == ""


def test_after_a_hand_over_the_partner_who_answered_teaches(client, world):
    case = contact_point.case(world.lead, text=SAID)
    cases.hand_over(case=case, partner=world.other, note="Gehört zu Ihnen.", member=world.anna, by=BY)
    cases.answer(case=case, member=world.ben, text="Schauen Sie vorbei.", by=BY)
    client.force_login(staff.login(world.ben))
    send(client, case, "learn", text="Unsere Fräse steht zu oft.", topic=world.topic.pk)
    assert Example.objects.get().partner == world.other


def test_an_erased_case_takes_its_example_along(world):
    case = closed(world.lead)
    examples.learn(text="Unsere Fräse steht zu oft.", topics=[world.topic], source=case, by=BY)
    erasures.erase_case(case=case, by=BY)
    assert not Example.objects.exists()


# --- The list -----------------------------------------------------------------------------------------------------


@pytest.fixture
def taught(world):
    return {
        partner.short_name: examples.learn(
            text=f"Frage an {partner.short_name.lower()}",
            topics=[world.topic],
            source=closed(partner),
            partner=partner,
            by=BY,
        )
        for partner in (world.lead, world.other)
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ADVISER, {"Lead"}),
        (Role.EDITOR, {"Lead"}),
        (Role.MANAGEMENT, {"Lead", "Other"}),
        (Role.ADMINISTRATOR, {"Lead", "Other"}),
    ],
)
def test_one_sees_and_removes_what_ones_partner_taught(client, world, taught, role, seen):
    client.force_login(staff.hire(role, None if role == Role.ADMINISTRATOR else world.lead))
    shown = client.get(reverse("desk:examples")).text
    assert {name for name, example in taught.items() if example.text in shown} == seen
    for name, example in taught.items():
        response = client.post(reverse("desk:example_remove", kwargs={"uuid": example.uuid}))
        assert response.status_code == (302 if name in seen else 404)
    assert Example.objects.count() == 2 - len(seen)


def test_only_the_rows_of_a_page_are_read(client, world, taught, monkeypatch):
    read = []
    monkeypatch.setattr(overview, "PAGE", 1)
    monkeypatch.setattr(
        Example, "from_db", classmethod(lambda cls, *told: read.append(told) or Model.from_db.__func__(cls, *told))
    )
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    assert client.get(reverse("desk:examples"), {"thema": "netz"}).context["page"].paginator.count == 2
    assert len(read) == 1


def test_the_list_is_narrowed_by_word_and_topic(client, world, taught):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    shown = client.get(reverse("desk:examples"), {"q": "lead"}).text
    assert taught["Lead"].text in shown
    assert taught["Other"].text not in shown
    assert taught["Lead"].text in client.get(reverse("desk:examples"), {"thema": "netz"}).text
