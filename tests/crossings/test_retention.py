"""What the policy file promises to remove is removed, on its day and not before, and no figure changes by it."""

import datetime as dt
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.accounts.actions import users
from wegweiser.accounts.models import Token, User
from wegweiser.catalogue.models import Example
from wegweiser.companies.actions import companies, consents, persons
from wegweiser.companies.models import Company, Consent, Person
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Membership
from wegweiser.crossings import enquiries, retention, talks
from wegweiser.crossings import persons as rights
from wegweiser.enquiries.actions import appointments, cases, follow_ups
from wegweiser.enquiries.models import Case
from wegweiser.journey import indicators
from wegweiser.journey.actions import aid, steps
from wegweiser.journey.models import Contribution, Step
from wegweiser.kernel import clock, policy
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox.models import Letter

MAIL = "jana@firma.example"
TODAY = MONDAY.date()


def after(*, months: float):
    return clock.stopped_at(MONDAY + dt.timedelta(days=round(months * 30.44) + 1))


def lived(world) -> Case:
    """A case with everything that can hang on one, closed today."""
    sent = enquiries.send(
        submission=contact_point.uuid.uuid4(),
        enquiry=enquiries.Enquiry(text="Die Fräse steht.", name="Jana Ölmann", email=MAIL, firm="Ölmann GmbH"),
        by=VISITOR,
    )
    case = sent.case
    cases.take(case=case, member=world.anna, by=BY)
    enquiries.answer(case=case, member=world.anna, text="Kommen Sie, Frau Ölmann.", by=BY)
    appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=MONDAY, place="Bei Jana", by=BY)
    follow_ups.set(case=case, partner=world.lead, due_on=TODAY, note="Jana anrufen", by=BY)
    talks.log(
        case=case, member=world.anna, kind="talk", day=TODAY, minutes=30, text="Jana sagt", topic=world.topic, by=BY
    )
    Example.objects.create(
        text="Die Fräse steht.", source_kind=retention.CASE, source_uuid=case.uuid, topics=["netz"], offers=[]
    )
    return cases.close(case=case, outcome="helped", by=BY)


def left_of(case: Case) -> list[str]:
    """Every personal word that is still stored about `case`."""
    case.refresh_from_db()
    found = [case.name, case.email, case.phone, case.firm, case.text]
    found += [row.text for row in case.thread.all()]
    found += [row.place for row in case.appointments.all()] + [row.note for row in case.follow_ups.all()]
    return [word for word in found if word]


def figures() -> dict:
    counted = indicators.figures(start=dt.date(2020, 1, 1), end=dt.date(2040, 1, 1))
    return {key: (row.total, row.by) for key, row in counted.items()}


def test_every_trigger_of_the_policy_file_is_carried_out():
    assert {purpose.months_after for purpose in policy.purposes()} == set(retention.TRIGGERS)


def test_a_closed_case_goes_after_its_term_and_not_before(world):
    case = lived(world)
    with after(months=23.9):
        retention.run(by=BY)
        assert left_of(case)
    with after(months=24.1):
        assert retention.counted()["cases"] == 1
        assert retention.run(by=BY)["cases"] == 1
        assert left_of(case) == []
        assert (case.person, case.outcome, case.topic) == (None, "helped", case.topic)
        assert not Example.objects.exists()
        assert not Token.objects.filter(subject_uuid=case.uuid, revoked_at=None).exists()
        assert retention.run(by=BY)["cases"] == 0  # once


def test_an_open_case_stays_however_old(world):
    case = contact_point.case(world.lead)
    with after(months=100):
        retention.run(by=BY)
    assert left_of(case)


def test_letters_lose_what_they_said_and_to_whom(world):
    lived(world)
    with after(months=7):
        assert retention.run(by=BY)["letters"] == Letter.objects.count() > 0
    assert {(row.recipient_mail, row.recipient_name, row.text, row.reply_to) for row in Letter.objects.all()} == {
        ("",) * 4
    }


def test_people_and_firms_go_when_nobody_was_in_touch_for_long(world):
    lived(world)
    before = figures()
    with after(months=35.9):
        counts = retention.run(by=BY)
        assert (counts["persons"], counts["companies"]) == (0, 0)
    with after(months=36.2):
        counts = retention.run(by=BY)
        assert (counts["persons"], counts["companies"]) == (1, 1)
    assert not Person.objects.exists()
    firm = Company.objects.get()
    assert (firm.name, firm.is_cover_name, firm.email) == (f"Betrieb {firm.pk}", True, "")
    assert Step.objects.filter(company=firm).exists()
    assert figures() == before


def test_a_new_contact_keeps_them(world):
    lived(world)
    with after(months=30):
        enquiries.send(
            submission=contact_point.uuid.uuid4(),
            enquiry=enquiries.Enquiry(text="Noch etwas.", name="Jana Ölmann", email=MAIL, person=Person.objects.get()),
            by=VISITOR,
        )
    with after(months=40):
        retention.run(by=BY)
        assert Person.objects.exists()


