"""What is known of a firm, put right at the desk: it never was so, or it changed on a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.functional import Promise

from tests.contact_point import BY, MONDAY
from tests.journey import builders
from wegweiser.companies import queries
from wegweiser.companies.actions import facts, merges
from wegweiser.companies.models import Fact
from wegweiser.consortium.models import District, Sector
from wegweiser.journey import indicators
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.web.desk import firm_facts

EARLY, DAY, TODAY = dt.date(2025, 5, 5), dt.date(2026, 1, 1), MONDAY.date()


@pytest.fixture
def firm(world):
    """Small since 2020, met in May 2025."""
    firm = builders.company("Tischlerei Eiche", size="small")
    builders.step(firm, day=EARLY, topic=world.topic, partner=world.lead)
    return firm


def page(firm):
    return reverse("desk:company_facts", kwargs={"uuid": firm.uuid})


def say(client, firm, value, how, kind="size", seen=None, **more):
    known = queries.known(firm, kind, clock.today())
    sent = {"value": value, "how": how, "seen": seen or (known.uuid if known else ""), **more}
    return client.post(page(firm), {"do": kind, **{f"{kind}-{name}": text for name, text in sent.items()}}, follow=True)


def size(firm, day=TODAY):
    fact = queries.known(firm, "size", day)
    return fact.value if fact else ""


def by_size():
    found = indicators.figures(start=EARLY, end=EARLY, keys=["companies_reached"])["companies_reached"]
    return {key: figure.value for key, figure in found.by["size"].items()}


def test_what_was_never_so_is_right_from_its_first_day_also_in_earlier_figures(anna, firm):
    say(anna, firm, "medium", "always")
    assert (size(firm, dt.date(2020, 1, 1)), size(firm)) == ("medium", "medium")
    assert by_size() == {"medium": 1}
    assert AuditEvent.objects.filter(event="fact:corrected").count() == 1


def test_what_changed_leaves_earlier_figures_as_they_are(anna, firm):
    say(anna, firm, "medium", "since", since=DAY)
    assert (size(firm, DAY - dt.timedelta(days=1)), size(firm, DAY)) == ("small", "medium")
    assert by_size() == {"small": 1}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"how": "since"}, "since"),
        ({"how": "since", "since": "2026-03-03"}, "since"),
        ({"how": "since", "since": "2020-01-01"}, "since"),
        ({"how": ""}, "how"),
        ({"how": "always", "value": "riesig"}, "value"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(anna, firm, sent, field):
    response = say(anna, firm, **{"value": "medium", **sent})
    assert response.status_code == 422
    form = next(form for row, form in response.context["rows"] if row.kind == "size")
    assert set(form.errors) == {field}
    assert Fact.objects.filter(company=firm).count() == 1


@pytest.mark.parametrize(("how", "first"), [("always", EARLY), ("since", DAY)])
def test_what_nobody_knew_holds_from_the_first_contact_or_the_day_said(anna, world, how, first):
    firm = builders.company("Neu GmbH")
    builders.step(firm, day=EARLY, topic=world.topic, partner=world.lead)
    say(anna, firm, "small", how, since=DAY)
    assert Fact.objects.get(company=firm).valid_from == first


@pytest.mark.parametrize("how", ["always", "since"])
def test_who_looked_at_what_is_no_more_is_told(anna, firm, how):
    seen = queries.known(firm, "size", TODAY)
    facts.correct(fact=seen, value="micro", by=BY)
    response = say(anna, firm, "medium", how, seen=seen.uuid, since=DAY)
    assert "Inzwischen hat jemand anderes gespeichert." in response.content.decode()
    assert size(firm) == "micro"


@pytest.mark.parametrize("kind", ["size", "district"])
def test_a_fact_of_another_firm_or_kind_is_left_alone(anna, world, firm, kind):
    """Whoever changes the hidden field reaches nothing of another firm."""
    other = builders.company("Fremd GmbH", size="micro", district="15090")
    seen = queries.known(other, kind, TODAY)
    response = say(anna, firm, "medium", "always", seen=seen.uuid)
    assert "Inzwischen hat jemand anderes gespeichert." in response.content.decode()
    assert (size(other), size(firm)) == ("micro", "small")
    assert queries.known(other, "district", TODAY).value == "15090"


def test_a_fact_of_a_merged_row_is_put_right_for_the_firm(anna, firm):
    kept = builders.company("Eiche GmbH")
    merges.merge(loser=firm, survivor=kept, by=BY)
    say(anna, kept, "medium", "always")
    assert size(kept) == "medium"
    assert by_size() == {"medium": 1}


def test_the_firms_page_leads_there_and_says_since_when(anna, firm):
    text = anna.get(reverse("desk:company", kwargs={"uuid": firm.uuid})).content.decode()
    assert page(firm) in text
    assert "seit 01.01.2020" in text


@pytest.mark.parametrize("kind", firm_facts.KINDS)
def test_each_thing_is_put_right_by_a_choice_of_its_list(anna, firm, kind):
    """Words in two languages are no group of two choices."""
    Sector.objects.create(key="wood", label={"de": "Holz und Möbel", "en": "Wood and furniture"})
    District.objects.create(ags="15090", name="Stendal")
    form = next(form for row, form in anna.get(page(firm)).context["rows"] if row.kind == kind)
    offered = [(value, words) for value, words in form.fields["value"].choices if value]
    assert {value for value, _ in offered} == set(firm_facts.choices(kind))
    assert all(isinstance(words, str | Promise) for _, words in offered)
    answer = say(anna, firm, offered[-1][0], "always", kind=kind)
    assert answer.status_code == 200
    assert queries.known(firm, kind, TODAY).value == offered[-1][0]
