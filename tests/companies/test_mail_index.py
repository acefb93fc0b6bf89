"""Whoever is looked for by a mail address is found without reading all firms."""

import pytest
from django.db import connection

from wegweiser.companies.models import Company, Person
from wegweiser.kernel import mail_addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("model", "index"), [(Company, "company_mail_lower"), (Person, "person_mail_lower")])
def test_an_address_is_looked_up(model, index):
    if connection.vendor == "postgresql":  # which reads small tables whole
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = model.objects.filter(mail_addresses.same("email", "Info@Firma.example")).order_by()
    assert index in rows.explain()
