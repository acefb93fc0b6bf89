"""The sections of the workspace: what each shows, to whom, and that another room can add one."""

import io
import itertools
import json
import re
import uuid
import zipfile

import pytest
from django.db import transaction

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.companies import accesses
from wegweiser.companies.actions import consents, persons
from wegweiser.companies.models import Access, Consent, Person
from wegweiser.consortium.models import PartnerRole
from wegweiser.crossings import colleagues, company_data, entrances, plans, referral_consents
from wegweiser.crossings import enquiries as crossing
from wegweiser.crossings import referrals as passing_on
from wegweiser.enquiries import unseen
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.enquiries.models import FollowUp
from wegweiser.files import uploading
from wegweiser.files.actions import uploads
from wegweiser.journey.actions import plans as planning
from wegweiser.journey.models import PlannedStep, PlanReader
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.company import sections
from wegweiser.web.company.sections import Section, Summary

HOME = "/mein-betrieb/"


@pytest.fixture
def case(firm, jana, world):
    return contact_point.case(
        world.lead, text="Die Fräse steht zu oft.", name="Jana", company=firm, person=jana, topic=world.topic
    )


@pytest.fixture
def foreign(other, world):
    return contact_point.case(world.lead, text="Fremd", name="Karl", company=other.firm, person=other.person)


def colleague(firm, right: str, name: str = "Ben Ölmann") -> Access:
    mail = f"{name.split()[0].lower()}@oelmann.example"
    person = persons.find_or_create(name=name, email=mail, company=firm, by=BY)
    return entrances.open_for(company=firm, person=person, right=right, by=BY)


def page(client, path: str) -> str:
    response = client.get(f"{HOME}{path}")
    assert response.status_code == 200
    return response.content.decode()


# --- The registry --------------------------------------------------------------------------------------------------


@pytest.fixture
def added():
    section = sections.register(
        Section(
            name="checks",
            title="Unsere Checks",
            icon="check",
            order=15,
            url="public:checks",
            summary=lambda me: Summary(f"zwei offen bei {me.firm}", 2),
            right="all",
        )
    )
    yield section
    sections.unregister("checks")


def test_another_room_adds_a_section_in_its_place(inside, added):
    shown = page(inside, "")
    assert "zwei offen bei Fräserei Ölmann" in shown
    assert 'href="/checks/"' in shown
    assert shown.index("Anliegen und Nachrichten") < shown.index("Unsere Checks") < shown.index("Unterlagen")


def test_a_section_shows_to_those_only_who_may_see_it(added, firm, access, log_in):
    shown = page(log_in(colleague(firm, "own")), "")
    assert "Unsere Checks" not in shown
    assert "Fahrplan" not in shown
    assert "Anliegen und Nachrichten" in shown


def test_two_sections_of_one_name_are_a_mistake(added):
    with pytest.raises(ValueError, match="declared twice"):
        sections.register(Section(name="checks", title="", icon="", order=1, url="", summary=lambda me: Summary("")))


def test_every_section_of_ours_has_a_page(inside):
    for section in sections.known():
        assert section.url.startswith("company:")
    assert [row.name for row in sections.known()] == [
        "cases",
        "dates",
        "plan",
        "events",
        "papers",
        "people",
        "consents",
        "own_data",
    ]


def test_empty_sections_lead_on(inside):
    for path in ("anliegen/", "unterlagen/", "einwilligungen/", "fahrplan/"):
        assert "ww-empty" in page(inside, path)


# --- Enquiries and messages ----------------------------------------------------------------------------------------


def test_the_thread_shows_what_the_enquirer_may_see(inside, case, world):
    cases.take(case=case, member=world.anna, by=BY)
    cases.answer(case=case, member=world.anna, text="Kommen Sie vorbei.", by=BY)
    cases.note(case=case, member=world.anna, text="Zahlt schlecht.", visibility="all", by=BY)
    shown = page(inside, f"anliegen/{case.uuid}/")
    assert "Die Fräse steht zu oft." in shown
    assert "Kommen Sie vorbei." in shown
    assert "Zahlt schlecht." not in shown


