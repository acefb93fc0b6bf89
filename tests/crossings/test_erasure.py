"""Erasing leaves nothing of a person anywhere, changes no figure, and touches nobody else."""

import datetime as dt
import json
import uuid
from collections import Counter
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contact_point import BY, MONDAY
from tests.events import world as events
from tests.journey import builders
from wegweiser.accounts.actions import users
from wegweiser.catalogue.models import Entry, Example
from wegweiser.companies import queries as firms
from wegweiser.companies.actions import companies, consents, merges, persons
from wegweiser.companies.actions import erasures as companies_erasures
from wegweiser.companies.actions.erasures import NAMELESS
from wegweiser.companies.models import Company, Consent, ContactEntry, Person, Position
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import NAMELESS as FORMER
from wegweiser.crossings import appointments, enquiries, personal_data, talks
from wegweiser.crossings.enquiries import Enquiry
from wegweiser.enquiries import queries
from wegweiser.enquiries.actions import cases, erasures, follow_ups
from wegweiser.enquiries.models import Case, FollowUp
from wegweiser.funding import queries as funding
from wegweiser.journey.actions import plans
from wegweiser.journey.models import Contribution as Hours
from wegweiser.journey.models import DeclaredAid, PlannedStep, Step
from wegweiser.kernel import clock, disclosure, erased, erasure
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent, Erasure
from wegweiser.kernel.translated import translated
from wegweiser.outbox import delivery
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()
MAIL = "jana@firma.example"
TRACES = ("Jana", "Ölmann", "oelmann", "olmann", MAIL, "3915550777", "Fräse", "Hinterhof", "Kaffeekasse")


def ask(**fields):
    given = {
        "text": "Die Fräse steht zu oft.",
        "name": "Jana Ölmann",
        "email": MAIL,
        "phone": "0391 5550777",
        "firm": "Muster GmbH",
    }
    enquiry = Enquiry(**{**given, **fields})
    return enquiries.send(submission=uuid.uuid4(), enquiry=enquiry, by=VISITOR)


def talk(world, case, **fields):
    given = {"kind": "talk", "day": clock.today(), "minutes": 30, "topic": world.topic, "text": "Jana zeigt die Fräse."}
    return talks.log(case=case, member=world.anna, by=BY, **{**given, **fields})


def handled(world, **fields):
    """An enquiry with all that can hang on it: an answer, a talk, a date, a promise, an example learnt from it."""
    where = {"topic": world.topic, "partner": world.lead}
    sent = ask(wants_call=True, call_window="nach der Kaffeekasse", **where, **fields)
    case = sent.case
    cases.take(case=case, member=world.anna, by=BY)
    enquiries.answer(case=case, member=world.anna, text="Guten Tag, Jana Ölmann.", by=BY)
    talk(world, case)
    date = clock.now() + dt.timedelta(days=3)
    appointments.arrange(
        case=case, member=world.anna, kind="visit", starts_at=date, place="Hinterhof", invite=True, by=BY
    )
    follow_ups.set(case=case, partner=world.lead, due_on=clock.today(), note="Jana anrufen", by=BY)
    Example.objects.create(text="Fräse steht", source_kind="enquiries.case", source_uuid=case.uuid)
    return sent


def traces(*words):
    """Every table and column of the installation in which one of the words stands."""
    found = set()
    for model in apps.get_models():
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                text = str(field.value_from_object(row)).casefold()
                found |= {f"{model._meta.label}.{field.name}" for word in words if word.casefold() in text}
    return found


def forget(mail=MAIL):
    items = erasure.plan_of(mail, day=clock.today())
    erasure.erase(items=items, by=BY)
    return items


def run(day):
    with clock.stopped_at(dt.datetime.combine(day, dt.time(9), dt.UTC)):
        return erasure.run(day=day, by=BY)


def tables(items):
    return sorted((item.fate.table, str(item.state)) for item in items)


def report(world):
    return json.dumps(funding.report(world.grant), sort_keys=True, default=str)


# --- A person asks --------------------------------------------------------------------------------------------------


def test_nothing_of_a_person_is_left_anywhere_but_the_firms_name(world):
    handled(world)
    assert {"enquiries.Case.name", "outbox.Letter.text", "enquiries.Contribution.text"} <= traces(*TRACES)
    forget()
    assert traces(*TRACES) == set()
    assert Company.objects.get().name == "Muster GmbH"


