"""People read the umlauts of a domain; what is linked, stored and sent has the domain as the network does."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Company
from wegweiser.crossings import entrances
from wegweiser.kernel import clock, mail_addresses
from wegweiser.outbox.models import Letter
from wegweiser.web.ui.templatetags.mail_addresses import readable

UMLAUTS, NETWORK = "jana@müller-bau.example", "jana@xn--mller-bau-q9a.example"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.fixture
def firm(world):
    firm = builders.company("Müller Bau")
    Company.objects.filter(pk=firm.pk).update(email=NETWORK, website="https://www.xn--mller-bau-q9a.example/wir")
    firm.refresh_from_db()
    return firm


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Müller", email=UMLAUTS, company=firm, by=BY)


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.mark.parametrize(
    ("address", "read"),
    [
        (NETWORK, UMLAUTS),
        ("JANA@XN--mller-bau-q9a.example", "JANA@müller-bau.example"),
        ("https://www.xn--strae-oqa.example/a?b", "https://www.straße.example/a?b"),
        ("xn--mller-kva@firma.example", "xn--mller-kva@firma.example"),  # before the @ it is a name
        ("https://firma.example/xn--mller-kva", "https://firma.example/xn--mller-kva"),
        ("bank@xn--bnk-7cd.example", "bank@xn--bnk-7cd.example"),  # a Cyrillic а
        ("a@xn--99999999.example", "a@xn--99999999.example"),
        (UMLAUTS, UMLAUTS),
        ("", ""),
    ],
)
def test_an_address_is_read_with_its_umlauts_and_no_other_script(address, read):
    assert mail_addresses.shown(address) == read


def test_of_no_address_nothing_is_read():
    assert (readable(None), readable("")) == ("", "")


def test_at_the_desk_one_reads_umlauts_and_the_link_goes_where_mails_go(anna, world, firm, jana):
    case = contact_point.case(world.lead, email=NETWORK)
    page = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).text
    assert f'<a href="mailto:{NETWORK}">{UMLAUTS}</a>' in page
    people = anna.get(reverse("desk:firm_accesses", kwargs={"uuid": firm.uuid})).text
    assert UMLAUTS in people
    assert "xn--" not in people


def test_a_form_shows_umlauts_and_leaves_what_is_stored(anna, firm, jana):
    there = reverse("desk:firm_person", kwargs={"uuid": firm.uuid, "person": jana.uuid})
    assert f'value="{UMLAUTS}"' in anna.get(there).text
    anna.post(there, {"name": "Jana M. Müller", "email": UMLAUTS, "phone": ""})
    jana.refresh_from_db()
    assert (jana.name, jana.email) == ("Jana M. Müller", NETWORK)


def test_mail_and_website_of_a_firm_are_read_with_umlauts_and_stay_as_they_are(anna, firm):
    there = reverse("desk:company_facts", kwargs={"uuid": firm.uuid})
    page = anna.get(there)
    assert "xn--" not in page.text
    assert "https://www.müller-bau.example/wir" in page.text
    said = {f"firm-{field.name}": field.value() or "" for field in page.context["firm"]}
    anna.post(there, {"do": "firm", **said, "firm-place": "Halle"})
    firm.refresh_from_db()
    assert (firm.place, firm.email) == ("Halle", NETWORK)
    assert firm.website == "https://www.xn--mller-bau-q9a.example/wir"


def test_in_the_workspace_one_reads_umlauts_and_the_mail_goes_out_as_the_network_has_it(client, firm, jana):
    access = entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    sent = client.post(reverse("company:ask"), {"email": UMLAUTS}).text
    assert UMLAUTS in sent
    assert Letter.objects.get().recipient_mail == NETWORK
    client.post(reverse("company:code"), {"code": entrances.code(access=access, by=BY)})
    for name in ("company:people", "company:own_data"):
        page = client.get(reverse(name)).text
        assert UMLAUTS in page
        assert "xn--" not in page
