"""What stands in the one field for phone and mail of a card: each number is told, none is cut, nothing is lost."""

import pytest

from wegweiser.enquiries import business_cards, entered
from wegweiser.kernel.errors import DomainError


def read(contact, keyword=""):
    said = business_cards.card("Jana", "", contact, keyword)
    return said["phone"], said["email"], said["keyword"]


@pytest.mark.parametrize(
    ("contact", "phone", "mail", "keyword"),
    [
        ("0391 5550123", "+493915550123", "", ""),
        ("Tel. 0391 5550123", "+493915550123", "", ""),
        ("Tel: +49 391 5550123", "+493915550123", "", ""),
        ("Telefon 0391 5550123", "+493915550123", "", ""),
        ("0391 / 555 01 23", "+493915550123", "", ""),
        ("jana@fraese.example / 0391 555-0123", "+493915550123", "jana@fraese.example", ""),
        ("E-Mail:jana@a.example", "", "jana@a.example", ""),
        ("<jana@a.example>", "", "jana@a.example", ""),
        ("jana@a.example.", "", "jana@a.example", ""),
        ("(jana@a.example), 0391 5550123", "+493915550123", "jana@a.example", ""),
        ("0391 5550123, 0171 5550199", "+493915550123", "", "0171 5550199"),
        ("0391 5550123 / 0171 5550199", "+493915550123", "", "0171 5550199"),
        ("Telefon 0391 5550123, Mobil 0171 55501997", "+493915550123", "", "0171 55501997"),
        ("T +49 391 5550123 M +49 171 5550199 info@x.example", "+493915550123", "info@x.example", "0171 5550199"),
        ("Fax 0391 5550124, Tel. 0391 5550123", "+493915550123", "", "Fax 0391 5550124"),
        ("a@x.example, b@x.example", "", "a@x.example", "b@x.example"),
        (
            "+49 391 5550123; +49 171 5550199; Fax +49 391 5550124",
            "+493915550123",
            "",
            "0171 5550199, Fax 0391 5550124",
        ),
        ("+49 391 5550123, +49 171 5550199", "+493915550123", "", "0171 5550199"),
        ("+49 (0)391 5550123 mobil +49 (0)171 5550199 a@x.example", "+493915550123", "a@x.example", "0171 5550199"),
        ("0391 5550123 www.firma.example", "+493915550123", "", "www.firma.example"),
    ],
)
def test_each_part_of_a_contact_is_told(contact, phone, mail, keyword):
    assert read(contact) == (phone, mail, keyword)


def test_what_is_left_stands_behind_the_keyword_and_is_no_part_of_it():
    _, _, keyword = read("0391 5550123, 0171 5550199", "Scanner")
    assert keyword == "Scanner | 0171 5550199"
    assert business_cards.topic_of(keyword) == "Scanner"
    assert business_cards.topic_of(read("0391 5550123, 0171 5550199")[2]) == "0171 5550199"


def test_what_would_be_cut_is_refused():
    with pytest.raises(DomainError) as refusal:
        read("0391 5550123, 0171 5550199", "Scanner " * 25)
    assert (refusal.value.code, refusal.value.field) == ("text_too_long", "keyword")


def test_a_fax_or_a_page_alone_reaches_nobody():
    for contact in ("Fax 0391 5550124", "http://firma.example"):
        with pytest.raises(DomainError) as refusal:
            read(contact)
        assert refusal.value.code == "contact_missing"


@pytest.mark.parametrize(
    "typed", ["Tel. 0391 5550123", "Telefon: 0391 5550123", "Mobil 0391 5550123", "T 0391 5550123"]
)
def test_a_number_with_its_label_is_a_number(typed):
    assert entered.phone(typed) == "+493915550123"


@pytest.mark.parametrize("typed", ["0391 5550123 App. 12", "abends anrufen 0391", "Tel. Zentrale"])
def test_what_says_more_than_a_number_stays_as_it_was_written(typed):
    assert entered.phone(typed) == typed
