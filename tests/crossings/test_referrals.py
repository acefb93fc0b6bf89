"""A referral: with consent, with only what was agreed, once; and what became of it. How far the programme goes."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies, facts
from wegweiser.companies.models import Channel
from wegweiser.consortium.models import Membership
from wegweiser.crossings import channels, enquiries, firms, referral_consents, referrals, talks
from wegweiser.enquiries import eligibility
from wegweiser.enquiries.actions import cards, follow_ups
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import FollowUp, Mail, Referral
from wegweiser.journey import indicators
from wegweiser.journey.models import Format, Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import deliveries, letters
from wegweiser.outbox.models import Letter


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann", phone="0391 5550123")
    firms.link(case=row, by=BY)
    return row


def agreed(**given):
    start = {"by": "Jana Ölmann", "way": "phone", "on": clock.today(), "text": "Ich bin einverstanden.", "version": "1"}
    return Agreed(**{**start, **given})


def refer(world, case, passed=("name", "phone"), submission=None, **given):
    return referrals.refer(
        case=case,
        member=world.anna,
        mail="hilfe@netz.example",
        passed=list(passed),
        **{"recipient": "Netz Nord", "message": "Bitte melden.", "agreed": agreed(), **given},
        submission=submission or uuid.uuid4(),
        by=BY,
    )


def test_only_what_was_agreed_goes_out(world, case):
    refer(world, case)
    letter = Letter.objects.get()
    assert letter.recipient_mail == "hilfe@netz.example"
    for told in ("Jana Ölmann", "0391 5550123", "Bitte melden."):
        assert told in letter.text
    for kept in ("jana@firma.example", "Fräserei", "Fräse steht", case.reference):
        assert kept not in letter.text + letter.subject + letter.html


def test_who_agreed_to_what_and_when_is_kept(world, case):
    row = refer(world, case)
    assert (row.consent_by, row.consent_on, row.consent_way, row.passed) == (
        "Jana Ölmann",
        clock.today(),
        "phone",
        ["name", "phone"],
    )
    assert row.consent_text == "Ich bin einverstanden."


def test_the_words_name_what_is_passed_and_to_whom(world):
    words = referrals.consent_text(recipient="Netz Nord", passed=["name", "email"], language="de")
    assert all(part in words for part in ("Zentrum", "Netz Nord", "Name, E-Mail", "widerrufen"))
    assert ": Netz Nord." in words, "whatever its article is"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"agreed": agreed(by=" ", on=dt.date(2026, 3, 2))}, "consent_missing"),
        ({"agreed": agreed(on=dt.date(2026, 3, 3))}, "day_in_future"),
        ({"recipient": ""}, "recipient_missing"),
        ({"passed": ()}, "nothing_passed"),
        ({"passed": ("salary",)}, "nothing_passed"),
    ],
)
def test_without_consent_recipient_or_content_nothing_goes(world, case, wrong, code):
    with pytest.raises(DomainError) as refusal:
        refer(world, case, **wrong)
    assert refusal.value.code == code
    assert not Letter.objects.exists()
    assert not Step.objects.exists()


def test_a_form_sent_twice_is_one_referral_one_mail_and_one_step(world, case):
    same = uuid.uuid4()
    assert refer(world, case, submission=same) == refer(world, case, submission=same)
    step = Step.objects.get()
    assert (step.format, step.company, Letter.objects.count()) == (Format.REFER, case.company, 1)
    span = {"start": clock.today(), "end": clock.today(), "grant": world.grant.slug}
    assert indicators.figures(**span)["referrals"].total.value == 1


def test_somebody_is_asked_later_until_one_has_heard(world, case):
    row = refer(world, case)
    asking = FollowUp.objects.get()
    assert (asking.due_on - clock.today(), asking.member) == (referrals.ASK_AFTER, world.anna)
    referrals.conclude(referral=row, outcome="running", on=clock.today(), by=BY)
    assert FollowUp.objects.get().done_at is None
    referrals.conclude(referral=row, outcome="helped", on=clock.today(), note="Förderung bewilligt", by=BY)
    row.refresh_from_db()
    assert (row.outcome, row.outcome_on, row.outcome_note) == ("helped", clock.today(), "Förderung bewilligt")
    assert FollowUp.objects.get().done_at


CHRISTMAS, AFTER_CHRISTMAS = dt.date(2026, 12, 25), dt.date(2026, 12, 28)


def test_nobody_is_to_ask_on_a_day_off(world, case):
    with clock.stopped_at(clock.at(CHRISTMAS - referrals.ASK_AFTER, dt.time(10))):
        row = refer(world, case)
        assert asked_about() == [AFTER_CHRISTMAS]
        referrals.conclude(referral=row, outcome="running", on=clock.today(), by=BY)
        assert asked_about() == [AFTER_CHRISTMAS]


def test_what_comes_in_on_a_sunday_is_not_overdue_on_monday(world, case):
    with clock.stopped_at(clock.at(dt.date(2026, 3, 8), dt.time(10))):
        enquiries.close(case=case, outcome="settled", by=BY)
        enquiries.go_on(case=case, by=BY)
    assert case.follow_ups.get().due_on == dt.date(2026, 3, 9)


def test_an_outcome_is_not_before_its_referral(world, case):
    row = refer(world, case)
    with pytest.raises(DomainError) as refusal:
        referrals.conclude(referral=row, outcome="helped", on=clock.today() - dt.timedelta(days=1), by=BY)
    assert refusal.value.code == "outcome_before_referral"


def test_the_case_may_end_with_it(world, case):
    refer(world, case, close=True)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "referred")
    assert FollowUp.objects.get().done_at is None


def test_a_cover_name_is_not_passed_on(world):
    row = contact_point.case(world.lead, topic=world.topic)
    firms.cover(case=row, known={}, by=BY)
    assert referrals.agreed_parts(row, ["firm"]) == []


def test_their_wish_for_no_mail_holds_no_letter_to_the_network(world, case):
    refer(world, case)
    assert channels.choose(party=case.company, channel=Channel.NONE, by=BY) == 0
    assert Letter.objects.get().state == "queued"


def test_who_is_forgotten_is_forgotten_in_referrals_too(world, case):
    row = refer(world, case)
    erasure.erase(items=erasure.plan_of("jana@firma.example", day=clock.today()), by=BY)
    row.refresh_from_db()
    assert (row.consent_by, row.message, row.recipient_mail) == ("", "", "")
    assert row.consent_text
    assert Letter.objects.get().text == ""


# --- How far the programme goes --------------------------------------------------------------------------------------


def rules(**more):
    exempt = eligibility.Exempt(eligibility.Verdict("large", frozenset({"inform"}), True), frozenset(), {"large"})
    return (
        eligibility.Rules(dt.date(2012, 1, 1), (exempt,)),
        eligibility.Rules(dt.date(2026, 7, 1), ()),
    )


def test_the_rule_of_the_day_counts():
    asked = {"enquirer": "company", "size": "large", "rules": rules()}
    assert eligibility.verdict(day=dt.date(2026, 6, 30), **asked).key == "large"
    assert eligibility.verdict(day=dt.date(2026, 7, 1), **asked) == eligibility.WHOLE


def test_whom_the_programme_is_made_for_may_have_all():
    found = eligibility.verdict(enquirer="company", size="small", day=dt.date(2026, 3, 2))
    assert found == eligibility.WHOLE


def test_a_large_firm_is_not_refused_and_counts_as_reach(world, case):
    facts.declare(company=case.company, kind="size", value="large", valid_from=clock.today(), by=BY)
    found = eligibility.of(case, clock.today())
    assert (found.key, found.reach, Format.CONCEPT in found.formats) == ("large", True, False)
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=30, by=BY)
    assert Step.objects.count() == 1


def test_a_public_body_is_told_in_its_own_way_and_the_press_makes_no_step(world):
    body, press = (contact_point.case(world.lead, topic=world.topic, enquirer=who) for who in ("public_body", "press"))
    assert eligibility.of(body, clock.today()).key == "public_body"
    for row in (body, press):
        talks.log(case=row, member=world.anna, kind="talk", day=clock.today(), minutes=30, by=BY)
    assert Step.objects.get().other_recipient == "public_body"


def test_a_referral_of_a_firm_that_is_unknown_is_one_contact(world):
    companies.find_or_create(name="Ganz andere GmbH", by=BY)
    refer(world, contact_point.case(world.lead, topic=world.topic))
    assert Step.objects.get().contacts_without_firm == 1
    assert Referral.objects.get().network is None


def test_a_consent_that_is_withdrawn_in_time_lets_nothing_out_and_counts_nothing(world, case):
    row = refer(world, case)
    assert referral_consents.withdraw(referral=row, by=BY).is_still_ours
    letter = Letter.objects.get()
    assert (letter.state, letter.hold_reason) == ("held", "referral_consent")
    assert Step.objects.get(reverses=None).reversed_by
    ask = FollowUp.objects.get(done_at=None)
    assert ask.note.endswith("es ging nichts hinaus: Wie geht es weiter?")
    assert referral_consents.withdraw(referral=row, by=BY).is_still_ours


@pytest.mark.parametrize("then", ["it is unclear", "it is put back", "it bounced"])
def test_what_may_have_gone_out_once_does_not_go_again(world, case, then):
    row = refer(world, case)
    letter = Letter.objects.get()
    assert deliveries.claim(letter=letter, by=BY)
    if then == "it is unclear":
        deliveries.mark_unclear(letter=letter, reason="x", by=BY)
    if then == "it bounced":
        deliveries.mark_sent(letter=letter, by=BY)
    referral_consents.withdraw(referral=row, by=BY)
    if then == "it is put back":
        deliveries.put_back(letter=letter, reason="451 later", by=BY)
    if then == "it bounced":
        deliveries.mark_bounced(letter=letter, reason="x", by=BY)
        with pytest.raises(DomainError, match="gone"):
            letters.release(letter=Letter.objects.get(), by=BY)
    later = clock.now() + dt.timedelta(hours=1)
    assert not [one.text for one in Letter.objects.filter(outbox.due(now=later)) if "Ölmann" in one.text]
    assert "0391" not in Letter.objects.get().text


def test_who_has_left_is_not_asked_to_tell(world, case):
    row = refer(world, case)
    Letter.objects.update(state="sent", sent_at=clock.now())
    Membership.objects.filter(member=world.anna).update(valid_to=clock.today() - dt.timedelta(days=1))
    referral_consents.withdraw(referral=row, by=BY)
    assert FollowUp.objects.get(done_at=None).member is None


@pytest.mark.parametrize("state", ["sent", "sending", "unclear"])
def test_who_may_have_got_it_is_told_that_the_consent_is_withdrawn(world, case, state):
    row = refer(world, case)
    Letter.objects.update(state=state, sent_at=clock.now() if state == "sent" else None)
    for _again in range(2):
        assert not referral_consents.withdraw(referral=row, by=BY).is_still_ours
    ask = FollowUp.objects.get(done_at=None)
    assert (ask.member, ask.due_on) == (world.anna, clock.today())
    assert ask.note.startswith("Netz Nord Bescheid geben: Die Einwilligung ist widerrufen")
    row.refresh_from_db()
    assert row.withdrawn_at
    assert not Step.objects.exclude(reverses=None).exists()


def test_a_mail_that_failed_goes_out_no_more_after_the_consent_is_withdrawn(world, case):
    row = refer(world, case)
    Letter.objects.update(state="failed")
    assert referral_consents.withdraw(referral=row, by=BY).is_still_ours
    with pytest.raises(DomainError):
        letters.release(letter=Letter.objects.get(), by=BY)


def asked_about() -> list[dt.date]:
    rows = FollowUp.objects.filter(done_at=None, note__startswith="Nachfragen").order_by("due_on")
    return [row.due_on for row in rows]


def test_what_is_still_being_worked_on_is_asked_about_again(world, case):
    row, today = refer(world, case), clock.today()
    follow_ups.done(follow_up=FollowUp.objects.get(uuid=referrals.asking(row)), by=BY)
    for _ in range(2):
        referrals.conclude(referral=row, outcome="running", on=today, by=BY)
        assert asked_about() == [today + dt.timedelta(weeks=4)]
    with clock.stopped_at(clock.now() + dt.timedelta(weeks=2)):
        referrals.conclude(referral=row, outcome="running", on=clock.today(), by=BY)
        assert asked_about() == [today + dt.timedelta(weeks=6)], "the one before is done with"
        referrals.conclude(referral=row, outcome="helped", on=clock.today(), by=BY)
        assert asked_about() == []
        referrals.conclude(referral=row, outcome="running", on=clock.today(), by=BY)
        assert asked_about() == [today + dt.timedelta(weeks=6)], "put right"
        referral_consents.withdraw(referral=row, by=BY)
        assert asked_about() == []
        referrals.conclude(referral=row, outcome="running", on=clock.today(), note="noch etwas", by=BY)
        assert asked_about() == [], "nobody asks after a withdrawal"


def test_a_talk_with_a_private_person_counts_nowhere(world):
    case = contact_point.case(world.lead, topic=world.topic, enquirer="private")
    assert eligibility.of(case, clock.today()).key == "elsewhere"
    logged = talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=30, by=BY)
    assert logged.step is None


def test_one_may_have_agreed_when_the_card_was_given_days_before_it_was_typed(world, case):
    friday = clock.today() - dt.timedelta(days=20)
    given = {"day": friday, "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Messe", submission=uuid.uuid4(), **given, by=BY)[0]
    card = cards.note(fair=fair, submission=uuid.uuid4(), name="Jana", contact="0391 5550123", by=BY)[0]
    cards.take(card=card, case=case, by=BY)
    assert refer(world, case, agreed=agreed(on=friday))


def test_what_was_agreed_in_a_call_may_be_typed_some_days_later_but_not_a_year(world, case):
    assert refer(world, case, agreed=agreed(on=clock.today() - dt.timedelta(days=3)))
    with pytest.raises(DomainError, match="what was asked"):
        refer(world, case, agreed=agreed(on=clock.today() - dt.timedelta(days=365)))


def test_one_may_have_agreed_in_a_mail_that_lay_aside(world, case):
    sent = clock.now() - dt.timedelta(days=15)
    Mail.objects.create(digest="a" * 64, state=Mail.State.FILED, case=case, sent_at=sent)
    assert refer(world, case, agreed=agreed(on=sent.date()))