def test_no_figure_changes(world):
    handled(world)
    before = report(world)
    assert Step.objects.count() == 2
    forget()
    assert report(world) == before


def test_somebody_else_at_the_same_firm_is_left_as_they_were(world):
    handled(world)
    other = talk(world, ask(name="Kim Berg", email="kim@firma.example", text="Server", phone="").case, text="Gut")
    forget()
    case = Case.objects.get(pk=other.contribution.case_id)
    assert (case.name, case.text, case.person.name) == ("Kim Berg", "Server", "Kim Berg")
    assert case.thread.get(kind="talk").text == "Gut"


def test_open_cases_end_and_nobody_waits_for_them(world):
    case = handled(world).case
    forget()
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "settled")
    assert not FollowUp.objects.filter(done_at=None).exists()
    assert not case.appointments.filter(cancelled_at=None, starts_at__gt=clock.now()).exists()


def test_the_link_to_the_status_opens_nothing_any_more(world):
    secret = handled(world).status_secret
    assert queries.case_behind(secret) is not None
    forget()
    assert queries.case_behind(secret) is None


def test_no_letter_that_waited_goes_out(world, settings):
    handled(world)
    assert Letter.objects.filter(state="queued").exists()
    forget()
    assert not Letter.objects.filter(state__in=["queued", "sending"]).exists()
    settings.EMAIL_HOST = "localhost"
    assert not delivery.send_due()


def test_a_letter_on_its_way_is_given_up_and_its_late_result_changes_nothing(world):
    ask()
    letter = Letter.objects.get()
    Letter.objects.update(state="sending", attempts=1, next_attempt_at=clock.now())
    forget()
    letter.refresh_from_db()
    assert (letter.state, letter.recipient_mail, letter.next_attempt_at) == ("failed", "", None)


def test_a_person_at_several_firms_leaves_all_of_them(world):
    for firm in ("Muster GmbH", "Beispiel AG"):
        made = companies.find_or_create(name=firm, email=MAIL if firm == "Muster GmbH" else "info@ag.example", by=BY)
        persons.find_or_create(name="Jana Ölmann", email=MAIL, company=made, by=BY)
    assert Position.objects.count() == 2
    forget()
    assert not Position.objects.exists()
    assert set(Company.objects.values_list("name", "email")) == {
        ("Muster GmbH", ""),
        ("Beispiel AG", "info@ag.example"),
    }


def sole_trader(name="Jana Ölmann Metallbau"):
    firm = companies.find_or_create(name=name, is_sole_trader=True, street="Hinterhof 1", by=BY)
    persons.find_or_create(name="Jana Ölmann", email=MAIL, company=firm, by=BY)
    return firm


def test_a_sole_traders_firm_goes_with_its_owner_and_its_merged_rows_too(world):
    firm = sole_trader()
    twin = companies.find_or_create(name="Ölmann Fräserei", is_sole_trader=True, by=BY)
    merges.merge(loser=twin, survivor=firm, by=BY)
    builders.step(firm, topic=world.topic, partner=world.lead)
    follow_ups.set(company=firm, partner=world.lead, due_on=TODAY, note="Jana anrufen", by=BY)
    forget()
    assert traces(*TRACES) == set()
    assert set(Company.objects.values_list("name", "is_cover_name")) == {(NAMELESS, True)}


def test_what_a_firms_address_was_before_goes_with_it(world):
    firm = companies.find_or_create(name="Ölmann Fräse", is_sole_trader=True, email="jana@alt.example", by=BY)
    companies.put_right(company=firm, name="Ölmann Fräserei", street="Hinterhof 1", email=MAIL, by=BY)
    assert ContactEntry.objects.count() == 3
    forget()
    assert traces(*TRACES, "alt.example") == set()
    assert not ContactEntry.objects.exists()


OWN, NUMBER = {"email": "kain@web.example", "phone": "+493915550111"}, "+493915550777"


def put_right_at_kain():
    """Jana's mail and number stood at Kain's firm by mistake."""
    firm = companies.find_or_create(name="Kain Tischler", is_sole_trader=True, email=MAIL, phone=NUMBER, by=BY)
    companies.put_right(company=firm, name="Kain Tischlerei", street="Weg 1", **OWN, by=BY)
    return firm


