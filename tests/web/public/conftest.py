"""A small centre with one thing of each kind, and a clock that stands still."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db.models import F

from tests import contact_point, kept, model_centre
from wegweiser.catalogue import matches, search
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Change, Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import translated

BY = Actor.system("test")
TEXTS = {
    "sentence": {"de": "Wir helfen Betrieben in der Region: kostenfrei und neutral.", "en": "We help companies."},
    "neutral": {"de": "Anbieterneutral"},
    "logo_line": {"de": "Gefördert durch den Bund"},
    "examples": [
        {"de": "Wir tippen jeden Auftrag dreimal ab."},
        {"de": "Die Maschine steht dauernd."},
        {"de": "Wir kommen nicht an unsere Dateien."},
    ],
    "operator": {"name": "Institut Lead", "email": "post@centre.example", "supervisory_authority": "Die Aufsicht"},
}
EMERGENCY = {
    "last_checked": "2026-02-01",
    "steps": [{"de": f"Schritt {number}"} for number in range(1, 6)],
    "contacts": [
        {"kind": "police", "name": {"de": "Die Polizei"}, "phone": "+49 30 23125-901", "last_checked": "2026-02-01"},
        {"kind": "insurer", "name": {"de": "Ihre Versicherung"}, "last_checked": "2026-02-02"},
    ],
}


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def small_centre():
    """The centre with its offers, as of now; the caches of the process are empty before and after."""
    cache.clear()
    matches.forget()
    search.forget()
    on_monday = clock.now() == contact_point.MONDAY  # otherwise the clock runs, and no two are alike
    found = kept.once("small centre on Monday", built) if on_monday else built()
    model_centre.of_no_other_test()
    yield found
    matches.forget()
    search.forget()
    cache.clear()


def built() -> contact_point.World:
    found = contact_point.world()
    found.centre.texts, found.centre.emergency = TEXTS, EMERGENCY
    found.centre.save()
    found.ben.topics.add(found.topic)
    _publish(found)
    return found


def _publish(world: contact_point.World) -> None:
    here = {"topics": (world.topic,), "partner": world.other, "contact": world.ben}
    start = clock.now() + dt.timedelta(days=10)
    entries.publish(
        offer=Offer(
            kind="event",
            slug="auftraege",
            title=translated("Aufträge ohne Abtippen", "Orders without retyping"),
            summary=translated("Wie ein Auftrag nur einmal erfasst wird."),
            text=translated("Ein Nachmittag mit Beispielen."),
            everyday_words=translated("Aufträge dreimal abtippen, doppelte Listen"),
            starts_at=start,
            ends_at=start + dt.timedelta(hours=2),
            place="Halle, Markt 1",
            attendance="on_site",
            price=Decimal(0),
            availability="waiting",
            details={"capacity": 8, "takeaways": ["Ein Plan"], "registered": 8},
            **here,
        ),
        by=BY,
    )
    entries.publish(
        offer=Offer(
            kind="demonstrator",
            slug="scanner",
            title=translated("Belege scannen"),
            details={"visit_minutes": 90, "technologies": ["Texterkennung"], "mobility": "mobile"},
            **here,
        ),
        by=BY,
    )
    entries.publish(
        offer=Offer(
            kind="lighthouse_project",
            slug="druckerei",
            title=translated("Vom Klick zur Druckmaschine"),
            details={
                "company": {"name": "Druck GmbH", "employees": 20, "city": "Halle"},
                "results": [{"label": "Fehler", "value": -38, "unit": "%", "before": 50, "after": 12}],
                "results_status": "measured",
            },
            **here,
        ),
        by=BY,
    )
    entries.publish(
        offer=Offer(
            kind="check", slug="standort", title=translated("Standortcheck"), details={"procedure": "Gespräch"}, **here
        ),
        by=BY,
    )
    for kind, slug, title in (
        *(("guide", "postfach", "Postfach gehackt"), ("video", "rundgang", "Rundgang"), ("tool", "oee", "Rechner")),
        *(("programme", "digital", "Digitalzuschuss"), ("news", "eroeffnung", "Neues Labor")),
    ):
        details = {"published_on": "2026-02-20", "steps": ["Ruhe bewahren"], "last_checked": "2026-02-01"}
        entries.publish(offer=Offer(kind=kind, slug=slug, title=translated(title), details=details, **here), by=BY)
    for kind, slug, title in (("topic", world.topic.slug, "Vernetzung"), ("contact", world.ben.slug, "Ben")):
        entries.publish(offer=Offer(kind=kind, slug=slug, title=translated(title), **here), by=BY)


def change(slug, **fields):
    """An entry with other columns, as after a change of the catalogue."""
    Entry.objects.filter(slug=slug).update(**fields, changed=F("changed") + 900)
    Change.objects.update(last=F("last") + 900)
