"""What stands in the cells of real lists, and what becomes of it."""

import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.companies.importing import (
    columns,
    contacts,
    grid,
    headcount,
    headers,
    one_byte,
    phone_cells,
    reading,
    region,
    remarks,
    sectors,
    values,
)
from wegweiser.companies.importing.region import DistrictName, Region
from wegweiser.companies.importing.rows import Clean, Cleaner, Rejected
from wegweiser.companies.importing.sectors import Sectors
from wegweiser.consortium.gazetteer import Gazetteer, Place

pytestmark = pytest.mark.one_database
TODAY = dt.date(2026, 11, 26)
DISTRICTS = (
    DistrictName("15002", "Halle (Saale) (kreisfreie Stadt)", "HAL"),
    DistrictName("15003", "Magdeburg (kreisfreie Stadt)", "MD"),
    DistrictName("15086", "Jerichower Land", "JL"),
    DistrictName("15087", "Mansfeld-Südharz", "MSH"),
    DistrictName("15081", "Altmarkkreis Salzwedel", "SAW"),
)
PLACES = Gazetteer(
    (
        Place("Magdeburg", "15003", "", 52.1, 11.6, 240_000, ("39104",)),
        Place("Burg", "15086", "", 52.3, 11.9, 22_000, ("39288",)),
        Place("Walbeck", "15087", "", 51.6, 11.4, 400),
        Place("Walbeck", "15086", "", 52.2, 11.0, 800),
    )
)
REGION = Region(DISTRICTS, PLACES)
CLEANER = Cleaner(REGION, Sectors({"food": ("Lebensmittel",), "services": ("Dienstleistung und IT",)}), TODAY)


def rows(text: str) -> list[Clean | Rejected]:
    grid = reading.read(text.encode())
    head = headers.head(grid.lines)
    return list(CLEANER.rows(grid.lines, head, head.mapping))


@pytest.mark.parametrize(
    "module", [columns, contacts, grid, headcount, headers, one_byte, reading, region, remarks, sectors, values]
)
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("12", 12, 12),
        ("ca. 50 MA", 50, 50),
        ("1.200", 1200, 1200),
        ("10–49", 10, 49),
        ("50 bis 249 Beschäftigte", 50, 249),
        ("über 250", 251, None),
        ("250+", 250, None),
        ("unter 10", None, 9),
        ("zwölf", 12, 12),
        ("fünfundzwanzig", 25, 25),
        ("15 (davon 3 Azubis)", 12, 12),
        ("12 inkl. 3 Azubis", 9, 9),
        ("12 inkl. Azubis", None, 12),
        ("10-12, davon 2 Lehrlinge", 8, 10),
        ("15 (davon 3 in Teilzeit)", 15, 15),
        ("Okt 49", 10, 49),
        ("01. Sep", 1, 9),
        ("1949-10-01", 10, 49),
        ("Einzelunternehmer", 1, 1),
        ("12,5", 13, 13),
        ("1.200,5", 1201, 1201),
        ("7,5", 8, 8),
        ("1,200", 1200, 1200),
        ("ca. 1,200 MA", 1200, 1200),
        ("1,200 / 300 Azubis", 1200, 1200),
        ("1,000-1,500", 1000, 1500),
        ("3 + 2 Azubis", 3, 3),
        ("9 + 2 Azubis", 9, 9),
        ("8 MA, 3 Lehrlinge", 8, 8),
        ("5 MA, 2 Azubis", 5, 5),
        ("10 / 2 Azubis", 10, 10),
        ("3 MA + Inhaber", 4, 4),
        ("9 inkl. Inhaber", 9, 9),
        ("9 Mitarbeiter (mit Chefin)", 9, 9),
        ("5-9 MA incl. GF", 5, 9),
        ("5 Vollzeit 3 Teilzeit", 8, 8),
    ],
)
def test_headcounts(text, least, most):
    assert headcount.headcount(text) == headcount.Headcount(least, most)


