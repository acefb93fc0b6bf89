"""What the centre agreed to do in a plan is told to whoever looks after the firm, and what the firm ticked off."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.journey import builders
from wegweiser.companies.actions import merges
from wegweiser.companies.models import Channel
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Membership, PartnerRole
from wegweiser.crossings import looking_after, plan_turns
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import Case, FollowUp, Matter, Outcome, State
from wegweiser.journey.actions import plans, readers
from wegweiser.journey.models import PlanReminder
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

FIRM = Actor.link("plan")
TODAY = MONDAY.date()


@pytest.fixture
def firm(world):
    """Ben answers for its latest case."""
    with clock.stopped_at(MONDAY):
        found = builders.company("Fräserei Ölmann")
        case = contact_point.case(world.other, company=found)
        case.adviser = world.ben
        case.save()
        yield found


def promise(firm, title="Auswertung schicken", *, doer="centre", days=0):
    return plans.plan(company=firm, title=title, doer=doer, due_on=TODAY + dt.timedelta(days=days), by=BY)


def told(member) -> list[str]:
    return [turn.planned.title for turn in plan_turns.of(member, day=TODAY)]


def test_what_we_do_alone_or_together_by_a_day_that_is_near_or_over(world, firm):
    promise(firm, "morgen", doer="both", days=1)
    promise(firm, "vorige Woche", days=-7)
    promise(firm, "nächsten Monat", days=30)
    promise(firm, "macht der Betrieb", doer="company", days=-7)
    plans.plan(company=firm, title="ohne Tag", doer="centre", by=BY)
    assert told(world.ben) == ["vorige Woche", "morgen"]
    assert [turn.overdue for turn in plan_turns.of(world.ben, day=TODAY)] == [True, False]
    assert told(world.anna) == []


def test_what_moves_is_dropped_or_done_follows_at_once(world, firm):
    row = promise(firm)
    values = {"title": row.title, "note": "", "doer": "centre", "entry": None}
    plans.change(planned=row, **values, due_on=TODAY + dt.timedelta(days=30), by=BY)
    assert told(world.ben) == []
    plans.change(planned=row, **values, due_on=TODAY, by=BY)
    plans.drop(planned=row, reason="braucht keiner", by=BY)
    assert told(world.ben) == []
    plans.resume(planned=row, by=BY)
    plans.tick_off(planned=row, by=BY)
    assert told(world.ben) == []
    plans.reopen(planned=row, by=BY)
    assert told(world.ben) == [row.title]


def test_where_nobody_took_the_case_anybody_at_the_partner_is_told(world, firm):
    other = builders.company("Tischlerei")
    contact_point.case(world.lead, company=other)
    promise(other)
    assert told(world.anna) == ["Auswertung schicken"]
    assert told(world.ben) == []


def later(partner, company, **columns):
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=1)):
        case = contact_point.case(partner, company=company)
    type(case).objects.filter(pk=case.pk).update(**columns)
    return case


def test_what_the_firm_asks_others_later_leaves_its_plan_with_who_advises_it(world, firm):
    promise(firm)
    later(world.lead, firm)
    later(world.lead, firm, adviser=world.anna, matter=Matter.BARRIER)
    for outcome in (Outcome.DUPLICATE, Outcome.NOT_ELIGIBLE):
        later(world.lead, firm, adviser=world.anna, state=State.CLOSED, outcome=outcome, closed_at=MONDAY)
    assert (told(world.ben), told(world.anna)) == (["Auswertung schicken"], [])
    later(world.lead, firm, adviser=world.anna, state=State.TAKEN)
    assert (told(world.ben), told(world.anna)) == (["Auswertung schicken"], []), "two advise it: he was first"
    Case.objects.filter(adviser=world.ben).update(state=State.CLOSED, outcome=Outcome.HELPED, closed_at=MONDAY)
    assert (told(world.ben), told(world.anna)) == ([], ["Auswertung schicken"])


def test_a_partner_at_which_nobody_works_any_more_looks_after_nobody(world, firm):
    Membership.objects.filter(partner=world.other).update(valid_to=TODAY - dt.timedelta(days=1))
    assert looking_after.of(firm) == (world.lead, None)
    row = promise(firm, "Hallenplan", doer="company")
    assert crossing.remark(planned=row, text="Hilfe!", by=FIRM)
    assert queries.open_follow_ups(member=world.anna, partners=[world.lead.pk]).exists()
    alone = later(world.lead, firm)
    assert looking_after.of(firm) == (alone.partner, None)


def test_who_stands_in_is_told(world, firm):
    promise(firm)
    carla = contact_point.member("Carla", world.other)
    assert told(carla) == []
    absences.enter(member=world.ben, first_day=TODAY, last_day=TODAY, deputy=carla, by=BY)
    assert told(carla) == ["Auswertung schicken"]
    assert told(world.ben) == ["Auswertung schicken"]


def test_a_firm_without_a_case_is_looked_after_by_the_lead_and_one_merged_by_who_has_the_firm(world, firm):
    alone, copy = builders.company("Tischlerei"), builders.company("Fraeserei Oelmann")
    promise(copy, "an der Kopie")
    assert told(world.anna) == ["an der Kopie"]
    merges.merge(loser=copy, survivor=firm, by=BY)
    assert (told(world.anna), told(world.ben)) == ([], ["an der Kopie"])
    assert looking_after.of(copy) == (world.other, world.ben)
    assert looking_after.of(alone) == (world.lead, None)


def test_what_nobody_may_see_any_more_is_told_to_nobody(world, firm):
    promise(firm)
    plans.erase(planned=promise(firm, "vergessen"), by=BY)
    assert told(world.ben) == ["Auswertung schicken"]
    firm.restricted_at = clock.now()
    firm.save()
    assert told(world.ben) == []


def test_what_the_firm_ticks_off_is_told_once(firm, world):
    row = promise(firm, "Hallenplan", doer="company")
    crossing.tick_off(planned=row, by=FIRM)
    crossing.tick_off(planned=row, by=FIRM)
    news = FollowUp.objects.get()
    assert (news.note, news.member, news.due_on) == ("Der Betrieb hat abgehakt: Hallenplan", world.ben, TODAY)


def test_a_tick_taken_back_is_no_news_and_a_second_one_is(firm):
    row = promise(firm, "Hallenplan", doer="company")
    crossing.tick_off(planned=row, by=FIRM)
    crossing.reopen(planned=row, by=FIRM)
    assert not FollowUp.objects.filter(done_at=None).exists()
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=5)):
        crossing.tick_off(planned=row, by=FIRM)
    assert FollowUp.objects.filter(done_at=None).count() == 1


def test_what_the_centre_had_ticked_off_is_no_news_of_the_firm(firm):
    row = promise(firm, "Hallenplan", doer="both")
    plans.tick_off(planned=row, by=BY)
    crossing.tick_off(planned=row, by=FIRM)
    assert not FollowUp.objects.exists()


def open_notes() -> list[str]:
    return [row.note for row in FollowUp.objects.filter(done_at=None)]


def test_what_the_firm_says_once_more_is_told_once_more(firm):
    row = promise(firm, "Hallenplan", doer="company")
    for text in ("Ja", "Nein", "Ja"):
        assert crossing.remark(planned=row, text=text, by=FIRM)
        assert not crossing.remark(planned=row, text=text, by=FIRM), "a second click tells nobody"
        assert open_notes() == [f"Bemerkung zum Fahrplan „Hallenplan“: {text}"]
        follow_ups.done(follow_up=FollowUp.objects.get(done_at=None), by=BY)
    assert not crossing.remark(planned=row, text="", by=FIRM)
    assert open_notes() == []


def test_what_was_said_before_two_firms_became_one_may_be_said_again(firm):
    row, other = promise(firm, "Hallenplan", doer="company"), builders.company("Oelmann")
    crossing.remark(planned=row, text="Ja", by=FIRM)
    crossing.remark(planned=row, text="", by=FIRM)
    crossing.tick_off(planned=row, by=FIRM)
    merges.merge(loser=firm, survivor=other, by=BY)
    assert crossing.remark(planned=row, text="Ja", by=FIRM)
    crossing.tick_off(planned=row, by=FIRM)
    said, done = "Bemerkung zum Fahrplan „Hallenplan“: Ja", "Der Betrieb hat abgehakt: Hallenplan"
    assert open_notes() == [said, done]


def test_each_remark_is_told_in_its_words_and_none_to_what_was_dropped(firm):
    row = promise(firm, "x" * 200, doer="company")
    for text in ("Bitte verschieben", "Nein doch nicht: " + "sehr " * 80):
        crossing.remark(planned=row, text=text, by=FIRM)
        if text == "Bitte verschieben":
            assert open_notes()[0].endswith("…“: Bitte verschieben")
    (second,) = open_notes()  # nobody has looked at the first, which the firm put right itself
    assert "“: Nein doch nicht: sehr sehr" in second
    assert (len(second), second[-1]) == (300, "…")
    plans.drop(planned=row, reason="zu teuer", by=BY)
    with pytest.raises(DomainError) as refused:
        crossing.remark(planned=row, text="Doch, wir wollen!", by=FIRM)
    assert refused.value.code == "plan_dropped"
    row.refresh_from_db()
    assert row.remark.startswith("Nein doch nicht")


@pytest.mark.parametrize("by", [FIRM, Actor(ActorKind.PERSON, "jana")])
def test_what_the_centre_did_or_proved_the_firm_does_not_take_back(firm, world, by):
    ours, theirs = promise(firm), promise(firm, "Hallenplan", doer="company")
    plans.tick_off(planned=ours, by=BY)
    crossing.tick_off(planned=theirs, by=FIRM)
    step = builders.step(firm, day=TODAY, topic=world.topic, partner=world.lead)
    plans.tick_off(planned=theirs, step=step, by=BY)
    for row, code in ((ours, "not_your_turn"), (theirs, "plan_proved")):
        with pytest.raises(DomainError) as refused:
            crossing.reopen(planned=row, by=by)
        assert refused.value.code == code
        row.refresh_from_db()
        assert row.done_at is not None
    assert theirs.step == step
    assert crossing.reopen(planned=theirs, by=BY).done_at is None, "the desk may"


def test_a_tick_that_somebody_saw_or_made_at_the_desk_is_not_taken_back_unheard(firm):
    seen, called = promise(firm, "Hallenplan", doer="company"), promise(firm, "Angebot", doer="both")
    crossing.tick_off(planned=seen, by=FIRM)
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    plans.tick_off(planned=called, by=BY)
    for row in (seen, called):
        crossing.reopen(planned=row, by=FIRM)
        crossing.reopen(planned=row, by=FIRM)
    assert open_notes() == [f"Laut Betrieb doch nicht erledigt: {row.title}" for row in (seen, called)]
    plans.tick_off(planned=called, by=BY)
    crossing.reopen(planned=called, by=BY)
    assert len(open_notes()) == 2, "what the desk takes back is no news to it"


def test_a_follow_up_sent_again_after_its_firm_was_put_together_with_another_is_the_same(firm, world):
    given = {"partner": world.lead, "due_on": TODAY, "note": "Anrufen", "submission": uuid.uuid4(), "by": BY}
    first, _new = follow_ups.set(company=firm, **given)
    other = builders.company("Oelmann")
    merges.merge(loser=firm, survivor=other, by=BY)
    assert follow_ups.set(company=other, **given) == (first, False)
    with pytest.raises(IntegrityError):
        follow_ups.set(company=builders.company("Tischlerei"), **given)


@pytest.fixture
def alone(world):
    """A firm without a case, on a day on which nobody leads the consortium."""
    with clock.stopped_at(MONDAY):
        found = builders.company("Tischlerei")
        PartnerRole.objects.filter(kind=PartnerRole.Kind.LEAD).delete()
        yield found


def test_where_nobody_leads_a_tick_and_a_remark_are_kept_and_told_to_nobody(alone):
    row = promise(alone, "Hallenplan", doer="company")
    assert not crossing.remark(planned=row, text="Geht erst im Mai.", by=FIRM), "nobody is told"
    done = crossing.tick_off(planned=row, by=FIRM)
    assert (done.done_by, done.remark) == (str(FIRM), "Geht erst im Mai.")
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.LETTER])
def test_who_asked_and_has_no_address_for_it_is_called(firm, channel):
    firm.channel, firm.phone = channel, "+49391123456"
    firm.save()
    readers.remind(reader=readers.add(company=firm, person=None, by=BY), wanted=True, by=BY)
    promise(firm, "Hallenplan", doer="company")
    assert crossing.remind_due(by=BY) == 1
    assert open_notes() == ["Bitte anrufen und erinnern: Hallenplan"]
    assert not Letter.objects.exists()


def test_who_wants_a_call_waits_for_somebody_who_makes_it_and_holds_up_nobody_else(alone, world):
    alone.channel, alone.phone = Channel.PHONE, "+49391123456"
    alone.save()
    served = builders.company("Fräserei Ölmann")
    served.channel, served.phone = Channel.PHONE, "+49391654321"
    served.save()
    contact_point.case(world.other, company=served)
    for firm in (alone, served):
        readers.remind(reader=readers.add(company=firm, person=None, by=BY), wanted=True, by=BY)
        promise(firm, "Hallenplan", doer="company")
    assert crossing.remind_due(by=BY) == 1
    assert PlanReminder.objects.get().reader.company == served
    assert FollowUp.objects.get().company == served
