"""One case at the desk: what may be done, what is said afterwards, and what others never see."""

import datetime as dt
import html
import re
import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.models import Entry
from wegweiser.companies import queries as companies_queries
from wegweiser.companies.actions import companies, facts, persons
from wegweiser.companies.models import Channel, Company, Fact
from wegweiser.consortium.models import Role
from wegweiser.crossings import appointments, enquiries
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import Appointment, Case, Contribution, Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter

TODAY = MONDAY.date()


@pytest.fixture
def world(db, settings):
    settings.EMAIL_HOST = "mail.example"
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    client.force_login(staff.login(world.anna))
    return client


@pytest.fixture
def ben(client, world):
    client.force_login(staff.login(world.ben))
    return client


def page(case):
    return reverse("desk:case", kwargs={"uuid": case.uuid})


def send(client, case, verb, **fields):
    given = {f"{verb}-{name}": value for name, value in {"submission": uuid.uuid4(), **fields}.items()}
    return client.post(page(case), {"do": verb, **given}, follow=True)


def firm_of(case, **fields):
    firm = companies.find_or_create(name="Fräse GmbH", by=BY)
    cases.link(case=case, company=firm, by=BY)
    return firm


# --- What others never see ----------------------------------------------------------------------------------------


def test_the_search_finds_no_case_of_another_partner(ben, world):
    """Negative control: the same words find the adviser's own case."""
    contact_point.case(world.lead, name="Jana Fremd")
    own = contact_point.case(world.other, name="Jana Eigen")
    found = ben.get(reverse("desk:search"), {"q": "Jana"})
    assert [case.reference for case in found.context["cases"]] == [own.reference]
    assert "Jana Fremd" not in found.text


def test_the_management_finds_the_cases_of_all(client, world):
    contact_point.case(world.lead, name="Jana Fremd")
    client.force_login(staff.hire(Role.MANAGEMENT, world.other))
    assert "Jana Fremd" in client.get(reverse("desk:search"), {"q": "Jana"}).text


def test_the_page_of_a_firm_shows_who_is_responsible_but_not_what_they_promised(client, world):
    case = contact_point.case(world.lead)
    firm = firm_of(case)
    cases.take(case=case, member=world.anna, by=BY)
    follow_ups.set(case=case, company=firm, partner=world.lead, due_on=TODAY, note="Preis verhandeln", by=BY)
    address = reverse("desk:company", kwargs={"uuid": firm.uuid})
    client.force_login(staff.login(world.ben))
    foreign = client.get(address)
    assert "Anna" in foreign.text
    assert "Preis verhandeln" not in foreign.text
    client.force_login(staff.login(world.anna))
    assert "Preis verhandeln" in client.get(address).text


def test_a_colleague_ticks_off_what_somebody_is_away_for_and_nobody_else_does(client, world):
    carla = contact_point.member("Carla", world.lead)
    promise, _ = follow_ups.set(
        case=contact_point.case(world.lead), partner=world.lead, member=world.anna, due_on=TODAY, note="Ruf", by=BY
    )
    address = reverse("desk:follow_up_done", kwargs={"uuid": promise.uuid})
    client.force_login(staff.login(world.ben))
    assert client.post(address).status_code == 404
    client.force_login(staff.login(carla))
    assert client.post(address).status_code == 302
    promise.refresh_from_db()
    assert promise.done_at


# --- What is said afterwards --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "said"), [("mail.example", "Die E-Mail ist unterwegs."), ("", "Es ist kein Mailserver eingerichtet.")]
)
def test_after_an_answer_one_reads_where_it_is(anna, world, settings, host, said):
    settings.EMAIL_HOST = host
    case = contact_point.case(world.lead)
    answer = send(anna, case, "answer", text="Kommen Sie vorbei.")
    assert answer.text.count(said) == 2  # as a message, and in the thread


def test_without_a_mail_server_the_post_does_not_say_that_all_went_out(anna, world, settings):
    settings.EMAIL_HOST = ""
    send(anna, contact_point.case(world.lead), "answer", text="Kommen Sie vorbei.")
    text = anna.get(reverse("desk:letters")).text
    assert "Eine E-Mail wartet darauf." in text
    assert "keine E-Mail ist liegen geblieben" not in text


