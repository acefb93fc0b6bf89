"""A name and a number that nobody proved lead into no record of somebody else, and write nothing into it."""

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.accounts.actions import tokens
from wegweiser.accounts.queries import valid_token
from wegweiser.companies.actions import accesses, companies, persons
from wegweiser.companies.models import Person
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import colleagues, company_cases, entrances, firms, personal_data, recipients
from wegweiser.enquiries.models import Enquirer
from wegweiser.kernel import clock

NUMBER, MAIL = "+493915550142", "x@evil.example"


@pytest.fixture(autouse=True)
def _addresses(settings):
    """Those of the whole: a mail has a link into the workspace."""
    settings.BASE_URL = "https://zentrum.example"


@pytest.fixture
def uwe(world):
    """He called twice: his record has his name, his published number and no mail."""
    for text in ("Unsere Kasse streikt.", "Und der Drucker auch."):
        case = contact_point.case(
            world.lead, name="Uwe Krause", firm="Krause GmbH", email="", phone=NUMBER, text=text, intake="phone"
        )
        firms.link(case=case, by=BY)
    return Person.objects.get()


@pytest.fixture
def evil(db):
    return companies.find_or_create(name="Evil Software GmbH", website="https://evil.example", by=BY)


def asked(mail=MAIL, **typed):
    """Somebody proves `mail` and types the rest; gives the request and the access that they got at once, if any."""
    row = accesses.start(email=mail, language="de", by=BY)
    secret = tokens.issue(purpose=entrances.PROOF, subject=row.uuid, expires=clock.now() + entrances.QUICK, by=BY)
    token = valid_token(purpose=entrances.PROOF, secret=secret)
    given = {"name": "Uwe Krause", "firm": "Evil Software GmbH", "postcode": "", "place": "", "phone": "", **typed}
    found, entered = entrances.apply(token=token, **given, by=BY)
    return found, entered.access if entered else None


def test_who_is_let_in_by_the_domain_does_not_become_whose_name_and_number_they_typed(uwe, evil):
    _found, access = asked(phone=NUMBER)
    assert access is not None
    assert access.person != uwe
    assert not company_cases.of(access).exists()
    uwe.refresh_from_db()
    assert (uwe.email, uwe.positions.count()) == ("", 1)


def test_nor_does_who_an_adviser_lets_in(uwe, evil):
    found, _access = asked(phone=NUMBER, firm="Etwas anderes")
    access = entrances.confirm(asked=found, company=evil, by=BY)
    assert access.person != uwe
    assert not company_cases.of(access).exists()


def test_nor_does_who_says_to_be_somebody_of_the_same_firm(uwe, world):
    """They may see what the firm lets them; that they are this very person nobody said."""
    found, _access = asked(firm="Etwas anderes")
    firm = uwe.positions.get().company
    access = entrances.confirm(asked=found, company=firm, by=BY)
    private = contact_point.case(world.lead, name="Uwe Krause", email="", phone=NUMBER, person=uwe)
    assert access.person != uwe
    assert private not in company_cases.of(access)
    assert recipients.mail(private) == ""


def test_who_proves_the_mail_that_a_person_has_is_this_person(world, evil):
    uwe = persons.find_or_create(name="Uwe Krause", email="X@Evil.example", by=BY)
    _found, access = asked()
    assert access.person == uwe


def test_an_adviser_may_say_that_it_is_somebody_we_know_by_the_telephone(uwe):
    found, _access = asked(mail="uwe@krause.example", firm="Etwas anderes")
    access = entrances.confirm(asked=found, company=uwe.positions.get().company, person=uwe, by=BY)
    assert access.person == uwe
    assert access.person.email == "uwe@krause.example"
    assert company_cases.of(access).count() == 2


def test_a_colleague_who_is_invited_takes_over_nobody_of_that_name(uwe, evil):
    """Uwe stands at the firm of those who want his record: somebody once typed his name there."""
    persons.find_or_create(name="Uwe Krause", phone=NUMBER, company=evil, by=BY)
    access = colleagues.let_in(company=evil, name="Uwe Krause", mail=MAIL, right="own", language="de", by=BY)
    uwe.refresh_from_db()
    assert (access.person == uwe, uwe.email) == (False, "")


@pytest.mark.parametrize("firm", ["Evil Software GmbH", "Krause GmbH", ""])
def test_a_mail_that_was_typed_is_not_written_into_a_person_found_by_number(world, uwe, evil, firm):
    case = contact_point.case(world.lead, name="Uwe Krause", firm=firm, email=MAIL, phone=NUMBER)
    firms.link(case=case, by=BY)
    uwe.refresh_from_db()
    assert (uwe.email, uwe.positions.count()) == ("", 1), "nor does he work for another firm by it"
    assert [recipients.mail(row) for row in uwe.cases.exclude(pk=case.pk)] == ["", ""]


def test_a_number_that_was_typed_is_not_written_into_a_person_found_by_mail(world):
    """A code to log in is read out there."""
    jana = persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", by=BY)
    case = contact_point.case(world.lead, phone=NUMBER)
    firms.link(case=case, by=BY)
    jana.refresh_from_db()
    assert (case.person, jana.phone) == (jana, "")


def test_a_mail_that_came_before_gets_no_answer_to_a_call(world, evil):
    """Somebody typed Uwe's number beside a mail of theirs before he ever called."""
    first = contact_point.case(
        world.lead, name="Uwe Krause", firm="Evil Software GmbH", email=MAIL, phone=NUMBER, enquirer=Enquirer.COMPANY
    )
    firms.link(case=first, by=BY)
    for firm in ("Krause GmbH", ""):
        call = contact_point.case(world.lead, name="Uwe Krause", firm=firm, email="", phone=NUMBER, intake="phone")
        firms.link(case=call, by=BY)
        assert recipients.mail(call) == ""


def test_who_has_two_mails_is_found_by_the_one_that_is_named(world):
    """Not by the record that is older and has none."""
    firm = companies.find_or_create(name="Krause GmbH", by=BY)
    persons.find_or_create(name="Uwe Krause", company=firm, by=BY)
    named = Person.objects.create(name="Uwe Krause", email="uwe@krause.example")
    assert persons.find_or_create(name="Uwe Krause", email="uwe@krause.example", company=firm, by=BY) == named


def test_the_copy_of_who_was_let_in_has_nothing_of_the_other(uwe, evil):
    _found, access = asked(phone=NUMBER)
    told = str(personal_data.document(consortium.centre(), access.person.email))
    assert MAIL in told
    assert "Kasse" not in told