def test_a_firm_with_aid_keeps_its_name_for_ten_years(world):
    lived(world)
    firm = Company.objects.get()
    aid.declare(company=firm, granted_on=TODAY, amount=1000, rule="2023/2831", by=BY)
    with after(months=119):
        retention.run(by=BY)
        firm.refresh_from_db()
        assert not firm.is_cover_name
    with after(months=121):
        retention.run(by=BY)
        firm.refresh_from_db()
        assert firm.is_cover_name


def test_a_consent_that_stands_keeps_its_person_and_the_proof_of_a_withdrawn_one_goes(world):
    person = persons.find_or_create(name="Jana Ölmann", email=MAIL, by=BY)
    consents.give(person=person, purpose="newsletter", text_version="1", channel="web", by=BY)
    with after(months=40):
        retention.run(by=BY)
        assert Person.objects.exists()
        consents.withdraw(person=person, purpose="newsletter", by=BY)
    with after(months=77):
        retention.run(by=BY)
    assert not Consent.objects.exists()


def test_who_left_loses_name_login_and_hours_while_the_partners_hours_stay(world):
    lived(world)
    user = users.create(email="anna@centre.example", name="Anna", password="x", by=BY)
    members.link(member=world.anna, user=user, by=BY)
    Membership.objects.filter(member=world.anna).update(valid_to=TODAY)
    User.objects.filter(pk=user.pk).update(is_active=False)
    hours = sum(row.hours for row in Contribution.objects.all())
    with after(months=11.9):
        assert retention.run(by=BY)["members"] == 0
    with after(months=12.1):
        assert retention.run(by=BY)["members"] == 1
    world.anna.refresh_from_db()
    user.refresh_from_db()
    assert (world.anna.email, world.anna.user, user.name) == ("", None, "")
    assert "anna" not in user.email
    assert sum(row.hours for row in Contribution.objects.all()) == hours
    assert not Contribution.objects.exclude(staff_number=None).exists()
    world.ben.refresh_from_db()
    assert world.ben.name == "Ben"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(months=st.integers(0, 200), firms=st.integers(1, 3))
def test_no_figure_changes_whatever_is_removed_when(world, months, firms):
    for number in range(firms):
        firm = companies.find_or_create(name=f"Firma {number}", by=BY)
        steps.record(
            day=TODAY,
            source=steps.Source("test", contact_point.uuid.uuid4(), "x"),
            occasion=steps.Occasion("visit", contact_point.uuid.uuid4()),
            format="inform",
            topic=world.topic,
            partner=world.lead,
            company=firm,
            by=BY,
        )
    before = figures()
    with after(months=months):
        retention.run(by=BY)
    assert figures() == before


def test_who_asks_to_be_forgotten_is_forgotten_at_once(world):
    case, other = lived(world), contact_point.case(world.lead, email="ben@andere.example", name="Ben Andere")
    contact_point.case(world.lead, email=MAIL.upper())
    before = figures()
    counts = rights.erase(mail=MAIL, by=BY)
    assert (counts["persons"], counts["cases"]) == (1, 2)
    assert left_of(case) == []
    assert left_of(other)
    assert not Person.objects.exists()
    assert not Letter.objects.filter(recipient_mail__iexact=MAIL).exists()
    assert figures() == before
    assert AuditEvent.objects.filter(event="person:erased").exists()
    with pytest.raises(DomainError, match="nothing about"):
        rights.erase(mail=MAIL, by=BY)


def test_a_sole_traders_firm_goes_with_them_and_no_other(world):
    alone = companies.find_or_create(name="Tischlerei Jana Ölmann", is_sole_trader=True, by=BY)
    large = companies.find_or_create(name="Werk GmbH", by=BY)
    for firm in (alone, large):
        persons.find_or_create(name="Jana Ölmann", email=MAIL, company=firm, by=BY)
    rights.erase(mail=MAIL, by=BY)
    assert [row.is_cover_name for row in Company.objects.order_by("id")] == [True, False]


def test_somebody_of_the_centre_is_not_forgotten_by_a_mail_address(world):
    with pytest.raises(DomainError, match="Let them leave"):
        rights.erase(mail=world.anna.email, by=BY)


def test_everything_about_a_person_is_in_the_file_they_get(world):
    lived(world)
    archive = zipfile.ZipFile(io.BytesIO(rights.export(mail=MAIL)))
    document = json.loads(archive.read("data.json"))
    html = archive.read("data.html").decode()
    for said in (
        "Die Fräse steht.",
        "Kommen Sie, Frau Ölmann.",
        "Jana sagt",
        "Bei Jana",
        "Jana anrufen",
        "Ölmann GmbH",
    ):
        assert said in json.dumps(document, ensure_ascii=False)
        assert said in html
    assert document["purposes"][0]["kept"] == "24 months after case closed"
    assert len(document["letters"]) == Letter.objects.filter(recipient_mail=MAIL).count()
