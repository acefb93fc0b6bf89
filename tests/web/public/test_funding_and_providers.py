"""Money and "who builds it": programmes in a block of their own without a promise, criteria instead of a name."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import change
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Sector, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import reads

PROBLEM = "Wir müssen jeden Auftrag dreimal abtippen."
FACTS = {
    "funder": "Land Muster",
    "funder_en": "State of Muster",
    "region": "Muster",
    "rate_text": "Bis zu 50 Prozent.",
    "rate_text_en": "Up to 50 percent.",
    "max_employees": 49,
    "valid_until": "2026-12-31",
    "last_checked": "2026-02-01",
}


def publish(world, slug, title, topic=None, **more):
    given = {"details": FACTS, "partner": world.other, "topics": (topic or world.topic,), **more}
    entries.publish(offer=Offer(kind="programme", slug=slug, title=translated(title, f"{title} (en)"), **given), by=BY)


@pytest.fixture
def funded(world):
    """One programme of the topic, one of another, one that is over."""
    other = Topic.objects.create(key="sicher", slug="sicher", title=translated("Sicherheit"), position=1)
    publish(world, "hier", "Zuschuss für Aufträge")
    publish(world, "dort", "Gutschein Sicherheit", other)
    publish(world, "vorbei", "Zuschuss von gestern", ends_at=clock.now() - dt.timedelta(days=1))
    return world


def ask(client, text, path="/anliegen/"):
    return client.post(path, {"text": text}).content.decode()


def test_what_a_case_keeps_as_suggested_is_what_was_shown(funded):
    for number in range(3):
        publish(funded, f"auftrag-{number}", "Auftrag dreimal abtippen")
    found = reads.match(PROBLEM, language="de")
    shown = [(hit.entry.kind, hit.entry.slug) for hit in found.offers]
    assert shown
    assert [(row["kind"], row["slug"]) for row in found.suggested(PROBLEM)["offers"]] == shown


def test_who_asks_for_money_gets_the_programmes_with_all_one_needs_and_no_promise(client, funded):
    html = ask(client, f"{PROBLEM} Gibt es dafür Geld vom Land?")
    block = html[html.index('id="geld"') :]
    for text in (
        *("Geld für Ihr Vorhaben", "Zuschuss für Aufträge", "Bis zu 50 Prozent.", "Land Muster", "bis 49 Beschäftigte"),
        *("31. Dezember 2026", "zuletzt geprüft am 1. Februar 2026", "Keine Zusage"),
    ):
        assert text in block
    assert block.index("Zuschuss für Aufträge") < block.index("Gutschein Sicherheit"), "the topic's own come first"
    assert "Zuschuss von gestern" not in html
    assert html.count(reverse("public:programme", kwargs={"slug": "hier"})) == 1, "it stands among no other offers"


def test_the_topics_programme_is_named_unasked_others_are_not(client, funded):
    html = ask(client, PROBLEM)
    assert "Dafür kann es Geld geben" in html
    assert "Zuschuss für Aufträge" in html
    assert "Gutschein Sicherheit" not in html
    change("hier", withdrawn_at=clock.now())
    change("digital", withdrawn_at=clock.now())
    assert "Dafür kann es Geld geben" not in ask(client, PROBLEM)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("Wir sind die Stadtverwaltung.", "public_body"),
        ("Wir sind die Innung.", "multiplier"),
        ("Hier ist die Redaktion.", "press"),
    ],
)
@pytest.mark.parametrize("money", ["", " Gibt es dafür Geld vom Land?"])
def test_who_is_clearly_no_firm_is_offered_no_money_for_firms(client, funded, who, kind, money):
    text = f"{who} {PROBLEM}{money}"
    html = ask(client, text)
    assert f'<option value="{kind}" selected>' in html
    assert 'id="geld"' not in html
    if kind != "press":  # of whom nothing lies within the field
        assert 'id="geld"' in client.post("/anliegen/", {"text": text, "as": "company"}).content.decode()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (PROBLEM, "Zuschuss für Aufträge"),
        (f"Ich bin Tischler mit sechs Leuten. {PROBLEM}", "Zuschuss Handwerk"),
        (f"{PROBLEM} Gibt es für unsere Schreinerei Geld vom Land?", "Zuschuss Handwerk"),
        (f"{PROBLEM} Gibt es für unsere Kanzlei Geld vom Land?", "Zuschuss für Aufträge"),
    ],
)
def test_a_trade_that_is_named_lifts_the_programme_that_says_it_is_for_it(client, funded, text, first):
    crafts = Sector.objects.get_or_create(key="crafts", defaults={"label": translated("Handwerk")})[0]
    publish(funded, "handwerk", "Zuschuss Handwerk", Topic.objects.get(key="sicher"), sectors=(crafts,))
    html = ask(client, text)
    block = html[html.index('id="geld"') :]
    assert min(("Zuschuss für Aufträge", "Zuschuss Handwerk"), key=lambda title: block.find(title) % 10**9) == first


FAR = "Wir sind eine Tischlerei aus Hamburg."


@pytest.mark.parametrize("money", ["", " Gibt es dafür Geld vom Land?"])
def test_who_writes_from_elsewhere_is_offered_what_holds_there(client, funded, money):
    for slug in ("hier", "digital"):
        change(slug, details=FACTS | {"region": funded.centre.region})
    publish(funded, "bund", "Zuschuss vom Bund", details=FACTS | {"region": "Deutschland"})
    html = ask(client, f"{FAR} {PROBLEM}{money}")
    assert ("Zuschuss vom Bund" in html, "Zuschuss für Aufträge" in html) == (True, False)
    told = "Förderprogramme, die nur hier gelten, zeigen wir Ihnen nicht." in html
    assert told is bool(money)
    assert "Zuschuss für Aufträge" in ask(client, f"{PROBLEM}{money}")


def test_in_english(client, funded):
    html = ask(client, "Is there public money so that we need not retype orders?", "/en/anliegen/")
    for text in ("Up to 50 percent.", "State of Muster", "last checked on", "No promise"):
        assert text in html


def test_money_is_answered_even_where_nothing_else_fits(client, funded):
    html = ask(client, "Xyzzy: gibt es Fördermittel?")
    assert "Geld für Ihr Vorhaben" in html
    assert "nichts Passendes" not in html


def test_who_asks_who_builds_it_gets_criteria_and_no_name(client, world):
    html = ask(client, f"{PROBLEM} Können Sie uns eine Firma empfehlen?")
    assert "Wer Ihnen das baut" in html
    assert "nennen keine einzelne Firma" in html
    assert f"{reverse('public:providers')}#suchen-netz" in html
    assert "Wer Ihnen das baut" not in ask(client, PROBLEM)


@pytest.mark.parametrize(
    "text", ["Alles verschlüsselt, die wollen Bitcoin! Wer kann uns das einrichten? Gibt es Geld?"]
)
def test_an_emergency_comes_before_both(client, funded, text):
    html = ask(client, text)
    assert "Wer Ihnen das baut" not in html
    assert 'id="geld"' not in html


def test_the_page_says_what_to_ask_and_where_to_search_by_topic(client, world):
    register = {"name": {"de": "Verzeichnis der Netze"}, "topics": ["netz"], "last_checked": "2026-02-01"}
    general = {"name": {"de": "Die Kammer"}, "url": "https://kammer.example", "last_checked": "2026-02-01"}
    world.centre.texts = world.centre.texts | {"registers": [register, general]}
    world.centre.save()
    html = client.get(reverse("public:providers")).content.decode()
    for text in (
        *("Das fragen Sie jeden", "Das verlangen Sie schriftlich", "Drei Angebote nebeneinander", "keine Empfehlung"),
        *('id="suchen-netz"', "Verzeichnis der Netze", "https://kammer.example", "zuletzt geprüft am 1. Februar 2026"),
    ):
        assert text in html
    assert "Handwerkskammer" in html


def test_it_needs_no_register_of_the_centre(client, world):
    assert "Handwerkskammer" in client.get(reverse("public:providers")).content.decode()


def test_the_desk_is_told_what_is_asked_for(client, world):
    client.force_login(staff.login(world.anna))
    html = client.post("/desk/neu/vorschlag/", {"text": f"{PROBLEM} Wer baut uns das, gibt es Geld?"}).content.decode()
    assert "Fragt nach Geld." in html
    assert reverse("public:providers") in html
