"""One question, from the form to the answer and the step."""

import datetime as dt
import re
import threading
import uuid
from decimal import Decimal

import pytest
from django.db import connections
from django.utils import translation

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.accounts.models import Token
from wegweiser.catalogue import showing
from wegweiser.catalogue.models import Entry
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.crossings import enquiries, firms, talks
from wegweiser.crossings import offers as named
from wegweiser.crossings.enquiries import Enquiry
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import Case, FollowUp, State
from wegweiser.journey import indicators
from wegweiser.journey import queries as journey
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()
TUESDAY = TODAY + dt.timedelta(days=1)
FRIDAY_EVENING = dt.datetime(2026, 3, 6, 17, tzinfo=dt.UTC)


def send(submission=None, **fields):
    given = {"text": "Die Fräse steht zu oft.", "name": "Jana Ölmann", "email": "jana@firma.example"}
    enquiry = Enquiry(**{**given, **fields})
    return enquiries.send(submission=submission or uuid.uuid4(), enquiry=enquiry, by=VISITOR)


def talk(world, case, **fields):
    given = {"kind": "talk", "day": TODAY, "minutes": 30, "topic": world.topic}
    return talks.log(case=case, member=world.anna, by=BY, **{**given, **fields})


def entry(**fields):
    given = {"kind": "demonstrator", "slug": "fraese", "title": translated("Fräse <4.0>", "Mill"), "changed": 1}
    return Entry.objects.create(**{**given, **fields})


# --- What comes in ------------------------------------------------------------------------------------------------


def test_it_goes_to_the_owner_of_the_topic_or_to_the_lead(world):
    assert send(topic=world.topic).case.partner == world.other
    assert send().case.partner == world.lead


def test_it_is_confirmed_with_a_status_link_that_opens_the_case(world):
    sent = send()
    letter = Letter.objects.get()
    (link,) = re.findall(r"https://zentrum\.example/anliegen/(\S+)/", letter.text)
    assert link == sent.status_secret
    assert queries.case_behind(link) == sent.case
    assert Token.objects.get().expires_at == MONDAY + dt.timedelta(days=180)
    assert (letter.recipient_mail, letter.reply_to) == ("jana@firma.example", "post@centre.example")
    assert sent.case.reference in letter.subject
    assert "4. März 2026" in letter.text


def test_the_confirmation_speaks_english_to_those_who_do(world):
    send(language="en", wants_call=True, phone="0391 5550123")
    letter = Letter.objects.get()
    assert letter.subject.startswith("We have received your enquiry W-")
    assert "https://zentrum.example/en/anliegen/" in letter.text
    assert "We will call you by" in letter.text
    assert letter.text.endswith("Kind regards\nCentre\n")
    assert '<html lang="en">' in letter.html


def test_the_confirmation_repeats_nothing_that_a_stranger_could_have_written(world):
    send(text="Kauft bei spam.example", name="spam.example", firm="spam.example")
    letter = Letter.objects.get()
    assert "spam.example" not in letter.subject + letter.text + letter.html + letter.recipient_name


def test_without_a_mail_address_nothing_is_written(world):
    send(email="", phone="0391 5550123")
    assert Letter.objects.count() == 0


def test_a_form_sent_twice_is_one_case_one_mail_one_promise(world):
    form = uuid.uuid4()
    first, second = (send(form, wants_call=True, phone="0391 5550123") for _ in range(2))
    assert (first.case, first.fresh, second.fresh) == (second.case, True, False)
    assert (Letter.objects.count(), FollowUp.objects.count()) == (1, 1)
    assert queries.case_behind(second.status_secret) == first.case


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_at_once_by_three_is_confirmed_once():
    with clock.stopped_at(MONDAY):
        contact_point.world()
    form, fresh, start = uuid.uuid4(), [], threading.Barrier(3)

    def one():
        try:
            start.wait()
            fresh.append(send(form).fresh)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fresh) == [False, False, True]
    assert (Case.objects.count(), Letter.objects.count()) == (1, 1)