@pytest.mark.parametrize(
    ("asks_with", "stays"), [(MAIL, "phone"), (erasure.Caller(NUMBER), "email"), (erasure.Caller(NUMBER, "J"), "email")]
)
def test_what_stood_at_anothers_firm_by_mistake_goes_and_the_firm_stays(world, asks_with, stays):
    firm = put_right_at_kain()
    forget(asks_with)
    firm.refresh_from_db()
    assert (firm.name, firm.email, firm.phone) == ("Kain Tischlerei", OWN["email"], OWN["phone"])
    assert sorted(row.kind for row in ContactEntry.objects.all()) == sorted(["name", "street", stays])


@pytest.mark.parametrize(("asks_with", "value"), [(MAIL, MAIL), (erasure.Caller(NUMBER), NUMBER)])
def test_who_stood_at_anothers_firm_by_mistake_is_told_that_and_nothing_of_the_other(world, asks_with, value):
    put_right_at_kain()
    assert [(row.table, row.data) for row in disclosure.about(asks_with)] == [
        ("companies.ContactEntry", {"before": value})
    ]


def test_an_owner_is_told_all_that_was_put_right_at_their_firm(world):
    put_right_at_kain()
    told = [row.data for row in disclosure.about(OWN["email"]) if row.table == "companies.ContactEntry"]
    assert {"before": MAIL, "value": OWN["email"]} in told
    assert len(told) == 4


def test_a_persons_own_mail_goes_from_what_was_put_right_at_their_firm(world):
    firm = companies.find_or_create(name="Muster GmbH", email=MAIL, by=BY)
    persons.find_or_create(name="Jana Ölmann", email=MAIL, company=firm, by=BY)
    companies.put_right(company=firm, name="Muster GmbH", place="Burg", email="info@muster.example", by=BY)
    forget()
    assert traces(*TRACES) == set()
    assert [row.kind for row in ContactEntry.objects.all()] == ["place"]


@pytest.mark.parametrize("survives", ["theirs", "other"])
@pytest.mark.parametrize("corrected", [False, True])
def test_a_persons_own_mail_goes_from_every_row_of_their_firm(world, survives, corrected):
    firm = companies.find_or_create(name="Muster GmbH", email=MAIL, by=BY)
    other = companies.find_or_create(name="Muster Technik GmbH", is_another=True, by=BY)
    persons.find_or_create(name="Jana Ölmann", email=MAIL, company=firm, by=BY)
    kept, lost = (firm, other) if survives == "theirs" else (other, firm)
    merges.merge(loser=lost, survivor=kept, by=BY)
    kept.refresh_from_db()
    if corrected:
        companies.put_right(company=kept, name=kept.name, email="info@muster.example", by=BY)
    forget()
    kept.refresh_from_db()
    assert kept.email == ("info@muster.example" if corrected else "")
    assert traces(*TRACES) == set()


def test_what_was_planned_with_a_sole_trader_goes_with_them_and_else_by_its_term(world):
    firm, other = sole_trader(), companies.find_or_create(name="Fräse GmbH", by=BY)
    for company in (firm, other):
        plans.tick_off(planned=plans.plan(company=company, title="Frau Ölmann zeigt die Fräse", by=BY), by=BY)
    forget()
    assert [planned.title for planned in PlannedStep.objects.order_by("id")] == ["", "Frau Ölmann zeigt die Fräse"]
    done = clock.today()
    run(done.replace(year=done.year + 3))
    assert PlannedStep.objects.exclude(title="").count() == 1
    run(done.replace(year=done.year + 3) + dt.timedelta(days=2))
    assert PlannedStep.objects.exclude(title="").count() == 0


def test_whoever_works_for_a_sole_trader_does_not_take_the_firm_along(world):
    firm = sole_trader()
    persons.find_or_create(name="Kim Berg", email="kim@firma.example", company=firm, by=BY)
    forget("kim@firma.example")
    firm.refresh_from_db()
    assert firm.name == "Jana Ölmann Metallbau"


