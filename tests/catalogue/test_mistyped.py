"""Words as people mistype them, looked for in the model centre's catalogue; and the exact word before any slip."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from wegweiser.catalogue import matches, search
from wegweiser.catalogue.actions import offers
from wegweiser.catalogue.matching.documents import Document
from wegweiser.catalogue.matching.text import fold, stem
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.shelf import Item, Query, Shelf
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
FIRST = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def find(django_db_setup, django_db_blocker) -> Callable[[str], list[str]]:
    """The slugs of the first entries found; the shelf is built once and then needs no database."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(matches, "encoders", lambda: ())
        matches.forget()
        search.forget()
        file = centre_file.read(centre_file.model_centre())
        offers.load(file=file, centre=centres.load(file=file, by=BY).centre, by=BY)
        shelf, _outdated = search.shelf()
        slugs = dict(Entry.objects.values_list("pk", "slug"))
        now = clock.now().timestamp()
        transaction.set_rollback(True)
    matches.forget()
    search.forget()
    return lambda text: [slugs[key] for key in shelf.find(Query(text=text), now=now).ids[:FIRST]]


SLIPS = [
    ("Reifegard-Check", "reifegrad-check-digitalisierung"),
    ("Reifegradchek", "reifegrad-check-digitalisierung"),
    ("Geschäftsmodel Werkstat", "geschaeftsmodell-werkstatt"),
    ("Geschäftsmodellwerkstadt", "geschaeftsmodell-werkstatt"),
    ("Prozesaufnahme", "prozessaufnahme-vor-ort"),
    ("Prozessaufname", "prozessaufnahme-vor-ort"),
    ("Machbarkeitscheck Automatisirung", "machbarkeits-check-automatisierung"),
    ("Machbarkeits Automatiesierung", "machbarkeits-check-automatisierung"),
    ("Cyberriskiocheck", "cyberrisikocheck"),
    ("Cyberrisikochek", "cyberrisikocheck"),
    ("Ziberrisikocheck", "cyberrisikocheck"),
    ("Notfal Ersteinschätzung", "it-notfall-ersteinschaetzung"),
    ("telefonishe Ersteinschetzung", "it-notfall-ersteinschaetzung"),
    ("Vernetzungscheck Maschienenpark", "vernetzungs-check-maschinenpark"),
    ("Maschinenpakr", "vernetzungs-check-maschinenpark"),
    ("Usabilty Test", "usability-test-mit-echten-nutzern"),
    ("Usebility-Test Nuzer", "usability-test-mit-echten-nutzern"),
    ("Belegschaftscheck Stimung", "belegschafts-check"),
    ("Belegschats-Check", "belegschafts-check"),
    ("Produktkonfigurater", "demo-angebotskonfigurator"),
    ("Produktkonfiguartor", "demo-angebotskonfigurator"),
    ("Servisportal", "demo-serviceportal-betriebsstunden"),
    ("Serviceportal Betribsstunden", "demo-serviceportal-betriebsstunden"),
    ("Lehrnfabrik Montage", "demo-lernfabrik-papierlose-montage"),
    ("Montasche ohne Papir", "demo-lernfabrik-papierlose-montage"),
    ("Cobott Zelle", "demo-cobot-zelle"),
    ("Robotter ohne Schutzzaun", "demo-cobot-zelle"),
    ("Roboter Schuztzaun", "demo-cobot-zelle"),
    ("Ersazteil Zeichnung", "demo-reverse-engineering-3d-druck"),
    ("mitdenkendes Laager", "demo-intelligentes-lager"),
    ("Prüfplaz mit Kamara", "demo-bildverarbeitung-pruefplatz"),
    ("Bildverarbeitng", "ilka-morgenroth"),
    ("Live-Angrif Musterfirma", "demo-live-hacking-koffer"),
    ("sichere Fernwatung", "demo-sichere-fernwartung"),
    ("Fernwahrtung", "demo-sichere-fernwartung"),
    ("Nachrüstkofer", "demo-retrofit-koffer"),
    ("Nachrüßtkoffer", "demo-retrofit-koffer"),
    ("modulare Musteranlge", "demo-modulare-anlage-opc-ua"),
    ("Drucklufft sichtbar", "demo-energie-und-druckluft"),
    ("Assistensarbeitsplatz", "demo-assistenzarbeitsplatz"),
    ("mobiles Usability-Labohr", "demo-usability-labor-mobil"),
    ("gefelschte Mails erkennen", "phishing-erkennen-in-fuenf-minuten"),
    ("Datensichrung Regeln", "datensicherung-in-vier-regeln"),
]


@pytest.mark.django_db  # has the database made that `find` fills
@pytest.mark.parametrize(("typed", "expected"), SLIPS)
def test_a_mistyped_word_finds_what_was_meant(find: Callable[[str], list[str]], typed: str, expected: str) -> None:
    assert expected in find(typed)


@st.composite
def _word_and_slip(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same with one letter another, missing, doubled or swapped with the next."""
    word = draw(st.text(LETTERS, min_size=6, max_size=14))
    place = draw(st.integers(1, len(word) - 2))
    before, here, after = word[:place], word[place], word[place + 1 :]
    other = draw(st.sampled_from([letter for letter in LETTERS if letter != here]))
    slips = [before + other + after, before + after, before + here * 2 + after, before + after[0] + here + after[1:]]
    return word, draw(st.sampled_from([slip for slip in slips if slip != word]))


@given(_word_and_slip(), st.booleans())
def test_the_exact_word_comes_before_a_slip(pair: tuple[str, str], exact_sorts_first: bool) -> None:
    word, slip = pair
    assume(stem(fold(word), "de") != stem(fold(slip), "de"))  # "ae" is "ä", and endings fall away
    titles = {1: word, 2: slip} if exact_sorts_first else {1: slip, 2: word}
    shelf = Shelf(_item(number, title) for number, title in titles.items())
    first = shelf.find(Query(text=word), now=0.0).ids[0]
    assert titles[first] == word


def _item(number: int, title: str) -> Item:
    documents = {
        lang: Document(key=str(number), kind="guide", topics=(), partner="", title=title, lang=lang)
        for lang in ("de", "en")
    }
    return Item(id=number, kind="guide", sort_key=f"{number:03}", documents=documents)
