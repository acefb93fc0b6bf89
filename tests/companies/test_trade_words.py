"""What words in names and in a column "Branche" say of the trade. Made up by going through the crafts of the
Handwerksordnung (Anlage A, B1, B2), the classes of WZ 2008, the free professions, farming, care and leisure.

Each row is one trade: its words share a field, and none of them has a field that the words of another row share.
"""

import pytest

from wegweiser.companies.linkage.row import names, trades

ROWS = """
Metallbau Stahlbau Schlosserei Bauschlosserei Kunstschmiede Schweißtechnik Schweißerei Metallgestaltung
 Metallwerkstatt Geländerbau Stahlmanufaktur
Werkzeugbau Formenbau Werkzeugmacherei Vorrichtungsbau Präzisionswerkzeuge
Maschinenbau Sondermaschinenbau Apparatebau Anlagenbau Maschinenfabrik
Gießerei Metallguss Eisengießerei Glockenguss Glockengießerei Kunstguss
Galvanik Verzinkerei Pulverbeschichtung Eloxalwerk Oberflächentechnik Härterei Vernickelung
Kunststofftechnik Spritzguss Kunststoffverarbeitung Plastverarbeitung Spritzgießerei Kunststoffwerk
Elektrotechnik Elektroinstallation Elektriker Elektromeister Elektroservice Schaltanlagenbau Starkstrom Elektrobau
Heizungsbau Sanitär Badstudio Haustechnik SHK Heizung Installateur Bäderstudio Badsanierung Gasinstallation
 Wärmepumpen Sanitärtechnik
Kältetechnik Klimatechnik Kälteanlagenbau Lüftungsbau Klimaanlagen Kühlanlagen
Dachdecker Bedachungen Dachdeckerei Dachtechnik Schieferdecker Flachdachbau Steildach
Zimmerei Zimmermeister Holzhausbau Holzbau Dachstuhlbau Fachwerkbau Holzrahmenbau Zimmereibetrieb
Tischlerei Schreinerei Möbelwerkstatt Möbeltischlerei Drechslerei Möbelmanufaktur Holzmanufaktur Bautischlerei
 Holzwerkstatt Möbelbau
Fensterbau Türenstudio Rollladenbau Jalousien Markisen Bauelemente Sonnenschutztechnik Raffstores Fenster Glaserei
Malerei Malermeister Malerbetrieb Anstrich Tapeziererei Fassadenbau Farbgestaltung Malerwerkstatt
Fliesenleger Fliesenstudio Fliesenverlegung Plattenleger Fliesencenter
Bodenleger Parkettleger Fußbodenbau Estrichleger Bodenstudio Parkettstudio Fußbodentechnik
Trockenbau Akustikbau Stuckateur Stuckgeschäft Innenputz
Gerüstbau Gerüste Gerüstverleih Rüstbau
Maurer Bauunternehmen Hochbau Baugeschäft Massivbau Maurermeister Bauunternehmung Rohbau Hausbau
Tiefbau Straßenbau Pflasterbau Erdbau Kanalbau Pflasterarbeiten Wegebau Baggerbetrieb Asphaltbau Steinsetzer
Abbruch Abriss Rückbau Sprengtechnik
Autokran Krandienst Kranvermietung Hebebühnen Kranservice Schwerlastkran
Betonwerk Transportbeton Fertigteilwerk Betonpumpen Betonmischwerk
Kieswerk Kiesgrube Sandgrube Steinbruch Schotterwerk
Steinmetz Natursteinwerk Grabmale Steinbildhauer Grabsteine Bildhauerei
Ofenbau Kaminbau Kachelofenbau Kaminstudio Ofenstudio Kachelöfen Ofenhaus Ofenmanufaktur
Schornsteinfeger Kaminkehrer Bezirksschornsteinfeger Kehrbezirk Schornsteinbau Schornsteintechnik
Vermessung Vermessungsbüro Geodät
Architekt Architekturbüro Planungsbüro Architektin Architekten Innenarchitektur Bauplanung
Ingenieurbüro Statiker Tragwerksplanung Bauingenieur TGA Fachplanung Baustatik
Gartenbau Landschaftsbau Galabau Gartengestaltung Landschaftsgärtner Baumpflege Baumschule Gartenservice Gartenpflege
Blumenladen Floristik Blumenhaus Floristin Blumenstube Blütenzauber Blumenbinderei
Landwirtschaft Agrargenossenschaft Milchhof Bauernhof Ackerbau Agrarbetrieb Landwirt Schweinezucht Milchviehanlage
 Schäferei Geflügelhof Landgut
Lohnunternehmen Agrarservice Maschinenring Lohndrusch Ackerdienst
Landmaschinen Landtechnik Gartentechnik Motorgeräte Traktoren
Imkerei Bienenhof Honigmanufaktur Imker Bienenzucht Honighof
Forstbetrieb Holzeinschlag Forstservice Waldpflege Holzrückung Forst Forstwirt Holzernte Waldarbeiten
Sägewerk Hobelwerk Schnittholz Holzhandel Sägerei Holzfachmarkt
Brennholz Kaminholz Pellets Brennstoffhandel Holzpellets Heizöl
Weingut Winzer Weinbau Weinkellerei Straußwirtschaft Winzerhof Vinothek Weinhof
Brauerei Brauhaus Braumanufaktur Mälzerei Biermanufaktur
Brennerei Destille Spirituosen Likörmanufaktur Destillerie Whisky Schnapsbrennerei
Bäckerei Backwaren Backstube Konditorei Bäckermeister Backhaus Landbäckerei Patisserie Brotmanufaktur Tortenmanufaktur
 Backparadies Feinbäckerei Zuckerbäcker
Fleischerei Metzgerei Wurstwaren Schlachterei Landfleischerei Fleischwaren Wurstmanufaktur Hausschlachtung
Catering Partyservice Buffet Menüservice Schulspeisung Speisenservice
Hotel Gästehaus Landhotel Gästezimmer Hostel Herberge Zimmervermietung
Gaststätte Gasthof Restaurant Wirtshaus Imbiss Pizzeria Gasthaus Landgasthof Bistro Kneipe Weinstube Speisegaststätte
 Gaststube Schnitzelhaus Burgerladen Biergarten
Café Kaffeehaus Rösterei Kaffeemanufaktur Kaffeerösterei Cafe Kaffeestube Teestube
Eisdiele Eismanufaktur Gelateria Eissalon
Hofladen Dorfladen Naturkost Bioladen Unverpacktladen Reformhaus
Apotheke Apotheker Apothekerin Pharmazie
Zahnarzt Zahnärztin Zahnarztpraxis Kieferorthopädie Zahnmedizin Zahnheilkunde Dentalpraxis Oralchirurgie Implantologie
Dentallabor Zahntechnik Zahntechniker Dentaltechnik Zahntechniklabor
Hausarzt Allgemeinmedizin Arztpraxis Internist MVZ Hausarztpraxis Hausärztin
Augenarzt Augenheilkunde Augenärztin Augenpraxis Ophthalmologie
Hautarzt Dermatologie Hautärztin Hautpraxis
Frauenarzt Gynäkologie Frauenärztin Frauenheilkunde
Kinderarzt Kinderärztin Kinderheilkunde Pädiatrie
Tierarzt Tierärztin Tierarztpraxis Tiermedizin Tierklinik Kleintierpraxis Veterinärpraxis
Physiotherapie Krankengymnastik Physiopraxis Physiotherapeut Physio Manualtherapie Rehazentrum
Ergotherapie Ergotherapeutin Ergopraxis
Logopädie Sprachtherapie Stimmtherapie Logopädin Sprachheilpraxis
Podologie Podologin Fußpraxis
Heilpraktiker Naturheilpraxis Osteopathie Homöopathie Heilpraktikerin TCM
Psychotherapie Psychologe Psychotherapeutin Psychologin Psychiatrie
Pflegedienst Sozialstation Tagespflege Hauskrankenpflege Intensivpflege
Seniorenheim Altenheim Pflegeheim Seniorenresidenz Altersheim Seniorenzentrum Seniorenstift
Kita Kindergarten Kinderkrippe Kinderhaus Tagesmutter Kindertagespflege Krippe
Optiker Augenoptik Brillenstudio Brillenmanufaktur Brillen Brillenhaus
Hörgeräte Hörakustik Hörstudio Hörzentrum Hörhaus
Sanitätshaus Orthopädietechnik Rehatechnik Prothesenbau Orthesen
Friseur Frisör Haarstudio Barbershop Salon-Haarscharf Hairstyling Coiffeur Friseursalon Haarwerkstatt Haarmanufaktur
 Barbier Haarschneiderei
Kosmetik Kosmetikstudio Nagelstudio Beautysalon Kosmetikerin Naildesign Schönheitssalon Permanent-Makeup
 Hautpflegestudio
Tattoo Tätowierstudio Piercing Tattoostudio Tätowierer
Yoga Pilates Yogastudio Qigong Meditation
Fitnessstudio Sportstudio Crossfit Fitnessclub Gym Fitnesscenter
Tanzschule Tanzstudio Ballett Ballettschule
Fahrschule Fahrlehrer Führerschein Fahrausbildung
Musikschule Musikhaus Klavierbau Orgelbau Geigenbau Gitarrenunterricht Klavierunterricht Orgelwerkstatt Musikalien
Übersetzungsbüro Dolmetscher Übersetzer Übersetzungen
Nachhilfe Schülerhilfe Lernstudio Nachhilfeschule Bildungszentrum Akademie Weiterbildung Bildungsträger Bildungswerk
 Umschulung
Autohaus Kfz-Werkstatt Autoservice Autowerkstatt Fahrzeughandel Kraftfahrzeuge Autohandel Meisterwerkstatt-Kfz
 Gebrauchtwagen Autoreparatur Kfz-Service
Reifendienst Reifenservice Reifenhandel Vulkanisierung Reifencenter
Karosseriebau Autolackiererei Fahrzeuglackierung Unfallinstandsetzung Karosseriewerkstatt
Fahrradladen Zweirad Fahrradhaus Radladen Bikeshop Fahrräder
Motorradhaus Motorräder Motorradtechnik Mopedwerkstatt
Spedition Transporte Logistik Umzüge Fuhrbetrieb Fuhrunternehmen Güterverkehr Kurierdienst Möbelspedition Fernverkehr
Taxi Mietwagen Taxibetrieb Personenbeförderung Krankenfahrten Fahrdienst
Busunternehmen Omnibus Busreisen Busbetrieb Reisebus
Abschleppdienst Pannenhilfe Bergungsdienst Pannendienst
Entsorgung Recycling Containerdienst Schrotthandel Wertstoffhof Altmetall Abfallwirtschaft
Software Softwareentwicklung App-Entwicklung Softwarehaus Programmierung
EDV IT-Service Systemhaus Computerservice Netzwerktechnik PC-Service Computer IT-Systeme
Webdesign Webagentur Internetagentur Webentwicklung
Werbeagentur Grafikdesign Werbung Mediengestaltung Grafiker Marketing
Druckerei Druckhaus Siebdruck Offsetdruck Copyshop Digitaldruck Buchdruckerei
Beschriftungen Schilder Lichtwerbung Schilderwerkstatt Leuchtreklame Folientechnik
Buchhandlung Buchladen Bücherstube Schreibwaren Antiquariat Bürobedarf Leseinsel
Fotostudio Fotografie Fotograf Photostudio Lichtbildner Fotoatelier Fotografin
Filmproduktion Videoproduktion Film Imagefilm Videografie
Veranstaltungstechnik Eventagentur Bühnentechnik Lichttechnik Events Eventservice
Sicherheitsdienst Security Wachschutz Bewachung Objektschutz Werkschutz Detektei Wachdienst
Gebäudereinigung Glasreinigung Cleaning Unterhaltsreinigung Reinigungsdienst Fensterputzer Reinigungsfirma
Wäscherei Textilpflege Textilreinigung Waschsalon Heißmangel Mangelstube
Rohrreinigung Kanalreinigung Abflussdienst Rohrservice Abwassertechnik
Hausmeisterservice Winterdienst Hausmeister Facility-Management Objektbetreuung Hauswart
Schneiderei Nähstube Änderungsschneiderei Maßschneiderei Näherei Nähatelier Modeatelier Nähwerkstatt
Schuhhaus Schuhmacherei Schuhservice Schuhmacher Schuhreparatur Schuhmode
Sattlerei Lederwaren Taschenmanufaktur Sattler Ledermanufaktur Täschnerei
Juwelier Goldschmiede Schmuckatelier Trauringe Goldschmied Silberschmiede Schmuckwerkstatt
Uhrmacher Uhrenhaus Uhrenwerkstatt Uhren Uhrmacherei
Polsterei Raumausstatter Gardinen Raumausstattung Dekorationen Gardinenstudio Polsterwerkstatt
Keramik Töpferei Keramikwerkstatt Töpferstube Porzellanmanufaktur Keramikatelier
Korbmacher Flechtwerk Korbflechterei Korbwaren
Seifenmanufaktur Seifensiederei Seifenwerkstatt Naturseifen
Kerzenmanufaktur Kerzenzieherei Wachszieherei Kerzenwerkstatt
Steuerberater Steuerkanzlei Steuerbüro Lohnbüro Steuerberatung Steuerberaterin Buchhaltungsservice
Rechtsanwalt Anwaltskanzlei Rechtsanwältin Rechtsanwälte Fachanwalt
Notar Notariat Notarin
Versicherungsmakler Versicherung Versicherungsbüro Assekuranz Finanzdienstleistungen
Immobilienmakler Immobilien Immobilienbüro
Hausverwaltung Wohnungsverwaltung WEG-Verwaltung Mietverwaltung
Bestattungen Bestattungshaus Bestatter Trauerhilfe Beerdigungsinstitut Trauerhaus
Reisebüro Reiseagentur Touristik Reisevermittlung
Hundeschule Hundesalon Zoohandlung Hundepension Tierpension Hundefriseur Tierfutter
Reiterhof Reitschule Ponyhof Reitstall Pferdehof Pferdezucht Gestüt Reitanlage
Hufschmied Hufbeschlag Hufpflege Huforthopädie
Spielwaren Spielzeugladen Holzspielzeug Spielzeug Spielwarengeschäft
Fischerei Fischhandel Räucherei Forellenhof Fischräucherei Teichwirtschaft Fischhof Angelteiche
Mosterei Obsthof Saftladen Obstbau Kelterei Apfelhof
Molkerei Käserei Hofkäserei Käsemanufaktur Milchwerke
Mühle Mühlenwerke Müllerei Mehlwerk
Mineralquelle Mineralbrunnen Getränkemarkt Getränkehandel Limonadenfabrik
Schädlingsbekämpfung Kammerjäger Schädlingsdienst
Brandschutz Feuerlöscher Brandschutztechnik
Aufzugsbau Aufzüge Fördertechnik Aufzugstechnik
Messtechnik Prüftechnik Sensorik Waagenbau
Verpackungen Kartonagen Verpackungsmittel
Tankstelle Waschstraße Waschpark Tanke
Schlüsseldienst Schlossdienst Schlüsselnotdienst Aufsperrdienst
Zaunbau Zäune Zauntechnik Torbau
Glasbläserei Glaskunst Bleiverglasung Glasmalerei
Brunnenbau Bohrtechnik Brunnenbohrung Geothermie
Kegelbahn Bowling Bowlingcenter
Kino Lichtspiele Filmtheater Filmpalast
Spargelhof Gemüsebau Gemüsehof Spargel Erdbeerhof Hofgemüse
Zeitarbeit Personaldienstleistungen Arbeitsvermittlung Personalvermittlung Personalservice
Unternehmensberatung Coaching Consulting Betriebsberatung
Schlauchtechnik Schlauchservice Schlauchleitungen
Wickelei Ankerwickelei Elektromotoren Wickelwerk Elektromaschinenbau
Büchsenmacher Waffen Jagdwaffen Waffenhandel Jagdausrüstung
Bürstenmacher Besenbinderei Bürsten Pinselmacher Bürstenfabrik
Hutmacher Modistin Hutmanufaktur Hutsalon Putzmacherei
Gravur Graveur Gravurwerkstatt Lasergravur
Bogenschießen Schießsport Schützenverein Schützengilde Schießstand
Sportverein Turnverein Sportclub Fußballclub Ballsportverein
Kleingartenverein Gartensparte Kleingartenanlage Gartenverein
Kirchengemeinde Pfarramt Pfarrgemeinde Pfarrbüro
Stadtwerke Energieversorgung Gasversorgung Fernwärme
Wasserverband Trinkwasserzweckverband Abwasserverband Wasserwerk
Photovoltaik Solartechnik Solaranlagen PV-Anlagen Solarservice
"""
TABLE = [row.split() for row in ROWS.replace("\n ", " ").strip().splitlines()]