def test_what_fails_leaves_nothing(world, monkeypatch):
    audits = AuditEvent.objects.count()
    monkeypatch.setattr(enquiries, "render", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(wants_call=True, phone="0391 5550123")
    rows = [model.objects.count() for model in (Case, Letter, FollowUp, Token)]
    assert (rows, AuditEvent.objects.count()) == ([0, 0, 0, 0], audits)


@pytest.mark.parametrize(("moment", "day"), [(MONDAY, TODAY), (FRIDAY_EVENING, dt.date(2026, 3, 9))])
def test_a_call_is_promised_for_today_or_the_next_working_day(world, moment, day):
    with clock.stopped_at(moment):
        sent = send(wants_call=True, phone="0391 5550123", call_window="nachmittags")
    promise = FollowUp.objects.get()
    assert (sent.call_on, promise.due_on, promise.partner, promise.member) == (day, day, world.lead, None)
    assert promise.note == "Möchte angerufen werden: nachmittags"


@pytest.mark.parametrize(("window", "day"), [("8-10", TUESDAY), ("10-12", TODAY), ("14-17", TODAY)])
def test_a_window_that_is_over_today_is_one_of_the_next_working_day(world, window, day):
    """It is ten o'clock."""
    sent = send(wants_call=True, phone="0391 5550123", call_window=window)
    assert (sent.call_on, FollowUp.objects.get().due_on) == (day, day)


def test_what_is_urgent_is_due_today_also_at_night(world):
    with clock.stopped_at(FRIDAY_EVENING):
        sent = send(urgent=True)
    assert FollowUp.objects.get().due_on == FRIDAY_EVENING.date()
    assert sent.case.answer_by == dt.date(2026, 3, 9)


def test_a_call_needs_a_number(world):
    with pytest.raises(DomainError) as refusal:
        send(wants_call=True)
    assert (refusal.value.code, refusal.value.field) == ("phone_missing", "phone")


@pytest.mark.parametrize(("partner", "state"), [("lead", "taken"), ("other", "new")])
def test_at_the_desk_a_number_is_enough_and_the_own_case_is_taken(world, partner, state):
    enquiry = Enquiry(text="Rückruf", phone="0391 5550123", intake="phone", partner=getattr(world, partner))
    sent = enquiries.desk_open(submission=uuid.uuid4(), enquiry=enquiry, member=world.anna, by=BY)
    assert sent.case.state == state


@pytest.mark.parametrize("confirm", [False, True])
def test_at_the_desk_a_mail_goes_out_only_when_asked_for(world, confirm):
    enquiry = Enquiry(text="Frage", name="Jana", email="jana@firma.example", intake="counter")
    enquiries.desk_open(submission=uuid.uuid4(), enquiry=enquiry, member=world.anna, confirm=confirm, by=BY)
    assert (Case.objects.get().email, Letter.objects.count()) == ("jana@firma.example", int(confirm))


# --- What goes out ------------------------------------------------------------------------------------------------


def test_an_answer_goes_out_with_its_offers_and_counts_nowhere(world):
    case = send().case
    answered = enquiries.answer(case=case, member=world.anna, text="Kommen Sie.", offers=[entry().uuid], by=BY)
    letter = answered.letter
    assert (case.state, letter.state, letter.reply_to) == (State.ANSWERED, "queued", "anna@centre.example")
    assert letter.subject == f"Antwort auf Ihr Anliegen {case.reference}"
    assert "Guten Tag Jana Ölmann,\n\nKommen Sie.\n" in letter.text
    assert "- Fräse <4.0>\n  https://zentrum.example/demonstratoren/fraese/" in letter.text
    assert "Fräse &lt;4.0&gt;" in letter.html
    assert Step.objects.count() == 0


def test_an_answer_in_english_falls_back_to_german_titles(world):
    case = send(language="en").case
    offers = [entry().uuid, entry(slug="waage", title=translated("Waage"), changed=2).uuid]
    letter = enquiries.answer(case=case, member=world.anna, text="Welcome.", offers=offers, by=BY).letter
    assert letter.subject == f"Answer to your enquiry {case.reference}"
    assert re.findall("^- (.*)$", letter.text, re.MULTILINE) == ["Mill", "Waage"]
    assert "Dear Jana Ölmann," in letter.text


def test_each_offer_is_told_once_where_the_text_lists_them(world):
    case = contact_point.case(world.lead)
    row = entry(title=translated("Fräse", "Mill"))
    title = str(row.title)
    written = enquiries.written(case=case, member=world.anna, text=f"Das passt:\n- {title}\nBis bald.", entries=[row])
    for words in (written.text, written.html):
        assert words.count(title) == 1
        assert "Das passt zu Ihrem Anliegen:" not in words
    listed = written.text[written.text.index(title) : written.text.index("Bis bald.")]
    address = showing.address(row, language="de")
    assert address in listed
    assert f'<a href="{address}"' in written.html


def test_dates_of_one_name_are_each_told(world):
    offers = [{"title": "Sprechtag", "when": day, "summary": "", "address": ""} for day in ("Montag", "Dienstag")]
    told, further = named.in_place("- Sprechtag\n- Sprechtag", offers)
    assert (told, further) == ("- Sprechtag\n  Montag\n- Sprechtag\n  Dienstag", [])
    assert named.in_place("Nichts davon", offers) == ("Nichts davon", offers)


def test_an_answer_sent_twice_goes_out_once(world):
    case, form = send(email="", phone="0391 5550123").case, uuid.uuid4()
    given = {"case": case, "member": world.anna, "text": "Gern.", "submission": form, "by": BY}
    first, second = enquiries.answer(**given), enquiries.answer(**given)
    assert (first.letter, second.fresh) == (second.letter, False)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "firm", "state", "reason"),
    [
        (Channel.MAIL, Channel.MAIL, "queued", ""),
        (Channel.MAIL, Channel.NONE, "held", "channel_none"),
        (Channel.PHONE, Channel.MAIL, "held", "channel_phone"),
        (Channel.LETTER, Channel.MAIL, "queued", ""),
    ],
)
def test_the_stricter_channel_binds_and_somebody_calls_instead(world, person, firm, state, reason):
    case = send().case
    company = Company.objects.create(name="Fräse GmbH", channel=firm, postcode="39104", place="Magdeburg")
    cases.link(case=case, company=company, person=Person.objects.create(name="Jana", channel=person), by=BY)
    letter = enquiries.answer(case=case, member=world.anna, text="Gern.", by=BY).letter
    assert (letter.state, letter.hold_reason) == (state, reason)
    assert letter.channel == ("letter" if person == Channel.LETTER else "mail")
    assert FollowUp.objects.filter(member=world.anna).count() == (1 if state == "held" else 0)


