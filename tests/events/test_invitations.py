"""Inviting people: only who agreed, never twice, never above the cap, and never after the event is full or off."""

import datetime as dt
import uuid
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contact_point import BY, MONDAY
from tests.events import inviting_world, world
from tests.events.inviting_world import deliver, person
from tests.events.world import Held
from wegweiser.companies.actions import channels, consents
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Person
from wegweiser.consortium.models import Sector, Topic
from wegweiser.crossings import channels as channel_crossing
from wegweiser.crossings import subscriptions
from wegweiser.events import invitation_results, inviting
from wegweiser.events.actions import events, invitations, registrations, wordings
from wegweiser.events.invitation_models import ANSWER, SENDING, Answer, Sending, Why
from wegweiser.events.inviting import MONTH, Filter, Standing, refusal
from wegweiser.events.models import Event, Invitation, Invitee
from wegweiser.events.papers import Kind
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import deliveries
from wegweiser.outbox.models import Letter, State


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        yield world.held(places=5)


def order(held, chosen: Filter | None = None) -> Invitation:
    given = {"event": held.event, "submission": uuid.uuid4(), "chosen": chosen or Filter()}
    return invitations.order(**given, by=BY)


def send(held, chosen: Filter | None = None) -> Invitation:
    row = order(held, chosen)
    invitations.send_due(by=BY)
    row.refresh_from_db()
    return row


def cap(held, most: int) -> None:
    held.centre.centre.most_invitations_per_month = most
    held.centre.centre.save()


def mails() -> list[str]:
    return sorted(inviting.letters().values_list("recipient_mail", flat=True))


def whys(row: Invitation) -> dict[str, int]:
    return dict(invitation_results.of(row).held)


# --- The rule --------------------------------------------------------------------------------------------------------


@given(
    one=st.builds(
        Standing,
        consents=st.booleans(),
        wants_topic=st.booleans(),
        has_mail=st.booleans(),
        may_be_mailed=st.booleans(),
        registered=st.booleans(),
        invited=st.booleans(),
        recent=st.integers(0, 5),
    ),
    most=st.integers(0, 4),
)
def test_nobody_is_invited_against_any_single_reason(one, most):
    may = not refusal(one, most=most)
    reasons = [not one.consents, not one.wants_topic, not one.has_mail, not one.may_be_mailed]
    assert may == (not any([*reasons, one.registered, one.invited, one.recent >= most]))


def test_without_consent_nothing_else_is_told_of_anybody():
    assert refusal(Standing(consents=False, has_mail=False, registered=True, recent=9), most=1) == Why.CONSENT


@pytest.mark.parametrize("table", [SENDING, ANSWER])
def test_every_pair_of_states_is_allowed_by_the_table_or_refused(table):
    for state in table.states:
        for verb, transition in table.transitions.items():
            if state in transition.sources:
                assert table.target(state=state, verb=verb) == transition.target
            else:
                with pytest.raises(DomainError, match="lead on"):
                    table.target(state=state, verb=verb)


# --- Whom ------------------------------------------------------------------------------------------------------------


def test_who_agreed_is_invited_with_both_answers_and_the_way_out(held):
    jana = person("Jana Ölmann", mail="jana@firma.example")
    row = send(held)
    assert row.state == Sending.DONE
    letter = inviting.letters().get()
    assert letter.subject == "Einladung: Aufträge im Blick"
    assert letter.recipient_mail == "jana@firma.example"
    assert "Halle, Marktplatz 1" in letter.text
    assert "Wo steht welcher Auftrag?" in letter.text
    assert "Sie haben am 2. März 2026 zugestimmt" in letter.text
    secret = letter.text.split("einladung=")[1].split()[0]
    assert inviting.behind(secret).person == jana
    own = letter.text.split("/einladungen/meine/")[1].split("/")[0]
    assert subscriptions.behind(own) == jana
    assert letter.unsubscribe.endswith(f"/einladungen/beenden/{own}/")
    assert letter.html.count(own) == 1


