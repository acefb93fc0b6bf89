"""From the question to the reference number."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from wegweiser.accounts.models import Token
from wegweiser.crossings import enquiries as crossing
from wegweiser.crossings import promises
from wegweiser.enquiries.actions import cases, follow_ups
from wegweiser.enquiries.models import Case, FollowUp, Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter
from wegweiser.web.public import forms, limits

QUESTION = "Wir müssen jeden Auftrag dreimal abtippen"


def filled(**changes):
    with clock.stopped_at(contact_point.MONDAY - dt.timedelta(minutes=1)):
        stamp = forms.stamp()
    return {
        "text": QUESTION,
        "name": "Petra Müller",
        "phone": "0391 4090123",
        "email": "",
        "firm": "Müller GmbH",
        "call_window": "",
        "enquirer": "company",
        "submission": str(uuid.uuid4()),
        "stamp": stamp,
        "website": "",
    } | changes


def test_answer_names_topic_partner_person_and_offers_with_a_reason(client, world):
    html = client.post("/anliegen/", {"text": QUESTION}).content.decode()
    for text in ("Vernetzung", "Other", "Ben", "+493915550100", "Aufträge ohne Abtippen", "Warum das passt"):
        assert text in html


def test_a_tapped_sentence_is_answered_without_javascript(client, world):
    html = client.post("/anliegen/", {"sentence": QUESTION, "text": ""}).content.decode()
    assert "Aufträge ohne Abtippen" in html


def test_nothing_is_stored_before_it_is_sent(client, world, django_assert_num_queries):
    response = client.post("/anliegen/", {"text": QUESTION})
    assert not Case.objects.exists()
    assert not client.session.keys()
    assert "sessionid" not in response.cookies


def test_only_the_browser_of_the_one_who_asked_keeps_the_answer_whatever_its_cookies(client, world):
    response = client.post("/anliegen/", {"text": QUESTION})
    assert response["Cache-Control"] == "private, max-age=600"
    assert "csrftoken" in response.cookies
    assert "cookie" not in response["Vary"].lower()
    wrong = client.post("/anliegen/senden/", {"text": QUESTION})
    assert wrong["Cache-Control"] == "private, max-age=600"
    assert "no-store" in client.get("/anliegen/?zu=auftraege")["Cache-Control"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "a", "\x00\x00"])
def test_too_little_text_is_taken_kindly(client, world, text):
    response = client.post("/anliegen/", {"text": text})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Bitte beschreiben Sie in ein paar Worten" in html
    assert "tel:+493915550199" in html


def test_question_in_the_address_is_not_read(client, world):
    assert QUESTION not in client.get("/anliegen/", {"text": QUESTION}).content.decode()


def test_hostile_text_is_shown_harmlessly(client, world):
    html = client.post("/anliegen/", {"text": '<script>alert("x")</script> Auftrag'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_long_story_is_answered_by_its_beginning_and_kept_whole(client, world):
    story = QUESTION + " Und weiter." * 500
    page = client.post("/anliegen/", {"text": story}).content.decode()
    assert "Aufträge ohne Abtippen" in page
    client.post("/anliegen/senden/", filled(text=story))
    assert Case.objects.get().text == story


def test_what_is_too_long_for_a_case_is_said_and_nothing_is_cut(client, world):
    story = "Wir tippen ab. " * 1_000
    for address, data in (("/anliegen/", {"text": story}), ("/anliegen/senden/", filled(text=story))):
        page = client.post(address, data).content.decode()
        assert "höchstens 10.000 Zeichen" in page
        assert story.strip() in page
    assert not Case.objects.exists()


def test_emergency_comes_first(client, world):
    html = client.post(
        "/anliegen/", {"text": "Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!"}
    ).content.decode()
    assert html.index("Das klingt nach einem Notfall") < html.index("Ihr Anliegen</figcaption>")
    assert html.index(reverse("public:emergency")) < html.index("Ihr Anliegen</figcaption>")


URGENT = "Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!"


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/anliegen/", {"text": QUESTION}),
        ("/anliegen/", {"text": URGENT}),
        ("/anliegen/", {"text": ""}),
        ("/anliegen/senden/", {"text": QUESTION, "phone": "rufen Sie an"}),
        ("/anliegen/senden/", {"text": URGENT, "phone": "rufen Sie an"}),
        ("/anliegen/senden/", {"text": ""}),
    ],
)
def test_the_page_has_one_first_heading_and_nothing_but_a_summary_of_errors_before_it(client, world, address, typed):
    html = client.post(address, filled(**typed) if "senden" in address else typed).content.decode()
    html = re.sub(r'<div class="ww-summary.*?</div>', "", html, flags=re.DOTALL)
    found = re.findall(r"<h([1-6])", html.partition("<main")[2])
    assert (found[0], found.count("1")) == ("1", 1)


def urgent_box(client, text):
    html = client.post("/anliegen/", {"text": text}).content.decode()
    return html.partition('aria-labelledby="sofort"')[2].partition("</section>")[0]


def test_the_guide_for_what_has_happened_comes_first_in_the_emergency(client, world):
    box = urgent_box(client, "Hilfe, mein Postfach wurde gehackt!")
    assert box.index("/leitfaeden/postfach/") < box.index("Netzwerkkabel") < box.index(reverse("public:emergency"))


def test_a_guide_for_something_else_stays_out_of_the_emergency_box(client, world):
    box = urgent_box(client, "Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!")
    assert "Netzwerkkabel" in box
    assert "Dazu passt unsere Anleitung" not in box


def test_the_emergency_box_promises_no_more_than_the_page_of_any_centre_has(client, world):
    world.centre.emergency = {**world.centre.emergency, "contacts": []}
    world.centre.save()
    box = urgent_box(client, "Hilfe, alle Dateien sind verschlüsselt, die wollen Bitcoin!")
    assert "Die ersten Schritte, und wen Sie jetzt anrufen" in box
    assert not re.search("fünf|Polizei|Bundesamt|Versicherung", box)


def test_who_can_be_called_now_stands_in_the_emergency_box(client, world):
    box = urgent_box(client, URGENT)
    assert box.index("tel:+493023125901") < box.index("Die Polizei") < box.index(reverse("public:emergency"))
    assert "Ihre Versicherung" not in box, "no number"


@pytest.mark.parametrize(("hour", "calls"), [(9, True), (20, False)])
def test_nobody_is_told_to_call_us_while_nobody_is_there(client, world, hour, calls):
    with clock.stopped_at(contact_point.MONDAY.replace(hour=hour)):
        page = client.post("/anliegen/", {"text": URGENT}).text
    assert ("Rufen Sie an, wir helfen beim Sortieren" in page) == calls
    assert ("Bei uns ist gerade niemand am Telefon" in page) != calls


def test_a_date_in_ten_days_is_no_help_in_an_emergency(client, world):
    page = client.post(
        "/anliegen/", {"text": "Hilfe, wir sind gehackt! Aufträge dreimal abtippen, alles verschlüsselt."}
    ).text
    assert "Das klingt nach einem Notfall" in page
    assert "Aufträge ohne Abtippen" not in page


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("Wir würden Ihnen gern unsere Software vorstellen", "vendor", "Sie möchten uns etwas anbieten"),
        ("Hier ist die Redaktion, wir bitten um ein Interview", "press", "Ihre Presseanfrage"),
        ("Ich studiere und suche ein Thema für die Masterarbeit", "student", "Studium, Praktikum, Bewerbung"),
        ("Ich möchte mich bei Ihnen als Ingenieur bewerben", "student", "Studium, Praktikum, Bewerbung"),
        ("Die Innung sucht einen Vortrag für ihre Mitglieder", "multiplier", "Schön, dass Sie an Ihre Betriebe denken"),
        (
            "Wirtschaftsförderung der Stadt, wir planen einen Abend für Betriebe",
            "public_body",
            "Ihre Anfrage als öffentliche Stelle",
        ),
        ("Suche einen Kredit für mein Haus", "private", "Ihr Anliegen als Privatperson"),
    ],
)
def test_each_kind_of_enquirer_has_a_way_to_a_person(client, world, text, kind, title):
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert title in html
    assert f'<option value="{kind}" selected>' in html
    assert "Anna" in html or "Ben" in html
    assert "Anliegen senden" in html


def test_htmx_gets_the_same_as_the_page(client, world):
    def part(html):
        html = re.sub(r'value="[^"]{30,}"', "", html)  # token, stamp and submission differ each time
        return html[html.index('<div id="antwort"') :].split("</main>")[0].strip()

    page = client.post("/anliegen/", {"text": QUESTION}).content.decode()
    fragment = client.post("/anliegen/", {"text": QUESTION}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert part(fragment) == part(page)


def test_sending_opens_a_case_and_shows_its_number(client, world):
    response = client.post("/anliegen/senden/", filled(call_window="10-12"), follow=True)
    case = Case.objects.get()
    html = response.content.decode()
    assert (case.text, case.name, case.firm, case.intake) == (QUESTION, "Petra Müller", "Müller GmbH", "web")
    assert case.partner == world.other
    assert case.call_window == "10-12"
    assert "zwischen 10 und 12 Uhr" in html
    assert FollowUp.objects.get(case=case).note == "Möchte angerufen werden: zwischen 10 und 12 Uhr"
    assert case.reference in html
    assert "/anliegen/stand/" in html
    assert response.redirect_chain[0][1] == 302


def test_htmx_is_sent_on_to_the_confirmation(client, world):
    response = client.post("/anliegen/senden/", filled(), headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/anliegen/gesendet/")


def test_a_mail_address_alone_is_enough_and_is_confirmed(client, world):
    client.post("/anliegen/senden/", filled(phone="", email="petra@mueller.example"))
    assert Letter.objects.get().recipient_mail == "petra@mueller.example"


def test_a_second_click_finds_the_first(client, world):
    data = filled()
    client.post("/anliegen/senden/", data)
    client.post("/anliegen/senden/", data)
    assert Case.objects.count() == 1


def test_mistakes_stand_beside_their_field_and_on_top_and_nothing_is_lost(client, world):
    data = filled(name="", phone="", email="mueller@", firm="Müller & Söhne", enquirer="press")
    html = client.post("/anliegen/senden/", data).content.decode()
    summary = html[html.index("ww-summary") : html.index('id="senden"')]
    assert 'href="#id_name"' in summary
    assert 'href="#id_email"' in summary
    assert html.count("Bitte sagen Sie uns, wie Sie heißen.") == 2
    for text in (
        'value="mueller@"',
        "Müller &amp; Söhne",
        '<option value="press" selected>',
        data["submission"],
        QUESTION,
    ):
        assert text in html
    assert 'aria-invalid="true"' in html
    assert not Case.objects.exists()


def test_whether_one_wishes_a_call_is_answered_with_yes_or_no(client, world):
    html = client.post("/anliegen/", {"text": QUESTION}).content.decode()
    choices = html[html.index('name="call_window"') :].partition("</select>")[0]
    assert re.findall(r"<option[^>]*>(ja|nein|[^<,]+)", choices)[:2] == ["nein", "ja"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "", "email": ""}, "Telefon oder E-Mail-Adresse, eines genügt."),
        ({"phone": "", "email": "a@b.example", "call_window": "any"}, "Damit wir anrufen können"),
        ({"phone": "rufen Sie an"}, "Diese Nummer können wir nicht anrufen."),
        ({"text": " "}, "Bitte schreiben Sie in einem Satz"),
    ],
)
def test_what_is_missing_is_said(client, world, changes, sentence):
    assert sentence in client.post("/anliegen/senden/", filled(**changes)).content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("changes", [{"website": "http://spam.example"}, {"stamp": "forged"}, {"stamp": "fresh"}])
def test_what_looks_automatic_is_asked_to_press_again_and_then_let_through(client, world, changes):
    if changes.get("stamp") == "fresh":
        changes = {"stamp": forms.stamp()}
    data = filled(**changes)
    html = client.post("/anliegen/senden/", data).content.decode()
    assert "drücken Sie noch einmal" in html
    assert not Case.objects.exists()
    stamp = re.search(r'name="stamp" value="([^"]+)"', html)[1]
    client.post("/anliegen/senden/", {**data, "stamp": stamp, "website": ""})
    assert Case.objects.count() == 1


def test_who_was_only_fast_is_not_told_to_check_anything_and_finds_all_that_was_typed(client, world):
    data = filled(stamp=forms.stamp(), email="petra@firma.example", call_window="10-12", enquirer="press")
    html = client.post("/anliegen/senden/", data).content.decode()
    summary = html[html.index("ww-summary") : html.index('id="senden"')]
    assert "Noch nicht gesendet" in summary
    assert "prüfen Sie Ihre Angaben" not in html
    typed = dict(re.findall(r'name="(name|phone|email|firm)"[^>]*? value="([^"]*)"', html))
    typed |= {name: value for value, name in re.findall(r' value="([^"]*)"[^>]*? name="(name|phone|email|firm)"', html)}
    assert typed == {name: data[name] for name in ("name", "phone", "email", "firm")}
    assert '<option value="10-12" selected>' in html
    assert '<option value="press" selected>' in html
    both = client.post("/anliegen/senden/", {**data, "name": ""}).content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in both


@pytest.mark.parametrize("phone", ["0391 / 409 01-23", "+49 (391) 4090123", "0391.4090123", "0391 409–123"])
def test_a_number_is_taken_as_people_write_it(client, world, phone):
    client.post("/anliegen/senden/", filled(phone=phone))
    assert Case.objects.get().phone


@pytest.mark.parametrize("phone", ["- - - - -", "( ) / .", "12 34", "0391 4090123 App. 7"])
def test_a_number_that_cannot_be_dialled_is_refused_with_the_rule(client, world, phone):
    html = client.post("/anliegen/senden/", filled(phone=phone)).content.decode()
    assert "auch Leerzeichen und + ( ) / . - gehen" in html
    assert "nur Ziffern" not in html
    assert not Case.objects.exists()


def test_the_box_says_once_that_nothing_is_stored_and_not_beside_the_form_that_stores(client, world):
    told = "Gespeichert wird dabei nichts."
    assert told in client.get("/anliegen/").content.decode()
    html = client.post("/anliegen/", {"text": QUESTION}).content.decode()
    assert "Anders fragen" in html
    assert told not in html


def test_a_form_left_open_over_night_still_works(client, world):
    data = filled()
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(days=1)):
        client.post("/anliegen/senden/", data)
    assert Case.objects.count() == 1


def test_a_form_without_a_token_is_refused(world):
    assert Client(enforce_csrf_checks=True).post("/anliegen/senden/", filled()).status_code == 403


def test_too_many_questions_are_slowed_down_kindly(client, world, monkeypatch):
    monkeypatch.setattr(limits, "ASK", (2, 60))
    with clock.stopped_at(dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)):  # all within one window
        answers = [client.post("/anliegen/", {"text": QUESTION}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert QUESTION in answers[2].content.decode()


def test_loading_the_page_with_mistakes_again_leads_to_the_question(client, world):
    assert client.get("/anliegen/senden/")["Location"] == "/anliegen/"


def status_address(client):
    client.post("/anliegen/senden/", filled())
    response = client.post("/anliegen/senden/", filled(text="Noch eine Frage zum Auftrag"))
    return response["Location"].replace("gesendet", "stand")


def test_status_link_shows_and_changes_nothing(client, world):
    address = status_address(client)
    before = Token.objects.count()
    html = client.get(address).content.decode()
    assert "Noch eine Frage zum Auftrag" in html
    assert "Sie hören spätestens am 4. März 2026 von uns." in html
    assert Token.objects.count() == before
    assert set(Case.objects.values_list("state", flat=True)) == {"new"}


@pytest.mark.parametrize(("enquirer", "shown"), [("company", True), ("vendor", False)])
def test_who_wants_no_offers_is_not_told_that_they_are_free(client, world, enquirer, shown):
    sent = client.post("/anliegen/senden/", filled(enquirer=enquirer))
    html = client.get(sent["Location"]).content.decode()
    assert "Wir lesen Ihr Anliegen" in html
    assert ("Sie entscheiden, wie es weitergeht" in html) is shown


def test_hat_sich_erledigt_asks_before_it_closes_and_says_thank_you(client, world):
    address = status_address(client)
    asked = client.post(address, {"act": "settled"}).content.decode()
    assert "Hat sich Ihr Anliegen wirklich erledigt?" in asked
    assert set(Case.objects.values_list("state", flat=True)) == {"new"}
    client.post(address, {"act": "keep"})
    assert set(Case.objects.values_list("state", flat=True)) == {"new"}
    html = client.post(address, {"act": "settled_indeed"}, follow=True).content.decode()
    assert "Ihr Anliegen ist abgeschlossen" in html
    assert "Danke, dass Sie Bescheid gesagt haben." in html
    assert "Sie haben gesagt: Hat sich erledigt" in html
    case = Case.objects.get(text="Noch eine Frage zum Auftrag")
    assert (case.state, case.outcome) == ("closed", "settled")  # nobody says that we helped
    assert client.post(address, {"act": "settled"}).status_code == 302


def test_who_says_that_it_is_settled_is_not_called_any_more(client, world):
    address = status_address(client)
    case = Case.objects.get(text="Noch eine Frage zum Auftrag")
    follow_ups.set(
        case=case,
        partner=case.partner,
        due_on=case.answer_by,
        note="Anrufen",
        submission=promises.of(case, promises.CALL),
        by=BY,
    )
    follow_ups.set(case=case, partner=case.partner, due_on=case.answer_by, note="Infoblatt schicken", by=BY)
    client.post(address, {"act": "settled_indeed"})
    assert [row.note for row in case.follow_ups.filter(done_at=None)] == ["Infoblatt schicken"]


def test_whom_we_closed_the_page_does_not_thank(client, world):
    address = status_address(client)
    cases.close(case=Case.objects.get(text="Noch eine Frage zum Auftrag"), outcome=Outcome.SETTLED, by=BY)
    html = client.get(address).content.decode()
    assert "Danke" not in html
    assert "Abgeschlossen" in html


def test_a_question_that_was_closed_a_moment_ago_shows_how_it_stands(client, world, monkeypatch):
    address = status_address(client)
    close = crossing.close

    def after_somebody_else(**given):
        close(case=given["case"], outcome=Outcome.HELPED, by=Actor.system("test"))
        close(**given)

    monkeypatch.setattr("wegweiser.web.public.views.enquiry_status.crossing.close", after_somebody_else)
    assert (
        "Ihr Anliegen ist abgeschlossen"
        in client.post(address, {"act": "settled_indeed"}, follow=True).content.decode()
    )
    assert Case.objects.get(text="Noch eine Frage zum Auftrag").outcome == Outcome.HELPED


def test_an_unknown_link_says_what_to_do(client, world):
    response = client.get("/anliegen/stand/erfunden/")
    assert response.status_code == 404
    assert "tel:+493915550199" in response.content.decode()


@pytest.mark.parametrize(("hour", "said"), [(9, "heute noch"), (20, "spätestens am Dienstag, 3. März")])
def test_help_in_an_emergency_is_promised_for_a_day_when_somebody_is_there(client, world, hour, said):
    with clock.stopped_at(contact_point.MONDAY.replace(hour=hour)):
        sent = filled(text="Wir sind gehackt worden, alle Dateien sind verschlüsselt! Hilfe, sofort!")
        asked = client.post("/anliegen/", {"text": sent["text"]}).text
        assert said in asked[asked.index('id="senden"') :], "the form promises what the case will hold"
        assert said in client.post("/anliegen/senden/", sent, follow=True).text


@pytest.mark.parametrize(("intake", "title"), [("web", "Das haben Sie uns geschrieben"), ("phone", "Darum geht es")])
def test_the_status_page_does_not_say_somebody_wrote_who_called(client, world, intake, title):
    address = status_address(client)
    Case.objects.update(intake=intake)
    page = client.get(address).text
    assert f">{title}</h2>" in page
