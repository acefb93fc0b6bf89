"""A mail is read whatever it looks like, and never believed."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mailing import written
from wegweiser.enquiries import mail_reading, mail_text

OUTLOOK = (
    "Von: Anna <anna@centre.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Jana\nBetreff: Termin\n\nPasst Montag?"
)


@pytest.mark.parametrize(
    "history",
    [
        "Am 2. März 2026 um 10:00 schrieb Anna <anna@centre.example>:\n> Passt Montag?\n>\n> Anna",
        "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Zentrum Magdeburg <\nanna@centre.example>:\n\n> Passt Montag?",
        "On Mon, 2 Mar 2026 at 10:00, Anna wrote:\n> Passt Montag?",
        "Anna schrieb am 02.03.2026 10:00:\n> Passt Montag?",
        "-----Ursprüngliche Nachricht-----\n" + OUTLOOK,
        "________________________________\n" + OUTLOOK,
        OUTLOOK,
        "> Passt Montag?\n> Anna",
        "-----Original-Nachricht-----\n" + OUTLOOK,
        "Le lun. 2 mars 2026 à 10:00, Anna <anna@centre.example> a écrit :\n\n> Passt Montag?",
        "De : Anna\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Jana\nObjet : Termin\n\nPasst Montag?",
        "Gesendet: Montag, 2. März 2026 um 10:00 Uhr\n" + OUTLOOK.replace("Gesendet: Montag, 2. März 2026 10:00\n", ""),
        "Betreff: Termin\nVon: Anna\nAn: Jana\n\nPasst Montag?",
        "Am 02.03.2026 um 10:00 schrieb anna@centre.example:\nPasst Montag?",
    ],
)
def test_what_is_quoted_below_is_left_out(history):
    text = f"Ja, Montag passt.\n\nViele Grüße\nJana\n\n{history}"
    assert mail_text.new_words(text) == "Ja, Montag passt.\n\nViele Grüße\nJana"


@pytest.mark.parametrize(
    "text",
    [
        "> Passt Montag?\nJa.\n> Und die Fräse?\nAuch.",
        "Am 2. März 2026 um 10:00 schrieb Anna:\n> Passt Montag?\n\nJa, gern.",
        "Von: Halle nach Magdeburg fahren wir oft.\nGruß",
        "> Passt Montag?",
        "Am Montag schrieb ich Ihnen schon.",
        "Guten Tag,\nAm Montag schrieb mir der Kunde:\nWir brauchen die Teile mit Seriennummer.\nWie macht man das?",
        "Guten Tag,\nam 2.3.2026 schrieb uns der Kunde:\nWir brauchen die Teile mit Seriennummer.",
        "Wir fahren oft.\nVon: Halle\nAn: Magdeburg\nDatum: jeden Montag\nWas spart da Sprit?",
    ],
)
def test_answers_between_or_below_the_quotes_stay(text):
    assert mail_text.new_words(text) == text


def test_html_becomes_text_without_anything_that_runs_or_is_fetched():
    markup = (
        "<html><head><style>p{color:red}</style><title>x</title></head><body><!-- geheim <p> -->"
        "<p>Guten&nbsp;Tag,<br>die <b>Fräse</b> steht &lt;oft&gt;.</p><script>alert(1)</script>"
        '<img src="https://spion.example/1.gif"><ul><li>eins<li>zwei</ul>'
        '<a href="https://firma.example/plan">Plan</a> <a href="javascript:alert(1)">x</a></body></html>'
    )
    assert mail_text.from_html(markup) == (
        "Guten Tag,\ndie Fräse steht <oft>.\n\neins\n\nzwei\n\nPlan (https://firma.example/plan) x"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<html><head><meta charset=utf-8><body><p>Unsere Fräse steht.</p>",
        "<html><head><meta charset=utf-8><p>Unsere Fräse steht.</p>",
        "<head><title>Anfrage</title>Unsere Fräse steht.",
        "<head><title>Anfrage<body>Unsere Fräse steht.",
        "<head><style>p{color:red}</style><div>Unsere Fräse steht.</div>",
        "<html><HEAD profile=x><base target=_blank><SPAN>Unsere Fräse steht.</SPAN>",
        "<body><noscript>Unsere Fräse steht.",
        "<body><object data=x>Unsere Fräse steht.</object>",
        "<svg><path/></svg>Unsere Fräse steht.",
        "<p><svg>Unsere Fräse steht.</p>",
        "<head><!--[if mso]><xml>x</xml><![endif]--></head>Unsere Fräse steht.",
        "<head><xml><w:View>Normal</w:View><w:Zoom>0</w:Zoom></xml></head><body>Unsere Fräse steht.</body>",
        "<head><xml><w:View>Normal</w:View><body><p>Unsere Fräse steht.</p>",
    ],
)
def test_html_is_read_whose_head_is_not_closed(markup):
    assert mail_text.from_html(markup) == "Unsere Fräse steht."


@pytest.mark.parametrize("tag", ["script", "style", "SCRIPT"])
def test_what_runs_or_paints_is_no_text_even_where_it_is_not_closed(tag):
    assert mail_text.from_html(f"<head><{tag}>x = 1<body><p>y</p>") == ""
    assert mail_text.from_html(f"<body><p>Hallo</p><{tag}>if (a<b) alert(1)</{tag}>") == "Hallo"


def test_html_alone_is_read_and_its_quotes_are_left_out():
    mail = written()
    mail.set_content("<p>Ja, gern.</p><blockquote><p>Passt Montag?</p></blockquote>", subtype="html")
    reading = mail_reading.read(mail.as_bytes())
    assert (reading.text, reading.whole) == ("Ja, gern.", "Ja, gern.\n\n> Passt Montag?")


# --- Hostile ones -----------------------------------------------------------------------------------------------------

HEAD = b"From: Jana <jana@firma.example>\nTo: antwort@centre.example\nSubject: Test\nMessage-ID: <1@firma.example>\n"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nHallo\n',
        HEAD + b"Content-Type: multipart/mixed\n\nHallo",
        HEAD + b"Content-Type: text/plain; charset=klingonisch\n\nHallo",
        HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSGFsbG8===",
        HEAD + b"Content-Type: text/plain; charset=ascii\nContent-Transfer-Encoding: kaputt\n\nHallo",
        HEAD + b"Content-Type: text/plain; charset=utf-8\n\nHallo",
        HEAD.replace(b"\n", b"\r\n") + b"\r\nHallo",
        HEAD + b'Content-Type: ;;;"=?\n\nHallo',
        HEAD + b"Date: gestern\nContent-Disposition: attachment; filename*=utf-8''%FF\nX: \xff\xfe\n\nHallo",
        HEAD.replace(b"<1@", b"<\xff\xfe@") + b"References: <\xe4@b.example>\n\nHallo",
        HEAD + b"Subject: zweites\nFrom: =?utf-8?q?kaputt\n\nHallo",
    ],
)
def test_broken_mails_are_read_as_far_as_that_goes(raw):
    reading = mail_reading.read(raw)
    assert reading.sender.mail == "jana@firma.example"
    assert "Hallo" in reading.text or [file.data for file in reading.files] == [b"Hallo"]


def test_a_wrong_charset_is_read_as_what_it_is():
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + "Grüße aus Köthen".encode("cp1252")
    assert mail_reading.read(raw).text == "Grüße aus Köthen"


def test_line_breaks_in_a_head_are_none_for_us():
    raw = b"From: =?utf-8?q?Jana=0D=0ABcc=3A_alle=40firma=2Eexample?= <jana@firma.example>\n" + HEAD[33:]
    raw = raw.replace(b"Subject: Test", b"Subject: =?utf-8?q?Hallo=0D=0AX-Loop=3A_zentrum?=")
    reading = mail_reading.read(raw + b"\nHallo")
    assert "\n" not in reading.subject + reading.sender.name
    assert (reading.subject, reading.sender.mail) == ("Hallo X-Loop: zentrum", "jana@firma.example")


def test_what_outlook_wraps_up_is_kept_as_a_file():
    mail = written("")
    mail.add_attachment(
        b"\x78\x9f\x3e\x22" + bytes(50), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    reading = mail_reading.read(mail.as_bytes())
    assert [(file.name, file.declared_type) for file in reading.files] == [("winmail.dat", "application/ms-tnef")]


def test_a_mail_on_a_mail_is_a_file_and_names_who_wrote_it():
    inner, outer = written("Unsere Fräse steht.", message_id="<inner@firma.example>"), written("Zur Ablage")
    outer.add_attachment(inner)
    reading = mail_reading.read(outer.as_bytes())
    assert [file.name for file in reading.files] == ["nachricht.eml"]
    assert reading.forwarded[0].sender.mail == "jana@firma.example"
    assert reading.text == "Zur Ablage"


@pytest.mark.parametrize("name", ["ATT00001.htm", "virus.exe"])
def test_the_words_of_a_mail_that_is_sent_on_without_any_stand_in_the_thread(name):
    inner, outer = written("Unsere Fräse steht."), written("")
    inner.add_attachment("<html></html>", subtype="html", filename=name)
    outer.add_attachment(inner)
    outer.add_attachment(written("Und die Säge auch."))
    reading = mail_reading.read(outer.as_bytes())
    assert reading.text == reading.whole == "Unsere Fräse steht.\n\nUnd die Säge auch."


def test_of_a_report_the_mail_that_hangs_on_it_says_nothing():
    raw = b'From: <>\nContent-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/rfc822\n\n'
    assert mail_reading.read(raw + b"Subject: x\n\nUnsere Antwort\n--b--\n").text == ""


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"".join(b"X-Head-%d: x\n" % number for number in range(10_000)) + b"\nHallo",
        HEAD + b"References: " + b"<a@b.example> " * 50_000 + b"\n\nHallo",
        HEAD + b"To: " + b"a@b.example, " * 50_000 + b"\n\nHallo",
        HEAD + b"Content-Type: text/plain; " + b'a="\\";' * 50_000 + b"\n\nHallo",
        HEAD + b"Content-Disposition: attachment; " + b"filename*0=a; " * 50_000 + b"\n\nHallo",
        HEAD + b"Content-Type: text/html\n\nHallo" + b"<!--" * 200_000,
        HEAD + b"Content-Type: text/html\n\nHallo" + b"<a href='" * 100_000,
        HEAD + b"Content-Type: text/html\n\nHallo" + b"<" * 400_000,
        HEAD + b"\nHallo\n" + b"> " * 400_000,
        HEAD + b"\nHallo\n" + b"Von: x\n" * 50_000,
        HEAD + b"\nHallo\n" + b"Am 2. schrieb\n" * 20_000,
    ],
    ids=[
        "heads",
        "references",
        "recipients",
        "type",
        "disposition",
        "comments",
        "links",
        "tags",
        "quotes",
        "heads2",
        "wrote",
    ],
)
def test_size_costs_little(raw):
    start = time.process_time()
    assert mail_reading.read(raw).sender.mail == "jana@firma.example"
    assert time.process_time() - start < 2


def test_twenty_megabytes_are_read():
    mail = written()
    mail.add_attachment(bytes(20_000_000), maintype="application", subtype="pdf", filename="plan.pdf")
    assert len(mail_reading.read(mail.as_bytes()).files[0].data) == 20_000_000


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\0" * 100, b"kein Kopf", b"\xff\xfe" * 50])
def test_what_is_no_mail_is_said_to_be_none(raw):
    with pytest.raises(mail_reading.UnreadableError):
        mail_reading.read(raw)


def test_parts_without_end_are_read_or_refused_but_never_a_crash():
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1200))
    try:
        mail_reading.read(HEAD + deep + b"\nHallo")
    except mail_reading.UnreadableError:
        return


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    mail_reading.glimpse(raw)
    mail_reading.digest(raw)
    try:
        reading = mail_reading.read(HEAD + raw)
    except mail_reading.UnreadableError:
        return
    assert "\0" not in reading.text + reading.subject + reading.sender.name
    (reading.text + reading.subject).encode()


@given(st.text(max_size=300))
def test_new_words_are_words_that_were_there(text):
    plain = mail_text.tidy(text)
    assert mail_text.new_words(plain) in plain
    mail_text.from_html(text).encode()


def test_the_same_mail_has_one_name_however_it_came():
    raw = written(message_id="<same@firma.example>").as_bytes()
    again = b"Received: by another\nX-Spam: no\n" + raw.replace(b"\n", b"\r\n") + b"\r\n"
    assert mail_reading.digest(raw) == mail_reading.digest(again)
    assert mail_reading.digest(raw) != mail_reading.digest(raw + b"mehr")


def test_of_what_is_forwarded_the_old_words_are_the_news():
    text = f"Bitte um Rat.\n\n-----Ursprüngliche Nachricht-----\n{OUTLOOK}"
    reading = mail_reading.read(written(text, subject="WG: Termin").as_bytes())
    assert "Passt Montag?" in reading.text
    assert reading.forwarded[0].sender.mail == "anna@centre.example"


QUOTING = "Guten Tag, der Kunde schreibt:\n\n> Wir brauchen die Teile mit Seriennummer."


def test_what_answers_nothing_is_kept_whole():
    assert mail_reading.read(written(QUOTING, subject="Frage").as_bytes()).text == QUOTING
    answering = written(QUOTING, subject="Frage", in_reply_to="<1@centre.example>")
    assert mail_reading.read(answering.as_bytes()).text == "Guten Tag, der Kunde schreibt:"


def test_a_calendar_reply_is_a_file():
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "jana@firma.example", "Zugesagt"
    mail.set_content("Zugesagt")
    mail.add_alternative("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar")
    assert [file.name for file in mail_reading.read(mail.as_bytes()).files] == ["termin.ics"]


def signature(mail, number, *, size=900, disposition="inline"):
    picture = b"\x89PNG\r\n\x1a\n" + str(number).encode() + b"x" * size
    mail.add_attachment(picture, maintype="image", subtype="png", filename="image000.png", disposition=disposition)
    mail.get_payload()[-1]["Content-ID"] = f"<{number}@outlook>"


def test_small_pictures_of_signatures_come_after_what_somebody_sends():
    mail = written()
    for number in range(20):
        signature(mail, number)
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="angebot.pdf")
    files = mail_reading.read(mail.as_bytes()).files
    assert len(files) == 21
    assert files[0].name == "angebot.pdf"


def test_the_same_logo_all_down_a_thread_is_one_file():
    mail = written()
    for number in [1, 1, 2, 1]:
        signature(mail, number)
    assert len(mail_reading.read(mail.as_bytes()).files) == 2


@pytest.mark.parametrize("how", [{"size": 30_000}, {"disposition": "attachment"}], ids=str)
def test_a_photo_in_the_text_or_a_picture_that_is_attached_keeps_its_place(how):
    mail = written()
    signature(mail, 1, **how)
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="angebot.pdf")
    assert [file.name for file in mail_reading.read(mail.as_bytes()).files] == ["image000.png", "angebot.pdf"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<tr><td>Telefon</td><td>0391</td></tr>", "Telefon 0391"),
        ("<table><tr><th>Mo<th>Di<tr><td>12<td>34</table>", "Mo Di\n\n12 34"),
        ("<table><tr><td></td><td><b>Uwe</b></td><td></td></tr></table>", "Uwe"),
        ("<blockquote><table><tr><td>Von:</td><td>Uwe</td></tr></table></blockquote>", "> Von: Uwe"),
        ("<dl><dt>Telefon</dt><dd>0391</dd></dl>", "Telefon\n\n0391"),
    ],
)
def test_the_cells_of_a_table_are_words_of_their_own(markup, text):
    assert mail_text.from_html(markup) == text
