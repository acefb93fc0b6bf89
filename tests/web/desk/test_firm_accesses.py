"""Accesses at the desk: requests with their evidence, and by telephone what a firm does by itself."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies.actions import accesses, consents, persons
from wegweiser.companies.events import Event
from wegweiser.companies.models import Access, AccessRequest, Company, Consent, Person
from wegweiser.crossings import entrances
from wegweiser.enquiries.models import Referral
from wegweiser.kernel import audit, clock
from wegweiser.outbox.models import Letter


@pytest.fixture
def firm(world):
    found = builders.company("Fräserei Ölmann")
    found.postcode, found.place, found.street = "39104", "Magdeburg", "Breiter Weg 1"
    found.save()
    return found


@pytest.fixture
def jana(firm):
    return persons.find_or_create(name="Jana Ölmann", email="jana@oelmann.example", company=firm, by=BY)


@pytest.fixture
def address(firm):
    return reverse("desk:firm_accesses", kwargs={"uuid": firm.uuid})


LIST = "/desk/betriebe/zugaenge/"


def ask(mail: str = "uwe@gmx.de", name: str = "Uwe Neu", firm: str = "Fräserei Ölmann") -> AccessRequest:
    started = accesses.start(email=mail, language="de", by=BY)
    return accesses.ask(asked=started, name=name, firm=firm, postcode="39104", place="Magdeburg", by=BY)


def test_a_request_waits_on_the_first_page_and_shows_its_evidence(anna, firm, jana):
    ask(mail=jana.email)
    ask()
    assert LIST in anna.get("/desk/").content.decode()
    page = anna.get(LIST).content.decode()
    assert "Person mit dieser E-Mail-Adresse ist dort bekannt" in page
    assert "gleicher Name" in page
    assert "freies Postfach" in page


def test_one_click_lets_in_the_first_of_a_firm_who_gets_a_link(anna, firm):
    asked = ask()
    anna.post(LIST, {"do": "yes", "anfrage": asked.uuid, "betrieb": firm.uuid})
    access = Access.objects.get()
    assert (access.company, access.right, access.evidence) == (firm, "persons", "adviser")
    assert "/mein-betrieb/einloggen/" in Letter.objects.get().text
    assert Person.objects.get(name="Uwe Neu").positions.get().company == firm


def test_a_firm_that_nobody_knows_is_made_with_the_yes(anna, world):
    asked = ask(firm="Ganz neue GmbH")
    anna.post(LIST, {"do": "yes", "anfrage": asked.uuid, "betrieb": "neu"})
    assert Access.objects.get().company == Company.objects.get(name="Ganz neue GmbH", place="Magdeburg")


@pytest.mark.parametrize(
    ("host", "said"), [("mail.example", "Die E-Mail ist unterwegs."), ("", "Es ist kein Mailserver eingerichtet.")]
)
def test_of_a_link_one_reads_whether_it_can_go_out(anna, jana, address, settings, host, said):
    settings.EMAIL_HOST = host
    page = anna.post(address, {"do": "open", "person": jana.uuid, "right": "all"}, follow=True)
    assert said in page.content.decode()


def test_a_firm_that_is_written_otherwise_is_found_by_search(anna, firm):
    ask(firm="Metallwerkstatt Nord")
    assert str(firm.uuid) not in anna.get(LIST).content.decode()
    assert str(firm.uuid) in anna.get(f"{LIST}?q=Fräserei").content.decode()


def test_a_no_is_friendly_and_changes_no_firm(anna, firm):
    asked = ask()
    anna.post(LIST, {"do": "no", "anfrage": asked.uuid})
    asked.refresh_from_db()
    assert asked.state == "refused"
    assert "Rufen Sie uns kurz an." in Letter.objects.get().text
    assert not Person.objects.exists()


def test_who_decides_second_is_told(anna, firm):
    asked = ask()
    for _ in range(2):
        page = anna.post(LIST, {"do": "yes", "anfrage": asked.uuid, "betrieb": firm.uuid}, follow=True)
    assert "schneller" in page.content.decode()
    assert Access.objects.count() == 1


def test_an_address_that_was_not_proven_is_not_in_the_list(anna, firm):
    started = accesses.start(email="uwe@gmx.de", language="de", by=BY)
    assert "uwe@gmx.de" not in anna.get(LIST).content.decode()
    assert anna.post(LIST, {"do": "yes", "anfrage": started.uuid, "betrieb": firm.uuid}).status_code == 404


def test_a_call_opens_changes_and_ends_an_access(anna, jana, address):
    anna.post(address, {"do": "open", "person": jana.uuid})
    access = Access.objects.get()
    assert access.right == "persons"
    anna.post(address, {"do": "right", "person": jana.uuid, "right": "all"})
    anna.post(address, {"do": "end", "person": jana.uuid})
    access.refresh_from_db()
    assert (access.right, bool(access.ended_at)) == ("all", True)


def test_a_code_is_shown_once_to_be_read_out_and_logs_in(anna, client, jana, firm, address):
    entrances.open_for(company=firm, person=jana, right="all", by=BY)
    page = anna.post(address, {"do": "code", "person": jana.uuid}).content.decode()
    code = page.partition('<strong class="ww-code">')[2].partition("<")[0]
    assert client.post("/mein-betrieb/code/", {"code": code})["Location"] == "/mein-betrieb/"


@pytest.mark.parametrize("way", ["code", "print"])
def test_who_gave_a_code_away_stays_known_and_the_code_does_not(anna, jana, firm, address, world, way):
    access = entrances.open_for(company=firm, person=jana, right="all", by=BY)
    anna.post(address, {"do": way, "person": jana.uuid})
    world.anna.refresh_from_db()
    (told,) = audit.of(access, Event.ACCESS_CODE_TOLD)
    assert (told.actor_kind, told.actor_id) == ("staff", str(world.anna.user.uuid))
    assert told.references == {"person": str(jana.uuid)}


def test_who_wants_letters_gets_the_code_on_paper(anna, jana, firm, address):
    entrances.open_for(company=firm, person=jana, right="all", by=BY)
    jana.channel = "letter"
    jana.save()
    anna.post(address, {"do": "send", "person": jana.uuid})
    letter = Letter.objects.get()
    assert (letter.channel, letter.recipient_address[0]) == ("letter", "Fräserei Ölmann")
    assert "/mein-betrieb/code/" in letter.text


def test_a_consent_is_withdrawn_on_the_telephone(anna, jana, address):
    consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
    anna.post(address, {"do": "withdraw", "person": jana.uuid, "purpose": "news"})
    assert Consent.objects.get().withdrawn_at


@pytest.fixture
def passed_on(world, firm, jana):
    def make(partner=world.lead, **of):
        given = {"company": firm, "name": "Jana Ölmann", **of}
        return Referral.objects.create(
            case=contact_point.case(partner, topic=world.topic, **given),
            recipient="Netz Nord",
            partner=world.lead,
            member=world.anna,
            consent_text="Ja.",
            consent_version="1",
            consent_way="phone",
            consent_on=clock.today(),
        )

    return make


@pytest.mark.parametrize("by_mail", [False, True], ids=["person", "mail"])
def test_the_consent_to_pass_an_enquiry_on_stands_with_the_others_and_is_withdrawn(
    anna, jana, passed_on, address, by_mail
):
    other = persons.find_or_create(name="Ben Neu", company=jana.positions.get().company, by=BY)
    row = passed_on(**({"email": "JANA@oelmann.example"} if by_mail else {"person": jana}))
    assert "Einwilligung „Weitergabe an Netz Nord“ vom 02.03.2026" in anna.get(address).text
    wrong = {"do": "recall", "person": other.uuid, "weitergabe": row.uuid}
    assert anna.post(address, wrong).status_code == 404
    told = anna.post(address, {**wrong, "person": jana.uuid}, follow=True).text
    row.refresh_from_db()
    assert row.withdrawn_at == clock.now()
    assert "Netz Nord Bescheid" in told
    assert "Weitergabe an Netz Nord" not in told


def test_the_search_for_consents_finds_what_was_passed_on_and_it_is_withdrawn_there(anna, jana, passed_on):
    row = passed_on(person=jana)
    there = reverse("desk:invitation_consents")
    assert "Weitergabe an Netz Nord" not in anna.get(there).text
    for word in ("ölmann", "jana@oelmann.example"):
        assert "Weitergabe an Netz Nord" in anna.get(there, {"q": word}).text
    assert "Weitergabe an Netz Nord" not in anna.get(there, {"q": "kunz"}).text
    assert "Netz Nord Bescheid" in anna.post(there, {"do": "recall", "weitergabe": row.uuid}, follow=True).text
    assert "Weitergabe an Netz Nord" not in anna.get(there, {"q": "ölmann"}).text
    assert anna.post(there, {"do": "recall", "weitergabe": jana.uuid}).status_code == 404


@pytest.mark.parametrize("typed", ["ölmann", "Ölmann", "ÖLMANN"])
def test_the_search_finds_who_is_no_known_person_however_an_umlaut_is_typed(anna, passed_on, typed):
    passed_on(person=None)
    there = reverse("desk:invitation_consents")
    assert "Weitergabe an Netz Nord" in anna.get(there, {"q": typed}).text


PHONE = "0391 5448619"


@pytest.mark.parametrize(
    "typed",
    [
        *("JANA@oelmann.example", "Jana jana@oelmann.example", "0391 / 544 86-19", "+49 391 5448619"),
        *("Jana Ölmann", "oelmann jana", "Frau Ölmann Fräserei", "Ölmann Magdeburg", "ÖLMANN, Fräserei"),
    ],
)
def test_another_partner_s_consent_is_found_by_who_is_on_the_telephone_and_withdrawn(
    anna, world, jana, passed_on, typed
):
    row = passed_on(partner=world.other, person=None, email="jana@oelmann.example", phone=PHONE)
    there = reverse("desk:invitation_consents")
    page = anna.get(there, {"q": typed}).text
    assert "Weitergabe an Netz Nord" in page
    assert "<strong>Jana Ölmann</strong>" in page
    assert '<span class="ww-muted">jana@oelmann.example' not in page, "to withdraw one needs no address"
    assert str(row.case.uuid) not in page
    assert row.case.reference not in page
    anna.post(there, {"do": "recall", "weitergabe": row.uuid})
    row.refresh_from_db()
    assert row.withdrawn_at == clock.now()


@pytest.mark.parametrize(
    "typed",
    [
        *("e", "jana", "ölmann", "ölm jana", "Jana Fräserei", "ölmann gmbh", "Frau Ölmann", "ölmann ölmann"),
        *("@", "oelmann.example", "@oelmann.example", "jana@oelmann", "ana@oelmann.example", "a@e", "Ölmann Halle"),
        *("0391", "0391 544", "5448619", "039154486190"),
    ],
)
def test_half_a_name_address_or_number_finds_nothing_of_another_partner(anna, world, jana, passed_on, typed):
    passed_on(partner=world.other, person=None, email="jana@oelmann.example", phone=PHONE, firm="Ölmann GmbH")
    there = reverse("desk:invitation_consents")
    assert "Weitergabe an Netz Nord" not in anna.get(there, {"q": typed}).text


@pytest.mark.parametrize("typed", ["jana", "lma", "@oelmann", "Ölmann Jana", PHONE])
def test_of_one_s_own_partner_any_part_of_a_name_finds_it_with_its_address(client, world, passed_on, typed):
    passed_on(partner=world.other, person=None, email="jana@oelmann.example", phone=PHONE)
    client.force_login(staff.login(world.ben))
    page = client.get(reverse("desk:invitation_consents"), {"q": typed}).text
    assert "Weitergabe an Netz Nord" in page
    assert '<span class="ww-muted">jana@oelmann.example' in page


def test_another_partner_s_consents_are_shown_at_a_firm_only_when_asked_for(
    anna, client, world, jana, address, passed_on
):
    row = passed_on(partner=world.other, person=None, name="Karl Kunz", email="jana@oelmann.example")
    page = anna.get(address).text
    assert "Netz Nord" not in page
    assert f"?weitergaben={jana.uuid}" in page
    opened = f"{address}?weitergaben={jana.uuid}"
    page = anna.get(opened).text
    assert "Einwilligung „Weitergabe an Netz Nord“ vom 02.03.2026, Karl Kunz" in page
    assert row.case.reference not in page
    anna.post(opened, {"do": "recall", "person": jana.uuid, "weitergabe": row.uuid})
    row.refresh_from_db()
    assert row.withdrawn_at == clock.now()
    passed_on(partner=world.other, person=jana)
    client.force_login(staff.hire("management", world.lead))
    page = client.get(address).text
    assert "Weitergabe an Netz Nord“ vom 02.03.2026</span>" in page, "the management reads every case"
    assert "?weitergaben=" not in page


def test_who_is_kept_for_a_proof_alone_is_not_found(anna, jana, passed_on):
    passed_on(person=jana)
    Person.objects.filter(pk=jana.pk).update(restricted_at=clock.now())
    there = reverse("desk:invitation_consents")
    assert "Weitergabe an Netz Nord" not in anna.get(there, {"q": "jana"}).text


def test_only_who_answers_for_persons_erases_and_is_asked_first(anna, client, jana, address, world):
    assert anna.post(address, {"do": "erase", "person": jana.uuid}).status_code == 404
    client.force_login(staff.hire("management", world.lead))
    assert "Ja, löschen" in client.get(f"{address}?loeschen={jana.uuid}").content.decode()
    assert Person.objects.filter(pk=jana.pk).exists()
    client.post(address, {"do": "erase", "person": jana.uuid})
    assert not Person.objects.filter(pk=jana.pk).exists()


def test_the_copy_for_a_person_is_given_by_who_answers_for_persons(anna, client, jana, firm, world):
    there = reverse("desk:firm_person_copy", kwargs={"uuid": firm.uuid, "person": jana.uuid})
    assert anna.get(there).status_code == 403
    client.force_login(staff.hire("management", world.lead))
    archive = zipfile.ZipFile(io.BytesIO(client.get(there).content))
    assert "Jana Ölmann" in archive.read("auskunft.json").decode()
    foreign = reverse("desk:firm_person_copy", kwargs={"uuid": firm.uuid, "person": firm.uuid})
    assert client.get(foreign).status_code == 404


def test_old_requests_are_forgotten(firm):
    ask()
    accesses.start(email="nie@firma.example", language="de", by=BY)
    with clock.stopped_at(clock.now() + accesses.UNPROVEN * 2):
        assert accesses.forget_requests(by=BY) == 1
    assert AccessRequest.objects.get().email == "uwe@gmx.de"


def test_three_persons_cost_as_many_queries_as_one(anna, firm, jana, address, django_assert_num_queries):
    entrances.open_for(company=firm, person=jana, right="persons", by=BY)
    anna.get(address)
    for number in range(2):
        with django_assert_num_queries(15):
            anna.get(address)
        persons.find_or_create(name=f"Kollege {number}", company=firm, by=BY)


@pytest.mark.parametrize(
    ("channel", "words"), [("none", "Hier wünscht man keine Nachrichten."), ("phone", "Hier wünscht man Anrufe.")]
)
@pytest.mark.parametrize("by_firm", [False, True], ids=["person", "firm"])
def test_who_wants_no_mail_gets_no_link_but_may_be_read_a_code(anna, firm, jana, address, channel, words, by_firm):
    chooses = firm if by_firm else jana
    chooses.channel = channel
    chooses.save()
    given = anna.post(address, {"do": "open", "person": jana.uuid, "right": "all"}, follow=True).content.decode()
    assert Access.objects.get().person == jana
    sent = anna.post(address, {"do": "send", "person": jana.uuid}, follow=True).content.decode()
    for page in (given, sent):
        assert f"Nicht gesendet: {words}" in page
    assert not Letter.objects.exists()
    assert "Code für Jana Ölmann" in anna.post(address, {"do": "code", "person": jana.uuid}).content.decode()


@pytest.mark.parametrize("channel", ["none", "phone"])
def test_no_link_is_offered_to_a_mailbox_that_somebody_else_wants_none_in(anna, firm, jana, address, channel):
    kin = persons.find_or_create(name="Karl Kunz", email="karl@kunz.example", by=BY)
    Person.objects.filter(pk=kin.pk).update(email="JANA@oelmann.example", channel=channel)
    assert "Es geht keine E-Mail hinaus" in anna.get(address).text
    entrances.open_for(company=firm, person=jana, right="all", by=BY)
    page = anna.get(address).text
    assert "Neuen Link schicken" not in page
    assert "Kontakt: E-Mail" in page, "what somebody else wishes is not told of her"


# --- Who is known by the telephone alone ---------------------------------------------------------------------------


@pytest.fixture
def caller(firm):
    return persons.find_or_create(name="Uwe Neu", phone="+493915550142", company=firm, by=BY)


def test_an_adviser_says_that_who_asks_is_whom_we_know_by_the_telephone(anna, firm, caller):
    asked = ask()
    page = anna.get(LIST).text
    assert "bisher ohne E-Mail-Adresse bekannt" in page
    assert f'value="{firm.uuid}:{caller.uuid}"' in page
    anna.post(LIST, {"do": "yes", "anfrage": asked.uuid, "betrieb": f"{firm.uuid}:{caller.uuid}"})
    caller.refresh_from_db()
    assert (Access.objects.get().person, caller.email) == (caller, "uwe@gmx.de")


def test_without_that_it_is_somebody_new(anna, firm, caller):
    anna.post(LIST, {"do": "yes", "anfrage": ask().uuid, "betrieb": firm.uuid})
    caller.refresh_from_db()
    assert (Access.objects.get().person == caller, caller.email) == (False, "")


@pytest.mark.parametrize("where", ["another name", "another firm", "an address"])
def test_nobody_else_is_taken_for_them(anna, world, firm, jana, where):
    other = builders.company("Tischlerei Kunz")
    person = {
        "another name": persons.find_or_create(name="Karl Kunz", company=firm, by=BY),
        "another firm": persons.find_or_create(name="Uwe Neu", company=other, by=BY),
        "an address": jana,
    }[where]
    asked = ask(name="Jana Ölmann" if where == "an address" else "Uwe Neu")
    assert str(person.uuid) not in anna.get(LIST).text
    anna.post(LIST, {"do": "yes", "anfrage": asked.uuid, "betrieb": f"{firm.uuid}:{person.uuid}"})
    before = person.email
    person.refresh_from_db()
    assert (Access.objects.exists(), person.email) == (False, before)