def test_a_mail_that_failed_says_so_in_the_thread(anna, world):
    case = contact_point.case(world.lead)
    send(anna, case, "answer", text="Kommen Sie vorbei.")
    Letter.objects.update(state="failed", failure="550 no such user")
    assert "Die E-Mail ist nicht angekommen." in anna.get(page(case)).text


def test_a_talk_stands_in_the_thread_by_its_day_not_by_the_moment_of_writing(anna, world):
    case = contact_point.case(world.lead)
    cases.log(case=case, member=world.anna, kind="talk", day=dt.date(2026, 2, 26), minutes=20, by=BY)
    assert '<time datetime="2026-02-26">26.02.2026</time>' in anna.get(page(case)).text


# --- What may be done ---------------------------------------------------------------------------------------------


def test_who_chose_the_telephone_is_not_written_to(anna, world):
    case = contact_point.case(world.lead)
    person = persons.find_or_create(name=case.name, email=case.email, by=BY)
    cases.link(case=case, person=person, by=BY)
    assert "answer" in anna.get(page(case)).context["forms"]
    person.channel = Channel.PHONE
    person.save()
    found = anna.get(page(case))
    assert "answer" not in found.context["forms"]
    assert "nur per Telefon" in found.text
    refused = send(anna, case, "answer", text="Trotzdem.")
    assert (refused.status_code, "Trotzdem." in refused.text) == (422, True)  # what was written is not lost
    assert Letter.objects.count() == 0


def test_who_chose_paper_gets_a_letter(anna, world):
    case = contact_point.case(world.lead, email="", phone="+493915550123")
    firm = firm_of(case)
    firm.channel, firm.street, firm.postcode, firm.place = Channel.LETTER, "Weg 1", "06108", "Halle"
    firm.save()
    assert "Per Brief antworten" in anna.get(page(case)).text
    answer = send(anna, case, "answer", text="Kommen Sie vorbei.")
    assert "Der Brief ist noch zu drucken." in answer.text
    assert Letter.objects.get().channel == "letter"


def test_a_closed_case_takes_no_date_even_when_asked_by_hand(anna, world):
    case = contact_point.case(world.lead)
    cases.close(case=case, outcome=Outcome.HELPED, by=BY)
    answer = send(anna, case, "arrange", kind="talk", day="2026-03-09", time="10:00", minutes="30")
    assert "Das geht nicht mehr" in answer.text
    assert Appointment.objects.count() == 0


def test_what_was_suggested_is_a_link(anna, world):
    Entry.objects.create(kind="demonstrator", slug="fraese", title=translated("Fräse"), changed=99)
    Entry.objects.create(kind="event", slug="fraese", title=translated("Fräsen am Abend"), changed=100)
    case = contact_point.case(world.lead)
    Case.objects.update(suggested={"offers": [{"kind": "demonstrator", "slug": "fraese"}]})
    shown = anna.get(page(case)).text
    assert re.search(r'<a href="[^"]*/demonstratoren/fraese/">Fräse</a>', shown)
    assert not re.search(r'<a href="[^"]*/fraese/">Fräsen am Abend</a>', shown), "two kinds may share a slug"


def test_offers_named_on_the_telephone_are_noted_without_a_mail(anna, client, world):
    offer = Entry.objects.get(kind="demonstrator", slug="scanner")
    other = Entry.objects.get(kind="check", slug="standort")
    enquiry = enquiries.Enquiry(text="Belege tippen wir ab.", name="Jana", phone="+493915550123", partner=world.lead)
    sent = enquiries.send(submission=uuid.uuid4(), enquiry=enquiry, by=BY)
    Case.objects.update(suggested={"offers": [{"kind": "demonstrator", "slug": "scanner"}]})
    asked = {"kind": "talk", "day": TODAY.isoformat(), "minutes": "5", "format": "inform", "text": "Nur für uns."}
    shown = anna.get(page(sent.case))
    assert "answer" not in shown.context["forms"]
    assert "kreuzen sie beim Gespräch an" in shown.text
    answer = send(anna, sent.case, "log", **asked, offers=[offer.uuid], more=[other.uuid])
    assert re.search(r"Besprochen:\s+Belege scannen · Standortcheck", answer.text)
    assert sent.case.thread.get(kind="talk").offers == [str(offer.uuid), str(other.uuid)]
    assert not Letter.objects.exists()
    status = client.get(reverse("public:enquiry_status", kwargs={"token": sent.status_secret})).text
    assert "Darüber haben wir am 2. März 2026 gesprochen" in status
    assert re.search(r'<a href="/demonstratoren/scanner/">Belege scannen</a>', status)
    assert "/checks/standort/" in status
    assert "Nur für uns." not in status