@pytest.mark.parametrize(
    "text",
    ["viele", "", "49-10", "?", "0391 5550100 123", "siehe Website", "1,200 VZÄ", "0,200", "1,2000", "2,000 Teilzeit"],
)
def test_what_is_no_headcount(text):
    assert headcount.headcount(text) is None


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        *[
            (text, True)
            for text in ("ja", "X", "HWK", "IHK/HWK", "HWK und IHK", "IHK + HWK", "ja (HWK)", "HWK, nicht IHK")
        ],
        *[(text, True) for text in ("Handwerkskammer", "Mitglied der Handwerkskammer", "Mischbetrieb (IHK, Handwerk)")],
        *[(text, False) for text in ("nein", "IHK", "nein (IHK)", "IHK Magdeburg", "kein Handwerk", "nicht HWK")],
        *[(text, False) for text in ("IHK, nicht HWK", "Handwerk: nein", "nicht eingetragen", "nein, IHK")],
        *[(text, None) for text in ("HWK?", "ja (IHK)", "vielleicht")],
    ],
)
def test_what_says_that_a_firm_is_a_craft(text, is_it):
    assert values.is_craft(text) is is_it


@pytest.mark.parametrize(
    "text", ["17.01.2019", "17.1.19", "2019-01-17", "43482", "17. Januar 2019", "2019-01-17 00:00:00"]
)
def test_days(text):
    assert values.day(text, today=TODAY) == dt.date(2019, 1, 17)


@pytest.mark.parametrize("text", ["32.13.2020", "bald", "2019", "03/04/2019", "01.01.2031", "12.12.1890"])
def test_what_is_no_day(text):
    assert values.day(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "ags"),
    [
        ("LK Jerichower Land", "15086"),
        ("Jerich. Land", "15086"),
        ("jl", "15086"),
        ("Mansf.-Südh.", "15087"),
        ("Halle/S.", "15002"),
        ("Magdebrug", "15003"),
        ("15081", "15081"),
        ("Salzwedel", "15081"),
        ("Altmarkkreis", "15081"),
        ("Burg", "15086"),
        ("Walbeck", ""),
        ("Mars", ""),
    ],
)
def test_districts(text, ags):
    assert REGION.district(text) == ags


@pytest.mark.parametrize(
    ("postcode", "place", "ags"),
    [("39104", "", "15003"), ("", "Burg", "15086"), ("", "Walbeck", ""), ("10115", "Berlin", ""), ("", "", "")],
)
def test_the_district_of_a_place_is_told_only_where_it_is_clear(postcode, place, ags):
    assert REGION.of_place(postcode, place) == ags


@pytest.mark.parametrize(
    "text",
    [
        *("bitte löschen", "Alle Daten löschen!", "aus dem Verteiler nehmen", "Löschantrag DSGVO", "lösch mich"),
        *("Recht auf Vergessenwerden (geltend gemacht)", "aus Verteiler nehmen", "bitte streichen", "Daten entfernen"),
        *("möchte aus dem Verteiler raus", "Kunde will raus", "von der Mailingliste streichen", "bitte aus Verteiler"),
        *("Bitte entfernen Sie uns aus Ihrer Datenbank", "löscht uns bitte", "aus unserem Newsletter-Verteiler nehmen"),
    ],
)
def test_wishes_to_be_deleted(text):
    assert remarks.reason(text) == "deletion"


@pytest.mark.parametrize(
    "text",
    [
        *("keine Mails mehr", "bitte nicht mehr anschreiben", "nur telefonisch", "Newsletter: nein", "NEWSLETTER NEIN"),
        *("Nie wieder anrufen", "keine weitere Korrespondenz erwünscht", "verbittet sich Zusendungen"),
        *("möchte keine Einladung erhalten", "will keine Mails mehr bekommen", "bitte noch keine Werbung schicken"),
        *("keine E-Mail vorhanden, bitte keine Post", "hat noch keine Mails bekommen und will keine Werbung"),
        *("kein Interesse mehr an Einladungen", "Zusendungen nicht erwünscht", "möchte nicht mehr eingeladen werden"),
    ],
)
def test_wishes_to_get_no_mail(text):
    assert remarks.reason(text) == "objection"


@pytest.mark.parametrize(
    "text",
    [
        *("", "baut Löschanlagen", "liefert Feuerlöscher", "will digitalisieren", "nette Leute", "Streichorchester"),
        *("Löschwasser", "Entfernung 3 km", "Malerbetrieb, streichen Wände", "entfernen Graffiti", "Rost entfernen"),
        *("kein Interesse an KI, aber an Robotik", "Termin vergessen worden", "will rausfinden, was KI kann"),
        *(
            "Keine E-Mail vorhanden",
            "keine Mailadresse bekannt",
            "keine Mail Adresse zu finden",
            "keine Infos verfügbar",
        ),
        *("noch keine Einladung erhalten", "hat bisher keine Mails bekommen", "Haben noch keine Post erhalten"),
        "will aus der Datenbank heraus Etiketten drucken",
    ],
)
def test_remarks_that_hold_nothing_up(text):
    assert remarks.reason(text) == ""


