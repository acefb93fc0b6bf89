"""Who asks is heard from what they want and how they speak to the centre, not only from signs."""

from pathlib import Path

import pytest

from wegweiser.catalogue.matching import Encoder, Index, enquirers, taught
from wegweiser.catalogue.matching.enquirers import CLEAR, LEAST, SAID, SIGN, Enquirer, told
from wegweiser.catalogue.matching.rules import Kind

ASKED = [
    ("Ich vertreibe eine KI-Lösung und würde Sie gern vorstellen", Kind.VENDOR),
    ("Wir sind ein Softwarehaus und suchen Kunden unter Ihren Betrieben", Kind.VENDOR),
    ("Unser Kassensystem wäre etwas für Ihre Händler, wann passt Ihnen ein Termin?", Kind.VENDOR),
    ("Könnten Sie unsere Rabattaktion an Ihre Firmen weitergeben?", Kind.VENDOR),
    ("We sell advertising on buses and would love to show you our prices next week", Kind.VENDOR),
    ("Können Sie im November vor unseren vierzig Obermeistern sprechen?", Kind.MULTIPLIER),
    ("Unsere Mitgliedsbetriebe fragen nach Kursen, können wir Ihre Termine in den Rundbrief nehmen?", Kind.MULTIPLIER),
    ("Für die Wochenendausgabe suche ich einen Betrieb, der schon einen Roboter hat, Fotos machen wir", Kind.PRESS),
    ("I am producing a radio feature about small workshops, could I talk to one of your experts?", Kind.PRESS),
    ("Für meine Abschlussarbeit brauche ich zehn Handwerker, die einen Fragebogen ausfüllen", Kind.STUDENT),
    ("Meine Tochter sucht für die neunte Klasse einen Praktikumsplatz, geht das bei Ihnen?", Kind.STUDENT),
    ("Unsere Bürger sollen Anträge an die Gemeinde am Rechner stellen können, wer berät uns?", Kind.PUBLIC_BODY),
    ("Unser Landkreis plant ein Programm für die Betriebe im Gewerbegebiet und sucht Mitstreiter", Kind.PUBLIC_BODY),
    ("Mein Nachbar klaut mein WLAN, was kann ich tun?", Kind.PRIVATE),
    ("Ich bin Rentner und mein Fernseher findet das Internet nicht", Kind.PRIVATE),
    ("Wir verkaufen Fenster und wollen Kunden online erreichen", Kind.COMPANY),
    ("Wir entwickeln Apps und verlieren den Überblick über unsere Aufträge", Kind.COMPANY),
    ("Ein Vertreter will uns eine Telefonanlage verkaufen, taugt so etwas?", Kind.COMPANY),
    ("Der Landkreis verlangt von uns jetzt E-Rechnungen", Kind.COMPANY),
    ("In der Zeitung stand, dass man Maschinen nachrüsten kann, wir haben drei alte Fräsen", Kind.COMPANY),
    ("Unser Werkstudent hat die Webseite gebaut und ist weg, wer pflegt sie?", Kind.COMPANY),
    ("The chamber told us to ask you how to send electronic invoices", Kind.COMPANY),
]
FIRM = {kind: 0.0 for kind in Kind if kind is not Kind.OTHER} | {Kind.COMPANY: 0.5}


@pytest.mark.parametrize(("text", "who"), ASKED)
def test_who_asks_is_heard_from_the_text(full: Index, text: str, who: Kind) -> None:
    assert full.match(text).kind == who


@pytest.mark.parametrize("text", [text for text, who in ASKED if who is Kind.COMPANY])
def test_a_firm_that_mentions_others_keeps_its_offers(full: Index, text: str) -> None:
    match = full.match(text)
    assert (match.in_scope, match.introduced) == (True, False)
    assert match.offers


@pytest.mark.parametrize("text", [text for text, who in ASKED[:5] if who is Kind.VENDOR])
def test_who_sells_gets_no_offers(full: Index, text: str) -> None:
    assert not full.match(text).in_scope


@pytest.mark.parametrize(
    "text",
    [
        "Können Sie uns ein Systemhaus in der Nähe nennen?",
        "Kennen Sie einen Anbieter für elektronische Rechnungen?",
        "Wir brauchen einen Anbieter für Zeiterfassung, welchen empfehlen Sie?",
        "Wir brauchen einen Hersteller für Roboterzellen, welchen würden Sie nehmen?",
        "We need a supplier of sensors for our machines, who do you suggest?",
    ],
)
def test_a_firm_that_looks_for_a_vendor_is_none(full: Index, text: str) -> None:
    match = full.match(text)
    assert (match.in_scope, match.introduced) == (True, False)
    assert match.offers