def test_who_logs_a_talk_with_a_firm_without_a_name_learns_what_it_counts_as(anna, world):
    case = contact_point.case(world.lead, topic=world.topic)
    asked = {"kind": "talk", "day": TODAY.isoformat(), "minutes": "15", "format": "inform"}
    told = "Als erreichtes Unternehmen zählt es, sobald am Anliegen ein Betrieb steht."
    assert told in send(anna, case, "log", **asked).text
    assert told not in send(anna, case, "log", **asked, firm="Holzbau Abel").text


def test_a_talk_without_offers_adds_no_card_to_the_status_page(anna, client, world):
    enquiry = enquiries.Enquiry(text="Belege tippen wir ab.", name="Jana", phone="+493915550123", partner=world.lead)
    sent = enquiries.send(submission=uuid.uuid4(), enquiry=enquiry, by=BY)
    logged = send(anna, sent.case, "log", kind="talk", day=TODAY.isoformat(), minutes="5", format="inform")
    assert "Festgehalten. Im Förderbericht zählt es nicht: Gespräche zählen dort ab zehn Minuten." in logged.text
    status = client.get(reverse("public:enquiry_status", kwargs={"token": sent.status_secret})).text
    assert "Gespräch mit Ihnen" in status
    assert "Darüber haben wir" not in status


def test_an_offer_that_is_none_is_refused_and_the_talk_not_lost(anna, world):
    case = contact_point.case(world.lead, email="", phone="+493915550123")
    asked = {"kind": "talk", "day": TODAY.isoformat(), "minutes": "5", "format": "inform", "text": "Steht noch da."}
    answer = send(anna, case, "log", **asked, more=[uuid.uuid4()])
    assert (answer.status_code, "Steht noch da." in answer.text) == (422, True)
    assert not case.thread.exists()


def test_the_post_of_a_date_belongs_to_its_case(anna, world):
    case = contact_point.case(world.lead)
    given = {"kind": "talk", "starts_at": MONDAY + dt.timedelta(days=2), "invite": True}
    appointments.arrange(case=case, member=world.anna, **given, by=BY)
    Letter.objects.update(state="failed", failure="550 no such user")
    assert case.reference in anna.get(reverse("desk:letters")).text


# --- The menu -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "there", "missing"),
    [
        (Role.ADVISER, {"Anliegen", "Post", "Förderbericht"}, {"Audit"}),
        (Role.FUNDER, {"Förderbericht", "Hilfe"}, {"Anliegen", "Post", "Betriebe", "Team"}),
        (Role.CHECK_IN, {"Hilfe"}, {"Anliegen", "Förderbericht"}),
    ],
)
def test_the_menu_holds_what_one_may_open(client, world, role, there, missing):
    client.force_login(staff.hire(role, None if role == Role.FUNDER else world.lead))
    links = client.get(reverse("desk:help")).text
    menu = links[links.index("ww-header__nav") : links.index("<main")]
    assert all(f">{label}<" in menu for label in there)
    assert not any(f">{label}<" in menu for label in missing)


# --- Which firm it is ---------------------------------------------------------------------------------------------


def test_none_of_the_known_firms_makes_another_one(anna, world):
    known = companies.find_or_create(name="Tischlerei Muster GmbH", place="Magdeburg", by=BY)
    linked, logged = (contact_point.case(world.lead, firm="Tischlerei Muster", topic=world.topic) for _ in range(2))
    shown = anna.get(page(linked)).content.decode()
    assert [text for text in (known.name, "keiner davon, als neuen Betrieb anlegen") if text not in shown] == []
    send(anna, linked, "link", company="other", firm="Tischlerei Muster")
    talk = {"kind": "talk", "day": TODAY, "minutes": 15, "format": "inform"}
    send(anna, logged, "log", **talk, company="other", firm="Tischlerei Muster")
    for case in (linked, logged):
        case.refresh_from_db()
        assert case.company
        assert case.company != known


@pytest.mark.parametrize("chosen", [True, False])
def test_a_firm_of_the_same_name_is_not_made_twice_unless_somebody_says_so(anna, world, chosen):
    known = companies.find_or_create(name="Tischlerei Muster GmbH", place="Magdeburg", by=BY)
    case = contact_point.case(world.lead, firm="Tischlerei Muster", topic=world.topic)
    send(anna, case, "link", **({"company": known.pk} if chosen else {}), firm="Tischlerei Muster")
    case.refresh_from_db()
    assert case.company == known


