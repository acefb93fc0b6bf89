"""Who is named in two rows and how: initials, particles, one of the family, a partner, a spelling, a master's entry."""

import csv
import doctest
from functools import cache

import pytest
from benchmarks.companies import cells

from wegweiser.companies.importing import told
from wegweiser.companies.importing.rows import Clean
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.likeness import compare
from wegweiser.companies.linkage.row import names, other_firms, people, whereabouts
from wegweiser.companies.linkage.row.people import Same
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database

# P. is Philipp, though both are folded to an "f".
INITIALS = """
one|Kanzleibedarf Storchmann|Philipp Storchmann|Ring 4|39307|Genthin|03933 801122|info@storchmann.example|||
one|storchmann.example|P. Storchmann|||Genthin||storchmann@storchmann.example|||
one|P. Rehfuss Parkett||Gartenweg 7|39288|Burg|03921 801123||||
one|Philipp Rehfuss, Parkettleger||Gartenweg 7|39288|Burg|||||
one|Hufeisenhof|Philippa Ludlow|Am Anger 2|39517|Tangerhütte|03935 801124|hof@hufeisenhof.example|||
one|Hufeisenhof Reitschule|P. Ludlow|||Tangerhütte||ludlow@hufeisenhof.example|||
one|Carsten Wulfen Fliesen||Ring 5|39307|Genthin|03933 801131||||
one|C. Wulfen Fliesenleger||Ring 5|39307|Genthin|||||
two|Parkett Rehfuss|Felix Rehfuss|Gartenweg 7|39288|Burg|03921 801123||||
two|Parkett Rehfuss|P. Rehfuss|Gartenweg 9|39288|Burg|03921 801199||||
two|Kanzleibedarf Storchmann|Franz Storchmann|Ring 4|39307|Genthin|03933 801122|info@storchmann.example|||
two|Storchmann Büro|P. Storchmann|||Genthin|0171 8011220||||
"""

# Many are called Koch, and no more than one is a cook.
COOKS = """
one|Bezirksschornsteinfeger Koch|Torsten Koch|Feldstr. 8|39307|Genthin|03933 801881||||
one|Schornsteinfeger T. Koch|T. Koch|||Genthin|03933 801881||||
two|Elektro Koch|K. Koch|Ring 1|39596|Arneburg|||||
two|Elektro Kock|Jan Kock||39596|Arneburg|039321 80188||||
two|Blumen Koch|Ute Koch|Ring 1|39596|Arneburg|039321 80189||||
two|Blumen Koch|Maren Koch|Gasse 7|39596|Arneburg|039321 80177||||
"""

# Somebody only by a frequent name, and a firm that has it.
NO_TRADE = """
two|Taxi Brand|||39596|Arneburg|||||
two|Taxi Brandt|||39596|Arneburg|039321 80186||||
two|Familie Weber|||39596|Arneburg|||||
two|Weber Bau|||39596|Arneburg|039321 80182||||
"""

# The word in front of a family name, written with it or apart.
PARTICLES = """
one|Gelateria Laguna|Marco Della Corte|Markt 2|39596|Arneburg|039321 80111||||
one|Gelateria Laguna, Della Corte|M. Dellacorte|Markt 2|39596|Arneburg|039321 80111|marco.dellacorte@web.example|||
one|Tulpengarten|Joost van Loon|Feldweg 3|39646|Oebisfelde|039002 80112|||Gartenbau|
one|Tulpengarten van Loon|J. Vanloon|Feldweg 3|39646|Oebisfelde|039002 80112||||
one|Trattoria Bellavista|Luca Di Santo|Hafen 1|39576|Stendal|03931 801134||||
one|Bellavista, Di Santo|Luca Disanto|||Stendal|03931 801134||||
two|Fahrschule Hoffeld|Otto Mannel|Ring 8|39288|Burg|03921 801144||||
two|Fahrschule Hoffeld|Otto Elmannel|Ring 8|39288|Burg|03921 801155||||
two|Trattoria Bellavista|Luca Di Santo|Hafen 1|39576|Stendal|03931 801134||||
two|Bellavista, Santori|Pia Santori|Hafen 3|39576|Stendal|03931 801139||||
"""

