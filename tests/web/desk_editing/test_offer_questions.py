"""The page where editors write down what people say who need an offer."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.desk.conftest import world  # noqa: F401
from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import examples
from wegweiser.catalogue.models import Entry, Example
from wegweiser.enquiries.models import Case

TEXT = "Der Kuvertierer frisst jeden zweiten Brief"


@pytest.fixture
def ben(client, world):  # noqa: F811
    client.force_login(staff.login(world.ben))
    return client


@pytest.fixture
def address(world):  # noqa: F811
    return reverse("desk:offer_questions", kwargs={"uuid": Entry.objects.get(slug="scanner").uuid})


def do(client, address, verb, **data):
    return client.post(address, {"do": verb, **data}, follow=True)


def written():
    return Example.objects.exclude(entry=None)


def test_written_changed_removed(ben, address):
    html = do(ben, address, "write", **{"new-text": TEXT}).content.decode()
    assert "Ab der nächsten Frage zählt es." in html
    assert matches.match(TEXT).offers[0].entry.slug == "scanner"
    question = written().get()
    do(
        ben,
        address,
        "change",
        question=question.uuid,
        **{f"{question.uuid}-text": "Die Falzmaschine verknittert alles"},
    )
    assert written().get().text == "Die Falzmaschine verknittert alles"
    do(ben, address, "remove", question=question.uuid)
    assert not written().exists()


@pytest.mark.parametrize(
    ("text", "said"), [("", "ausfüllen"), ("kurz", "ein paar Worten"), (f"{TEXT} 0391 5550199", "")]
)
def test_a_mistake_keeps_what_was_typed(ben, address, text, said):
    response = do(ben, address, "write", **{"new-text": text})
    assert response.status_code == 422
    assert said in response.content.decode() or not text
    assert text in response.content.decode()
    assert not written().exists()


def test_an_enquiry_it_helped_is_taken_over_with_one_click_and_stays_when_the_enquiry_goes(ben, address, world):  # noqa: F811
    case = contact_point.case(world.other)
    examples.learn(text=TEXT, topics=[world.topic], offers=[Entry.objects.get(slug="scanner")], source=case, by=BY)
    assert TEXT in ben.get(address).content.decode()
    do(ben, address, "take", example=Example.objects.get().uuid)
    assert written().get().text == TEXT
    examples.forget(kind=Case._meta.label_lower, source=case.uuid, by=BY)
    assert written().get().text == TEXT


def test_a_text_nobody_read_is_offered_only_to_who_may_read_the_case(ben, address, world):  # noqa: F811
    helped = [Entry.objects.get(slug="scanner")]
    for partner, text in ((world.lead, f"{TEXT} dort"), (world.other, f"{TEXT} hier")):
        case = contact_point.case(partner)
        examples.learn(text=text, topics=[world.topic], offers=helped, source=case, read=False, by=BY)
    html = ben.get(address).content.decode()
    assert f"{TEXT} hier" in html
    assert f"{TEXT} dort" not in html
    foreign = Example.objects.get(text=f"{TEXT} dort")
    assert do(ben, address, "take", example=foreign.uuid).status_code == 404


@pytest.mark.parametrize("data", [{"do": "x"}, {"do": "take", "example": "x"}, {"do": "remove", "question": "x"}, {}])
def test_odd_posts_find_nothing(ben, address, data):
    assert ben.post(address, data).status_code == 404


def test_the_offer_leads_there(ben, address, world):  # noqa: F811
    page = reverse("desk:offer", kwargs={"uuid": Entry.objects.get(slug="scanner").uuid})
    assert address in ben.get(page).content.decode()


def test_the_page_needs_no_more_queries_for_more_questions(ben, address, django_assert_max_num_queries):
    for number in range(4):
        do(ben, address, "write", **{"new-text": f"{TEXT} {number}"})
    with django_assert_max_num_queries(30):
        ben.get(address)
