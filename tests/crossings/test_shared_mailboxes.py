"""One of several with one mailbox is forgotten, and told of: the others stay, and nothing of theirs is shown."""

import doctest

import pytest

from tests.contact_point import BY
from tests.crossings.test_erasure import ask
from wegweiser.companies.actions import companies, consents, persons
from wegweiser.companies.models import Consent, Person
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import company_data, namesakes, personal_data
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError

MAIL = "info@b.example"


@pytest.mark.one_database
def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(namesakes).failed == 0


@pytest.fixture
def two(world):
    firm = companies.find_or_create(name="Blech B GmbH", email=MAIL, by=BY)
    made = [persons.find_or_create(name=f"{name} Müller", email=MAIL, company=firm, by=BY) for name in ("Jana", "Kurt")]
    for person in made:
        consents.give(person=person, purpose="news", text_version="1", channel="web", by=BY)
        case = ask(name=person.name, email=MAIL, firm=firm.name, phone="", text=f"{person.name} fragt").case
        cases.link(case=case, company=firm, person=person, by=BY)
    ask(name="J. Müller", email=MAIL, firm=firm.name, phone="", text="noch einmal Jana")
    ask(name=firm.name, email=MAIL, firm=firm.name, phone="", text="vom Betrieb")
    return made


def texts():
    return sorted(Case.objects.exclude(text="").values_list("text", flat=True))


def test_who_shares_the_mailbox_stays_with_case_and_consent(two):
    jana, kurt = two
    assert company_data.leaving(jana, language="de").others == ["Kurt Müller"]
    company_data.erase(person=jana, by=BY)
    assert texts() == ["Kurt Müller fragt", "vom Betrieb"]
    assert list(Consent.objects.filter(withdrawn_at=None).values_list("person", flat=True)) == [kurt.pk]
    assert list(Person.objects.filter(restricted_at=None)) == [kurt]
    kurt.positions.get().company.refresh_from_db()
    assert kurt.positions.get().company.email == MAIL


def test_with_the_last_one_everything_goes(two):
    for person in two:
        company_data.erase(person=person, by=BY)
    assert texts() == []
    assert not Person.objects.filter(restricted_at=None).exists()


def test_a_copy_shows_nothing_of_the_other(two):
    jana, _kurt = two
    told = str(personal_data.document(consortium.centre(), MAIL, jana.name))
    assert "Jana Müller fragt" in told
    assert "Kurt" not in told


def test_without_a_name_it_is_asked_who_is_meant(two):
    with pytest.raises(DomainError, match="Jana Müller, Kurt Müller") as error:
        personal_data.who(MAIL)
    assert error.value.code == "person_ambiguous"


def test_spellings_of_one_person_are_one(world):
    persons.find_or_create(name="Frau Dr. Jana Müller", email=MAIL, by=BY)
    persons.find_or_create(name="Jana Müller", email=MAIL, by=BY)
    ask(name="Blech B GmbH", email=MAIL, firm="Blech B GmbH", phone="", text="Der Betrieb fragt")
    assert personal_data.who(MAIL) == [MAIL]


def test_who_left_neither_mail_nor_number_is_forgotten_all_the_same(world):
    """As lists bring them: nothing finds them but the row itself, and nobody else of their name is touched."""
    firm = companies.find_or_create(name="Gasthof Zur Linde", by=BY)
    weiss = persons.find_or_create(name="Familie Weiß", company=firm, by=BY)
    other = persons.find_or_create(
        name="Familie Weiß", company=companies.find_or_create(name="Weiß GmbH", by=BY), by=BY
    )
    case = ask(name="Familie Weiß", email="", firm=firm.name, phone="0391 5550199", text="Die Kasse steht.").case
    cases.link(case=case, company=firm, person=weiss, by=BY)
    Person.objects.filter(pk=weiss.pk).update(phone="", email="")
    weiss.refresh_from_db()
    assert company_data.leaving(weiss, language="de").goes
    company_data.erase(person=weiss, by=BY)
    assert not Person.objects.filter(pk=weiss.pk, restricted_at=None).exists()
    assert Person.objects.filter(pk=other.pk, restricted_at=None).exists()
    case.refresh_from_db()
    assert (case.text, case.name, case.phone) == ("", "", "")


@pytest.fixture
def garage(world):
    """A firm of a list that names no people and no legal form."""
    return companies.find_or_create(
        name="Autohaus Karl Schmidt", email=MAIL, phone="+493915448620", street="Weg 1", by=BY
    )


def erased(text: str, name: str = "") -> list[str]:
    items = [item for one in personal_data.who(text, name) for item in erasure.plan_of(one, day=clock.today())]
    return sorted({item.fate.table for item in items})


def test_who_works_there_does_not_take_along_a_firm_of_another_name(garage):
    ask(name="Lea Sommer", email=MAIL, firm=garage.name, phone="0391 5448620", text="aus dem Büro")
    for asked in (MAIL, garage.phone):
        assert erased(asked) == erased(asked, "Lea Sommer") == ["enquiries.Case"]


def test_whoever_it_is_called_after_takes_it_along(garage):
    ask(name="Karl Schmidt", email=MAIL, firm=garage.name, phone="0391 5448620", text="vom Inhaber")
    for asked in (MAIL, garage.phone):
        assert "companies.Company" in erased(asked)


def test_where_nobody_is_known_the_address_tells(garage):
    assert "companies.Company" in erased(MAIL)
