"""Business cards become cases: one step for each firm and occasion, one personal follow-up, no consent to anything."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contact_point import BY
from tests.files.paint import painted
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Channel, Company, Consent, Person
from wegweiser.crossings import fairs, talks
from wegweiser.enquiries import fairs as reads
from wegweiser.enquiries.actions import cards, follow_ups
from wegweiser.enquiries.models import Card, Case, FollowUp
from wegweiser.files import uploading
from wegweiser.files.models import Upload
from wegweiser.journey import indicators
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import corrections, steps
from wegweiser.journey.models import Format, Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture
def fair(world):
    return open_fair(world)


def open_fair(world, title="Handwerksmesse"):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    return cards.open_fair(title=title, submission=uuid.uuid4(), **given, by=BY)[0]


def note(fair, name="Jana Ölmann", firm="Fräserei Ölmann", contact="jana@fraese.example", keyword="Scanner", **given):
    card, _ = cards.note(
        fair=fair,
        name=name,
        firm=firm,
        contact=contact,
        keyword=keyword,
        **{"submission": uuid.uuid4(), **given},
        by=BY,
    )
    return card


def take(world, card):
    return fairs.take(card=card, member=world.anna, by=BY)


def test_a_card_becomes_a_case_with_firm_person_and_step(world, fair):
    case = take(world, note(fair))
    step = Step.objects.get()
    assert (case.intake, case.partner, case.adviser, case.topic) == ("fair", world.lead, world.anna, world.topic)
    assert (case.company.name, case.person.name) == ("Fräserei Ölmann", "Jana Ölmann")
    assert (step.company, step.format, step.occasion_kind) == (case.company, Format.INFORM, "fair")
    assert not Letter.objects.exists()


def test_a_form_sent_twice_is_one_card_and_a_card_taken_twice_is_one_case(world, fair):
    same = uuid.uuid4()
    note(fair, submission=same)
    card = note(fair, submission=same)
    assert take(world, card) == take(world, card)
    assert (Card.objects.count(), Case.objects.count(), Step.objects.count()) == (1, 1, 1)


def test_two_cards_of_a_firm_at_one_occasion_are_one_step_and_at_two_occasions_two(world, fair):
    take(world, note(fair))
    take(world, note(fair, name="Uwe Ölmann", contact="uwe@fraese.example"))
    assert Step.objects.count() == 1
    take(world, note(open_fair(world, "Sommerfest"), name="Uwe Ölmann", contact="uwe@fraese.example"))
    assert Step.objects.count() == 2
    assert Company.objects.count() == 1


def test_a_card_with_the_number_of_somebody_known_is_their_firm_and_them(world, fair):
    known = companies.find_or_create(name="Fräserei Ölmann GmbH (Stendal)", by=BY)
    jana = persons.find_or_create(name="Dr. Jana Ölmann", phone="089 99998101", company=known, by=BY)
    card = note(fair, firm="Fräserei Ölmann GmbH", contact="089 99998101")
    assert card.company == known
    case = take(world, card)
    assert (case.company, case.person) == (known, jana)
    assert (Company.objects.count(), Person.objects.count()) == (1, 1)


def test_the_rule_counts_the_firm_once_and_the_contact_of_each_occasion(world, fair):
    take(world, note(fair))
    take(world, note(open_fair(world, "Sommerfest")))
    span = {"start": clock.today(), "end": clock.today(), "grant": world.grant.slug}
    found = {key: row.total.value for key, row in indicators.figures(**span).items()}
    assert (found["companies_reached"], found["contacts"]) == (1, 2)


def test_a_card_without_a_firm_is_one_contact(world, fair):
    take(world, note(fair, firm=""))
    step = Step.objects.get()
    assert (step.company, step.contacts_without_firm) == (None, 1)
    assert not Company.objects.exists()


def test_a_card_that_names_a_firm_alone_makes_no_person(world, fair):
    case = take(world, note(fair, name="", contact="0391 5550123"))
    assert case.company.name == "Fräserei Ölmann"
    assert not Person.objects.exists()


def test_a_likely_firm_waits_for_a_person_and_keeps_none_of_the_others(world, fair):
    known = companies.find_or_create(name="Fräserei Ölmann", postcode="06108", place="Halle", by=BY)
    companies.find_or_create(name="Fräserei Ölmann", postcode="06844", place="Dessau", is_another=True, by=BY)
    doubtful = note(fair, contact="0391 5550123")
    note(fair, name="Petra Müller", firm="Tischlerei Müller", contact="0391 5550199")
    taken = fairs.take_all(fair=fair, member=world.anna, by=BY)
    assert (taken.number, taken.doubtful) == (1, [doubtful])
    with pytest.raises(DomainError) as refusal:
        take(world, doubtful)
    assert refusal.value.code == "firm_doubtful"
    said = {"name": doubtful.name, "firm": doubtful.firm, "contact": doubtful.phone, "keyword": ""}
    cards.change(card=doubtful, **said, company=known, by=BY)
    assert take(world, doubtful).company == known


def test_none_of_the_known_firms_is_a_new_one(world, fair):
    companies.find_or_create(name="Fräserei Ölmann", place="Halle", by=BY)
    case = take(world, note(fair, is_another=True))
    assert Company.objects.count() == 2
    assert case.company.place == ""


def test_a_follow_up_is_one_personal_mail_and_no_consent(world, fair):
    card = note(fair)
    take(world, card)
    card.refresh_from_db()
    assert "Scanner" in fairs.draft(card)
    for _ in range(2):
        fairs.write(card=card, member=world.anna, text="Schön, dass wir gesprochen haben.", by=BY)
    letter = Letter.objects.get()
    assert (letter.recipient_mail, letter.state) == ("jana@fraese.example", "queued")
    assert not Consent.objects.exists()
    assert Card.objects.get().end == "written"


@pytest.mark.parametrize("channel", [Channel.NONE, Channel.PHONE])
def test_who_wants_no_mail_gets_none_but_can_be_called(world, fair, channel):
    firm = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    Company.objects.filter(pk=firm.pk).update(channel=channel)
    card = note(fair, contact="jana@fraese.example, 0391 5550123")
    take(world, card)
    card.refresh_from_db()
    with pytest.raises(DomainError) as refusal:
        fairs.write(card=card, member=world.anna, text="Hallo", by=BY)
    assert refusal.value.code == "not_writable"
    assert not Letter.objects.exists()
    fairs.call(card=card, member=world.anna, due_on=clock.today(), by=BY)
    assert "Scanner" in FollowUp.objects.get().note
    assert list(reads.calls(fair)) == [card]


def test_who_is_not_followed_up_counts_all_the_same(world, fair):
    card = note(fair)
    case = take(world, card)
    card.refresh_from_db()
    fairs.let_be(card=card, member=world.anna, by=BY)
    case.refresh_from_db()
    assert (case.state, Step.objects.count()) == ("closed", 1)


def test_what_is_a_case_is_neither_changed_nor_removed_as_a_card(world, fair):
    card = note(fair)
    take(world, card)
    for act in (lambda: cards.remove(card=card, by=BY), lambda: cards.change(card=card, **SAID, by=BY)):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "card_taken"


SAID = {"name": "Jana", "firm": "", "contact": "0391 5550123", "keyword": ""}


def test_a_card_without_a_name_or_a_way_to_reach_them_is_refused(fair):
    for wrong, code in (({"name": "", "firm": ""}, "name_missing"), ({"contact": "xy"}, "contact_missing")):
        with pytest.raises(DomainError) as refusal:
            note(fair, **wrong)
        assert refusal.value.code == code
    assert not Card.objects.exists()


def test_a_photo_that_nobody_typed_is_no_case_and_goes_in_its_time(world, fair):
    photo = uploading.prepare(name="karte.png", declared_type="image/png", data=painted())
    card = note(fair, name="", firm="", contact="", keyword="", photo=photo)
    with pytest.raises(DomainError) as refusal:
        take(world, card)
    assert refusal.value.code == "card_untyped"
    assert fairs.take_all(fair=fair, member=world.anna, by=BY).number == 0
    fate = erasure.fates()["enquiries.Card"]
    later = clock.today() + dt.timedelta(days=1)
    assert list(fate.due(later)) == [card]
    cards.erase(card=card, by=BY)
    assert not Upload.objects.exists()
    assert not fate.due(later).exists()


def test_phone_and_mail_are_told_apart_in_one_field(fair):
    card = note(fair, contact="jana@fraese.example / 0391 555-0123")
    assert (card.email, card.phone) == ("jana@fraese.example", "+493915550123")


def test_a_card_goes_with_its_case_and_with_its_person(world, fair):
    card = note(fair)
    take(world, card)
    items = erasure.plan_of("jana@fraese.example", day=clock.today())
    erasure.erase(items=items, by=BY)
    card.refresh_from_db()
    assert (card.name, card.firm, card.email, card.keyword) == ("", "", "", "")


def test_the_same_card_twice_is_marked_and_a_colleague_is_not(fair):
    first = note(fair)
    again = note(fair, firm="Fraeserei Oelmann GmbH", contact="0391 5550123")
    colleague = note(fair, name="Uwe Ölmann", contact="uwe@fraese.example")
    twins = reads.twins([first, again, colleague])
    assert twins == {again.uuid: first}


def test_the_same_card_twice_is_one_enquiry_with_what_the_second_one_adds(world, fair):
    first = take(world, note(fair))
    again = note(fair, contact="jana@fraese.example, 0391 5550123", keyword="Auch eine Kamera")
    assert take(world, again) == first
    assert (Case.objects.count(), Step.objects.count()) == (1, 1)
    assert (again.end, list(reads.calls(fair)), reads.next_open(fair).case) == ("again", [], first)
    told = [row.text for row in first.thread.filter(kind="note").order_by("id")]
    assert told == [
        "Scanner",
        "Die Karte gab es bei „Handwerksmesse“ noch einmal.\n+493915550123",
        "Auch eine Kamera",
    ]
    assert take(world, again) == first
    assert first.thread.filter(kind="note").count() == 3


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Uwe Ölmann", "contact": "uwe@fraese.example"},  # a colleague
        {"firm": "Tischlerei Müller", "contact": "0391 5550199"},  # of the same name, elsewhere
        {"firm": "Schlosserei Krause"},  # the same person for another firm
        {"is_another": True},
    ],
)
def test_who_or_what_is_another_is_an_enquiry_of_its_own(world, fair, other):
    first = take(world, note(fair))
    assert take(world, note(fair, **other)) != first
    assert Case.objects.count() == 2


def test_at_another_occasion_the_same_card_is_a_new_enquiry(world, fair):
    assert take(world, note(fair)) != take(world, note(open_fair(world, "Sommerfest")))


WORDS = st.sampled_from(["", "Jana", "Uwe", "Krause"])


@given(st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["", "a@b.example", "c@d.example"])), max_size=8))
def test_the_first_of_equal_cards_is_never_the_twin(rows):
    typed = [
        Card(pk=number, name=name, firm=firm, email=mail) for number, (name, firm, mail) in enumerate(rows, start=1)
    ]
    twins = reads.twins(typed)
    assert all(earlier.pk < next(card.pk for card in typed if card.uuid == uuid_) for uuid_, earlier in twins.items())
    assert not typed or typed[0].uuid not in twins


HOLZBAU = {"name": "Kai Krevese", "firm": "Holzbau Krevese GmbH", "contact": "0393 5550123"}


def test_five_cards_of_which_two_are_one_and_one_came_by_a_list_make_one_firm_and_one_step_each(world, fair):
    first, again = note(fair, **HOLZBAU), note(fair, **HOLZBAU)
    note(fair)
    note(fair, name="Petra Müller", firm="Tischlerei Müller", contact="0391 5550199")
    late = note(fair, name="Olaf Zieger", firm="Metallbau Zieger GmbH", contact="0391 5550177")
    assert late.company is None
    listed = companies.find_or_create(name="Metallbau Zieger GmbH", phone="0391 5550177", place="Stendal", by=BY)
    taken = fairs.take_all(fair=fair, member=world.anna, by=BY)
    assert (taken.number, taken.doubtful) == (5, [])
    for card in (first, again, late):
        card.refresh_from_db()
    assert first.case == again.case
    assert taken.again == 1
    assert late.case.company == listed
    assert (Company.objects.count(), Step.objects.count()) == (4, 4)


def test_the_same_card_twice_is_one_firm_also_where_a_list_brought_one_of_that_name_in_between(world, fair):
    first, again = note(fair, **HOLZBAU), note(fair, **HOLZBAU)
    companies.find_or_create(name="Holzbau Krevese GmbH", phone="0393 5550199", place="Stendal", by=BY)
    taken = fairs.take_all(fair=fair, member=world.anna, by=BY)
    assert (taken.number, taken.doubtful) == (0, [first, again])
    first.refresh_from_db()
    assert first.is_doubtful
    cards.change(card=first, **HOLZBAU, keyword="", is_another=True, by=BY)
    taken = fairs.take_all(fair=fair, member=world.anna, by=BY)
    assert (taken.number, taken.doubtful) == (2, [])
    assert (Company.objects.count(), Step.objects.count()) == (2, 1)


def test_a_repeated_card_of_which_somebody_said_another_stays_apart(world, fair):
    take(world, note(fair, **HOLZBAU))
    take(world, note(fair, **HOLZBAU, is_another=True))
    assert (Company.objects.count(), Step.objects.count()) == (2, 2)


def test_two_firms_with_one_number_stay_two(world, fair):
    take(world, note(fair, name="", firm="Holzbau Krevese GmbH", contact="0393 5550123"))
    other = note(fair, name="", firm="Feinkost Zieger", contact="0393 5550123")
    assert reads.same_firm(other) is None


def test_a_repeated_card_can_be_taken_as_soon_as_the_first_one_is_clear(world, fair):
    known = companies.find_or_create(name="Fräserei Ölmann", postcode="06108", place="Halle", by=BY)
    companies.find_or_create(name="Fräserei Ölmann", postcode="06844", place="Dessau", is_another=True, by=BY)
    first, again = note(fair, contact="0391 5550123"), note(fair, contact="0391 5550123")
    assert reads.without_doubt([first, again]) == []
    cards.change(card=first, name=first.name, firm=first.firm, contact=first.phone, keyword="", company=known, by=BY)
    first.refresh_from_db()
    assert reads.without_doubt([first, again]) == [first, again]
    fairs.take_all(fair=fair, member=world.anna, by=BY)
    assert (Company.objects.count(), Step.objects.count()) == (2, 1)


def to_call(world, fair):
    card = note(fair)
    taken = take(world, card)
    card.refresh_from_db()
    fairs.call(card=card, member=world.anna, due_on=clock.today(), by=BY)
    return taken


def test_who_was_called_is_on_no_list_any_more(world, fair):
    case = to_call(world, fair)
    assert len(reads.calls(fair)) == 1
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=15, by=BY)
    assert not reads.calls(fair)
    assert FollowUp.objects.get().done_at


def test_another_promise_of_the_case_keeps_nobody_on_the_list_of_calls(world, fair):
    case = to_call(world, fair)
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    later = clock.today() + dt.timedelta(days=60)
    follow_ups.set(case=case, partner=world.lead, due_on=later, note="Nachfassen", by=BY)
    assert not reads.calls(fair)


def test_a_contact_that_was_taken_back_stays_taken_back_with_the_next_card_of_the_firm(world, fair):
    card = note(fair)
    take(world, card)
    corrections.take_back(step=Step.objects.get(), reason="war gar nicht da", by=BY)
    again = note(fair, name="Uwe Ölmann", contact="uwe@fraese.example")
    take(world, again)
    assert not [step for step in Step.objects.filter(reverses=None) if journey.reversing(step) is None]
    assert fairs.is_taken_back(again)
    assert Case.objects.count() == 2


KORN = {"name": "Jana Korn", "contact": "jana@korn.example"}


def test_somebody_with_two_firms_and_one_address_gives_two_cards(world, fair):
    first = take(world, note(fair, **KORN, firm="Korn Immobilien GmbH"))
    second = take(world, note(fair, **KORN, firm="Bäckerei Korn"))
    assert first != second
    assert set(Company.objects.values_list("name", flat=True)) == {"Korn Immobilien GmbH", "Bäckerei Korn"}
    assert first.person == second.person


def test_what_a_card_that_came_again_says_otherwise_is_noted(world, fair):
    first = take(world, note(fair, firm="Fräserei Ölmann"))
    take(world, note(fair, firm="Fräserei Ölmann GmbH"))
    words = first.thread.order_by("id").last().text
    assert words.split("\n")[1:] == ["Fräserei Ölmann GmbH"]


def test_a_contact_that_was_taken_back_counts_with_no_further_card(world, fair):
    take(world, note(fair))
    steps.reverse(step=Step.objects.get(), by=BY)
    take(world, note(fair, name="Uwe Ölmann", contact="uwe@fraese.example"))
    assert Step.objects.filter(reverses=None).count() == 1


def test_a_form_sent_again_with_other_words_is_refused_once_the_card_is_an_enquiry(world, fair):
    same = uuid.uuid4()
    take(world, note(fair, submission=same))
    assert note(fair, submission=same).firm == "Fräserei Ölmann"
    with pytest.raises(DomainError) as refused:
        note(fair, firm="Andere Firma AG", submission=same)
    assert refused.value.code == "card_taken"
