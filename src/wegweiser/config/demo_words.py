"""What the fictional firms of the demo ask and are told.

A visitor reads a case as a managing director would: the trade and the size fit the question, and what was answered,
arranged and promised fits both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from wegweiser.companies.models import Company, Fact, Size

SMALL, STAFFED = frozenset({Size.SMALL.value}), frozenset({Size.SMALL.value, Size.MEDIUM.value})
HEAVY = frozenset({"mechanical_engineering", "metalworking", "chemicals_plastics"})
MAKERS = HEAVY | {"electrical", "food", "wood_furniture", "printing_media"}
FITTERS = frozenset({"electrical", "construction", "crafts", "energy_environment"})
STORES = frozenset({"retail_wholesale", "logistics"})


@dataclass(frozen=True)
class Question:
    """A question and which firms ask it, by their keys of sector and size; empty sets are any."""

    text: str
    sectors: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()
    offer: str = ""  # slug of the catalogue entry that answers it best
    papers: str = ""  # what has to be seen before it can be answered
    answer: str = ""  # where one mail settles it


# By topic; each question has its own place in an adviser's day (see `demo_cases._Day.make`).
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "digitale-geschaeftsmodelle": (
        Question(
            "Wir verkaufen seit 30 Jahren nur ab Werk. Lohnt sich für uns ein Online-Shop?",
            frozenset({"food", "wood_furniture", "metalworking", "chemicals_plastics"}),
        ),
        Question(
            "Unsere Kunden wollen Maschinen lieber mieten als kaufen. Wie rechnet man so etwas?",
            frozenset({"mechanical_engineering"}),
        ),
        Question(
            "Wir wollen Wartung als festes Paket anbieten und wissen nicht, was wir verlangen können.",
            FITTERS | {"mechanical_engineering"},
            papers="die Liste der Wartungen aus dem letzten Jahr",
        ),
        Question(
            "Ein Mitbewerber schreibt Angebote in zehn Minuten, wir brauchen zwei Tage.",
            frozenset({"wood_furniture", "metalworking", "construction"}),
            offer="demo-angebotskonfigurator",
        ),
        Question(
            "Wir sammeln seit Jahren Daten an den Pressen. Kann man damit Geld verdienen?",
            frozenset({"metalworking", "chemicals_plastics"}),
        ),
        Question(
            "Mein Sohn übernimmt den Betrieb und will alles über das Internet verkaufen. Wo fangen wir an?",
            frozenset({"food", "crafts", "agriculture", "retail_wholesale"}),
            offer="leuchtturm-direktvermarkter-plattform",
        ),
        Question(
            "Gibt es Vorlagen, um ein neues Geschäftsmodell auf einer Seite aufzuschreiben?",
            answer="Ja: Mit dem Business Model Canvas passt es auf eine Seite. Fangen Sie rechts an, bei Ihren Kunden.",
        ),
    ),
    "industriestandort-der-zukunft": (
        Question("Unsere Fertigung läuft mit Zetteln. Wir wissen nie, welcher Auftrag wo liegt.", MAKERS),
        Question(
            "Unsere Abfüllung bleibt jede Schicht ein paarmal stehen, und keiner weiß genau, warum.",
            frozenset({"food", "chemicals_plastics"}),
        ),
        Question(
            "Wir brauchen zum Umrüsten eine Stunde. Das muss schneller gehen.",
            HEAVY | {"printing_media"},
            papers="das Video vom Umrüsten",
        ),
        Question(
            "Lohnt sich für 25 Leute ein Roboter an der Verpackung?",
            frozenset({"food", "wood_furniture", "chemicals_plastics"}),
            SMALL,
            offer="demo-cobot-zelle",
        ),
        Question(
            "Können wir uns ansehen, wie andere ihre Lagerplätze verwalten?", STORES, offer="demo-intelligentes-lager"
        ),
        Question("Wir wollen den Energieverbrauch je Maschine messen.", MAKERS, offer="demo-energie-und-druckluft"),
        Question(
            "Was kostet es, eine alte Drehmaschine mit Sensoren nachzurüsten?",
            frozenset({"metalworking", "mechanical_engineering"}),
            offer="demo-retrofit-koffer",
            answer="Das hängt davon ab, was Sie wissen wollen: Für Laufzeit und Strom reicht eine Klemme im "
            "Schaltschrank, für Schwingungen braucht es mehr.",
        ),
    ),
    "datensicherheit": (
        Question("Unser Steuerbüro fragt, wie wir Kundendaten sichern. Wir haben nur eine Festplatte im Schrank."),
        Question("Ein Mitarbeiter hat auf einen Link in einer Rechnung geklickt. Was sollen wir jetzt prüfen?"),
        Question(
            "Dürfen die Monteure ihre eigenen Telefone für die Auftragsbilder benutzen?",
            FITTERS,
            papers="die Vereinbarung zu den Telefonen",
        ),
        Question("Wir wollen wissen, ob unsere Sicherung im Ernstfall zurückkommt."),
        Question("Unsere Versicherung verlangt einen Nachweis zur IT-Sicherheit.", offer="cyberrisikocheck"),
        Question(
            "Wie bringe ich meinen 18 Leuten bei, falsche E-Mails zu erkennen?",
            sizes=SMALL,
            offer="demo-live-hacking-koffer",
        ),
        Question(
            "Woran erkenne ich als Großhändler, ob ein neuer Lieferant im Internet echt ist?",
            frozenset({"retail_wholesale"}),
            answer="Rufen Sie unter einer Nummer an, die nicht in seiner E-Mail steht, und vergleichen Sie Firma und "
            "Anschrift mit dem Handelsregister. Eine neue Bankverbindung lassen Sie sich immer bestätigen.",
        ),
    ),
    "digitale-vernetzung-und-standardisierung": (
        Question("Die neue Anlage spricht OPC UA, unsere alte nicht. Wie bringt man die zusammen?", MAKERS),
        Question("Unser Kunde will Lieferscheine nur noch elektronisch. Welche Norm ist das?", MAKERS | STORES),
        Question(
            "Wir haben drei Steuerungen von drei Herstellern und tippen alles von Hand ab.",
            MAKERS,
            papers="die Liste der drei Steuerungen",
        ),
        Question(
            "Ein Abnehmer verlangt ein digitales Typenschild. Was muss da hinein?",
            frozenset({"mechanical_engineering", "electrical", "metalworking"}),
            offer="leuchtturm-antriebstechnik-typenschild",
        ),
        Question(
            "Können unsere Waagen ihre Werte direkt ins Büro schicken?",
            frozenset({"food", "agriculture", "chemicals_plastics"}),
        ),
        Question(
            "Unser Shop und unsere Warenwirtschaft kennen sich nicht. Was verbindet die beiden?",
            frozenset({"retail_wholesale"}),
            offer="leuchtturm-druckerei-shop-zu-maschine",
        ),
        Question(
            "Welche Schnittstelle sollten wir beim Kauf der nächsten Maschine verlangen?",
            MAKERS,
            offer="vernetzungs-check-maschinenpark",
            answer="Lassen Sie sich einen OPC-UA-Server ins Angebot schreiben, mit der Liste der Werte, die er gibt.",
        ),
    ),
    "nutzbarkeit-und-akzeptanz": (
        Question("Wir haben ein neues Programm gekauft, und keiner in der Werkstatt benutzt es.", MAKERS | FITTERS),
        Question(
            "Der Betriebsrat fragt, was die Kamera am Band aufzeichnet. Wie reden wir darüber?",
            HEAVY | {"food"},
            STAFFED,
        ),
        Question(
            "Unsere älteren Kolleginnen haben Angst vor dem Tablet im Lager.",
            STORES,
            STAFFED,
            papers="die Bilder der drei Masken",
        ),
        Question("Wie führt man eine Zeiterfassung ein, ohne dass alle verärgert sind?", sizes=STAFFED),
        Question("Die Masken in unserer Auftragsverwaltung versteht nur, wer sie gebaut hat.", MAKERS),
        Question(
            "Wir planen Datenbrillen in der Montage. Wer hat damit Erfahrung?",
            frozenset({"mechanical_engineering", "electrical"}),
            offer="demo-assistenzarbeitsplatz",
        ),
        Question(
            "Wie fragen wir unsere Leute, was sie wirklich brauchen?",
            sizes=STAFFED,
            offer="belegschafts-check",
            answer="Fragen Sie am Arbeitsplatz statt auf Papier: Lassen Sie sich eine Aufgabe zeigen und fragen Sie, "
            "was dabei aufhält.",
        ),
    ),
}

# What leads out of the house, by the network it leads to.
REFERRED: dict[str, tuple[Question, ...]] = {
    "partnernetzwerk-wirtschaft-4-0": (
        Question("Wir suchen jemanden, der unser Lagerprogramm neu schreibt. Machen Sie so etwas?", MAKERS | STORES),
        Question("Für neue Rechner und Programme brauchen wir einen Kredit. Wer kennt sich damit aus?"),
        Question("Unser größter Kunde bestellt nur noch über ein Portal. Wer erklärt uns das vor Ort?", MAKERS),
        Question("Gibt es jemanden bei uns im Landkreis, der eine Website für einen kleinen Betrieb baut?"),
        Question("Wir exportieren zum ersten Mal. Wer weiß, was der Zoll verlangt?", MAKERS),
    ),
    "kat": (
        Question("Wir möchten mit einer Hochschule zusammen etwas entwickeln. An wen wenden wir uns?"),
        Question("Wir suchen eine Studentin für eine Abschlussarbeit über unsere Abläufe."),
        Question("Wer kann im Labor messen, wie lange unser neues Material hält?", HEAVY | {"wood_furniture"}),
        Question("Wir haben eine Idee für einen Sensor und brauchen Leute, die daran forschen.", MAKERS | FITTERS),
    ),
}
# To a network that this page does not know.
ELSEWHERE = (Question("Dafür sind Sie vielleicht nicht die Richtigen: Wer berät uns in der Nähe?"),)

# What came to one partner and belonged to another, by the topic it belonged to.
MOVED: dict[str, tuple[Question, ...]] = {
    "digitale-geschaeftsmodelle": (
        Question("Unsere Kunden fragen nach Preisen im Internet, wir rechnen noch jeden von Hand.", MAKERS | FITTERS),
        Question("Wir wollen mit dem, was wir können, mehr verdienen als mit Stunden."),
    ),
    "industriestandort-der-zukunft": (
        Question("Unsere Monteure schreiben alles auf Zettel, abends tippt es jemand ab.", FITTERS),
        Question("Bei uns sucht jeder jeden Tag eine halbe Stunde nach Material.", MAKERS | FITTERS | STORES),
    ),
    "datensicherheit": (
        Question("Wir wollen wissen, ob wir unsere Anlage gefahrlos ans Internet hängen können.", MAKERS),
        Question("Jeder bei uns hat dasselbe Passwort. Wie ändert man das, ohne dass alles steht?"),
    ),
    "digitale-vernetzung-und-standardisierung": (
        Question("Der neue Großkunde will unsere Daten in seinem Format.", MAKERS | STORES),
        Question("Unser Programm für die Aufträge weiß nichts von dem für die Rechnungen."),
    ),
    "nutzbarkeit-und-akzeptanz": (
        Question("Seit der Umstellung vertraut keiner mehr den Zahlen aus dem Programm."),
        Question("Unsere Leute schreiben lieber weiter auf Papier als in das neue Tablet.", MAKERS | FITTERS),
    ),
}


class Firms:
    """Firms with what is known of them, each taken by one question as long as there is another that fits."""

    def __init__(self, firms: Iterable[Company]) -> None:
        self._firms = list(firms)
        known = Fact.objects.filter(company__in=self._firms, kind__in=("sector", "size"))
        self._facts = {(pk, kind): value for pk, kind, value in known.values_list("company_id", "kind", "value")}
        self._taken: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._firms)

    def fits(self, question: Question, firm: Company) -> bool:
        """Whether this firm can ask it, by what is known of it."""
        sector, size = (self._facts.get((firm.pk, kind), "") for kind in ("sector", "size"))
        return (not question.sectors or sector in question.sectors) and (not question.sizes or size in question.sizes)

    def who_asks(self, question: Question, chance: Random) -> Company:
        """A firm that fits, by chance; any where none does."""
        fitting = [firm for firm in self._firms if self.fits(question, firm)] or self._firms
        free = [firm for firm in fitting if firm.pk not in self._taken] or fitting
        firm = chance.choice(free)
        self._taken.add(firm.pk)
        return firm

    def what_is_asked(self, questions: Sequence[Question], firm: Company | None, number: int) -> Question:
        """The one whose turn it is among those that fit the firm."""
        fitting = [question for question in questions if firm is None or self.fits(question, firm)] or list(questions)
        return fitting[number % len(fitting)]
