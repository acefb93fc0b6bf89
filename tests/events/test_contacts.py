"""A mistyped address put right: by whom, until when, and that nobody else gains anything by it."""

import datetime as dt
import re

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import world
from wegweiser.accounts.queries import valid_token
from wegweiser.events import correcting, queries
from wegweiser.events.actions import contacts, own_calendars, registrations
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Registration, State
from wegweiser.events.own_calendars import CALENDAR
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

RIGHT = "gast1@gmail.com"


@pytest.fixture(autouse=True)
def _monday(db):
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def held():
    return world.held()


def link(row: Registration) -> Actor:
    return Actor.link(row.uuid)


def mailed(number: int = -1) -> str:
    """The secret in one of the letters."""
    return re.search(r"/anmeldung/([\w-]+)/", list(Letter.objects.order_by("id"))[number].text)[1]


def correct(row: Registration, email: str = RIGHT, **given) -> str:
    return contacts.correct(registration=row, email=email, **{"by": link(row), **given})


def test_how_it_stands_goes_to_the_new_address_and_the_old_link_is_over(held):
    row = world.register(held).registration
    old = mailed()
    secret = correct(row, " GAST1@gmail.com ")
    row.refresh_from_db()
    letter = Letter.objects.order_by("id").last()
    assert (row.email, row.state, letter.recipient_mail) == (RIGHT, State.CONFIRMED, RIGHT)
    assert letter.subject.startswith("Sie sind angemeldet")
    assert queries.behind(old) is None, "whoever has the wrong address sees nothing any more"
    assert queries.behind(secret).pk == queries.behind(mailed()).pk == row.pk
    assert audit.of(row, Audited.CHANGED).get().changed == ["email"]


def test_an_address_that_is_not_confirmed_stays_so_and_only_the_new_mail_confirms_it(held):
    held.event.opt_in = True
    held.event.save()
    row = world.register(held).registration
    old = mailed()
    secret = correct(row)
    row.refresh_from_db()
    assert row.state == State.PENDING
    assert queries.behind(old) is None
    assert not queries.behind(secret).by_mail
    assert queries.behind(mailed()).by_mail
    assert Letter.objects.order_by("id").last().subject.startswith("Bitte bestätigen")
    registrations.confirm(registration=row, by=link(row))
    with pytest.raises(DomainError):
        correct(row, "andere@firma.example")


def test_a_calendar_of_the_old_mailbox_does_not_show_the_new_one(held):
    row = world.register(held).registration
    own_calendars.send(registration=row, by=link(row))
    found = re.findall(r"/([\w-]{43})\b", Letter.objects.order_by("id").last().text)
    secret = next(one for one in found if valid_token(purpose=CALENDAR, secret=one))
    correct(row)
    assert valid_token(purpose=CALENDAR, secret=secret) is None


def test_a_day_later_only_the_desk_puts_it_right(held):
    row = world.register(held).registration
    with clock.stopped_at(MONDAY + dt.timedelta(hours=correcting.HOURS)):
        with pytest.raises(DomainError) as error:
            correct(row)
        assert error.value.code == "transition_not_allowed"
        contacts.correct(registration=row, email=RIGHT, firm="Andere GmbH", note="Rampe", by=BY)
    row.refresh_from_db()
    assert (row.email, row.firm, row.note) == (RIGHT, "Andere GmbH", "Rampe")
    assert row.firm_key.startswith("andere")


def test_nobody_sends_mails_to_many_strangers_with_one_registration(held):
    row = world.register(held).registration
    for number in range(correcting.MOST):
        correct(row, f"fremd{number}@firma.example")
    with pytest.raises(DomainError):
        correct(row, "noch@firma.example")


def test_the_same_person_stays_one_registration(held):
    row = world.register(held, 1).registration
    world.register(held, 2, name="gast 1", firm="Betrieb Eins")
    with pytest.raises(DomainError) as error:
        correct(row, "gast2@firma.example")
    assert error.value.code == "registered_already"
    world.register(held, 3, firm="Dritte GmbH")
    correct(row, "gast3@firma.example")


@pytest.mark.parametrize(
    ("typed", "code"), [("", "email_missing"), ("x@", "email_invalid"), ("ü@x.de", "email_umlauts")]
)
def test_what_is_no_address_is_refused(held, typed, code):
    with pytest.raises(DomainError) as error:
        correct(world.register(held).registration, typed)
    assert error.value.code == code


def test_the_same_address_changes_nothing(held):
    row = world.register(held).registration
    assert correct(row, row.email) == ""
    assert Letter.objects.count() == 1
    assert queries.behind(mailed()) is not None


def test_a_place_in_the_line_stays(held):
    small = world.held(places=1, centre=held.centre)
    world.register(small, 1)
    row = world.register(small, 2).registration
    correct(row, "zwei@firma.example")
    row.refresh_from_db()
    assert (row.state, row.queued_at) == (State.WAITING, MONDAY)
