"""Who asks for money or for somebody who builds it is told by signs, in both languages; a mere problem is neither."""

import re
import time

import pytest

from wegweiser.catalogue.matching import Index, rules, wants
from wegweiser.catalogue.matching.wants import Want

MONEY = [
    "Gibt es dafür Geld vom Land?",
    "Gibts da Geld dafür?",
    "Welche Fördermittel gibt es für eine neue Fräse?",
    "Wir suchen eine Förderung für unsere Digitalisierung",
    "Zahlt das Land was dazu, wenn wir Sensoren kaufen?",
    "Bekommen wir einen Zuschuss für die neue Software",
    "Gibt es einen Zuschuß für kleine Handwerker?",
    "Welche Fördertöpfe gibt es gerade in Sachsen-Anhalt?",
    "Ist das förderfähig?",
    "Wird ein Lagersystem bezuschusst?",
    "gibts kohle vom staat für nen roboter",
    "Wir brauchen einen zinsgünstigen Kredit für neue Anlagen",
    "Wie finanzieren wir die Umstellung?",
    "Woher bekommen wir Geld für die Maschine?",
    "Gibt es öffentliche Mittel für Weiterbildung?",
    "Gibt es einen Gutschein für IT-Sicherheit?",
    "Foerderung fuer Webshop moeglich?",
    "Wird das gefördert?",
    "Werden auch Schulungen für Mitarbeiter gefördert?",
    "Was wird eigentlich gefördert?",
    "Was fördert das Land?",
    "Fördert das jemand, auch im Nebenerwerb?",
    "Das Amt fördert nur, was neu ist. Kriegt man dafür nichts?",
    "Fördern Sie auch Software?",
    "Kann man einen Roboter fördern lassen?",
    "Wie sollen wir das bezahlen?",
    "Wovon sollen wir so eine Anlage bezahlen?",
    "Wie bezahlen wir das?",
    "Wer soll das bezahlen?",
    "Die neue Anlage können wir nicht bezahlen, wer hilft?",
    "Der Staat schießt doch was zu, oder?",
    "Gibt es Zuschüsse?",
    "Gibt es einen Gutschein vom Land?",
    "Who pays part of it?",
    "Is there any public money for a bakery?",
    "Are there grants for small companies?",
    "Can we get funding for a robot?",
    "Is there a subsidy for software?",
    "Does the state pay for training? Is there government support?",
    "We need a low-interest loan for machines",
]
PROVIDER = [
    "Wer baut mir das?",
    "Wer kann uns so etwas programmieren?",
    "Wer macht sowas hier in der Gegend?",
    "Können Sie uns eine Firma empfehlen?",
    "Könnt ihr mir jemanden nennen? Kennt ihr einen Programmierer?",
    "Welche Software sollen wir nehmen?",
    "Welches ERP ist gut für 20 Leute?",
    "Welchen Anbieter empfehlen Sie?",
    "Wir suchen eine Firma, die uns die Maschinen anschließt",
    "Suche jemanden der uns einen Webshop baut",
    "Brauche einen Programmierer, der die Schnittstelle macht",
    "Kennen Sie einen guten Dienstleister für Netzwerke?",
    "Haben Sie einen Anbieter, den Sie empfehlen können?",
    "Wie finden wir den richtigen Anbieter?",
    "Wen sollen wir damit beauftragen?",
    "Gibt es eine Empfehlung für eine Software zur Zeiterfassung?",
    "Welche Firma richtet uns die Sensoren ein?",
    "Wer installiert uns das?",
    "Systemhaus gesucht",
    "Who can build this for us?",
    "Which software should we buy?",
    "Can you recommend a company for that?",
    "Do you know a good vendor?",
    "We are looking for a developer who can connect our shop",
    "What software do you recommend?",
]
NEITHER = [
    "Wir tippen jeden Auftrag dreimal ab.",
    "Die alte Maschine steht dauernd und keiner weiß, warum.",
    "Wer baut bei uns die Teile ein, weiß nachher keiner mehr",
    "Mit dem Verkauf allein verdienen wir kein Geld mehr",
    "Wir haben 18.000 Euro an Betrüger überwiesen",
    "Das Förderband bleibt dauernd stehen",
    "Unsere Beförderung der Ware dauert zu lange",
    "Wir haben ein kleines Café in Halle. Die Gäste wollen mit Karte bezahlen, wie geht das?",
    "Wie können unsere Kunden online bezahlen?",
    "Wie können wir Rechnungen schneller bezahlen?",
    "Lieferanten wollen wir schneller bezahlen, wie geht das?",
    "Die Kunden bezahlen oft zu spät, wer hilft?",
    "Kreditkarten annehmen in einem kleinen Betrieb, wie geht das?",
    "Die Kreditorenbuchhaltung im Betrieb soll digital werden",
    "Wir wollen Gutscheine für unsere Gäste online verkaufen",
    "Gibt es ein Programm für Zuschnitt?",
    "Gibt es etwas für Zuschauerzahlen?",
    "Die Pumpe fördert zu wenig, keiner merkt es",
    "Hier werden täglich 40 Tonnen Kies gefördert",
    "Die App ist vom Land gefördert, benutzt wird sie kaum",
    "Gutscheine vom Elektromarkt nimmt unsere Kasse nicht an",
    "Gibt es Förderer mit Sensoren?",
    "Unsere Bank finanziert die Maschine, wie binden wir sie an?",
    "Die EU zwingt uns zu elektronischen Rechnungen",
    "Die EU gibt uns neue Regeln für Verpackungen vor",
    "Die Software ist zu umständlich",
    "Der Programmierer von damals ist in Rente, keiner versteht das System",
    "Unser Lieferant liefert falsche Teile",
    "Welche Maschine läuft gerade, sieht hier keiner",
    "Die Kunden fragen, welches Teil passt",
    "Unsere Leute benutzen die neue App nicht",
    "Was kostet ein Check bei Ihnen?",
    "Wer hat Zugriff auf unsere Daten?",
    "We type every order three times.",
    "The software is too complicated for our staff",
    "Our vendor stopped supporting the machine",
    "Who has access to our data?",
    "The system grants no access to our data",
    "Who pays if it breaks on the way?",
    "Who pays the shipping when customers send things back?",
]