def test_a_message_waits_for_whoever_has_the_case_and_is_sent_once(inside, case, world):
    cases.take(case=case, member=world.anna, by=BY)
    sent = {"text": "Geht es auch <früher>?", "submission": uuid.uuid4()}
    inside.post(f"{HOME}anliegen/{case.uuid}/", sent)
    inside.post(f"{HOME}anliegen/{case.uuid}/", sent)
    assert "Geht es auch &lt;früher&gt;?" in page(inside, f"anliegen/{case.uuid}/")
    assert case.thread.filter(kind="message").count() == 1
    follow_up = FollowUp.objects.get()
    assert (follow_up.member, follow_up.note) == (world.anna, "Neue Nachricht von Jana Ölmann. Bitte antworten.")


def test_a_message_opens_a_closed_case_again(inside, case, world):
    cases.take(case=case, member=world.anna, by=BY)
    cases.close(case=case, outcome="helped", by=BY)
    inside.post(f"{HOME}anliegen/{case.uuid}/", {"text": "Doch nicht."})
    case.refresh_from_db()
    assert case.state == "taken"


def test_an_answered_case_waits_for_us_again_and_the_answer_ticks_off_the_promise(inside, case, world):
    cases.take(case=case, member=world.anna, by=BY)
    cases.answer(case=case, member=world.anna, text="Kommen Sie vorbei.", by=BY)
    inside.post(f"{HOME}anliegen/{case.uuid}/", {"text": "Wann denn?"})
    case.refresh_from_db()
    assert (case.state, bool(case.reply_by)) == ("taken", True)
    crossing.answer(case=case, member=world.anna, text="Am Montag.", seen=unseen.last(case), by=BY)
    assert FollowUp.objects.get().done_at


def test_the_desk_reads_who_of_the_firm_wrote(inside, case, client, world):
    inside.post(f"{HOME}anliegen/{case.uuid}/", {"text": "Wann denn?"})
    client.force_login(staff.login(world.anna))
    shown = client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert "Nachricht aus „Mein Betrieb“" in shown
    assert "Jana Ölmann" in shown.partition("Wann denn?")[0]


@pytest.fixture
def file(case, world, settings, tmp_path):
    settings.HOME = tmp_path
    cases.take(case=case, member=world.anna, by=BY)
    contribution, _ = cases.answer(case=case, member=world.anna, text="Anbei die Liste.", by=BY)
    prepared = uploading.prepare(name="liste.txt", declared_type="text/plain", data=b"eins, zwei")
    with transaction.atomic():
        return uploads.attach(owner=contribution, prepared=[prepared], by=BY)[0]


def test_what_went_with_an_answer_is_a_document_to_download(inside, case, file):
    assert "liste.txt" in page(inside, f"anliegen/{case.uuid}/")
    assert "liste.txt" in page(inside, "unterlagen/")
    response = inside.get(f"{HOME}unterlagen/{file.uuid}/")
    assert response.content == b"eins, zwei"
    assert response["Content-Disposition"] == 'attachment; filename="liste.txt"'


def test_another_firm_s_document_is_not_there(file, other, log_in):
    stranger = entrances.open_for(company=other.firm, person=other.person, right="persons", by=BY)
    assert log_in(stranger).get(f"{HOME}unterlagen/{file.uuid}/").status_code == 404


def test_an_empty_message_is_refused_beside_its_field(inside, case):
    response = inside.post(f"{HOME}anliegen/{case.uuid}/", {"text": "  "})
    assert response.status_code == 422
    assert "Bitte schreiben Sie, worum es geht, oder" in response.content.decode()


def test_another_firm_s_enquiry_is_not_there(inside, foreign):
    assert inside.get(f"{HOME}anliegen/{foreign.uuid}/").status_code == 404
    assert inside.post(f"{HOME}anliegen/{foreign.uuid}/", {"text": "Hallo"}).status_code == 404
    assert "Fremd" not in page(inside, "anliegen/")


def test_who_sees_only_their_own_sees_no_colleague_s(firm, access, case, log_in, world):
    ben = colleague(firm, "own")
    own = contact_point.case(world.lead, text="Meine Frage", name="Ben", email="ben@oelmann.example")
    client = log_in(ben)
    shown = page(client, "anliegen/")
    assert "Meine Frage" in shown
    assert "Die Fräse steht" not in shown
    assert client.get(f"{HOME}anliegen/{case.uuid}/").status_code == 404
    assert client.get(f"{HOME}anliegen/{own.uuid}/").status_code == 200


def test_three_enquiries_cost_as_many_queries_as_one(inside, case, firm, world, django_assert_num_queries):
    page(inside, "anliegen/")
    for number in range(2):
        with django_assert_num_queries(5):
            page(inside, "anliegen/")
        contact_point.case(world.lead, text=f"Frage {number}", name="Jana", company=firm)


