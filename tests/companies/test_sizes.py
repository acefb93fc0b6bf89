"""Size and numbers of a firm as they are stored: from figures and shares, corrected with the old value and why."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.contact_point import BY, MONDAY
from wegweiser.companies import queries, sizes
from wegweiser.companies.actions import companies, erasures, merges, numbers
from wegweiser.companies.actions import sizes as actions
from wegweiser.companies.models import Fact, NumberEntry, Share
from wegweiser.companies.size_rules import Class
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

DAY = dt.date(2025, 1, 1)


@pytest.fixture
def firm(db):
    with clock.stopped_at(MONDAY):
        yield companies.find_or_create(name="Abelguss GmbH", by=BY)


def figures(company, headcount, year=2025, **more):
    return actions.enter_figures(company=company, year=year, headcount=Decimal(headcount), by=BY, **more)


def share(company, percent, **more):
    given = {"direction": "owner", "kind": "enterprise", "valid_from": DAY, "name": "Konzern SE", **more}
    return actions.add_share(company=company, percent=Decimal(percent), by=BY, **given)


def test_without_figures_nothing_is_determined(firm):
    assert sizes.determined(firm) is None
    with pytest.raises(DomainError) as error:
        actions.settle(company=firm, by=BY)
    assert error.value.code == "size_not_determined"


def test_an_unknown_owner_counts_with_what_was_said_of_it(firm):
    figures(firm, 30, turnover=Decimal(4_000_000))
    share(firm, 33, headcount=Decimal(100), turnover=Decimal(20_000_000))
    found = sizes.determined(firm)
    assert (found.status, found.latest.total.headcount, found.is_sme) == (Class.MEDIUM, 63, True)
    assert [found.names[part.key] for part in found.latest.parts] == ["Konzern SE"]


def test_known_firms_count_with_their_own_figures_and_shares(firm):
    holding, sister = (companies.find_or_create(name=name, by=BY) for name in ("Abelholding GmbH", "Kainguss GmbH"))
    figures(firm, 20)
    figures(holding, 5)
    figures(sister, 240, year=2024)
    share(firm, 100, other=holding)
    share(holding, 75, other=sister, direction="holding")
    found = sizes.determined(firm)
    assert (found.status, found.latest.total.headcount) == (Class.LARGE, 265)
    assert sizes.determined(sister).latest.total.headcount == 265


def test_what_belongs_to_a_town_through_its_works_is_no_sme(firm):
    works = companies.find_or_create(name="Abelwerke GmbH", by=BY)
    figures(firm, 5)
    figures(works, 20)
    share(firm, 100, other=works)
    share(works, 100, kind="public", name="Stadt Burg")
    assert (sizes.determined(firm).status, sizes.determined(firm).is_sme) == (Class.SMALL, False)
    assert actions.settle(company=firm, by=BY).details["sme"] is False


def test_firms_of_the_same_people_count_together(firm):
    steel, third = (companies.find_or_create(name=name, by=BY) for name in ("Abelstahl GmbH", "Abelrohr GmbH"))
    figures(firm, 20)
    figures(steel, 40)
    figures(third, 5)
    actions.add_share(company=firm, direction="same", kind="enterprise", other=steel, valid_from=DAY, by=BY)
    share(steel, 60, other=third, direction="holding")
    assert {sizes.determined(one).latest.total.headcount for one in (firm, steel, third)} == {65}


def test_the_same_people_carry_no_public_share_over(firm):
    other = companies.find_or_create(name="Abelstahl GmbH", by=BY)
    figures(firm, 20)
    figures(other, 40)
    actions.add_share(company=firm, direction="same", kind="enterprise", other=other, valid_from=DAY, by=BY)
    share(other, 60, kind="public", name="Stadt Burg")
    assert sizes.determined(firm).is_sme


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"direction": "owner", "kind": "person", "controls": True, "percent": Decimal(30)}, "person_links_nothing"),
        ({"direction": "same", "kind": "person"}, "same_people_of_a_firm"),
        ({"direction": "owner", "kind": "enterprise"}, "percent_out_of_range"),
    ],
)
def test_a_person_links_only_by_what_else_belongs_to_them(firm, given, code):
    with pytest.raises(DomainError) as error:
        actions.add_share(company=firm, name="Kurt Abel", valid_from=DAY, by=BY, **given)
    assert error.value.code == code


def test_a_share_that_ended_counts_no_more(firm):
    figures(firm, 20)
    ended = share(firm, 60, headcount=Decimal(500))
    assert sizes.determined(firm).status == Class.LARGE
    actions.end_share(share=ended, last_day=clock.today() - dt.timedelta(days=1), by=BY)
    assert sizes.determined(firm).status == Class.SMALL
    assert sizes.determined(firm, on=DAY + dt.timedelta(days=400)).status == Class.LARGE


def test_what_one_owner_bought_bit_by_bit_adds_up(firm):
    figures(firm, 40)
    share(firm, 30, headcount=Decimal(400))
    assert sizes.determined(firm).status == Class.MEDIUM
    share(firm, 25, name="Konzern")
    found = sizes.determined(firm)
    assert (found.status, [part.percent for part in found.latest.parts]) == (Class.LARGE, [100])


def test_a_share_that_both_firms_tell_of_is_told_once(firm):
    holding = companies.find_or_create(name="Abelholding GmbH", by=BY)
    figures(firm, 20)
    figures(holding, 400)
    share(firm, 30, other=holding)
    share(holding, 30, other=firm, direction="holding")
    assert [part.percent for part in sizes.determined(firm).latest.parts] == [30]
    share(firm, 21, other=holding)
    assert sizes.determined(firm).status == Class.LARGE


def test_a_share_that_never_was_counts_on_no_day(firm):
    figures(firm, 20)
    wrong = share(firm, 60, headcount=Decimal(500))
    with pytest.raises(DomainError, match="reason_missing"):
        actions.withdraw_share(share=wrong, reason=" ", by=BY)
    actions.withdraw_share(share=wrong, reason="6 statt 60", by=BY)
    assert {sizes.determined(firm, on=day).status for day in (DAY + dt.timedelta(days=400), clock.today())} == {
        Class.SMALL
    }
    assert [row.withdrawn_reason for row in sizes.shares_of(firm)] == ["6 statt 60"]
    with pytest.raises(DomainError, match="share_withdrawn_already"):
        actions.end_share(share=wrong, last_day=clock.today(), by=BY)


def test_two_years_and_a_corrected_figure(firm):
    figures(firm, 40, year=2023)
    figures(firm, 60, year=2024)
    figures(firm, 60)
    assert sizes.determined(firm).status == Class.MEDIUM
    figures(firm, 45)
    found = sizes.determined(firm)
    assert (found.status, list(sizes.figures_of(firm))) == (Class.SMALL, [2025, 2024, 2023])


@pytest.mark.parametrize(("day", "latest", "status"), [((2026, 3, 2), 2025, "SMALL"), ((2027, 1, 1), 2026, "MEDIUM")])
def test_a_year_counts_when_it_is_closed(firm, day, latest, status):
    for year, people in ((2024, 40), (2025, 60), (2026, 60)):
        figures(firm, people, year=year)
    found = sizes.determined(firm, on=dt.date(*day))
    assert (found.year, found.status.name, found.is_estimate) == (latest, status, False)


def test_a_firm_that_closed_no_year_yet_is_taken_by_its_estimate(firm):
    figures(firm, 60, year=2026)
    found = sizes.determined(firm)
    assert (found.year, found.status, found.is_estimate) == (2026, Class.MEDIUM, True)
    assert actions.settle(company=firm, by=BY).details["estimate"] is True


def test_what_is_settled_is_a_dated_fact_with_its_rule(firm):
    figures(firm, 60)
    fact = actions.settle(company=firm, by=BY)
    known = queries.known(firm, Fact.Kind.SIZE, clock.today())
    assert (known, fact.value, fact.details["rule"], fact.details["sme"]) == (fact, "medium", "2003/361/EC", True)


def test_a_size_is_not_taken_over_while_figures_of_who_belongs_to_the_firm_are_missing(firm):
    figures(firm, 5)
    blank = share(firm, 100)
    with pytest.raises(DomainError, match="Konzern SE") as error:
        actions.settle(company=firm, by=BY)
    assert error.value.code == "size_incomplete"
    actions.complete_share(share=blank, headcount=Decimal(12), by=BY)
    assert actions.settle(company=firm, by=BY).value == "small"
    with pytest.raises(DomainError) as error:
        actions.complete_share(share=blank, headcount=Decimal(1), by=BY)
    assert error.value.code == "figures_known_already"


def test_missing_figures_make_no_large_firm_smaller(firm):
    figures(firm, 300)
    share(firm, 100)
    assert actions.settle(company=firm, by=BY).value == "large"


def test_what_was_taken_over_holds_until_shares_or_figures_say_otherwise(firm):
    today = clock.today()
    figures(firm, 5)
    fact = actions.settle(company=firm, by=BY)
    assert sizes.by_definition(firm, on=today) == fact
    blank = share(firm, 100)
    assert sizes.by_definition(firm, on=today) is None
    actions.complete_share(share=blank, headcount=Decimal(4), by=BY)
    assert sizes.by_definition(firm, on=today) == fact, "still micro with its owner"
    share(firm, 30, kind="public", name="Stadt")
    assert sizes.by_definition(firm, on=today) is None
    again = actions.settle(company=firm, by=BY)
    assert (sizes.by_definition(firm, on=today), again.details["sme"]) == (again, False)


def test_the_queries_do_not_grow_with_the_shares(firm, django_assert_max_num_queries):
    figures(firm, 60)
    for number in range(4):
        share(firm, 30, name=f"Partner {number}", headcount=Decimal(10))
    with django_assert_max_num_queries(4):
        sizes.determined(firm)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"percent": Decimal(101)}, "percent_out_of_range"),
        ({"name": " "}, "name_missing"),
        ({"kind": "unbekannt"}, "share_unknown"),
        ({"valid_from": dt.date(2040, 1, 1)}, "day_in_future"),
        ({"headcount": Decimal(-1)}, "headcount_out_of_range"),
    ],
)
def test_shares_that_make_no_sense_are_refused(firm, changed, code):
    given = {"percent": Decimal(30), "direction": "owner", "kind": "enterprise", "name": "X", "valid_from": DAY}
    with pytest.raises(DomainError) as error:
        actions.add_share(company=firm, by=BY, **{**given, **changed})
    assert error.value.code == code


# --- Numbers -------------------------------------------------------------------------------------------------------


def test_a_wrong_number_is_corrected_with_the_old_one_and_why(firm):
    numbers.correct(company=firm, kind="vat_id", value="DE 136 695 976", by=BY)
    with pytest.raises(DomainError) as error:
        numbers.correct(company=firm, kind="vat_id", value="", by=BY)
    assert error.value.code == "reason_missing"
    numbers.correct(company=firm, kind="vat_id", value="", reason="gehört der Holding", by=BY)
    firm.refresh_from_db()
    told = [(row.before, row.value, row.reason) for row in NumberEntry.objects.order_by("id")]
    assert (firm.vat_id, told) == (
        "",
        [("", "DE136695976", ""), ("DE136695976", "", "gehört der Holding")],
    )


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("vat_id", "DE136695975", "invalid_vat_id"),
        ("vat_id", "ATU12345678", "invalid_vat_id"),
        ("register_entry", "12345", "invalid_register"),
        ("register_entry", "HRB 12345", "invalid_register"),
        ("steuernummer", "1", "number_unknown"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(firm, kind, value, code):
    with pytest.raises(DomainError) as error:
        numbers.correct(company=firm, kind=kind, value=value, by=BY)
    assert error.value.code == code
    assert not NumberEntry.objects.exists()


def test_a_register_entry_is_stored_with_its_court(firm):
    numbers.correct(company=firm, kind="register_entry", value="Amtsgericht Stendal, HRB 12345", by=BY)
    firm.refresh_from_db()
    assert firm.register_entry == "HRB 12345 Stendal"


def test_shares_of_a_merged_firm_are_those_of_the_firm_it_is(firm):
    other = companies.find_or_create(name="Guss Abel Alt", by=BY)
    share(other, 30)
    merges.merge(loser=other, survivor=firm, by=BY)
    assert [row.name for row in sizes.shares_of(firm)] == ["Konzern SE"]


def test_an_erased_firm_keeps_neither_number_nor_owner(firm):
    numbers.correct(company=firm, kind="vat_id", value="DE136695976", by=BY)
    share(firm, 100, kind="person", name="Uwe Abel")
    erasures.erase_company(company=firm, restrict=False, by=BY)
    assert (NumberEntry.objects.count(), Share.objects.get().name) == (0, "")
