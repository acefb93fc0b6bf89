"""Somebody leaves: everything that hangs on them finds an heir, and what was done stays theirs."""

import datetime as dt
import uuid

import pytest

from tests import contact_point
from tests.contact_point import BEGIN, BY
from tests.journey import builders
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.models import User
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.actions import companies
from wegweiser.consortium import rights, teams
from wegweiser.consortium.actions import departures, members
from wegweiser.consortium.models import Departure, Membership, Role
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import invitations, leaving
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Appointment, Contribution, State
from wegweiser.funding import queries
from wegweiser.journey.models import Contribution as Hours
from wegweiser.journey.models import Step
from wegweiser.kernel import audit, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _addresses(settings):
    """The real pages: what happens to an old address is asked of them."""
    settings.BASE_URL = "https://zentrum.example"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def cleo(world):
    """A colleague of Ben's."""
    return colleague("Cleo", world)


def colleague(name, world):
    """Somebody at Ben's partner, with a login."""
    found = contact_point.member(name, world.other)
    contact_point.let_in(found)
    return found


TODAY = contact_point.MONDAY.date()
YESTERDAY = TODAY - dt.timedelta(days=1)


def work(world):
    """A case, a promise and a date of Ben's, and one case that is closed."""
    case = cases.take(case=contact_point.case(world.other, topic=world.topic), member=world.ben, by=BY)
    closed = cases.take(case=contact_point.case(world.other), member=world.ben, by=BY)
    cases.close(case=closed, outcome="helped", by=BY)
    given = {"partner": world.other, "note": "Rückruf", "member": world.ben, "case": case}
    promise, _ = follow_ups.set(due_on=TODAY, by=BY, **given)
    start = clock.now() + dt.timedelta(days=3)
    date = appointments.arrange(case=case, member=world.ben, kind="visit", starts_at=start, by=BY)[0]
    return case, closed, promise, date


def refused(**given) -> str:
    with pytest.raises(DomainError) as error:
        leaving.plan(by=BY, **given)
    return error.value.code


def test_everything_open_goes_to_the_heir_and_what_is_closed_stays(world, cleo):
    case, closed, promise, date = work(world)
    cases.answer(case=case, member=world.ben, text="Gern.", by=BY)
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    for row in (case, closed, promise, date):
        row.refresh_from_db()
    assert (case.adviser, promise.member, date.member) == (cleo, cleo, cleo)
    assert case.state == State.ANSWERED
    assert closed.adviser == world.ben
    assert Contribution.objects.get(case=case).member == world.ben
    assert {*Entry.objects.exclude(kind=Kind.CONTACT).values_list("contact", flat=True)} == {cleo.pk}
    assert Entry.objects.get(kind=Kind.CONTACT, slug=world.ben.slug).withdrawn_at
    assert not world.ben.topics.exists()


def test_what_was_done_and_its_figures_stay_as_they_were(world, cleo):
    work(world)
    firm = companies.find_or_create(name="Eigen GmbH", by=BY)
    builders.step(firm, day=TODAY - dt.timedelta(days=9), topic=world.topic, partner=world.other, grant="foerderung")

    def told():
        return list(Step.objects.order_by("pk").values()), list(Hours.objects.order_by("pk").values())

    before, measured = told(), indicators(world.grant)
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    assert told() == before
    assert indicators(world.grant) == measured


def indicators(grant):
    """What the funder's report says, every figure with the steps behind it."""
    return queries.document(queries.results(grant))


def test_a_login_ends_with_its_sessions_and_no_link_opens_it_again(world, cleo, client):
    client.force_login(staff.login(world.ben))
    assert client.get("/desk/").status_code == 200
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    assert client.get("/desk/").status_code == 302
    assert not User.objects.get(member=world.ben).is_active


def test_the_old_address_leads_to_the_heir_also_over_two_who_left(world, cleo, client):
    dora = colleague("Dora", world)
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    leaving.plan(member=cleo, last_day=YESTERDAY, heir=dora, by=BY)
    response = client.get(f"/ansprechpersonen/{world.ben.slug}/", follow=True)
    assert response.redirect_chain == [(f"/ansprechpersonen/{dora.slug}/?nachfolge=1", 302)]
    assert "Dora hilft Ihnen jetzt weiter." in response.text