# --- Plan and documents --------------------------------------------------------------------------------------------


def test_the_plan_is_ticked_off_by_the_person_and_reminded_of_on_request(inside, firm, jana):
    step = planning.plan(company=firm, title="Angebot einholen", by=BY)
    inside.post(f"{HOME}fahrplan/", {"do": "done", "step": step.uuid})
    assert PlannedStep.objects.get().done_by == f"person:{jana.uuid}"
    inside.post(f"{HOME}fahrplan/", {"do": "remind"})
    assert PlanReader.objects.get().reminders_since
    assert "Nicht mehr erinnern" in page(inside, "fahrplan/")


def test_the_documents_have_the_plan_as_soon_as_there_is_one(inside, firm):
    planning.plan(company=firm, title="Angebot einholen", by=BY)
    assert "/mein-betrieb/fahrplan/fahrplan.pdf" in page(inside, "unterlagen/")
    assert inside.get(f"{HOME}fahrplan/fahrplan.pdf").content[:5] == b"%PDF-"


def test_what_one_may_not_see_is_not_there(firm, access, log_in):
    client = log_in(colleague(firm, "own"))
    for path in ("fahrplan/", "fahrplan/fahrplan.pdf", "personen/"):
        assert client.get(f"{HOME}{path}").status_code == 404
    planning.plan(company=firm, title="Angebot einholen", by=BY)
    assert "fahrplan.pdf" not in page(client, "unterlagen/")


# --- Persons -------------------------------------------------------------------------------------------------------


def test_who_manages_invites_a_colleague_by_mail(inside, firm):
    inside.post(f"{HOME}personen/", {"do": "invite", "name": "Ben Neu", "email": "ben@oelmann.example", "right": "own"})
    access = Access.objects.get(person__name="Ben Neu")
    assert (access.right, access.evidence) == ("own", "invited")
    letter = Letter.objects.get(recipient_mail="ben@oelmann.example")
    assert "/mein-betrieb/einloggen/" in letter.text
    assert "7 Tage" in letter.text


def test_an_address_that_has_access_is_not_invited_again(inside, firm, access):
    sent = {"do": "invite", "name": "Olga", "email": "Jana@Oelmann.example", "right": "own"}
    response = inside.post(f"{HOME}personen/", sent)
    assert response.status_code == 422
    assert "Mit dieser Adresse kommt schon jemand herein." in response.content.decode()
    assert not Person.objects.filter(name="Olga").exists()
    assert accesses.of_firm(firm).count() == 1
    entrances.end(access=access, by=BY, may_be_last=True)
    assert colleagues.invite(company=firm, name="Jana Ölmann", mail=sent["email"], right="all", language="de", by=BY)


@pytest.mark.parametrize("channel", ["none", "phone", "letter"])
def test_who_wants_no_mail_gets_none_of_an_invitation(inside, firm, channel):
    """They ask for a link themselves, are called, or get a letter."""
    ben = persons.find_or_create(name="Ben Neu", email="ben@oelmann.example", company=firm, by=BY)
    type(ben).objects.filter(pk=ben.pk).update(channel=channel)
    sent = {"do": "invite", "name": "Ben Neu", "email": "ben@oelmann.example", "right": "own"}
    inside.post(f"{HOME}personen/", sent)
    assert accesses.by_mail("ben@oelmann.example")
    assert not Letter.objects.filter(recipient_mail="ben@oelmann.example").exists()
    assert Letter.objects.filter(channel="letter").count() == (channel == "letter")
    calls = FollowUp.objects.filter(person=ben, note__contains="einen Code vorlesen")
    assert calls.count() == (channel == "phone")
    entrances.ask(mail="ben@oelmann.example", language="de", by=BY)
    assert Letter.objects.filter(recipient_mail="ben@oelmann.example").exists(), "what they ask for comes"


def test_whoever_invites_learns_nothing_of_what_the_invited_wish(inside, firm):
    pages = set()
    for channel in ("mail", "letter", "phone", "none"):
        ben = persons.find_or_create(name="Ben Neu", email="ben@oelmann.example", company=firm, by=BY)
        type(ben).objects.filter(pk=ben.pk).update(channel=channel)
        sent = {"do": "invite", "name": "Ben Neu", "email": "ben@oelmann.example", "right": "own"}
        page = inside.post(f"{HOME}personen/", sent, follow=True).text
        assert "genügt unter „Mein Betrieb“ die eigene E-Mail-Adresse" in page
        pages.add(re.sub(r'value="[^"]+"|-\d+', "", page))
        entrances.end(access=Access.objects.get(person=ben, ended_at=None), by=BY)
    assert len(pages) == 1


