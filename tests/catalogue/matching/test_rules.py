import pytest

from wegweiser.catalogue.matching import Index, rules
from wegweiser.catalogue.matching.emergency import urgent
from wegweiser.catalogue.matching.rules import Kind, kind

NOW = [
    "Hilfe! Alle unsere Dateien sind verschlüsselt und jemand verlangt Lösegeld.",
    "Seit heute Morgen geht der Server nicht mehr, keiner kann arbeiten. Was sollen wir jetzt tun?",
    "Unser Postfach wurde gehackt, gerade gehen Mails an alle Kunden raus",
    "Kunden rufen an, sie bekommen Rechnungen von uns, die wir nie geschrieben haben. Was jetzt?",
    "Eben hat die Kollegin auf den Link geklickt und das Kennwort eingegeben!!",
    "Somebody hacked our shop this morning and we cannot log in",
    "Auf dem Bildschirm ist ein Totenkopf, wir sollen 2 Bitcoin zahlen",
    "alles verschlüsselt, die wollen Bitcoin",
    "Virus, nichts geht mehr",
    "Trojaner auf dem Server",
    "Verschlüsselungstrojaner auf unserem Server gefunden",
    "Alles verschlüsselt!",
    "everything encrypted, they want bitcoin",
    "virus, nothing works anymore",
    "trojan on the server",
    "Hackerangriff",
    "Hackerangriff!",
    "Hilfe, Hackerangriff",
    "Hackerangriff auf unseren Server",
    "Hackerangriff auf uns, was tun?",
    "Cyberangriff",
    "Cyber-Angriff auf unser Netzwerk",
    "Wir haben einen Cyberangriff",
    "Akuter Hackerangriff, bitte Hilfe",
    "Cyberattacke auf die Firma",
    "cyber attack",
    "Help, hacker attack",
    "Server verschlüsselt",
    "server verschluesselt",
    "Unser Server verschlüsselt, was jetzt?",
    "Rechner verschlüsselt. Hilfe!",
    "Dateien verschlüsselt",
    "Kundendaten plötzlich verschlüsselt",
    "Notfall: Server ist verschlüsselt",
    "server encrypted",
    "our files encrypted, what now?",
    "Email gehackt",
    "Mein Mailkonto ist gehackt",
    "Facebook-Seite gehackt worden, Hilfe",
    "My mailbox was hacked",
    "jemand verschickt mails in meinem namen",
    "Alle PCs zeigen eine Lösegeldforderung",
    "Trojaner",
]
FALSE_FRIENDS = [
    "keiner weiß, welche Maschine gerade steht, wir laufen dauernd durch die Halle",
    "Ich warte auf einen Rückruf",
    "Wir suchen eine Schulung, was bei einem Hackerangriff zu tun ist.",
    "Vor drei Jahren wurden wir gehackt, alles war verschlüsselt. Heute läuft alles wieder.",
    "Was machen wir, wenn unsere Dateien einmal verschlüsselt werden?",
    "Die Presse steht zwei Stunden am Tag still, weil Material fehlt.",
    "Der Nachbarbetrieb wurde gehackt. Wie schützen wir uns?",
    "Können wir Bilder verschlüsselt an Kunden senden?",
    "Eine gefälschte Rechnung kam an, wir haben sie nicht bezahlt.",
    "Last year our server was encrypted, how do we prevent that?",
    "Umsatz bricht ein, nichts geht mehr beim Verkauf",
    "Brauchen wir einen Virenschutz auf dem Server?",
    "Wir wollen unsere Daten verschlüsselt ablegen",
    "Können wir Bitcoin annehmen?",
    "Aktuell müssen unsere Kunden bar bezahlen, wir wollen Kartenzahlung.",
    "Unsere Gäste müssen gerade noch bar zahlen.",
    "Unsere Kunden wollen jetzt mit Bitcoin zahlen.",
    "Müssen wir jetzt für jedes Programm einzeln zahlen?",
    "Our guests have to pay cash at the moment",
    "Vortrag über Trojaner auf dem Server",
    "Wie erkennt man einen Trojaner auf dem Server?",
    "Corona-Virus, nichts geht mehr in der Gastronomie",
    "Do we need antivirus on the server?",
    "We want to store our data encrypted",
    "Can we accept bitcoin?",
    "A talk about trojans on the server",
    "Sind unsere Daten verschlüsselt?",
    "Alles verschlüsselt übertragen, geht das?",
    "Sind die Dateien in der Cloud eigentlich verschlüsselt?",
    "Ist der Server verschlüsselt, wenn er beim Anbieter steht?",
    "Werden die Daten in Ihrem Formular verschlüsselt?",
    "Wird alles verschlüsselt gespeichert?",
    "Daten verschlüsselt speichern",
    "Dateien verschlüsselt verschicken, womit?",
    "Alle Daten verschlüsselt sichern, geht das?",
    "Rechnungen verschlüsselt zuschicken, ist das Pflicht?",
    "Alles verschlüsselt ablegen",
    "Server verschlüsselt?",
    "Hackerangriff?",
    "Hackerangriff: Schulung für Mitarbeiter",
    "Vortrag zum Thema Hackerangriff",
    "Thema: Hackerangriff",
    "Notfallplan für einen Cyberangriff",
    "Schutz vor Hackerangriff",
    "Are our data encrypted?",
    "Is everything encrypted on your server?",
    "encrypted storage of our files",
    "Encrypted backups of all data, is that possible?",
]


