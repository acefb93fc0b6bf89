"""What is written down after a visit: once, with the step, the promise and a summary that somebody reads first."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies, persons
from wegweiser.companies.models import Channel
from wegweiser.crossings import firms, visits
from wegweiser.enquiries import visits as reads
from wegweiser.enquiries.actions import appointments, cases
from wegweiser.enquiries.models import Case, Contribution, FollowUp, Visibility
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

ONCE = uuid.UUID(int=77)


def told(**given):
    day = clock.today()
    start = {"minutes": 60, "about": "Scanner am Wareneingang", "agreed": "Angebot bis Freitag", "day": day}
    return visits.Told(**{**start, **given})


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    return row


@pytest.fixture
def date(world, case):
    start = clock.now() - dt.timedelta(hours=2)
    return appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, by=BY)[0]


def log(world, case, date=None, *, submission=ONCE, **given):
    return visits.log(case=case, member=world.anna, told=told(**given), appointment=date, submission=submission, by=BY)


def test_one_visit_is_written_down_once_however_often_it_arrives(world, case, date):
    later = clock.today() + dt.timedelta(days=7)
    first = log(world, case, date, follow_up_on=later)
    again = log(world, case, date, follow_up_on=later)
    assert (first.fresh, again.fresh) == (True, False)
    assert first.contribution == again.contribution
    assert first.contribution.text == "Scanner am Wareneingang\n\nVereinbart: Angebot bis Freitag"
    assert Step.objects.get() == first.step
    promise = FollowUp.objects.get()
    assert (promise.due_on, promise.note, promise.member) == (later, "Angebot bis Freitag", world.anna)


def test_what_somebody_else_wrote_down_is_not_overwritten(world, case, date):
    log(world, case, date)
    with pytest.raises(DomainError) as refusal:
        log(world, case, date, submission=uuid.uuid4())
    assert refusal.value.code == "appointment_not_open"
    assert case.thread.count() == 1
    assert log(world, case, submission=uuid.uuid4()).fresh  # beside it, as a talk of its own


def test_a_visit_without_a_case_opens_one_for_the_firm_once(world):
    firm = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    person = persons.find_or_create(name="Jana Ahorn", company=firm, email="jana@ahorn.example", by=BY)
    given = {"company": firm, "member": world.anna, "partner": world.lead, "person": person}
    for _ in range(2):
        written = visits.log_at_firm(told=told(topic=world.topic), submission=ONCE, by=BY, **given)
    row = Case.objects.get()
    assert (row.company, row.person, row.partner, row.adviser) == (firm, person, world.lead, world.anna)
    assert (row.state, Step.objects.get().company) == ("answered", firm)
    assert written.fresh is False


def test_a_summary_waits_until_somebody_has_read_it(world, case, date):
    row = log(world, case, date, summary=True).contribution
    assert not Letter.objects.exists()
    assert visits.summary_owed(row).due_on == clock.today()
    assert "Vereinbart: Angebot bis Freitag" in visits.summary_draft(row)
    for _ in range(2):
        visits.send_summary(contribution=row, member=world.anna, text="Wie besprochen.", by=BY)
    letter = Letter.objects.get()
    assert (letter.recipient_mail, letter.state) == ("jana@firma.example", "queued")
    assert "Wie besprochen." in letter.text
    assert visits.summary_owed(row) is None


@pytest.mark.parametrize("channel", [Channel.NONE, Channel.PHONE])
def test_a_summary_for_who_wants_no_mail_is_held_and_somebody_is_told_to_call(world, case, date, channel):
    case.company.channel = channel
    case.company.save()
    row = log(world, case, date, summary=True).contribution
    visits.send_summary(contribution=row, member=world.anna, text="Wie besprochen.", by=BY)
    assert Letter.objects.get().hold_reason == f"channel_{channel}"
    assert "anrufen" in FollowUp.objects.get(done_at=None).note


def test_the_summary_of_a_closed_case_waits_until_it_is_open_again(world, case, date):
    row = log(world, case, date, summary=True).contribution
    cases.close(case=case, outcome="helped", by=BY)
    with pytest.raises(DomainError) as refusal:
        visits.send_summary(contribution=row, member=world.anna, text="Wie besprochen.", by=BY)
    assert refusal.value.code == "case_closed"
    assert visits.summary_owed(row)


def test_a_sheet_tells_each_reader_only_what_is_for_them(world, case):
    """Mine, my partner's, for all: Ben of the other partner reads one of three, Carla of Anna's partner two."""
    carla = contact_point.member("Carla", world.lead)
    for visibility in Visibility.values:
        cases.note(case=case, member=world.anna, text=f"Für {visibility}", visibility=visibility, by=BY)

    def read(member):
        about = Case.objects.filter(pk=case.pk)
        rows = reads.said(about=about, member=member, day=clock.today(), firm=case.company)
        return {row.text for row in rows}

    assert read(world.anna) == {"Für mine", "Für partner", "Für all"}
    assert read(carla) == {"Für partner", "Für all"}
    assert read(world.ben) == {"Für all"}


def test_only_who_is_concerned_sees_a_date(world, case, date):
    day = clock.today()
    assert reads.date(uuid=date.uuid, member=world.anna, day=day) == date
    assert reads.date(uuid=date.uuid, member=world.ben, day=day) is None
    assert reads.date(uuid=date.uuid, member=world.ben, day=day, everywhere=True) == date


def test_a_log_is_a_visit_where_nothing_else_is_said(world, case, date):
    assert log(world, case, date).contribution.kind == Contribution.Kind.VISIT


def test_the_draft_of_a_summary_is_in_one_language(world):
    english = contact_point.case(world.lead, topic=world.topic, firm="ACME Ltd", language="en")
    row = log(world, english, about="Scanners at the gate", agreed="Quote by Friday").contribution
    draft = visits.summary_draft(row)
    assert draft.endswith("Scanners at the gate\n\nAgreed: Quote by Friday")
    assert "Vereinbart" not in draft


def test_what_was_agreed_alone_is_in_their_language_too(world):
    english = contact_point.case(world.lead, topic=world.topic, language="en")
    row = log(world, english, about="", agreed="Quote by Friday").contribution
    assert visits.summary_draft(row).endswith("\n\nAgreed: Quote by Friday")