def test_own_words_stand_instead_of_the_usual_ones_in_the_language_of_each(held):
    person("Jana")
    Person.objects.create(name="Ann", email="ann@firm.example", language="en")
    inviting_world.agree(Person.objects.get(name="Ann"))
    words = {"de": "Komm in die Halle: {titel}\n\nam {tag}, mit Auftrag.", "en": "Come: {title}\n\nBring an order."}
    wordings.set(event=held.event, kind=Kind.INVITATION, words=words, by=BY)
    order(Held(held.centre, held.draft, Event.objects.get()))
    wordings.set(event=held.event, kind=Kind.INVITATION, words={"de": "Zu spät", "en": ""}, by=BY)
    invitations.send_due(by=BY)
    german, english = inviting.letters().order_by("recipient_mail").reverse()
    assert german.subject == "Komm in die Halle: Aufträge im Blick"
    assert "am Montag, 9. März 2026, mit Auftrag." in german.text
    assert "herzlich" not in german.text
    assert "einladung=" in german.text, "whatever the words, one can register"
    assert (english.subject, "Bring an order." in english.text) == ("Come: Orders in view", True)


def test_nobody_else_is_invited_and_the_page_says_why(held):
    person(agreed=False)
    Person.objects.create(name="Ohne Mail")
    inviting_world.agree(Person.objects.get(name="Ohne Mail"))
    silent = person()
    channels.choose(party=silent, channel="phone", by=BY)
    at_a_silent_firm = person(firm="Stille GmbH")
    channels.choose(party=at_a_silent_firm.positions.get().company, channel="none", by=BY)
    person(mail="gast1@firma.example")
    world.register(held, 1)
    person(topics=[Topic.objects.create(key="recht", slug="recht", title=translated("Recht"))])
    netz = person(topics=[held.centre.topic])
    reach = inviting.reach(held.event, Filter(), most=2)
    assert (reach.found, reach.reached) == (7, 1)
    row = send(held)
    assert mails() == [netz.email]
    expected = {Why.CONSENT: 1, Why.MAIL: 1, Why.CHANNEL: 2, Why.REGISTERED: 1, Why.TOPIC: 1}
    assert whys(row) == reach.others == expected


def test_two_people_of_one_mailbox_get_one_mail(held):
    person("Jana", mail="info@firma.example")
    person("Uwe", mail="info@firma.example")
    row = send(held)
    assert mails() == ["info@firma.example"]
    assert whys(row) == {Why.INVITED: 1}


def test_nobody_is_invited_twice_to_the_same_event(held):
    person()
    send(held)
    deliver()
    row = send(held)
    assert len(mails()) == 1
    assert whys(row) == {Why.INVITED: 1}


def test_whom_the_cap_held_back_may_be_invited_to_it_later(held):
    cap(held, 1)
    person()
    send(held)
    deliver()
    other = world.held(centre=held.centre, starts_at=world.STARTS + dt.timedelta(days=60))
    assert whys(send(other)) == {Why.CAP: 1}
    with clock.stopped_at(MONDAY + MONTH + dt.timedelta(minutes=1)):
        send(other)
    assert len(mails()) == 2


def test_the_filter_knows_firms_topics_and_earlier_events(held):
    for key in ("metall", "holz"):
        Sector.objects.create(key=key, label=translated(key))
    metal = person(firm="Metallbau Nord", sector="metall", district="15003", size="small")
    wood = person(firm="Tischlerei Süd", sector="holz", district="15002", size="micro")
    named = person(topics=[held.centre.topic])
    world.register(held, 7, email=wood.email.upper())
    assert inviting.matching(Filter(sector="metall")) == [metal.pk]
    assert inviting.matching(Filter(district="15002")) == [wood.pk]
    assert inviting.matching(Filter(size="small", district="15003")) == [metal.pk]
    assert inviting.matching(Filter(size="small", district="15002")) == []
    assert inviting.matching(Filter(topic="netz")) == [named.pk]
    assert inviting.matching(Filter(event=str(held.event.uuid))) == [wood.pk]
    assert inviting.matching(Filter(event=str(held.event.uuid), came=True)) == []
    assert inviting.matching(Filter()) == sorted([metal.pk, wood.pk, named.pk])


def test_who_is_kept_for_a_proof_only_is_nobody(held):
    jana = person("Jana")
    erasure.erase(items=erasure.plan_of(jana.email, day=clock.today()), by=BY)
    assert Person.objects.get(pk=jana.pk).restricted_at
    row = send(held)
    assert (inviting.matching(Filter()), mails(), whys(row)) == ([], [], {})


# --- The moment of each mail -----------------------------------------------------------------------------------------


def test_who_withdraws_after_it_was_listed_gets_no_mail(held):
    jana = person()
    row = order(held)
    invitations._list(row, BY)
    consents.withdraw(person=jana, purpose=INVITATION, by=BY)
    invitations.send_due(by=BY)
    assert mails() == []
    assert whys(row) == {Why.CONSENT: 1}