ATTACK_IN_FEW_WORDS = [
    *("Hackerangriff", "Hackerangriff!", "Cyberangriff auf uns", "Hilfe, ein Hackerangriff", "cyber attack"),
    *(
        "Server verschlüsselt",
        "Server verschluesselt!",
        "Unsere Dateien sind verschlüsselt",
        "Alle Rechner verschlüsselt.",
    ),
    *("Dateien plötzlich verschlüsselt", "Laptop verschlüsselt worden", "Our files are encrypted", "Server encrypted"),
    *("Verdacht auf Hackerangriff", "Hacker-Attacke auf unseren Server", "Daten verschlüsselt, Bildschirm schwarz"),
]
ENCRYPTED_ON_PURPOSE = [
    *("Sind unsere Daten verschlüsselt?", "Alles verschlüsselt übertragen, geht das?"),
    *("Ist die Verbindung zum Server verschlüsselt?", "Werden die Daten in der Cloud verschlüsselt gespeichert?"),
    *("Müssen Rechnungen verschlüsselt verschickt werden?", "Wir wollen Daten verschlüsselt senden"),
    *("Are our data encrypted?", "How do we store data encrypted?", "Daten verschlüsselt ablegen: womit?"),
    *("Seminar: Phishing, Hackerangriff, Datensicherung", "Was tun bei einem Hackerangriff?"),
    *("Versicherung gegen Hackerangriff", "Wie schützen wir uns vor einem Cyberangriff?"),
]


@pytest.mark.parametrize("text", ATTACK_IN_FEW_WORDS)
def test_an_attack_in_few_words_is_urgent(text: str) -> None:
    assert urgent(text)


@pytest.mark.parametrize("text", ENCRYPTED_ON_PURPOSE)
def test_encrypting_on_purpose_is_not_urgent(full: Index, text: str) -> None:
    assert not urgent(text)
    assert not full.match(text).urgent