def test_the_heir_gets_one_mail_and_waiting_answers_come_to_the_heir(world, cleo):
    work(world)
    letter = Letter.objects.create(
        cause_kind="x",
        cause_uuid=world.ben.uuid,
        recipient_mail="a@firma.example",
        reply_to=world.ben.email,
        message_id="<a@b>",
        body_until=TODAY,
        subject="x",
        text="x",
        html="x",
        channel="mail",
        state="queued",
    )
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    letter.refresh_from_db()
    assert letter.reply_to == cleo.email
    told = Letter.objects.get(cause_kind="consortium.departure")
    assert (told.recipient_mail, told.subject) == (cleo.email, "Sie übernehmen Aufgaben von Ben")
    assert "offene Anliegen: 1" in told.text


def test_a_future_day_moves_nothing_until_it_is_over(world, cleo):
    case, *_ = work(world)
    user = staff.login(world.ben)
    leaving.plan(member=world.ben, last_day=TODAY + dt.timedelta(days=1), heir=cleo, by=BY)
    assert leaving.run_due(by=BY) == 0
    assert rights.of(user).held
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=2)):
        assert not rights.of(user).held, "rights end by the date, even when no job ran"
        assert leaving.run_due(by=BY) == 1
        assert leaving.run_due(by=BY) == 0
    case.refresh_from_db()
    assert case.adviser == cleo


def test_a_plan_is_changed_and_called_back_without_a_trace_in_the_roles(world, cleo):
    before = list(Membership.objects.order_by("pk").values())
    for days in (5, 9):
        leaving.plan(member=world.ben, last_day=TODAY + dt.timedelta(days=days), heir=cleo, by=BY)
    assert Departure.objects.get().last_day == TODAY + dt.timedelta(days=9)
    departures.call_back(member=world.ben, by=BY)
    assert list(Membership.objects.order_by("pk").values()) == before
    assert not Departure.objects.exists()


def test_groups_may_have_heirs_of_their_own(world, cleo):
    case, _closed, promise, _date = work(world)
    dora = colleague("Dora", world)
    heirs = {"cases:other": dora}
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, heirs=heirs, by=BY)
    case.refresh_from_db()
    promise.refresh_from_db()
    assert (case.adviser, promise.member) == (dora, cleo)


def test_one_thing_may_go_to_somebody_else_than_its_group(world, cleo):
    case, _closed, promise, date = work(world)
    other = cases.take(case=contact_point.case(world.other, topic=world.topic), member=world.ben, by=BY)
    dora = colleague("Dora", world)
    heirs = {leaving.item_key(other): dora, leaving.item_key(date): dora, "cases:other": cleo}
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, heirs=heirs, by=BY)
    for row in (case, other, promise, date):
        row.refresh_from_db()
    assert (case.adviser, other.adviser, promise.member, date.member) == (cleo, dora, cleo, dora)
    told = {letter.recipient_mail: letter.text for letter in Letter.objects.filter(cause_kind="consortium.departure")}
    assert "offene Anliegen: 1" in told[cleo.email]
    assert "offene Anliegen: 1" in told[dora.email]
    assert "Termine: 1" in told[dora.email]


def test_the_heir_of_one_thing_is_kept_until_the_day_and_may_not_go_before(world, cleo):
    case, *_ = work(world)
    dora = colleague("Dora", world)
    day = TODAY + dt.timedelta(days=1)
    leaving.plan(member=world.ben, last_day=day, heir=cleo, heirs={leaving.item_key(case): dora}, by=BY)
    assert refused(member=dora, last_day=day, heir=cleo) == "heir_elsewhere"
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=2)):
        assert leaving.run_due(by=BY) == 1
    case.refresh_from_db()
    assert case.adviser == dora


def test_the_heir_of_one_thing_needs_the_rights_of_its_partner_too(world, cleo):
    case, *_ = work(world)
    heirs = {leaving.item_key(case): world.anna}
    assert refused(member=world.ben, last_day=YESTERDAY, heir=cleo, heirs=heirs) == "heir_not_there"