# One of the family who is named works there.
FAMILY = """
one|Pension Heidekrug|Hannelore Rimpau|Mühlstr. 9|39638|Gardelegen|03907 80120|info@heidekrug.example|||
one|Heidekrug|Tim Rimpau|||Gardelegen|0163 8012099|tim@heidekrug.example|||Sohn, neuer Ansprechp.
one|Storkow Lüftungsbau GmbH|Bernd Storkow|Ring 30|39307|Genthin|03933 801200|info@storkow-luft.example|||
one|Storkow Lüftung|Lena Storkow|||Genthin|0151 80120777|lena@storkow-luft.example|||Tochter, macht jetzt Büro
one|Molkerei Wiesental|Jost Ahrbeck|Am Bach 1|39596|Goldbeck|039388 80121|kontakt@wiesental.example|||
one|Wiesental Molkerei|Ulla Ahrbeck|||Goldbeck||ulla@wiesental.example|||Schwester, im Büro
one|Imkerei Linnemann|Horst Linnemann|Am Bach 4|39596|Goldbeck|039388 80131|info@linnemann-honig.example|||
one|Linnemann Imkerei|Maja Linnemann|||Goldbeck||maja@linnemann-honig.example|||Tochter des Inhabers
one|Saatzucht Weddel|Kurt Weddel|Gut 2|39307|Genthin|03933 801311|info@saatzucht-weddel.example|||
one|Weddel Saatzucht|Jörn Weddel|||Genthin||joern@saatzucht-weddel.example|||Sohn, GF
two|Molkerei Wiesental|Jost Ahrbeck|Am Bach 1|39596|Goldbeck|039388 80121|kontakt@wiesental.example|||
two|Ahrbeck Käse|Ulla Ahrbeck|Am Bach 3|39596|Goldbeck|039388 80129|ulla@ahrbeck.example|||Schwester, eigener Hof
two|Storkow Lüftung|Bernd Storkow|Ring 30|39307|Genthin|03933 801200|info@storkow-luft.example|||
two|Storkow Büroservice|Lena Storkow|||Genthin|0151 80120777|lena@storkow-luft.example|||Tochter, eigenes Büro
two|Pension Heidekrug|Hannelore Rimpau|Mühlstr. 9|39638|Gardelegen|03907 80120||||
two|Heidekrug|Tim Rimpau|||Gardelegen|0163 8012099||||Sohn, neuer Ansprechp. bei Pension Birkenhof
"""

# A remark on a relative in another trade says nothing of a row that does what its own firm does.
RELATIVES = """
one|Hufschmied Arno Kliem|Arno Kliem|Am Gut 3|39307|Genthin|0173 8013001||||Mann von Petra (Reiterhof)
one|Kliem Schmiede||||Genthin|0173 8013001|||Schmied|
one|Tischlerei Uwe Rabold|Uwe Rabold|Gasse 5|39288|Burg|03921 801302||||Bruder der Zahnärztin
one|Möbeltischler Rabold||||Burg|03921 801302||||
two|Imkerei Linnemann|Horst Linnemann|Am Bach 4|39596|Goldbeck|039388 80131||||
two|Linnemann Keramik|Maja Linnemann|||Goldbeck||maja@linnemann-ton.example|||Frau des Inhabers (Imkerei)
two|Hufschmied Arno Kliem|Arno Kliem|Am Gut 3|39307|Genthin|0173 8013001||||Mann von Petra (Reiterhof)
two|Reiterhof Kliem||Am Gut 3|39307|Genthin|0173 8013001||||
two|Tischlerei Uwe Rabold|Uwe Rabold|Gasse 5|39288|Burg|03921 801302||||Bruder von Kai, der auch Tischler ist
two|Möbeltischler Rabold||||Burg|03921 801309||||
"""

# Who took over under both names, and under their own alone.
SUCCESSORS = """
one|Elektro Gussow|K. Gussow||39307|Genthin|03933 801401|||Elektro|Name jetzt ohne Tornow
one|Elektro Tornow Nachf. Kevin Gussow|Kevin Gussow|Ring 2|39307|Genthin|03933 801401||||
one|Dachdeckerei Hartung Nachf. Jan Plessow|Jan Plessow|Am Ring 5|39288|Burg|03921 801402||||
one|Plessow Dach|Jan Plessow|||Burg|03921 801402||||
two|Elektro Tornow|Heinz Tornow|Ring 2|39307|Genthin|03933 801401||||
two|Elektro Tornow Nachf. Kevin Gussow|Kevin Gussow|Ring 2|39307|Genthin|03933 801401||||
"""

# Somebody and where they are, no firm of another form.
WHOSE = """
one|Ahlsen, Ladeburg||||Möckern||ahlsen@t-online.example|||
one|Milchhof Ladeburg GbR|Karl und Jost Ahlsen|Mühle 2|39279|Möckern OT Ladeburg|039200 80141|ahlsen@t-online.example|||
one|Familie Drewitz, Dretzel||||Genthin|039342 80142||||
one|Drewitz Schafzucht GbR|Ute und Jan Drewitz|Dorfstr. 2|39307|Genthin OT Dretzel|039342 80142||||
two|Ahlsen Hofladen||||Möckern||hof-ahlsen@t-online.example|||
two|Milchhof Ladeburg GbR|Karl und Jost Ahlsen|Mühle 2|39279|Möckern OT Ladeburg|039200 80141|ahlsen@t-online.example|||
two|Ahlsen, Ladeburg||||Möckern|0170 8014111||||
two|Milchhof Ladeburg GbR|Karl und Jost Drewitz|Mühle 2|39279|Möckern OT Ladeburg|039200 80141||||
"""