@pytest.mark.parametrize(
    "text", ["Können Sie unsere Software Ihren Betrieben empfehlen?", "Welche Firma baut mir ein Carport?"]
)
def test_who_wants_to_be_recommended_or_has_other_things_built_gets_none(full: Index, text: str) -> None:
    assert not full.match(text).in_scope


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Wir sind die Tischlerinnung Harz und möchten einen Abend zu KI mit Ihnen machen", Kind.MULTIPLIER),
        ("Hier ist die Landesinnung der Bäcker", Kind.MULTIPLIER),
        ("Wir sind das Bauamt der Gemeinde Barleben und wollen Anträge digital annehmen", Kind.PUBLIC_BODY),
        ("Hier ist das Schulamt", Kind.PUBLIC_BODY),
    ],
)
def test_who_names_a_guild_or_an_office_by_its_trade_says_who_they_are(text: str, who: Kind) -> None:
    assert told(text, None) == Enquirer(who, is_clear=True)


@pytest.mark.parametrize("text", ["Wir sind bei der Kundengewinnung zu langsam", "Uns fehlt die Rückgewinnung"])
def test_what_only_ends_like_a_guild_is_none(text: str) -> None:
    assert told(text, None) == Enquirer(Kind.COMPANY, is_clear=False)


def test_without_encoders_signs_decide(lexical: Index) -> None:
    match = lexical.match("Wir sind die Innung und suchen einen Vortrag für unsere Mitglieder")
    assert (match.kind, match.introduced) == (Kind.MULTIPLIER, True)
    nowhere = taught.Taught(Path("nowhere.npz"), "nowhere")  # no weights are read where no encoder has read the text
    assert nowhere.read("Guten Tag", {}, []) is None


@pytest.mark.parametrize(
    ("likely", "found"),
    [
        ({}, Enquirer(Kind.COMPANY, is_clear=False)),
        ({Kind.VENDOR: 0.5}, Enquirer(Kind.COMPANY, is_clear=False)),  # as likely as a firm
        ({Kind.VENDOR: 0.51}, Enquirer(Kind.VENDOR, is_clear=False)),
        ({Kind.VENDOR: 0.51 + CLEAR}, Enquirer(Kind.VENDOR, is_clear=True)),
        ({Kind.VENDOR: LEAST, Kind.COMPANY: 0.1}, Enquirer(Kind.COMPANY, is_clear=False)),  # nobody, really
        ({Kind.VENDOR: LEAST + 0.01, Kind.COMPANY: 0.1}, Enquirer(Kind.VENDOR, is_clear=False)),
    ],
)
def test_somebody_else_needs_something_to_go_by(likely: dict[Kind, float], found: Enquirer) -> None:
    assert told("Guten Tag, passt Ihnen Montag?", FIRM | likely) == found


def test_a_sign_counts_beside_what_was_learnt() -> None:
    mentions, says = "Die Innung trifft sich am Montag", "Wir sind die Innung"
    near = FIRM | {Kind.MULTIPLIER: 0.5 - SIGN + 0.01}
    nearer = FIRM | {Kind.MULTIPLIER: 0.5 - SIGN - SAID + 0.01}
    assert told(mentions, near).kind is Kind.MULTIPLIER
    assert told(mentions, nearer).kind is Kind.COMPANY
    assert told(says, nearer) == Enquirer(Kind.MULTIPLIER, is_clear=True)  # by its own words
    assert told("Guten Tag", near).kind is Kind.COMPANY


def test_the_texts_are_of_all_kinds_and_each_stands_once() -> None:
    rows = enquirers.texts()
    assert len({row.text for row in rows}) == len(rows)
    for kind in FIRM:
        assert {row.outside for row in rows if row.kind is kind} == {True, False}


def test_what_is_told_of_a_kind_is_no_more_than_a_share(encoders: list[Encoder]) -> None:
    text = "Wir bieten Ihnen Werbung auf unserem Lastwagen"
    found = enquirers.read(text, {one.name: one.encode_questions([text])[0] for one in encoders}, encoders)
    assert max(found, key=found.__getitem__) is Kind.VENDOR
    assert all(-0.5 < value < 1.5 for value in found.values())