def draft(world, title="Neuer Abend", contact=None, **fields):
    told = {"title": translated(title), "partner": world.other.key, "contact": (contact or world.ben).slug}
    content = {**contents.empty("news"), **told, "topics": [world.topic.key], **fields}
    return drafts.create(kind="news", content=content, submission=uuid.uuid4(), by=BY)


def test_drafts_go_to_heirs_who_may_write_on(world, cleo):
    dora = colleague("Dora", world)
    mine, given = draft(world), draft(world, "Zweiter Abend")
    theirs = draft(world, "Dritter Abend", contact=dora)
    stamps = {row.pk: row.version for row in (mine, theirs)}
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, heirs={leaving.item_key(given): dora}, by=BY)
    for row in (mine, given, theirs):
        row.refresh_from_db()
    assert (mine.contact, given.contact, theirs.contact) == (cleo, dora, dora)
    assert (mine.content["contact"], given.content["contact"]) == (cleo.slug, dora.slug)
    assert (mine.version, theirs.version) == (stamps[mine.pk] + 1, stamps[theirs.pk]), "who has it open is told"
    adviser = rights.of(staff.login(cleo)).extent(Permission.ENTRY_EDIT)
    assert works.work(mine.uuid).within(adviser, cleo)
    assert AuditEvent.objects.filter(event="draft:inherited").count() == 2


def test_a_draft_that_names_another_already_keeps_them(world, cleo):
    dora = colleague("Dora", world)
    entry = Entry.objects.filter(contact=world.ben).exclude(kind=Kind.CONTACT).first()
    found = works.work(entry.uuid)
    changed = drafts.write(
        uuid=entry.uuid, seen=found.stamp, content={**found.content, "contact": dora.slug}, slug=found.slug, by=BY
    )
    leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    changed.refresh_from_db()
    entry.refresh_from_db()
    assert (entry.contact, changed.contact) == (cleo, dora)


def test_an_heir_has_rights_at_that_partner_after_that_day(world, cleo):
    work(world)
    assert refused(member=world.ben, last_day=YESTERDAY, heir=world.anna) == "heir_not_there"
    assert refused(member=world.ben, last_day=YESTERDAY, heir=None) == "heir_missing"
    members.end(membership=cleo.memberships.get(), on=TODAY, by=BY)
    assert refused(member=world.ben, last_day=TODAY, heir=cleo) == "heir_not_there"


def test_nobody_inherits_what_they_cannot_work_on(world, cleo):
    """Neither without a login, nor merely invited, nor after theirs ended; also what one thing is given to them."""
    case, *_ = work(world)
    dora = contact_point.member("Dora", world.other)
    given = {"member": world.ben, "last_day": YESTERDAY}
    code = "heir_without_login"
    assert refused(**given, heir=dora) == code
    assert refused(**given, heir=cleo, heirs={"cases:other": dora}) == code
    assert refused(**given, heir=cleo, heirs={leaving.item_key(case): dora}) == code
    invitations.invite(member=dora, by_mail=False, by=BY)
    dora.refresh_from_db()
    assert refused(**given, heir=dora) == code, "invited, and not followed it"
    User.objects.filter(member=dora).update(password="set", last_login=clock.now(), is_active=False)
    assert refused(**given, heir=dora) == code, "it was closed"
    User.objects.filter(member=dora).update(is_active=True)
    leaving.plan(**given, heir=dora, by=BY)
    case.refresh_from_db()
    assert case.adviser == dora


def test_who_cannot_work_is_told_apart_from_those_who_take_over(world, cleo):
    work(world)
    dora = contact_point.member("Dora", world.other)
    left = leaving.estate(member=world.ben, last_day=TODAY)
    assert (left.candidates, left.waiting) == ([cleo], [dora])
    assert {(*map(tuple, (group.candidates, group.waiting)),) for group in left.groups} == {((cleo,), (dora,))}


def test_an_heir_whose_login_ended_gets_nothing_until_it_is_open_again(world, cleo):
    case, *_ = work(world)
    leaving.plan(member=world.ben, last_day=TODAY, heir=cleo, by=BY)
    User.objects.filter(member=cleo).update(is_active=False)
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=1)):
        assert leaving.run_due(by=BY) == 0
        assert teams.open_departure(world.ben).failure == "heir_without_login"
        User.objects.filter(member=cleo).update(is_active=True)
        assert leaving.run_due(by=BY) == 1
    case.refresh_from_db()
    assert case.adviser == cleo


