"""Words that only sound like what they do not say: in a remark, in a name, in the cell of the trade."""

import doctest

import pytest

from tests.companies.rows import verdict
from wegweiser.companies.linkage.row import asides, moves, trades
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database
HERE = {"street": "Lindenallee 4", "postcode": "39288", "place": "Burg"}
THERE = {"street": "Werftstraße 30", "postcode": "39307", "place": "Genthin"}
LINE = {"phones": ("+4939215550",)}
THEIR_LINE = {"phones": ("+4939335550",)}
MAIL = {"emails": ("info@rehbein-laden.example",)}


@pytest.mark.parametrize("module", [moves])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# --- Moves ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("Parkett Rehbein GmbH", "verlegt auch Teppich"),
        ("Fliesen Rehbein GmbH", "Firma Rehbein verlegt Fliesen und Naturstein"),
        ("Sanitätshaus Rehbein", "Termin verlegt auf Mai"),
        ("Optik Rehbein", "kein Umzug"),
        ("Optik Rehbein", "nicht umgezogen, zweites Geschäft"),
        ("Optik Rehbein", "noch nicht umgezogen"),
        ("Optik Rehbein", "Umzug verschoben"),
        ("Optik Rehbein", "sucht neue Werkstatt"),
        ("Tischlerei Rehbein", "neue Werkstatt geplant"),
        ("Tischlerei Rehbein", "neuer Standort im Bau"),
        ("Rehbein Transporte", "Umzug und Entrümpelung"),
        ("Rehbein Transporte", "Entrümpelung, Umzug, Möbelmontage"),
        ("Optik Rehbein", "zusätzlich neuer Laden in Genthin"),
        ("Rehbein Bau", "Neubau und Sanierung"),
        ("Rehbein Bau", "Sanierung, Neubau von Eigenheimen"),
    ],
)
def test_who_does_not_move_has_two_shops(name, remark):
    one = Known(name=name, persons=("Karl Rehbein",), remark=remark, **HERE, **LINE, **MAIL)
    assert verdict(one, Known(name=name, **THERE, **THEIR_LINE, **MAIL)) < Verdict.SURE


@pytest.mark.parametrize("remark", ["neuer Laden in Genthin seit 2020", "Neubau 2020", "neue Halle", "neuer Standort"])
def test_a_new_shop_with_a_line_of_its_own_stands_beside_the_old_one(remark):
    one = Known(name="Optik Rehbein", remark=remark, **HERE, **LINE, **MAIL)
    assert verdict(one, Known(name="Optik Rehbein", **THERE, **THEIR_LINE, **MAIL)) < Verdict.SURE


@pytest.mark.parametrize(
    "remark",
    [
        "umgezogen 2022",
        "umgezogen, nicht mehr in Burg",
        "Umzug 2022",
        "Sitz nach Genthin verlegt",
        "Firma wurde 2022 verlegt",
        "verlegt nach Genthin",
        "neue Anschrift",
        "alter Standort",
        "neue Werkstatt, bis 2021 in Burg",
    ],
)
def test_who_moved_to_another_town_may_have_another_line(remark):
    one = Known(name="Optik Rehbein", remark=remark, **HERE, **LINE, **MAIL)
    assert verdict(one, Known(name="Optik Rehbein", **THERE, **THEIR_LINE, **MAIL)) == Verdict.SURE


@pytest.mark.parametrize("remark", ["neuer Laden", "Neubau 2020", "Neubau bezogen", "neue Werkstatt seit 2021"])
def test_a_new_shop_under_the_old_number_is_where_it_moved(remark):
    one = Known(name="Optik Rehbein", remark=remark, **HERE, **LINE, **MAIL)
    assert verdict(one, Known(name="Optik Rehbein", **THERE, **LINE, **MAIL)) == Verdict.SURE


def test_a_remark_on_what_is_laid_or_built_is_no_move():
    assert not asides.read("Wir verlegen und Laden verlegt Bodenbeläge").moved
    assert not asides.read("Umzüge").moved
    assert asides.read("Umzug in die Bahnhofstr. 4, Tel. bleibt").moved
    assert asides.read("dort nicht mehr, umgezogen").moved


