"""What one may attach to an answer: nothing that is over, and dates of a series are told apart by their day."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue.models import HERE, Availability, Entry
from wegweiser.crossings import enquiries
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

TITLE = "Sprechtag Digitalisierung"


def sprechtag(day, **fields):
    start = clock.now() + dt.timedelta(days=day)
    given = {"kind": "event", "slug": f"tag-{day}", "title": translated(TITLE), "changed": 1000 + day}
    given |= {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "place": "Halle"}
    return Entry.objects.create(**{**given, **fields})


@pytest.fixture
def dates(world):
    return [sprechtag(7), sprechtag(14, attendance="online"), sprechtag(21, availability=Availability.CANCELLED)]


@pytest.fixture
def case(world, dates):
    case = contact_point.case(world.lead)
    gone = sprechtag(-1)
    case.suggested = {"offers": [{"kind": row.kind, "slug": row.slug} for row in [*dates, gone]]}
    case.save()
    return case


def form(client, case, verb):
    return client.get(reverse("desk:case", kwargs={"uuid": case.uuid})).context["forms"][verb]


@pytest.mark.parametrize("verb", ["answer", "log"])
def test_only_what_still_takes_place_is_suggested_and_each_date_says_its_day(anna, case, verb):
    words = [label for _uuid, label in form(anna, case, verb).fields["offers"].choices]
    assert words == [f"{TITLE} · 09.03.2026 10:00 · Halle", f"{TITLE} · 16.03.2026 10:00 · online"]
    further = [label for _uuid, label in form(anna, case, verb).fields["more"].choices]
    assert not [label for label in further if label.startswith(TITLE)]
    assert any("Halle, Markt 1" in label for label in further)


def test_what_is_over_stays_on_the_page_and_says_so(anna, case):
    shown = [card["words"] for card in anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).context["suggested"]]
    assert shown[2:] == [
        f"{TITLE} · 23.03.2026 10:00 · Halle (abgesagt)",
        f"{TITLE} · 01.03.2026 10:00 · Halle (vorbei)",
    ]


def test_the_letter_names_day_and_place(world, case, dates):
    letter = enquiries.answer(
        case=case, member=world.anna, text="Kommen Sie.", offers=[row.uuid for row in dates[:2]], by=BY
    ).letter
    assert "Montag, 9. März 2026, 10:00 bis 12:00 Uhr, Halle" in letter.text
    assert "Montag, 16. März 2026, 10:00 bis 12:00 Uhr, online" in letter.text
    assert "Montag, 9. März 2026, 10:00 bis 12:00 Uhr, Halle" in letter.html


def test_what_another_centre_offers_is_no_page_of_ours(anna, world, case, dates):
    there = sprechtag(28, slug="dort", origin="anderswo", source_url="https://anderswo.example/dort")
    letter = enquiries.answer(case=case, member=world.anna, text="Auch dort.", offers=[there.uuid], by=BY).letter
    assert there.origin != HERE
    assert "https://anderswo.example/dort" in letter.text
    assert "/veranstaltungen/dort" not in letter.text
