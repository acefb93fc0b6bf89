"""Which of the texts in a mail are its words."""

import time
from email.message import EmailMessage

import pytest

from wegweiser.enquiries import mail_reading

FOOTER = "-- \nDiese E-Mail wurde auf Viren geprüft."


def part(text, subtype="plain"):
    made = EmailMessage()
    made.set_content(text, subtype=subtype)
    return made


def together(kind, *parts):
    made = EmailMessage()
    getattr(made, f"make_{kind}")()
    for one in parts:
        made.attach(one)
    return made


def reading(mail, **heads):
    mail["From"], mail["Subject"] = "Jana <jana@firma.example>", heads.get("subject", "Frage")
    if "answers" in heads:
        mail["In-Reply-To"] = heads["answers"]
    return mail_reading.read(mail.as_bytes())


def test_what_a_scanner_puts_below_html_hides_nothing():
    read = reading(together("mixed", part("<p>Unsere Fräse steht seit gestern.</p>", "html"), part(FOOTER)))
    assert read.text == "Unsere Fräse steht seit gestern.\n\n--\nDiese E-Mail wurde auf Viren geprüft."
    assert read.whole == read.text


def test_a_plain_part_that_only_asks_for_another_program_is_not_the_mail():
    stand_in = "Bitte verwenden Sie ein HTML-fähiges Programm."
    read = reading(together("alternative", part(stand_in), part("<p>Unsere Fräse steht!</p>", "html")))
    assert read.text == "Unsere Fräse steht!"
    assert read.whole == f"{read.text}\n\n{stand_in}"


def test_of_the_same_words_the_plain_ones_are_taken():
    markup = '<p>Unsere Fräse <a href="https://firma.example/x?y=1&amp;z=abc">steht</a></p>'
    read = reading(together("alternative", part("Unsere Fräse\nsteht"), part(markup, "html")))
    assert (read.text, read.whole) == ("Unsere Fräse\nsteht", "Unsere Fräse\nsteht")


def test_a_plain_part_that_breaks_off_is_not_taken():
    markup = "<p>Unsere Fräse steht. Der Antrieb läuft nicht an, und morgen kommt der Kunde.</p>"
    assert "Antrieb" in reading(together("alternative", part("Unsere Fräse steht."), part(markup, "html"))).text


def test_text_around_a_picture_is_read_in_its_order():
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    shown = together("mixed", part("<p>Sehen Sie:</p>", "html"), picture, part("<p>Was ist das?</p>", "html"))
    read = reading(together("alternative", part("Sehen Sie:\n\nWas ist das?"), shown))
    assert (read.text, [file.name for file in read.files]) == ("Sehen Sie:\n\nWas ist das?", ["bild.png"])
    assert reading(shown).text == "Sehen Sie:\n\nWas ist das?"


def test_an_empty_plain_part_is_none():
    read = reading(together("alternative", part("\n"), part("<p>Unsere Fräse steht.</p>", "html")))
    assert (read.text, read.whole) == ("Unsere Fräse steht.", "Unsere Fräse steht.")


def test_the_same_side_by_side_is_read_once():
    read = reading(together("mixed", part("Unsere Fräse steht."), part("<p>Unsere Fräse steht.</p>", "html")))
    assert read.text == "Unsere Fräse steht."


def test_what_is_put_below_a_quotation_is_no_answer_between_its_lines():
    answer = part("Ja, gern.\n\nAm 2. März 2026 um 10:00 schrieb Anna:\n> Passt Montag?")
    read = reading(together("mixed", answer, part(FOOTER)), answers="<1@centre.example>")
    assert read.text == "Ja, gern.\n\n--\nDiese E-Mail wurde auf Viren geprüft."
    assert "> Passt Montag?" in read.whole


@pytest.mark.parametrize("kind", ["mixed", "alternative"])
def test_many_texts_cost_little(kind):
    mail = together(kind, *(part(f"<p>{'Wort <b>und</b> ' * 10_000}</p>", "html") for _ in range(40)))
    start = time.process_time()
    assert "Wort und" in reading(mail).text
    assert time.process_time() - start < 5


def named(text, name, disposition=""):
    made = part(text)
    made.set_param("name", name)
    if disposition:
        made["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return made


@pytest.mark.parametrize(
    ("parts", "text", "files"),
    [
        ([named("Unsere Fräse steht.", "body.txt")], "Unsere Fräse steht.", []),
        ([named("Unsere Fräse steht.", "body.txt"), named("G0 X1", "bahn.txt")], "Unsere Fräse steht.", ["bahn.txt"]),
        ([part("Anbei."), named("G0 X1", "bahn.txt")], "Anbei.", ["bahn.txt"]),
        ([named("G0 X1", "bahn.txt", "inline")], "", ["bahn.txt"]),
        ([named("G0 X1", "bahn.txt", "attachment")], "", ["bahn.txt"]),
    ],
)
def test_a_name_alone_makes_no_file_of_the_words(parts, text, files):
    read = reading(together("mixed", *parts))
    assert (read.text, [one.name for one in read.files]) == (text, files)


def test_hundreds_of_small_texts_are_read_at_once():
    parts = [
        part(" ".join(f"w{number}x{word}" for word in range(600)), "html" if number % 2 else "plain")
        for number in range(290)
    ]
    mail = together("mixed", *parts)
    began = time.process_time()
    assert reading(mail).text
    assert time.process_time() - began < 3