def test_what_waits_before_the_mail_server_is_held_when_they_withdraw(held):
    jana = person()
    row = send(held)
    subscriptions.withdraw(person=jana, purpose=INVITATION, by=BY)
    letter = inviting.letters().get()
    assert (letter.state, letter.dismissal) == (State.HELD, "not_needed")
    assert whys(row) == {Why.CONSENT: 1}
    assert Invitee.objects.get().sent_at is None


def test_and_so_it_is_when_they_choose_the_telephone(held):
    jana = person()
    row = send(held)
    channel_crossing.choose(party=jana, channel="phone", by=BY)
    assert inviting.letters().get().state == State.HELD
    assert whys(row) == {Why.CHANNEL: 1}


def test_what_the_mail_server_gives_back_is_asked_once_more(held, smtp):
    jana = person()
    send(held)
    letter = inviting.letters().get()
    deliveries.claim(letter=letter, by=BY)
    subscriptions.withdraw(person=jana, purpose=INVITATION, by=BY)
    deliveries.put_back(letter=letter, reason="451", by=BY)
    with clock.stopped_at(MONDAY + deliveries.BACKOFF[0]):
        delivery.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.hold_reason, smtp.messages) == (State.HELD, "invitation_consent", [])


def test_what_is_out_already_is_not_taken_back(held):
    jana = person()
    send(held)
    deliver()
    subscriptions.withdraw(person=jana, purpose=INVITATION, by=BY)
    assert Invitee.objects.get().state == Answer.SENT


@pytest.mark.parametrize("reason", ["event_cancelled", "event_full", "event_over"])
def test_once_the_event_takes_nobody_the_rest_is_not_sent(held, reason):
    for _number in range(3):
        person()
    with mock.patch.object(invitations, "PORTION", 1), mock.patch.object(invitations, "WAITING_MOST", 1):
        row = send(held)
    assert len(mails()) == 1
    moment = clock.now()
    if reason == "event_cancelled":
        events.cancel(event=held.event, reason="Sturm", by=BY)
    elif reason == "event_full":
        world.register(held, 1, places=5)
    else:
        moment = world.ENDS
    with clock.stopped_at(moment):
        invitations.send_due(by=BY)
    row.refresh_from_db()
    assert (row.state, row.stopped) == (Sending.STOPPED, reason)
    assert whys(row) == {Why.EVENT: 3}
    assert [letter.state for letter in inviting.letters()] == [State.HELD]


def test_what_waits_for_the_mail_server_is_held_when_the_event_is_off_though_all_was_written(held):
    person()
    row = send(held)
    assert row.state == Sending.DONE
    events.cancel(event=held.event, reason="Sturm", by=BY)
    invitations.send_due(by=BY)
    assert inviting.letters().get().state == State.HELD
    assert whys(row) == {Why.EVENT: 1}


def test_staff_may_stop_it(held):
    person()
    row = invitations.stop(invitation=order(held), by=BY)
    assert (row.state, row.stopped) == (Sending.STOPPED, "staff")
    assert invitations.send_due(by=BY) == 0
    with pytest.raises(DomainError, match="lead on"):
        invitations.stop(invitation=row, by=BY)


@pytest.mark.parametrize("reason", ["event_cancelled", "event_full", "event_over"])
def test_nobody_is_invited_to_what_takes_nobody(held, reason):
    moment = clock.now()
    match reason:
        case "event_cancelled":
            events.cancel(event=held.event, reason="Sturm", by=BY)
        case "event_full":
            world.register(held, 1, places=5)
        case "event_over":
            moment = world.ENDS
    held.event.refresh_from_db()
    with clock.stopped_at(moment), pytest.raises(DomainError, match=reason):
        order(held)


def test_the_same_form_twice_is_one_invitation(held):
    given = {"event": held.event, "submission": uuid.uuid4(), "chosen": Filter(), "by": BY}
    assert invitations.order(**given) == invitations.order(**given)


def test_a_centre_may_switch_invitations_off(held):
    cap(held, 0)
    with pytest.raises(DomainError, match="invitations_off"):
        order(held)


