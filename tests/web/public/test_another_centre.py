"""A centre elsewhere shows its own words: nothing of the model centre is in the code."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import wegweiser
from tests.config.test_command import SMALL
from wegweiser.catalogue import matches, search
from wegweiser.config import installation
from wegweiser.consortium.models import Centre
from wegweiser.kernel.actor import Actor

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOUSE = "http://localhost:8000"
OF_THE_MODEL_CENTRE = re.compile(
    r"Magdeburg|Sachsen-Anhalt|Saxony-Anhalt|Stendal|Altmark|Volksstimme|Fraunhofer|\bifak\b|\bIFF\b"
)


@pytest.fixture
def small(db, monkeypatch):
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr("wegweiser.catalogue.matches.encoders", list)
    matches.forget()
    search.forget()
    yield installation.install(path=SMALL, quick=True, by=Actor.system("test")).centre
    matches.forget()
    search.forget()


def test_no_public_page_of_a_small_centre_has_a_word_of_the_model_centre(client, small):
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [str(node.text).removeprefix(HOUSE) for node in tree.iter(f"{SITEMAP}loc")]
    pages = {address: client.get(address).content.decode() for address in addresses}
    assert len(pages) > 40
    assert all("Jadebusen" in page or "Jade Bight" in page for page in pages.values())
    assert {address: found[0] for address, page in pages.items() if (found := OF_THE_MODEL_CENTRE.search(page))} == {}


@pytest.mark.parametrize("kind", ["*.py", "*.html", "*.js", "*.txt", "*.typ", "*.po"])
def test_no_word_of_the_model_centre_stands_in_the_code(kind):
    root = Path(wegweiser.__file__).parent
    files = [path for path in root.rglob(kind) if "centres" not in path.relative_to(root).parts]
    assert files
    told = {
        f"{path.relative_to(root)}: {found[0]}"
        for path in files
        if (found := OF_THE_MODEL_CENTRE.search(path.read_text(encoding="utf-8")))
    }
    assert told == set()


def test_a_word_of_the_model_centre_would_be_found_on_a_page(client, small):
    Centre.objects.update(seat="Magdeburg", texts=small.texts | {"sentence": {"de": "Wir helfen in Magdeburg."}})
    assert OF_THE_MODEL_CENTRE.search(client.get("/").content.decode())


def test_the_home_page_names_only_areas_that_hold_anything(client, small):
    page = client.get("/")
    assert [section.name for section in page.context["sections"]] == ["checks"]
    assert "/checks/" in page.content.decode()


def test_an_empty_area_does_not_speak_of_a_choice_that_nobody_made(client, small):
    assert "Nehmen Sie eine Auswahl weg" not in client.get("/leitfaeden/").content.decode()
    assert "Nehmen Sie eine Auswahl weg" in client.get("/leitfaeden/?q=Walfisch").content.decode()
