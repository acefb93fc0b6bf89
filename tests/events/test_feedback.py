"""What guests say afterwards: only who came, once each, and nothing leads back to them."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.events.world import ENDS
from wegweiser.crossings import after_events
from wegweiser.enquiries.models import Case
from wegweiser.events import feedback as reads
from wegweiser.events.actions import attendance, feedback
from wegweiser.events.models import Feedback, NoticeSent
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR, Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent

AFTER = ENDS + dt.timedelta(days=1)


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        found = world.held(places=9)
        for number in range(1, 7):
            world.register(found, number, phone="+4939155501")
    with clock.stopped_at(AFTER):
        for row in found.event.registrations.all():
            attendance.set_presence(seat=row.seats.get(), presence="attended", by=BY)
        yield found


def rows(held):
    return list(held.event.registrations.order_by("id"))


def say(row, **values):
    return feedback.give(registration=row, **{"useful": 5, "recommend": 9, **values}, by=Actor.link(row.uuid))


def code(act) -> str:
    with pytest.raises(DomainError) as refusal:
        act()
    return refusal.value.code


def test_each_guest_says_it_once(held):
    row = rows(held)[0]
    say(row)
    assert code(lambda: say(row)) == "answered_already"
    assert Feedback.objects.count() == 1


def test_a_group_answers_as_often_as_people_came(held):
    with clock.stopped_at(MONDAY):
        group = world.register(held, 8, places=3).registration
    for seat in list(group.seats.all())[:2]:
        attendance.set_presence(seat=seat, presence="attended", by=BY)
    say(group)
    say(group)
    assert code(lambda: say(group)) == "answered_already"


def test_who_did_not_come_says_nothing(held):
    row = rows(held)[0]
    attendance.set_presence(seat=row.seats.get(), presence="absent", by=BY)
    assert code(lambda: say(row)) == "answered_already"


def test_nothing_leads_from_an_answer_to_its_guest(held):
    row = rows(held)[0]
    answer = say(row, missing="Mehr Zeit")
    told = {str(row.uuid), row.email, row.name, str(AFTER)}
    values = {str(value) for name, value in vars(answer).items() if name != "id" and not name.startswith("_")}
    assert not told & values
    assert answer.recorded_at == clock.at(clock.today())
    audited = AuditEvent.objects.get(event="event:feedback_given")
    assert str(row.uuid) not in str(vars(audited))
    assert {field.name for field in NoticeSent._meta.get_fields()} & {"feedback", "answer", "at"} == set()


def test_figures_stand_from_five_answers_on(held):
    for row in rows(held)[:4]:
        say(row)
    found = reads.results(held.event)
    assert (found.count, found.enough, found.mean, found.useful) == (4, False, None, ())
    say(rows(held)[4], useful=1, recommend=0)
    found = reads.results(held.event)
    assert (found.enough, found.mean, found.nps) == (True, Decimal("4.2"), 60)
    assert dict(found.useful) == {5: 4, 4: 0, 3: 0, 2: 0, 1: 1}


def test_a_question_that_too_few_answered_has_no_figure(held):
    for row in rows(held)[:5]:
        say(row, recommend=None)
    found = reads.results(held.event)
    assert (found.mean, found.nps, found.recommend) == (Decimal("5.0"), None, ())


@given(st.lists(st.integers(0, 10), min_size=5, max_size=60))
def test_the_recommendation_is_between_all_against_and_all_for(values):
    found = reads.counted([], values, count=len(values))
    assert -100 <= found.nps <= 100
    assert sum(count for _value, count in found.recommend) == len(values)


def test_something_has_to_be_said_and_within_the_scale(held):
    row = rows(held)[0]
    assert code(lambda: say(row, useful=None, recommend=None, missing="  ")) == "nothing_said"
    assert code(lambda: say(row, useful=6)) == "choice_unknown"
    assert code(lambda: say(row, recommend=11)) == "choice_unknown"


def test_a_call_becomes_an_enquiry_that_names_the_event_and_not_the_answer(held):
    row, form = rows(held)[0], uuid.uuid4()
    say(row, missing="Geheim")
    asked = {"registration": row, "submission": form, "about": "unsere Lagerliste", "phone": "+4939155501"}
    sent = after_events.ask_for_call(**asked, by=VISITOR)
    again = after_events.ask_for_call(**asked, by=VISITOR)
    case = Case.objects.get()
    assert (sent.fresh, again.fresh) == (True, False)
    assert case.text == "Aus der Veranstaltung „Aufträge im Blick“: unsere Lagerliste"
    assert case.partner == held.draft.partner
    assert "Geheim" not in case.text


def test_a_call_needs_a_number_and_a_matter(held):
    row = rows(held)[0]
    asked = {"registration": row, "submission": uuid.uuid4(), "by": VISITOR}
    assert code(lambda: after_events.ask_for_call(about="Lager", phone="", **asked)) == "phone_missing"
    assert code(lambda: after_events.ask_for_call(about=" ", phone="+4939155501", **asked)) == "text_missing"