@pytest.mark.parametrize("text", NOW)
def test_emergency_now_is_urgent(text: str) -> None:
    assert urgent(text)


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_talk_about_emergencies_is_not_urgent(text: str) -> None:
    assert not urgent(text)


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_encoders_do_not_raise_a_false_alarm(full: Index, text: str) -> None:
    assert not full.match(text).urgent


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Unsere Drehbank soll ans Netz", Kind.COMPANY),
        ("Hier ist die Redaktion der Lokalzeitung, wir bitten um ein Interview", Kind.PRESS),
        ("Wir würden Ihnen gerne unsere neue Software vorstellen", Kind.VENDOR),
        ("Ich schreibe meine Bachelorarbeit und suche Betriebe", Kind.STUDENT),
        ("Die Innung sucht einen Vortrag für die Mitgliederversammlung", Kind.MULTIPLIER),
        ("Wirtschaftsförderung der Stadt, wir planen einen Abend für Betriebe", Kind.PUBLIC_BODY),
        ("Ich brauche einen Kredit für ein Haus", Kind.PRIVATE),
        ("Mein Vater und ich haben eine Tischlerei mit sieben Leuten, Angebote schreibe ich abends", Kind.COMPANY),
        ("Meine Tochter übernimmt die Firma", Kind.COMPANY),
        ("My son and I run a small brewery and want to sell to customers online", Kind.COMPANY),
        ("Meine Oma kommt mit dem Handy nicht zurecht", Kind.PRIVATE),
        ("Mein Sohn hat eine Rechnung von der Bücherei bekommen", Kind.PRIVATE),
        ("Mein Drucker zu Hause geht nicht", Kind.PRIVATE),
        ("I need a work visa, I am a welder", Kind.PRIVATE),
        ("Hier ist die Nordsee-Zeitung, wir möchten berichten", Kind.PRESS),
        ("Hier ist die Volksstimme, wir möchten gern über Ihr Zentrum berichten", Kind.PRESS),
        ("Ich schreibe für den Harzkurier über kleine Betriebe", Kind.PRESS),
        ("Wir drucken eine Zeitung und die Platten kommen zu spät", Kind.COMPANY),
        ("Wir wollen unserem Steuerbüro jeden Monat berichten, ohne alles abzutippen", Kind.COMPANY),
    ],
)
def test_kind_of_enquirer(text: str, who: Kind) -> None:
    assert kind(text) is who


@pytest.mark.parametrize(
    "text",
    [
        "Wir bieten eine ERP-Software an und möchten Ihr Partner werden",
        "Ich entwickle eine Lager-App und möchte Ihr Partner werden",
        "Wir sind Anbieter von MES-Systemen und möchten bei Ihnen gelistet werden",
        "We want to become your partner, we sell ERP software",
        "Mehr Sichtbarkeit für Ihre Website, nur 99 Euro im Monat",
        "Wir verkaufen Adresslisten von Firmen, Interesse?",
        "Wir vertreiben Scanner und hätten gern Ihre Mitglieder als Kunden",
    ],
)
def test_who_wants_to_be_our_partner_is_a_vendor(text: str) -> None:
    assert kind(text) is Kind.VENDOR


@pytest.mark.parametrize(
    "text",
    [
        "Die Handwerkskammer hat Sie empfohlen, wir sind eine Tischlerei mit 5 Leuten",
        "Die IHK sagt, wir müssen E-Rechnungen empfangen können",
        "Unsere Innung hat uns auf Sie hingewiesen",
        "Der Bürgermeister hat gesagt, Sie können uns helfen",
        "Wir liefern an die Stadtwerke und sollen E-Rechnungen schicken",
        "Unser Praktikant sucht Fehler in der Liste",
        "Die Innung hat uns geschrieben, und meine Frau versteht die neuen Rechnungen nicht",
    ],
)
def test_whom_a_firm_mentions_is_not_who_asks(text: str) -> None:
    assert kind(text) is Kind.COMPANY


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Die IHK will mit Ihnen ein Seminar für Händler machen", Kind.MULTIPLIER),
        ("Die Innung hat ein Jubiläum und sucht einen Redner", Kind.MULTIPLIER),
        ("Wir sind die Stadtverwaltung und wollen Formulare digital", Kind.PUBLIC_BODY),
    ],
)
def test_who_asks_for_a_body_of_their_own_is_one(text: str, who: Kind) -> None:
    assert kind(text) is who


@pytest.mark.parametrize(
    "text",
    [
        "Wir bieten Handwerksleistungen an und möchten Partner für ein Projekt finden",
        "Wir verkaufen Fenster und möchten sie im Netz zeigen",
        "Wir verkaufen Räder, und die Kunden wissen nicht, welche Größe ihnen passt",
        "Wir sind Hersteller von Pumpen und möchten von Ihnen beraten werden",
        "Wir verkaufen Fenster und schreiben jedes Angebot per Hand",
        "Wir verkaufen über Ebay und pflegen die Liste in Excel",
        "Wir verkaufen online. Können Sie uns mit dem Shop helfen?",
        "Unser neues Programm stürzt dauernd ab",
        "Unser neues Lager ist ein Chaos",
        "Wir sind ein führender Hersteller von Pumpen und suchen Hilfe bei der Auswertung unserer Daten",
        "Wir brauchen mehr Sichtbarkeit im Netz",
        "Unser Google-Ranking ist schlecht, was tun?",
        "We sell bread and want to become your neighbour at the fair",
    ],
)
def test_a_firm_that_tells_what_it_sells_stays_a_firm(text: str) -> None:
    assert kind(text) is Kind.COMPANY


