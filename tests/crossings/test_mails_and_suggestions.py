"""What a mail says of the matching: nothing about the partner, where an earlier case led it there."""

from types import SimpleNamespace

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.crossings import mails
from wegweiser.enquiries import quality, suggestions
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Outcome

DAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _always_the_topic_of_the_other_partner(settings, monkeypatch, world):
    settings.MAIL_REPLY = "antwort@centre.example"
    topic = SimpleNamespace(slug=world.topic.slug, score=0.8)
    told = {"topics": [{"slug": topic.slug, "score": topic.score}], "offers": [], "in_scope": True}
    answer = SimpleNamespace(in_scope=True, urgent=False, topics=[topic], as_document=lambda text: dict(told))
    monkeypatch.setattr(mails, "_suggested", lambda reading: answer)


def judged() -> tuple[int, int]:
    found = quality.figures(suggestions.routed(start=DAY, end=DAY))
    return found.judged, found.kept


def opened(**more):
    mail = came("Und wie vernetzen wir den Scanner?", **{"subject": "Noch etwas zu gestern", **more})
    assert mail.state == "opened"
    return mail


def test_what_matching_routed_is_judged_as_ever(world):
    case = opened().case
    assert case.partner == world.other
    cases.answer(case=case, member=world.ben, text="Ja.", by=BY)
    assert judged() == (1, 1)


@pytest.mark.parametrize("by_its_number", [False, True])
def test_what_an_earlier_case_led_to_its_partner_says_nothing_of_the_matching(world, by_its_number):
    known = contact_point.case(world.lead)
    heads = {"subject": f"Zu [{known.reference}]", "From": "uwe@andere.example"} if by_its_number else {}
    case = opened(**heads).case
    assert (case.partner, case.suggested["topics"][0]["slug"]) == (world.lead, world.topic.slug)
    assert judged() == (0, 0)
    cases.answer(case=case, member=world.anna, text="Ja.", by=BY)
    assert judged() == (0, 0)


def test_neither_does_what_was_put_to_another_case(world):
    case = opened().case
    cases.close(case=case, outcome=Outcome.DUPLICATE, by=BY)
    found = quality.figures(suggestions.routed(start=DAY, end=DAY))
    assert (found.judged, found.topic_judged) == (0, 0)