@pytest.mark.parametrize("how", ["logged in", "ended"])
def test_nobody_is_called_about_a_code_that_is_needed_no_more(inside, firm, log_in, how):
    ben = persons.find_or_create(name="Ben Neu", email="ben@oelmann.example", company=firm, by=BY)
    type(ben).objects.filter(pk=ben.pk).update(channel="phone")
    inside.post(f"{HOME}personen/", {"do": "invite", "name": "Ben Neu", "email": "ben@oelmann.example", "right": "own"})
    access = Access.objects.get(person=ben)
    assert FollowUp.objects.get(person=ben).done_at is None
    if how == "ended":
        entrances.end(access=access, by=BY)
    else:
        log_in(access)
    assert FollowUp.objects.get(person=ben).done_at


def test_a_call_about_the_code_hides_no_wish_to_be_forgotten(inside, firm):
    ben = persons.find_or_create(name="Ben Neu", email="ben@oelmann.example", company=firm, by=BY)
    type(ben).objects.filter(pk=ben.pk).update(channel="phone")
    sent = {"do": "invite", "name": "Ben Neu", "email": "ben@oelmann.example", "right": "own"}
    inside.post(f"{HOME}personen/", sent)
    for _ in range(2):
        company_data.ask_the_desk(access=Access.objects.get(person=ben), by=BY)
    assert FollowUp.objects.filter(person=ben, note__contains="gelöscht").count() == 1


def test_rights_change_and_an_ended_access_ends_its_session(inside, firm, client):
    ben = colleague(firm, "own")
    inside.post(f"{HOME}personen/", {"do": "right", "zugang": ben.uuid, "right": "all"})
    ben.refresh_from_db()
    assert ben.right == "all"
    entered = entrances._session(ben, entrances.DAY, BY)
    inside.post(f"{HOME}personen/", {"do": "end", "zugang": ben.uuid})
    assert entrances.session(entered.secret) is None


def test_the_last_one_who_manages_cannot_give_it_up(inside, firm, access):
    colleague(firm, "all")
    inside.post(f"{HOME}personen/", {"do": "right", "zugang": access.uuid, "right": "own"})
    inside.post(f"{HOME}personen/", {"do": "end", "zugang": access.uuid})
    access.refresh_from_db()
    assert (access.right, access.ended_at) == ("persons", None)


def test_who_does_not_manage_changes_nothing(firm, access, log_in):
    client = log_in(colleague(firm, "all"))
    assert "Jemanden einladen" not in page(client, "personen/")
    sent = {"do": "invite", "name": "Eve", "email": "eve@oelmann.example", "right": "persons"}
    assert client.post(f"{HOME}personen/", sent).status_code == 404
    assert not Person.objects.filter(name="Eve").exists()


def test_another_firm_s_access_is_not_there(inside, other):
    foreign = entrances.open_for(company=other.firm, person=other.person, right="all", by=BY)
    assert inside.post(f"{HOME}personen/", {"do": "end", "zugang": foreign.uuid}).status_code == 404
    assert "Karl Kunz" not in page(inside, "personen/")


# --- Consents, data, deletion --------------------------------------------------------------------------------------


def test_a_consent_is_withdrawn_with_one_click(inside, jana, other):
    given = {"purpose": "news", "text_version": "1", "channel": "web", "by": BY}
    mine, foreign = consents.give(person=jana, **given), consents.give(person=other.person, **given)
    assert "Neuigkeiten und Termine" in page(inside, "einwilligungen/")
    inside.post(f"{HOME}einwilligungen/", {"einwilligung": mine.uuid})
    assert Consent.objects.get(pk=mine.pk).withdrawn_at
    assert inside.post(f"{HOME}einwilligungen/", {"einwilligung": foreign.uuid}).status_code == 404
    assert Consent.objects.get(pk=foreign.pk).withdrawn_at is None