@pytest.mark.parametrize(
    "text",
    [
        "Ich suche einen Ausbildungsplatz als Mechatroniker",
        "Haben Sie offene Stellen?",
        "Gibt es bei Ihnen offene Stellen?",
        "Ich möchte mich bei Ihnen als Ingenieur bewerben",
        "Hiermit bewerbe ich mich, ich suche eine Stelle in der Forschung",
        "Wir suchen für unsere Tochter einen Ausbildungsplatz",
        "I would like to apply for a position in your lab",
        "Do you have any open positions?",
    ],
)
def test_who_looks_for_work_is_an_applicant(text: str) -> None:
    assert kind(text) is Kind.STUDENT


@pytest.mark.parametrize(
    "text",
    [
        "Wir suchen Bewerber für unsere offene Stelle in der Werkstatt, kann KI helfen?",
        "Wie bekomme ich meine offenen Stellen ins Netz?",
        "Unser Ausbildungsplatz bleibt leer, wie erreichen wir junge Leute online?",
        "Seit einem Jahr haben wir eine Lehrstelle frei und keiner meldet sich",
        "Ich möchte mich mit der Tischlerei um Fördermittel bewerben",
        "Brauche Hilfe bei der Bewerbung um einen Zuschuss für Software",
        "We are hiring and need an apprenticeship page on our website",
    ],
)
def test_a_firm_that_looks_for_people_stays_a_firm(text: str) -> None:
    assert kind(text) is Kind.COMPANY


@pytest.mark.parametrize(
    "text",
    [
        "Können Sie meine Steuererklärung machen?",
        "Ich brauche einen Kredit für ein Auto",
        "Ich bin Student und schreibe meine Masterarbeit",
        "Wir sind ein führender Anbieter von Druckern und möchten Ihnen unser Angebot vorstellen",
    ],
)
def test_out_of_scope_gives_neither_offers_nor_contact(full: Index, lexical: Index, text: str) -> None:
    for index in (full, lexical):
        match = index.match(text)
        assert (match.in_scope, match.offers, match.contact) == (False, (), None)
        assert len(match.topics) == 5


@pytest.mark.parametrize(
    "text",
    [
        "Wer hilft bei der E-Rechnung?",
        "KI",
        "3D",
        "ERP",
        "Website",
        "5G",
        "Roboter für Schweißer",
        "Unsere Buchhaltung tippt alles ab",
        "Private Handys im Betrieb, ist das sicher?",
    ],
)
def test_digital_questions_near_law_and_tax_stay_in_scope(full: Index, text: str) -> None:
    assert full.match(text).in_scope


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Unser Geselle muss jede Waage ablesen und abschreiben", rules.OUTSIDE),
        ("Wetter, Boden und Ertrag stehen bei uns auf Zetteln", rules.OUTSIDE),
        ("Die Rezepte kennt nur der Küchenchef auswendig", rules.OUTSIDE),
        ("Welche Workshops gibt es bei Ihnen im Herbst?", rules.ASKS_FOR_US),
        ("Bitte schicken Sie uns einmal Infomaterial", rules.ASKS_FOR_US),
        ("Please send us the dates of your courses", rules.ASKS_FOR_US),
    ],
)
def test_words_of_a_trade_are_no_sign_of_private_life(text: str, outside: float) -> None:
    assert not rules.out_of_scope(text, rules.kind(text), outside=outside)
    assert rules.out_of_scope(text, rules.kind(text), outside=outside + 0.01)