def test_who_is_listed_after_somebody_ended_it_may_be_invited_by_another(held):
    """The worker may have read it long before it comes to it."""
    for _number in range(4):
        person()
    row = order(held)
    read_before = Invitation.objects.get(pk=row.pk)
    invitations.stop(invitation=row, by=BY)
    invitations._list(read_before, BY)
    assert not row.invitees.filter(state=Answer.WAITING).exists()
    send(held)
    assert len(mails()) == 4


@pytest.mark.parametrize(("line", "subject"), [("Kommen Sie: {link}", "Kommen Sie"), ("{link}", "Neues in Halle")])
def test_a_link_in_the_first_line_is_in_the_text_and_not_in_the_subject(held, line, subject):
    person()
    words = {"de": f"{line}\nNeues in Halle\n\n{{link}}", "en": ""}
    wordings.set(event=held.event, kind=Kind.INVITATION, words=words, by=BY)
    send(held)
    letter = inviting.letters().get()
    assert letter.subject == subject
    assert "link.invalid" not in f"{letter.text} {letter.html}"


def test_own_words_of_which_nothing_is_known_say_the_usual(held):
    person()
    wordings.set(event=held.event, kind=Kind.INVITATION, words={"de": "{grund}", "en": ""}, by=BY)
    send(held)
    assert "Aufträge im Blick" in inviting.letters().get().subject


def test_once_the_guest_is_forgotten_nothing_leads_from_the_invited_person_to_them(held):
    jana = person("Jana", mail="gast1@firma.example")
    send(held)
    done = world.register(held, 1, name="Jana").registration
    row = invitations.registered(invitee=Invitee.objects.get(), registration=done, by=BY)
    assert (row.person, row.registration) == (jana, done)
    registrations.erase(registration=done, by=BY)
    row.refresh_from_db()
    assert (row.person, row.registration, row.state) == (jana, None, Answer.REGISTERED)


# --- In portions -----------------------------------------------------------------------------------------------------


def test_no_more_wait_before_the_mail_server_than_it_takes_at_once(held):
    for _number in range(7):
        person()
    with mock.patch.object(invitations, "PORTION", 2), mock.patch.object(invitations, "WAITING_MOST", 3):
        row = send(held)
        assert (len(mails()), invitations.send_due(by=BY)) == (3, 0)
        deliver()
        assert invitations.send_due(by=BY) == 3
        deliver()
        assert invitations.send_due(by=BY) == 1
        row.refresh_from_db()
        assert row.state == Sending.DONE
    assert len(set(mails())) == 7


@pytest.mark.parametrize("died", [0, 1, 2, 3, 5])
def test_a_worker_that_dies_in_the_middle_leaves_nobody_out_and_nobody_twice(held, died):
    for _number in range(6):
        person()
    row, left = order(held), [died]
    write = invitations.letters.write

    def until_killed(**given):
        if not left[0]:
            raise SystemExit
        left[0] -= 1
        return write(**given)

    with mock.patch.object(invitations, "PORTION", 2):
        with mock.patch.object(invitations.letters, "write", until_killed), pytest.raises(SystemExit):
            invitations.send_due(by=BY)
        assert len(mails()) == died // 2 * 2, "a portion is written whole or not at all"
        invitations.send_due(by=BY)
    row.refresh_from_db()
    assert len(mails()) == len(set(mails())) == 6
    assert invitation_results.of(row).sent == 6


def test_a_worker_that_dies_while_listing_begins_anew(held):
    for _number in range(5):
        person()
    row, create = order(held), Invitee.objects.bulk_create
    calls = []

    def once(*given, **more):
        calls.append(given)
        if len(calls) == 2:
            raise SystemExit
        return create(*given, **more)

    with mock.patch.object(invitations, "LISTED", 2):
        with mock.patch.object(Invitee.objects, "bulk_create", once), pytest.raises(SystemExit):
            invitations.send_due(by=BY)
        assert row.invitees.count() == 2
        invitations.send_due(by=BY)
    assert len(mails()) == len(set(mails())) == 5


# --- Answers ---------------------------------------------------------------------------------------------------------


def test_not_this_time_is_told_and_may_be_thought_better_of(held):
    person("Jana", mail="gast1@firma.example")
    row = send(held)
    invitee = Invitee.objects.get()
    invitations.decline(invitee=invitee, by=BY)
    invitations.decline(invitee=invitee, by=BY)
    assert invitation_results.of(row).declined == 1
    registration = world.register(held, 1).registration
    invitations.registered(invitee=invitee, registration=registration, by=BY)
    result = invitation_results.of(row)
    assert (result.declined, result.registered, result.silent) == (0, 1, 0)
    with pytest.raises(DomainError, match="lead on"):
        invitations.decline(invitee=invitee, by=BY)


