"""Business cards at the desk: the occasion once, row after row, each kept at once; then one follow-up for each."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contact_point import BY
from tests.files.paint import painted
from tests.web.desk import staff
from wegweiser.companies.actions import companies
from wegweiser.companies.models import Company
from wegweiser.enquiries.models import Card, Case, Fair, FollowUp
from wegweiser.files.actions import uploads
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter


@pytest.fixture
def fair(anna, world):
    given = {"title": "Handwerksmesse", "day": clock.today(), "partner": world.lead.pk, "topic": world.topic.pk}
    anna.post(reverse("desk:fairs"), {**given, "submission": str(uuid.uuid4())})
    return Fair.objects.get()


def address(fair):
    return reverse("desk:fair", kwargs={"uuid": fair.uuid})


def typed(name="Jana Ölmann", firm="Fräserei Ölmann", contact="jana@fraese.example", keyword="Scanner", **more):
    said = {"name": name, "firm": firm, "contact": contact, "keyword": keyword, "submission": uuid.uuid4(), **more}
    return {f"card-{key}": value for key, value in said.items()}


def test_cards_are_typed_row_by_row_and_taken_at_once(anna, fair):
    for number in range(12):
        said = typed(
            name=f"Person {number}", firm=f"Werkstatt {number:02} Neumann", contact=f"p{number}@w{number}.example"
        )
        answer = anna.post(address(fair), said)
        assert answer["Location"] == address(fair)
    page = anna.get(address(fair)).content.decode()
    assert "<strong>12</strong> Karten" in page
    assert page.index("Person 11") < page.index("Person 10")  # the last one stands below the row one types into
    assert not Case.objects.exists()
    anna.post(address(fair), {"do": "take"})
    assert (Case.objects.count(), Company.objects.count()) == (12, 12)


def test_a_row_with_a_mistake_comes_back_and_the_others_stay(anna, fair):
    anna.post(address(fair), typed())
    answer = anna.post(address(fair), typed(name="Uwe Krause", firm="", contact=""))
    assert answer.status_code == 422
    assert "Uwe Krause" in answer.content.decode()
    assert Card.objects.count() == 1


def test_while_one_types_known_firms_and_the_same_card_are_marked(anna, fair):
    companies.find_or_create(name="Fräserei Ölmann", place="Halle", by=BY)
    anna.post(address(fair), typed(firm=""))
    known = reverse("desk:fair_known", kwargs={"uuid": fair.uuid})
    page = anna.post(known, typed()).content.decode()
    assert "Fräserei Ölmann, Halle (gleicher Name)" in page
    assert "Diese Karte steht schon hier" in page
    assert Card.objects.count() == 1


def test_what_is_swapped_in_equals_the_page(anna, fair):
    companies.find_or_create(name="Fräserei Ölmann", place="Halle", by=BY)
    known = anna.post(reverse("desk:fair_known", kwargs={"uuid": fair.uuid}), typed()).content.decode().strip()
    whole = anna.post(address(fair), typed(contact="")).content.decode()
    assert known in whole


def test_one_says_that_it_is_none_of_the_known_firms(anna, fair):
    companies.find_or_create(name="Fräserei Ölmann", place="Halle", by=BY)
    anna.post(address(fair), typed(company="other"))
    anna.post(address(fair), {"do": "take"})
    assert Company.objects.count() == 2


def test_each_card_is_followed_up_and_leads_to_the_next(anna, fair):
    anna.post(address(fair), typed())
    anna.post(address(fair), typed(name="Uwe Krause", firm="Krause GmbH", contact="0391 5550123"))
    anna.post(address(fair), {"do": "take"})
    first, second = (reverse("desk:card", kwargs={"uuid": card.uuid}) for card in Card.objects.order_by("id"))
    page = anna.get(first).content.decode()
    assert "jana@fraese.example" in page
    assert "keine Einwilligung" in page
    assert anna.post(first, {"do": "write", "text": "Schön war es."})["Location"] == second
    assert "Schön war es." in Letter.objects.get().text
    assert 'name="text"' not in anna.get(second).content.decode()  # no mail address, so no mail
    assert anna.post(second, {"do": "call", "call-due_on": clock.today().isoformat()})["Location"] == address(fair)
    assert FollowUp.objects.get().due_on == clock.today()
    page = anna.get(address(fair)).content.decode()
    assert "Anrufliste" in page
    assert "tel:+493915550123" in page


def test_who_is_called_away_finds_the_follow_up_as_they_changed_it(anna, fair):
    anna.post(address(fair), typed())
    anna.post(address(fair), {"do": "take"})
    card = reverse("desk:card", kwargs={"uuid": Card.objects.get().uuid})
    assert anna.post(card, {"do": "keep", "text": "Schön war es am Stand."})["Location"] == card
    page = anna.get(card).content.decode()
    assert "Schön war es am Stand." in page
    assert "Ihr Text ist gemerkt." in page
    assert not Letter.objects.exists()
    anna.post(card, {"do": "write", "text": "Schön war es am Stand, bis bald."})
    assert "bis bald" in Letter.objects.get().text
    assert Card.objects.get().draft == ""  # what went out stands in the thread
    anna.post(card, {"do": "keep", "text": "Zu spät"})
    assert Card.objects.get().draft == ""
    assert "schon erledigt" in anna.get(card).content.decode()


def test_a_mail_is_refused_where_none_may_go_out(anna, fair):
    anna.post(address(fair), typed(contact="0391 5550123"))
    anna.post(address(fair), {"do": "take"})
    card = reverse("desk:card", kwargs={"uuid": Card.objects.get().uuid})
    assert anna.post(card, {"do": "write", "text": "Hallo"}).status_code == 422
    assert not Letter.objects.exists()


def test_a_photo_is_kept_without_what_the_phone_wrote_and_goes_when_the_card_is_settled(anna, client, fair, world):
    picture = SimpleUploadedFile("karte.png", painted(), content_type="image/png")
    anna.post(address(fair), typed(photo=picture))
    card = Card.objects.get()
    photo = reverse("desk:card_photo", kwargs={"uuid": card.uuid})
    shown = anna.get(photo)
    assert (shown["Content-Type"], shown.content[:4]) == ("image/webp", b"RIFF")
    anna.post(address(fair), {"do": "take"})
    anna.post(reverse("desk:card", kwargs={"uuid": card.uuid}), {"do": "nothing"})
    assert anna.get(photo).status_code == 404
    assert not Upload.objects.exists()


def picture(number=0):
    return SimpleUploadedFile(f"karte-{number}.png", painted(640 + number), content_type="image/png")


def photograph(client, fair, *pictures, submission=None):
    said = {"do": "photos", "photos-photos": list(pictures), "photos-submission": submission or uuid.uuid4()}
    return client.post(address(fair), said)


def test_photos_alone_are_cards_that_are_typed_later_one_after_the_other(anna, fair):
    anna.post(address(fair), typed())
    photograph(anna, fair, picture(10), picture(200))
    page = anna.get(address(fair)).content.decode()
    assert "<strong>3</strong> Karten" in page
    assert "2 noch abzutippen" in page
    anna.post(address(fair), {"do": "take"})
    assert Case.objects.count() == 1, "a photo says nothing yet"
    first, second = (
        reverse("desk:card", kwargs={"uuid": card.uuid}) for card in Card.objects.filter(name="").order_by("id")
    )
    assert f'href="{first}"' in anna.get(address(fair)).content.decode()
    assert "Foto der Visitenkarte" in anna.get(first).content.decode()
    answer = anna.post(first, typed(name="Uwe Krause", firm="Krause GmbH", contact="0391 5550123"))
    assert answer["Location"] == second
    assert anna.post(second, typed(name="Ute Abel", firm="", contact=""))["Location"] == address(fair)
    anna.post(address(fair), {"do": "take"})
    assert Case.objects.count() == 2, "who cannot be reached is no case"
    assert "1 noch abzutippen" in anna.get(address(fair)).content.decode()


def test_a_card_on_which_nothing_more_stands_becomes_a_case_by_somebodys_word(anna, fair):
    photograph(anna, fair, picture(10), picture(200))
    first, second = (reverse("desk:card", kwargs={"uuid": card.uuid}) for card in Card.objects.order_by("id"))
    assert "Mehr steht nicht darauf" in anna.get(first).content.decode()
    anna.post(first, typed(contact=""))
    page = anna.get(address(fair)).content.decode()
    assert "Telefon oder E-Mail fehlt" in page
    assert f'href="{second}" ' in page.split("<ol")[0], "who types goes on with what nobody has typed"
    assert anna.post(first, {**typed(name="", firm="", contact=""), "do": "whole"}).status_code == 422
    assert not Case.objects.exists()
    assert anna.post(first, {**typed(contact=""), "do": "whole"})["Location"] == second
    case = Case.objects.get()
    assert (case.name, case.firm, case.email, case.phone) == ("Jana Ölmann", "Fräserei Ölmann", "", "")
    assert case.company == Company.objects.get()
    assert Card.objects.exclude(case=None).get().case == case


def test_a_card_without_a_photo_still_needs_a_way_to_reach_them(anna, fair):
    anna.post(address(fair), typed())
    page = reverse("desk:card", kwargs={"uuid": Card.objects.get().uuid})
    assert "Mehr steht nicht darauf" not in anna.get(page).content.decode()
    assert anna.post(page, {**typed(contact=""), "do": "whole"}).status_code == 422
    assert not Case.objects.exists()


def test_more_photos_go_at_once_than_files_of_a_mail_and_the_page_says_how_many(anna, fair, monkeypatch):
    monkeypatch.setattr(uploads, "MOST", 1)
    photograph(anna, fair, picture(10), picture(200))
    assert Card.objects.count() == 2
    page = anna.get(address(fair)).content.decode()
    assert "Höchstens 40 Fotos auf einmal, zusammen bis" in page
    assert 'data-ww-most="40"' in page, "the script tells it before they are sent"
    refused = photograph(anna, fair, *(picture() for _number in range(41)))
    assert refused.status_code == 422
    assert "Höchstens 40 Fotos auf einmal. Wählen Sie bitte weniger aus" in refused.content.decode()
    assert Card.objects.count() == 2


def test_photos_that_are_too_large_together_are_refused_in_words_of_photos(anna, fair, settings):
    settings.MAIL_MOST_BYTES = 10
    refused = photograph(anna, fair, picture(10), picture(20))
    assert "Zusammen sind die Fotos zu groß." in refused.content.decode()
    assert not Card.objects.exists()


def test_photos_sent_twice_are_there_once(anna, fair):
    same = uuid.uuid4()
    for _time in range(2):
        photograph(anna, fair, picture(10), picture(200), submission=same)
    assert (Card.objects.count(), Upload.objects.count()) == (2, 2)


def test_a_photo_that_is_none_is_named_and_none_is_kept(anna, fair):
    wrong = SimpleUploadedFile("brief.png", b"kein Bild", content_type="image/png")
    answer = photograph(anna, fair, picture(), wrong)
    assert answer.status_code == 422
    assert "brief.png" in answer.content.decode()
    assert "karte-0.png" not in answer.content.decode()
    assert not Card.objects.exists()
    assert photograph(anna, fair).status_code == 422


def test_a_card_that_is_a_photo_is_removed_as_any_other(anna, fair):
    photograph(anna, fair, picture())
    anna.post(reverse("desk:card", kwargs={"uuid": Card.objects.get().uuid}), {"do": "remove"})
    assert not Card.objects.exists()
    assert not Upload.objects.exists()


def test_what_is_no_picture_is_refused_with_the_row_kept(anna, fair):
    wrong = SimpleUploadedFile("karte.png", b"kein Bild", content_type="image/png")
    answer = anna.post(address(fair), typed(photo=wrong))
    assert answer.status_code == 422
    assert "Fräserei Ölmann" in answer.content.decode()
    assert not Card.objects.exists()


def test_another_partner_sees_no_cards(client, world, fair):
    client.force_login(staff.login(world.ben))
    assert "Handwerksmesse" not in client.get(reverse("desk:fairs")).content.decode()
    assert client.get(address(fair)).status_code == 404


def test_after_a_mistake_the_cursor_stands_in_the_field_that_is_wrong(anna, fair):
    assert focused(anna.get(address(fair))) == ["card-name"]
    for wrong in ("jana@fraese", ""):
        assert focused(anna.post(address(fair), typed(contact=wrong))) == ["card-contact"]
    assert focused(anna.post(address(fair), typed(name="", firm=""))) == ["card-name"]


def focused(answer):
    return re.findall(r'<input(?=[^>]*\sautofocus)[^>]*\sname="([^"]+)"', answer.content.decode())