@pytest.mark.parametrize("text", MONEY)
def test_who_asks_for_money(text):
    assert Want.MONEY in wants.of(text)


@pytest.mark.parametrize("text", PROVIDER)
def test_who_asks_for_somebody_who_builds_it(text):
    assert Want.PROVIDER in wants.of(text)


@pytest.mark.parametrize("text", NEITHER)
def test_a_problem_of_a_firm_is_neither(text):
    assert wants.of(text) == frozenset()


def test_one_may_ask_for_both():
    text = "Wer baut uns das, und gibt es Geld vom Land dafür?"
    assert wants.of(text) == {Want.MONEY, Want.PROVIDER}


@pytest.mark.parametrize("text", ["Kennen Sie einen führenden Anbieter für ERP?", "Welcher Anbieter ist der beste?"])
def test_who_looks_for_a_vendor_is_none(text):
    assert rules.kind(text) is rules.Kind.COMPANY


def test_a_vendor_is_one_all_the_same():
    text = "Wir sind führender Anbieter von ERP und würden Ihnen das vorstellen. Welche Software haben Sie?"
    assert rules.kind(text) is rules.Kind.VENDOR


def test_a_mere_ask_changes_neither_topics_nor_offers(full: Index):
    problem = "Wir suchen dauernd Material im Lager."
    before = full.match(problem)
    for more in ("Wer baut uns das?", "Gibt es Geld vom Land?"):
        found = full.match(f"{problem} {more}")
        assert (found.topics, found.offers) == (before.topics, before.offers)


PROBLEM = "Wir wollen die Maschinen anbinden."