def test_a_messy_row_is_made_clean():
    (row,) = rows(
        'Firma;PLZ;Ort;Tel.;E-Mail;MA;Kreis;Branche;Erstkontakt\n"Moedebeck\nKuehlgeraete G.m.b.H.";6108;Halle;'
        "0391/5448619, 0171/1234567;Info [at] M.de;Okt 49;HAL;Bäckerei;43482\n"
    )
    assert isinstance(row, Clean)
    assert (row.name, row.legal_form) == ("Moedebeck Kuehlgeraete GmbH", "GmbH")
    assert (row.postcode, row.place, row.district) == ("06108", "Halle", "15002")
    assert (row.phones, row.emails) == (("+493915448619", "+491711234567"), ("info@m.de",))
    assert (row.employees_min, row.employees_max, row.size) == (10, 49, "small")
    assert (row.sector, row.first_contact, row.warnings) == ("food", dt.date(2019, 1, 17), [])


@pytest.mark.parametrize(
    ("code", "place", "district", "read"),
    [
        ("3910", "", "", "03910"),  # nothing speaks against it
        ("6108", "Halle", "HAL", "06108"),
        ("4109", "Leipzig", "", "04109"),  # none of our places
        ("3910", "Magdeburg", "", ""),
        ("3928", "Burg", "JL", ""),
        ("3928", "", "JL", ""),
        ("3928", "Walbeck", "JL", ""),
        ("03928", "Burg", "JL", "03928"),  # written in full it stands as it is
    ],
)
def test_a_zero_is_put_in_front_of_a_postcode_only_where_it_fits(code, place, district, read):
    for text in (
        f"Firma;PLZ;Ort;Kreis\nAbelguss;{code};{place};{district}\n",
        f"Firma;PLZ Ort;Kreis\nAbelguss;{code} {place};{district}\n",
    ):
        (row,) = rows(text)
        assert isinstance(row, Clean)
        assert (row.postcode, row.place) == (read, place)
        warned = [] if read else ["invalid_postcode"]
        assert [told.reason for told in row.warnings] == warned
        assert bool(row.unverified) == bool(warned)


def test_a_bad_value_costs_the_value_and_not_the_row():
    (row,) = rows(
        "Firma;PLZ;Tel.;E-Mail;MA;Kreis;Branche;Erstkontakt\nAbel;39l04;siehe Mail;x@y;viele;Mars;Wellness;bald\n"
    )
    assert isinstance(row, Clean)
    assert [(told.column, told.reason) for told in row.warnings] == [
        ("PLZ", "invalid_postcode"),
        ("Kreis", "unknown_district"),
        ("Tel.", "invalid_phone"),
        ("E-Mail", "invalid_email"),
        ("Branche", "unknown_sector"),
        ("MA", "invalid_headcount"),
        ("Erstkontakt", "invalid_date"),
    ]
    assert (row.postcode, row.phones, row.emails, row.size) == ("", (), (), "")


@pytest.mark.parametrize("header", ["MA", "Mitarbeiter (Fachkräfte)"])
def test_a_comma_in_thousands_is_read_and_told(header):
    (row, _) = rows(f"Firma;{header}\nAbel;1,200\nKain;12\n")
    assert isinstance(row, Clean)
    assert (row.employees_min, row.employees_max, row.size) == (1200, 1200, "large")
    assert [(told.reason, told.text) for told in row.warnings] == [("comma_in_thousands", "1,200")]
    assert row.unverified == {"employees": "1,200"}, "as it stands there"


@pytest.mark.parametrize(
    "text",
    [
        "Firma;MA\nAbel;1,200\nKain;7,5\n",
        "Firma;Mitarbeiter (VZÄ)\nAbel;1,200\nKain;3\n",
        "Firma;MA (FTE)\nAbel;1,200\nKain;3\n",
    ],
)
def test_among_full_time_equivalents_it_is_not_clear(text):
    row, other = rows(text)
    assert isinstance(row, Clean)
    assert isinstance(other, Clean)
    assert (row.size, [told.reason for told in row.warnings]) == ("", ["invalid_headcount"])
    assert (other.size, other.warnings) == ("micro", [])