# The town in the name, in short.
TOWNS = """
one|Taxi Richter|Holger Richter|Ring 80|39596|Arneburg|039321 80151|||Taxi|
one|Taxi Richter, Arn.|Holger Richter|||Arneburg|0171 8015111|||Fahrdienst|
one|Blumen Krüger|Silke Krüger|Markt 2|39307|Genthin|03933 801502||||
one|Blumen Krüger Genth.|Silke Krüger|||Genthin|0172 8015022||||
two|Taxi Richter|Holger Richter|Ring 80|39596|Arneburg|039321 80151|||Taxi|
two|Taxi Richter, Gen.|Jan Richter|||Genthin|0171 8015111|||Taxi|
two|Blumen Krüger|Silke Krüger|Markt 2|39307|Genthin|03933 801502||||
two|Blumen Krüger Genth.|Maren Krüger|Ring 7|39307|Genthin|03933 801577||||
"""

# A club is not called after its head, however many have that name.
CLUBS = """
one|KVA Arneburg|Udo Schröder|||Arneburg|0170 8016011|udo.schroeder@kva.example||Karneval|
one|Karnevalsverein Arneburg 1954 e.V.|Präs. Udo Schröder|Markt 1|39596|Arneburg|039321 80161|||Verein|
two|Karnevalsverein Arneburg e.V.|Udo Schröder|Markt 1|39596|Arneburg|039321 80161|||Verein|
two|Angelverein Arneburg e.V.|Udo Schröder|Hafen 1|39596|Arneburg|039321 80162|||Verein|
"""

# A street with and without the s between its two words.
STREETS = """
one|Gasthof Amtsblick|Carola Wendisch|Amtsstr. 1|39596|Arneburg|039321 80171|||Gasthof|
one|Amtsblick Restaurant|C. Wendisch|Amtstr. 1|39596|Arneburg|0173 8017122|||Gaststätte|
two|Landhaus Amtsblick|Carola Wendisch|Amtsstr. 1|39596|Arneburg|039321 80171|||Hotel|
two|Amtsblick Restaurant|Pia Kolbe|Amtstr. 11|39596|Arneburg|039321 80179|||Gaststätte|
"""

# A register of crafts has another word for what somebody does in that house.
MASTERS = """
one|Korbflechterei Ellmer|Egon Ellmer|Gartenstr. 14|39596|Arneburg|039321 80181||||
one|Egon Ellmer Weidenkunst||Gartenstraße 14|39596|Arneburg|||||
one|Drechslerei Ellmer|Egon Ellmer|Gartenstr. 14|39596|Arneburg|039321 80182|||Drechsler|
one|Egon Ellmer Holzgestaltung||Gartenstraße 14|39596|Arneburg|||||
two|Drechslerei Schulz|Egon Schulz|Gartenstr. 14|39596|Arneburg|039321 80182|||Drechsler|
two|Egon Schulz Zaubershow||Gartenstraße 14|39596|Arneburg|||||
two|Drechslerei Ellmer|Egon Ellmer|Gartenstr. 14|39596|Arneburg|039321 80182|||Drechsler|
two|Jana Ellmer Zaubershow||Gartenstraße 14|39596|Arneburg|||||
two|Drechslerei Ellmer|Egon Ellmer|Gartenstr. 14|39596|Arneburg|039321 80182|||Drechsler|
two|Egon Ellmer Immobilien||Gartenstraße 14|39596|Arneburg|||||
two|Drechslerei Ellmer|Egon Ellmer|Gartenstr. 14|39596|Arneburg|039321 80182|||Drechsler|
two|Ellmer Zaubershow GmbH|Egon Ellmer|Gartenstraße 14|39596|Arneburg|||||
"""