def test_logging_an_old_talk_leaves_what_was_known_of_the_firm_as_it_was(anna, world):
    case = contact_point.case(world.lead, topic=world.topic)
    firm = firm_of(case)
    for size, days in (("micro", 300), ("small", 5)):
        since = TODAY - dt.timedelta(days=days)
        facts.declare(company=firm, kind=Fact.Kind.SIZE, value=size, valid_from=since, by=BY)
    day = TODAY - dt.timedelta(days=60)
    shown = {"size": "small", "sector": "", "district": ""}
    send(anna, case, "log", kind="talk", day=day, minutes=15, format="inform", **shown)
    assert Contribution.objects.filter(case=case, kind="talk").exists()
    assert [row.value for row in Fact.objects.filter(company=firm).order_by("id")] == ["micro", "small"]
    send(anna, case, "log", kind="talk", day=TODAY, minutes=15, format="inform", **{**shown, "size": "medium"})
    assert Fact.objects.filter(company=firm).order_by("id").last().value == "medium"


@pytest.mark.parametrize(("said", "known"), [("micro", "small"), ("medium", "medium")])
def test_an_untouched_form_does_not_overrule_what_a_colleague_learnt_meanwhile(anna, world, said, known):
    case = contact_point.case(world.lead, topic=world.topic)
    firm = firm_of(case)
    since = TODAY - dt.timedelta(days=9)
    facts.declare(company=firm, kind=Fact.Kind.SIZE, value="micro", valid_from=since, by=BY)
    form = anna.get(page(case)).context["forms"]["log"]
    shown = html.unescape(re.search(r'value="([^"]*)"', str(form["shown"]))[1])
    facts.declare(company=firm, kind=Fact.Kind.SIZE, value="small", valid_from=TODAY, by=BY)
    send(anna, case, "log", kind="talk", day=TODAY, minutes=15, format="inform", size=said, shown=shown)
    assert Contribution.objects.filter(case=case, kind="talk").exists()
    assert companies_queries.fact(firm, Fact.Kind.SIZE, TODAY).value == known


def test_who_is_kept_for_a_proof_only_is_in_no_list(anna, world):
    firm = companies.find_or_create(name="Fräse GmbH", by=BY)
    case = contact_point.case(world.lead, firm="Fräse", topic=world.topic)
    other = contact_point.case(world.lead, firm="")
    cases.link(case=other, company=firm, by=BY)
    found = "/desk/suche/?q=Fr%C3%A4se"

    def told() -> list[bool]:
        looked_for = [("/desk/betriebe/", firm.name), (page(case), firm.name), (found, other.reference)]
        return [text in anna.get(address).content.decode() for address, text in looked_for]

    assert told() == [True, True, True]
    Company.objects.filter(pk=firm.pk).update(restricted_at=clock.now())
    assert told() == [False, False, False]


@pytest.mark.parametrize("who", ["company", "person"])
def test_who_is_kept_for_a_proof_only_is_not_found_by_phone(anna, world, who):
    """Negative control: before, the same digits find the case by its firm or person, and the firm."""
    firm = companies.find_or_create(name="Fräse GmbH", phone="+493915550177" if who == "company" else "", by=BY)
    person = persons.find_or_create(name="Jana", phone="+493915550177" if who == "person" else "", company=firm, by=BY)
    case = contact_point.case(world.lead, name="Jemand", phone="", company=firm, person=person)

    def told() -> list[bool]:
        text = anna.get("/desk/suche/", {"q": "0391 5550177"}).content.decode()
        return [case.reference in text, firm.name in text]

    assert told() == [True, True]
    kept = firm if who == "company" else person
    type(kept).objects.filter(pk=kept.pk).update(restricted_at=clock.now())
    assert told() == [False, False]


def test_a_talk_of_the_year_26_is_a_slip(anna, world):
    case = contact_point.case(world.lead, topic=world.topic)
    response = send(anna, case, "log", kind="talk", day="0026-03-02", minutes=15, format="inform")
    assert "Das Jahr liegt zu weit zurück." in response.content.decode()
    assert not Contribution.objects.filter(case=case, kind="talk").exists()
