import pytest
from django.db import IntegrityError, transaction

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.django_db


def test_a_mail_address_belongs_to_one_user_whatever_its_case():
    users.create(email="eva@example.org", name="Eva", by=Actor.system("test"))
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="EVA@example.org", name="Eva")


def test_a_user_is_found_by_mail_whatever_its_case():
    eva = users.create(email="Eva@Example.org", name="Eva", by=Actor.system("test"))
    assert User.objects.get_by_natural_key("EVA@example.ORG") == eva
