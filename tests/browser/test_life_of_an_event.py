"""The whole life of an event in one breath: from a template to the figures in the funder's report, by hand and on the
telephone's screen, with a door that has no net."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_path import BY, adviser_of, log_in
from wegweiser.catalogue.models import Draft, Entry
from wegweiser.consortium import queries
from wegweiser.crossings import attendance
from wegweiser.events.actions import notices
from wegweiser.events.models import Certificate, Event, Registration, Seat
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.public import forms as public_forms

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
SAID = "Die Liste der Werkzeuge."


@pytest.fixture
def centre(model_centre, monkeypatch):
    monkeypatch.setattr(public_forms, "FASTEST", 0)
    return model_centre


@pytest.fixture
def phone(browser: Browser, live_server):
    """A guest's telephone, which knows nothing of the desk."""
    context = browser.new_context(base_url=live_server.url, locale="de-DE", viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def moved(event: Event, by: dt.timedelta) -> None:
    """Time goes by: what lies ahead comes nearer. The guests' own pages and the door ask the clock, as always."""
    entry = Entry.objects.get(draft__event=event)
    times = {"starts_at": entry.starts_at - by, "ends_at": entry.ends_at - by}
    Entry.objects.filter(pk=entry.pk).update(**times)
    Draft.objects.filter(event=event).update(**times)
    event.refresh_from_db()
    event.told = {**event.told, **{name: at.astimezone(dt.UTC).isoformat() for name, at in times.items()}}
    event.closes_at = event.closes_at - by if event.closes_at else None
    event.save(update_fields=["told", "closes_at"])


def register(page: Page, event: Event, name: str, firm: str) -> None:
    page.goto(reverse("public:register", kwargs={"slug": event.draft.entry.slug}))
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_label("E-Mail-Adresse").fill(f"{name.split()[0].lower()}@firma.example")
    page.get_by_label("Betrieb", exact=False).first.fill(firm)
    page.get_by_role("main").get_by_role("button").last.click()


def mail_to(name: str) -> Letter:
    return Letter.objects.filter(recipient_name=name).order_by("-id").first()


def link_in(letter: Letter, part: str) -> str:
    """The address in a mail that leads to `part` of our pages."""
    found = next(word for word in letter.text.split() if part in word)
    return found[found.index(part) :]


def test_an_event_from_its_template_to_the_report(page, phone, axe, centre, complaints):
    adviser = adviser_of(queries.lead())
    log_in(page, adviser)

    # Template: the day is all that is missing. Publish.
    page.goto(reverse("desk:events"))
    page.get_by_role("link", name="Neue Veranstaltung").click()
    page.get_by_role("link", name="Veranstaltung anlegen").first.click()
    page.get_by_label("Titel").fill("Zettel werden Daten")
    page.get_by_label("Tag").fill((clock.today() + 7 * DAY).isoformat())
    page.get_by_label("Beginn").fill("14:00")
    page.get_by_label("Ende").fill("16:00")
    page.get_by_label("Ort").fill("Halle, Marktplatz 1")
    page.get_by_label("Hauptthema").select_option(index=1)
    page.get_by_role("button", name="Anlegen").click()
    event = Event.objects.get(draft__title__de="Zettel werden Daten")
    assert event.draft.entry is None
    page.goto(reverse("desk:event_settings", kwargs={"uuid": event.draft.uuid}))
    page.locator("[name=p0_chairs]").fill("2")
    page.locator("[name=p0_beyond]").fill("0")
    page.locator("[name=offer_hours]").fill("24")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.goto(reverse("desk:offer", kwargs={"uuid": event.draft.uuid}))
    page.get_by_role("button", name="Speichern und veröffentlichen").click()
    event = Event.objects.select_related("draft__entry").get(pk=event.pk)
    assert event.draft.entry is not None, page.locator("main").inner_text()[:800]

    # Fill up, wait, cancel, move up.
    for name, firm in (("Anna Aal", "Aal GmbH"), ("Bert Bau", "Bau KG"), ("Cora Clou", "Clou OHG")):
        register(phone, event, name, firm)
    expect(phone.get_by_role("heading", name="Sie stehen auf der Warteliste")).to_be_visible()
    axe(phone)
    phone.goto(link_in(mail_to("Bert Bau"), "/anmeldung/"))
    phone.get_by_role("button", name="Absagen").click()
    phone.get_by_role("button", name="Ja, absagen").click()
    expect(phone.get_by_role("heading", name="Ihre Anmeldung ist abgesagt")).to_be_visible()
    phone.goto(link_in(mail_to("Cora Clou"), "/anmeldung/"))
    phone.get_by_role("button", name="Platz annehmen").click()
    expect(phone.get_by_role("heading", name="Sie sind angemeldet")).to_be_visible()

    # The day: a door without a net lets in who has a code, and one who never registered has no chair.
    moved(event, event.draft.entry.starts_at - clock.now() + HOUR / 2)
    door = reverse("desk:door", kwargs={"uuid": event.uuid})
    page.goto(door)
    expect(page.locator("html")).to_have_attribute("data-ww-kept", "", timeout=30_000)
    page.context.set_offline(True)
    page.reload()
    field = page.get_by_label("Name, Betrieb oder Code")
    field.fill(str(Seat.objects.get(registration__name="Cora Clou").uuid))
    field.press("Enter")
    expect(page.get_by_text("Cora Clou ist da.")).to_be_visible()
    assert not Seat.objects.filter(presence="attended").exists()
    page.context.set_offline(False)
    expect(page.locator("[data-ww-door]")).to_have_attribute("data-unsent", "0", timeout=30_000)
    assert Seat.objects.get(presence="attended").registration.name == "Cora Clou"
    complaints.clear()  # what the cut network said

    # Afterwards: attendance is closed, who came has a certificate that can be checked.
    moved(event, 4 * HOUR)
    page.goto(reverse("desk:presence", kwargs={"uuid": event.uuid}))
    page.get_by_role("button", name="Teilnahme abschließen").click()
    expect(page.get_by_text("Abgeschlossen").first).to_be_visible()
    phone.goto(link_in(mail_to("Cora Clou"), "/anmeldung/"))
    expect(phone.get_by_role("heading", name="Danke, dass Sie da waren")).to_be_visible()
    with phone.expect_download() as paper:
        phone.get_by_role("button", name="Teilnahmebescheinigung").click()
    assert paper.value.suggested_filename == "Teilnahmebescheinigung.pdf"
    phone.goto(reverse("public:certificates"))
    phone.get_by_label("Code").fill(Certificate.objects.get().code)
    phone.get_by_role("button", name="Prüfen").click()
    expect(phone.get_by_text("Diese Bescheinigung ist echt.")).to_be_visible()

    # Feedback: only who was there is asked, and it can be sent.
    moved(event, 2 * DAY)  # the thanks go out in the morning after the event, and it may be night now
    notices.send_due(by=BY)
    asked = mail_to("Cora Clou")
    assert "/rueckmeldung/" in asked.text
    assert "/rueckmeldung/" not in mail_to("Anna Aal").text
    phone.goto(link_in(asked, "/rueckmeldung/"))
    axe(phone)
    phone.get_by_label("sehr", exact=True).check()
    phone.get_by_label("Was hat gefehlt, was war besonders gut?").fill(SAID)
    phone.get_by_role("button", name="Abschicken").click()
    expect(phone.get_by_text("Vielen Dank!").first).to_be_visible()
    page.goto(reverse("desk:event_feedback", kwargs={"uuid": event.uuid}))
    expect(page.get_by_text("1 Antwort").first).to_be_visible()

    # Figures: one firm came, once, however often attendance is closed; the report counts it and says why.
    attendance.settle(event=event, by=BY)
    step = Step.objects.get(source_kind=attendance.SOURCE, reverses=None)
    assert Registration.objects.get(uuid=step.source_uuid).name == "Cora Clou"
    page.goto(reverse("desk:event_figures", kwargs={"uuid": event.uuid}))
    main = page.locator("main")
    told = {"Angemeldet": "2", "Teilgenommen": "1", "Nicht gekommen": "1", "Vorher abgesagt": "1"}
    for label, figure in told.items():
        line = main.locator("li", has=page.get_by_text(label, exact=True))
        expect(line.locator(".ww-goals__value")).to_have_text(figure)
    page.goto(reverse("desk:reports"))
    reached = page.locator(".ww-figure", has_text="Erreichte Unternehmen")
    expect(reached.locator(".ww-figure__value")).to_have_text("Ist: 1")
    reached.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Clou OHG")).to_be_visible()
    expect(page.get_by_text(str(step.uuid)[:8])).to_be_visible()
    page.goto(reverse("desk:event_texts", kwargs={"uuid": event.uuid}))
    expect(page.locator("#text-report")).to_contain_text("Teilgenommen haben 1.")