def test_a_sole_trader_with_aid_is_restricted_until_the_proof_is_over_and_found_by_nobody(world):
    firm = sole_trader()
    DeclaredAid.objects.create(company=firm, granted_on=TODAY, amount=1, rule="2023/2831", source="declared")
    items = forget()
    assert ("companies.Company", "restricted") in tables(items)
    firm.refresh_from_db()
    assert firm.name == "Jana Ölmann Metallbau"
    assert firms.search("Metallbau").companies == []
    assert not tables(run(TODAY + dt.timedelta(days=9 * 365)))
    assert tables(run(TODAY + dt.timedelta(days=10 * 365 + 30))) == [("companies.Company", "anonymised")]
    assert traces(*TRACES) == set()


def test_who_asked_to_be_forgotten_is_known_for_its_aid_and_comes_back_by_no_strangers_word(world):
    firm = sole_trader()
    DeclaredAid.objects.create(company=firm, granted_on=TODAY, amount=1, rule="2023/2831", source="declared")
    forget()
    stranger = {"email": "fremd@x.example", "phone": "+493915550999"}
    again = companies.find_or_create(
        name="Jana Ölmann Metallbau", email="fremd@x.example", asked_from=stranger, by=VISITOR
    )
    assert again == firm
    firm.refresh_from_db()
    assert (firm.restricted_at is not None, firm.email) == (True, "")
    assert firms.search("Metallbau").companies == []
    companies_erasures.readmit(company=firm, by=BY)
    assert firms.search("Metallbau").companies == [firm]
    with pytest.raises(DomainError, match="not_restricted"):
        companies_erasures.readmit(company=firm, by=BY)


def test_whose_term_was_over_only_comes_back_by_itself(world):
    firm = companies.find_or_create(name="Muster GmbH", street="Weg 1", email="post@muster.example", by=BY)
    builders.step(firm, topic=world.topic, partner=world.lead, day=TODAY, grant=world.grant.slug)
    assert tables(run(dt.date(2030, 1, 1))) == [("companies.Company", "restricted")]
    assert companies.find_or_create(name="Muster GmbH", email="post@muster.example", by=VISITOR) == firm
    firm.refresh_from_db()
    assert (firm.restricted_at, firm.email) == (None, "post@muster.example")


def consenting():
    person = persons.find_or_create(name="Jana Ölmann", email=MAIL, phone="0391 5550777", by=BY)
    consents.give(person=person, purpose="news", text_version="1", channel="web", by=BY)
    return person


def test_a_consent_ends_and_its_proof_stays_for_its_time_and_no_longer(world):
    person = consenting()
    assert ("companies.Person", "restricted") in tables(forget())
    person.refresh_from_db()
    assert (person.name, person.phone, person.channel) == ("Jana Ölmann", "", "none")
    assert Consent.objects.get().withdrawn_at is not None
    assert not run(TODAY + dt.timedelta(days=1000))
    run(TODAY + dt.timedelta(days=1130))
    assert not Person.objects.exists()
    assert traces(*TRACES) == set()


def test_who_writes_again_after_that_is_somebody_new(world):
    person = consenting()
    handled(world)
    forget()
    case = ask(text="Neue Frage").case
    talk(world, case, text="")
    assert case.person != person
    assert Case.objects.exclude(pk=case.pk).filter(email="", text="").count() == 1
    assert Case.objects.filter(person=person).count() == 0


def test_erasing_twice_finds_nobody(world):
    handled(world)
    forget()
    assert erasure.plan_of(MAIL, day=TODAY) == []


def test_it_is_written_down_without_content(world):
    handled(world)
    items = forget()
    assert Erasure.objects.count() >= 3
    assert {item.uuid for item in items} >= set(Erasure.objects.values_list("subject_uuid", flat=True))
    assert AuditEvent.objects.filter(event="erasure:anonymised").exists()


def test_all_or_nothing(world, monkeypatch):
    handled(world)
    before = traces(*TRACES)

    def fail(**given):
        raise RuntimeError

    monkeypatch.setattr("wegweiser.enquiries.retention.erasures.erase_case", fail)
    with pytest.raises(RuntimeError):
        forget()
    assert traces(*TRACES) == before
    assert not Erasure.objects.exists()


# --- Who worked here -----------------------------------------------------------------------------------------------


