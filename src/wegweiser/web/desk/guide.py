"""Short instructions for everybody who works at the desk: what happens every day, in the words of the buttons."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.event_guide import APPEARANCES, EVENTS, HELD_DATA


@dataclass(frozen=True)
class Chapter:
    """One task: what it takes, step by step, and where it is done (a German path). Shown to who has the permission."""

    key: str
    title: str | Promise
    steps: tuple[str | Promise, ...]
    path: str
    permission: Permission = Permission.DESK_SEE


@require_safe
@needs(Permission.DESK_SEE)
def page(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    return render(request, "desk/help.html", {"chapters": list(chapters(desk))})


def chapters(desk: Desk) -> Iterable[Chapter]:
    """What whoever is at the desk can do."""
    return (chapter for chapter in CHAPTERS if desk.may(chapter.permission))


CHAPTERS = (
    Chapter(
        "heute",
        _("Der Tag beginnt"),
        (
            _("„Heute“ zeigt Ihre Termine, was überfällig und fällig ist, und was für Ihre Einrichtung neu kam."),
            _("Unter „Noch nicht festgehalten“ stehen Termine, die vorbei sind. „Jetzt festhalten“ führt Sie hin."),
            _("Das Suchfeld findet Betriebe, Menschen und Anliegen; bei Telefonnummern genügen die letzten Ziffern."),
        ),
        "/desk/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "anruf",
        _("Ein Anruf kommt herein"),
        (
            _("Öffnen Sie „Neues Anliegen“ und schreiben Sie mit, was gesagt wird. Eine Telefonnummer genügt."),
            _("Beim Schreiben erscheinen der bekannte Betrieb und das passende Thema. Sie entscheiden."),
            _("Tragen Sie ein, wie viele Minuten Sie gesprochen haben: Dann ist das Gespräch gleich mit festgehalten."),
            _("Nach „Aufnehmen“ steht das Anliegen beim zuständigen Partner, und die Frist für die Antwort läuft."),
            _("Ist es ein IT-Notfall: erst die Notfallseite vorlesen, dann aufschreiben."),
        ),
        "/desk/neu/",
        Permission.CASE_CREATE,
    ),
    Chapter(
        "anliegen",
        _("Ein Anliegen übernehmen und beantworten"),
        (
            _("Unter „Anliegen“ steht, was auf uns wartet, das Eiligste zuerst."),
            _("„Übernehmen“ zeigt allen, dass Sie sich kümmern. So arbeitet niemand doppelt."),
            _("„Per E-Mail antworten“: Legen Sie Angebote bei, die passen. Der Betrieb bekommt sie mit Link."),
            _("Wer Briefe gewählt hat, bekommt Ihre Antwort als Brief. Wer nur Anrufe möchte, wird angerufen."),
            _("Passt es besser zu jemand anderem: „An jemand anderen geben“. Dort steht auch, wer gerade da ist."),
            _("Am Ende: „Abschließen“ und sagen, wie es ausging. Meldet sich jemand wieder, öffnen Sie es erneut."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "mail",
        _("Eine E-Mail kommt herein"),
        (
            _("Antworten auf unsere E-Mails legen sich von selbst ab. „Heute“ zeigt sie unter „Neue Antworten“."),
            _("„Gelesen“ nimmt die Markierung weg. Wer antwortet, hat gelesen."),
            _("Dateien laden Sie herunter. Was Schaden anrichten kann, kommt gar nicht erst an."),
            _(
                "Aus dem eigenen Postfach geschrieben? Die Adresse unter „Per E-Mail antworten“ in Kopie setzen, oder "
                "die E-Mail an das Postfach des Zentrums weiterleiten. Dann auf „Heute“ mit „Ablegen“ bestätigen."
            ),
            _("Kam eine E-Mail als unzustellbar zurück, steht sie unter „Post“. Eine Wiedervorlage bittet um Anruf."),
        ),
        "/desk/post/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "textbausteine",
        _("Antworten, die man öfter schreibt"),
        (
            _("Unter „Textbausteine“ stehen Texte für alle Antworten: die des Zentrums und die Ihrer Einrichtung."),
            _("In geschweiften Klammern steht, was sich von selbst ausfüllt. „Vorschau“ zeigt, wie es sich liest."),
            _("Beim Antworten wählen Sie einen aus und drücken „Einfügen“. Den Text ändern Sie danach, wie Sie mögen."),
            _("Was in Klammern übrig bleibt, ersetzen Sie selbst. Vorher geht die Antwort nicht hinaus."),
        ),
        "/desk/anliegen/textbausteine/",
        Permission.TEXT_BLOCK_EDIT,
    ),
    Chapter(
        "antwortzeit",
        _("Niemanden warten lassen"),
        (
            _("Jedes Anliegen hat einen Tag, bis zu dem wir antworten wollen. Wochenenden und Feiertage zählen nicht."),
            _("Vorher kommt eine E-Mail an die, die antworten können. Danach erfährt es auch die Geschäftsstelle."),
            _("„Heute“ zeigt, was fällig ist. Unter „Antwortzeit“ steht, wie schnell wir insgesamt sind."),
        ),
        "/desk/anliegen/antwortzeit/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "vertretung",
        _("Wenn jemand nicht da ist"),
        (
            _("Unter „Wer ist da“ tragen Sie ein, von wann bis wann Sie nicht da sind. Nach dem Grund fragt niemand."),
            _("Wer für Sie einspringt, findet Ihre offenen Anliegen und fälligen Wiedervorlagen unter „Heute“."),
            _("Betrieben nennen wir so lange jemand anderen, oder ab wann Sie wieder da sind."),
        ),
        "/desk/anliegen/abwesenheit/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "treffer",
        _("Sehen, ob die Vorschläge stimmen"),
        (
            _("„Treffer der Vorschläge“ zeigt Monat für Monat, wie oft ein Vorschlag übernommen wurde."),
            _("Unter „Weitergegeben“ steht, von welchem Partner an welchen Anliegen gingen."),
            _("„Wo unser Angebot Lücken hat“ führt zu den Anliegen, für die wir nichts hatten."),
        ),
        "/desk/anliegen/vorschlaege/",
        Permission.QUALITY_SEE,
    ),
    Chapter(
        "beispiele",
        _("Aus einem Anliegen lernen"),
        (
            _("Ist ein Anliegen beantwortet oder abgeschlossen, öffnen Sie „Als Beispiel merken“."),
            _("Lesen Sie die Frage nach: Sie darf niemanden verraten. Wählen Sie das Thema und was geholfen hat."),
            _("Ähnliche Fragen führen dann gleich dorthin."),
            _("Was nicht mehr stimmt, nehmen Sie unter „Angebote“, „Beispiele“ zurück."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "barriere",
        _("Jemand meldet eine Barriere auf unserer Website"),
        (
            _("Die Meldung kommt als Anliegen mit dem Vermerk „Barriere gemeldet“ und als E-Mail an das Zentrum."),
            _("Geben Sie den Inhalt gleich in einer anderen Form weiter, zum Beispiel am Telefon."),
            _("Antworten Sie spätestens nach einem Monat. Ohne Adresse genügt es, die Meldung abzuschließen."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "unterwegs",
        _("Zu einem Betrieb fahren"),
        (
            _("„Besuchsblatt“ steht bei jedem Termin unter „Heute“ und auf der Seite jedes Betriebs, auch als PDF."),
            _("Öffnen Sie es, bevor Sie losfahren: Dann geht es unterwegs auch ohne Netz."),
            _("Danach drei Felder: Minuten, worum es ging, was vereinbart ist. Gesendet wird, sobald Netz da ist."),
            _("War jemand schneller, steht Ihr Text unter „Noch nicht gesendet“, bis Sie entscheiden."),
            _("Eine Zusammenfassung für den Betrieb lesen Sie, bevor sie hinausgeht."),
            _("Loggen Sie sich aus, wenn Sie das Gerät aus der Hand geben: Dann ist nichts mehr darauf."),
        ),
        "/desk/besuche/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "einlass",
        _("Am Einlass stehen"),
        (
            _("Öffnen Sie die Tür Ihrer Veranstaltung, solange Netz da ist: Danach geht es auch ohne."),
            _("Drei Buchstaben des Namens, Handscanner oder Kamera: „Ist da“. „Zurücknehmen“ macht es auf."),
            _("Ohne Anmeldung: Name, Betrieb, „Aufnehmen und einlassen“. Gruppen zählen Sie mit einer Zahl."),
            _("Was ohne Netz geschah, geht von selbst hinaus. Was dagegen spricht, steht unter „Zu klären“."),
            _("Loggen Sie sich danach aus: Dann ist keine Gästeliste mehr auf dem Gerät."),
        ),
        "/desk/termine/einlass/",
        Permission.EVENT_CHECK_IN,
    ),
    Chapter(
        "teilnahme",
        _("Nach der Veranstaltung: wer da war"),
        (
            _("„Wer war da? Teilnahme ansehen und abschließen“ am Einlass: Ein Klick berichtigt jede Person."),
            _("Online-Listen aus Zoom, Teams, BigBlueButton, Webex oder einer Tabelle lesen Sie dort ein."),
            _("„Teilnahme abschließen“ trägt jeden Betrieb, der da war, einmal in den Kontaktverlauf ein."),
            _("Laden Sie den Scan der Unterschriftenliste hoch: Er ist der Nachweis hinter der Zahl."),
            _("Wer da war, bekommt eine Teilnahmebescheinigung mit einem Code, den jeder prüfen kann."),
        ),
        "/desk/termine/einlass/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "visitenkarten",
        _("Visitenkarten nach einer Messe"),
        (
            _("Unter „Unterwegs“, „Visitenkarten“: Anlass, Tag und Thema einmal, dann Karte für Karte."),
            _("Die Eingabetaste speichert jede Karte. Bekannte Betriebe erscheinen schon beim Tippen."),
            _("„Übernehmen“ macht daraus Anliegen. Ein Betrieb zählt je Anlass einmal, auch mit mehreren Karten."),
            _("„Nachfassen“ führt von Karte zu Karte: Entwurf lesen, senden oder auf die Anrufliste setzen."),
        ),
        "/desk/besuche/messen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "weitervermitteln",
        _("Weitervermitteln, und wer anders erreicht werden will"),
        (
            _("Am Anliegen: „An ein Netzwerk oder anderes Zentrum weitervermitteln“. Sie wählen, was weitergeht."),
            _("Lesen Sie die Worte der Einwilligung vor. Erst wenn jemand zugestimmt hat, geht es hinaus."),
            _("Nach vier Wochen erinnert eine Wiedervorlage. Was daraus wurde, steht unter „Weitervermittlungen“."),
            _("Öffentliche Stellen und große Betriebe weisen Sie nicht ab: Die Seite nennt eine freundliche Antwort."),
            _("Keine E-Mail gewünscht: auf der Seite des Betriebs „Kontaktweg ändern“. Das bindet alle Partner."),
            _("Möchte ein Betrieb ungenannt bleiben: am Anliegen „Betrieb zuordnen“. Nennt er sich, kommt alles mit."),
        ),
        "/desk/anliegen/weitervermittlungen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(*EVENTS),
    Chapter(*APPEARANCES),
    Chapter(*HELD_DATA),
    Chapter(
        "festhalten",
        _("Ein Gespräch oder einen Vor-Ort-Termin festhalten"),
        (
            _("Am Anliegen: „Gespräch oder Vor-Ort-Termin festhalten“. Tag, Dauer und Thema genügen."),
            _("Nennen Sie den Betrieb mit Größe, Branche und Landkreis. Nur dann zählt es überall richtig."),
            _("Eine Notiz sehen Sie allein, Ihre Einrichtung oder alle. Sie wählen das beim Schreiben."),
        ),
        "/desk/anliegen/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "termine",
        _("Einen Termin vereinbaren oder absagen"),
        (
            _(
                "„Termin vereinbaren“ am Anliegen: Tag, Uhrzeit, Dauer, Ort. "
                "Auf Wunsch mit Einladung und Kalendereintrag."
            ),
            _("„Absagen“ steht beim Termin. Wer eingeladen war, bekommt die Absage."),
            _("Ist der Termin vorbei, fragt „Heute“ danach, bis er festgehalten ist."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "wiedervorlage",
        _("Etwas nicht vergessen"),
        (
            _("„Wiedervorlage setzen“ am Anliegen: für sich oder für jemanden aus Ihrer Einrichtung."),
            _("Am Tag selbst steht sie unter „Heute“. Dort haken Sie sie ab."),
            _("Ein versprochener Rückruf steht von selbst da."),
        ),
        "/desk/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "betriebe",
        _("Einen Betrieb nachschlagen"),
        (
            _("Unter „Betriebe“ suchen Sie nach Name, Ort oder Telefonnummer."),
            _("Der Kontaktverlauf zeigt, was alle Partner mit dem Betrieb gemacht haben."),
            _("Nachrichten liest nur der Partner, der das Anliegen bearbeitet, und wem es weitergegeben wurde."),
        ),
        "/desk/betriebe/",
        Permission.COMPANY_SEE,
    ),
    Chapter(
        "fahrplan",
        _("Mit einem Betrieb den nächsten Schritt verabreden"),
        (
            _("Auf der Seite des Betriebs führt „Fahrplan beginnen“ zur Liste der nächsten Schritte."),
            _("Jeder Schritt ist ein Angebot oder eine eigene Aufgabe, mit Tag und wer es macht."),
            _("„Senden“ gibt dem Betrieb einen Link, ohne Konto. Er hakt ab, schreibt dazu oder ruft Sie an."),
            _("Was der Betrieb schreibt, steht unter „Heute“. Erinnert wird nur, wer darum gebeten hat."),
        ),
        "/desk/betriebe/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "mein-betrieb",
        _("Jemand möchte „Mein Betrieb“ nutzen"),
        (
            _("„Heute“ sagt, wenn jemand um Zugang bittet. „Zugang bestätigen“ zeigt, was für die Person spricht."),
            _("Im Zweifel rufen Sie den Betrieb an, unter der Nummer, die schon bekannt ist."),
            _("Unter „Personen und Zugänge“ schicken Sie einen Link, lesen einen Code vor oder beenden den Zugang."),
        ),
        "/desk/betriebe/zugaenge/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "berichtigen",
        _("Etwas ist falsch eingetragen"),
        (
            _("Auf der Seite des Betriebs steht bei Einträgen Ihrer Einrichtung „Berichtigen“. Schreiben Sie, warum."),
            _("Gehört ein Eintrag zu einem anderen Betrieb, geben Sie dessen Namen ein und wählen „Betrieb suchen“."),
            _("„Angaben ändern“ unterscheidet, ob eine Angabe schon immer falsch war oder sich geändert hat."),
            _("Stimmen Tag, Dauer, Thema oder Art nicht, wählen Sie das aus und tragen ein, wie es war."),
            _("Name, Anschrift und Telefon eines Betriebs ändern Sie auf seiner Seite unter „Angaben ändern“."),
            _("Steht ein Betrieb doppelt da, führt die Geschäftsstelle ihn zusammen: „Ist derselbe Betrieb wie …“."),
        ),
        "/desk/betriebe/",
        Permission.STEP_CORRECT,
    ),
    Chapter(
        "liste",
        _("Eine Liste mit Betrieben einlesen"),
        (
            _("Laden Sie eine CSV- oder XLSX-Datei hoch. Die Spalten erkennen wir an den Überschriften."),
            _("Die Vorschau zeigt, was neu ist, was doppelt ist und was sich nicht lesen lässt. Erst dann übernehmen."),
            _("Bei „Vielleicht doppelt“ entscheiden Sie: ein Betrieb oder zwei. Danach fragen wir nicht noch einmal."),
            _("Wer nicht angeschrieben werden will, steht auf der Seite der Liste und bekommt bis dahin keine E-Mail."),
        ),
        "/desk/betriebe/listen/",
        Permission.COMPANY_IMPORT,
    ),
    Chapter(
        "post",
        _("Wenn jemand keine E-Mail hat"),
        (
            _("Unter „Post“ liegen Briefe als PDF. Drucken Sie sie aus und vermerken Sie: „Gedruckt“."),
            _("Dort steht auch, welche E-Mail nicht ankam. Rufen Sie an, oder senden Sie noch einmal."),
        ),
        "/desk/post/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "angebote",
        _("Ein Angebot ändern oder neu anlegen"),
        (
            _("Unter „Angebote“ steht, was Sie ändern dürfen. „Neues Angebot“ beginnt mit einem deutschen Titel."),
            _("Gespeichert ist nicht veröffentlicht: „Speichern und Vorschau“ zeigt die Seite, wie sie sein wird."),
            _("„Speichern und veröffentlichen“ nennt, was noch fehlt. Englisch und Bild sind ein Rat, keine Pflicht."),
            _("Schreiben Sie unter „So sagen es die Betriebe“, wie jemand klagt, dem das hilft. So wird es gefunden."),
            _("„Von der Website nehmen“ lässt eine Seite stehen, die auf Ähnliches verweist."),
        ),
        "/desk/angebote/",
        Permission.ENTRY_EDIT,
    ),
    Chapter(
        "partner-und-themen",
        _("Partner, Themen und Netzwerke beschreiben"),
        (
            _("Unter „Angebote“ stehen oben „Partner“ und „Themen“, beim führenden Partner auch „Netzwerke“."),
            _("Was Sie bei einem Partner oder Netzwerk speichern, steht sofort auf der Website."),
            _("Ein Thema veröffentlichen Sie wie ein Angebot: erst speichern, dann veröffentlichen."),
            _("Ein Netzwerk nehmen Sie von der Website, wenn es nicht mehr besteht. Sie können es zurückholen."),
        ),
        "/desk/angebote/partner/",
        Permission.PROFILE_EDIT,
    ),
    Chapter(
        "bericht",
        _("Eine Zahl im Bericht prüfen"),
        (
            _("„Förderbericht“ zeigt Ist, Soll und den Plan bis heute. Bei „im Rückstand“ fehlt mehr als ein Zehntel."),
            _("Jede Zahl führt zu den Kontakten, aus denen sie entsteht."),
            _("Unten laden Sie den Bericht als PDF, Tabelle oder Daten herunter."),
        ),
        "/desk/berichte/",
        Permission.REPORT_SEE,
    ),
    Chapter(
        "auswertung",
        _("Eine eigene Frage an die Zahlen stellen"),
        (
            _("„Zahlen abfragen“: Setzen Sie einen Satz zusammen: was, wo, für wen, seit wann, aufgeteilt wonach."),
            _("Die Antwort kommt als Tabelle, Diagramm und Karte und als eine Seite PDF."),
            _("Die Adresse der Seite enthält die ganze Frage: Wer sie bekommt, sieht dasselbe, soweit er darf."),
        ),
        "/desk/auswertung/",
        Permission.REPORT_SEE,
    ),
    Chapter(
        "unbekannt",
        _("Was wir von Betrieben noch nicht wissen"),
        (
            _("Unten im Bericht steht, von wie vielen Betrieben Größe, Branche oder Landkreis fehlen."),
            _("Der Link führt zur Liste. Was Sie wählen, ist sofort gespeichert und gilt ab dem ersten Kontakt."),
        ),
        "/desk/auswertung/unbekannt/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "planung",
        _("Zielwerte und Fristen"),
        (
            _("Unter „Förderbericht“, „Zielwerte und Fristen“ tragen Sie ein, was der Arbeitsplan verlangt."),
            _("Die Fristen der Nebenbestimmungen stehen schon da. Eigene kommen dazu und erscheinen unter „Heute“."),
        ),
        "/desk/berichte/planung/",
        Permission.GRANT_EDIT,
    ),
    Chapter(
        "team",
        _("Jemand kommt dazu oder geht"),
        (
            _("Unter „Team“: „Person anlegen“, dann „Einladung mailen“. Ein Passwort wird nie verschickt."),
            _("Beim ersten Einloggen richtet die Person die Bestätigung per App ein."),
            _("„Ausscheiden vorbereiten“ fragt, wer was übernimmt: Anliegen, Termine, Angebote, Themen."),
            _("Was war, bleibt, wie es war: Gespräche, Stunden und Zahlen ändern sich nicht."),
        ),
        "/desk/team/",
        Permission.MEMBER_EDIT,
    ),
    Chapter(
        "zugang",
        _("Passwort und Bestätigung per App"),
        (
            _("Oben auf Ihren Namen klicken: Dort ändern Sie das Passwort und die App, die den Code zeigt."),
            _("Drucken Sie die Ersatzcodes aus und legen Sie sie weg. Sie helfen, wenn das Telefon fehlt."),
            _("Nichts davon geht mehr? Wer das Team verwaltet, gibt Ihnen einen neuen Link."),
        ),
        "/konto/zweiter-faktor/",
    ),
)