# Two spellings of a family name: two families, unless anything else leads from one to the other.
SPELLINGS = """
two|Weingut Boehme Freyburg|Fam. Böhme|Hang 7|06632|Freyburg|034464 80191||||
two|Böhm, Martin - Winzer|||06632|Freyburg|0152 08019122|martin@weinbau-boehm.example||Winzer|
two|Elektro Schulze|K. Schulze||39288|Burg|||||
two|Schulz Elektroservice|Ute Schulz||39288|Burg|0160 8019133||||
two|Dachdecker Thiel|Jan Thiel||39307|Genthin|0171 8019144||||
two|Bedachungen Thiele|Fam. Thiele||39307|Genthin|03933 801945||||
two|Tischlerei Kunze|Hr. Kunze||39596|Arneburg|||||
two|Kunz Holz|Herr Kunz||39596|Arneburg|039321 80196|||Tischler|
two|Maler Schmitt|Fr. Schmitt||39596|Arneburg|||||
two|Malerfachbetrieb Schmidt|Hr. Schmidt||39596|Arneburg|039321 80197||||
one|Weingut Boehme|Fam. Böhme|Hang 7|06632|Freyburg|034464 80191||||
one|Böhm Winzer|Klaus Böhm|||Freyburg|034464 80191|||Winzer|
one|Dachdecker Thiel|Jan Thiel||39307|Genthin|0171 8019144||||
one|Dachdeckerei Thiele|Jan Thiele|Ring 8|39307|Genthin|0171 8019144||||
one|Tischlerei Kunze|Ines Kunze|Ring 3|39596|Arneburg|||||
one|Tischlerei Kunz|Ines Kunz|Ring 3|39596|Arneburg|039321 80196||||
"""

COLUMNS = (
    *("truth", "name", "person", "street", "postcode", "place"),
    *("phone", "email", "website", "sector", "remark"),
)


ALL = (
    *(COOKS, NO_TRADE, INITIALS, PARTICLES, FAMILY, RELATIVES, SUCCESSORS, WHOSE, TOWNS, CLUBS, STREETS, MASTERS),
    SPELLINGS,
)
TABLES = [list(csv.DictReader(text.strip().splitlines(), COLUMNS, delimiter="|")) for text in ALL]
TABLE = [row for table in TABLES for row in table]


@cache
def read() -> list[Known]:
    """What each row tells: read when the first is asked for, not by each worker that collects the tests."""
    found, places = [], cells.cleaner().region.gazetteer
    for table in TABLES:
        known = [told.known_of(row) for row in cells.read(table, cells.OUTSIDERS_COLUMNS) if isinstance(row, Clean)]
        assert len(known) == len(table)
        found += [whereabouts.located(one, lambda: places) for one in known]
    return found


@pytest.mark.parametrize(
    ("truth", "number"),
    [(row["truth"], number) for number, row in enumerate(TABLE) if number % 2 == 0],
    ids=[f"{number // 2} {TABLE[number]['name']}, {TABLE[number + 1]['name']}" for number in range(0, len(TABLE), 2)],
)
def test_a_pair_is_told(truth, number):
    mine, theirs = profile(1, read()[number]), profile(2, read()[number + 1])
    found = compare(mine, theirs)
    assert found.verdict == compare(theirs, mine).verdict, "It does not matter which one is asked about."
    merges = found.verdict == Verdict.SURE and bool(set(mine.blocks) & set(theirs.blocks))
    assert merges is (truth == "one"), found


@pytest.mark.parametrize("module", [names, other_firms])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("cell", "person"),
    [
        ("Dieter Koch", ("dieter", "koch")),
        ("Koch, Dieter", ("dieter", "koch")),
        ("Koch Dieter", ("dieter", "koch")),
        ("Hr. Koch", ("", "koch")),
        ("Küchenchef Koch", ("", "koch")),
        ("Karl Rehbein, Koch", ("karl", "rehbein")),
        ("Koch Karl Rehbein", ("karl", "rehbein")),
    ],
)
def test_koch_is_a_name_more_often_than_a_trade(cell, person):
    assert people.people(cell) == (person,)


def test_who_is_greeted_is_told_by_the_family_name_unless_that_is_a_first_name_at_the_other():
    assert people.people("Hr. Fritz") == (("", "fritz"),)
    assert people.same(("", "paul"), ("dieter", "paul")) == Same.FAMILY
    assert people.same(("", "anke"), ("anke", "rehbein")) == Same.FAMILY
    assert people.same(("", "paul"), ("dieter", "rehbein")) == Same.NOBODY


def test_who_works_there_is_none_of_two_owners_to_a_third_row():
    found = [
        Known(name="Storkow Lüftung-Klima", persons=("Andre Storkow",), phones=("+493933801200",), **THERE, **MAIL),
        Known(name="A. Storkow Klimatechnik GmbH", persons=("André Storkow",), phones=("+4939338012000",), **THERE),
        Known(
            name="storkow-klima",
            persons=("Sina Storkow",),
            place="Genthin",
            emails=("sina@storkow-klima.example",),
            remark="Tochter, macht jetzt Büro",
        ),
    ]
    groups = grouping.Groups()
    for number, row in enumerate(found):
        groups.place(profile(number, row))
    assert len({groups.root(number) for number in range(len(found))}) == 1


THERE = {"street": "Ring 30", "postcode": "39307", "place": "Genthin"}
MAIL = {"emails": ("info@storkow-klima.example",)}