@pytest.fixture
def staff(world):
    """Anna with a login, a page of her own, an offer she answers for, and hours."""
    user = users.create(email="anna@centre.example", name="Anna", password="long-enough-1234", by=BY)
    world.anna.user = user
    world.anna.save()
    page = {"kind": "contact", "slug": world.anna.slug, "title": translated("Anna"), "contact": world.anna}
    Entry.objects.create(changed=1, **page)
    Entry.objects.create(kind="check", slug="check", title=translated("Check"), contact=world.anna, changed=2)
    handled(world)
    return world


def leave(world, day):
    world.anna.memberships.update(valid_to=day)


def test_whoever_works_here_is_not_erased(staff):
    with pytest.raises(DomainError) as refusal:
        forget("anna@centre.example")
    assert refusal.value.code == "membership_runs"


def test_who_left_is_forgotten_after_the_term_and_the_partners_figures_stay(staff):
    leave(staff, TODAY)
    before = report(staff)
    hours = sorted(Hours.objects.values_list("partner", "hours"))
    assert not [item for item in run(dt.date(2027, 3, 2)) if item.fate.purpose == "staff"]
    run(dt.date(2027, 3, 4))
    assert traces("anna") == set()
    assert not Hours.objects.exclude(staff_number=None).exists()
    assert sorted(Hours.objects.values_list("partner", "hours")) == hours
    assert report(staff) == before


def test_their_login_opens_nothing_and_their_session_ends(staff, client):
    client.force_login(staff.anna.user)
    assert Session.objects.count() == 1
    leave(staff, TODAY - dt.timedelta(days=1))
    forget("anna@centre.example")
    assert Session.objects.count() == 0
    staff.anna.refresh_from_db()
    assert (staff.anna.user, staff.anna.name) == (None, FORMER)


# --- Its time is over ----------------------------------------------------------------------------------------------


def test_a_case_is_kept_two_years_after_it_was_closed_and_an_open_one_for_ever(world):
    closed, still_open = ask().case, ask(text="Offen").case
    cases.close(case=closed, outcome="helped", by=BY)
    assert "enquiries.Case" not in dict(tables(run(dt.date(2028, 3, 1))))
    assert ("enquiries.Case", "anonymised") in tables(run(dt.date(2028, 3, 3)))
    closed.refresh_from_db()
    still_open.refresh_from_db()
    assert (closed.name, closed.outcome, still_open.text) == ("", "helped", "Offen")


def test_a_run_leaves_nothing_for_a_second_one(world):
    cases.close(case=handled(world).case, outcome="helped", by=BY)
    day = dt.date(2040, 1, 1)
    assert run(day)
    assert erasure.plan(day) == []
    assert traces(*TRACES) == set()


def test_words_added_to_an_erased_case_go_too(world):
    case = ask().case
    cases.close(case=case, outcome="helped", by=BY)
    run(dt.date(2028, 3, 3))
    case.refresh_from_db()
    cases.note(case=case, member=world.anna, text="Fräse", by=BY)
    assert ("enquiries.Case", "anonymised") in tables(run(dt.date(2028, 3, 4)))
    assert traces("Fräse") == set()


def test_letters_lose_words_and_recipient_after_half_a_year(world):
    case = ask().case
    assert ("outbox.Letter", "anonymised") in tables(run(TODAY + dt.timedelta(days=200)))
    letter = Letter.objects.get()
    assert (letter.subject, letter.text, letter.recipient_mail, letter.cause_uuid) == ("", "", "", case.uuid)


def test_contact_keeps_a_firm_and_who_works_there(world):
    case = ask().case
    talk(world, case, text="")
    firm = Company.objects.get()
    person = Person.objects.get()
    cases.close(case=case, outcome="helped", by=BY)
    builders.step(firm, topic=world.topic, partner=world.lead, day=dt.date(2028, 1, 1))
    run(dt.date(2030, 12, 1))
    assert Person.objects.filter(pk=person.pk).exists()
    assert ("companies.Person", "anonymised") in tables(run(dt.date(2031, 1, 3)))


