"""English pages say which of their texts there are in German only, and translate what is ours to say."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override

from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import District, Network
from wegweiser.kernel.translated import translated
from wegweiser.web.public import details
from wegweiser.web.ui.templatetags import ui

from .conftest import BY

NOTE = "Some of these texts are in German only."


def event(**more):
    shown = {"title": translated("Abend", "Evening"), "summary": translated("Ein Abend", "An evening")}
    entries.publish(offer=Offer(kind="event", slug="abend", **{**shown, **more}), by=BY)


@pytest.mark.parametrize(
    "german",
    [
        {"details": {"takeaways": ["Ein Plan"]}},
        {"text": translated("Viel Text")},
        {"target_group": translated("Meisterinnen")},
    ],
)
def test_a_german_part_is_told_once_and_marked(client, world, german):
    event(**german)
    html = client.get("/en/veranstaltungen/abend/").content.decode()
    assert html.count(NOTE) == 1
    assert 'lang="de"' in html[html.index('class="ww-two"') :]
    assert "nur auf Deutsch" not in client.get("/veranstaltungen/abend/").content.decode()


def test_nothing_is_said_where_all_is_english(client, world):
    event(
        text=translated("Viel Text", "Much text"),
        target_group=translated("Meisterinnen", "Masters"),
        details={"takeaways": ["Ein Plan"], "takeaways_en": ["A plan"]},
        format="Schulung",
        price=Decimal(0),
    )
    html = client.get("/en/veranstaltungen/abend/").content.decode()
    assert NOTE not in html
    assert "Training" in html
    assert "A plan" in html
    assert (
        'lang="de"'
        not in re.sub(r"<header.*?</header>|<footer.*?</footer>", "", html, flags=re.DOTALL).split("<main")[1]
    )


def test_what_people_know_and_what_networks_do(client, world):
    world.ben.expertise = translated("Schnittstellen")
    world.ben.save()
    Network.objects.create(slug="netz", name=translated("Netz", "Net"), refer_when=translated("Forschung"))
    for path in ("/ansprechpersonen/", f"/ansprechpersonen/{world.ben.slug}/", "/netzwerke/"):
        assert client.get(f"/en{path}").content.decode().count(NOTE) == 1
        assert "auf Deutsch vor" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("row", "german", "english"),
    [
        ({"value": 310, "unit": "Stück", "before": 0, "after": 310}, "310 Stück", "310"),
        ({"value": 1, "unit": "Tage", "before": 9, "after": 1}, "1 Tag", "1 day"),
        ({"value": -55, "unit": "Minuten"}, "−55 Minuten", "−55 minutes"),
        ({"value": 19, "unit": "% mehr"}, "+19 %", "+19 %"),
        ({"value": 97, "unit": "%"}, "97 %", "97 %"),
        ({"value": 3, "unit": "Kisten"}, "3 Kisten", "3 Kisten"),
    ],
)
def test_figures_with_their_units(row, german, english):
    for language, expected in (("de", german), ("en", english)):
        with override(language):
            assert details.results({"results": [{"label": "x", **row}]})[0].value == expected


def test_a_level_says_what_it_was_and_a_change_does_not():
    level, change = details.results(
        {
            "results": [
                {"label": "Retouren", "value": 7, "unit": "%", "before": 13, "after": 7},
                {"label": "Zeit", "value": -72, "unit": "%", "before": "95 Minuten", "after": "27 Minuten"},
            ]
        }
    )
    assert (level.before, change.before) == ("vorher 13 %", "")
    with override("en"):
        told = details.results({"results": [{"value": -8, "unit": "%", "before": "74 im Jahr", "after": "1 Tag"}]})
        assert told[0].change == "before 74 a year, after 1 Tag"


def test_no_line_ends_after_a_lone_hyphen():
    assert ui.unbroken("Fabrikbetrieb und -automatisierung") == "Fabrikbetrieb und -\u2060automatisierung"
    assert ui.unbroken("Halle - Markt, E-Mail") == "Halle - Markt, E-Mail"


def test_the_parts_of_a_name_stay_together_on_its_card(client, world):
    world.other.name = translated("Institut für Bau und -planung")
    world.other.save()
    pages = [client.get("/partner/"), client.get("/themen/"), client.post("/anliegen/", {"text": "Auftrag abtippen"})]
    for page in pages:
        assert "und -\u2060planung" in page.content.decode()
        assert "und -planung" not in page.content.decode().split("</head>")[1]


def test_free_of_charge_has_its_picture_in_lists(client, world):
    for path in ("/veranstaltungen/", "/angebote/?q=abtippen"):
        assert re.search(r"#price\" /></svg>kostenfrei", client.get(path).content.decode())


def tags(client, path, **more) -> str:
    """The technologies on the card of one demonstrator, and the whole list."""
    shown = {"title": translated("Roboter", "Robot"), "summary": translated("Ein Arm", "An arm"), "details": more}
    Entry.objects.filter(kind="demonstrator").delete()
    entries.publish(offer=Offer(kind="demonstrator", slug="roboter", **shown), by=BY)
    html = client.get(path).text
    found = re.sub(r"\s+", " ", html.split('class="ww-tags"')[1].split("</ul>")[0])
    return found + ("NOTE" if html.count(NOTE) == 1 else "")


def test_the_list_of_demonstrators_marks_technologies_there_are_in_german_only(client, world):
    english = tags(client, "/en/demonstratoren/", technologies=["Handführung"])
    assert '<li lang="de">' in english
    assert "Handführung" in english
    assert english.endswith("NOTE")
    assert "lang" not in tags(client, "/demonstratoren/", technologies=["Handführung"])


@pytest.mark.parametrize(
    "technologies",
    [
        {"technologies": ["Handführung"], "technologies_en": ["Guiding by hand"]},
        {"technologies": [{"de": "Handführung", "en": "Guiding by hand"}]},
    ],
)
def test_technologies_in_english_are_shown_without_a_mark(client, world, technologies):
    english = tags(client, "/en/demonstratoren/", **technologies)
    assert "Guiding by hand" in english
    assert "lang" not in english
    assert not english.endswith("NOTE")


def test_what_a_city_is_stands_in_the_language_of_the_page(client, world):
    city = District.objects.create(ags="15002", key="halle", name="Halle (Saale) (kreisfreie Stadt)")
    event(district=city)
    assert "Halle (Saale) (kreisfreie Stadt)" in client.get("/veranstaltungen/").text
    english = client.get("/en/veranstaltungen/").text
    assert "Halle (Saale) (city)" in english
    assert "kreisfreie" not in english