@pytest.mark.parametrize(
    "ask",
    [
        "Wer baut uns das?",
        "Gibt es Geld vom Land?",
        "Welche Firma kann uns das bauen, und gibt es Geld vom Land?",
        "Gibt es dafür Fördermittel in Sachsen-Anhalt?",
        "Können Sie uns einen guten Anbieter in der Nähe empfehlen?",
        "Welche Software sollen wir nehmen?",
        "Wird das gefördert?",
        "Wie sollen wir das bezahlen?",
        "Kennen Sie eine Firma, wo das geklappt hat?",
        "Wer richtet uns das Ganze vernünftig ein?",
        "Gibt es dafür Förderung oder eine Empfehlung, wo man anfängt?",
        "Can you recommend a company?",
        "Is there any public money?",
    ],
)
def test_a_sentence_that_only_asks_leads_to_no_topic(ask: str) -> None:
    assert wants.problem(f"{PROBLEM} {ask}") == PROBLEM
    assert wants.problem(f"{ask} {PROBLEM}") == PROBLEM


@pytest.mark.parametrize(
    "text",
    [
        "Wir sind eine Tischlerei mit 12 Leuten. Welche Software brauchen wir für die Zeiterfassung?",
        "Guten Tag aus Stendal. Welches Programm hilft uns bei der Lagerliste?",
        "Wir haben 20 Leute. Welches ERP ist gut?",
        "Wir tippen alles ab. Gibt es Geld für einen Roboter?",
        "Hallo aus der Altmark. Wer baut uns einen Webshop?",
        "Hallo aus der Altmark. Wer baut uns das Lager um?",
        "hallo aus der altmark. wer baut uns das lager um?",
        "Wir sind zu viert. Welche Software kann von selbst abrechnen?",
        "Stimmt es, dass die Förderung ausläuft? Bis wann muss man fertig sein?",
        "Unsere Bäckerei hat drei Filialen. Welche Kassensoftware empfehlen Sie?",
        "Unser Kieswerk ist alt. Gibt es Geld für ein Förderband?",
        "Wir backen Torten. Welches Programm hilft bei der Preiskalkulation?",
        "We are a bakery with five people. Which software do we need for time tracking?",
    ],
)
def test_a_sentence_that_says_for_what_is_read_with_the_rest(text: str) -> None:
    assert wants.of(text)
    assert wants.problem(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Gibt es Geld vom Land, wenn wir umstellen?",
        "Keiner weiß, welche Presse läuft und welche steht.",
        "Hallo. Gibt es Geld vom Land?",
        "Guten Tag, ich habe eine Frage. Gibt es Geld vom Land?",
        "Wer baut uns das? Gibt es Geld vom Land?",
        "Wir brauchen Hilfe, bitte dringend. Welche Firma kann uns das bauen?",
    ],
)
def test_where_nothing_is_left_out_or_nothing_else_tells_anything_all_of_it_is_read(text: str) -> None:
    assert wants.problem(text) == text


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Wir sind eine Tischlerei mit 12 Leuten.", "Welche Software brauchen wir für den Einkauf im Webshop?"),
        ("Guten Tag aus Stendal.", "Welches Programm hilft uns gegen Angriffe auf unser Netz?"),
        ("Unser Café hat 8 Plätze.", "Gibt es Geld vom Land für einen Roboter?"),
    ],
)
def test_the_topic_comes_from_the_sentence_that_names_it(lexical: Index, told: str, asked: str) -> None:
    assert lexical.match(f"{told} {asked}").topics[0].slug == lexical.match(asked).topics[0].slug


def seconds(text: str) -> float:
    """Of the processor, the best of five: who else works on the machine makes it longer, never shorter."""
    spent = []
    for _ in range(5):
        begin = time.process_time()
        wants.of(text)
        spent.append(time.process_time() - begin)
    return min(spent)


def growth(word: str) -> float:
    """How many times as much eight times the text costs: about eight, or sixty-four where a pattern looks back again
    and again."""
    return seconds(word * (16_000 // len(word))) / seconds(word * (2_000 // len(word)))


@pytest.mark.parametrize("word", ["welche ", "gibt es ", "kennen Sie ", "wie wir nicht ", "fördert ", "a"])
def test_a_hostile_text_costs_little(word):
    assert growth(word) < 24


def test_a_pattern_that_looks_back_again_and_again_is_seen(monkeypatch):
    monkeypatch.setattr(wants, "_PROVIDER", re.compile(r"\bwelche\b.*\bniemals\b"))
    assert growth("welche ") > 24
