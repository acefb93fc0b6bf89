"""Cells that hold more than their value: hours and whose a number is, slips in addresses, a street behind the name."""

import datetime as dt
import doctest

import pytest

from wegweiser.companies import mail_typos
from wegweiser.companies.importing import beside_names, headers, pages, phone_cells, reading, told
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import page_addresses, told_contacts, told_names
from wegweiser.companies.linkage.row.profiles import profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.consortium.gazetteer import Gazetteer, Place
from wegweiser.web.desk import list_words

pytestmark = pytest.mark.one_database
CLEANER = Cleaner(
    Region(
        (DistrictName("15086", "Jerichower Land", "JL"),),
        Gazetteer(
            (
                Place("Genthin", "15086", "", 52.4, 12.2, 14_000, ("39307",)),
                Place("Burg", "15086", "", 52.3, 11.9, 22_000, ("39288",)),
            )
        ),
    ),
    Sectors({"food": ("Lebensmittel",)}),
    dt.date(2026, 11, 26),
)
HEADER = "Firma;Ansprechpartner;Straße;Ort;Telefon;E-Mail;Web;Bemerkung\n"


def read(*lines: str) -> list[Clean | Rejected]:
    grid = reading.read((HEADER + "".join(f"{line}\n" for line in lines)).encode())
    head = headers.head(grid.lines)
    return list(CLEANER.rows(grid.lines, head, head.mapping))


def row(*, name: str = "Abelguss", phone: str = "", mail: str = "", web: str = "") -> Clean:
    (found,) = read(f"{name};;;;{phone};{mail};{web};")
    assert isinstance(found, Clean)
    return found


def warned(found: Clean) -> list[tuple[str, str, str]]:
    """Each with the words that somebody reads in the preview, which there have to be."""
    assert all(list_words.REASONS[one.reason] for one in found.warnings)
    return [(one.column, one.reason, one.text) for one in found.warnings]


@pytest.mark.parametrize(
    "module", [beside_names, mail_typos, page_addresses, pages, phone_cells, told_contacts, told_names]
)
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- Numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "T 03921 944101",
        "Tel.Nr. 03921 944101",
        "Festnetz: 03921/944101",
        "03921-944101 Laden",
        "O3921 9441O1",
        "Büro (03921) 944101 !",
    ],
)
def test_a_number_is_read_whatever_word_says_what_kind_it_is(text):
    assert row(phone=text).phones == ("+493921944101",)
    assert row(phone=text).unverified == {}


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("03921 944101 ab 16 Uhr", "ab 16 Uhr"),
        ("03921 944101 Mo-Do 8-12", "Mo-Do 8-12"),
        ("03921 944101 8-12", "8-12"),
        ("03921 944101 (ab 17:00)", "ab 17:00"),
        ("nur vormittags 03921 944101", "nur vormittags"),
        ("03921 944101 Frau Kain", "Frau Kain"),
        ("03921 944101 Durchwahl 12", "Durchwahl 12"),
        ("03921 944101 ?", "?"),
        ("03921 944101 2. Stock", "2. Stock"),
        ("seit 01.06.2024 03921 944101", "seit 01.06.2024"),
        ("03921 944101 Fax -11", "Fax -11"),
        ("03921 944101-03", "-03"),
    ],
)
def test_what_stands_beside_a_number_is_told_and_kept(text, beside):
    found = row(phone=text)
    assert found.phones == ("+493921944101",), "and none that is longer"
    assert warned(found) == [("Telefon", "left_beside", beside)]
    assert found.unverified == {"phone": beside}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("03921 944101 0170 5550100", ("+493921944101", "+491705550100")),
        ("Büro: 03921/944101 Mobil: 0170/5550100", ("+493921944101", "+491705550100")),
        ("03921 944101 & 0170 5550100", ("+493921944101", "+491705550100")),
        ("03921 944101 - 0170 5550100", ("+493921944101", "+491705550100")),
        ("03921 944101/02", ("+493921944101", "+493921944102")),
        ("03921 94410-19", ("+4939219441019",)),  # a desk of an exchange
        ("03921 944 10-19", ("+4939219441019",)),
        ("0391 54 44 86", ("+49391544486",)),
    ],
)
def test_two_numbers_are_two_and_one_is_one(text, numbers):
    found = row(phone=text)
    assert (found.phones, found.warnings) == (numbers, [])


@pytest.mark.parametrize(
    "others",
    [
        "Vermieter 03921 944209",
        "03921 944209 (Nachbar)",
        "bitte nicht 944209",
        "alte Nr. 03921 944209",
        "Kollege 944209",
    ],
)
def test_a_number_of_somebody_else_is_told_and_not_taken(others):
    found = row(phone=f"03921 944101, {others}")
    assert found.phones == ("+493921944101",)
    assert warned(found) == [("Telefon", "of_somebody_else", others)]
    assert found.unverified == {"phone": others}


