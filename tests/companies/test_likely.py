"""One new firm is compared by the rule of imports, with those alone that share something, and misses none of them."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.contact_point import BY
from wegweiser.companies import alike, entries, keys, queries
from wegweiser.companies.actions import companies, doubts, erasures, merges, persons
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company, Doubt, Person
from wegweiser.kernel import clock

FIRMS = st.builds(
    Known,
    name=st.sampled_from(["Müller Metallbau GmbH", "Metallbau Mueller", "Metallbau Ölmann", "Bäckerei Otto", "GmbH"]),
    street=st.sampled_from(["", "Lindenallee 4", "Lindenalle 4", "Weg 9"]),
    postcode=st.sampled_from(["", "39104", "06108"]),
    place=st.sampled_from(["", "Köln", "KÖLN", "Koeln", "Halle (Saale)", "Halle/Saale"]),
    phones=st.sampled_from([(), ("+493915550100",), ("+493915550101",)]),
    emails=st.sampled_from([(), ("a@mueller.example",), ("B@Mueller.Example",), ("c@gmx.de",), ("C@GMX.de",)]),
    website=st.sampled_from(["", "https://www.mueller.example/wir"]),
)


def stored(known: Known) -> Company:
    return Company.objects.create(
        name=known.name,
        street=known.street,
        postcode=known.postcode,
        place=known.place,
        phone=next(iter(known.phones), ""),
        email=next(iter(known.emails), ""),
        website=known.website,
    )


class EveryFirm(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(st.lists(FIRMS, max_size=6), FIRMS)
    def test_none_is_missed_that_may_be_the_same(self, known, new):
        for row in known:
            stored(row)
        one = profile(-1, new)
        every = {
            firm.pk
            for firm in queries.listed()
            if compare(one, profile(firm.pk, entries.known_of(firm))).verdict > Verdict.NO
        }
        assert {hit.company.pk for hit in alike.likely(new, limit=50) if hit.asks} == every


def firm(name: str, **values: Any) -> Company:
    return companies.find_or_create(name=name, by=BY, **values)


HERE = {"street": "Lindenallee 4", "postcode": "39104", "place": "Magdeburg"}


@pytest.mark.django_db
def test_another_spelling_at_one_address_is_the_firm_that_is_known():
    known = firm("Mödebeck Kühlgeräte", **HERE)
    assert firm("Moedebeck Kuehlgeraete GmbH", **{**HERE, "street": "Lindenalle 4"}) == known


@pytest.mark.django_db
def test_father_and_son_are_two_and_somebody_is_asked():
    father = firm("Tischlerei Ernst Abel", **HERE)
    son = firm("Tischlerei Enrico Abel", **HERE)
    assert father != son
    (asked,) = queries.doubts(clock.today())
    assert {asked.one, asked.other} == {father, son}


@pytest.mark.django_db
def test_who_looked_at_them_and_said_another_is_not_asked_again():
    firm("Tischlerei Ernst Abel", **HERE)
    companies.find_or_create(name="Tischlerei Enrico Abel", is_another=True, by=BY, **HERE)
    assert not Doubt.objects.exists()


@pytest.mark.django_db
def test_a_name_alone_will_do_where_it_tells_something_and_one_firm_has_it():
    known = firm("Mödebeck Kühlgeräte", **HERE)
    firm("Bäckerei Müller", place="Halle")
    assert alike.certain(Known(name="Moedebeck Kuehlgeraete GmbH")) == known
    assert alike.certain(Known(name="Bäckerei Müller")) is None
    assert alike.certain(Known(name="")) is None


@pytest.mark.django_db
def test_the_entries_of_one_firm_count_together():
    known, other = firm("Mödebeck Kühlgeräte", **HERE), firm("MKG Magdeburg", phone="0391 5550100")
    merges.merge(loser=other, survivor=known, by=BY)
    assert alike.certain(Known(name="MKG", phones=("+493915550100",))) == known


@pytest.mark.django_db
def test_firms_that_were_told_to_be_two_are_not_offered_to_each_other():
    one, other = firm("Tischlerei Ernst Abel", **HERE), firm("Tischlerei Enrico Abel", **HERE)
    assert [hit.company for hit in alike.likely_of(one)] == [other]
    doubts.keep_apart(one=one, other=other, by=BY)
    assert alike.likely_of(one) == []


@pytest.mark.django_db
def test_the_number_of_somebody_who_works_there_leads_to_the_firm():
    known = firm("Mödebeck Kühlgeräte (Werkstatt)")
    somebody = persons.find_or_create(
        name="Jana Abel", phone="0170 5550100", email="j@abel.example", company=known, by=BY
    )
    for told in ({"phones": ("+491705550100",)}, {"emails": ("j@abel.example",)}):
        (hit,) = alike.likely(Known(name="Mödebeck Kühlgeräte", **told))
        assert hit.company == known
        assert {"same_phone", "same_mail"} & set(hit.evidence)
        assert alike.certain(Known(name="Mödebeck Kühlgeräte", **told)) == known
    Person.objects.filter(pk=somebody.pk).update(restricted_at=clock.now())  # found by nobody
    assert alike.likely(Known(name="Mödebeck Kühlgeräte", phones=("+491705550100",))) == []


@pytest.mark.django_db
def test_what_is_known_of_who_asked_is_among_the_reasons_of_a_doubt():
    known = firm("Tischlerei Ernst Abel", phone="0391 5550100", **HERE)
    firm("Tischlerei Enrico Abel", place="Magdeburg", asked_from={"phone": "0391 5550100"})
    (asked,) = queries.doubts(clock.today())
    assert (asked.one, "same_phone" in asked.evidence) == (known, True)


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow():
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as read:
            alike.certain(Known(name="Abel Guss", phones=("+493915550100",), emails=("a@abel.example",), **HERE))
        return len(read)

    firm("Abel Guss", **HERE)
    before = asked()
    for number in range(5):
        firm(f"Abel Nummer {number}", **{**HERE, "street": f"Weg {number + 1}"})
    assert asked() == before


@pytest.mark.django_db
def test_a_firm_written_by_the_code_before_is_found_once_its_keys_are_filled():
    known = firm("Müller Metallbau GmbH", **HERE)
    Company.objects.update(town_key="", address_key="")
    new = Known(name="Metallbau Kurt Müller", street="Lindenallee 4", place="Magdeburg")
    assert alike.likely(new) == []
    import_module("wegweiser.companies.migrations.0008_fill_keys").fill(apps, None)
    assert [hit.company for hit in alike.likely(new)] == [known]


@pytest.mark.django_db
def test_keys_follow_what_they_are_made_from():
    known = firm("Abel Guss", website="https://www.abel.example/", **HERE)
    assert (known.town_key, known.address_key, known.web_domain) == ("magdeburg", "linde|4", "abel.example")
    companies.put_right(company=known, name="Abel Guss", street="Am Anger 2", place="Burg", by=BY)
    known.refresh_from_db()
    assert (known.town_key, known.address_key) == ("burg", "amang|2")


@pytest.mark.django_db
def test_an_erased_firm_leaves_no_key():
    erased = firm("Jana Ölmann", email="post@oelmann.example", website="https://oelmann.example", is_sole_trader=True)
    erasures.erase_company(company=erased, restrict=False, by=BY)
    erased.refresh_from_db()
    assert (erased.name_key, erased.mail_domain) == (keys.name_key(erasures.NAMELESS), "")
    assert (erased.address_key, erased.web_domain) == ("", "")