def test_a_consent_to_pass_on_is_listed_in_its_words_and_withdrawn(inside, case, jana, other, world):
    row, foreign = (
        passing_on.refer(
            case=asked,
            member=world.anna,
            recipient="Netz Nord",
            mail="hilfe@netz.example",
            passed=["name"],
            agreed=Agreed(by="Jana", way="phone", on=clock.today(), text="Ich bin einverstanden.", version="1"),
            submission=uuid.uuid4(),
            by=BY,
        )
        for asked in (case, contact_point.case(world.lead, topic=world.topic, person=other.person))
    )
    shown = page(inside, "einwilligungen/")
    assert "Weitergabe an Netz Nord" in shown
    assert "„Ich bin einverstanden.“" in shown
    address = f"{HOME}einwilligungen/"
    answer = inside.post(address, {"do": "referral", "weitergabe": row.uuid}, follow=True).content.decode()
    assert "es geht nichts mehr hinaus" in answer
    assert "widerrufen am" in answer
    row.refresh_from_db()
    assert row.withdrawn_by == f"person:{jana.uuid}"
    assert inside.post(address, {"do": "referral", "weitergabe": foreign.uuid}).status_code == 404


def test_what_still_holds_is_on_top_of_what_was_withdrawn(inside, case, jana, world):
    rows = [
        passing_on.refer(
            case=case,
            member=world.anna,
            recipient=name,
            mail="hilfe@netz.example",
            passed=["name"],
            agreed=Agreed(by="Jana", way="phone", on=clock.today(), text="Ja.", version="1"),
            submission=uuid.uuid4(),
            by=BY,
        )
        for name in ("Netz Nord", "Netz Ost")
    ]
    for purpose in ("news", "materials"):
        consents.give(person=jana, purpose=purpose, text_version="1", channel="web", by=BY)
    consents.withdraw(person=jana, purpose="materials", by=BY)
    referral_consents.withdraw(referral=rows[1], by=BY)
    shown = inside.get(f"{HOME}einwilligungen/").context
    assert [row["consent"].purpose for row in shown["rows"]] == ["news", "materials"]
    assert [row.recipient for row in shown["referrals"]] == ["Netz Nord", "Netz Ost"]


def test_what_was_taken_back_by_mistake_is_given_again_in_the_same_words(inside, jana, other):
    first = consents.give(person=jana, purpose="news", text_version="2026-01", channel="letter", by=BY)
    foreign = consents.give(person=other.person, purpose="news", text_version="1", channel="web", by=BY)
    address = f"{HOME}einwilligungen/"
    assert "Wieder erlauben" not in page(inside, "einwilligungen/")
    assert "„Wieder erlauben“" in inside.post(address, {"einwilligung": first.uuid}, follow=True).content.decode()
    for _ in range(2):  # a second click gives nothing twice
        inside.post(address, {"do": "again", "einwilligung": first.uuid})
    standing = jana.consents.get(withdrawn_at=None)
    assert (standing.purpose, standing.text_version, standing.channel) == ("news", "2026-01", "workspace")
    assert jana.consents.count() == 2
    first.refresh_from_db()
    assert first.withdrawn_at  # the proof stays as it was
    consents.withdraw(person=other.person, purpose="news", by=BY)
    assert inside.post(address, {"do": "again", "einwilligung": foreign.uuid}).status_code == 404
    assert not other.person.consents.filter(withdrawn_at=None).exists()


def test_the_copy_holds_the_person_and_the_firm(inside, firm, case):
    planning.plan(company=firm, title="Angebot <einholen>", by=BY)
    archive = zipfile.ZipFile(io.BytesIO(inside.get(f"{HOME}daten/laden/").content))
    assert sorted(archive.namelist()) == ["auskunft.html", "auskunft.json", "betrieb.html", "betrieb.json"]
    firm_data = json.loads(archive.read("betrieb.json"))
    assert firm_data["firm"]["name"] == "Fräserei Ölmann"
    assert firm_data["plan"][0]["title"] == "Angebot <einholen>"
    assert b"Angebot &lt;einholen&gt;" in archive.read("betrieb.html")
    assert "Jana Ölmann" in archive.read("auskunft.json").decode()


def test_who_sees_only_their_own_takes_only_their_own_along(firm, access, log_in):
    client = log_in(colleague(firm, "own"))
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{HOME}daten/laden/").content))
    assert sorted(archive.namelist()) == ["auskunft.html", "auskunft.json"]
    assert "Breiter Weg 1" not in page(client, "daten/")


def test_deletion_says_what_goes_and_stays_and_waits_for_the_link(inside, jana):
    consents.give(person=jana, purpose="news", text_version="1", channel="web", by=BY)
    shown = page(inside, "daten/loeschen/")
    assert "Einwilligungen nachweisen" in shown.partition("Das bleibt")[2]
    inside.post(f"{HOME}daten/loeschen/", {"do": "link"})
    assert Person.objects.filter(name="Jana Ölmann", restricted_at=None).exists()