def test_words_between_two_numbers_are_said_of_the_second():
    found = row(phone="03921 944101 Vermieter 03921 944209")
    assert found.phones == ("+493921944101",)
    assert warned(found) == [("Telefon", "of_somebody_else", "Vermieter 03921 944209")]


@pytest.mark.parametrize("text", ["03921 944101, Fax 03921 944109", "Tel 03921 944101 Fax 03921 944109"])
def test_a_fax_in_the_cell_of_the_telephone_is_one(text):
    found = row(phone=text)
    assert (found.phones, found.fax, found.warnings) == (("+493921944101",), "+493921944109", [])


def test_a_letter_for_a_digit_is_told():
    assert warned(row(phone="O3921 944101")) == [("Telefon", "put_right", "O3921 944101")]


# --- Mails and pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("post@abelguss,example", "post@abelguss.example"),
        ("post@@abelguss.example", "post@abelguss.example"),
        ("postQabelguss.example", "post@abelguss.example"),
        ("post@www.abelguss.example", "post@abelguss.example"),
        ("abelguss@gmx de", "abelguss@gmx.de"),
        ("abelguss@t-online", "abelguss@t-online.de"),
        ("abelguss@t-onlin.de", "abelguss@t-online.de"),
        ("abelguss@gmx.dee", "abelguss@gmx.de"),
        ("abelguss@gmial.com", "abelguss@gmail.com"),
    ],
)
def test_a_slip_that_can_only_mean_one_address_is_put_right_and_told(text, address):
    found = row(mail=text)
    assert found.emails == (address,)
    assert warned(found) == [("E-Mail", "put_right", f"{text} → {address}")]


@pytest.mark.parametrize(
    "text", ["post@abel.example!", "post@abel.example?", "post@abel.example#mailto:post@abel.example#"]
)
def test_signs_around_an_address_are_none_of_it(text):
    found = row(mail=text)
    assert (found.emails, found.warnings) == (("post@abel.example",), [])


@pytest.mark.parametrize("mail", ["abel@wbe.de", "abel@wab.de"])
def test_a_domain_that_may_be_somebodys_stays_as_it_is_and_is_asked_about(mail):
    found = row(mail=mail)
    assert found.emails == (mail,)
    assert warned(found) == [("E-Mail", "perhaps_mistyped", f"{mail} → abel@web.de")]


@pytest.mark.parametrize(
    "mail", ["abel@e-online.de", "abel@mail.com", "abel@gmx.at", "abel@poster.example", "info@t-online"]
)
def test_another_provider_and_a_box_of_nobody_are_no_slips(mail):
    assert not any(one.reason == "put_right" for one in row(mail=mail).warnings)


def test_a_mail_of_somebody_else_is_told_and_not_taken():
    found = row(mail="post@abel.example, Steuerberater kanzlei@kain.example")
    assert found.emails == ("post@abel.example",)
    assert warned(found) == [("E-Mail", "of_somebody_else", "Steuerberater kanzlei@kain.example")]


@pytest.mark.parametrize(
    "text",
    [
        "siehe www.abel.example",
        "Homepage: www.abel.example",
        "http//www.abel.example",
        "wwww.abel.example",
        "www,abel.example",
    ],
)
def test_the_page_of_a_cell_is_found(text):
    assert row(web=text).website.partition("://")[2] == "www.abel.example"


def test_what_stands_beside_a_page_is_told():
    found = row(web="abel.example (im Aufbau)")
    assert found.website == "https://abel.example"
    assert warned(found) == [("Web", "left_beside", "(im Aufbau)")]


def test_a_comma_is_no_end_of_a_page():
    assert row(web="www.abel-guss,example").website == "https://www.abel-guss.example"


@pytest.mark.parametrize("text", ["gemacht von www.kain.example", "wie www.kain.example"])
def test_a_page_that_is_another_ones_is_not_taken(text):
    found = row(web=text)
    assert found.website == ""
    assert warned(found) == [("Web", "invalid_website", text)]


def test_a_page_in_the_cell_of_the_mail_is_the_page():
    found = row(mail="über Homepage www.abel.example")
    assert (found.emails, found.website, found.warnings) == ((), "https://www.abel.example", [])


def test_a_mailbox_without_its_end_is_no_page():
    found = row(mail="ute.abel")
    assert found.website == ""
    assert warned(found) == [("E-Mail", "invalid_email", "ute.abel")]


# --- Names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "out"),
    [
        ("10023 Abelguss GmbH", "Abelguss GmbH", "10023"),
        ("12. Tischlerei Abel", "Tischlerei Abel", "12."),
        ("Kd-Nr. 4711 Spedition Abel", "Spedition Abel", "Kd-Nr. 4711"),
    ],
)
def test_a_number_of_a_customer_is_no_name(text, name, out):
    found = row(name=text)
    assert found.name == name
    assert warned(found) == [("Firma", "out_of_the_name", out)]
    assert found.unverified == {"name": out}


