"""Imprint and privacy notice: what the law asks for, from the centre's file and the policy file."""

import re

import pytest

from wegweiser.catalogue.models import Entry
from wegweiser.kernel import policy
from wegweiser.web.public.views import about

OPERATOR = {
    "name": "Institut Lead",
    "street": "Am Markt 1",
    "postcode": "06108",
    "place": "Halle",
    "represented_by": "Dr. Vera Vorn",
    "email": "post@centre.example",
    "phone": "+49 30 23125-100",
    "register": "HRB 1",
    "vat_id": "DE1",
    "responsible_for_content": "Ruth Redlich",
    "data_protection_officer": "dsb@centre.example",
    "supervisory_authority": "Die Aufsicht",
    "supervisory_authority_url": "https://aufsicht.example",
    "hosting": "Rechenzentrum Halle",
}


@pytest.fixture
def centre(world):
    world.centre.texts = {**world.centre.texts, "operator": OPERATOR}
    world.centre.save()
    return world


def text_of(client, path) -> str:
    html = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def test_the_imprint_names_provider_representative_contact_editor_and_funder(client, centre):
    said = text_of(client, "/impressum/")
    for text in (
        *("§ 5 DDG", "Institut Lead Am Markt 1 06108 Halle", "Vertreten durch: Dr. Vera Vorn", "Register: HRB 1"),
        *("+49 30 23125-100", "post@centre.example", "§ 18 Abs. 2 MStV Ruth Redlich Am Markt 1, 06108 Halle"),
        *("Gefördert durch den Bund", "EUPL 1.2", "Fira Sans"),
    ):
        assert text in said
    assert "Provider under section 5 DDG" in text_of(client, "/en/impressum/")


def test_the_imprint_names_who_made_the_pictures_that_are_shown_once(client, centre):
    made = {"credit": "Foto: Maria Muster", "licence": "CC BY 4.0"}
    shown = Entry.objects.filter(kind__in=["event", "demonstrator"])
    assert shown.update(image="/bilder/x.webp", details={"picture": made}) == 2
    assert text_of(client, "/impressum/").count("Foto: Maria Muster (CC BY 4.0)") == 1
    shown.update(image="")
    assert "Maria Muster" not in text_of(client, "/impressum/")


def test_what_a_centre_has_not_said_leaves_no_empty_line(client, world):
    world.centre.texts = {}
    world.centre.save()
    said = text_of(client, "/impressum/") + text_of(client, "/datenschutz/")
    for label in (
        "Vertreten durch:",
        "Register:",
        "Verantwortlich für den Inhalt",
        "Bilder",
        "liegen bei",
        "Aufsicht:",
    ):
        assert label not in said


def test_the_privacy_notice_says_of_each_purpose_what_how_long_who_and_why(client, centre):
    said = text_of(client, "/datenschutz/")
    purposes = policy.document()["purposes"]
    for key in about.VISITORS:
        for name in ("title", "text", "data", "recipients"):
            assert purposes[key][name]["de"] in said, (key, name)
            assert purposes[key][name]["en"] in re.sub("&#x27;", "'", text_of(client, "/en/datenschutz/")), (key, name)
    for text in (
        *("2 Jahre nach dem Abschluss Ihres Anliegens", "6 Monate nach dem Versand", "10 Jahre nach der letzten"),
        *("Es gehört zu unserer öffentlichen Aufgabe oder wir haben ein berechtigtes Interesse", "DSGVO Art. 6 Abs. 1"),
        *("Institut Lead", "dsb@centre.example", "Die Aufsicht", "Rechenzentrum Halle", "Art. 15", "widersprechen"),
        *("bis zu 10 Minuten aufheben", "privates Fenster", "csrftoken", "364 Tage", "wegweiser_fresh", "sessionid"),
        *("nach einem Monat", "Ein Protokoll der Aufrufe führt die Software nicht."),
    ):
        assert text in said
    assert "GDPR" not in said


@pytest.mark.parametrize(
    ("basis", "ground"),
    [
        (
            "GDPR Art. 6(1)(e) or (f)",
            "Es gehört zu unserer öffentlichen Aufgabe oder wir haben ein berechtigtes Interesse",
        ),
        ("GDPR Art. 6(1)(c); Regulation (EU) 2023/2831", "Das Gesetz verpflichtet uns"),
        ("GDPR Art. 7(1)", "Wir müssen Ihre Zustimmung nachweisen können"),
    ],
)
def test_a_legal_basis_is_said_in_words(basis, ground):
    assert about._ground(basis) == ground


def test_every_term_of_the_policy_file_that_visitors_read_has_words():
    purposes = policy.document()["purposes"]
    assert {purposes[key]["retention"]["months_after"] for key in about.VISITORS} <= set(about.COUNTED_FROM)


def test_every_cookie_that_a_visitor_gets_is_named(client, centre):
    client.get("/barrierefreiheit/")
    client.post("/anliegen/", {"text": "Wir tippen ab"})
    assert set(client.cookies) <= {row["name"] for row in about._cookies()}
    assert "csrftoken" in client.cookies