# --- Guilds and sisters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "trade", "other_trade"),
    [
        ("Kieswerk Rehbein GmbH", "Kiesgewinnung", ""),
        ("Elbkies GmbH", "Kies- und Sandgewinnung", ""),
        ("Elbe Recycling GmbH", "Rohstoffrückgewinnung", "Recycling"),
        ("Rehbein GmbH", "Kältekammer", ""),
        ("Bauernhof Rehbein GbR", "Direktvermarktung, Mitglied Bauernverband", ""),
        ("Tischlerei Rehbein GmbH", "Mitglied der Tischlerinnung", "Tischlerei"),
    ],
)
def test_one_company_is_no_guild_whatever_its_trade_is_called(name, trade, other_trade):
    one, other = (Known(name=name, trade=told, **HERE, **LINE) for told in (trade, other_trade))
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stadt Burg", "Stadtverwaltung Burg"),
        ("Landkreis Jerichower Land", "Kreisverwaltung Jerichower Land"),
        ("Verwaltungsgemeinschaft Elbe-Heide", "VG Elbe-Heide"),
        ("Weg in die Zukunft e.V.", "Verein Weg in die Zukunft"),
        ("WEG IN DIE ZUKUNFT E.V.", "VEREIN WEG IN DIE ZUKUNFT"),
    ],
)
def test_a_town_and_its_administration_are_one_and_a_way_is_no_house(one, other):
    assert verdict(Known(name=one, **HERE, **LINE), Known(name=other, **HERE, **LINE)) == Verdict.SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tischlerinnung Burg", "Tischlerei Rehbein"),
        ("Tischlerinnung Burg", "Metallinnung Burg"),
        ("Innung Burg", "Kreishandwerkerschaft Burg"),
        ("Handwerkskammer Burg", "Kreishandwerkerschaft Burg"),
        ("Stadtverwaltung Burg", "Stadtwerke Burg GmbH"),
        ("Stadtverwaltung Burg", "Stadtbibliothek Burg"),
        ("Kreisverwaltung Jerichower Land", "Kreishandwerkerschaft Jerichower Land"),
        ("WEG Lindenallee 4", "Hausverwaltung Lindenallee"),
        ("Weg Lindenallee 4", "Hausverwaltung Rehbein"),
        ("WEG Sonnenblick", "Hausverwaltung Sonnenblick"),
        ("WEG Lindenallee 4", "WEG Gartenstr. 3"),
        ("Rehbein Bau GmbH", "Rehbein Verwaltungs GmbH"),
        ("Rehbein Bau GmbH", "Rehbein Invest GmbH"),
    ],
)
def test_guilds_towns_and_sisters_stay_two(one, other):
    assert verdict(Known(name=one, **HERE, **LINE), Known(name=other, **HERE, **LINE)) < Verdict.SURE


def test_a_bank_of_the_state_is_no_sister():
    assert not trades.is_sister("investitionsbank")
    assert trades.is_sister("invest")


# --- Words of another firm -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "remark",
    [
        "Insolvenz 2019 überstanden",
        "Insolvenz im Jahr 2019 erfolgreich überwunden",
        "nicht insolvent",
        "Insolvenz eines Lieferanten",
        "Schwerpunkt Insolvenzrecht",
        "sucht neue Mieter für Halle",
        "Mieter für Büro gesucht",
        "sucht neuen Pächter",
        "neue Inhaberin gesucht",
        "sucht stillen Gesellschafter",
        "Ärger mit Vermieter",
        "Zulieferer für Konzerne",
    ],
)
def test_a_remark_that_only_has_the_word_speaks_of_no_other_firm(remark):
    one, other = (Known(name="Rehbein Bau", remark=told, **HERE, **LINE) for told in (remark, ""))
    assert verdict(one, other) == Verdict.SURE


@pytest.mark.parametrize(
    "remark",
    [
        "Insolvenz 2019",
        "Insolvenz nicht überstanden",
        "Insolvenz überstanden? Neugründung",
        "sucht neue Mieter, Halle gehört Holding",
        "Mieter bei Kain",
        "Untermieter",
        "neuer Pächter seit 2020",
        "Pächter der Halle",
        "Gesellschafter auch bei Kain",
    ],
)
def test_a_remark_on_another_firm_is_still_read(remark):
    one, other = (Known(name="Rehbein Bau", remark=told, **HERE, **LINE) for told in (remark, ""))
    assert verdict(one, other) < Verdict.SURE


def test_other_people_since_the_shop_changed_hands_are_asked_about_though_the_mailbox_stayed():
    one = Known(name="Fahrschule City", persons=("Karl Rehbein",), **HERE, **MAIL)
    other = Known(name="Fahrschule City", persons=("Jan Krug",), remark="Inhaberwechsel 2023", **HERE, **MAIL)
    assert verdict(one, other) == Verdict.UNSURE