def test_a_sign_needs_a_clearer_signal_than_none() -> None:
    text = "Kann ich den Transporter absetzen?"
    for signal, outside in ((rules.OUTSIDE_WITH_SIGN, False), (rules.OUTSIDE_WITH_SIGN + 0.01, True)):
        assert rules.out_of_scope(text, rules.kind(text), outside=signal) is outside


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("Gilt die 1 % Regel auch für Elektroautos?", True),
        ("Fahrtenbuch oder 1%-Regelung?", True),
        ("Ein-Prozent-Regelung oder nicht?", True),
        ("Muss ich für den Kombi 1 % vom Listenpreis versteuern?", True),
        ("Wir haben 1 % Ausschuss und finden den Grund nicht", False),
        ("Nur 1% der Kunden bestellt wieder", False),
        ("Bei 1 % Regelabweichung wird die Ware wieder gemischt", False),
    ],
)
def test_of_one_percent_only_what_is_taxed_is_a_question_of_tax(text: str, *, outside: bool) -> None:
    assert rules.out_of_scope(text, rules.kind(text)) is outside


@pytest.mark.parametrize("who", [Kind.VENDOR, Kind.STUDENT, Kind.PRIVATE])
def test_a_mere_guess_at_who_asks_takes_no_offer_away(who: Kind) -> None:
    text, signal = "Wann passt es Ihnen am Montag?", rules.OUTSIDE_OF[who] + 0.01
    assert rules.out_of_scope(text, who, signal, said=True)
    assert not rules.out_of_scope(text, who, signal, said=False)
    assert rules.out_of_scope(text, who, rules.OUTSIDE + 0.01, said=False)


KEPT_SAFE = [
    "Alle Daten sind verschlüsselt, und die Sicherung liegt außer Haus",
    "Alle Daten sind verschlüsselt und die Sicherungskopie liegt im Bankschließfach.",
    "Unsere Server sind verschlüsselt, gesichert wird extern: Das Backup läuft jede Nacht ins Rechenzentrum.",
    "Die Laptops sind komplett verschlüsselt, ein Backup liegt in einem zweiten Gebäude. Reicht das?",
    "Wir haben alle Dateien verschluesselt und machen taeglich eine Datensicherung.",
    "Bei uns ist alles verschlüsselt. Die Sicherungsbänder lagern an einem anderen Standort.",
    "All our data is encrypted and the backup is kept off-site.",
    "Our files are encrypted, backups go to another building every night.",
]
STRUCK_IN_SPITE_OF_A_COPY = [
    "Alle Daten sind verschlüsselt, die Sicherung außer Haus auch.",
    "Alle Daten sind verschlüsselt, das Backup liegt außer Haus, aber wir kommen nicht ran",
    "Hilfe, alle Dateien sind verschlüsselt! Die Sicherung liegt im Tresor.",
    "Seit heute früh sind alle Dateien verschlüsselt, eine Sicherung liegt außer Haus.",
    "Alle Daten sind verschlüsselt und sie wollen Bitcoin. Das Backup ist extern.",
    "Alle Dateien sind plötzlich verschlüsselt, das externe Backup ist zwei Wochen alt.",
    "Wir wurden gehackt, alle Daten sind verschlüsselt. Die Sicherung liegt außer Haus.",
    "Alle Daten sind verschlüsselt. Wie können wir das externe Backup zurückspielen?",
    "All our data is encrypted, even the backup in the cloud.",
    "Our files are encrypted and the off-site backup is gone.",
]


@pytest.mark.parametrize("text", KEPT_SAFE)
def test_who_tells_of_good_practice_is_calm(full: Index, text: str) -> None:
    assert (urgent(text), full.match(text).urgent) == (False, False)


@pytest.mark.parametrize("text", STRUCK_IN_SPITE_OF_A_COPY)
def test_a_copy_elsewhere_does_not_hide_an_attack(full: Index, text: str) -> None:
    assert (urgent(text), full.match(text).urgent) == (True, True)


def test_what_people_catch_hides_no_attack() -> None:
    assert urgent(
        "Wegen Coronavirus sind alle zu Hause, und seit heute früh sind alle Dateien verschlüsselt, die wollen Geld."
    )
    assert urgent("Mail zum Grippevirus geöffnet, jetzt zeigt der Schirm eine Lösegeldforderung", 0.9)
    assert not urgent("Hilfe, Coronavirus in der Schule, was sollen wir jetzt tun?", 0.9)