def test_who_registers_another_way_counts_as_coming(held):
    person(mail="gast1@firma.example")
    row = send(held)
    world.register(held, 1)
    assert invitation_results.of(row).registered == 1
    assert [one.pk for one in invitation_results.group(row, "kommt")] == [Invitee.objects.get().pk]


def test_a_mail_that_came_back_is_told(held):
    person()
    row = send(held)
    Letter.objects.update(state=State.FAILED, failure="bounced 550", next_attempt_at=None)
    result = invitation_results.of(row)
    assert (result.bounced, result.silent) == (1, 0)


def test_who_ended_it_after_the_mail_is_told_apart_from_who_has_not_answered(held):
    ended = person("Lars")
    person("Mara")
    row = send(held)
    consents.withdraw(person=ended, purpose=INVITATION, by=BY)
    result = invitation_results.of(row)
    assert (result.ended, result.silent) == (1, 1)
    assert [one.person for one in invitation_results.group(row, "beendet")] == [ended]
    assert ended not in [one.person for one in invitation_results.group(row, "offen")]


def test_once_a_person_is_erased_only_the_number_stays(held):
    jana = person("Jana")
    row = send(held)
    erasure.erase(items=erasure.plan_of(jana.email, day=clock.today()), by=BY)
    invitee = Invitee.objects.get()
    assert (invitee.person, invitee.state) == (None, Answer.SENT)
    assert invitation_results.of(row).sent == 1


def test_a_year_after_the_event_nobody_knows_who_was_invited(held):
    person()
    send(held)
    with clock.stopped_at(MONDAY + dt.timedelta(days=400)):
        erasure.run(day=clock.today(), by=BY)
    assert Invitee.objects.get().person is None


# --- Whatever the order ----------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 2)),
        st.tuples(st.just("list"), st.integers(0, 2)),
        st.tuples(st.just("withdraw"), st.integers(0, 3)),
        st.tuples(st.just("agree"), st.integers(0, 3)),
        st.tuples(st.just("days"), st.integers(1, 20)),
        st.tuples(st.just("deliver"), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, most=st.integers(1, 3))
def test_never_above_the_cap_never_without_consent_never_twice(db, steps, most):
    """Two of the four share a mailbox; mails count by mailbox."""
    with transaction.atomic(), clock.stopped_at(MONDAY):
        first = world.held(places=50, starts_at=MONDAY + dt.timedelta(days=400))
        cap(first, most)
        later = [MONDAY + dt.timedelta(days=number) for number in (401, 402)]
        dates = [first, *(world.held(places=50, centre=first.centre, starts_at=moment) for moment in later)]
        people = [person(mail=mail) for mail in ("a@x.example", "b@x.example", "info@x.example", "info@x.example")]
        agreed, now, sent = {row.pk for row in people}, MONDAY, []
        for verb, number in steps:
            if verb == "days":
                now += dt.timedelta(days=number)
            with clock.stopped_at(now):
                match verb:
                    case "list":
                        invitations._list(order(dates[number]), BY)
                    case "send":
                        order(dates[number])
                        seen = set(inviting.letters().values_list("pk", flat=True))
                        invitations.send_due(by=BY)
                        for letter in inviting.letters().exclude(pk__in=seen):
                            invitee = Invitee.objects.get(uuid=letter.cause_uuid)
                            assert invitee.person_id in agreed, "nobody without a consent"
                            sent.append((letter.recipient_mail, invitee.event_id, now, letter.pk))
                    case "withdraw" if people[number].pk in agreed:
                        subscriptions.end(person=people[number], by=BY)
                        agreed.discard(people[number].pk)
                    case "agree" if people[number].pk not in agreed:
                        inviting_world.agree(people[number])
                        agreed.add(people[number].pk)
                    case "deliver":
                        deliver()
        gone = set(inviting.letters().filter(state=State.HELD).values_list("pk", flat=True))
        kept = [row for row in sent if row[3] not in gone]
        assert len({row[:2] for row in kept}) == len(kept), "nobody twice to the same event"
        for mail, _event, moment, _pk in kept:
            month = [row for row in kept if row[0] == mail and moment - MONTH < row[2] <= moment]
            assert len(month) <= most
        transaction.set_rollback(True)