def test_apprentices_do_not_count_and_stay_as_text():
    (row,) = rows("Firma;MA\nAbel;9 + 2 Azubis\n")
    assert isinstance(row, Clean)
    assert (row.employees_min, row.employees_max, row.size) == (9, 9, "micro")
    assert [(told.column, told.reason, told.text) for told in row.warnings] == [("MA", "left_beside", "9 + 2 Azubis")]


def test_a_row_is_rejected_only_without_a_company():
    found = rows(
        "Firma;Vorname;Nachname;E-Mail;Ort\nAbel;;;;\n;Jana;Ölmann;;Halle\n;;;info@firma.example;\n-;;;x@gmx.de;\n;;;;\n"
        "Firma;Vorname;Nachname;E-Mail;Ort\n1&1;;;;\n"
    )
    assert [row.name if isinstance(row, Clean) else row.reason for row in found] == [
        *("Abel", "Jana Ölmann", "firma.example", "no_company", "empty_row", "header_again", "1&1")
    ]
    assert [row.row for row in found] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("called", ["Total", "24/7", "Muster 1", "Beispiel"])
@pytest.mark.parametrize("told", ["Weg 1;39104;Magdeburg;;", ";;;0391 5448619;", ";;;;info@firma.example"])
def test_a_name_that_looks_like_a_sum_or_a_trial_is_one_only_where_nobody_can_be_reached(called, told):
    (row,) = rows(f"Firma;Straße;PLZ;Ort;Telefon;E-Mail\n{called};{told}\n")
    assert isinstance(row, Clean)
    assert row.name == called


@pytest.mark.parametrize(
    "line",
    [
        "Summe;;;;120;;",
        "Gesamt;12;39104;;45;17;",
        "Total;;;Magdeburg;;;",
        "Test;Teststraße 1;12345;Berlin;0391 5448619;;",
        "Muster;Musterweg 1;12345;Musterstadt;0391 5448619;;",
        "24/7;;;;;;",
        "Privat;Weg 1;39104;Magdeburg;;;",
    ],
)
def test_sums_trials_and_private_people_are_no_firm(line):
    (row,) = rows(f"Firma;Straße;PLZ;Ort;Telefon;E-Mail;MA\n{line}\n")
    assert isinstance(row, Rejected)


def test_a_formula_is_text():
    (row,) = rows('Firma;Ort\n"=HYPERLINK(""http://x"";""Abel"")";Halle\n')
    assert isinstance(row, Clean)
    assert row.name == '=HYPERLINK("http://x";"Abel")'


@given(st.lists(st.lists(st.text(max_size=40), min_size=9, max_size=9), max_size=5))
def test_no_cell_breaks_the_import_and_no_row_is_lost(cells):
    head = headers.head([["Firma", "PLZ", "Ort", "Tel.", "E-Mail", "MA", "Kreis", "Branche", "Erstkontakt"]])
    found = list(CLEANER.rows([list(head.headers), *cells], head, head.mapping))
    assert [row.row for row in found] == list(range(1, len(cells) + 1))


def test_a_second_person_of_a_firm_and_ditto_belong_to_the_row_above():
    told = rows(
        "Firma;PLZ;Ort;Ansprechpartner;E-Mail\n"
        "Abelguss GmbH;39104;Magdeburg;Uwe Abel;abel@abelguss.example\n"
        ";;;Frau Klose;klose@abelguss.example\n"
        "dito;39104;dito;Herr Wache;\n"
        ";;;Mona Klee;mona@gmx.de\n"
    )
    assert [(row.name, row.place) for row in told if isinstance(row, Clean)] == [
        *[("Abelguss GmbH", "Magdeburg")] * 3,
        ("Mona Klee", ""),
    ]


def test_headers_that_stand_on_each_page_are_no_firm():
    told = rows("Firma;PLZ;Ort;Mitarbeiter\nAbel;39104;Magdeburg;5\nFirma;PLZ;Ort;MA\n")
    assert [type(row) for row in told] == [Clean, Rejected]