def test_an_unknown_offer_is_refused(world):
    case = send().case
    with pytest.raises(DomainError) as refusal:
        enquiries.answer(case=case, member=world.anna, text="Gern.", offers=[uuid.uuid4()], by=BY)
    assert refusal.value.code == "offer_unknown"
    assert (Case.objects.get().state, Letter.objects.count()) == (State.NEW, 1)


def test_hostile_words_do_no_harm(world):
    name = "Jana</p><script>alert(1)</script>\r\nBcc: x@y.example {{ 1 }}"
    case = send(name=name).case
    letter = enquiries.answer(case=case, member=world.anna, text="<b>x</b>", by=BY).letter
    assert "<script>" not in letter.html
    assert "<b>" not in letter.html
    assert "\n" not in letter.subject + letter.recipient_name
    assert "{{ 1 }}" in letter.text


# --- What happened ------------------------------------------------------------------------------------------------


def test_a_talk_makes_a_step_and_finds_firm_and_person(world):
    case = send(firm="Fräse GmbH", phone="0391 5550123").case
    logged = talk(world, case, format="concept", hours={world.anna: Decimal("0.5"), world.ben: Decimal(1)})
    step = logged.step
    assert (step.company.name, step.day, step.format, step.partner, step.grant) == (
        "Fräse GmbH",
        TODAY,
        "concept",
        world.lead,
        "foerderung",
    )
    assert (step.source_uuid, step.occasion_kind) == (logged.contribution.uuid, "talk")
    assert set(step.contributions.values_list("partner__key", "staff_number", "hours")) == {
        ("lead", world.anna.staff_number, Decimal("0.5")),
        ("other", world.ben.staff_number, Decimal(1)),
    }
    case.refresh_from_db()
    assert (case.company.name, case.person.name, case.state, case.adviser) == (
        "Fräse GmbH",
        "Jana Ölmann",
        State.ANSWERED,
        world.anna,
    )


def open_promises():
    return list(FollowUp.objects.filter(done_at=None).values_list("note", flat=True))


def test_a_talk_keeps_the_promise_of_the_form_and_no_other(world):
    case = send(wants_call=True, phone="0391 5550123").case
    follow_ups.set(case=case, partner=case.partner, due_on=TODAY, note="Angebot schicken", by=BY)
    talk(world, case)
    assert open_promises() == ["Angebot schicken"]


@pytest.mark.parametrize(("wants_call", "left"), [(True, ["Möchte angerufen werden."]), (False, [])])
def test_an_answer_by_mail_is_no_call_but_an_answer(world, wants_call, left):
    case = send(urgent=True, wants_call=wants_call, phone="0391 5550123").case
    assert len(open_promises()) == 1
    answer(world, case)
    assert open_promises() == left


