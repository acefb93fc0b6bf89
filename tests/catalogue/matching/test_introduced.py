"""Who says clearly who asks, and who only mentions somebody."""

import pytest

from wegweiser.catalogue.matching import Index
from wegweiser.catalogue.matching.introduced import introduced
from wegweiser.catalogue.matching.rules import Kind, kind

ONLY_MENTIONED = [
    "Das Ordnungsamt will eine elektronische Kasse",
    "Wir müssen das beim Landkreis elektronisch abgeben",
    "Kommunale Auftraggeber verlangen X-Rechnungen von uns",
    "Wir haben ein Hotel, ich bin bei der DEHOGA, und wir schreiben alles auf Zettel",
    "Interview mit dem Bewerber dauert ewig",
    "Podcast für unsere Kunden",
    "Mein Mann macht die Buchhaltung auf Papier",
    "Unser Student schreibt seine Masterarbeit über unsere Maschinendaten",
    "Als Mitglied der Handwerkskammer brauchen wir Hilfe bei E-Rechnungen",
    "Wir sind eine Tischlerei im Landkreis Harz und tippen alles ab",
    "Ich bin von der IHK an Sie verwiesen worden, es geht um E-Rechnung",
    "Wir wollen eine App für unsere Mitglieder im Fitnessstudio",
    "The town hall wants us to send invoices electronically",
    "My husband does the accounting on paper",
    "We are a bakery in the county and type everything twice",
]
INTRODUCED = [
    ("Ich bin von der Zeitung und möchte über digitale Werkstätten schreiben", Kind.PRESS),
    ("Hier ist die Redaktion, wir bitten um ein Interview", Kind.PRESS),
    ("I am a journalist and write about digital workshops", Kind.PRESS),
    ("Wir sind die IHK", Kind.MULTIPLIER),
    ("Als Handwerkskammer planen wir eine Reihe zur Digitalisierung", Kind.MULTIPLIER),
    ("Die Innung sucht einen Vortrag für ihre Mitglieder", Kind.MULTIPLIER),
    ("We are the chamber of commerce and look for a talk on AI", Kind.MULTIPLIER),
    ("Wir sind die Stadtverwaltung und wollen Formulare digital", Kind.PUBLIC_BODY),
    ("Ich arbeite bei der Stadtverwaltung und wir wollen Formulare digital", Kind.PUBLIC_BODY),
    ("I work for the town hall and we want digital forms", Kind.PUBLIC_BODY),
    ("Ich bin Privatperson und brauche Hilfe mit meinem Handy", Kind.PRIVATE),
    ("Ich schreibe meine Masterarbeit über Digitalisierung im Handwerk", Kind.STUDENT),
    ("Wir würden Ihnen gern unsere Software vorstellen", Kind.VENDOR),
]


@pytest.mark.parametrize("text", ONLY_MENTIONED)
def test_a_mention_neither_introduces_nor_takes_a_question_out_of_the_field(full: Index, text: str) -> None:
    match = full.match(text)
    assert (match.in_scope, match.introduced) == (True, False)
    assert match.offers


@pytest.mark.parametrize(("text", "who"), INTRODUCED)
def test_who_says_clearly_who_asks_is_introduced(text: str, who: Kind) -> None:
    assert (kind(text), introduced(text, who)) == (who, True)


def test_who_is_insured_privately_is_no_private_person() -> None:
    assert kind("Ich bin privat versichert und führe ein Café") is Kind.COMPANY
