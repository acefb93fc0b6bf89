"""The case that a forwarded mail opens asks what the outsider asked, and is offered what fits."""

import pytest

from tests.mailing import came
from tests.web.desk.conftest import world  # noqa: F401
from wegweiser.catalogue import matches
from wegweiser.crossings import mails
from wegweiser.enquiries import forwarded, subjects
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
HEAD = "----- Weitergeleitete Nachricht -----\nVon: Jana Ölmann <jana@firma.example>\nGesendet: Montag\nAn: Anna\n"
HEAD += "Betreff: x"
OLDER = ">\n> Von: Anna\n> An: Jana\n> Betreff: x\n> a@b.example"
UWE = "Uwe Krause <uwe@krause.example>"
QUESTION = "Unsere Kuvertiermaschine zerknittert jeden Brief."


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


def opened(world, text, **heads):  # noqa: F811
    mail = came(text, **{"from": "Anna <anna@centre.example>", **heads})
    return mails.confirm(mail=mail, case=None, member=world.anna, by=BY)


def test_its_question_is_what_stands_below_the_copied_head(world):  # noqa: F811
    case = opened(world, f"z. K. Anna\n\n{HEAD}\n\n{QUESTION}\n\nViele Grüße", subject="WG: Briefe")
    assert case.text == f"Briefe\n\n{QUESTION}\n\nViele Grüße"
    assert (case.email, case.adviser, case.topic) == ("jana@firma.example", world.anna, None)


def test_what_fits_is_suggested_and_who_forwards_it_says_nothing_of_the_routing(world):  # noqa: F811
    case = opened(world, f"{HEAD}\n\n{QUESTION}", subject="WG: Briefe")
    fits = [offer.entry.slug for offer in matches.match(f"Briefe\n\n{QUESTION}").offers]
    assert fits
    assert [offer["slug"] for offer in case.suggested["offers"]] == fits
    assert "routed_by" in case.suggested


def test_what_one_of_ours_wrote_is_no_question(world):  # noqa: F811
    heads = {"to": "Jana <jana@firma.example>", "cc": "antwort@centre.example", "subject": "Ihr Besuch"}
    case = opened(world, "Wie besprochen.", **heads)
    assert (case.text, case.suggested) == ("Ihr Besuch", {})


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n\n{QUESTION}",
        f"Bitte.\n\nAm 02.03.2026 um 10:00 schrieb Jana <jana@firma.example>:\n> {QUESTION}\n{OLDER}",
        f"Von: Anna <anna@centre.example>\nAn: Jana\nBetreff: x\n\nJa.\n\n{HEAD}\n\n{QUESTION}",
        f"{HEAD}\n\n{QUESTION}\n\nAm 01.03.2026 um 10:00 schrieb Anna <anna@centre.example>:\n> Guten Tag.",
    ],
)
def test_the_words_of_whom_it_names(text):
    assert forwarded.words_of(text, forwarded.Address("Jana", "jana@firma.example")) == QUESTION


def test_whom_it_does_not_name_has_no_words():
    assert forwarded.words_of(f"{HEAD}\n\n{QUESTION}", forwarded.Address("Uwe", "uwe@firma.example")) == ""


@pytest.mark.parametrize(
    ("subject", "told"),
    [("WG: Fräse", "Fräse"), ("AW: WG: [EXTERN] Fwd: Fräse", "Fräse"), ("Wir: alle", "Wir: alle"), ("WG:", "")],
)
def test_what_a_subject_is_about_is_no_sign_of_a_program(subject, told):
    assert subjects.about(subject) == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"Von: uwe@krause.example habe ich gehört.\n\nVon: {UWE}\nGesendet: Montag\n\nUnsere Fräse steht.",
            "Unsere Fräse steht.",
        ),
        (f"Von: {UWE}\nunsere Fräse steht.", "unsere Fräse steht."),
        (f"Von: {UWE}\nBetreff: Frage\nunsere Fräse steht.\n\nUwe", "unsere Fräse steht.\n\nUwe"),
        (
            f"Betreff: Frage\nDatum: heute\nVon: {UWE}\nAn: a@x.example,\n b@x.example\n\nUnsere Fräse steht.",
            "Unsere Fräse steht.",
        ),
        (f"Von: {UWE}\nBetreff: Frage\nWichtigkeit: hoch\n\nUnsere Fräse steht.", "Unsere Fräse steht."),
    ],
    ids=["a sentence before it", "nothing but the head", "no empty line", "wrapped", "more in the head"],
)
def test_the_words_stand_below_the_head(text, words):
    assert forwarded.words_of(text, forwarded.Address("Uwe Krause", "uwe@krause.example")) == words


def test_a_sentence_that_begins_like_a_head_names_nobody():
    text = (
        f"Von: max@abel.example habe ich gehört, bitte kümmern.\n\nVon: {UWE}\nGesendet: Montag\n\nUnsere Fräse steht."
    )
    assert [head.sender.mail for head in forwarded.heads_in(text)] == ["uwe@krause.example"]