def erase_link() -> str:
    text = Letter.objects.order_by("-id")[0].text
    return next(word for word in text.split() if "/daten/loeschen/" in word).removeprefix("http://localhost:8000")


def test_the_link_shows_first_and_then_erases_person_and_session(inside, jana, client):
    inside.post(f"{HOME}daten/loeschen/", {"do": "link"})
    address = erase_link()
    client.cookies.clear()  # the mail is read elsewhere
    assert client.get(address).status_code == 200
    assert Person.objects.filter(pk=jana.pk).exists()
    assert "gelöscht" in client.post(address).content.decode()
    assert not Person.objects.filter(pk=jana.pk).exists()
    assert client.post(address).status_code == 404


def test_behind_an_old_link_a_new_one_is_asked_for(inside, client):
    inside.post(f"{HOME}daten/loeschen/", {"do": "link"})
    old = f"{erase_link()[:-5]}/"
    assert inside.get(old)["Location"] == f"{HOME}daten/loeschen/"
    client.cookies.clear()
    shown = client.get(old)
    assert (shown.status_code, shown.context["next"]) == (404, f"{HOME}daten/loeschen/")
    assert 'name="email"' in shown.text


def test_the_desk_is_asked_to_call_instead(inside, firm):
    inside.post(f"{HOME}daten/loeschen/", {"do": "desk"})
    asked = FollowUp.objects.get()
    assert (asked.note, asked.person.name) == ("Möchte gelöscht werden. Bitte anrufen und bestätigen.", "Jana Ölmann")


def test_where_nobody_leads_who_wants_to_be_deleted_is_asked_to_call(inside):
    PartnerRole.objects.filter(kind=PartnerRole.Kind.LEAD).delete()
    answer = inside.post(f"{HOME}daten/loeschen/", {"do": "desk"}, follow=True)
    assert "Heute ist bei uns niemand zuständig. Bitte rufen Sie uns an." in answer.content.decode()
    assert "Wir rufen Sie an" not in answer.content.decode()


def test_asking_again_is_the_same_wish_until_somebody_ticked_it_off(inside):
    for _again in range(2):
        inside.post(f"{HOME}daten/loeschen/", {"do": "desk"})
    follow_ups.done(follow_up=FollowUp.objects.get(), by=BY)
    inside.post(f"{HOME}daten/loeschen/", {"do": "desk"})
    assert FollowUp.objects.filter(done_at=None).count() == 1


@pytest.mark.parametrize("older", [False, True], ids=["about a person", "with a name in its note, as it was"])
def test_the_wish_for_a_call_ends_with_the_erasure_and_names_nobody(inside, access, jana, firm, world, older):
    if older:
        note = {"note": "Jana Ölmann möchte gelöscht werden.", "due_on": clock.today()}
        follow_ups.set(company=firm, partner=world.lead, submission=access.uuid, **note, by=BY)
    inside.post(f"{HOME}daten/loeschen/", {"do": "desk"})
    company_data.erase(person=jana, by=BY)
    asked = FollowUp.objects.get()
    assert asked.done_at
    assert (asked.note, asked.person) == ("", None)


def test_a_plan_link_stays_good_beside_the_workspace(inside, firm, jana):
    planning.plan(company=firm, title="Angebot", by=BY)
    letter = plans.send(company=firm, person=jana, by=BY)
    assert "/fahrplan/link/" in letter.text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anliegen/",
        "termine/",
        "veranstaltungen/",
        "fahrplan/",
        "unterlagen/",
        "personen/",
        "einwilligungen/",
        "daten/",
    ],
)
def test_every_page_begins_with_its_first_heading_and_leaves_no_level_out(inside, case, address):
    levels = headings(page(inside, address))
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", html[html.index("<main") :])]


def test_thread_and_message_are_found_by_their_headings(inside, case):
    html = page(inside, f"anliegen/{case.uuid}/")
    assert headings(html) == [1, 2, 2, 2]
    thread, message, contact = (
        html.index(words) for words in (">Verlauf</h2>", ">Nachricht schreiben</h2>", ">Rückfragen</h2>")
    )
    assert thread < message < contact
    named = re.search(r'<ol class="ww-thread" aria-labelledby="([\w-]+)"', html).group(1)
    assert f'id="{named}">Verlauf</h2>' in html