def test_a_telephone_and_a_street_behind_the_name_go_where_they_belong():
    found = row(name="Abelguss, Industriestr. 9, 03921 944101")
    assert (found.name, found.street, found.phones) == ("Abelguss", "Industriestr. 9", ("+493921944101",))
    assert [one[1:] for one in warned(found)] == [
        ("out_of_the_name", "03921 944101"),
        ("out_of_the_name", "Industriestr. 9"),
    ]
    assert found.unverified == {}


@pytest.mark.parametrize(
    "name",
    ["Fahrschule 2000", "Kita 12 Abelau", "1. FC Abelau", "3. Grundschule", "24 Stunden Pflege", "Café am Markt 5"],
)
def test_a_number_that_is_in_the_name_stays_there(name):
    assert row(name=name).name == name


def test_a_row_with_nothing_but_a_mailbox_at_a_provider_is_called_by_it():
    found, somebody, nobody = read(";;;;;fleischerei-abel@gmx.de;;", ";;;;;ute.abel@gmx.de;;", ";;;;;abel@gmx.de;;")
    assert isinstance(found, Clean)
    assert (found.name, found.emails) == ("Fleischerei Abel", ("fleischerei-abel@gmx.de",))
    assert warned(found) == [("E-Mail", "name_from_mailbox", "Fleischerei Abel")]
    assert isinstance(somebody, Rejected)
    assert isinstance(nobody, Rejected)


# --- Remarks -------------------------------------------------------------------------------------------------------


def verdict(one: Clean | Rejected, other: Clean | Rejected) -> Verdict:
    assert isinstance(one, Clean)
    assert isinstance(other, Clean)
    left, right = (profile(number, told.known_of(row)) for number, row in enumerate((one, other)))
    assert compare(left, right).verdict == compare(right, left).verdict
    return compare(left, right).verdict


@pytest.mark.parametrize(
    "remark",
    [
        "siehe Zeile oben",
        "= oben",
        "Dublette",
        "doppelter Eintrag",
        "bereits in Liste",
        "dieselbe Firma wie oben",
        "s. o. Tischlerei Rehbein",
        "gleiche Firma wie Rehbein",
        "identisch mit Tischlerei Rehbein",
    ],
)
def test_a_remark_says_that_it_is_the_firm_above(remark):
    above, below = read("Tischlerei Rehbein;;Ringstr. 4;Burg;;;;", f"Rehbein Möbel;;;;;;;{remark}")
    assert verdict(above, below) == Verdict.SURE


@pytest.mark.parametrize(
    "remark",
    [
        "keine Dublette, andere Firma",
        "Ansprechpartner siehe oben",
        "gleiches Problem wie oben",
        "Öffnungszeiten = oben",
        "nicht identisch mit Tischlerei Rehbein",
        "Kunde von Tischlerei Rehbein",
        "schon",
    ],
)
def test_a_remark_that_says_something_else_makes_nothing_one(remark):
    above, below = read("Tischlerei Rehbein;;Ringstr. 4;Burg;;;;", f"Rehbein Möbel;;;;;;;{remark}")
    assert verdict(above, below) < Verdict.SURE


def test_the_row_above_is_another_firm_where_no_name_agrees_or_it_is_elsewhere():
    one, other, third = read(
        "Tischlerei Rehbein;;Ringstr. 4;Burg;;;;",
        "Kain Brot;;;;;;;siehe oben",
        "Kain Brot Laden;;;Genthin;;;;siehe oben",
    )
    assert verdict(one, other) < Verdict.SURE
    assert isinstance(third, Clean)
    assert third.place == "Genthin"


def test_two_companies_are_two_whatever_a_remark_says():
    one, other = read("Rehbein Holz GmbH;;;Burg;;;;", "Rehbein Bau GmbH;;;Burg;;;;siehe Rehbein Holz")
    assert verdict(one, other) < Verdict.SURE


# --- What two rows know of each other ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("web", "mail"),
    [
        ("shop.rehbein.example", "info@rehbein.example"),
        ("https://rehbein.example?lang=de", "info@rehbein.example"),
        ("www.tischlerei-rehböck.example", "info@tischlerei-rehboeck.example"),
    ],
)
def test_a_page_is_one_with_its_shop_and_its_umlauts(web, mail):
    one, other = (profile(number, told.known_of(found)) for number, found in enumerate((row(web=web), row(mail=mail))))
    assert one.domains & other.domains


def test_a_page_below_a_shared_house_is_nobody_elses():
    one, other = (
        profile(number, told.known_of(row(web=web)))
        for number, web in enumerate(("abel.burg.example", "kain.burg.example"))
    )
    assert not one.domains & other.domains


def test_a_mail_with_a_slip_is_the_one_that_was_meant():
    one, other = (
        profile(number, told.known_of(row(mail=mail)))
        for number, mail in enumerate(("rehbein@wbe.de", "rehbein@web.de"))
    )
    assert one.emails & other.emails