def test_a_firm_reached_under_a_grant_can_be_named_until_its_proof_is_beyond_audit(world):
    firm = companies.find_or_create(name="Muster GmbH", street="Weg 1", email="post@muster.example", by=BY)
    builders.step(firm, topic=world.topic, partner=world.lead, day=TODAY, grant=world.grant.slug)
    assert tables(run(dt.date(2030, 1, 1))) == [("companies.Company", "restricted")]
    firm.refresh_from_db()
    assert (firm.name, firm.email) == ("Muster GmbH", "")
    assert run(dt.date(2035, 6, 1)) == []
    assert tables(run(dt.date(2035, 8, 1))) == [("companies.Company", "anonymised")]


def test_a_new_firm_is_not_made_of_the_nameless_one(world):
    companies.find_or_create(name="Muster GmbH", by=BY)
    run(dt.date(2030, 1, 1))
    again = companies.find_or_create(name="Muster GmbH", by=BY)
    other = companies.find_or_create(name=NAMELESS, by=BY)
    assert len({again.pk, other.pk, *Company.objects.values_list("pk", flat=True)}) == 3


def test_one_row_that_fails_does_not_keep_the_others(world, monkeypatch):
    bad, good = ask().case, ask(text="Gut").case
    for case in (bad, good):
        cases.close(case=case, outcome="helped", by=BY)
    erase = erasures.erase_case

    def fragile(*, case, by):
        if case.pk == bad.pk:
            raise RuntimeError("broken")
        return erase(case=case, by=by)

    monkeypatch.setattr(erasures, "erase_case", fragile)
    with pytest.raises(RuntimeError, match="broken"):
        run(dt.date(2030, 1, 1))
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.text, bad.text) == ("", "Die Fräse steht zu oft.")


# --- After a restore ------------------------------------------------------------------------------------------------


def test_a_restore_erases_again_what_was_erased(world):
    handled(world)
    consenting()
    with transaction.atomic():
        forget()
        log = erased.written()
        after = traces(*TRACES)
        transaction.set_rollback(True)
    assert traces(*TRACES) != after
    assert MAIL not in json.dumps(log)
    assert erased.replay(log=log, by=BY) > 0
    assert traces(*TRACES) == after
    assert erased.replay(log=log, by=BY) == 0
    assert erased.written() == log


# --- Figures ---------------------------------------------------------------------------------------------------------

WORK = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["talk", "visit"]), st.integers(1, 300), st.booleans()), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(work=WORK, years=st.integers(0, 20), asked=st.integers(0, 3), left=st.booleans())
def test_whatever_is_erased_no_figure_changes(world, work, years, asked, left):
    with transaction.atomic():
        for person, kind, minutes, sole in work:
            mail, firm = f"person{person}@firma.example", f"Firma {person}"
            companies.find_or_create(name=firm, is_sole_trader=sole, by=BY)
            case = ask(name=f"Person {person}", email=mail, firm=firm, phone="").case
            spent = {world.anna: Decimal(1), world.ben: Decimal("0.5")}
            talk(world, case, kind=kind, minutes=minutes, hours=spent)
            if minutes % 2:
                cases.close(case=case, outcome="helped", by=BY)
        if left:
            leave(world, TODAY)
        before = report(world)
        forget(f"person{asked}@firma.example")
        run(dt.date(2026 + years, 12, 1))
        assert report(world) == before
        transaction.set_rollback(True)


# --- Umlauts in the domain ------------------------------------------------------------------------------------------

UMLAUTS, NETWORK = "juergen@müller-bau.example", "juergen@xn--mller-bau-q9a.example"


@pytest.mark.parametrize("asked", [UMLAUTS, NETWORK, " Juergen@Müller-Bau.example "])
def test_a_guest_with_umlauts_in_the_domain_is_told_everything_and_forgotten(world, asked):
    gathering = events.held(centre=world)
    registration = events.register(gathering, name="Jürgen Müller", email=UMLAUTS).registration
    assert registration.email == NETWORK
    letters = Letter.objects.filter(recipient_mail=NETWORK).count()
    Person.objects.create(name="Jürgen Müller", email=UMLAUTS)  # as rows from before have it
    told = personal_data.document(consortium.centre(), asked)["data"]
    gone = forget(asked)
    for found in (Counter(row["table"] for row in told), Counter(item.fate.table for item in gone)):
        assert (found["events.Registration"], found["companies.Person"]) == (1, 1)
        assert found["outbox.Letter"] == letters
    assert traces("müller-bau", "mller-bau") == set()
    assert erasure.plan_of(asked, day=TODAY) == []