def test_the_topic_of_a_talk_becomes_that_of_the_case_and_of_the_answers_before(world):
    case = send(firm="Fräse GmbH").case
    answer(world, case)
    assert (case.topic, Step.objects.count()) == (None, 0)
    talk(world, case)
    case.refresh_from_db()
    assert case.topic == world.topic
    assert set(Step.objects.values_list("occasion_kind", "topic__slug")) == {("talk", "netz"), ("mail", "netz")}


def test_a_second_talk_is_of_the_same_firm(world):
    for _ in range(2):
        talk(world, send(firm="Fräse GmbH").case)
    assert (Company.objects.count(), Person.objects.count(), Step.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(("minutes", "steps"), [(9, 0), (10, 1)])
def test_a_talk_counts_from_ten_minutes_on(world, minutes, steps):
    logged = talk(world, send(firm="Fräse GmbH").case, minutes=minutes)
    assert (logged.step is not None, Step.objects.count()) == (bool(steps), steps)


def test_a_talk_logged_twice_is_one_step(world):
    case, form = send(firm="Fräse GmbH").case, uuid.uuid4()
    first, second = (talk(world, case, submission=form) for _ in range(2))
    assert (first.step, second.fresh, Step.objects.count()) == (second.step, False, 1)


@pytest.mark.parametrize(
    ("enquirer", "recipient", "heads"),
    [("public_body", "public_body", 0), ("multiplier", "multiplier", 0), ("company", "", 1)],
)
def test_who_is_no_company_is_served_as_what_it_is(world, enquirer, recipient, heads):
    firm = "" if enquirer == "company" else "Kammer"
    step = talk(world, send(enquirer=enquirer, firm=firm).case).step
    assert (step.company, step.other_recipient, step.contacts_without_firm) == (None, recipient, heads)
    assert Company.objects.count() == 0


@pytest.mark.parametrize("enquirer", ["press", "vendor", "student", "private"])
def test_a_talk_with_those_the_grant_is_not_for_counts_nowhere(world, enquirer):
    assert talk(world, send(enquirer=enquirer).case).step is None


def test_what_counts_needs_a_topic_and_else_leaves_nothing(world):
    case = send(firm="Fräse GmbH").case
    with pytest.raises(DomainError) as refusal:
        talk(world, case, topic=None)
    assert refusal.value.code == "topic_missing"
    assert (case.thread.count(), Company.objects.count()) == (0, 0)


def test_a_late_log_of_a_closed_case_still_counts(world):
    case = send(firm="Fräse GmbH").case
    cases.close(case=case, outcome="helped", by=BY)
    assert talk(world, case, day=TODAY - dt.timedelta(days=40)).step.recorded_at == MONDAY


def test_a_step_knows_how_long_the_talk_was(world):
    """Hours are rounded to hundredths, so that ten minutes in hours would be more or less than ten."""
    assert talk(world, send(firm="Fräse GmbH").case, minutes=10).step.measures == {"minutes": 10}


def test_the_note_for_the_staff_is_german_whoever_asks(world):
    with translation.override("en"):
        case = send(phone="0391 5550100", wants_call=True, call_window="8-10").case
    assert FollowUp.objects.get(case=case).note == "Möchte angerufen werden: zwischen 8 und 10 Uhr"


# --- Answers on the timeline ---------------------------------------------------------------------------------------


def answer(world, case, text="Kommen Sie vorbei."):
    return enquiries.answer(case=case, member=world.ben, text=text, by=BY)


def test_an_answer_stands_on_the_timeline_of_a_known_firm_and_counts_nowhere(world):
    firm = companies.find_or_create(name="Ölmann GmbH", by=BY)
    answer(world, send(topic=world.topic, company=firm).case)
    (step,) = journey.timeline(firm)
    assert (step.occasion_kind, step.partner, step.grant) == ("mail", world.other, "foerderung")
    counted = indicators.figures(start=TODAY, end=TODAY)
    assert {key: indicator.total.value for key, indicator in counted.items()} == dict.fromkeys(counted, 0)


def test_answers_come_onto_the_timeline_once_the_firm_is_known(world):
    case = send(topic=world.topic, firm="Ölmann GmbH").case
    answer(world, case)
    assert not Step.objects.exists()
    for _ in range(2):
        firm = firms.link(case=case, by=BY)
    assert [step.occasion_kind for step in journey.timeline(firm)] == ["mail"]


def test_an_answer_to_the_press_makes_no_step(world):
    case = send(topic=world.topic, enquirer="press").case
    answer(world, case)
    firms.link(case=case, by=BY)
    assert not Step.objects.exists()
