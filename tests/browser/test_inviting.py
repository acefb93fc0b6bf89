"""Inviting from end to end: agreed by the link of a mail, chosen and sent at the desk, answered in three ways."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_life_of_an_event import link_in
from tests.browser.test_path import BY, adviser_of, log_in
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Consent
from wegweiser.consortium import queries
from wegweiser.events.actions import events, invitations
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.outbox import delivery
from wegweiser.outbox.models import Letter

NARROW = (360,)
COMES, NOT_NOW, NEVER = "Jana Ölmann", "Kim Kurz", "Lars Laut"


@pytest.fixture
def phone(browser: Browser, live_server):
    """A guest's telephone, which knows nothing of the desk."""
    context = browser.new_context(base_url=live_server.url, locale="de-DE", viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def event(model_centre) -> Event:
    """An event of the lead partner with places left; of the demo nobody has agreed to anything."""
    Consent.objects.filter(purpose=INVITATION).delete()
    coming = Event.objects.filter(draft__entry__partner=queries.lead(), draft__entry__starts_at__gt=clock.now())
    found = coming.filter(pools__starts_at=None).order_by("-draft__entry__starts_at").first()
    pool = found.pools.first()
    places = events.Places(pool=pool, way=pool.way, chairs=pool.chairs + 20, label=pool.label)
    others = [events.Places(pool=one, way=one.way, chairs=one.chairs, label=one.label) for one in found.pools.all()[1:]]
    return events.set_places(event=found, pools=[places, *others], by=BY)


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@firma.example"


def mail_to(name: str) -> Letter:
    return Letter.objects.filter(recipient_mail=address(name)).order_by("-id").first()


def agree(phone: Page, name: str, axe=None) -> None:
    phone.goto(reverse("public:invitations"))
    if axe:
        axe(phone, NARROW)
    phone.get_by_label("Ihr Name").fill(name)
    phone.get_by_label("E-Mail-Adresse").fill(address(name))
    phone.get_by_role("button", name="Ja, bitte einladen").click()
    expect(phone.get_by_role("heading", name="Bitte schauen Sie in Ihr Postfach")).to_be_visible()
    if axe:
        axe(phone, NARROW)
    phone.goto(link_in(mail_to(name), "/einladungen/bestaetigen/"))
    if axe:
        axe(phone, NARROW)
    phone.get_by_role("button", name="Ja, bitte einladen").click()
    expect(phone.get_by_text("Ab jetzt laden wir Sie ein.")).to_be_visible()


def number(page: Page, label: str):
    """The figure beside a label."""
    return page.locator("dl.ww-sums > div").filter(has=page.locator(f"dt:text-is('{label}')")).locator("dd")


def test_inviting_from_the_consent_to_three_answers(page, phone, axe, event, smtp):
    agree(phone, COMES, axe)
    for name in (NOT_NOW, NEVER):
        agree(phone, name)

    # The desk chooses and sees how many it reaches, tries the mail on itself, then sends it.
    member = adviser_of(queries.lead())
    log_in(page, member)
    page.goto(reverse("desk:event", kwargs={"uuid": event.uuid}))
    page.get_by_role("link", name="Einladen", exact=True).click()
    expect(number(page, "werden eingeladen")).to_have_text("3")
    page.get_by_label("Beschäftigte").select_option(index=1)
    expect(number(page, "werden eingeladen")).to_have_text("0")
    page.get_by_label("Beschäftigte").select_option("")
    expect(number(page, "werden eingeladen")).to_have_text("3")
    axe(page, NARROW)
    page.get_by_role("button", name="Probe an mich").click()
    expect(page.get_by_text(f"Die Probe ist unterwegs an {member.email}.")).to_be_visible()
    assert Letter.objects.filter(recipient_mail=member.email).count() == 1
    page.get_by_role("button", name="Ansehen und verschicken").click()
    expect(page.get_by_role("heading", name="Diese Mail geht an 3 Personen")).to_be_visible()
    axe(page, NARROW)
    page.get_by_role("button", name="Jetzt an 3 Personen verschicken").click()
    expect(page.get_by_text("Die Einladung geht in den nächsten Minuten hinaus.")).to_be_visible()
    invitations.send_due(by=BY)
    delivery.send_due()
    assert mail_to(COMES).state == "sent"
    page.reload()
    expect(number(page, "eingeladen")).to_have_text("3")

    # One registers by the link of the mail, one says that it does not suit, one ends it by one click.
    phone.goto(link_in(mail_to(COMES), "/veranstaltungen/"))
    expect(phone.get_by_label("E-Mail-Adresse")).to_have_value(address(COMES))
    axe(phone, NARROW)
    phone.get_by_role("main").get_by_role("button").last.click()
    expect(phone.get_by_role("heading", name="Sie sind angemeldet")).to_be_visible()
    phone.goto(link_in(mail_to(NOT_NOW), "/einladung/"))
    axe(phone, NARROW)
    phone.get_by_role("button", name="Dieses Mal nicht").click()
    expect(phone.get_by_text("Danke, dass Sie Bescheid geben.")).to_be_visible()
    axe(phone, NARROW)
    unsubscribe = mail_to(NEVER).unsubscribe
    phone.goto(unsubscribe[unsubscribe.index("/einladungen/") :])
    axe(phone, NARROW)
    phone.get_by_role("button", name="Ja, beenden").click()
    expect(phone.get_by_text("Sie bekommen keine Einladungen mehr.")).to_be_visible()
    axe(phone, NARROW)

    page.reload()
    for label in ("angemeldet", "kommen dieses Mal nicht", "möchten keine Einladungen mehr"):
        expect(number(page, label)).to_have_text("1")
    expect(number(page, "noch keine Antwort")).to_have_text("0")
    for name, stands in (
        (COMES, "kommt"),
        (NOT_NOW, "kommt dieses Mal nicht"),
        (NEVER, "möchte keine Einladungen mehr"),
    ):
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(stands)
    axe(page, NARROW)