def test_plates_that_a_reform_took_away_still_name_a_district():
    assert [REGION.district(plate) for plate in ("GNT", "ML", "WMS")] == ["15086", "15087", ""]


def test_a_wz_code_keeps_the_edition_it_is_of():
    told = rows("Firma;WZ 2025\nAbel;62.10\nKain;WZ 2008 J 62.01\nNod;45.20\n")
    assert [(row.wz, row.wz_edition) for row in told] == [("62.10", 2025), ("62.01", 2008), ("", 2008)]
    assert [warned.reason for warned in told[2].warnings] == ["invalid_wz"]


def test_a_wz_code_that_no_edition_has_is_not_kept_and_still_tells_the_sector():
    told = rows("Firma;WZ-Code\nAbel;10.98\nKain;K 62.10\nNod;62.01.0\n")
    assert [(row.wz, row.wz_edition) for row in told] == [("", 2008), ("62.10", 2025), ("62.01", 2008)]
    assert [[warned.reason for warned in row.warnings] for row in told] == [["invalid_wz"], [], []]
    assert told[0].sector == "food"


def test_a_list_without_headers_loses_no_row():
    found = rows("Firma Abel GmbH;Weg 1;39104;Magdeburg;0391 5550100\nKain KG;Weg 4;39288;Burg;\n")
    assert [(row.row, row.name, row.street, row.postcode, row.place) for row in found if isinstance(row, Clean)] == [
        (1, "Abel GmbH", "Weg 1", "39104", "Magdeburg"),
        (2, "Kain KG", "Weg 4", "39288", "Burg"),
    ]


def test_letters_that_nobody_can_read_are_told_and_no_control_sign_goes_further():
    (row,) = rows("Firma;Ort\nB\x84ckerei;K\ufffdthen\n")
    assert isinstance(row, Clean)
    assert (row.name, row.place) == ("B\ufffdckerei", "K\ufffdthen")
    assert [(told.column, told.reason) for told in row.warnings] == [
        ("Firma", "unreadable_letters"),
        ("Ort", "unreadable_letters"),
    ]


def test_what_is_too_long_is_told_and_a_mail_address_is_never_cut():
    mail = f"{'a' * 300}@abel.example"
    (row,) = rows(f"Firma;E-Mail;Ort\n{'Abel ' * 120};{mail};Halle\n")
    assert isinstance(row, Clean)
    assert (len(row.name), row.emails) == (200, ())
    assert [(told.column, told.reason) for told in row.warnings] == [
        ("Firma", "too_long"),
        ("E-Mail", "invalid_email"),
    ]
    assert row.unverified["email"] == mail


def test_a_legal_form_is_never_dropped_in_silence():
    told = rows(
        "Firma;Rechtsform\nAbel;Limited\nKain;KGaA\nSeth;AöR\nNod;SE\nUr;Ges. n. frz. Recht\nUz GmbH;AG\nEz e. K.;"
        "Einzelunternehmen\nUs;Stiftung\n"
    )
    assert [(row.name, [warned.reason for warned in row.warnings]) for row in told if isinstance(row, Clean)] == [
        ("Abel Ltd.", []),
        ("Kain KGaA", []),
        ("Seth AöR", []),
        ("Nod SE", []),
        ("Ur", ["unknown_legal_form"]),
        ("Uz GmbH", ["legal_form_differs"]),
        ("Ez e. K.", []),
        ("Us Stiftung", []),
    ]


def test_a_vat_number_of_another_state_is_called_so():
    told = rows("Firma;USt-ID\nAbel;ATU13585627\nKain;FR 40303265045\nSeth;DE136695975\n")
    reasons = [[warned.reason for warned in row.warnings] for row in told if isinstance(row, Clean)]
    assert reasons == [["foreign_vat_id"], ["foreign_vat_id"], ["invalid_vat_id"]]
    assert [row.vat_id for row in told if isinstance(row, Clean)] == ["", "", ""]


def test_two_numbers_in_one_cell_with_od():
    assert len(phone_cells.numbers("0391 5550100 od. 0391 5550101").good) == 2


def test_a_mobile_number_that_goes_on_with_a_zero_is_one_number():
    assert (
        phone_cells.numbers("0159/04155512").good == phone_cells.numbers("0159 / 04155512").good == ("+4915904155512",)
    )
    assert phone_cells.numbers("0391/5550100/0171 5550100").good == ("+493915550100", "+491715550100")
