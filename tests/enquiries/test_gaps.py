"""What we had nothing for, told by what became of enquiries that the real matching saw: it always names its best."""

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import came
from wegweiser.catalogue import matches
from wegweiser.catalogue.models import Entry
from wegweiser.crossings import mails
from wegweiser.enquiries import quality, suggestions
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Enquirer, Outcome
from wegweiser.enquiries.quality import Gap

DAY = MONDAY.date()
INSIDE, OUTSIDE = "Wer repariert unsere Spülmaschine?", "Wo beantrage ich Elterngeld?"


def asked(centre, text=INSIDE, **more):
    found = matches.match(text)
    assert found.in_scope is (text == INSIDE)
    assert bool(found.offers) is found.in_scope, "inside our field there always is a nearest offer"
    topic = centre.topic if found.in_scope else None
    case = contact_point.case(centre.lead, text=text, topic=topic, suggested=found.as_document(text), **more)
    cases.take(case=case, member=centre.anna, by=BY)
    return case


def answered(centre, text=INSIDE, *slugs):
    case = asked(centre, text)
    offers = [entry.uuid for entry in Entry.objects.filter(slug__in=slugs)]
    cases.answer(case=case, member=centre.anna, text="Rufen Sie den Hersteller an.", offers=offers, by=BY)
    return case


def closed(centre, outcome, text=INSIDE):
    return cases.close(case=asked(centre, text), outcome=outcome, by=BY)


def gap() -> Gap | None:
    (row,) = suggestions.routed(start=DAY, end=DAY)
    return row.gap


def test_an_end_without_anything_of_ours_is_a_gap_inside_our_field(centre):
    case = answered(centre, INSIDE, "scanner")
    cases.close(case=case, outcome=Outcome.NOTHING_OF_OURS, by=BY)
    assert gap() is Gap.NO_OFFER


def test_an_answer_without_any_of_our_offers_shows(centre):
    answered(centre)
    assert gap() is Gap.WITHOUT_OFFER


@pytest.mark.parametrize("slug", ["druckerei", "standort"])
def test_an_answer_with_an_offer_is_none_be_it_suggested_or_not(centre, slug):
    answered(centre, INSIDE, slug)
    assert gap() is None


def test_a_talk_tells_as_much_as_a_mail(centre):
    case = asked(centre)
    cases.log(case=case, member=centre.anna, kind="talk", day=DAY, minutes=20, by=BY)
    assert gap() is Gap.WITHOUT_OFFER


def test_an_answer_from_ones_own_mailbox_tells_as_much(centre, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    case = asked(centre)
    copy = came("Wie besprochen.", From=centre.anna.email, to="jana@firma.example")
    mails.confirm(mail=copy, case=case, member=centre.anna, by=BY)
    assert gap() is Gap.WITHOUT_OFFER
    case.refresh_from_db()
    cases.close(case=case, outcome=Outcome.SETTLED, by=BY)
    assert gap() is Gap.WITHOUT_OFFER


def test_a_copy_to_somebody_else_tells_nothing(centre, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    case = asked(centre)
    copy = came("Kennt ihr das?", From=centre.anna.email, to="post@chamber.example")
    mails.confirm(mail=copy, case=case, member=centre.anna, by=BY)
    cases.close(case=case, outcome=Outcome.SETTLED, by=BY)
    assert gap() is None


def test_what_waits_tells_nothing_yet(centre):
    asked(centre)
    assert gap() is None


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.HELPED, Gap.WITHOUT_OFFER),
        (Outcome.REFERRED, Gap.REFERRED),
        (Outcome.NOTHING_OF_OURS, Gap.NO_OFFER),
        *((outcome, None) for outcome in (Outcome.NOT_ELIGIBLE, Outcome.SETTLED, Outcome.NO_ANSWER, Outcome.DUPLICATE)),
    ],
)
def test_only_an_end_at_which_somebody_was_helped_or_not_tells(centre, outcome, told):
    closed(centre, outcome)
    assert gap() is told


@pytest.mark.parametrize("outcome", [Outcome.SETTLED, Outcome.DUPLICATE])
def test_an_answer_before_the_end_counts_unless_it_was_for_another_case(centre, outcome):
    cases.close(case=answered(centre), outcome=outcome, by=BY)
    assert gap() is (Gap.WITHOUT_OFFER if outcome == Outcome.SETTLED else None)


def test_what_lies_outside_is_told_apart(centre):
    answered(centre, OUTSIDE)
    assert gap() is Gap.OUT_OF_SCOPE


def test_what_lies_outside_and_was_helped_with_after_all_is_no_gap(centre):
    answered(centre, OUTSIDE, "scanner")
    assert gap() is None


def test_who_wants_to_sell_and_what_matching_never_saw_tells_nothing_of_our_offer(centre):
    asked(centre, OUTSIDE, enquirer=Enquirer.VENDOR)
    contact_point.case(centre.lead)
    assert suggestions.routed(start=DAY, end=DAY) == []


def test_a_hint_is_no_gap(centre):
    answered(centre)
    closed(centre, Outcome.NOTHING_OF_OURS)
    found = quality.figures(suggestions.routed(start=DAY, end=DAY))
    assert (found.gaps, found.without_ours) == (1, 1)


def test_a_double_was_not_answered_without_an_offer(centre):
    closed(centre, Outcome.DUPLICATE)
    found = quality.figures(suggestions.routed(start=DAY, end=DAY))
    assert (found.with_offers, found.without_offer, found.without_ours) == (0, 0, 0)
