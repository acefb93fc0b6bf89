"""A query that is compiled once answers other values each time, in every thread, as the query itself would."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.transaction import TransactionManagementError

from wegweiser.accounts.models import Token
from wegweiser.consortium.models import Partner, PartnerRole
from wegweiser.kernel import clock
from wegweiser.kernel.compiled import Compiled
from wegweiser.kernel.translated import translated


def a_token(purpose: str = "one", **given) -> Token:
    told = {
        "subject_uuid": uuid.uuid4(),
        "secret_hash": uuid.uuid4().hex,
        "expires_at": clock.now() + dt.timedelta(days=1),
    }
    return Token.objects.create(purpose=purpose, **{**told, **given})


def of_kind_or_subject(purpose, subject, until):
    return Token.objects.filter(Q(purpose=purpose) | Q(subject_uuid=subject), expires_at__lte=until).order_by("id")


@pytest.mark.django_db
def test_other_values_give_other_rows_and_nothing_is_compiled_again(monkeypatch):
    first, second, third = a_token("one"), a_token("two"), a_token("three")
    found = Compiled(of_kind_or_subject, str, uuid.UUID, dt.datetime)
    now = clock.now() + dt.timedelta(days=2)
    assert found("one", second.subject_uuid, now) == [first, second]
    monkeypatch.setattr(found, "make", None)
    assert found("three", uuid.uuid4(), now) == [third]
    assert found("three", uuid.uuid4(), now - dt.timedelta(days=2)) == []
    assert found("one", second.subject_uuid, now) == list(of_kind_or_subject("one", second.subject_uuid, now))


@pytest.mark.django_db
def test_what_is_selected_beside_the_rows_comes_with_them(django_assert_num_queries):
    partner = Partner.objects.create(slug="p", name=translated("P"))
    PartnerRole.objects.create(partner=partner, kind=PartnerRole.Kind.LEAD, valid_from=dt.date(2020, 1, 1))
    found = Compiled(lambda pk: PartnerRole.objects.filter(partner=pk).select_related("partner"), int)
    with django_assert_num_queries(1):
        assert [row.partner for row in found(partner.pk)] == [partner]


@pytest.mark.django_db
def test_rows_are_read_anew_each_time():
    token = a_token()
    found = Compiled(lambda pk: Token.objects.filter(pk=pk), int)
    assert found(token.pk)[0].purpose == "one"
    Token.objects.update(purpose="two")
    assert found(token.pk)[0].purpose == "two"


@pytest.mark.django_db
def test_a_value_that_is_not_compared_with_is_a_mistake():
    with pytest.raises(ValueError, match="not compared"):
        Compiled(lambda _pk: Token.objects.all(), int)(1)


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused_also_the_second_time():
    found = Compiled(lambda pk: Token.objects.select_for_update().filter(pk=pk), int)
    with transaction.atomic():
        found(1)
    with pytest.raises(TransactionManagementError):
        found(1)


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_mix_up_their_values():
    tokens = [a_token(str(number)) for number in range(4)]
    found = Compiled(lambda purpose: Token.objects.filter(purpose=purpose), str)

    def ask(token):
        try:
            return [found(token.purpose) == [token] for _ in range(30)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert all(all(rows) for rows in pool.map(ask, tokens))