def test_two_cannot_leave_to_each_other_in_any_order_of_days(world, cleo):
    leaving.plan(member=world.ben, last_day=TODAY + dt.timedelta(days=5), heir=cleo, by=BY)
    for days in (1, 5, 9):
        day = TODAY + dt.timedelta(days=days)
        assert refused(member=cleo, last_day=day, heir=world.ben) == "heirs_of_each_other"
    assert refused(member=world.ben, last_day=YESTERDAY, heir=world.ben) == "heir_self"


def test_an_heir_does_not_go_before_the_one_who_counts_on_them(world, cleo):
    dora = colleague("Dora", world)
    leaving.plan(member=world.ben, last_day=TODAY + dt.timedelta(days=5), heir=cleo, by=BY)
    assert refused(member=cleo, last_day=TODAY + dt.timedelta(days=5), heir=dora) == "heir_elsewhere"
    leaving.plan(member=cleo, last_day=TODAY + dt.timedelta(days=6), heir=dora, by=BY)


def test_the_last_administrator_neither_leaves_nor_ends_the_role(world):
    admin = staff.hire(Role.ADMINISTRATOR, None).member
    assert refused(member=admin, last_day=TODAY, heir=None) == "last_administrator"
    row = admin.memberships.get()
    with pytest.raises(DomainError, match="Nobody would be left"):
        members.end(membership=row, on=TODAY + dt.timedelta(days=90), by=BY)
    other = members.add(name="Ohne Zugang", email="o@centre.example", by=BY)
    members.grant(member=other, role=Role.ADMINISTRATOR, partner=None, since=BEGIN, by=BY)
    assert refused(member=admin, last_day=TODAY, heir=None) == "last_administrator", "who cannot log in does not count"
    staff.login(other)
    leaving.plan(member=admin, last_day=TODAY, heir=None, by=BY)
    assert refused(member=other, last_day=TODAY, heir=None) == "last_administrator"


@pytest.mark.parametrize("last_day", [dt.date.max, dt.date.max - dt.timedelta(days=1), dt.date(2101, 1, 1)])
def test_a_day_that_nobody_means_is_refused(world, cleo, last_day):
    assert refused(member=world.ben, last_day=last_day, heir=cleo) == "day_too_late"
    with pytest.raises(DomainError) as error:
        leaving.estate(member=world.ben, last_day=last_day)
    assert (error.value.code, error.value.field) == ("day_too_late", "last_day")
    assert not Departure.objects.exists()


def test_the_latest_day_that_is_meant_can_be_planned(world, cleo):
    assert leaving.plan(member=world.ben, last_day=leaving.LATEST, heir=cleo, by=BY).last_day == leaving.LATEST


def test_a_failure_leaves_everything_as_it_was(world, cleo, monkeypatch):
    case, *_ = work(world)
    rows = AuditEvent.objects.count()

    def broken(*args, **kwargs):
        raise RuntimeError("late")

    monkeypatch.setattr(leaving, "_tell", broken)
    with pytest.raises(RuntimeError, match="late"):
        leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    case.refresh_from_db()
    assert case.adviser == world.ben
    assert AuditEvent.objects.count() == rows
    assert not Departure.objects.exists()


def test_when_the_heir_is_gone_the_login_ends_all_the_same_and_the_page_says_why(world, cleo):
    work(world)
    user = staff.login(world.ben)
    leaving.plan(member=world.ben, last_day=TODAY, heir=cleo, by=BY)
    cleo.memberships.update(valid_to=TODAY)
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=1)):
        assert leaving.run_due(by=BY) == 0
    user.refresh_from_db()
    assert not user.is_active
    assert teams.open_departure(world.ben).failure == "heir_not_there"


def test_whoever_shares_most_topics_is_suggested(world, cleo):
    dora = colleague("Dora", world)
    dora.topics.add(world.topic)
    left = leaving.estate(member=world.ben, last_day=TODAY)
    assert left.suggested == dora
    assert Appointment.objects.count() == 0
    assert audit.declared()["departure:done"]
