"""A consent that somebody takes back on the telephone is noted wherever the desk shows the person."""

import html

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.inviting_world import person
from wegweiser.companies.actions import consents
from wegweiser.companies.models import Consent
from wegweiser.events.actions import questions
from wegweiser.events.actions.questions import Asked
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

CONSENTS = "/desk/betriebe/einladungen/"


@pytest.fixture
def held(centre):
    return world.held(places=5, centre=centre)


def audited(event: str) -> AuditEvent:
    return AuditEvent.objects.filter(event=event).latest("id")


def test_what_a_guest_agreed_to_when_registering_is_withdrawn_on_their_page(ben, held):
    asked = Asked(kind="consent", label=translated("Darf ich Neuigkeiten schicken?"))
    (question,) = questions.set_all(event=held.event, asked=[asked], by=BY)
    row = world.register(held, answers={str(question.uuid): True}).registration
    there = f"/desk/termine/{held.event.uuid}/gaeste/{row.uuid}/"
    assert "Am Telefon widerrufen" in ben.get(there).text
    page = ben.post(there, {"do": "withdraw", "question": question.uuid}, follow=True).text
    assert "Am Telefon widerrufen" not in page
    assert "zurückgenommen am 02.03.2026" in page
    row.refresh_from_db()
    assert "withdrawn_at" in row.answers[str(question.uuid)]
    trail = audited("registration:changed")
    assert (trail.actor_kind, trail.references["way"]) == ("staff", "phone")


def test_news_of_somebody_without_a_firm_are_found_by_name_and_withdrawn(ben, held):
    jana = person("Jana Ölmann", agreed=False)
    consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
    assert "Neuigkeiten" not in ben.get(CONSENTS).text
    page = html.unescape(ben.get(f"{CONSENTS}?q=ölmann").text)
    assert "Neuigkeiten und Termine des Zentrums per E-Mail" in page
    given = {"do": "withdraw", "person": jana.uuid, "purpose": "news"}
    told = html.unescape(ben.post(CONSENTS, given, follow=True).text)
    assert "Widerrufen. Diese Einwilligung von Jana Ölmann gilt ab jetzt nicht mehr." in told
    assert Consent.objects.get().withdrawn_at == MONDAY
    trail = audited("consent:withdrawn")
    assert (trail.actor_kind, trail.references["way"]) == ("staff", "phone")
    assert "schon widerrufen" in ben.post(CONSENTS, given, follow=True).text
