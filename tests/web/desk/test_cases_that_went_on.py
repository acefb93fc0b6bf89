"""A case that went to another partner while somebody wrote: nothing typed is lost, and late talks are still told."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Contribution
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()


@pytest.fixture
def world(db, settings):
    settings.EMAIL_HOST = "mail.example"
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def send(client, case, verb, **fields):
    given = {f"{verb}-{name}": value for name, value in {"submission": uuid.uuid4(), **fields}.items()}
    return client.post(page(case), {"do": verb, **given}, follow=True)


def given_away(world, *, member=None, **fields):
    """A case of the lead that went to the other partner; without a member the management gave it."""
    case = contact_point.case(world.lead, topic=world.topic, **fields)
    cases.hand_over(case=case, partner=world.other, note="Bitte", member=member, by=BY)
    return case


@pytest.mark.parametrize("by_a_colleague", [True, False])
@pytest.mark.parametrize(("verb", "field"), [("answer", "text"), ("note", "text"), ("hand_over", "note")])
def test_what_was_typed_stands_on_the_page_to_copy(anna, world, verb, field, by_a_colleague):
    case = given_away(world, member=world.anna if by_a_colleague else None)
    before = Contribution.objects.count()
    fields = {field: "Kommen <b>Sie</b> vorbei.", "partner": world.other.pk, "visibility": "partner"}
    shown = send(anna, case, verb, **fields)
    assert shown.status_code == 409
    assert "gehört jetzt Other" in shown.text
    assert "Kommen &lt;b&gt;Sie&lt;/b&gt; vorbei." in shown.text
    assert (Contribution.objects.count(), Letter.objects.count()) == (before, 0)


@pytest.mark.parametrize("verb", ["answer", "nonsense"])
def test_who_never_had_it_learns_nothing(client, world, verb):
    case = contact_point.case(world.lead)
    client.force_login(staff.login(world.ben))
    assert send(client, case, verb, text="Hallo").status_code == 404
    assert client.get(page(case)).status_code == 404


def test_who_may_answer_nowhere_gets_no_page(client, world):
    case = given_away(world)
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert send(client, case, "answer", text="Hallo").status_code == 403


def test_a_second_click_on_handing_over_says_that_it_is_done(anna, world):
    case = contact_point.case(world.lead)
    fields = {"submission": uuid.uuid4(), "partner": world.other.pk, "note": "Gehört zu Ihnen."}
    for _click in range(2):
        answer = send(anna, case, "hand_over", **fields)
        assert (answer.status_code, "Das Anliegen liegt jetzt beim Partner." in answer.text) == (200, True)
    assert case.thread.filter(kind=Contribution.Kind.HAND_OVER).count() == 1


def test_a_second_click_after_it_went_on_is_no_second_answer(anna, world):
    case = contact_point.case(world.lead)
    fields = {"submission": uuid.uuid4(), "text": "Kommen Sie vorbei."}
    send(anna, case, "answer", **fields)
    cases.hand_over(case=case, partner=world.other, note="Bitte", member=world.anna, by=BY)
    assert "Ihre Antwort steht im Verlauf." in send(anna, case, "answer", **fields).text
    assert Letter.objects.count() == 1
