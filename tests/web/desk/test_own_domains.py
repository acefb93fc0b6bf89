"""Whose mail domain proves that they belong to a firm: what its page or one of us says, and no guest of an adviser."""

import pytest

from tests.contact_point import BY
from tests.journey import builders
from wegweiser.accounts.actions import tokens
from wegweiser.accounts.queries import valid_token
from wegweiser.companies.actions import accesses
from wegweiser.companies.models import Access, AccessRequest
from wegweiser.crossings import entrances
from wegweiser.kernel import clock

LIST = "/desk/betriebe/zugaenge/"


@pytest.fixture
def firm(world):
    return builders.company("Abel Guss GmbH")


def asked(mail, firm="Abel Guss GmbH"):
    """Somebody proves `mail`; gives the request and the access that they got at once, if any."""
    row = accesses.start(email=mail, language="de", by=BY)
    secret = tokens.issue(purpose=entrances.PROOF, subject=row.uuid, expires=clock.now() + entrances.QUICK, by=BY)
    given = {"name": mail.partition("@")[0], "firm": firm, "postcode": "", "place": "", "phone": ""}
    found, entered = entrances.apply(token=valid_token(purpose=entrances.PROOF, secret=secret), **given, by=BY)
    return found, entered.access if entered else None


def confirmed_and_lowered(anna, firm, **said):
    """The first of the firm, confirmed by an adviser who then lets them see less."""
    found, _ = asked("sven@itdienst.example")
    anna.post(LIST, {"do": "yes", "anfrage": found.uuid, "betrieb": firm.uuid, **said})
    access = Access.objects.get()
    there = f"/desk/betriebe/{firm.uuid}/zugaenge/"
    return anna.post(there, {"do": "right", "person": access.person.uuid, "right": "own"}, follow=True)


def test_colleagues_of_a_consultant_who_was_let_in_wait(anna, firm):
    shown = confirmed_and_lowered(anna, firm).content.decode()
    assert "entscheidet jetzt niemand mehr, wer Zugang bekommt" in shown
    found, access = asked("azubi@itdienst.example")
    assert (access, found.state) == (None, AccessRequest.State.ASKED)


def test_where_an_adviser_says_that_the_address_is_the_firms_colleagues_come_in(anna, firm):
    found, _ = asked("uwe@abelguss.example")
    page = anna.get(LIST).content.decode()
    assert "Alle Adressen mit abelguss.example gehören diesem Betrieb" in page
    entrances.refuse(asked=found, by=BY)
    confirmed_and_lowered(anna, firm, eigene="ja")
    _found, access = asked("azubi@itdienst.example")
    assert (access.right, access.evidence) == ("persons", "mail_domain")


def test_a_free_mailbox_is_nobodys(anna, firm):
    asked("uwe@gmx.de")
    assert "Alle Adressen mit" not in anna.get(LIST).content.decode()
