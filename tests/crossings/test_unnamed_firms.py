"""A case about a firm that names nobody: it is called after the firm, and the firm is never taken for a person."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies.actions import companies, cover_names
from wegweiser.companies.models import Company
from wegweiser.crossings import barriers, fairs, recipients, referrals, visits
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.outbox.models import Letter


def visited(world, firm):
    told = visits.Told(minutes=60, about="Scanner", day=clock.today(), topic=world.topic, summary=True)
    who = {"company": firm, "member": world.anna, "partner": world.lead, "person": None}
    return visits.log_at_firm(told=told, submission=uuid.uuid4(), by=BY, **who).contribution


@pytest.fixture
def firm(world):
    made = companies.find_or_create(name="Tischlerei Ahorn", phone="0391 5550177", by=BY)
    address = {"street": "Weg 1", "postcode": "39104", "place": "Magdeburg", "email": "info@ahorn.example"}
    Company.objects.filter(pk=made.pk).update(**address)
    return Company.objects.get(pk=made.pk)


def test_a_case_of_a_firm_alone_is_called_after_it_and_names_nobody(world, firm):
    case = visited(world, firm).case
    assert (case.name, case.asker) == ("", "Tischlerei Ahorn")


def test_a_firm_without_a_number_is_visited_too(world, firm):
    Company.objects.filter(pk=firm.pk).update(phone="")
    assert visited(world, Company.objects.get()).case.asker == "Tischlerei Ahorn"


def test_a_summary_goes_to_the_address_of_the_firm(world, firm):
    row = visited(world, firm)
    visits.send_summary(contribution=row, member=world.anna, text="Wie besprochen.", by=BY)
    letter = Letter.objects.get()
    assert (letter.recipient_mail, letter.state) == ("info@ahorn.example", "queued")
    assert "Guten Tag," in letter.text


def test_who_is_named_is_not_written_to_at_the_address_of_the_firm(world, firm):
    case = visited(world, firm).case
    Case.objects.filter(pk=case.pk).update(name="Jana Ahorn")
    assert recipients.mail(Case.objects.get()) == ""


def test_an_address_names_the_firm_once(firm):
    for name in ("", "Tischlerei Ahorn"):
        assert recipients.address_of(name, firm) == ["Tischlerei Ahorn", "Weg 1", "39104 Magdeburg"]
    assert recipients.address_of("Jana Ahorn", firm)[:2] == ["Tischlerei Ahorn", "Jana Ahorn"]


def test_a_cover_name_is_nobodys_name(world):
    cover = cover_names.found(known={}, by=BY)
    case = visited(world, cover).case
    assert case.name == ""
    assert referrals.agreed_parts(case, ["name"]) == []


def test_a_card_of_a_firm_alone_greets_nobody_by_its_name(world):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair = cards.open_fair(title="Handwerksmesse", submission=uuid.uuid4(), **given, by=BY)[0]
    said = {"name": "", "firm": "Fräserei Ölmann", "contact": "info@fraese.example"}
    card = cards.note(fair=fair, **said, submission=uuid.uuid4(), by=BY)[0]
    case = fairs.take(card=card, member=world.anna, by=BY)
    assert (case.name, case.asker) == ("", "Fräserei Ölmann")
    card.refresh_from_db()
    fairs.write(card=card, member=world.anna, text="Schön war es.", by=BY)
    assert Letter.objects.get().text.startswith("Guten Tag,")


def test_whoever_stayed_unnamed_is_not_answered_where_others_of_the_firm_read_it(world, firm):
    called = contact_point.case(world.lead, name="", email="", phone="0171 2223334")
    report = barriers.Barrier(text="Der Kontrast fehlt.", page="/angebote/")
    reported = barriers.report(submission=uuid.uuid4(), barrier=report, by=VISITOR).case
    Case.objects.filter(pk=reported.pk).update(name="", email="")
    for case in (called, reported):
        Case.objects.filter(pk=case.pk).update(company=firm)
        assert recipients.mail(Case.objects.get(pk=case.pk)) == ""
