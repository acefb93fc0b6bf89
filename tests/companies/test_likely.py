"""The firms that somebody may belong to are found by what they share, exactly as by comparing with every firm."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.contact_point import BY
from wegweiser.companies import duplicates, queries
from wegweiser.companies.actions import companies, erasures
from wegweiser.companies.duplicates import Sketch
from wegweiser.companies.models import Company

FIRMS = st.builds(
    Sketch,
    name=st.sampled_from(["Müller Metallbau GmbH", "Metallbau Mueller", "Metallbau Müllers", "Bäckerei Otto", "GmbH"]),
    postcode=st.sampled_from(["", "39104", "06108"]),
    place=st.sampled_from(["", "Köln", "KÖLN", "Koeln", "Halle (Saale)", "Halle Saale"]),
    phone=st.sampled_from(["", "+493915550100", "+493915550101"]),
    email=st.sampled_from(["", "a@mueller.example", "B@Mueller.Example", "c@gmx.de", "C@GMX.de", "d@gmx.de"]),
)


def with_every_firm(new):
    """The rule without any index."""
    found = [(duplicates.evidence(new, queries.sketch(firm)), firm.pk) for firm in queries.listed()]
    return {(pk, codes) for codes, pk in found if duplicates.likely(codes)}


class EveryFirm(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(st.lists(FIRMS, max_size=6), FIRMS)
    def test_nothing_is_missed(self, known, new):
        for row in known:
            values = {column: getattr(row, column) for column in ("name", "postcode", "place", "phone", "email")}
            Company.objects.create(**values)
        found = {(hit.company.pk, hit.evidence) for hit in queries.likely_duplicates(new, limit=50)}
        assert found == with_every_firm(new)


@pytest.mark.django_db
def test_firms_that_share_nothing_are_not_read(django_assert_num_queries):
    for number in range(3):
        companies.find_or_create(name=f"Bäckerei {number}", place="Halle", by=BY)
    with django_assert_num_queries(1):
        rows = Company.objects.filter(queries._shares(Sketch(name="Metallbau", phone="+4939155", email="a@b.example")))
        assert list(rows) == []


@pytest.mark.django_db
def test_a_firm_written_by_the_code_before_is_found():
    firm = companies.find_or_create(name="Müller Metallbau GmbH", by=BY)
    Company.objects.update(name_key="")
    assert [hit.company for hit in queries.likely_duplicates(Sketch(name="Metallbau Müller"))] == [firm]
    import_module("wegweiser.companies.migrations.0004_fill_name_keys").fill(apps, None)
    firm.refresh_from_db()
    assert firm.name_key == duplicates.name_key(firm.name)


@pytest.mark.django_db
def test_an_erased_firm_leaves_neither_key_nor_domain():
    firm = companies.find_or_create(name="Jana Ölmann", email="post@oelmann.example", is_sole_trader=True, by=BY)
    erasures.erase_company(company=firm, restrict=False, by=BY)
    firm.refresh_from_db()
    assert (firm.name_key, firm.mail_domain) == (duplicates.name_key(erasures.NAMELESS), "")