def told(word: str) -> frozenset[int]:
    return frozenset[int]().union(*(trades.fields(part) for part in names.parse(word).words))


COMMON = {row[0]: frozenset.intersection(*map(told, row)) for row in TABLE}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_all_words_of_a_trade_share_a_field(row):
    assert COMMON[row[0]], {word: sorted(told(word)) for word in row}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_no_word_of_another_trade_has_it(row):
    theirs = {word: other[0] for other in TABLE if other is not row for word in other}
    assert not {word: its for word, its in theirs.items() if told(word) & COMMON[row[0]]}


WORDS = """
Mineralquelle Honigmanufaktur Wickelwerk Wickelei Drechslerei Verzinkerei Büchsenmacher Schornsteinfeger
Kieferorthopäde Hautarzt Kinderheilkunde Patisserie Weinstube Backstube Barbershop Fahrlehrer Mietwagen
Objektschutz Nähatelier Hufbeschlag Kammerjäger Kegelbahn Graveur Bürstenmacher Steinbruch Tragwerksplanung
Lohndrusch Taschenmanufaktur
"""
FAMILIES_AND_TOWNS = """
Braune Brauner Braunsbedra Biere Bierbach Haardt Buchholz Kaminski Torka Mehlmann Brockmeyer Fischbeck Steinke
Weinert Sandau Dachwitz Kranepuhl Reisinger Ofenbach Bohrisch Jagusch Stuckert Schmiedel Schmieder Rohrberg
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_for_a_trade_is_no_name(word):
    assert all(map(trades.is_trade, names.parse(word).words))


@pytest.mark.parametrize("name", FAMILIES_AND_TOWNS.split())
def test_a_family_or_a_town_is_no_trade(name):
    assert not told(name)
